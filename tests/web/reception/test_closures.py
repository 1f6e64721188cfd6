"""Closing time by its pages: what it breaks is seen first, and nothing typed is lost."""

import re
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import insert

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.desk import put
from tests.services.looking import rows
from tests.staffing import Colleague
from tests.web.walker import hidden

TUESDAY = {
    "whose": "doctor-1", "first": "2027-03-02", "from_time": "12:00", "last": "2027-03-02",
    "until_time": "17:00", "kind": "leave", "note": "On leave",
}  # fmt: skip
ADD = "/staff/closures/add"


def kept(site: Flask) -> list[tuple[object, ...]]:
    with site.app_context():
        return [
            (row.clinician_id, row.location_id, f"{row.starts:%dT%H:%M}", f"{row.ends:%dT%H:%M}")
            for row in rows(models.Closure)
        ]


def opened(site: Flask, path: str = ADD, role: Role = Role.RECEPTION) -> Colleague:
    colleague = Colleague(site, role)
    colleague.get(path)
    return colleague


def test_an_afternoon_is_closed_in_one_form(site: Flask) -> None:
    jo = opened(site)

    page = jo.follow(jo.post(ADD, TUESDAY)).text

    assert kept(site) == [(1, None, "02T12:00", "02T17:00")]
    assert "Tuesday 2 March 2027, 12 noon to 5:00 pm" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Dr Ana Rivera" in page


@pytest.mark.parametrize(
    ("whose", "row"),
    [("all", (None, None)), ("place-2", (None, 2)), ("doctor-2", (2, None))],
)
def test_days_without_times_are_closed_as_a_whole(
    site: Flask, whose: str, row: tuple[object, object]
) -> None:
    jo = opened(site)
    days = {"whose": whose, "last": "2027-03-05", "from_time": "", "until_time": ""}

    page = jo.follow(jo.post(ADD, TUESDAY | days)).text

    assert kept(site) == [(*row, "02T00:00", "06T00:00")]
    assert "Tuesday 2 March 2027 to Friday 5 March 2027, whole days" in page


def test_what_it_would_break_is_shown_with_names_and_numbers_before_it_is_saved(
    site: Flask,
) -> None:
    reference = put(site)
    jo = opened(site)

    shown = jo.post(ADD, TUESDAY)
    before = kept(site)
    saved = jo.post(ADD, TUESDAY | {"seen": hidden(shown.text, "seen")})

    assert shown.status_code == 409
    assert 'data-refusal="would_break"' in shown.text
    assert "One appointment would lose its time" in shown.text
    assert "Marian Hale" in shown.text
    assert "(865) 555-0178" in shown.text
    assert f"/staff/appointment/{reference}" in shown.text
    assert 'value="On leave"' in shown.text
    assert before == []
    assert saved.status_code == 303
    assert len(kept(site)) == 1


