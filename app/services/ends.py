"""Once a day: where the journal and the records end, noted, and mailed to the owners.

Whoever has the machine and its keys could write journal and records anew, links and seals
included.  They cannot write anew what lies in an owner's mailbox.
"""

from datetime import UTC, datetime

from app.domain.letter import LetterKind
from app.services import staff_mail
from app.services.journal_proof import SETTLES
from app.storage import ends, journal, staff
from app.storage.database import reading, retried, transaction

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SETTLED = 2 * SETTLES  # then the mail's end has today's line in it


def tell(*, now: datetime) -> bool:
    """Note today's ends and owe the owners a mail; False when a worker did it today."""
    return False if _told_today(journal.last_at(reading(), ends.NOTED), now) else _tell(now=now)


@retried
def _tell(*, now: datetime) -> bool:
    with transaction() as session:
        owners = staff.lock_owners(session)  # of several workers one is first
        last = journal.last_at(session, ends.NOTED)
        if _told_today(last, now):
            return False
        moved = ends.moved(session, after=last or LONG_AGO)
        journal.note(
            session, ends.NOTED, actor="clinic", appointment_id=None, now=now,
            many=len(moved), records=moved,
        )  # fmt: skip
        for owner in owners:
            account = staff.find(session, owner)
            staff_mail.owe(session, account, LetterKind.STAFF_ENDS, due_at=now + SETTLED, now=now)
    return True


def _told_today(last: datetime | None, now: datetime) -> bool:
    return last is not None and last.date() >= now.date()
