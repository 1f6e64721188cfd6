"""What a mail to somebody who works here says, at the moment it leaves."""

from dataclasses import replace
from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.letter import Letter, LetterKind
from app.services.joining import LinkKind, path
from app.services.letterhead import headed
from app.storage import journal_links, sealing, staff, staff_tokens
from app.storage.database import reading
from app.storage.models import Mail

LINKS = {
    LetterKind.STAFF_INVITED: LinkKind.INVITATION,
    LetterKind.STAFF_RENEWED: LinkKind.RENEWAL,
    LetterKind.STAFF_RESET: LinkKind.RESET,
}


def letter(
    mail: Mail, clinic: Clinic, base_url: str, emergency_number: str, *, now: datetime
) -> Letter | None:
    """Return what a mail says, or nothing when its link was used or nobody is to read it."""
    session = reading()
    account = staff.find(session, mail.staff_id or "")
    kind = LetterKind(mail.kind)
    if account is None or (account.left_at is not None and kind in LINKS):
        return None
    link = f"{base_url}/staff/sign-in"
    if kind in LINKS:
        token = staff_tokens.newest(session, account.id, LINKS[kind], now=now)
        if token is None:
            return None
        link = base_url + path(token.id, LINKS[kind])
    line, head = journal_links.last(session) if kind == LetterKind.STAFF_ENDS else (0, "")
    address = account.email
    if mail.recipient is not None:
        address = sealing.of(session).open("mail.recipient", mail.recipient)
    return replace(
        headed(mail, clinic, emergency_number, address),
        recipient_name=account.name,
        link=link,
        line=line,
        head=head,
    )
