"""The page of the clinic's figures, and the same as a table."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON
from tests.conftest import StoppedClock
from tests.desk import appoint
from tests.services.looking import statements
from tests.staffing import Colleague

WEEK = "from=2027-03-01&until=2027-03-07"


@pytest.fixture
def owner(site: Flask) -> Colleague:
    return Colleague(site, Role.OWNER)


def test_each_bar_stands_beside_its_number_and_no_patient_is_named(
    site: Flask, owner: Colleague
) -> None:
    with site.app_context():
        for number, status in enumerate((Status.BOOKED, Status.MISSED, Status.COMPLETED) * 2):
            appoint(TUESDAY_NOON + timedelta(minutes=40 * number), status=status)

    page = owner.get(f"/staff/figures?{WEEK}").text

    assert "Visits from Monday 1 March 2027 to Sunday 7 March 2027" in page
    for words in ("Dr Ana Rivera", "General spine visit", "Tuesday", "1 to 2 days", "33 %",
                  "<b>6</b> booked", "<b>2</b> missed"):  # fmt: skip
        assert words in page, words
    assert '<rect class="bar-part" x="0" y="0" width="33" height="8"/>' in page
    bars = page.split('<svg class="bar')[1:]
    assert len(bars) == 4 * 4 + 8
    assert all('aria-hidden="true"' in bar.partition(">")[0] for bar in bars)
    for words in ("Marian Hale", "0178", "HB-"):
        assert words not in page


def test_days_without_visits_say_so(owner: Colleague) -> None:
    page = owner.get(f"/staff/figures?{WEEK}").text

    assert "No visit was booked for these days." in page
    assert "Days until the third next time" in page


@pytest.mark.parametrize(
    "asked",
    ["from=2027-03-07&until=2027-03-01", "from=2020-01-01&until=2027-01-01", "from=soon&until=x",
     "from=2027-03-01", "until=2027-03-01", "from=0001-01-01&until=9999-12-31"],
)  # fmt: skip
def test_odd_days_get_a_sentence_and_the_last_three_months(owner: Colleague, asked: str) -> None:
    page = owner.get(f"/staff/figures?{asked}")

    assert page.status_code == 422
    assert "Please choose two days, the first before the last" in page.text
    assert "to Sunday 28 February 2027" in page.text
    assert f'value="{asked.partition("=")[2].partition("&")[0]}"' in page.text


def test_without_days_it_is_the_last_three_months_until_yesterday(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        appoint()
    clock.forward(days=1)

    before = Colleague(site, Role.OWNER).get("/staff/figures")
    clock.forward(days=1)
    after = Colleague(site, Role.OWNER).get("/staff/figures")

    assert before.status_code == after.status_code == 200
    assert "<b>1</b> booked" not in before.text
    assert "<b>1</b> booked" in after.text


def test_the_table_says_the_same_as_the_page(site: Flask, owner: Colleague) -> None:
    with site.app_context():
        appoint()
        appoint(TUESDAY_NOON + timedelta(hours=1), status=Status.MISSED)

    answer = owner.get(f"/staff/figures.csv?{WEEK}")

    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert rows[0] == {
        "Days": "2027-03-01 2027-03-07", "By": "Doctor", "What": "Dr Ana Rivera", "Booked": "2",
        "Moved": "0", "Cancelled": "0", "Missed": "1", "Days until the third next time": "",
    }  # fmt: skip
    waits = [row for row in rows if row["Days until the third next time"]]
    assert {row["What"] for row in waits} == {"Dr Ana Rivera", "Dr Samuel Okafor"}


def test_t12_only_owners_find_and_open_it(site: Flask, owner: Colleague) -> None:
    assert "/staff/figures" in owner.get("/staff/day").text
    for role in (Role.RECEPTION, Role.CLINICIAN):
        somebody = Colleague(site, role)
        assert "/staff/figures" not in somebody.get("/staff/day").text
        for path in ("/staff/figures", "/staff/figures.csv"):
            assert somebody.get(path).status_code == 403


def test_a_page_of_many_visits_takes_as_many_statements_as_an_empty_one(
    site: Flask, owner: Colleague
) -> None:
    owner.get(f"/staff/figures?{WEEK}")
    counts = []
    for visits in (1, 12):
        with site.app_context():
            for number in range(visits):
                appoint(TUESDAY_NOON + timedelta(minutes=number), overlap_reason="x")
            owner.get(f"/staff/figures?{WEEK}")  # calendars are read when they changed
            with statements() as asked:
                owner.get(f"/staff/figures?{WEEK}")
        counts.append(len(asked))

    assert counts[0] == counts[1]
