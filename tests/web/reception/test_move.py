"""Moving an appointment at the desk, by its page."""

import re
from html import unescape

import pytest
from flask import Flask

from app.domain.staff import Role
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON
from tests.desk import put
from tests.services.looking import booked
from tests.staffing import Colleague

AT_ONE = {"date": "2027-03-02", "time": "13:05", "doctor": "1", "place": "1"}


def starts(site: Flask, reference: str) -> str:
    with site.app_context():
        return f"{booked(reference).starts_at:%dT%H:%M}"


def opened(site: Flask, reference: str, role: Role = Role.RECEPTION) -> tuple[Colleague, str]:
    colleague = Colleague(site, role)
    path = f"/staff/appointment/{reference}/move"
    colleague.get(path)
    return colleague, path


def test_a_free_time_is_one_press_away(site: Flask) -> None:
    reference = put(site)
    jo, path = opened(site, reference)
    times = re.findall(r'name="slot" value="([^"]+)"', jo.get(f"{path}?date=2027-03-03").text)

    answer = jo.post(path, {"slot": times[0], "revision": "0"})

    assert answer.location == f"/staff/appointment/{reference}?done=moved"
    assert starts(site, reference) == "03T14:00"
    page = jo.follow(answer).text
    assert "moved it from Tuesday 2 March 2027" in page
    assert "Moved: it is now on Wednesday 3 March 2027" in page
    assert "A mail says so." in page


def test_a_time_of_ones_own_is_named_on_the_clock_of_the_place(site: Flask) -> None:
    reference = put(site)
    jo, path = opened(site, reference)

    jo.post(path, AT_ONE | {"revision": "0"})

    assert starts(site, reference) == "02T18:05"


def test_a_tile_is_dropped_on_the_clock_of_its_board(site: Flask) -> None:
    reference = put(site)
    jo, path = opened(site, reference)
    nashville = {"doctor": str(OKAFOR), "place": "2", "clock": "clinic", "revision": "0"}

    jo.post(path, AT_ONE | nashville)

    assert starts(site, reference) == "02T18:05"  # five past one in Knoxville, not in Nashville


def test_where_clocks_differ_each_time_says_whose_it_is_on(site: Flask) -> None:
    reference = put(site)
    jo, path = opened(site, reference)
    free = jo.get(f"{path}?date=2027-03-03").text

    jo.post(
        path, AT_ONE | {"doctor": str(OKAFOR), "place": "2", "clock": "clinic", "revision": "0"}
    )

    assert "Eastern time, New York</p>" in free
    told = unescape(jo.get(f"/staff/appointment/{reference}").text).replace("\u00a0", " ")
    assert "moved it from Tuesday 2 March 2027, 12 noon, Eastern time, New York to" in told
    assert "to Tuesday 2 March 2027, 12:05 pm, Central time, Chicago" in told


def test_what_is_refused_says_why_and_keeps_what_was_typed(site: Flask) -> None:
    reference = put(site)
    put(site, start=TUESDAY_NOON.replace(hour=18))
    jo, path = opened(site, reference)

    taken = jo.post(path, AT_ONE | {"revision": "0"})
    closed = jo.post(path, AT_ONE | {"time": "20:00", "revision": "0"})
    past = jo.post(path, AT_ONE | {"date": "2027-02-01", "revision": "0"})

    assert [one.status_code for one in (taken, closed, past)] == [409, 409, 409]
    assert 'data-refusal="slot_taken"' in taken.text
    assert 'value="13:05"' in taken.text
    assert "<details open" in taken.text.replace(' class="fold"', "")
    assert 'data-refusal="clinic_closed"' in closed.text
    assert 'data-refusal="in_the_past"' in past.text
    assert starts(site, reference) == "02T17:00"


def test_two_at_one_time_on_purpose_are_marked_and_told(site: Flask) -> None:
    reference = put(site)
    put(site, start=TUESDAY_NOON.replace(hour=18))
    jo, path = opened(site, reference)

    page = jo.follow(jo.post(path, AT_ONE | {"revision": "0", "overlap": "urgent"})).text

    assert "over another appointment: It cannot wait" in page
    assert "Overlaps on purpose" in jo.get("/staff/day?date=2027-03-02").text


def test_a_clinician_is_not_offered_to_overlap(site: Flask) -> None:
    reference = put(site, clinician_id=RIVERA)
    rivera, path = opened(site, reference, Role.CLINICIAN)

    answer = rivera.post(path, AT_ONE | {"revision": "0", "overlap": "urgent"})

    assert "on purpose" not in rivera.get(path).text
    assert answer.status_code == 403
    assert starts(site, reference) == "02T17:00"


@pytest.mark.parametrize(
    "form",
    [{}, {"slot": "x"}, {"slot": ["x", "y"]}, AT_ONE | {"date": "soon"}, AT_ONE | {"time": "25:00"},
     AT_ONE | {"time": "13:07"}, AT_ONE | {"doctor": "99"}, AT_ONE | {"place": "9" * 400},
     AT_ONE | {"date": "9999-12-31"}, AT_ONE | {"revision": "no"}],
)  # fmt: skip
def test_bad_forms_move_nothing(site: Flask, form: dict[str, str]) -> None:
    reference = put(site)
    jo, path = opened(site, reference)

    assert jo.post(path, {"revision": "0"} | form).status_code == 409

    assert starts(site, reference) == "02T17:00"
