"""Whatever reaches a form or an address, the clinic answers, and never with a fault of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.factory import create_app
from app.storage.database import db
from tests.clinics import CONSULTATION, GENERAL, KNOXVILLE, NASHVILLE, OKAFOR, RIVERA
from tests.conftest import MONDAY_8AM, StoppedClock, settings_for
from tests.support import postgres
from tests.web.patient.booking_walk import DETAILS, book, by_link, keep, patient, slots
from tests.web.routes import UNSAFE, path_of, rules
from tests.web.walker import PRIMER, Walker

ODD = st.sampled_from(
    ["", "\x00", "\u202e", "\u200f\u061c", "\ud7ff\ufffd\uffff", "0001", "9999", "-1", "0", "1e9",
     "٣", "½", "9" * 400, "x" * 70_000, "\r\nX: y", "'\"><", "%00%ff", "None", "NaN", "[]", "{}",
     "2027-03-02T17:00:00Z|1|1|0|2", "self", "other", "yes", "no", "unsure", "primer", "general",
     "a@b.example", "+1 865 555 0178", "\U0001f9b4" * 90, "a\u0300" * 300, "../" * 9, "2027-02-30"]
)  # fmt: skip
TEXT = st.one_of(ODD, st.text(max_size=40), st.text(st.characters(max_codepoint=40), max_size=9))
NAMES = sorted(
    {*DETAILS, "needs", "slot", "hold", "back", "reference", "code", "answer", "before", "reads",
     "again", "words_0", "words_1", "extra", "csrf_token2", ""}
    | {item.id for tier in PRIMER.safety.tiers for item in tier.items}
    | {item.id for item in PRIMER.statements.items}
)  # fmt: skip
FORMS = st.lists(st.tuples(st.sampled_from(NAMES), TEXT), max_size=12)
# What ends the holder's session or appointment; and what is not ready while a clock stands still.
ENDS = ("/done", "/appointment/<reference>/cancel", "/readyz")
FAST = settings(
    max_examples=120, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@contextmanager
def clinic(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings_for(url, folder), clock=StoppedClock(MONDAY_8AM))
    app.extensions["ready"] = True  # a stopped clock differs from the database's: else no page
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give a clinic to many hostile forms, once on each database: they differ in what they take."""
    folder = tmp_path_factory.mktemp("bad_input")
    if request.param == "sqlite":
        pristine = request.getfixturevalue("pristine")
        url = f"sqlite:///{shutil.copy(pristine, folder / 'clinic.sqlite')}"
    else:
        template = request.getfixturevalue("pristine_postgres")
        server: postgres.Server = request.getfixturevalue("postgres_server")
        url = server.create_database("bad_input", template=template)
    with clinic(url, folder) as app:
        yield app


@pytest.fixture(scope="module")
def holder(house: Flask) -> tuple[Walker, str]:
    """Give somebody with an appointment, a kept time and a guide half read."""
    reference = book(patient(house))
    walker = by_link(house, reference)
    walker.be_safe("primer")
    walker.read(until=3)
    walker.be_safe("general")
    keep(walker, 5)
    walker.get("/details")
    return walker, reference