def test_what_changed_since_it_was_seen_is_shown_again(site: Flask) -> None:
    put(site)
    jo = opened(site)
    seen = hidden(jo.post(ADD, TUESDAY).text, "seen")
    put(site, start=TUESDAY_NOON.replace(hour=19), name="Ada Abbott")

    again = jo.post(ADD, TUESDAY | {"seen": seen})

    assert again.status_code == 409
    assert "not what was shown before" in again.text
    assert "Ada Abbott" in again.text
    assert kept(site) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"last": "2027-03-01"}, "ends before it begins"),
        ({"until_time": "11:00"}, "ends before it begins"),
        ({"until_time": "12:00"}, "ends before it begins"),
        ({"first": "soon"}, "choose a day"),
        ({"last": "2072-03-02"}, "longer than three years"),
        ({"from_time": "25:00"}, "write a time"),
        ({"from_time": "12:02"}, "full five minutes"),
        ({"whose": "doctor-99"}, "Please choose one of those that are offered."),
        ({"kind": "x"}, "Please choose one of those that are offered."),
        ({"note": "x" * 121}, "shorten it"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    site: Flask, typed: dict[str, str], sentence: str
) -> None:
    jo = opened(site)

    answer = jo.post(ADD, TUESDAY | typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'class="summary"' in answer.text
    assert kept(site) == []


def test_the_past_is_not_closed(site: Flask) -> None:
    jo = opened(site)

    answer = jo.post(ADD, TUESDAY | {"first": "2027-02-01", "last": "2027-02-02"})

    assert answer.status_code == 409
    assert 'data-refusal="in_the_past"' in answer.text
    assert kept(site) == []


def test_a_closure_is_changed_and_a_colleague_who_was_slower_is_told(site: Flask) -> None:
    jo = opened(site)
    jo.post(ADD, TUESDAY)
    path = "/staff/closures/1"
    was = hidden(jo.get(path).text, "was")

    done = jo.post(path, TUESDAY | {"was": was, "note": "First"})
    late = jo.post(path, TUESDAY | {"was": was, "note": "Second"})
    again = jo.post(path, TUESDAY | {"was": hidden(late.text, "was"), "note": "Second"})

    assert (done.status_code, late.status_code, again.status_code) == (303, 409, 303)
    assert 'data-refusal="hours_changed"' in late.text
    assert 'value="Second"' in late.text


def test_what_was_taken_back_by_a_colleague_leaves_the_list(site: Flask) -> None:
    jo = opened(site)
    jo.post(ADD, TUESDAY)
    was = hidden(jo.get("/staff/closures").text, "was")

    stale = jo.post("/staff/closures/1/take-back", {"was": "x"})
    done = jo.post("/staff/closures/1/take-back", {"was": was})

    assert stale.status_code == 409
    assert "open again" in jo.follow(done).text
    assert kept(site) == []
    assert jo.get("/staff/closures/1").status_code == 404


def test_a_clinician_is_offered_their_own_calendar_only(site: Flask) -> None:
    jo = opened(site)
    jo.post(ADD, TUESDAY | {"whose": "all"})
    rivera = opened(site, role=Role.CLINICIAN)

    form, listed = rivera.get(ADD).text, rivera.get("/staff/closures").text

    assert re.findall(r'<option value="([^"]+)"[^>]*>', form)[:1] == ["doctor-1"]
    assert 'value="all"' not in form
    assert "The whole clinic" in listed
    assert "/staff/closures/1" not in listed


def test_an_address_may_name_whose_afternoon_it_is(site: Flask) -> None:
    page = opened(site).get(f"{ADD}?doctor=2&date=2027-03-04&from=12:00&until=17:00").text

    assert '<option value="doctor-2" selected>' in page
    assert page.count('value="2027-03-04"') == 2
    assert 'value="12:00"' in page
    assert 'value="17:00"' in page


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999"])
def test_a_closure_that_is_none_is_not_found(site: Flask, number: str) -> None:
    jo = opened(site)

    assert jo.get(f"/staff/closures/{number}").status_code == 404


def test_what_was_closed_before_is_folded_away_the_latest_first(site: Flask) -> None:
    past = {"clinician_id": RIVERA, "kind": "leave", "note": ""}
    with site.app_context():
        db.session.execute(
            insert(models.Closure),
            [
                past | {"starts": datetime(2027, month, 1), "ends": datetime(2027, month, 2)}  # noqa: DTZ001
                for month in (1, 2)
            ],
        )
        db.session.commit()

    page = opened(site, "/staff/closures").get("/staff/closures").text

    folded = page[page.index("What was closed before today") :]
    assert folded.index("1 February 2027") < folded.index("1 January 2027")
    assert "Nothing is closed from today on" in page


def test_the_board_leads_to_the_form_filled_in_for_a_doctors_afternoon(site: Flask) -> None:
    put(site)
    jo = opened(site, "/staff/day?date=2027-03-02")
    page = jo.get("/staff/day?date=2027-03-02").text
    link = re.findall(r'class="close-it[^>]+href="([^"]+)"', page)[0].replace("&amp;", "&")

    form = jo.get(link).text

    assert 'value="doctor-1" selected' in form or 'selected value="doctor-1"' in form
    assert form.count('value="2027-03-02"') == 2
    assert 'value="12:00"' in form
    assert "close-it" not in jo.get("/staff/day?date=2027-02-26").text


def test_a_clinician_closes_from_the_board_only_what_is_theirs(site: Flask) -> None:
    put(site)
    okafor = Colleague(site, Role.CLINICIAN, clinician_id=2, all_calendars=True)

    page = okafor.get("/staff/day?date=2027-03-02").text

    assert re.findall(r"add\?doctor=(\d)", page) == ["2"]
