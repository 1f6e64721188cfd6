"""What the desk has to settle: something went wrong, or nobody answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.refusals import Refused

KEPT = timedelta(days=90)  # who settled what; the journal has it for good
LOOKS_BACK = timedelta(days=14)  # for what nobody answered


class Kind(StrEnum):
    """What a matter is about; in this order they stand on the page."""

    CALL = "call"
    HOMELESS = "homeless"
    BUSY = "busy"
    WITHHELD = "withheld"
    DECLINED = "declined"
    COUNTER = "counter"
    MAIL = "mail"
    DOCTOR = "doctor"
    REPLY = "reply"
    OFFER = "offer"
    GUIDE = "guide"
    SIGN_OFF = "sign_off"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing to settle, and whom it is about; *why* says more than the kind.

    *key* names it for good, so that it is settled once.
    """

    kind: Kind
    key: str
    why: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    reference: str | None = None
    start: datetime | None = None
    clinician_id: int | None = None
    location_id: int | None = None
    proposal_id: str | None = None
    waiting_id: str | None = None
    mail_id: int | None = None
    mail_ids: tuple[int, ...] = ()  # of all that did not reach a doctor
    reply_id: str | None = None
    came: datetime | None = None
    proposed: datetime | None = None  # the time that a calendar asks for


class TooManyLinks(Refused):
    """The address was sent its links as often today as it may."""

    code = "too_many_links"


class AlreadySettled(Refused):
    """A colleague did it just now."""

    code = "already_settled"
