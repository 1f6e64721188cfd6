"""One appointment at the desk, on its page."""

import re
from datetime import timedelta

from flask import Flask

from app.domain.staff import Role
from app.services import cancelling
from app.storage.models import Status
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import StoppedClock
from tests.desk import put
from tests.services.looking import booked, statements
from tests.staffing import Colleague

OFFERED = re.compile(r'name="reason" value="(\w+)"')

HEALTH = ("intake.sealed", "previsit", "question_list")


def status_of(site: Flask, reference: str) -> str:
    with site.app_context():
        return booked(reference).status


def test_the_page_says_who_comes_and_how_to_reach_them(site: Flask) -> None:
    reference = put(site, name="Ada Abbott")

    page = Colleague(site).get(f"/staff/appointment/{reference}").text

    for words in ("Ada Abbott", "(865) 555-0178", "21 April 1968", "Dr Ana Rivera", reference):
        assert words in page
    assert "<title>Appointment \N{EN DASH} Harbor Clinic</title>" in page


def test_marks_are_pressed_and_taken_back(site: Flask, clock: StoppedClock) -> None:
    reference = put(site)
    clock.now = TUESDAY_NOON - timedelta(minutes=5)
    jo, path = Colleague(site), f"/staff/appointment/{reference}"
    jo.get(path)

    jo.follow(jo.post(f"{path}/mark", {"status": "arrived", "revision": "0"}))
    assert status_of(site, reference) == Status.ARRIVED
    page = jo.follow(jo.post(f"{path}/undo", {"revision": "1"})).text

    assert status_of(site, reference) == Status.BOOKED
    assert "Jo Brandt noted: Arrived" in page
    assert "Jo Brandt took “Arrived” back" in page


def test_two_colleagues_the_second_is_told_what_the_first_did(
    site: Flask, clock: StoppedClock
) -> None:
    reference = put(site)
    clock.now = TUESDAY_NOON + timedelta(minutes=5)
    jo, max_ = Colleague(site), Colleague(site, name="Max Orr")
    path = f"/staff/appointment/{reference}"
    jo.get(path)
    max_.get(path)
    jo.post(f"{path}/mark", {"status": "arrived", "revision": "0"})

    answer = max_.post(f"{path}/mark", {"status": "missed", "revision": "0"})

    assert answer.status_code == 409
    assert 'data-refusal="changed_meanwhile"' in answer.text
    assert "Jo Brandt noted: Arrived" in answer.text
    assert status_of(site, reference) == Status.ARRIVED


def test_a_note_that_came_too_late_is_still_in_the_field(site: Flask) -> None:
    reference = put(site)
    jo, path = Colleague(site), f"/staff/appointment/{reference}"
    jo.get(path)
    jo.post(f"{path}/note", {"note": "first", "revision": "0"})

    late = jo.post(f"{path}/note", {"note": "what I typed", "revision": "0"})

    assert late.status_code == 409
    assert "what I typed</textarea>" in late.text
    with site.app_context():
        assert booked(reference).desk_note == "first"


def test_cancelling_asks_why_and_can_be_taken_back(site: Flask) -> None:
    reference = put(site)
    jo, path = Colleague(site), f"/staff/appointment/{reference}"
    jo.get(f"{path}/cancel")

    nothing = jo.post(f"{path}/cancel", {"revision": "0"})
    jo.post(f"{path}/cancel", {"revision": "0", "reason": "doctor_away"})
    page = jo.get(path).text

    assert nothing.status_code == 422
    assert "Please choose a reason." in nothing.text
    assert "Jo Brandt cancelled it: The doctor is away" in page
    jo.post(f"{path}/restore", {"revision": "1"})
    assert status_of(site, reference) == Status.BOOKED


def test_only_reasons_for_which_a_visit_is_cancelled_are_offered(site: Flask) -> None:
    reference = put(site)

    page = Colleague(site).get(f"/staff/appointment/{reference}/cancel").text

    assert OFFERED.findall(page) == list(cancelling.REASONS)


def test_bad_forms_change_nothing(site: Flask) -> None:
    reference = put(site)
    jo, path = Colleague(site), f"/staff/appointment/{reference}"
    jo.get(path)

    for form in ({}, {"status": "cancelled", "revision": "0"}, {"status": "x", "revision": "²"}):
        assert jo.post(f"{path}/mark", form).status_code == 409

    assert status_of(site, reference) == Status.BOOKED


def test_somebody_elses_calendar_looks_as_if_it_were_not_there(site: Flask) -> None:
    reference = put(site, clinician_id=OKAFOR, location_id=NASHVILLE)
    rivera = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)
    rivera.get("/staff/day")

    for path in (f"/staff/appointment/{reference}", "/staff/appointment/HB-222-222"):
        assert rivera.get(path).status_code == 404
        assert rivera.get(f"{path}/cancel").status_code == 404
        for act in ("mark", "undo", "note", "cancel", "restore"):
            form = {"revision": "0", "status": "arrived", "reason": "other"}
            assert rivera.post(f"{path}/{act}", form).status_code == 404

    assert status_of(site, reference) == Status.BOOKED


def test_no_health_word_is_loaded(site: Flask) -> None:
    reference = put(site)
    jo = Colleague(site)

    with site.app_context(), statements() as asked:
        page = jo.get(f"/staff/appointment/{reference}")

    assert "Marian Hale" in page.text
    assert not [one for one in asked for word in HEALTH if word in one]
