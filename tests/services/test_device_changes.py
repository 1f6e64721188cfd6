"""What changed is told in parts that add up, and what is too old for a device leaves it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.device import Device, Scope
from app.domain.device_calendar import Token, Written
from app.services import attending, cancelling, device_calendar, device_changes, device_writing
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import transaction
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.staffing import hire

DEEDS = """
look look cancel look rename look touch look book cancel look touch rename look look cancel book
look rename touch look
"""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Copy:
    """What a device has of a calendar, from what it was told."""

    device: Device
    has: dict[str, int] = field(default_factory=dict)
    token: Token | None = None
    lost: list[str] = field(default_factory=list)

    def look(self, at_most: int, now: datetime = MONDAY_8AM) -> bool:
        """Take what it is told, and say whether there is more."""
        found = device_changes.changes(
            self.device, RIVERA, self.token, at_most=at_most, clinic=clinics.load(), now=now
        )
        assert found is not None
        assert len(found.shown) + len(found.gone) <= at_most
        self.has |= {one.name: one.revision for one in found.shown}
        for name in found.gone:
            self.has.pop(name, None)
            self.lost.append(name)
        self.token = found.token
        return found.more

    def look_on(self, at_most: int, now: datetime = MONDAY_8AM) -> int:
        """Take everything, and return in how many parts."""
        parts = 1
        while self.look(at_most, now):
            parts += 1
        return parts

    def real(self, now: datetime = MONDAY_8AM) -> dict[str, int]:
        """Return what the calendar has."""
        inside = device_calendar.listing(self.device, RIVERA, clinic=clinics.load(), now=now)
        return {one.name: one.revision for one in inside}


@pytest.fixture
def copy(app: Flask) -> Copy:
    return Copy(Device(id="x", name="My phone", scope=Scope.CANCEL, staff=hire()))


def cancel(reference: str) -> str:
    """Cancel an appointment and return what devices call it."""
    found = attending.find(reference, hire())
    cancelling.cancel_at_desk(
        reference, "other", revision=found.revision, actor=hire(), now=MONDAY_8AM
    )
    return f"{found.id}.ics"


def touch(reference: str) -> None:
    with transaction() as session:
        session.execute(update(models.Appointment).where(
            models.Appointment.reference == reference).values(desk_note="x"))  # fmt: skip


def rename_a_place() -> None:
    with transaction() as session:
        session.execute(update(models.Clinic).values(revision=models.Clinic.revision + 1))


def keep_free(copy: Copy, start: datetime, name: str) -> None:
    written = Written(uid=name, start=start, end=start + HOUR)
    device_writing.keep_free(
        RIVERA, name, written, device=copy.device, clinic=clinics.load(), now=MONDAY_8AM
    )


def test_everything_comes_in_parts_of_any_size(copy: Copy) -> None:
    for hour in range(4):
        appoint(TUESDAY_NOON + hour * HOUR)
    keep_free(copy, TUESDAY_NOON + 5 * HOUR, "dentist.ics")

    assert copy.look_on(2) == 3
    assert copy.has == copy.real()
    assert len(copy.has) == 5
    assert copy.look_on(2) == 1


def test_what_changes_between_two_parts_is_not_missed(copy: Copy) -> None:
    first, second, third = (appoint(TUESDAY_NOON + hour * HOUR) for hour in range(3))
    copy.look(1)

    cancel(first)  # it was told
    cancel(second)  # it was not
    touch(third)
    appoint(TUESDAY_NOON + 3 * HOUR)
    copy.look_on(1)

    assert copy.has == copy.real()
    assert len(copy.has) == 2


def test_nobody_is_told_of_what_went_before_they_came(copy: Copy) -> None:
    cancel(appoint())
    appoint(TUESDAY_NOON + HOUR)

    copy.look_on(1)
    rename_a_place()
    copy.look_on(1)

    assert copy.lost == []
    assert copy.has == copy.real()


def test_what_went_is_told_in_parts_too(copy: Copy) -> None:
    references = [appoint(TUESDAY_NOON + hour * HOUR) for hour in range(3)]
    copy.look_on(9)

    names = [cancel(one) for one in references]
    parts = copy.look_on(1)

    assert (parts, copy.lost, copy.has) == (3, names, {})


def test_a_change_of_the_clinic_in_the_midst_begins_everything_again(copy: Copy) -> None:
    first, second, _third = (appoint(TUESDAY_NOON + hour * HOUR) for hour in range(3))
    copy.look_on(9)
    name = cancel(first)
    touch(second)

    rename_a_place()
    copy.look(1)
    rename_a_place()
    copy.look_on(1)

    assert copy.has == copy.real()
    assert copy.lost == [name]


def test_a_copy_is_the_calendar_whatever_happens_between_the_parts(copy: Copy) -> None:
    booked = [appoint(TUESDAY_NOON + one * HOUR) for one in range(6)]
    for one, deed in enumerate(DEEDS.split()):
        if deed == "book":
            booked.append(appoint(TUESDAY_NOON + (7 + one) * HOUR))
        elif deed == "cancel":
            cancel(booked.pop(one % len(booked)))
        elif deed == "touch":
            touch(booked[one % len(booked)])
        elif deed == "rename":
            rename_a_place()
        else:
            copy.look(1 + one % 2)

    copy.look_on(2)

    assert copy.has == copy.real()


def test_what_has_become_too_old_leaves_the_device_the_next_day(copy: Copy) -> None:
    old = attending.find(appoint(MONDAY_8AM - 30 * DAY), hire())
    appoint(TUESDAY_NOON)
    copy.look_on(9)
    was = dict(copy.has)

    copy.look_on(9, MONDAY_8AM + 3 * HOUR)
    same_day = dict(copy.has)
    copy.look_on(9, MONDAY_8AM + DAY)

    assert was == same_day
    assert copy.lost == [f"{old.id}.ics"]
    assert copy.has == copy.real(MONDAY_8AM + DAY)


def test_what_was_kept_free_leaves_it_too(copy: Copy) -> None:
    keep_free(copy, MONDAY_8AM + 2 * HOUR, "dentist.ics")
    copy.look_on(9)

    copy.look_on(9, MONDAY_8AM + 30 * DAY)
    before = list(copy.lost)
    copy.look_on(9, MONDAY_8AM + 31 * DAY)

    assert (before, copy.lost) == ([], ["dentist.ics"])


@pytest.mark.parametrize(("days", "anew"), [(30, False), (31, True), (-1, True)])
def test_a_device_that_did_not_look_for_a_month_begins_anew(
    copy: Copy, days: int, anew: bool
) -> None:
    copy.look_on(9)

    found = device_changes.changes(
        copy.device, RIVERA, copy.token, clinic=clinics.load(), now=MONDAY_8AM + days * DAY
    )

    assert (found is None) is anew


def test_more_that_is_too_old_than_a_device_takes_lets_it_begin_anew(copy: Copy) -> None:
    appoint(MONDAY_8AM - 30 * DAY)
    appoint(MONDAY_8AM - 30 * DAY + HOUR)
    copy.look_on(9)

    found = device_changes.changes(
        copy.device, RIVERA, copy.token, at_most=1, clinic=clinics.load(), now=MONDAY_8AM + DAY
    )

    assert found is None
