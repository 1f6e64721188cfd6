"""Who changed what, and who looked."""

import csv
from datetime import datetime
from io import StringIO

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import journal, models
from app.storage.database import transaction
from tests.clinics import TUESDAY_NOON, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import rows
from tests.staffing import PASSWORD, Colleague, hire

SPRING = "from=2027-02-01&until=2027-03-05"


@pytest.fixture
def mira(site: Flask) -> Colleague:
    mira = Colleague(site, Role.OWNER, name="Mira Castellan")
    mira.get("/staff/journal")
    return mira


def note(
    site: Flask, verb: str, actor: str = "staff", now: datetime = MONDAY_8AM, **change: object
) -> None:
    with site.app_context(), transaction() as session:
        journal.note(session, verb, actor=actor, appointment_id=None, now=now, **change)


def test_every_change_is_a_sentence_with_who_and_what(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        jo = hire(name="Jo Brandt")
    mira.get(f"/staff/team/{jo.id}")
    mira.post(f"/staff/team/{jo.id}/place", {"role": "clinician", "calendar": "1"})

    page = mira.get("/staff/journal").text

    assert (
        "Mira Castellan changed what Jo Brandt does here: role from “Reception” to “Clinician”;"
        " calendar from nothing to “Dr Ana Rivera”" in page
    )


def test_a_change_of_a_setting_says_from_what_to_what(site: Flask, mira: Colleague) -> None:
    note(
        site, "place_changed", mira.who.signature, name="Mill Street Rooms",
        changed={"address": ["1 Mill Street", "40 Mill Street"], "active": [True, False]},
    )  # fmt: skip

    page = mira.get("/staff/journal").text

    assert (
        "Mira Castellan changed the place Mill Street Rooms: address from “1 Mill Street”"
        " to “40 Mill Street”; in use from yes to no" in page
    )


def test_lines_are_found_by_day_person_kind_and_reference(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        reference = appoint()
    jo = Colleague(site, name="Jo Brandt")
    jo.get(f"/staff/appointment/{reference}")
    note(site, "pressure_on", "worker")
    note(site, "pressure_off", "worker", MONDAY_8AM - days(20))

    def shown(query: str) -> tuple[bool, bool, bool]:
        page = mira.get(f"/staff/journal?{query}").text
        words = ("Jo Brandt opened it", "Many bookings came at once", "The rush of bookings")
        return tuple(word in page for word in words)  # type: ignore[return-value]

    assert shown("") == (True, True, False)
    assert shown(SPRING) == (True, True, True)
    assert shown("kind=looks") == (True, False, False)
    assert shown("kind=clinic") == (False, True, False)
    assert shown(f"who={jo.who.signature}") == (True, False, False)
    assert shown(f"reference={reference.lower()}") == (True, False, False)
    assert shown("from=2027-02-01&until=2027-02-20") == (False, False, True)


def test_older_lines_are_a_leaf_further(site: Flask, mira: Colleague) -> None:
    for number in range(60):
        note(site, "signed", edition=f"n{number:02}")

    first = mira.get("/staff/journal")
    older = mira.get(next(
        part for part in first.text.replace("&amp;", "&").split('"') if "before=" in part
    ))  # fmt: skip

    assert "n59" in first.text
    assert "n09" not in first.text
    assert "n09" in older.text
    assert "n10" not in older.text
    assert "Older lines" not in older.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=yesterday", "Please write a day such as"),
        ("from=2027-03-05&until=2027-03-01", "This day is before the first one."),
        ("from=2020-03-05&until=2027-03-01", "Please ask for a year at most."),
        ("kind=gossip", "Please choose one of those that are offered."),
        ("who=staff:nobody", "Please choose one of those that are offered."),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(mira: Colleague, query: str, words: str) -> None:
    page = mira.get(f"/staff/journal?{query}")

    assert page.status_code == 422
    assert words in page.text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "reference=%00", "reference=HB-1"])
def test_what_finds_nothing_says_so(mira: Colleague, query: str) -> None:
    assert mira.get(f"/staff/journal?{query}").status_code == 200


def test_t36_taking_lines_as_a_file_asks_who_it_is_and_is_a_line_itself(
    site: Flask, mira: Colleague
) -> None:
    note(site, "signed", edition="=HYPERLINK(1)")
    site.extensions["clock"].forward(minutes=6)
    typed = {"from": "2027-03-01", "until": "2027-03-01"}

    asked = mira.post("/staff/journal/export", typed)
    taken = mira.post("/staff/journal/export", typed | {"proof": PASSWORD})

    assert asked.status_code == 403
    assert taken.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert taken.headers["Content-Disposition"] == 'attachment; filename="journal.csv"'
    head, *lines = csv.reader(StringIO(taken.text.removeprefix("\ufeff")))
    assert head[:3] == ["line", "when", "who"]
    assert [line[3] for line in lines] == ["Staff signed the guide =HYPERLINK(1)"]
    assert (
        "Mira Castellan took lines of the journal as a file: 1" in mira.get("/staff/journal").text
    )


def test_t36_the_owner_sees_who_looked_and_how_often(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        one, two = appoint(), appoint(TUESDAY_NOON + days(1), name="Ada Abbott")
    jo = Colleague(site, name="Jo Brandt")
    for reference in (one, two, one):
        jo.get(f"/staff/appointment/{reference}")
    for _again in range(2):
        jo.get("/staff/find?q=hale")
    jo.get("/staff/find?q=abb")

    page = " ".join(mira.get("/staff/journal/looks").text.split())

    assert f"who={jo.who.signature.replace(':', '%3A')}" in page or jo.who.signature in page
    assert "<td>2 records</td><td>2 searches</td><td>0 files</td>" in page
    with site.app_context():
        assert "hale" not in str([line.change for line in rows(models.JournalEntry)])


def test_t36_what_the_journal_says_of_an_appointment_survives_unknown_words(
    site: Flask, mira: Colleague
) -> None:
    note(site, "something_newer", "staff:gone", name="x")

    assert "something_newer" in mira.get("/staff/journal").text
