"""Scenes in which everybody presses the same: each prepares, waits, and then does it."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func, select

from app.domain.refusals import Refused
from app.services import appointment, booking, confirming, moving, outbox
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.races.crowd import HALF_AN_HOUR, NINE, PLACE, Scene


def one_address(number: int, email: str) -> Scene:
    """Confirm a time of one's own for an address that everybody gives."""
    guest = Guest(MONDAY_8AM)
    kept = guest.hold(wish(NINE + number * HALF_AN_HOUR), exempt=True)
    guest.say(person(email.upper() if number % 2 else email))
    yield
    return answer(lambda: guest.confirm(kept.id, exempt=True))


def one_network(number: int) -> Scene:
    """Choose a time of one's own in the network where everybody is."""
    guest = Guest(MONDAY_8AM)
    doctor = 1 + number % 2
    day = timedelta(days=number // 2)  # two a day: a doctor's day does not fill up
    chosen = wish(NINE + HALF_AN_HOUR * 4 + day, clinician_id=doctor, location_id=PLACE[doctor])
    yield
    return answer(lambda: guest.hold(chosen).id)


def one_link_each(token: str, seconds: int) -> Scene:
    """Confirm an appointment of one's own, long after it lapsed."""
    now = MONDAY_8AM + timedelta(seconds=seconds)
    handle, reference = appointment.open_link(token, visit=None, network="192.0.2.0/24", now=now)
    guest = known(handle or "")
    guest.now = now
    actor, clinic = guest.actor, clinics.load()
    yield
    return answer(
        lambda: (
            confirming.confirm(reference, actor=actor, clinic=clinic, now=now).appointment.reference
        )
    )


def one_button(handle: str, hold_id: str) -> Scene:
    """Press the same last button as everybody."""
    guest = known(handle)
    visit = guest.visit
    yield
    clinic = clinics.load()
    return answer(
        lambda: booking.book(hold_id, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM)
    )


def one_move(handle: str, reference: str) -> Scene:
    """Press the button that moves an appointment, as everybody who saw the same page."""
    guest = known(handle)
    actor, visit, clinic = guest.actor, guest.visit, clinics.load()
    assert visit.hold is not None
    wanted = visit.hold.wish
    yield
    return answer(
        lambda: moving.move(
            reference, wanted, actor=actor, visit=visit, clinic=clinic, now=MONDAY_8AM
        ).appointment.wish.start.isoformat()
    )


def one_session(handle: str, number: int) -> Scene:
    """Choose one time after the other in each window of one browser; tell the most held."""
    guest = known(handle)
    held_by = sha256(handle.encode()).hexdigest()
    held = select(func.count()).where(models.Appointment.held_by == held_by)
    answers, most = [], 0
    yield
    for turn in range(12):
        doctor = 1 + (number + turn) % 2
        start = NINE + timedelta(hours=1) + number * HALF_AN_HOUR
        chosen = wish(start, clinician_id=doctor, location_id=PLACE[doctor])
        answers.append(answer(lambda chosen=chosen: guest.hold(chosen, exempt=True).id))  # type: ignore[misc]
        db.session.rollback()
        most = max(most, db.session.scalar(held) or 0)
    return {"answers": answers, "most": most}


def one_appointment(number: int, token: str) -> Scene:
    """Move the same appointment as everybody, each to another time."""
    handle, reference = appointment.open_link(
        token, visit=None, network="192.0.2.0/24", now=MONDAY_8AM
    )
    guest = known(handle or "")
    actor, clinic = guest.actor, clinics.load()
    wanted = wish(NINE + number * HALF_AN_HOUR + timedelta(days=1))
    moving.take(
        reference, wanted, actor=actor, visit=guest.visit, clinic=clinic, exempt=True,
        now=MONDAY_8AM,
    )  # fmt: skip
    visit = guest.visit
    yield
    return answer(
        lambda: moving.move(
            reference, wanted, actor=actor, visit=visit, clinic=clinic, now=MONDAY_8AM
        ).appointment.wish.start.isoformat()
    )


def one_link(handle: str, token: str) -> Scene:
    """Open the same link in each window of one browser."""
    guest = known(handle)
    visit = guest.visit
    yield
    return answer(
        lambda: (
            appointment.open_link(token, visit=visit, network="192.0.2.0/24", now=MONDAY_8AM)[0]
            or "no handle"
        )
    )


def postman(owner: str) -> Scene:
    """Take mails out of the outbox until there are none."""
    yield
    taken = []
    while (mail := outbox.lease(now=MONDAY_8AM, owner=owner)) is not None:
        outbox.handed_over(mail.id, owner, sender="book@x.example", now=MONDAY_8AM)
        taken.append(mail.id)
        db.session.remove()
    return taken


def known(handle: str) -> Guest:
    """Be whoever has a session."""
    guest = Guest.__new__(Guest)
    guest.handle, guest.now = handle, MONDAY_8AM
    return guest


def answer(press: Callable[[], str]) -> str:
    """Press, and tell what came of it."""
    try:
        return press()
    except Refused as refusal:
        return refusal.code
    except Exception as error:  # noqa: BLE001  that there is none is what is tested
        return f"fault {error!r}"
