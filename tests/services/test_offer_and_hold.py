"""Whatever the hours, closures and bookings: what is offered can be held, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from app.domain.appointment import Wish
from app.domain.refusals import Refused
from app.services import clinic as clinics
from app.services import offer
from app.services.offer import Search
from app.storage import models
from app.storage.database import db
from tests.clinics import GENERAL, KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, Guest
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import clinic_changed

MINUTE = timedelta(minutes=1)
PLACES = {RIVERA: KNOXVILLE, OKAFOR: NASHVILLE}
MONDAY = datetime.combine(date(2027, 3, 1), time())
ZONES = ("America/New_York", "America/Chicago", "Australia/Lord_Howe", "Africa/Casablanca")


@dataclass(frozen=True)
class Open:
    """Hours of one weekday."""

    clinician_id: int
    weekday: int
    from_minute: int
    length: int
    in_person: bool
    video: bool


quarters = st.integers(0, 95).map(lambda number: number * 15)
fives = st.integers(0, 3).map(lambda number: number * 5)
rules = st.fixed_dictionaries(
    {
        "minutes": st.integers(1, 18).map(lambda number: number * 5),
        "before_minutes": fives,
        "after_minutes": fives,
        "step_minutes": st.sampled_from([5, 10, 15, 20, 30, 60]),
        "notice_minutes": st.sampled_from([0, 7, 60, 120, 1440]),
        "horizon_days": st.integers(1, 5),
        "max_per_day": st.sampled_from([None, None, 1, 2]),
        "video": st.booleans(),
    }
)
hours = st.builds(
    Open,
    clinician_id=st.sampled_from([RIVERA, OKAFOR]),
    weekday=st.integers(0, 3),
    from_minute=quarters,
    length=st.integers(1, 120).map(lambda number: number * 5),
    in_person=st.booleans(),
    video=st.booleans(),
)
closures = st.tuples(st.integers(0, 4 * 96).map(lambda number: number * 15), st.integers(1, 900))
moments = st.integers(0, 3 * 24 * 60).map(
    lambda minute: MONDAY_8AM + minute * MINUTE + timedelta(seconds=minute % 3)
)
numbers = st.integers(0, 1 << 30)


@pytest.fixture
def clinic_on_sqlite(make_app: Make, sqlite_url: str) -> Iterator[Flask]:
    app = make_app(sqlite_url)
    with app.app_context():
        yield app


def arrange(
    rule: dict[str, object],
    opens: Iterable[Open],
    shut: Iterable[tuple[int, int]],
    zones: Iterable[str],
) -> None:
    """Give the clinic these rules, hours, closures and zones, and an empty book."""
    db.session.rollback()
    for table in (models.Appointment, models.WeeklyHours, models.Closure):
        db.session.execute(delete(table))
    values = rule | {"needs_primer": False, "in_person": True}
    db.session.execute(update(models.VisitType).values(**values))
    for id_, zone in zip((KNOXVILLE, NASHVILLE), zones, strict=True):
        place = update(models.Location).where(models.Location.id == id_)
        db.session.execute(place.values(zone=zone))
    db.session.add_all(_weekly(one) for one in opens)
    db.session.add_all(_closure(first, length) for first, length in shut)
    clinic_changed()


def _weekly(one: Open) -> models.WeeklyHours:
    return models.WeeklyHours(
        clinician_id=one.clinician_id,
        location_id=PLACES[one.clinician_id],
        weekday=one.weekday,
        from_minute=one.from_minute,
        until_minute=min(1440, one.from_minute + one.length),
        valid_from=date(2027, 1, 4),
        in_person=one.in_person,
        video=one.video,
    )


def _closure(first: int, length: int) -> models.Closure:
    starts = MONDAY + first * MINUTE
    return models.Closure(starts=starts, ends=starts + length * MINUTE, kind="x", note="")


def offered(now: datetime, *, video: bool) -> list[Wish]:
    """Turn page after page until there is nothing more."""
    found: set[Wish] = set()
    from_day: date | None = None
    while True:
        search = Search(visit_type_id=GENERAL, video=video, from_day=from_day)
        page = offer.find(search, clinics.load(), now=now)
        found |= {one for day in page.days for list_ in day.lists for one in list_.slots}
        if page.later is None:
            return sorted(found, key=lambda one: (one.start, one.clinician_id))
        from_day = page.later


def book(wanted: Wish, now: datetime) -> None:
    """Let somebody have a time for good, without their words and mails."""
    kept = Guest(now).hold(wanted, exempt=True)
    known = update(models.Appointment).where(models.Appointment.id == kept.id)
    patient = models.Patient(
        name="A", birth_date=date(1970, 1, 1), email="a@example.org", email_key="a@example.org",
        phone="+18655550100", language="en", calendar="text", created_at=now,
    )  # fmt: skip
    db.session.add(patient)
    db.session.flush()
    made = {"status": "booked", "hold_until": None, "held_by": None, "booked_at": now}
    db.session.execute(known.values(patient_id=patient.id, reference=kept.id, **made))
    db.session.commit()


def answer(wanted: Wish, now: datetime) -> str:
    """Try to hold a time as somebody new, and give it back."""
    guest = Guest(now)
    try:
        guest.hold(wanted, exempt=True)
    except Refused as refusal:
        return refusal.code
    db.session.execute(delete(models.Appointment).where(models.Appointment.status == "held"))
    db.session.commit()
    return "held"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rule=rules,
    opens=st.lists(hours, min_size=2, max_size=8),
    shut=st.lists(closures, max_size=2),
    zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    now=moments,
    video=st.booleans(),
    picks=st.lists(numbers, min_size=3, max_size=3),
    guesses=st.lists(numbers, min_size=4, max_size=4),
)
def test_what_is_offered_can_be_held_and_all_else_is_refused_with_its_reason(
    clinic_on_sqlite: Flask,
    rule: dict[str, object],
    opens: list[Open],
    shut: list[tuple[int, int]],
    zones: tuple[str, str],
    now: datetime,
    video: bool,
    picks: list[int],
    guesses: list[int],
) -> None:
    arrange(rule, opens, shut, zones)
    empty = offered(now, video=video)
    for pick in picks[:2]:
        if left := offered(now, video=video):
            book(left[pick % len(left)], now)
    left = offered(now, video=video)

    for pick in [*picks, *guesses[:2]]:
        if empty:
            wanted = empty[pick % len(empty)]
            assert answer(wanted, now) == ("held" if wanted in left else "slot_taken")
    for guess in guesses:
        clinician_id = 1 + guess % 2
        wanted = Wish(
            visit_type_id=GENERAL,
            clinician_id=clinician_id,
            location_id=PLACES[clinician_id],
            video=video,
            start=MONDAY_8AM.replace(hour=0) + guess % (5 * 288) * 5 * MINUTE,
        )
        if wanted not in empty:
            assert answer(wanted, now) == "not_offered"
