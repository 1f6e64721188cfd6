"""What is offered is what is free now, whoever changed it, and few questions find it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, text, update

from app.domain.booking import HOLD, HOLD_GRACE
from app.domain.clinic import Clinic
from app.services import clinic as clinics
from app.services import offer, visitor
from app.services.offer import Offer, Search
from app.storage import models
from app.storage.database import db
from tests.clinics import GENERAL, KNOXVILLE, RIVERA, SECOND, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.services.looking import clinic_changed, set_rule, statements
from tests.services.offered import find, starts, wishes

HALF_AN_HOUR = timedelta(minutes=30)
MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)


def test_a_time_that_runs_out_of_notice_is_offered_to_the_second(clinic: Clinic) -> None:
    first = find().next
    assert first is not None

    assert find(MONDAY_8AM + timedelta(seconds=1)).next != first
    assert find(MONDAY_8AM).next == first


def test_notice_that_is_no_multiple_of_five_minutes_is_kept_to_the_second(app: Flask) -> None:
    set_rule(GENERAL, notice_minutes=63, step_minutes=5)

    for minute in range(15):
        now = MONDAY_8AM + timedelta(minutes=minute)
        found = find(now)
        assert found.next is not None
        assert found.next.start >= now + timedelta(minutes=63)


def test_a_hold_takes_its_time_from_the_offer_and_gives_it_back_when_it_ends(
    clinic: Clinic,
) -> None:
    Guest(MONDAY_8AM).hold()
    end = MONDAY_8AM + HOLD + HOLD_GRACE
    tomorrow: dict[str, Any] = {"from_day": TUESDAY}

    assert TUESDAY_NOON not in starts(find(**tomorrow), TUESDAY)
    assert TUESDAY_NOON not in starts(find(end, **tomorrow), TUESDAY)
    assert TUESDAY_NOON in starts(find(end + timedelta(seconds=1), **tomorrow), TUESDAY)


def test_what_another_process_books_is_seen_at_once(
    make_app: Make, app: Flask, database_url: str
) -> None:
    assert TUESDAY_NOON in starts(find(from_day=TUESDAY), TUESDAY)
    with make_app(database_url).app_context():
        Guest(MONDAY_8AM).book()
        db.session.remove()
    db.session.remove()

    assert TUESDAY_NOON not in starts(find(from_day=TUESDAY), TUESDAY)


def test_hours_that_change_are_seen_at_once(app: Flask) -> None:
    assert starts(find(from_day=TUESDAY), TUESDAY)
    db.session.execute(update(models.WeeklyHours).values(from_minute=600))
    clinic_changed()

    assert starts(find(from_day=TUESDAY), TUESDAY)[0] == TUESDAY_NOON - timedelta(hours=2)


def test_a_full_day_offers_no_more_visits_of_its_type(app: Flask) -> None:
    set_rule(SECOND, max_per_day=1)
    Guest(MONDAY_8AM).book(wish(visit_type_id=SECOND))

    found = find(visit_type_id=SECOND, from_day=TUESDAY, clinician_id=RIVERA)

    assert starts(found, TUESDAY) == []
    assert starts(find(from_day=TUESDAY), TUESDAY)


def test_the_same_question_gives_the_kept_answer(clinic: Clinic) -> None:
    assert find() is find()
    assert find() is not find(from_day=TUESDAY)


def test_every_answer_that_differs_has_another_key(app: Flask, clock: StoppedClock) -> None:
    set_rule(GENERAL, step_minutes=5)
    seen: dict[object, Offer] = {}
    for minute in range(40):
        found = find(clock.forward(seconds=61))
        assert seen.setdefault(found.key, found) == found
        if minute == 20:
            Guest(clock.now).hold(exempt=True)

    assert len(seen) > 8


def grow(doctors: int, appointments: int) -> None:
    """Let the clinic have more doctors and a longer past."""
    for number in range(3, 3 + doctors):
        db.session.execute(
            insert(models.Clinician).values(id=number, name="Dr", about="", position=number)
        )
        db.session.execute(
            insert(models.ClinicianVisitType).values(clinician_id=number, visit_type_id=GENERAL)
        )
        db.session.execute(
            insert(models.WeeklyHours).values(
                clinician_id=number, location_id=KNOXVILLE, weekday=1, from_minute=540,
                until_minute=1020, valid_from=date(2027, 1, 4),
            )
        )  # fmt: skip
    Guest(MONDAY_8AM).say()
    (patient_id,) = db.session.scalars(db.select(models.Patient.id))
    past = TUESDAY_NOON - days(7)
    db.session.execute(
        insert(models.Appointment),
        [
            {
                "reference": f"OLD-{number}", "status": "completed", "clinician_id": RIVERA,
                "location_id": KNOXVILLE, "visit_type_id": GENERAL, "video": False,
                "starts_at": past - number * HALF_AN_HOUR,
                "ends_at": past - (number - 1) * HALF_AN_HOUR,
                "blocked_from": past - number * HALF_AN_HOUR,
                "blocked_until": past - (number - 1) * HALF_AN_HOUR, "patient_id": patient_id,
            }
            for number in range(appointments)
        ],
    )  # fmt: skip
    clinic_changed()


@pytest.mark.parametrize("doctors", [1, 20])
def test_an_offer_asks_two_things_whatever_the_clinics_size(app: Flask, doctors: int) -> None:
    grow(doctors, appointments=10 * doctors)
    clinic = clinics.load()
    search = Search(visit_type_id=GENERAL)

    with statements() as cold:
        offer.find(search, clinic, now=MONDAY_8AM)
    with statements() as warm:
        offer.find(search, clinic, now=MONDAY_8AM)
    Guest(MONDAY_8AM).book()
    with statements() as stale:
        offer.find(search, clinic, now=MONDAY_8AM)

    assert (len(cold), len(warm), len(stale)) == (2, 1, 2)


def test_choosing_a_time_asks_three_things(clinic: Clinic) -> None:
    guest = Guest(MONDAY_8AM)
    guest.hold()
    db.session.remove()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)
        assert found is not None
        _visit, revisions = found
        kept = clinics.load(revision=revisions.clinic)
        offer.find(
            Search(visit_type_id=GENERAL), kept, calendars=revisions.calendars, now=MONDAY_8AM
        )

    assert len(asked) <= 3, asked


def test_who_looks_again_asks_one_thing_until_a_calendar_changes(clinic: Clinic) -> None:
    guest, search = Guest(MONDAY_8AM), Search(visit_type_id=GENERAL)

    def look() -> tuple[int, offer.Offer]:
        with statements() as asked:
            _visit, revisions = visitor.find(guest.handle, now=MONDAY_8AM) or (None, None)
            assert revisions is not None
            seen = offer.find(search, clinic, calendars=revisions.calendars, now=MONDAY_8AM)
        return len(asked), seen

    look()
    again, before = look()
    Guest(MONDAY_8AM).hold()
    changed, after = look()

    assert (again, changed) == (1, 3)
    assert TUESDAY_NOON in {
        one.start for day in before.days for row in day.lists for one in row.slots
    }
    assert before.key != after.key


def test_a_revision_counted_up_by_another_program_is_enough_to_look_again(
    app: Flask, database_url: str
) -> None:
    Guest(MONDAY_8AM).hold()
    first = find()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM appointment"))
    engine.dispose()
    db.session.remove()

    assert find().key != first.key
    assert TUESDAY_NOON in starts(find(from_day=TUESDAY), TUESDAY)


def test_what_is_offered_to_the_one_is_what_the_other_holds(clinic: Clinic) -> None:
    for one in sorted(wishes(find()), key=lambda one: one.start)[::9]:
        kept = Guest(MONDAY_8AM).hold(replace(one), exempt=True)
        assert kept.wish == one
