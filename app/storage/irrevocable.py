"""What must not come back with an old copy of the book: how it stands now, and done to a copy.

Random ids and hashes only, so that the list may lie beside the backups.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.storage.models import (
    Appointment,
    DevicePassword,
    Proposal,
    Reading,
    StaffAccount,
    StaffFactor,
    StaffIdentity,
    StaffRecoveryCode,
    Subscription,
)

Known = dict[str, Any]

LINKS = {"appointments": Appointment, "proposals": Proposal}  # a higher version ended the link
# What was taken away is not there any more.
GIVEN = {
    "factors": StaffFactor,
    "identities": StaffIdentity,
    "feeds": Subscription,
    "devices": DevicePassword,
}
UNUSED = StaffRecoveryCode.used_at.is_(None)


def known(session: Session) -> Known:
    """Return the versions of links, who still has what, and who took their record back."""
    found: Known = {"codes": list(session.scalars(select(StaffRecoveryCode.hash).where(UNUSED)))}
    for name, link in LINKS.items():
        raised = session.execute(
            select(link.id, link.link_version).where(link.link_version > 0)  # type: ignore[attr-defined]  # both have one
        )
        found[name] = {row[0]: row[1] for row in raised}
    for name, given in GIVEN.items():
        found[name] = list(session.scalars(select(given.id)))  # type: ignore[attr-defined]  # as above
    found["staff"] = {one.id: _place(one) for one in session.scalars(select(StaffAccount))}
    taken_back = select(Reading.id).where(Reading.withdrawn_at.is_not(None))
    found["withdrawn"] = list(session.scalars(taken_back))
    return found


def _place(account: StaffAccount) -> Known:
    at = account.password_at
    return {
        "role": account.role,
        "clinician_id": account.clinician_id,
        "all_calendars": account.all_calendars,
        "left": account.left_at is not None,
        "password_at": at.isoformat() if at else None,
    }


def end_links(session: Session, last: Known) -> None:
    """Raise the versions of links again that were ended."""
    for name, link in LINKS.items():
        for id_, version in last[name].items():
            lower = (link.id == id_) & (link.link_version < version)  # type: ignore[attr-defined]  # as above
            session.execute(update(link).where(lower).values(link_version=version))


def take_away(session: Session, last: Known, *, now: datetime) -> None:
    """Take away what somebody had and has no more, and use up the codes that were used."""
    for name, given in GIVEN.items():
        kept = last.get(name)  # a list from before there were such
        if kept is not None:
            session.execute(delete(given).where(given.id.not_in(kept)))  # type: ignore[attr-defined]  # as above
    used = UNUSED & StaffRecoveryCode.hash.not_in(last["codes"])
    session.execute(update(StaffRecoveryCode).where(used).values(used_at=now))


def put_in_place(session: Session, last: Known, *, now: datetime) -> None:
    """Give everybody the place they had last; a password that was changed is good no more."""
    for account in session.scalars(select(StaffAccount)):
        place = dict(last["staff"].get(account.id) or _place(account))
        if place.pop("left") and account.left_at is None:
            account.left_at, account.password_hash = now, None
        changed_at = place.pop("password_at")
        if changed_at != _place(account)["password_at"]:
            account.password_hash = None
        for name, value in place.items():
            setattr(account, name, value)
    session.flush()


def withdrawn_since(session: Session, last: Known) -> list[tuple[str, str]]:
    """Return records that were taken back since, each with its appointment."""
    given = Reading.id.in_(last["withdrawn"]) & Reading.withdrawn_at.is_(None)
    query = select(Reading.id, Appointment.id).where(given, Appointment.reading_id == Reading.id)
    return [(reading_id, appointment_id) for reading_id, appointment_id in session.execute(query)]
