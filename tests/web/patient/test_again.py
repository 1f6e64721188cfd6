"""Larger text, another language, a time kept longer: what was typed stays, and nothing counts."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.safety import Tier
from app.storage.database import db
from app.storage.models import RecordEntry
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import BIRTH, DETAILS, HOLD, book, by_link, give_away, keep
from tests.web.patient.looking import everything
from tests.web.walker import Walker, answers

OF_FORM = re.compile(r'form="form" formaction="([^"]+)" formnovalidate')
WORDS = "To lift my granddaughter."
Form = dict[str, str | list[str]]
Arrive = Callable[[Flask], tuple[Walker, str]]
LOOKS = {"visitor", "reading", "record_entry"}  # that somebody is here; in which language they read


def told(site: Flask) -> dict[str, list[object]]:
    """Return what the clinic was told, and nothing of who looks at its pages and how."""
    with site.app_context():
        answers_ = db.session.scalar(select(func.count()).where(RecordEntry.kind != "begin"))
    kept = {name: rows for name, rows in everything(site).items() if name not in LOOKS}
    return kept | {"answers": [answers_]}


def press(walker: Walker, page: str, button: str, typed: Form) -> TestResponse:
    """Press a button of the page's form, as a browser does that keeps the body on a redirect."""
    (target,) = {unescape(one) for one in re.findall(OF_FORM, page) if button in one}
    led = walker.post(target, typed)
    assert led.status_code == 307
    return walker.post(led.location, typed)


def details(site: Flask) -> tuple[Walker, str]:
    walker = Walker(site)
    walker.be_safe("general")
    keep(walker)
    return walker, "/details"


def safety(site: Flask) -> tuple[Walker, str]:
    return Walker(site), "/safety/general"


def first_part(site: Flask) -> tuple[Walker, str]:
    walker = Walker(site)
    walker.be_safe()
    return walker, "/primer/1"


def check(site: Flask) -> tuple[Walker, str]:
    walker, _path = first_part(site)
    walker.read(until=1)
    walker.post("/primer/2")
    return walker, "/primer/2/check"


def statements(site: Flask) -> tuple[Walker, str]:
    walker, _path = first_part(site)
    walker.read()
    return walker, "/statements"


def questions(site: Flask) -> tuple[Walker, str]:
    walker, _path = first_part(site)
    walker.read(until=1)
    return walker, "/questions"


def unlock(site: Flask) -> tuple[Walker, str]:
    walker, _path = details(site)
    reference = book(walker)
    return by_link(site, reference), f"/appointment/{reference}/unlock?to=prepare"


def prepare(site: Flask) -> tuple[Walker, str]:
    holder, path = unlock(site)
    holder.get(path)
    holder.post(path, BIRTH)
    return holder, path.replace("unlock?to=prepare", "prepare/life")


def resume(site: Flask) -> tuple[Walker, str]:
    return Walker(site), "/resume"


def find(site: Flask) -> tuple[Walker, str]:
    return Walker(site), "/find"


SIX_ANSWERS: Form = {**answers(Tier.EMERGENCY)}
ALL_OF_IT: Form = {**DETAILS, "needs": ["step_free", "cannot_sit_long"], "calendar": "text"}
TYPED: dict[str, tuple[Arrive, Form, list[str]]] = {
    "details": (details, ALL_OF_IT, ['value="Marian Hale"', 'value="marian.hale@example.org"',
        'value="21"', 'value="step_free" checked', 'value="cannot_sit_long" checked',
        'value="text" checked', "What can I do this month?"]),
    "safety": (safety, SIX_ANSWERS, [f'name="{id_}" value="no" checked' for id_ in SIX_ANSWERS]),
    "first part": (first_part, {"reads": "helper"}, ['name="reads" value="helper" checked']),
    "check": (check, {"answer": "b", "before": "0"}, ['name="answer" value="b" checked']),
    "statements": (statements, {"K1": "talk", "K2": "skip", "words_1": WORDS},
        ['name="K1" value="talk" checked', 'name="K2" value="skip" checked', WORDS]),
    "questions": (questions, {"asked": ["N2", "N6"], "matters": ["low_risk"], "own": WORDS},
        ['value="N2" checked', 'value="N6" checked', 'value="low_risk" checked',
         f'value="{WORDS}"']),
    "unlock": (unlock, {**BIRTH}, ['value="April"', 'value="1968"']),
    "prepare": (prepare, {"goal": WORDS}, [WORDS]),
    "resume": (resume, {"code": "7KQM-2R9T"}, ['value="7KQM-2R9T"']),
    "find": (find, {"email": "marian@"}, ['value="marian@"']),
}  # fmt: skip


