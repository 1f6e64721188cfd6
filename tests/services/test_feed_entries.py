"""Which appointments calendars outside the clinic show."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import insert, select

from app.domain.feed import Entry, Window
from app.services import cancelling
from app.services import clinic as clinics
from app.storage import feeds, models
from app.storage.database import db, reading
from app.storage.models import Status
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint

EASTERN = ZoneInfo("America/New_York")
WINDOW = Window.on(date(2027, 3, 1), EASTERN)


def shown(*clinicians: int, place: int | None = None) -> list[Entry]:
    found = feeds.entries(reading(), clinicians or (RIVERA,), WINDOW, location_id=place)
    return list(found)


def test_the_past_thirty_days_and_the_next_hundred_and_eighty(app: Flask) -> None:
    for number in (-31, -30, 0, 180, 181):
        appoint(TUESDAY_NOON - days(1) + days(number), name=f"Day {number}")

    assert [one.name for one in shown()] == ["Day -30", "Day 0", "Day 180"]


def test_each_doctor_and_each_place_has_its_own(app: Flask) -> None:
    appoint(name="Ada Abbott")
    appoint(name="Ben Bauer", clinician_id=OKAFOR, location_id=NASHVILLE)
    appoint(TUESDAY_NOON + days(1), name="Cora Costa", location_id=NASHVILLE)

    assert [one.name for one in shown(RIVERA)] == ["Ada Abbott", "Cora Costa"]
    assert [one.name for one in shown(RIVERA, OKAFOR, place=NASHVILLE)] == [
        "Ben Bauer", "Cora Costa",
    ]  # fmt: skip
    assert [one.name for one in shown(RIVERA, OKAFOR, place=KNOXVILLE)] == ["Ada Abbott"]


def test_what_was_cancelled_stays_for_two_weeks(app: Flask) -> None:
    for ago in (13, 15):
        appoint(
            TUESDAY_NOON, name=f"{ago} days ago", status=Status.CANCELLED, sequence=1,
            cancelled_at=MONDAY_8AM - days(ago),
        )  # fmt: skip

    (one,) = shown()

    assert (one.name, one.status, one.sequence) == ("13 days ago", "cancelled", 1)
    assert one.changed_at == MONDAY_8AM - days(13)


def test_nobody_sees_what_lapsed_or_is_only_held(app: Flask, guest: Guest) -> None:
    lapsed = {"status": Status.CANCELLED, "cancelled_at": MONDAY_8AM, "booked_at": None}
    appoint(**lapsed)  # type: ignore[arg-type]  # values of a builder
    guest.hold()

    assert shown() == []


def test_a_change_says_when_it_was_made(app: Flask, guest: Guest) -> None:
    reference = guest.book()
    (before,) = shown()
    later = MONDAY_8AM + timedelta(minutes=5)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=later)
    (after,) = shown()

    assert (before.changed_at, before.sequence) == (MONDAY_8AM, 0)
    assert (after.changed_at, after.sequence) == (later, 1)


def test_many_are_read_a_few_at_a_time_and_none_twice(app: Flask) -> None:
    appoint()
    (first,) = db.session.scalars(select(models.Appointment)).all()
    copied = {one.name: getattr(first, one.name) for one in models.Appointment.__table__.columns}
    rows = [
        copied | {
            "id": f"{number:020}", "reference": f"HB-{number}", "overlap_reason": "a drill",
            "starts_at": TUESDAY_NOON + timedelta(minutes=5 * (number // 3)),
            "ends_at": TUESDAY_NOON + days(3), "blocked_until": TUESDAY_NOON + days(3),
        }
        for number in range(feeds.AT_ONCE + 10)
    ]  # fmt: skip
    db.session.execute(insert(models.Appointment), rows)
    db.session.commit()

    found = [one.id for one in shown()]

    assert len(found) == len(set(found)) == feeds.AT_ONCE + 11
