"""One of many processes that press at once: told a scene on its input, says what came of it.

A scene prepares, waits until everybody is ready, and then does what is raced for.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.domain.appointment import Hold, Wish
from app.domain.refusals import Refused
from app.factory import create_app
from app.services import appointment, booking, cancelling, confirming, hold, moving, outbox
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import (
    FOLLOW_UP,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    TUESDAY_NOON,
    Guest,
    person,
    wish,
)
from tests.conftest import MONDAY_8AM, settings_for

Scene = Generator[None, None, Any]
NINE = TUESDAY_NOON - timedelta(hours=3)
HALF_AN_HOUR = timedelta(minutes=30)
PLACE = {RIVERA: KNOXVILLE, OKAFOR: NASHVILLE}


def any_time(visit_type_id: int | None = None) -> Wish:
    """Ask for some time of Tuesday or Wednesday, for some type of visit."""
    clinician_id = 1 + secrets.randbelow(2)
    type_id = visit_type_id or 1 + secrets.randbelow(4)
    step = timedelta(minutes=20) if type_id == FOLLOW_UP else HALF_AN_HOUR
    return wish(
        NINE
        + secrets.randbelow(2) * timedelta(days=1)
        + (clinician_id - 1) * timedelta(hours=1)
        + secrets.randbelow(16) * step,
        visit_type_id=type_id,
        clinician_id=clinician_id,
        location_id=PLACE[clinician_id],
        video=type_id == FOLLOW_UP,
    )


@dataclass
class Presser:
    """Somebody who presses whatever can be pressed, and writes down each answer."""

    number: int
    announce: bool = False
    answers: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    clock: timedelta = timedelta(0)

    def begin(self) -> None:
        """Come to the site anew; what was held before is left to run out."""
        self.guest = Guest(MONDAY_8AM + timedelta(seconds=3 * self.number) + self.clock)
        self.guest.say()
        self.kept: Hold | None = None
        self.reference: str | None = None

    def press(self) -> None:
        """Do one of the things that can be done just now."""
        self.clock += timedelta(seconds=2)
        self.guest.now += timedelta(seconds=2)
        dice = secrets.randbelow(100)
        if self.reference:
            self._with_an_appointment(dice)
        elif self.kept and dice < 60:
            self._confirm(self.kept)
        elif self.kept and dice < 70:
            self._do("extend", lambda: hold.extend(self.guest.visit, now=self.guest.now))
        elif self.kept and dice < 75:
            self._do("release", lambda: hold.release(self.guest.visit))
            self.kept = None
        elif not self.kept and dice < 5:
            self.begin()
        else:
            self.kept = self._do("hold", lambda: self.guest.hold(any_time(), exempt=True))

    def _confirm(self, kept: Hold) -> None:
        self.reference = self._do("book", lambda: self.guest.confirm(kept.id, exempt=True))
        self.kept = None
        if self.reference and self.announce:
            say({"booked": self.reference})

    def _with_an_appointment(self, dice: int) -> None:
        if dice < 40:
            self._do("cancel", self._cancel)
            self.begin()
        elif dice < 80:
            self._do("move", self._move)
        else:
            self.begin()

    def _cancel(self) -> object:
        return cancelling.cancel(
            self.reference or "", actor=self.guest.actor, clinic=clinics.load(), now=self.guest.now
        )

    def _move(self) -> object:
        reference, actor, clinic = self.reference or "", self.guest.actor, clinics.load()
        now = self.guest.now
        view = appointment.find(reference, actor=actor, clinic=clinic, now=now)
        wanted = any_time(view.appointment.wish.visit_type_id)
        moving.take(
            reference, wanted, actor=actor, visit=self.guest.visit, clinic=clinic, exempt=True,
            now=now,
        )  # fmt: skip
        return moving.move(
            reference, wanted, actor=actor, visit=self.guest.visit, clinic=clinic, now=now
        )

    def _do(self, what: str, press: Callable[[], Any]) -> Any:
        answer, result, begun = "done", None, time.monotonic()
        try:
            result = press()
        except Refused as refusal:
            answer = refusal.code
        except Exception as error:  # noqa: BLE001  that there is none is what is tested
            answer = "fault"
            self.faults.append(f"{what}: {error!r}")
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.answers[f"{what} {answer}"] = self.answers.get(f"{what} {answer}", 0) + 1
        db.session.remove()
        return result


def crowd(number: int, attempts: int, *, announce: bool = False) -> Scene:
    """Hold, book, move and cancel times of two doctors on one day."""
    presser = Presser(number, announce)
    presser.begin()
    yield
    while sum(presser.answers.values()) < attempts:
        presser.press()
    return {
        "answers": presser.answers,
        "faults": presser.faults[:5],
        "slowest": round(presser.slowest, 2),
    }


def one_address(number: int, email: str) -> Scene:
    """Confirm a time of one's own for an address that everybody gives."""
    guest = Guest(MONDAY_8AM)
    kept = guest.hold(wish(NINE + number * HALF_AN_HOUR), exempt=True)
    guest.say(person(email.upper() if number % 2 else email))
    yield
    return _answer(lambda: guest.confirm(kept.id, exempt=True))


