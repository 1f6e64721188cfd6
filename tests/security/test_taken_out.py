"""What is taken out of the clinic: for owners, written down, and nothing in it runs (T18, T36)."""

import csv
from io import StringIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.domain.staff import Role
from app.domain.table import BOM, cell, written
from app.storage import models
from tests.conftest import StoppedClock
from tests.desk import appoint
from tests.services.looking import everything, rows
from tests.staffing import PASSWORD, Colleague

DAY = {"date": "2027-03-02", "place": ""}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULA = '=HYPERLINK("http://evil.example","click")'
TEXT = st.text(
    alphabet=st.one_of(st.sampled_from("=+-@\t\r\n\0 '\",;|"), st.characters(codec="utf-8"))
)


def cells(data: bytes) -> list[list[str]]:
    """Read a table as a spreadsheet does."""
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def take_out(owner: Colleague, kind: str = "csv", **fields: str) -> TestResponse:
    owner.get("/staff/day")
    return owner.post("/staff/export", {"kind": kind, **fields})


@given(TEXT)
def test_t18_no_cell_begins_with_what_spreadsheets_calculate(text: str) -> None:
    assert not cell(text).startswith(DANGEROUS)
    assert not cell(text).lstrip().startswith(DANGEROUS)
    assert cell(text).removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_t18_a_table_comes_back_cell_by_cell_and_all_of_it_is_quoted(
    table: list[list[str]],
) -> None:
    plain = [[text.replace("\0", "") for text in row] for row in table]

    data = written(["a", "b"], plain)

    assert cells(data) == [["a", "b"], *([cell(text) for text in row] for row in plain)]
    assert data.decode().removeprefix(BOM).startswith('"a","b"\r\n')


@pytest.mark.parametrize("name", [FORMULA, "+1 Ada", "-Ada", "@Ada", "  =1+1", "\uff1d1+1 Ada"])
def test_t18_a_patient_who_is_called_like_a_formula_is_text(site: Flask, name: str) -> None:
    with site.app_context():
        appoint(name=name)

    answer = take_out(Colleague(site, Role.OWNER), **DAY)

    _, (*_, named, _born, _phone, _mail, _booker, _reference) = cells(answer.data)
    assert named in (name, f"'{name}")
    assert not named.lstrip().startswith(DANGEROUS)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointments.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN])
def test_t12_only_owners_take_anything_out(site: Flask, role: Role) -> None:
    somebody = Colleague(site, role)

    assert take_out(somebody, **DAY).status_code == 403
    for page in ("/staff/day", "/staff/week", "/staff/find?q=hale"):
        assert "/staff/export" not in somebody.get(page).text


def test_a_long_session_shows_again_who_it_is_before_anything_leaves(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
    owner = Colleague(site, Role.OWNER)
    clock.forward(minutes=6)

    asked = take_out(owner, **DAY)
    given_ = owner.post("/staff/export", {"kind": "csv", **DAY, "proof": PASSWORD})

    assert asked.status_code == 403
    assert "Ada Abbott" not in asked.text
    assert "Ada Abbott" in given_.text


def test_t36_who_took_out_how_much_is_written_down_and_not_what_was_typed(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
    owner = Colleague(site, Role.OWNER)

    take_out(owner, q="abb")
    take_out(owner, "ics", **DAY)
    take_out(owner, date="2027-03-02", doctor="1")

    with site.app_context():
        noted = [
            line.change for line in rows(models.JournalEntry, models.JournalEntry.verb == "export")
        ]
    search, day, week = noted
    assert (search["what"], search["kind"], search["many"]) == ("search", "csv", 1)
    assert len(search["sought"]) == 64
    assert day == {"what": "day", "kind": "ics", "many": 1, "day": "2027-03-02"}
    assert week["clinician_id"] == 1
    assert "abb" not in repr(noted).lower().replace(search["sought"], "")


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "exe", **DAY}, {"kind": "csv", "date": "tomorrow"}, {"kind": "csv"},
     {"kind": "csv", "date": "2027-03-02", "doctor": "99"}],
)  # fmt: skip
def test_a_form_of_nobodys_takes_nothing_out(site: Flask, fields: dict[str, str]) -> None:
    owner = Colleague(site, Role.OWNER)
    owner.get("/staff/day")
    with site.app_context():
        before = everything()["journal"]

    assert owner.post("/staff/export", fields).status_code == 404
    with site.app_context():
        assert everything()["journal"] == before


def test_a_search_that_would_find_half_the_clinic_is_refused_with_a_sentence(site: Flask) -> None:
    answer = take_out(Colleague(site, Role.OWNER), q="a")

    assert answer.status_code == 422
    assert "Please type at least three letters" in answer.text
