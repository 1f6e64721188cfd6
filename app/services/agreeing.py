"""Two owners for taking much out at once: one asks, another agrees, and it is good for a day.

What was asked and agreed to stands in the journal and nowhere else.  A clinic with one owner has
nobody to ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.record import canonical
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff, signature
from app.domain.staff_refusals import AgreementNeeded
from app.services import staff_mail
from app.storage import journal, sealing, staff
from app.storage.database import reading, retried, transaction

MANY = 500  # lines: more than any day or search of the desk
LASTS = timedelta(hours=24)
ASKED, AGREED = "export_asked", "export_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an owner wants to take out, and whether another one agreed."""

    line: int
    actor: str
    key: str
    many: int
    at: datetime
    agreed: bool


@retried
def check(what: Mapping[str, object], many: int, *, actor: Staff, now: datetime) -> None:
    """Refuse much at once until another owner agreed, who is asked by mail: AgreementNeeded."""
    if many <= MANY:
        return
    key = sealing.of(reading()).keyed_hash("agree", canonical(dict(what)).decode())
    with transaction() as session:
        others = [one for one in staff.lock_owners(session) if one != actor.id]
        mine = [
            one for one in _requests(session, now) if (one.actor, one.key) == (actor.signature, key)
        ]
        if not others or any(one.agreed for one in mine):
            return
        if not mine:
            _ask(session, key, many, others, actor, now)
    raise AgreementNeeded


def _ask(
    session: Session, key: str, many: int, others: list[str], actor: Staff, now: datetime
) -> None:
    journal.note(
        session, ASKED, actor=actor.signature, appointment_id=None, now=now, key=key, many=many
    )
    for owner in others:
        staff_mail.owe(session, staff.find(session, owner), LetterKind.STAFF_ASKED, now=now)


def waiting_for(actor: Staff, *, now: datetime) -> list[Request]:
    """Return what other owners asked for and nobody agreed to yet."""
    actor.needs(Permission.EXPORT)
    found = _requests(reading(), now)
    return [one for one in found if not one.agreed and one.actor != actor.signature]


@retried
def agree(line: int, *, actor: Staff, now: datetime) -> None:
    """Agree to what another owner asked for; raises NotYours for one's own, or too late."""
    wanted = [one for one in waiting_for(actor, now=now) if one.line == line]
    if not wanted:
        raise NotYours
    with transaction() as session:
        staff.lock_owners(session)
        journal.note(
            session, AGREED, actor=actor.signature, appointment_id=None, now=now,
            asked=line, many=wanted[0].many, staff=wanted[0].actor.removeprefix(signature("")),
        )  # fmt: skip


def _requests(session: Session, now: datetime) -> list[Request]:
    """Return what was asked for within a day."""
    lines = journal.since(session, (ASKED, AGREED), after=now - LASTS)
    agreed = {line.change["asked"] for line in lines if line.verb == AGREED}
    return [
        Request(
            line=line.id, actor=line.actor, key=line.change["key"], many=line.change["many"],
            at=line.at, agreed=line.id in agreed,
        )
        for line in lines
        if line.verb == ASKED
    ]  # fmt: skip
