"""Sending somebody their links again, without saying whether we know them."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.booking import LINKS_PER_ADDRESS
from app.domain.letter import LetterKind
from app.storage import mails, people, sealing, tallies
from app.storage.database import retried, transaction


@retried
def request(email: str, *, language: str, now: datetime) -> None:
    """Owe an address a mail with its links.

    Nothing is looked up here: known and unknown addresses take the same way.  More than
    three a day are counted and not written.
    """
    with transaction() as session:
        owe(session, email, language=language, now=now)


def owe(session: Session, email: str, *, language: str, now: datetime) -> bool:
    """Owe the mail, within what an address is written to a day; say whether.

    Part of a transaction.
    """
    if tallies.today(session, "link", people.email_key(email), now=now) > LINKS_PER_ADDRESS:
        return False
    mail = {
        "kind": LetterKind.LINK,
        "recipient": sealing.of(session).seal("mail.recipient", email),
        "language": language,
        "due_at": now,
    }
    mails.owe(session, [mail], now=now)
    return True
