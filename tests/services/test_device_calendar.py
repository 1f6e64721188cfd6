"""What devices are told has changed, whoever changed it and however."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import delete, text, update

from app.domain.device import Device, Scope
from app.domain.device_calendar import Shown, Token
from app.domain.refusals import NotYours
from app.domain.staff import Role
from app.services import (
    attending,
    cancelling,
    desk_moving,
    device_calendar,
    device_changes,
    restoring,
)
from app.services import clinic as clinics
from app.storage import appointments, models
from app.storage.database import db, reading, transaction
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint, hours
from tests.staffing import hire

HOUR = timedelta(hours=1)


@dataclass
class Follower:
    """A device that follows one doctor's calendar and remembers how far it has come."""

    device: Device
    doctor: int = RIVERA
    token: Token | None = None

    def look(self) -> tuple[list[str], list[str]]:
        """Return the references of what is new or changed, and how much went."""
        found = device_changes.changes(
            self.device, self.doctor, self.token, clinic=clinics.load(), now=MONDAY_8AM
        )
        assert found is not None
        self.token = found.token
        return [called(one) for one in found.shown], list(found.gone)


def called(shown: Shown) -> str:
    return str(getattr(shown.about, "reference", shown.name))


def device_of(role: Role = Role.RECEPTION, **others: object) -> Device:
    who = hire(role, **others)  # type: ignore[arg-type]  # of a builder
    return Device(id="x", name="My phone", scope=Scope.CANCEL, staff=who)


def follow(doctor: int = RIVERA) -> Follower:
    follower = Follower(device_of(), doctor)
    follower.look()
    return follower


def revision(reference: str) -> int:
    found = appointments.find(reading(), appointments.by_reference(reference))
    assert found is not None
    return found.revision


def move(reference: str, **changes: object) -> None:
    desk_moving.move(
        reference, wish(**({"start": TUESDAY_NOON} | changes)),  # type: ignore[arg-type]
        revision=revision(reference), actor=hire(), clinic=clinics.load(), now=MONDAY_8AM,
    )  # fmt: skip


def test_nothing_new_is_nothing_to_fetch(app: Flask) -> None:
    appoint()
    follower = follow()

    assert follower.look() == ([], [])


def test_a_booking_on_the_web_reaches_the_device_and_a_hold_does_not(app: Flask) -> None:
    follower = follow()
    guest = Guest(MONDAY_8AM)
    held = guest.hold()
    while_held = follower.look()
    guest.say()
    reference = guest.confirm(held.id)

    assert while_held == ([], [])
    assert follower.look() == ([reference], [])


def test_a_cancelled_appointment_goes(app: Flask) -> None:
    reference = appoint()
    name = f"{attending.find(reference, hire()).id}.ics"
    follower = follow()

    cancelling.cancel_at_desk(reference, "other", revision=0, actor=hire(), now=MONDAY_8AM)

    assert follower.look() == ([], [name])


def test_an_appointment_that_comes_back_comes_back(app: Flask) -> None:
    reference = appoint()
    follower = follow()
    cancelling.cancel_at_desk(reference, "other", revision=0, actor=hire(), now=MONDAY_8AM)
    follower.look()

    cancelling.restore(reference, revision=1, actor=hire(), clinic=clinics.load(), now=MONDAY_8AM)

    assert follower.look() == ([reference], [])


def test_another_doctors_device_gets_what_this_ones_loses(app: Flask) -> None:
    hours(OKAFOR)
    reference = appoint()
    name = f"{attending.find(reference, hire()).id}.ics"
    rivera, okafor = follow(RIVERA), follow(OKAFOR)

    move(reference, clinician_id=OKAFOR)

    assert rivera.look() == ([], [name])
    assert okafor.look() == ([reference], [])


def test_what_was_moved_twice_is_told_once(app: Flask) -> None:
    reference = appoint()
    follower = follow()

    move(reference, start=TUESDAY_NOON + HOUR)
    move(reference, start=TUESDAY_NOON + 2 * HOUR)

    assert follower.look() == ([reference], [])
    assert follower.look() == ([], [])


def test_a_change_that_no_use_case_made_is_told_too(app: Flask) -> None:
    appoint(reference="HB-AAA-AAA")
    follower = follow()
    with transaction() as session:
        session.execute(update(models.Appointment).values(starts_at=TUESDAY_NOON + timedelta(0)))
    changed = follower.look()
    with transaction() as session:
        session.execute(delete(models.Appointment))

    assert changed == (["HB-AAA-AAA"], [])
    assert len(follower.look()[1]) == 1


def test_a_change_of_the_clinic_tells_of_everything(app: Flask) -> None:
    reference = appoint()
    follower = follow()

    with transaction() as session:
        session.execute(update(models.Location).values(name="Harbor House"))
        session.execute(update(models.Clinic).values(revision=models.Clinic.revision + 1))

    assert follower.look() == ([reference], [])


def test_a_token_from_a_later_book_than_this_one_begins_anew(app: Flask) -> None:
    follower = follow()
    assert follower.token is not None
    later = replace(follower.token, calendar=follower.token.calendar + 1)

    found = device_changes.changes(
        follower.device, RIVERA, later, clinic=clinics.load(), now=MONDAY_8AM
    )

    assert found is None


def test_a_restored_book_begins_anew_even_when_it_has_caught_up(app: Flask) -> None:
    reference = appoint()
    follower = follow()
    restoring.settle(MONDAY_8AM, None, resend=False, now=MONDAY_8AM)
    move(reference, start=TUESDAY_NOON + HOUR)

    found = device_changes.changes(
        follower.device, RIVERA, follower.token, clinic=clinics.load(), now=MONDAY_8AM
    )

    assert found is None


def test_what_ended_a_month_ago_has_left_the_device(app: Flask) -> None:
    appoint(MONDAY_8AM - timedelta(days=31))
    recent = appoint(MONDAY_8AM - timedelta(days=29))

    assert Follower(device_of()).look()[0] == [recent]


def test_t12_a_clinician_follows_only_their_own_calendar(app: Flask) -> None:
    device = device_of(Role.CLINICIAN)

    with pytest.raises(NotYours):
        device_calendar.listing(device, OKAFOR, clinic=clinics.load(), now=MONDAY_8AM)

    assert [one.id for one in device_calendar.calendars(device, clinics.load())] == [RIVERA]


def test_a_change_that_is_kept_late_is_not_missed(app: Flask) -> None:
    """Two are changed at once, and the one that began first is kept last."""
    first, second = appoint(), appoint(TUESDAY_NOON + HOUR)
    follower = follow()
    begun, go_on = Event(), Event()

    def slowly() -> None:
        with app.app_context(), transaction() as session:
            _touch(session.execute, first)
            begun.set()
            go_on.wait(5)

    def at_once() -> None:
        with app.app_context(), transaction() as session:
            _touch(session.execute, second)

    slow, fast = Thread(target=slowly), Thread(target=at_once)
    slow.start()
    begun.wait(5)
    fast.start()
    told = [*follower.look()[0]]
    go_on.set()
    slow.join(5)
    fast.join(5)
    db.session.rollback()
    told += follower.look()[0]

    assert sorted(told) == sorted([first, second])


def _touch(execute: Callable[..., object], reference: str) -> None:
    execute(
        text("UPDATE appointment SET desk_note = 'x' WHERE reference = :reference"),
        {"reference": reference},
    )
