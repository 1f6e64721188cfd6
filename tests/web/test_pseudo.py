"""A new language is a folder and a catalogue: the whole way is walked in one that nobody speaks."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.safety import Tier
from app.storage import models
from app.storage.database import db
from tests.conftest import Make
from tests.support import pseudo
from tests.web.patient.booking_walk import BIRTH, DETAILS, HOLD, slots
from tests.web.walker import PRIMER, Walker, answers

OWN_WORDS = {
    models.Clinic: ("tagline", "nurse_line"),
    models.Location: ("directions",),
    models.Clinician: ("about",),
    models.VisitType: ("name", "about"),
}
NAMES = (models.Clinic.name, models.Location.name, models.Location.address, models.Clinician.name)
PLAIN = re.compile(r"\b[a-z]*[aeiouy][a-z]*\b", re.IGNORECASE)
ADDRESS = re.compile(r"\S+@\S+|https?:\S+|\b[0-9A-Z]{2,4}(?:-[0-9A-Z]{3,4})+\b")  # and codes
BRANDS = {"Foreword", "Google", "Calendar", "Outlook", "com", "Microsoft", "Yahoo", "UTC"}
ROOMS = (
    "", "/move", "/questions", "/prepare", "/prepare/pain", "/prepare/where", "/prepare/pattern",
    "/prepare/life", "/prepare/tried", "/prepare/health", "/record", "/record/guide/1",
    "/record/withdraw", "/cancel",
)  # fmt: skip
SPOKEN = ("alt", "aria-label", "placeholder", "title")
VOID = ("br", "img", "input", "link", "meta", "hr", "use", "path")
SILENT = ("script", "style", "svg", "head", "code")


class Page(HTMLParser):
    """What a page says in its own language: its texts, and the words of its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        other = (
            tag in SILENT or named.get("lang") not in (None, pseudo.CODE) or "data-typed" in named
        )
        quiet = other or any(silent for _, silent in self.inside)
        if not quiet:
            self.said += [named[name] or "" for name in SPOKEN if name in named]
        if tag not in VOID:
            self.inside.append((tag, quiet))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.inside.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self.inside):
            self.said.append(data)


@pytest.fixture
def strange(make_app: Make, sqlite_url: str, tmp_path: Path) -> Flask:
    """Give a clinic whose only other language is the one nobody speaks."""
    catalogues = pseudo.catalogues(tmp_path / "translations")
    primer = pseudo.primer(tmp_path / "primer")
    return in_its_own_words(make_app(sqlite_url, translations=catalogues, primer=primer))


@pytest.fixture
def half_strange(make_app: Make, sqlite_url: str, tmp_path: Path) -> Flask:
    """Give one whose guide nobody has put into that language."""
    catalogues = pseudo.catalogues(tmp_path / "translations")
    return in_its_own_words(make_app(sqlite_url, translations=catalogues))


def in_its_own_words(site: Flask) -> Flask:
    """Let a clinic say what it is in the language too."""
    with site.app_context():
        for model, names in OWN_WORDS.items():
            for row in db.session.scalars(select(model)):
                row.said = {  # type: ignore[attr-defined]  # each of these has it
                    pseudo.CODE: {name: pseudo.pseudo(getattr(row, name)) for name in names}
                }
        db.session.commit()
    return site


def names(site: Flask) -> set[str]:
    """Return the words of names, which are the same in every language."""
    with site.app_context():
        found = [name for column in NAMES for name in db.session.scalars(select(column))]
    return set(re.findall(r"\w+", " ".join(found))) | BRANDS


def plain(page: str, known: set[str]) -> list[str]:
    """Return what on a page still reads as English."""
    texts = (ADDRESS.sub("", text) for text in Page(page).said)
    return [text.strip() for text in texts if set(PLAIN.findall(text)) - known]