def one_network(number: int) -> Scene:
    """Choose a time of one's own in the network where everybody is."""
    guest = Guest(MONDAY_8AM)
    doctor = 1 + number % 2
    day = timedelta(days=number // 2)  # two a day: a doctor's day does not fill up
    chosen = wish(NINE + HALF_AN_HOUR * 4 + day, clinician_id=doctor, location_id=PLACE[doctor])
    yield
    return _answer(lambda: guest.hold(chosen).id)


def one_link_each(token: str, seconds: int) -> Scene:
    """Confirm an appointment of one's own, long after it lapsed."""
    now = MONDAY_8AM + timedelta(seconds=seconds)
    handle, reference = appointment.open_link(token, visit=None, network="192.0.2.0/24", now=now)
    guest = _known(handle or "")
    guest.now = now
    actor, clinic = guest.actor, clinics.load()
    yield
    return _answer(
        lambda: (
            confirming.confirm(reference, actor=actor, clinic=clinic, now=now).appointment.reference
        )
    )


def one_button(handle: str, hold_id: str) -> Scene:
    """Press the same last button as everybody."""
    guest = _known(handle)
    visit = guest.visit
    yield
    clinic = clinics.load()
    return _answer(
        lambda: booking.book(hold_id, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM)
    )


def one_move(handle: str, reference: str) -> Scene:
    """Press the button that moves an appointment, as everybody who saw the same page."""
    guest = _known(handle)
    actor, visit, clinic = guest.actor, guest.visit, clinics.load()
    assert visit.hold is not None
    wanted = visit.hold.wish
    yield
    return _answer(
        lambda: moving.move(
            reference, wanted, actor=actor, visit=visit, clinic=clinic, now=MONDAY_8AM
        ).appointment.wish.start.isoformat()
    )


def one_session(handle: str, number: int) -> Scene:
    """Choose one time after the other in each window of one browser; tell the most held."""
    guest = _known(handle)
    held_by = sha256(handle.encode()).hexdigest()
    held = select(func.count()).where(models.Appointment.held_by == held_by)
    answers, most = [], 0
    yield
    for turn in range(12):
        doctor = 1 + (number + turn) % 2
        start = NINE + timedelta(hours=1) + number * HALF_AN_HOUR
        chosen = wish(start, clinician_id=doctor, location_id=PLACE[doctor])
        answers.append(_answer(lambda chosen=chosen: guest.hold(chosen, exempt=True).id))  # type: ignore[misc]
        db.session.rollback()
        most = max(most, db.session.scalar(held) or 0)
    return {"answers": answers, "most": most}


def one_appointment(number: int, token: str) -> Scene:
    """Move the same appointment as everybody, each to another time."""
    handle, reference = appointment.open_link(
        token, visit=None, network="192.0.2.0/24", now=MONDAY_8AM
    )
    guest = _known(handle or "")
    actor, clinic = guest.actor, clinics.load()
    wanted = wish(NINE + number * HALF_AN_HOUR + timedelta(days=1))
    moving.take(
        reference, wanted, actor=actor, visit=guest.visit, clinic=clinic, exempt=True,
        now=MONDAY_8AM,
    )  # fmt: skip
    visit = guest.visit
    yield
    return _answer(
        lambda: moving.move(
            reference, wanted, actor=actor, visit=visit, clinic=clinic, now=MONDAY_8AM
        ).appointment.wish.start.isoformat()
    )


def one_link(handle: str, token: str) -> Scene:
    """Open the same link in each window of one browser."""
    guest = _known(handle)
    visit = guest.visit
    yield
    return _answer(
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
        outbox.handed_over(mail.id, owner, now=MONDAY_8AM)
        taken.append(mail.id)
        db.session.remove()
    return taken


PLAYED = (
    crowd, one_address, one_network, one_link_each, one_button, one_move, one_session,
    one_appointment, one_link, postman,
)  # fmt: skip
SCENES: dict[str, Callable[..., Scene]] = {scene.__name__: scene for scene in PLAYED}


def _known(handle: str) -> Guest:
    guest = Guest.__new__(Guest)
    guest.handle, guest.now = handle, MONDAY_8AM
    return guest


def _answer(press: Callable[[], str]) -> str:
    try:
        return press()
    except Refused as refusal:
        return refusal.code
    except Exception as error:  # noqa: BLE001  that there is none is what is tested
        return f"fault {error!r}"


def say(what: object) -> None:
    """Tell whoever started us."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def act(app: Flask, scene: str, told: dict[str, Any]) -> None:
    """Play one scene: prepare, wait for the sign, then do it."""
    with app.app_context():
        playing = SCENES[scene](**told)
        next(playing)
        db.session.remove()
        say("ready")
        sys.stdin.readline()
        try:
            next(playing)
        except StopIteration as end:
            say({"result": end.value})
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    """Play scene after scene until nobody tells us another one."""
    for line in sys.stdin:
        order = json.loads(line)
        settings = settings_for(order["url"], Path(order["folder"]))
        act(create_app(settings), order["scene"], order["told"])


if __name__ == "__main__":
    main()
