"""Somebody who presses whatever can be pressed, and writes down each answer."""

import json
import secrets
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.domain.appointment import Hold, Wish
from app.domain.refusals import Refused
from app.services import appointment, cancelling, hold, moving
from app.services import clinic as clinics
from app.storage.database import db
from tests.clinics import (
    FOLLOW_UP,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    TUESDAY_NOON,
    Guest,
    wish,
)
from tests.conftest import MONDAY_8AM

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


def say(what: object) -> None:
    """Tell whoever started us."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
