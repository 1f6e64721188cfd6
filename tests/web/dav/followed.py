"""An appointment that a phone follows."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.domain.appointment import Appointment
from app.storage import appointments
from app.storage.database import db, reading
from app.storage.models import JournalEntry, Mail
from tests.clinics import TUESDAY_NOON
from tests.phone import Phone


@dataclass
class Followed:
    """An appointment on Tuesday at noon, as a phone knows it."""

    site: Flask
    reference: str
    phone: Phone

    @property
    def now(self) -> Appointment:
        """The appointment as the clinic's book has it."""
        with self.site.app_context():
            found = appointments.find(reading(), appointments.by_reference(self.reference))
        assert found is not None
        return found

    @property
    def name(self) -> str:
        """What the phone calls it."""
        return f"{self.now.id}.ics"

    @property
    def uid(self) -> str:
        """What every calendar knows it by."""
        return f"{self.now.id}@localhost"

    @property
    def etag(self) -> str:
        """Its mark as of now."""
        return self.phone.sync()[0][self.name] or ""

    @property
    def mails(self) -> list[str]:
        """What the clinic owes to somebody about anything, by kind."""
        with self.site.app_context():
            return list(db.session.scalars(select(Mail.kind).order_by(Mail.id)))

    @property
    def done(self) -> list[str]:
        """What the journal says was done, but for the phone itself."""
        with self.site.app_context():
            lines = db.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.id))
            return [one for one in lines if not one.startswith("device")]

    def drag(
        self, to: timedelta, phone: Phone | None = None, seen: str | None = None
    ) -> TestResponse:
        """Drag it on a phone, that much later than Tuesday at noon."""
        start = TUESDAY_NOON + to
        end = start + timedelta(minutes=30)
        return (phone or self.phone).put(self.name, self.uid, start, end, seen=seen)