@FAST
@given(form=FORMS, data=st.data())
def test_no_form_breaks_the_clinic(
    house: Flask, holder: tuple[Walker, str], form: list[tuple[str, str]], data: st.DataObject
) -> None:
    walker, reference = holder
    unsafe = [rule for rule in rules(house) if UNSAFE & (rule.methods or set())]
    posts = {path_of(rule, reference=reference) for rule in unsafe if rule.rule not in ENDS}
    path = data.draw(st.sampled_from(sorted(posts)))
    kind = data.draw(st.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data"]))

    sent = MultiDict([("csrf_token", walker.token), *form])
    answer = walker.client.post(path, data=sent, content_type=kind)

    assert answer.status_code < 500


@FAST
@given(query=FORMS, text=TEXT, data=st.data())
def test_no_address_breaks_the_clinic(
    house: Flask,
    holder: tuple[Walker, str],
    query: list[tuple[str, str]],
    text: str,
    data: st.DataObject,
) -> None:
    walker, reference = holder
    gets = [rule for rule in rules(house) if "GET" in (rule.methods or set())]
    rule = data.draw(st.sampled_from([rule for rule in gets if rule.rule not in ENDS]))
    asked = [(name or "from", value[:2000]) for name, value in query]
    odd = {"PATH_INFO": _as_wsgi(path_of(rule, **dict.fromkeys(rule.arguments, text[:2000])))}

    known = walker.client.get(path_of(rule, reference=reference), query_string=asked)
    unknown = walker.client.get("/", query_string=asked, environ_overrides=odd)

    assert known.status_code < 500
    assert unknown.status_code < 500


@pytest.mark.parametrize("text", ["\x00", "\u202e", "a\x00b", "\ufffd", "x" * 5000, "%00", "\n"])
def test_odd_names_of_appointments_links_and_codes_are_simply_not_found(
    house: Flask, holder: tuple[Walker, str], text: str
) -> None:
    walker, _reference = holder

    for start in ("/a/", "/appointment/", "/static/", "/demo/mailbox/", "/safety/", "/primer/"):
        place = {"PATH_INFO": _as_wsgi(start + text)}
        assert walker.client.get("/", environ_overrides=place).status_code == 404, start


SLOT = "2027-03-02T17:00:00Z|{doctor}|{place}|{video}|{kind}"
NOT_OFFERED = {
    "malformed": "tomorrow at noon",
    "another doctor's place": SLOT.format(doctor=OKAFOR, place=KNOXVILLE, video=0, kind=GENERAL),
    "another place's doctor": SLOT.format(doctor=RIVERA, place=NASHVILLE, video=0, kind=GENERAL),
    "no such doctor": SLOT.format(doctor=99, place=KNOXVILLE, video=0, kind=GENERAL),
    "no such visit": SLOT.format(doctor=RIVERA, place=KNOXVILLE, video=0, kind=99),
    "past": f"2027-02-26T17:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "too soon": f"2027-03-01T13:05:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "beyond the horizon": f"2028-03-02T17:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "year 1": f"0001-01-01T00:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "year 9999": f"9999-12-31T23:59:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "at night": f"2027-03-02T07:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "between the steps": f"2027-03-02T17:01:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "with a zone": f"2027-03-02T12:00:00-05:00|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "after the end": f"2027-03-02T22:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}",
    "NUL": f"2027-03-02T17:00:00Z|{RIVERA}|{KNOXVILLE}|0|{GENERAL}\x00",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", NOT_OFFERED)
def test_a_time_that_is_not_offered_is_refused_by_name_and_others_are_offered(
    house: Flask, holder: tuple[Walker, str], kind: str
) -> None:
    walker, reference = holder

    for path in ("/times", f"/appointment/{reference}/move"):
        answer = walker.post(path, {"slot": NOT_OFFERED[kind]})
        assert answer.status_code == 409, path
        assert 'data-refusal="not_offered"' in answer.text, path
        assert len(slots(answer.text)) > 5, path


def test_a_visit_that_needs_the_guide_is_refused_by_name(house: Flask) -> None:
    person = patient(house)
    value = SLOT.format(doctor=RIVERA, place=KNOXVILLE, video=0, kind=CONSULTATION)

    answer = person.post("/times", {"slot": value})

    assert answer.status_code == 409
    assert 'data-refusal="primer_needed"' in answer.text


def test_fields_given_twice_or_too_many_break_nothing(house: Flask) -> None:
    walker = patient(house)
    keep(walker, 9)
    walker.get("/details")
    twice = MultiDict([(name, value) for name, value in DETAILS.items() for _ in range(2)])
    twice.add("csrf_token", walker.token)
    many = MultiDict([("csrf_token", walker.token), *((f"n{n}", "") for n in range(5000))])
    parts = MultiDict([("csrf_token", walker.token), *((f"n{n}", "") for n in range(300))])

    answers = [
        walker.client.post("/details", data=twice).status_code,
        walker.client.post("/details", data=many).status_code,
        walker.client.post("/details", data=parts, content_type="multipart/form-data").status_code,
    ]

    assert answers[0] == 303
    assert set(answers[1:]) <= {303, 413, 422}  # what is left out stays as it was said before


def _as_wsgi(path: str) -> str:
    return path.encode("utf-8", "replace").decode("latin-1")
