"""Appointments and holds as the rules see them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A time somebody asks for."""

    visit_type_id: int
    clinician_id: int
    location_id: int
    video: bool
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A time kept for one person for some minutes; *moves_id* is the appointment it moves."""

    id: str
    wish: Wish
    interval: Interval
    held_at: datetime
    until: datetime
    moves_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A stretch of a clinician's time that is not free, and until when at least.

    A *tentative* one was booked under pressure and is not confirmed, a *proposed* one is held
    for somebody whom the clinic asked: nobody is choosing.
    """

    clinician_id: int
    visit_type_id: int
    start: datetime
    blocked: Interval
    hold_until: datetime | None
    id: str
    tentative: bool = False
    proposed: bool = False

    @property
    def is_choosing(self) -> bool:
        """Say whether somebody on the site keeps it while they make up their mind."""
        return self.hold_until is not None and not self.tentative and not self.proposed


class Mails(StrEnum):
    """How somebody wants their mails: with an invitation, in words, or as plain text alone."""

    INVITATION = "invitation"
    WORDS = "text"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who comes, as they said it; *booker_name* when somebody else fills in the form."""

    name: str
    birth_date: date
    email: str
    phone: str
    language: str
    booker_name: str | None = None
    calendar: str = Mails.INVITATION  # one of Mails


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """An appointment without anything about health.

    *hold_until* is set while it is tentative; one that lapsed has no *booked_at*.  *revision*
    grows with every change, so that nobody changes what somebody else just did.
    """

    id: str
    reference: str
    status: str
    wish: Wish
    interval: Interval
    patient_id: str
    person: Person
    sequence: int
    link_version: int
    cancelled_at: datetime | None
    reading_id: str | None
    intake_id: str | None
    booked_at: datetime | None
    changed_at: datetime
    hold_until: datetime | None
    revision: int
    desk_note: str
    needs: tuple[str, ...]
