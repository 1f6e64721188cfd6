"""Asking one person whether another time suits: held for them until they answer, or it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment, Wish
from app.domain.booking import HOLD_GRACE
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.proposal import AT_MOST, Answer, Kind, Proposal, TooManyOffered
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotOffered, NotYours
from app.domain.staff import Permission, Staff
from app.services import attending
from app.services import clinic as clinics
from app.services.day import day_of, time_of
from app.storage import appointments, holds, journal, mails, proposals
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.types import new_id

KINDS = {Kind.EARLIER: LetterKind.OFFERED, Kind.REHOUSE: LetterKind.REHOUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposal before it is made: who is asked, for which times, and until when."""

    kind: Kind
    times: tuple[Wish, ...]
    answer_by: datetime
    patient_id: str
    email: str
    language: str
    appointment_id: str | None = None
    waiting_id: str | None = None
    sequence: int = 0


@retried
def make(
    reference: str,
    times: Sequence[Wish],
    kind: Kind,
    *,
    answer_by: datetime,
    actor: Staff,
    clinic: Clinic,
    now: datetime,
) -> str:
    """Ask the person of an appointment whether one of these times suits; return the id.

    Nobody can answer any more once the time has come at which they stand.
    Raises NotYours, AlreadyCancelled, AlreadyOver, AlreadyOffered, TooManyOffered, and for a
    time that is none NotOffered or SlotTaken: then nothing is held.
    """
    about = attending.find(reference, actor)
    if not all(actor.sees(wish.clinician_id) for wish in times):
        raise NotYours
    _check_times(about, times)
    draft = Draft(
        kind=kind,
        times=tuple(times),
        answer_by=min(answer_by, about.interval.start),
        patient_id=about.patient_id,
        email=about.person.email,
        language=about.person.language,
        appointment_id=about.id,
        sequence=about.sequence,
    )
    with transaction() as session:
        return put(session, draft, clinic, actor=actor.signature, now=now)


def _check_times(about: Appointment, times: Sequence[Wish]) -> None:
    if about.status != Status.BOOKED:
        raise AlreadyCancelled if about.status == Status.CANCELLED else AlreadyOver
    if not times or any(
        wish.visit_type_id != about.wish.visit_type_id or wish == about.wish for wish in times
    ):
        raise NotOffered


def put(session: Session, draft: Draft, clinic: Clinic, *, actor: str, now: datetime) -> str:
    """Hold the times of a proposal and owe its mail; return its id.  Part of a transaction.

    Raises AlreadyOffered, TooManyOffered, NotOffered, SlotTaken.
    """
    if len(draft.times) > AT_MOST:
        raise TooManyOffered
    if draft.answer_by <= now:
        raise NotOffered  # before anybody could say yes it would begin
    holds.lock_calendars(session, {wish.clinician_id for wish in draft.times})
    clinic = clinics.as_it_is(session, clinic)
    for wish in draft.times:
        _check(session, wish, draft, clinic, now=now)
    id_ = new_id()
    proposals.add(
        session, id=id_, kind=draft.kind, patient_id=draft.patient_id,
        appointment_id=draft.appointment_id, waiting_id=draft.waiting_id,
        sequence=draft.sequence, times=[proposals.written(wish) for wish in draft.times],
        made_at=now, answer_by=draft.answer_by,
    )  # fmt: skip
    for wish in draft.times:
        appointments.add(session, _row(id_, wish, draft, clinic, now=now))
    mails.owe(session, _mail(id_, draft, now), now=now)
    journal.note(
        session, "propose", actor=actor, appointment_id=draft.appointment_id, now=now,
        proposal=id_, times=[wish.start.isoformat() for wish in draft.times],
    )  # fmt: skip
    return id_


def _check(session: Session, wish: Wish, draft: Draft, clinic: Clinic, *, now: datetime) -> None:
    """Refuse a time that nobody may have; the desk's notice is none."""
    if not now < wish.start < now + clinic.visit_types[wish.visit_type_id].rule.horizon:
        raise NotOffered  # before reckoning with it: the year may be 9999
    blocked = clinic.visit_types[wish.visit_type_id].blocked(wish.start)
    lapsed = holds.clear_ended(session, wish.clinician_id, blocked, now=now)
    journal.note_each(session, "lapse", lapsed, actor="clinic", now=now)
    seen = day_of(session, wish, clinic.without_notice(), leaving_out=draft.appointment_id, now=now)
    seen.check_offered(wish)


def _row(
    proposal_id: str, wish: Wish, draft: Draft, clinic: Clinic, *, now: datetime
) -> dict[str, object]:
    held = proposals.hold_of(proposal_id, draft.patient_id, draft.answer_by, now)
    return time_of(wish, clinic) | held | {"moves_id": draft.appointment_id}


def _mail(proposal_id: str, draft: Draft, now: datetime) -> list[dict[str, object]]:
    """Return the mail to owe; somebody without an address is called."""
    kept = {"proposal_id": proposal_id, "language": draft.language, "due_at": now}
    return [kept | {"kind": KINDS[draft.kind]}] if draft.email else []


def of(proposal_id: str, *, actor: Staff) -> Proposal:
    """Return a proposal in calendars that are the actor's to see, or refuse."""
    actor.needs(Permission.RUN_DAY)
    found = proposals.find(reading(), proposal_id)
    if found is None or not all(map(actor.sees, found.doctors)):
        raise NotYours
    return found


@retried
def withdraw(proposal_id: str, *, actor: Staff, now: datetime) -> None:
    """Take a proposal back, and give its times to others; twice is once.

    Raises NotYours, and OfferAnswered or OfferOver when the answer was quicker.
    """
    found = of(proposal_id, actor=actor)
    if found.answer == Answer.WITHDRAWN:
        return
    if found.answer is not None:
        found.check_open(now=now)
    with transaction() as session:
        end(session, found, Answer.WITHDRAWN, actor=actor.signature, now=now)


def end(session: Session, found: Proposal, answer: Answer, *, actor: str, now: datetime) -> None:
    """End a proposal without a yes, unless it has ended; its times come free."""
    holds.lock_calendars(session, found.doctors)
    if proposals.end(session, found.id, answer, now=now):
        proposals.drop_times(session, found.id)
        note_end(session, found, answer, actor=actor, now=now)


def note_end(
    session: Session, found: Proposal, answer: Answer, *, actor: str, now: datetime
) -> None:
    """Write down how a proposal ended."""
    journal.note(
        session, f"offer_{answer}", actor=actor, appointment_id=found.appointment_id, now=now,
        proposal=found.id,
    )  # fmt: skip


def lapse(*, now: datetime) -> list[Proposal]:
    """End what nobody answered in time, and what its appointment's change overtook.

    Looking comes first, so that an idle worker never takes the write lock.
    """
    ended = proposals.over(reading(), before=now - HOLD_GRACE)
    found = proposals.some(reading(), ended) if ended else []
    for one in found:
        _lapse(one, ended[one.id], now=now)
    return found


@retried
def _lapse(found: Proposal, how: Answer, *, now: datetime) -> None:
    with transaction() as session:
        end(session, found, how, actor="clinic", now=now)
