"""Links: what they open, for whom, how long, and what a wrong one says (T01, T04 to T06, T13)."""

from dataclasses import dataclass
from statistics import median
from time import thread_time

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.services import appointment
from app.settings import ROOT
from app.storage.database import db
from app.storage.models import Appointment
from tests.conftest import StoppedClock
from tests.services.looking import booked, everything, statements
from tests.web.patient.booking_walk import book, patient
from tests.web.walker import Walker

PAGES = ("", "/booked", "/move", "/cancel", "/unlock", "/appointment.ics")
BIRTH = {"bday_month": "4", "bday_day": "21", "bday_year": "1968"}


@dataclass(frozen=True)
class Link:
    """The link in a patient's mail."""

    reference: str
    id: str
    mac: str

    @property
    def path(self) -> str:
        return f"/a/{self.id}.{self.mac}"

    @property
    def page(self) -> str:
        return f"/appointment/{self.reference}"


@pytest.fixture
def link(site: Flask) -> Link:
    reference = book(patient(site))
    with site.app_context():
        row = booked(reference)
        id_, _, mac = appointment.path(row.id, row.link_version).removeprefix("/a/").partition(".")
        return Link(reference, id_, mac)


def seen(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return all that somebody can see of an answer but its own number."""
    headers = {name: value for name, value in answer.headers if name != "X-Request-ID"}
    return answer.status_code, answer.data, headers


def test_t01_the_link_leaves_the_address_and_stands_on_no_page(site: Flask, link: Link) -> None:
    walker = Walker(site)

    opened = walker.get(link.path)
    pages = [walker.follow(opened)]
    pages += [walker.get(link.page + page) for page in PAGES]
    pages += [walker.post(f"{link.page}/unlock", BIRTH), walker.get(link.page)]
    pages += [walker.get(path) for path in ("/", "/find", "/about", "/demo/mailbox")]

    assert opened.location == link.page
    for page in pages:
        assert page.status_code in (200, 303)
        assert link.mac not in page.text + str(page.headers)
        assert link.id not in (page.location or "")


def test_t01_only_the_picture_for_the_phone_carries_the_link_and_nobody_keeps_it(
    site: Flask, link: Link
) -> None:
    walker = Walker(site)
    walker.get(link.path)

    picture = walker.get(f"{link.page}/card.svg")

    assert picture.mimetype == "image/svg+xml"
    assert link.mac not in picture.text  # drawn, not written
    assert "no-store" in picture.headers["Cache-Control"]


def test_t01_print_shows_no_addresses() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in (ROOT / "static").glob("*/*.css")]

    assert sheets
    assert not [sheet for sheet in sheets if "attr(href" in sheet]


def wrong_ways(link: Link) -> dict[str, str]:
    last = "a" if link.mac[-1] != "a" else "b"
    return {
        "unknown": f"/a/{'a' * 20}.{'b' * 26}",
        "off by one": f"/a/{link.id}.{link.mac[:-1]}{last}",
        "of another": f"/a/{'a' * 20}.{link.mac}",
        "cut off": f"/a/{link.id}.{link.mac[:-1]}",
        "without mac": f"/a/{link.id}",
        "capitals": f"/a/{link.id.upper()}.{link.mac}",
        "reference": f"/a/{link.reference}",
        "garbled": "/a/%00%ff.%e2%80%ae",
    }


def test_t04_every_wrong_link_gets_the_same_answer_after_the_same_questions(
    site: Flask, clock: StoppedClock, link: Link
) -> None:
    walker = Walker(site)
    walker.get("/")
    with site.app_context():
        engine, before = db.engine, everything()

    answers, questions = {}, {}
    for name, path in wrong_ways(link).items():
        with statements(engine) as asked:
            answers[name] = seen(walker.get(path))
        questions[name] = asked
    with site.app_context():
        assert everything() == before
        db.session.execute(update(Appointment).values(link_version=Appointment.link_version + 1))
        db.session.commit()
    with statements(engine) as questions["old version"]:
        answers["old version"] = seen(walker.get(link.path))
    with site.app_context():
        db.session.execute(update(Appointment).values(link_version=0))
        db.session.commit()
    clock.forward(days=60)
    with statements(engine) as questions["expired"]:
        answers["expired"] = seen(walker.get(link.path))

    assert answers["unknown"][0] == 404
    assert {name for name, answer in answers.items() if answer != answers["unknown"]} == set()
    assert {name for name, asked in questions.items() if asked != questions["unknown"]} == set()


def test_t04_a_wrong_key_takes_as_long_as_an_unknown_appointment(site: Flask, link: Link) -> None:
    """A ratio of medians over interleaved requests: no promise about a clock."""
    walker = Walker(site)
    paths = {name: wrong_ways(link)[name] for name in ("unknown", "off by one")}
    took: dict[str, list[float]] = {name: [] for name in paths}

    for _ in range(60):
        for name, path in paths.items():
            began = thread_time()
            walker.client.get(path)
            took[name].append(thread_time() - began)

    fast, slow = sorted(median(times) for times in took.values())
    assert slow < 2 * fast


def test_t04_a_thousand_guesses_open_nothing_and_leave_no_trace(site: Flask, link: Link) -> None:
    client = site.test_client()
    with site.app_context():
        before = everything()
    letters = "abcdefghijklmnopqrstuvwxyz234567"

    guesses = [
        client.get(f"/a/{link.id}.{link.mac[:place]}{letter}{link.mac[place + 1 :]}")
        for place in range(len(link.mac))
        for letter in letters
        if letter != link.mac[place]
    ]

    assert len(guesses) == 26 * 31
    assert {guess.status_code for guess in guesses} == {404}
    assert not [guess for guess in guesses if "Set-Cookie" in guess.headers]
    with site.app_context():
        assert everything() == before


def test_t05_revoking_a_link_ends_what_it_opened_the_calendar_file_included(
    site: Flask, link: Link
) -> None:
    walker = Walker(site)
    walker.get(link.path)
    opened = [walker.get(link.page + page).status_code for page in PAGES]
    with site.app_context():
        db.session.execute(update(Appointment).values(link_version=1))
        db.session.commit()

    now = {walker.get(link.page + page).status_code for page in (*PAGES, "/card.svg")}
    posted = {walker.post(link.page + page).status_code for page in ("/cancel", "/move/confirm")}

    assert set(opened) == {200}
    assert now == posted == {404}
    assert Walker(site).get(link.path).status_code == 404


def test_t05_a_link_ends_thirty_days_after_the_appointment(
    site: Flask, clock: StoppedClock, link: Link
) -> None:
    with site.app_context():
        ends = booked(link.reference).ends_at
    clock.now = ends
    clock.forward(days=30)
    last = Walker(site).get(link.path).status_code
    clock.forward(seconds=1)

    assert last == 303
    assert Walker(site).get(link.path).status_code == 404


def test_t13_a_copied_cookie_is_dead_after_done_and_the_next_one_is_new(
    site: Flask, link: Link
) -> None:
    walker, thief = Walker(site), Walker(site)
    walker.get(link.path)
    cookie = walker.client.get_cookie("fw")
    assert cookie is not None
    thief.client.set_cookie("fw", cookie.value)
    assert thief.get(link.page).status_code == 200
    with site.app_context():
        before = everything()["visitor"]

    walker.get(link.page)
    done = walker.post("/done")

    assert done.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {thief.get(link.page + page).status_code for page in PAGES} == {404}
    assert walker.get(link.page).status_code == 404
    walker.get(link.path)
    with site.app_context():
        after = everything()["visitor"]
    assert {row[0] for row in before}.isdisjoint({row[0] for row in after - before})
    assert len(after - before) == 1


@pytest.mark.parametrize("minutes", [31, 12 * 60 + 1])
def test_t06_a_session_that_nobody_uses_ends_by_itself(
    site: Flask, clock: StoppedClock, link: Link, minutes: int
) -> None:
    walker = Walker(site)
    walker.get(link.path)
    clock.forward(minutes=minutes)

    assert walker.get(link.page).status_code == 404
