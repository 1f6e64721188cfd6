"""The answer to a proposal: yes swaps the times in one step, no gives them back at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment, Wish
from app.domain.clinic import Clinic
from app.domain.proposal import (
    Answer,
    OfferAnswered,
    OfferOver,
    OfferOvertaken,
    OfferWithdrawn,
    Proposal,
)
from app.domain.refusals import NotYours
from app.domain.staff import Staff
from app.domain.waiting import End
from app.services import clinic as clinics
from app.services import doctor_mails, moving
from app.services import proposal as proposing
from app.services.booking import booked_mails, made, new_reference
from app.services.day import check_open
from app.services.proposal_link import granted
from app.services.record import note_booking
from app.storage import appointments, holds, journal, mails, proposals, visitors, waiting
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.visitors import Visit


@retried
def answer(
    proposal_id: str, wish: Wish | None, *, visit: Visit | None, clinic: Clinic, now: datetime
) -> str | None:
    """Say yes to one of the times, or no; return the reference of what was said yes to.

    Answering the same twice is answering once.  Raises NotYours, OfferOver, OfferAnswered,
    OfferWithdrawn, OfferOvertaken, ClinicClosed.
    """
    found = granted(proposal_id, visit, now=now)
    return _answer(found, wish, clinic, _Who(signature="patient", visit=visit), now=now)


@retried
def answer_at_desk(
    proposal_id: str, wish: Wish | None, *, actor: Staff, clinic: Clinic, now: datetime
) -> str | None:
    """Note what somebody answered on the phone; raises what `answer` raises."""
    found = proposing.of(proposal_id, actor=actor)
    return _answer(found, wish, clinic, _Who(signature=actor.signature), now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Who:
    """Who answers: the person in their session, or somebody at the desk for them."""

    signature: str
    visit: Visit | None = None


def _answer(
    found: Proposal, wish: Wish | None, clinic: Clinic, who: _Who, *, now: datetime
) -> str | None:
    about = _appointment(reading(), found)
    if _is_said(found, about, wish):
        return about.reference if about and wish else None
    found.check_open(now=now)
    if wish is not None and wish not in found.times:
        raise NotYours
    with transaction() as session:
        doctors = {about.wish.clinician_id} if about else set()
        holds.lock_calendars(session, found.doctors | doctors)
        if wish is not None:
            check_open(wish, clinics.as_it_is(session, clinic), now=now)  # closed since, perhaps
        said = Answer.NO if wish is None else Answer.YES
        if not proposals.end(session, found.id, said, now=now):
            return _said_meanwhile(session, found.id, wish)
        if wish is None:
            proposals.drop_times(session, found.id)
            proposing.note_end(session, found, said, actor=who.signature, now=now)
            return None
        return _accept(session, found, wish, clinic, who, now=now)


def _is_said(found: Proposal, about: Appointment | None, wish: Wish | None) -> bool:
    """Say whether this is what was answered before: a double click is one answer."""
    if wish is None:
        return found.answer == Answer.NO
    return found.answer == Answer.YES and about is not None and about.wish == wish


def _said_meanwhile(session: Session, proposal_id: str, wish: Wish | None) -> str | None:
    """Return what came of the same answer in another window just now, or refuse."""
    found = proposals.find(session, proposal_id)
    about = None if found is None else _appointment(session, found)
    if found is None or not _is_said(found, about, wish):
        raise OfferAnswered
    return about.reference if about and wish else None


def _appointment(session: Session, found: Proposal) -> Appointment | None:
    """Return the appointment that moves, or that a yes has made."""
    if found.appointment_id is None:
        return None
    return appointments.find(session, appointments.by_id(found.appointment_id))


def _accept(
    session: Session, found: Proposal, wish: Wish, clinic: Clinic, who: _Who, *, now: datetime
) -> str:
    """Swap: the old time goes in the same moment as the new one is theirs."""
    if found.appointment_id is None:
        made_of = _book(session, found, wish, clinic, who, now=now)
    else:
        made_of = _move(session, found, wish, clinic, who, now=now)
    waits = found.waiting_id
    if waits is not None and not waiting.close(session, waits, End.BOOKED, now=now):
        raise OfferWithdrawn  # they left the list
    if who.visit is not None:
        visitors.grant(
            session, who.visit.id, made_of.id, link_version=made_of.link_version, by_link=True,
            granted_at=now,
        )  # fmt: skip
    return made_of.reference


def _move(
    session: Session, found: Proposal, wish: Wish, clinic: Clinic, who: _Who, *, now: datetime
) -> Appointment:
    about = _appointment(session, found)
    as_then = about is not None and about.sequence == found.sequence
    if about is None or not as_then or about.status != Status.BOOKED:
        raise OfferOvertaken
    if wish not in proposals.drop_times(session, found.id):
        raise OfferOver
    moving.put(session, about, wish, clinic, actor=who.signature, now=now, proposal=found.id)
    return about


def _book(
    session: Session, found: Proposal, wish: Wish, clinic: Clinic, who: _Who, *, now: datetime
) -> Appointment:
    """Make the held time the first appointment of somebody on the waiting list."""
    waits = waiting.find(session, found.waiting_id or "")
    if waits is None:
        raise OfferOver
    said = {"reading_id": waits.reading_id, "intake_id": waits.intake_id}
    reference = new_reference(clinic.reference_prefix)
    id_ = proposals.book(session, found.id, wish, made(now) | said | {"reference": reference})
    if id_ is None:
        raise OfferOver
    proposals.drop_times(session, found.id)
    proposals.led_to(session, found.id, id_)
    booked = appointments.find(session, appointments.by_id(id_))
    if booked is None:
        raise LookupError("an appointment that was just made is gone")
    if found.person.email:
        owed = booked_mails(id_, booked.interval, found.person.language, clinic, now=now)
        mails.owe(session, owed, now=now)
    doctor_mails.owe(session, id_, clinic, after=wish, now=now)
    journal.note(
        session, "book", actor=who.signature, appointment_id=id_, now=now,
        start=wish.start.isoformat(), clinician=wish.clinician_id, proposal=found.id,
    )  # fmt: skip
    note_booking(
        session, waits.reading_id, waits.intake_id, now=now,
        with_guide=clinic.visit_types[wish.visit_type_id].needs_primer,
    )  # fmt: skip
    return booked
