"""The whole life of an appointment, step by step, and the mails that it leaves as files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from app import worker
from app.domain.appointment import Wish
from app.domain.staff import Role, Staff
from app.services import attending, cancelling, counter, desk_moving
from app.services import clinic as clinics
from app.settings import Settings
from app.storage import models
from app.storage.database import db
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, person, wish
from tests.conftest import StoppedClock
from tests.desk import hours
from tests.services.looking import clinic_changed
from tests.staffing import hire

FRIDAY = TUESDAY_NOON + timedelta(days=3)
NEXT_WEEK = TUESDAY_NOON + timedelta(days=7)


@dataclass
class Life:
    """One appointment; each step is a use case as the desk or the patient does it."""

    site: Flask
    clock: StoppedClock
    language: str
    calendar: str
    reference: str = ""

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Yield (what happened, the mail of it as it lies in the folder), from first to last."""
        jo = hire(Role.OWNER, now=self.clock.now)
        hours(RIVERA, NASHVILLE)
        clinic_changed()
        steps: dict[str, Callable[[Staff], None]] = {
            "booked": self.book,
            "moved in time": lambda who: self.move(who, wish(FRIDAY)),
            "moved to another place": lambda who: self.move(
                who, wish(FRIDAY, location_id=NASHVILLE)
            ),
            "moved to another doctor": lambda who: self.move(
                who, wish(NEXT_WEEK, clinician_id=OKAFOR, location_id=NASHVILLE)
            ),
            "counter proposal declined": self.decline,
            "reminded of changed details": self.change_details,
            "cancelled": self.cancel,
            "restored": self.restore,
            "cancelled again": self.cancel,
        }
        for name, step in steps.items():
            self.clock.forward(minutes=1)
            step(jo)
            yield name, self._left()

    def _left(self) -> bytes:
        """Let the worker deliver what is due: one mail."""
        settings: Settings = self.site.extensions["settings"]
        folder = Path(settings.instance) / "mail"
        before = set(folder.glob("*.eml"))
        worker.build(self.site).courier.deliver_due(clock=self.clock)
        (new,) = set(folder.glob("*.eml")) - before
        return new.read_bytes()

    def book(self, _who: Staff) -> None:
        who = person("marian@example.org", language=self.language, calendar=self.calendar)
        self.reference = Guest(self.clock.now).book(wish(FRIDAY - timedelta(days=1)), who)

    def move(self, who: Staff, wanted: Wish) -> None:
        desk_moving.move(
            self.reference, wanted, revision=self._revision(who), actor=who,
            clinic=clinics.load(), now=self.clock.now,
        )  # fmt: skip

    def decline(self, who: Staff) -> None:
        proposed = NEXT_WEEK + timedelta(hours=1)
        counter.decline_counter(self.reference, proposed, actor=who, now=self.clock.now)

    def change_details(self, _who: Staff) -> None:
        place = update(models.Location).where(models.Location.id.in_([KNOXVILLE, NASHVILLE]))
        db.session.execute(place.values(address="7 Long Street, Unit 4; second floor"))
        clinic_changed()
        self.clock.now = NEXT_WEEK - timedelta(hours=48)

    def cancel(self, who: Staff) -> None:
        cancelling.cancel_at_desk(
            self.reference, "other", revision=self._revision(who), actor=who, now=self.clock.now
        )

    def restore(self, who: Staff) -> None:
        cancelling.restore(
            self.reference, revision=self._revision(who), actor=who, clinic=clinics.load(),
            now=self.clock.now,
        )  # fmt: skip

    def _revision(self, who: Staff) -> int:
        return attending.find(self.reference, who).revision
