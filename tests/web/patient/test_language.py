"""In which language a person is answered, and how they choose another."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.safety import Tier
from app.services import proof
from app.settings import ROOT
from app.storage.database import db
from app.storage.models import RecordEntry
from tests.conftest import Make
from tests.services.editions import TODAY
from tests.web.walker import Walker, answers

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def first_page(walker: Walker, **headers: str) -> str:
    return walker.client.get("/", headers=headers or None).text


def language(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("es-MX,es;q=0.9,en;q=0.5", "es"),
        ("en-GB,en;q=0.9,es;q=0.1", "en"),
        ("fr,es;q=0.4", "es"),
        ("fr", "en"),
        ("", "en"),
        ("*;q=oh", "en"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_asks_for(
    walker: Walker, asked: str, answered: str
) -> None:
    page = first_page(walker, **{"Accept-Language": asked})

    assert language(page) == answered


def test_whoever_asks_for_nothing_we_speak_gets_the_clinics_language(
    site: Flask, walker: Walker
) -> None:
    with site.app_context():
        db.session.execute(db.text("update clinic set language = 'es', revision = revision + 1"))
        db.session.commit()

    page = first_page(walker, **{"Accept-Language": "fr"})

    assert language(page) == "es"


def test_a_chosen_language_wins_over_the_browsers_and_keeps_the_page(walker: Walker) -> None:
    walker.get("/find?from=here")

    back = walker.post("/language", {"language": "es", "to": "/find?from=here"})

    assert (back.status_code, back.location) == (303, "/find?from=here")
    assert language(walker.get("/about").text) == "es"


def test_the_switch_names_each_other_language_in_itself(walker: Walker) -> None:
    english = first_page(walker)
    spanish = first_page(walker, **SPANISH)

    button = r'<button name="language" value="(\w+)" lang="(\w+)">([^<]+)</button>'
    assert re.findall(button, english) == [("es", "es", "Español")]
    assert re.findall(button, spanish) == [("en", "en", "English")]


def test_the_switch_says_which_page_to_come_back_to(walker: Walker) -> None:
    page = walker.get("/find?again=1&x=2").text

    assert 'name="to" value="/find?again=1&amp;x=2"' in page


@pytest.mark.parametrize(
    "to",
    ["", "https://evil.example/", "//evil.example/find", "///evil.example/find", "/\\evil.example",
     "/nowhere", "/language", "javascript:alert(1)", "/find\r\nX: y", "http://[", "x" * 5000],
)  # fmt: skip
def test_the_switch_leads_to_pages_of_ours_only(walker: Walker, to: str) -> None:
    walker.get("/")

    back = walker.post("/language", {"language": "es", "to": to})

    assert (back.status_code, back.location) in ((303, "/"), (303, "/find"))


@pytest.mark.parametrize("wanted", ["", "xx", "en_US", "../es", None])
def test_a_language_nobody_wrote_changes_nothing(walker: Walker, wanted: str | None) -> None:
    walker.get("/")

    answer = walker.post("/language", {"to": "/"} | ({"language": wanted} if wanted else {}))

    assert answer.status_code == 400
    assert language(first_page(walker)) == "en"


def test_the_clinics_own_words_come_in_the_readers_language(walker: Walker) -> None:
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"

    walker.get("/safety/general")
    walker.post("/safety/general", answers(Tier.EMERGENCY))
    stopped = walker.post("/safety/general/today", answers(Tier.CALL_TODAY, T1="yes")).text

    assert "Harbor Clinic, cuidado de la columna" in stopped
    assert "la línea de enfermería de Harbor Clinic, (865) 555-0199, hoy" in stopped


def test_the_guide_is_read_in_the_readers_language(walker: Walker) -> None:
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    walker.be_safe()

    page = walker.get("/primer/1").text

    assert "no ha aprobado ningún producto de células madre" in page
    assert "Falta que la revisen" in page


def test_a_country_without_the_language_shows_its_guide_in_english_and_says_so(
    site: Flask, walker: Walker
) -> None:
    with site.app_context():
        change = "update clinic set jurisdiction = 'uk', primer_on = false, revision = revision + 1"
        db.session.execute(db.text(change))
        db.session.commit()
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"

    page = walker.get("/safety/general").text

    assert "todavía no están escritas en este idioma" in page
    assert "Is a leg or foot newly weak" in page
    assert language(page) == "es"


def test_a_page_in_one_language_names_it_once(walker: Walker) -> None:
    walker.be_safe()

    pages = [walker.get(path).text for path in ("/safety/general", "/primer/1", "/about")]

    assert [page for page in pages if ' lang="en" dir="ltr">' in page.split("<body")[1]] == []


def test_a_clinic_with_one_language_offers_no_switch(make_app: Make, sqlite_url: str) -> None:
    alone = Walker(make_app(sqlite_url, translations=ROOT / "docs"))

    page = first_page(alone, **SPANISH)

    assert language(page) == "en"
    assert "/language" not in page


def test_times_are_said_as_people_of_the_clinics_country_say_them(walker: Walker) -> None:
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    walker.be_safe("general")

    page = walker.get("/times").text

    assert "lunes, 1 de marzo" in page
    assert "2:00\u00a0p.m." in page


def test_a_reading_goes_on_in_the_language_chosen_in_the_middle(
    site: Flask, walker: Walker
) -> None:
    walker.be_safe()
    walker.get("/primer/1")
    walker.post("/primer/1", {"answered_by": "self"})
    walker.get("/primer/2")

    walker.post("/language", {"language": "es", "to": "/primer/2"})
    page = walker.get("/primer/2").text
    walker.post("/primer/2")

    assert "El dolor de espalda es muy común." in page
    with site.app_context():
        languages = db.session.scalars(select(RecordEntry.language).order_by(RecordEntry.seq)).all()
        kinds = db.session.scalars(select(RecordEntry.kind).order_by(RecordEntry.seq)).all()
        faults = proof.check(TODAY)
    assert languages == ["en", "en", "en", "es", "es"]
    assert kinds == ["begin", "safety", "page", "begin", "page"]
    assert faults == []


@pytest.mark.parametrize(
    ("begun", "device", "pressed", "goes_on"),
    [("es", "en", None, "es"), ("en", "es", None, "en"),
     ("en", "en", "es", "es"), ("es", "en", "en", "en")],
)  # fmt: skip
def test_a_code_goes_on_in_the_readings_language_unless_one_is_chosen_on_the_device(
    site: Flask, walker: Walker, begun: str, device: str, pressed: str | None, goes_on: str
) -> None:
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = begun
    walker.be_safe()
    walker.get("/primer/1")
    walker.post("/primer/1", {"answered_by": "self"})
    (code,) = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", walker.get("/primer/2").text))
    other = Walker(site)
    other.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = device
    if pressed:
        other.post("/language", {"language": pressed, "to": "/resume"})
    other.get("/resume")

    check = other.follow(other.post("/resume", {"code": code})).text
    other.be_safe()
    page = other.get("/primer/2").text

    assert language(check) == language(page) == goes_on
    assert ("El dolor de espalda es muy común." in page) is (goes_on == "es")


def test_a_code_typed_after_the_safety_check_goes_on_in_its_language_too(
    site: Flask, walker: Walker
) -> None:
    walker.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    walker.be_safe()
    walker.get("/primer/1")
    walker.post("/primer/1")
    (code,) = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", walker.get("/primer/2").text))
    other = Walker(site)
    other.be_safe()
    other.get("/resume")

    other.post("/resume", {"code": code})

    assert "El dolor de espalda es muy común." in other.get("/primer/2").text


def test_the_same_language_again_adds_nothing_to_the_record(site: Flask, walker: Walker) -> None:
    walker.be_safe()
    walker.get("/primer/1")
    walker.post("/primer/1", {"answered_by": "self"})

    walker.post("/language", {"language": "en", "to": "/primer/2"})

    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(RecordEntry)) == 3
