"""Writing down who looked: once for a while, since looking again is not another look.

Of somebody who opens more in an hour than a day's work takes, the owners hear by mail.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.journal import OPENED
from app.domain.letter import LetterKind
from app.domain.staff import Permission, Staff
from app.services import staff_mail
from app.storage import journal, looks
from app.storage.database import reading, retried, transaction
from app.storage.looks import Looked

LASTS = timedelta(minutes=10)
MANY, AN_HOUR = 100, timedelta(hours=1)
MANY_LOOKS = "many_looks"


@retried
def note(
    verb: str,
    *,
    actor: Staff,
    appointment_id: str | None = None,
    now: datetime,
    **said: Any,  # noqa: ANN401  what was looked at, as JSON; never words of a patient
) -> None:
    """Write down that somebody looked, unless the same line of theirs is still fresh."""
    name, after = actor.signature, now - LASTS
    fresh = journal.noted_since(
        reading(), verb, actor=name, appointment_id=appointment_id, after=after
    )
    if said in fresh:
        return
    with transaction() as session:
        journal.note(session, verb, actor=name, appointment_id=appointment_id, now=now, **said)
        if verb in OPENED:
            _watch(session, actor, now)


def _watch(session: Session, actor: Staff, now: datetime) -> None:
    """Tell the owners, once an hour, of somebody who opens more than a day's work takes."""
    since = now - AN_HOUR
    if looks.opened(session, actor.signature, after=since) < MANY:
        return
    if looks.told(session, actor.id, after=since):
        return
    journal.note(session, MANY_LOOKS, actor="clinic", appointment_id=None, now=now, staff=actor.id)
    staff_mail.owe_owners(session, LetterKind.STAFF_LOOKED, now=now)


def sums(actor: Staff, *, after: datetime, until: datetime) -> list[Looked]:
    """Return who looked in some days, and how often."""
    actor.needs(Permission.JOURNAL)
    return looks.sums(reading(), after=after, until=until)
