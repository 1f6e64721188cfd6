"""Which mail a mail follows, and who invites: from what really left."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.letter import Letter, LetterKind, MailName
from app.storage.models import Mail


def in_thread(letter: Letter, left: Sequence[Mail]) -> Letter:
    """Return a letter after the first mail that left, and from whoever invited then."""
    if not left:
        return letter
    first = left[0]
    name = MailName(
        about=first.appointment_id or "",
        kind=LetterKind(first.kind),
        sequence=first.sequence,
        lead_hours=first.lead_hours,
    )
    return replace(letter, first=name, organizer_address=first.sender or "")
