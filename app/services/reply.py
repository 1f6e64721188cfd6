"""Taking in what is sent back to the clinic's mails: each mail once, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.reply import (
    MAILS_PER_ADDRESS,
    MAILS_PER_APPOINTMENT,
    Action,
    Bounce,
    Decision,
    Known,
    Partstat,
    Received,
    decide,
    for_a_person,
)
from app.services import mailbox
from app.services.appointment import ID, view
from app.storage import appointments, holds, journal, mails, people, replies, sealing, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import Mail, Status

BOUNCES_WITHIN = timedelta(days=14)
CLOCKS_DIFFER = timedelta(days=1)  # or zones do
ACTOR = "mail"

NameOf = Callable[[Mail], str]  # under which a mail left


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail, and whether somebody should read it."""

    action: Action
    reason: str
    for_a_person: bool


@retried
def take_in(
    mail: Received, raw: bytes, *, name_of: NameOf, clinic: Clinic, now: datetime
) -> Outcome:
    """Do what a mail asks for as far as it may, write down why, and keep it; twice is once."""
    before = replies.by_digest(reading(), mail.digest)
    if before is not None:
        return _outcome(Decision(Action(before.action), before.reason), mail, again=True)
    mail = _dated(mail, now=now)
    about = _about(mail)
    came_back = _sent(mail.bounce, name_of, now=now) if mail.bounce else None
    with transaction() as session:
        if about is not None:
            holds.lock_calendars(session, [about.wish.clinician_id])
            about = appointments.find(session, appointments.by_id(about.id))
        known = _known(session, about, clinic, now=now) if about else None
        decision = decide(mail, known, now=now)
        concerns = about.id if about else came_back.appointment_id if came_back else None
        if not _keep(session, mail, raw, decision, concerns, about, clinic, now=now):
            return _outcome(decision, mail, again=True)
        if came_back is not None and mail.bounce is not None:
            replies.came_back(session, came_back.id, f"bounced_{mail.bounce.status}".rstrip("_"))
        if about is not None and decision == Decision(Action.APPLY, Partstat.DECLINED):
            _ask(session, about, mail, now=now)
        journal.note(
            session, f"reply_{decision.action}", actor=ACTOR, appointment_id=concerns, now=now,
            reason=decision.reason,
        )  # fmt: skip
    return _outcome(decision, mail)


def _outcome(decision: Decision, mail: Received, *, again: bool = False) -> Outcome:
    person = for_a_person(decision, mail)
    if again:
        return Outcome(action=Action.STALE, reason="seen_before", for_a_person=person)
    return Outcome(action=decision.action, reason=decision.reason, for_a_person=person)


def _dated(mail: Received, *, now: datetime) -> Received:
    """Take an answer from the far future as one of now: else it would be the last for good."""
    answer = mail.answer
    if answer is None or answer.stamp is None or answer.stamp <= now + CLOCKS_DIFFER:
        return mail
    return replace(mail, answer=replace(answer, stamp=now))


def _about(mail: Received) -> Appointment | None:
    """Return the appointment that an answer names; an id is looked for only if it may be one."""
    id_ = mail.answer.about if mail.answer else ""
    if not ID.fullmatch(id_):
        return None
    return appointments.find(reading(), appointments.by_id(id_))


def _known(session: Session, about: Appointment, clinic: Clinic, *, now: datetime) -> Known:
    last = replies.last(session, about.id, about.sequence)
    told = [
        one.due_at
        for one in mails.of(session, about.id)
        if one.sequence == about.sequence and one.staff_id is None
    ]
    return Known(
        invited=people.email_key(about.person.email),
        sequence=about.sequence,
        coming=about.status == Status.BOOKED and about.interval.start > now,
        start=about.interval.start,
        told=min(told, default=None),
        last=(last.stamp or last.taken_in_at) if last else None,
        address=_asked_from(session, about, clinic),
    )


def note_fault(code: str | None, *, now: datetime) -> bool:
    """Note what is wrong with the mailbox, or that nothing is; say whether that is news."""
    known = replies.fault(reading())
    if code == (known[0] if known else None):
        return False
    with transaction() as session:
        replies.set_fault(session, code, now=now)
    return True


def _asked_from(session: Session, about: Appointment, clinic: Clinic) -> str | None:
    """Return the mailbox of the appointment's own, if it was invited from there."""
    left, own = mails.left(session, about.id), mailbox.of(about.id, clinic)
    return own if left and left[0].sender == own else None


def _keep(
    session: Session,
    mail: Received,
    raw: bytes,
    decision: Decision,
    concerns: str | None,
    about: Appointment | None,
    clinic: Clinic,
    *,
    now: datetime,
) -> bool:
    answer = mail.answer
    frees = clinic.declines_free and about is not None and view(about, clinic, now=now).changeable
    return replies.add(
        session, raw, digest=mail.digest, taken_in_at=now, sender=mail.sender[:254],
        action=decision.action, reason=decision.reason, appointment_id=concerns,
        sequence=about.sequence if about else None,
        stamp=answer.stamp if answer else None,
        proposed=answer.proposed if answer and decision.action is Action.COUNTER else None,
        frees=frees and decision.reason == Partstat.DECLINED,
    )  # fmt: skip


def _sent(bounce: Bounce, name_of: NameOf, *, now: datetime) -> Mail | None:
    """Return the mail that came back: only one that left, to that address and by that name."""
    if not bounce.failed or not bounce.recipient or not bounce.recipient.isprintable():
        return None
    key = people.email_key(bounce.recipient)
    left = replies.left_to(reading(), key, since=now - BOUNCES_WITHIN)
    return next((one for one in left if name_of(one) == bounce.message_id), None)


def _ask(session: Session, about: Appointment, mail: Received, *, now: datetime) -> None:
    """Owe the mail that asks whether a no was meant; not too many a day, and none to machines."""
    if mail.unanswerable or not _may_write(session, about, now=now):
        return
    row = {
        "kind": LetterKind.DECLINED,
        "appointment_id": about.id,
        "sequence": about.sequence,
        "lead_hours": mails.count(session, about.id, LetterKind.DECLINED),  # tells them apart
        "language": about.person.language,
        "due_at": now,
    }
    mails.owe(session, [row], now=now)


def _may_write(session: Session, about: Appointment, *, now: datetime) -> bool:
    keyring, day = sealing.of(session), f"by_itself|{now:%Y-%m-%d}"
    limits = {
        keyring.keyed_hash(f"{day}|appointment", about.id): MAILS_PER_APPOINTMENT,
        keyring.keyed_hash(f"{day}|address", about.person.email.casefold()): MAILS_PER_ADDRESS,
    }
    counted = tallies.count(session, limits, day=now.date())
    return all(counted[key] <= most for key, most in limits.items())
