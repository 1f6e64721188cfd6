"""What whoever runs the machine does for people who work here: bring in again, sign out."""

from datetime import datetime

from app.domain.refusals import NotYours
from app.services import joining
from app.services.joining import LinkKind
from app.services.team import OPERATOR
from app.storage import journal, people, staff, staff_sessions
from app.storage.database import retried, transaction


@retried
def recover(email: str, *, now: datetime) -> str:
    """Return the path of a link by which somebody chooses password and second factor anew."""
    with transaction() as session:
        account = staff.by_email(session, people.email_key(email))
        if account is None or account.left_at is not None:
            raise NotYours
        joined = account.joined_at is not None
        kind = LinkKind.RECOVERY if joined else LinkKind.INVITATION
        link = joining.issue(session, account.id, kind, now=now)
        journal.note(session, "staff_recovered", actor=OPERATOR, appointment_id=None, now=now,
                     staff=account.id)  # fmt: skip
    return joining.path(link, kind)


@retried
def sign_out(email: str | None, *, now: datetime) -> int:
    """Sign somebody out wherever they are, or everybody; return how many that is."""
    with transaction() as session:
        accounts = staff.listing(session)
        if email is not None:
            accounts = [one for one in accounts if one.email_key == people.email_key(email)]
        for account in accounts:
            staff_sessions.end_all(session, account.id)
            journal.note(session, "staff_sessions", actor=OPERATOR, appointment_id=None, now=now,
                         staff=account.id)  # fmt: skip
        return len(accounts)
