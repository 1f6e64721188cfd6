"""What mails and calendars sent back that somebody has to look at, or to decide."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import NotYours
from app.domain.reply import Action
from app.domain.settle import LOOKS_BACK, AlreadySettled, Kind, Matter
from app.domain.staff import Staff
from app.services import attending, counter, desk_moving
from app.storage import holds, replies, settle
from app.storage.database import reading, retried, transaction
from app.storage.models import Reply

KINDS = {
    Action.APPLY: Kind.DECLINED,
    Action.COUNTER: Kind.COUNTER,
    Action.REVIEW: Kind.REPLY,
    Kind.INBOX: Kind.INBOX,
}


def listing(doctors: Collection[int], *, now: datetime) -> list[Matter]:
    """Return what came about appointments of these doctors, or about none."""
    found = replies.matters(reading(), since=now - LOOKS_BACK, now=now)
    return [_matter(row) for row in found if row.clinician_id in (None, *doctors)]


def _matter(row: Any) -> Matter:  # noqa: ANN401  a row
    kind = KINDS[row.action]
    return Matter(
        kind=kind, key=_key(row.id), why=row.reason, name=row.name or row.sender,
        phone=row.phone or "", email=row.sender if kind is Kind.REPLY else row.email,
        reference=row.reference, start=row.starts_at, clinician_id=row.clinician_id,
        location_id=row.location_id, reply_id=row.id, came=row.taken_in_at, proposed=row.proposed,
    )  # fmt: skip


def _key(reply_id: str) -> str:
    return f"reply:{reply_id}"


def give_proposed(reply_id: str, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Move an appointment to the time that a calendar asked for.

    Raises NotYours, AlreadySettled, and what moving at the desk raises.
    """
    proposed, about = _open(reply_id, actor)
    wish = replace(about.wish, start=proposed)
    desk_moving.move(
        about.reference, wish, revision=about.revision, actor=actor, clinic=clinic, now=now
    )


@retried
def keep_time(reply_id: str, *, actor: Staff, now: datetime) -> None:
    """Keep the time that stands, and owe the mail that says so; raises NotYours, AlreadySettled."""
    proposed, about = _open(reply_id, actor)
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        if not settle.settle(session, _key(reply_id), actor.id, now=now):
            raise AlreadySettled
        counter.keep_time(session, about, proposed, actor=actor, now=now)


def _open(reply_id: str, actor: Staff) -> tuple[datetime, Appointment]:
    """Return the time that was proposed, and the appointment if it stands as it did then."""
    found: Reply | None = replies.find(reading(), reply_id) if reply_id.isprintable() else None
    about = attending.found_by_id(found.appointment_id if found else None, actor)
    if found is None or about is None or found.proposed is None:
        raise NotYours
    done = settle.settled(reading(), since=found.taken_in_at)
    if found.sequence != about.sequence or _key(reply_id) in done:
        raise AlreadySettled
    return found.proposed, about
