"""The clinic's figures, and the third next time as the offer has it."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from app.domain.attendance import LATER, Counts, Period
from app.domain.clinic import Clinic
from app.domain.refusals import NotAllowed
from app.domain.staff import Role, Staff
from app.domain.timeline import CELL
from app.services import attendance, offer
from app.services import clinic as clinics
from app.services.offer import Search
from app.storage import journal, models
from app.storage.database import db, transaction
from app.storage.models import Status
from tests.clinics import CONSULTATION, FOLLOW_UP, GENERAL, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, clinic_changed, set_rule, statements
from tests.staffing import hire

WEEK = Period(date(2027, 3, 1), date(2027, 3, 7))


@pytest.fixture
def owner(app: Flask) -> Staff:
    return hire(Role.OWNER)


def figures(owner: Staff, period: Period = WEEK) -> attendance.Figures:
    return attendance.figures(period, actor=owner, clinic=clinics.load())


def note_moved(reference: str, times: int = 1) -> None:
    with transaction() as session:
        for _ in range(times):
            journal.note(session, "move", actor="patient", now=MONDAY_8AM,
                         appointment_id=booked(reference).id)  # fmt: skip


def test_visits_are_counted_by_doctor_type_weekday_and_lead_time(owner: Staff) -> None:
    appoint(booked_at=TUESDAY_NOON - timedelta(hours=2))
    note_moved(appoint(TUESDAY_NOON + timedelta(hours=1), status=Status.MISSED), times=2)
    appoint(TUESDAY_NOON + timedelta(days=3), clinician_id=OKAFOR, location_id=NASHVILLE,
            visit_type_id=FOLLOW_UP, status=Status.CANCELLED,
            booked_at=TUESDAY_NOON - timedelta(days=40))  # fmt: skip

    found = figures(owner)

    assert found.all == Counts(booked=3, moved=1, cancelled=1, missed=1)
    assert found.by_doctor == {
        RIVERA: Counts(booked=2, moved=1, missed=1), OKAFOR: Counts(booked=1, cancelled=1),
    }  # fmt: skip
    assert set(found.by_type) == {GENERAL, FOLLOW_UP}
    assert {day: one.booked for day, one in found.by_weekday.items()} == {1: 2, 4: 1}
    assert {step: one.booked for step, one in found.by_lead.items()} == {0: 1, 2: 1, LATER: 1}


def test_the_days_of_a_period_are_those_on_the_clinics_wall(owner: Staff) -> None:
    sunday_night = datetime.fromisoformat("2027-03-08T04:30:00+00:00")  # half past eleven there
    appoint(sunday_night)
    appoint(sunday_night + timedelta(minutes=40))

    assert figures(owner).by_weekday == {6: Counts(booked=1)}


def test_what_was_never_booked_is_not_counted(owner: Staff) -> None:
    appoint(booked_at=None, status=Status.TENTATIVE, hold_until=TUESDAY_NOON)
    appoint(TUESDAY_NOON + timedelta(hours=1), booked_at=None, status=Status.CANCELLED)

    assert figures(owner).all == Counts()


def test_a_year_takes_as_many_statements_as_a_day(owner: Staff) -> None:
    figures(owner)
    counts = []
    for period in (Period(WEEK.first, WEEK.first), Period(WEEK.first, date(2028, 2, 29))):
        for number in range(3):
            appoint(TUESDAY_NOON + timedelta(days=7 * number), overlap_reason="x")
        with statements() as asked:
            figures(owner, period)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def waits(owner: Staff, now: datetime = MONDAY_8AM) -> dict[int, dict[int, int | None]]:
    return attendance.third_next(actor=owner, clinic=clinics.load(), now=now)


def by_hand(clinic: Clinic, clinician_id: int, type_id: int, now: datetime) -> int | None:
    """Find the third time in the offer, day by day, as a patient would."""
    search: Search | None = Search(visit_type_id=type_id, clinician_id=clinician_id)
    rule = clinic.visit_types[type_id].rule
    taken: list[datetime] = []
    while search is not None and len(taken) < 3:
        found = offer.find(search, clinic, now=now)
        for day in found.days:
            starts = sorted(slot.start for list_ in day.lists for slot in list_.slots)
            for start in starts:
                if not taken or start >= taken[-1] + rule.before + rule.length + rule.after:
                    taken.append(start)
        later = Search(visit_type_id=type_id, clinician_id=clinician_id, from_day=found.later)
        search = later if found.later else None
    if len(taken) < 3:
        return None
    return (taken[2].astimezone(clinic.zone) - now.astimezone(clinic.zone).replace(
        hour=0, minute=0, second=0, microsecond=0)).days  # fmt: skip


@pytest.mark.parametrize("type_id", [CONSULTATION, GENERAL, FOLLOW_UP])
@pytest.mark.parametrize("full_days", [0, 1, 3])
def test_the_third_next_time_is_the_third_that_the_offer_shows(
    owner: Staff, type_id: int, full_days: int
) -> None:
    for day in range(full_days):
        start = TUESDAY_NOON - timedelta(hours=3) + timedelta(days=day)
        appoint(start, blocked_until=start + timedelta(hours=8), ends_at=start + timedelta(hours=8))
    appoint(MONDAY_8AM + timedelta(hours=1), ends_at=MONDAY_8AM + timedelta(hours=9),
            blocked_until=MONDAY_8AM + timedelta(hours=9))  # fmt: skip

    found = waits(owner)[type_id][RIVERA]

    assert found == by_hand(clinics.load(), RIVERA, type_id, MONDAY_8AM)
    assert found is not None
    assert found > full_days


def test_times_that_overlap_count_once(owner: Staff) -> None:
    set_rule(GENERAL, step_minutes=5, notice_minutes=0)
    clinic = clinics.load()
    monday_nine = MONDAY_8AM + timedelta(hours=1)
    free_until = monday_nine + timedelta(minutes=75)  # room for two visits of half an hour
    appoint(free_until, ends_at=monday_nine + timedelta(hours=8),
            blocked_until=monday_nine + timedelta(hours=8))  # fmt: skip

    assert clinic.visit_types[GENERAL].rule.step == CELL
    assert waits(owner)[GENERAL][RIVERA] == 1


def test_a_doctor_without_hours_has_no_third_next_time(owner: Staff) -> None:
    db.session.execute(delete(models.WeeklyHours).where(models.WeeklyHours.clinician_id == OKAFOR))
    clinic_changed()

    found = waits(owner)

    assert {each[OKAFOR] for each in found.values()} == {None}
    assert None not in {each[RIVERA] for each in found.values()}


def test_t12_figures_are_for_owners(app: Flask) -> None:
    for role in (Role.RECEPTION, Role.CLINICIAN):
        somebody = hire(role)
        with pytest.raises(NotAllowed):
            figures(somebody)
        with pytest.raises(NotAllowed):
            waits(somebody)