def the_whole_way(walker: Walker) -> Iterator[tuple[str, str]]:
    for path in (
        "/",
        "/?said=left",
        "/?again=1",
        "/about",
        "/your-data",
        "/find",
        "/resume",
        "/nowhere",
    ):
        yield path, walker.get(path).text
    yield "sent", walker.post("/find", {"email": "x@example.org"}).text
    yield "urgent", walker.get("/safety/primer").text
    yield "to mend", walker.post("/safety/primer", {}).text
    yield "stop", walker.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes")).text
    walker.post("/safety/primer", answers(Tier.EMERGENCY))
    yield "today", walker.get("/safety/primer/today").text
    yield "call", walker.post("/safety/primer/today", answers(Tier.CALL_TODAY, T1="yes")).text
    walker.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    yield "tell", walker.get("/safety/primer/tell").text
    noted = walker.post("/safety/primer/tell", answers(Tier.BOOK_AND_TELL, B1="not_sure"))
    yield "noted", walker.follow(noted).text
    yield from the_guide(walker)
    yield from an_appointment(walker)


def the_guide(walker: Walker) -> Iterator[tuple[str, str]]:
    for page in PRIMER.pages:
        path = f"/primer/{page.number}"
        yield path, walker.get(path).text
        walker.post(path, {"answered_by": "self"})
        for before, option in enumerate(page.check.options if page.check else ()):
            yield path + "/check", walker.get(path + "/check").text
            answer = {"answer": option.key, "before": str(before)}
            walker.post(path + "/check", answer)
            yield "answered", walker.get(path + "/check").text
    yield "statements", walker.get("/statements").text
    yield "all", walker.get("/primer/all").text
    yield "questions", walker.get("/questions").text
    yield "by a link", walker.get(f"/guide/{pseudo.CODE}/1").text
    yield "all by a link", walker.get(f"/guide/{pseudo.CODE}/all").text
    walker.post("/statements", {"K1": "talk", "K2": "skip"})


def an_appointment(walker: Walker) -> Iterator[tuple[str, str]]:
    times = walker.get("/times").text
    yield "times", times
    walker.post("/times", {"slot": slots(times)[-1]})
    yield "details", walker.get("/details").text
    yield "mistyped", walker.post("/details", {"email": "x", "bday_month": "oh"}).text
    walker.post("/details", DETAILS | {"language": pseudo.CODE, "question": "13?"})
    review = walker.get("/review").text
    yield "review", review
    done = walker.post("/review", {"hold": HOLD.findall(review)[0]}).location
    yield "booked", walker.get(done).text
    here = "/".join(done.split("/")[:3])
    yield "unlock", walker.get(here + "/unlock").text
    walker.post(here + "/unlock", {name: DETAILS[name] for name in BIRTH})
    for way in ROOMS:
        yield way, walker.get(here + way).text


def test_no_page_says_anything_that_cannot_be_translated(strange: Flask) -> None:
    walker = Walker(strange)
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = pseudo.CODE
    known = names(strange) | set(DETAILS["name"].split()) | {pseudo.CODE, "us"}
    found = {}

    for name, page in the_whole_way(walker):
        assert f'<html lang="{pseudo.CODE}" dir="rtl"' in page, name
        if still := plain(page, known):
            found[name] = still

    assert found == {}


def test_what_is_in_english_on_a_page_of_another_language_says_so(half_strange: Flask) -> None:
    walker = Walker(half_strange)
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = pseudo.CODE
    known = names(half_strange) | set(DETAILS["name"].split()) | {pseudo.CODE, "us"}
    pages = dict(the_whole_way(walker))

    del pages["/record"]  # its lines mix what was shown, in the language of then, with our words
    untold = {name: still for name, page in pages.items() if (still := plain(page, known))}

    assert untold == {}
    assert '<span lang="en" dir="ltr">Is a leg or foot newly weak' in pages["urgent"]
    assert '<div lang="en" dir="ltr">' in pages["/primer/1"]
