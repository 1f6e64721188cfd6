"""An appointment that a phone follows."""

from dataclasses import dataclass

from flask import Flask

from app.domain.appointment import Appointment
from app.storage import appointments
from app.storage.database import reading
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