@pytest.mark.parametrize(
    ("button", "looks"), [("text=3", 'class="text-3"'), ("into=es", '<html lang="es"')]
)
@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_stays_and_nothing_of_it_counts(
    site: Flask, name: str, button: str, looks: str
) -> None:
    arrive, typed, shown = TYPED[name]
    walker, path = arrive(site)
    page = walker.get(path).text
    before = told(site)

    answer = press(walker, page, button, typed)

    assert answer.status_code == 200
    text = unescape(answer.text)
    assert looks in text
    assert [words for words in shown if words not in text] == []
    assert 'class="summary"' not in text
    assert told(site) == before


def test_keeping_the_time_longer_keeps_what_was_typed(site: Flask, clock: StoppedClock) -> None:
    walker, path = details(site)
    page = walker.get(path).text
    clock.forward(minutes=8)

    answer = press(walker, page, "/hold/extend", {"name": "Zoë", "question": WORDS})

    assert answer.status_code == 200
    assert 'value="Zoë"' in answer.text
    assert WORDS in answer.text
    assert "<strong>8:18\u00a0am</strong>" in answer.text
    assert 'class="summary"' not in answer.text


def test_a_time_that_cannot_be_kept_longer_loses_nothing_typed(site: Flask) -> None:
    walker, path = details(site)
    page = walker.get(path).text
    give_away(site)
    target = next(unescape(one) for one in re.findall(OF_FORM, page) if "extend" in one)

    led = walker.post(target, {"name": "Zoë", "question": WORDS})
    keep(walker)

    assert led.location == "/times?said=nothing_held"
    assert WORDS in walker.get(path).text


def test_a_page_can_be_made_larger_and_spanish_and_then_be_sent(site: Flask) -> None:
    walker, path = details(site)
    larger = press(walker, walker.get(path).text, "text=2", {**DETAILS}).text
    press(walker, larger, "into=es", {**DETAILS})

    assert walker.post(path, DETAILS).location == "/review"


@pytest.mark.parametrize(("chosen", "then"), [("en", "es"), ("es", "es")])
def test_the_visits_language_follows_the_pages_until_it_is_chosen(
    site: Flask, chosen: str, then: str
) -> None:
    walker, path = details(site)

    spanish = press(walker, walker.get(path).text, "into=es", {"language": chosen}).text
    english = press(walker, spanish, "into=en", {"language": "es"}).text
    larger = press(walker, english, "text=2", {"language": "es"}).text

    assert f'<option value="{then}" lang="{then}" selected>' in spanish
    assert '<option value="en" lang="en" selected>' in english
    assert '<option value="es" lang="es" selected>' in larger


@pytest.mark.parametrize("name", TYPED)
def test_the_first_button_of_a_form_is_its_own(site: Flask, name: str) -> None:
    walker, path = TYPED[name][0](site)

    page = walker.get(path).text

    first = re.search(r'<button[^>]* form="form"[^>]*>', page)
    assert first is not None
    assert "formaction" not in first[0]
    assert page.index(first[0]) < page.index("<main")


def test_a_form_is_carried_only_to_pages_that_show_it_again(site: Flask) -> None:
    walker, _path = details(site)
    walker.post("/details", DETAILS)
    hold = HOLD.findall(walker.get("/review").text)[0]

    led = walker.post("/comfort?text=2&to=/review", {"hold": hold})

    assert (led.status_code, led.location) == (303, "/review")


def test_ticks_are_shown_again_as_they_were_left_and_the_list_as_it_is_kept(site: Flask) -> None:
    walker, path = questions(site)
    walker.get(path)
    walker.post(path, {"asked": ["N1"], "matters": ["low_risk"], "own": ""})

    page = press(walker, walker.get(path).text, "text=2", {"asked": ["N2"], "own": ""}).text

    assert re.findall(r'value="(\w+)" checked', page) == ["N2"]
    assert "<strong>What matters most to me:" in page


def test_the_parts_that_were_answered_stay_marked(site: Flask) -> None:
    holder, path = prepare(site)
    first = path.replace("life", "pain")
    holder.get(first)
    holder.post(first, {"duration": "1_to_5_years"})

    page = press(holder, holder.get(path).text, "text=2", {"goal": WORDS}).text

    assert page.count('class="done"') == 1
