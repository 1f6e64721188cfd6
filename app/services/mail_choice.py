"""How somebody wants their mails: changed at any time, and no entry turns wrong in silence."""

from datetime import datetime

from app.domain.actor import Actor
from app.domain.appointment import Appointment, Mails
from app.domain.letter import LetterKind
from app.domain.refusals import UnknownAnswer
from app.domain.staff import Staff
from app.services import attending
from app.services.appointment import mine
from app.storage import holds, journal, mails, people
from app.storage.database import reading, retried, transaction
from app.storage.models import Status

VERB = "choose_mails"


@retried
def choose(reference: str, choice: str, *, actor: Actor, now: datetime) -> None:
    """Choose for oneself; twice is once.  Raises NotYours, UnknownAnswer."""
    _choose(mine(reference, actor), choice, "patient", now=now)


@retried
def choose_at_desk(reference: str, choice: str, *, actor: Staff, now: datetime) -> None:
    """Choose for somebody who calls; twice is once.  Raises NotYours, UnknownAnswer."""
    _choose(attending.find(reference, actor), choice, actor.signature, now=now)


def _choose(about: Appointment, choice: str, who: str, *, now: datetime) -> None:
    if choice not in set(Mails):
        raise UnknownAnswer
    before = about.person.calendar
    if choice == before:
        return
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        people.choose_mails(session, about.id, choice)
        mails.withdraw(session, about.id, [LetterKind.MAILS_CHOSEN])
        told = bool(mails.left(session, about.id))  # else the first mail goes as chosen now
        if told and Mails.INVITATION in (before, choice) and _stands(about, now):
            owed = {
                "kind": LetterKind.MAILS_CHOSEN,
                "appointment_id": about.id,
                "sequence": about.sequence,
                "lead_hours": mails.count(session, about.id, LetterKind.MAILS_CHOSEN),
                "language": about.person.language,
                "due_at": now,
            }
            mails.owe(session, [owed], now=now)
        journal.note(
            session, VERB, actor=who, appointment_id=about.id, now=now, mails=[before, choice]
        )


def _stands(about: Appointment, now: datetime) -> bool:
    coming = about.status == Status.BOOKED and about.interval.start > now
    return coming and bool(about.person.email)


def left_an_entry(about: Appointment) -> bool:
    """Say whether an invitation may have left an entry before they wanted none."""
    if about.person.calendar == Mails.INVITATION:
        return False
    lines = [line for line in journal.of(reading(), about.id) if line.verb == VERB]
    invited = any(Mails.INVITATION in line.change.get("mails", ()) for line in lines)
    return invited and bool(mails.left(reading(), about.id))
