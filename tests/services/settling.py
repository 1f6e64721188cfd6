"""Who looks at the list of what to settle, and what went wrong."""

from datetime import datetime

from sqlalchemy import update

from app.content.library import Copy
from app.domain.letter import LetterKind
from app.domain.settle import Matter
from app.domain.staff import Staff
from app.services import clinic as clinics
from app.services import edition, settle
from app.services.settle import Asked
from app.settings import ROOT
from app.storage import mails, models
from app.storage.database import db, transaction
from app.storage.models import MailState
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked
from tests.staffing import hire


def looks(who: Staff | None = None, *, now: datetime = MONDAY_8AM) -> Asked:
    """Be somebody who looks at the list."""
    clinic = clinics.load()
    copy: Copy = edition.shown(clinic, ROOT / "primer", "en")
    return Asked(actor=who or hire(), clinic=clinic, guide=copy, now=now)


def matters(who: Staff | None = None, *, now: datetime = MONDAY_8AM) -> list[Matter]:
    """Return what is to be settled, in the order of the page."""
    return [one for some in settle.listing(looks(who, now=now)).values() for one in some]


def refuse(reference: str) -> None:
    """Let the mail server refuse the invitation of an appointment."""
    about = booked(reference).id
    with transaction() as session:
        if not mails.count(session, about, LetterKind.BOOKED):
            owed = {"kind": LetterKind.BOOKED, "appointment_id": about, "language": "en"}
            mails.owe(session, [owed | {"due_at": MONDAY_8AM}], now=MONDAY_8AM)
    theirs = (models.Mail.appointment_id == about) & (models.Mail.kind == LetterKind.BOOKED)
    db.session.execute(update(models.Mail).where(theirs).values(state=MailState.REFUSED))
    db.session.commit()
