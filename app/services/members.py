"""Who works here, as the owner sees it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.refusals import NotYours
from app.domain.staff import Permission, Role, Staff
from app.storage import staff
from app.storage.database import reading
from app.storage.models import StaffAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who works here, or did, as the owner's list shows them."""

    id: str
    name: str
    email: str
    role: Role
    clinician_id: int | None
    all_calendars: bool
    joined_at: datetime | None
    left_at: datetime | None


def listing(actor: Staff) -> list[Member]:
    """Return everybody, those who left last."""
    actor.needs(Permission.STAFF)
    return everybody()


def in_the_journal(actor: Staff) -> list[Member]:
    """Return everybody who may have written a line of the journal, to choose one of them."""
    actor.needs(Permission.JOURNAL)
    return everybody()


def everybody() -> list[Member]:
    """Return everybody, for whoever runs the machine."""
    return [_member(account) for account in staff.listing(reading())]


def find(actor: Staff, staff_id: str) -> Member:
    """Return somebody, to look after their account."""
    actor.needs(Permission.STAFF)
    account = staff.find(reading(), staff_id)
    if account is None:
        raise NotYours
    return _member(account)


def _member(account: StaffAccount) -> Member:
    return Member(
        id=account.id,
        name=account.name,
        email=account.email,
        role=Role(account.role),
        clinician_id=account.clinician_id,
        all_calendars=account.all_calendars,
        joined_at=account.joined_at,
        left_at=account.left_at,
    )
