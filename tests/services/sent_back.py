"""Somebody whose calendar answers, and the clinic that takes the answers in."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import update

from app.domain.appointment import Appointment
from app.mail import parts
from app.mail.message import name_of
from app.mail.reply import understood
from app.services import clinic as clinics
from app.services import reply
from app.services.reply import Outcome
from app.storage import appointments, models
from app.storage.database import db, reading, transaction
from app.storage.models import MailState
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.mail.sent_back import OURS
from tests.services.looking import booked

HOST = "localhost"
AT_FIVE_PAST = MONDAY_8AM + timedelta(minutes=5)


class Invited:
    """Who was invited to an appointment; answers as their calendar does."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.email = self.about.person.email

    @property
    def about(self) -> Appointment:
        """The appointment as it stands."""
        found = appointments.find(reading(), appointments.by_reference(self.reference))
        assert found is not None
        return found

    def says(self, partstat: str = "ACCEPTED", **others: object) -> bytes:
        """Answer by mail, as Thunderbird does, through a server that proves the sender."""
        start = f"DTSTART:{self.about.interval.start:%Y%m%dT%H%M%SZ}"
        known = {"sequence": self.about.sequence, "stamp": AT_FIVE_PAST, "start": start}
        ics = sent_back.calendar(
            f"{self.about.id}@{HOST}",
            self.email,
            partstat,
            **(known | others),  # type: ignore[arg-type]
        )
        return sent_back.plain(self.email, ics)


def unproven(mail: bytes) -> bytes:
    """Take away what the clinic's server found."""
    return mail.replace(b"Authentication-Results:", b"X-Nothing:")


def take_in(mail: bytes, *, now: datetime = AT_FIVE_PAST) -> Outcome:
    """Take a mail in as the clinic does."""
    said, digest = parts.read(mail), sha256(mail).hexdigest()
    read = understood(said, digest, host=HOST, authserv_id=OURS)
    return reply.take_in(
        read, mail, name_of=lambda sent: name_of(sent, HOST), clinic=clinics.load(), now=now
    )


def done(mail: bytes, *, now: datetime = AT_FIVE_PAST) -> tuple[str, str]:
    """Take a mail in; return what became of it, and why."""
    outcome = take_in(mail, now=now)
    return str(outcome.action), str(outcome.reason)


def left(reference: str, *, at: datetime = MONDAY_8AM, sender: str = "") -> str:
    """Let the mails of an appointment leave; return the name of the last one."""
    theirs = models.Mail.appointment_id == booked(reference).id
    with transaction() as session:
        gone = update(models.Mail).where(theirs, models.Mail.due_at <= at)
        session.execute(gone.values(state=MailState.HANDED_OVER, handed_over_at=at, sender=sender))
    rows = db.session.query(models.Mail).filter(theirs, models.Mail.due_at <= at)
    return name_of(rows.order_by(models.Mail.id).all()[-1], HOST)


def rule(**chosen: bool) -> None:
    """Let the owner choose what the clinic does with answers."""
    with transaction() as session:
        changed = {"revision": models.Clinic.revision + 1, **chosen}
        session.execute(update(models.Clinic).values(changed))
