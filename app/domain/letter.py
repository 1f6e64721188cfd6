"""What a mail may know: everything it says, and nothing about health."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.interval import Interval

# Marks that turn the direction of writing and can make a name read as something else.
_STEERING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_BREAKING = ("Cc", "Cs", "Zl", "Zp")  # controls, halves of characters, line and paragraph ends


class LetterKind(StrEnum):
    """The occasions on which the clinic writes."""

    TO_CONFIRM = "appointment_to_confirm"
    BOOKED = "appointment_booked"
    MOVED = "appointment_moved"
    CANCELLED = "appointment_cancelled"
    REMINDER = "appointment_reminder"
    LINK = "link_requested"
    COPY = "record_copy"
    CHANGED = "guide_changed"
    TO_READ = "guide_to_read"
    OFFERED = "time_offered"
    REHOUSED = "time_offered_instead"
    DECLINED = "answer_declined"
    COUNTER_DECLINED = "counter_declined"
    MAILS_CHOSEN = "mails_chosen"
    DOCTOR_BOOKED = "doctor_booked"
    DOCTOR_MOVED = "doctor_moved"
    DOCTOR_CANCELLED = "doctor_cancelled"
    STAFF_INVITED = "staff_invited"
    STAFF_RENEWED = "staff_renewed"
    STAFF_RESET = "staff_reset"
    STAFF_CHANGED = "staff_changed"
    STAFF_NEW_DEVICE = "staff_new_device"
    STAFF_FACTOR_TAKEN = "staff_factor_taken"
    STAFF_LOOKED = "staff_looked"
    STAFF_GLASS_BROKEN = "staff_glass_broken"
    STAFF_ENDS = "staff_ends"
    STAFF_ASKED = "staff_asked"


DOCTORS = (LetterKind.DOCTOR_BOOKED, LetterKind.DOCTOR_MOVED, LetterKind.DOCTOR_CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLink:
    """One coming appointment in the answer to *send me my link again*."""

    interval: Interval
    zone: ZoneInfo
    clinician_name: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTime:
    """One of the times that somebody is offered."""

    interval: Interval
    zone: ZoneInfo
    clinician_name: str
    place_name: str
    video: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailName:
    """What tells one mail from all others: the same however often it is written."""

    about: str
    kind: LetterKind
    sequence: int
    lead_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before it is put into words.

    *stamp* is when the mail came to be owed or due: a later letter has a later one, and
    trying again does not change it.  *links* belongs to `link_requested`, which has no
    appointment of its own; every other kind has an *interval* and a *zone*.
    """

    kind: LetterKind
    language: str
    stamp: datetime
    recipient_address: str
    clinic_name: str
    clinic_phone: str
    clinic_address: str  # of the clinic's mailbox: who writes
    organizer_address: str = ""  # of the mailbox that first invited, if it was another one
    answers_read: bool = False  # the mailbox is read: what calendars answer is taken in
    emergency_number: str
    signs: tuple[str, ...] = ()  # of what must not wait, without the complaint
    appointment_id: str = ""
    sequence: int = 0
    lead_hours: int = 0
    first: MailName | None = None  # the first mail about the same that left
    recipient_name: str = ""
    patient_name: str = ""
    clinician_name: str = ""
    doctor_id: str = ""  # the account of the doctor whose own copy this is
    place_name: str = ""
    place_address: str = ""
    directions: str = ""
    video: bool = False
    interval: Interval | None = None
    previous_interval: Interval | None = None
    proposed_interval: Interval | None = None  # that their calendar asked for in vain
    zone: ZoneInfo | None = None
    clocks_differ: bool = False  # between the clinic's places
    reference: str = ""
    link: str = ""
    change_until: datetime | None = None
    confirm_until: datetime | None = None
    wants_calendar: bool = True
    plain: bool = False  # nothing but plain text, as long as no calendar goes with it
    entry_left: bool = False  # an invitation before may have left one, and they want none now
    guide_link: str = ""  # to what is still to be read before the visit
    read_until: datetime | None = None  # then the time goes to somebody else
    frees: bool = False  # unless somebody comes after all, its time goes to others
    unread: bool = False  # the reason for which it is cancelled
    elsewhere: bool = False  # why a doctor has it no more: another one does
    ended: bool = False  # or: they are not invited any more
    closed: bool = False  # the time it reminds of: the clinic looks for another one
    links: tuple[AppointmentLink, ...] = ()
    offered: tuple[OfferedTime, ...] = ()
    line: int = 0  # of the journal, the last one that is bound, and its link
    head: str = ""

    @property
    def name(self) -> MailName:
        """Return what this mail is known by."""
        about = self.appointment_id or f"{self.recipient_address} {self.stamp.isoformat()}"
        return MailName(
            about=about, kind=self.kind, sequence=self.sequence, lead_hours=self.lead_hours
        )


def one_line(text: str) -> str:
    """Return the text on one line, without characters that break lines or steer them."""
    kept = (
        " " if unicodedata.category(char) in _BREAKING else char
        for char in unicodedata.normalize("NFC", text)
        if char not in _STEERING
    )
    return " ".join("".join(kept).split())
