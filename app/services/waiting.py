"""Who is on the waiting list: by themselves, or put there at the desk."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import booking as rules
from app.domain.actor import Actor
from app.domain.appointment import Appointment, Person
from app.domain.clinic import Clinic
from app.domain.proposal import Answer, Proposal
from app.domain.refusals import AlreadyOver, NotOffered, NotYours, PrimerNeeded
from app.domain.staff import Permission, Staff
from app.domain.waiting import (
    JOINS_PER_NETWORK,
    PER_ADDRESS,
    End,
    NotWaiting,
    TooManyWaiting,
    Waiting,
    Wishes,
)
from app.services import attending, proposal, visitor
from app.services.appointment import mine
from app.services.hold import has_read
from app.services.proposal_link import granted
from app.storage import holds, journal, people, proposals, sealing, tallies, waiting
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.visitors import Visit


def of_mine(reference: str, *, actor: Actor) -> Waiting | None:
    """Return the place on the list that goes with an appointment."""
    return waiting.of_appointment(reading(), mine(reference, actor).id)


def at_desk(reference: str, *, actor: Staff) -> Waiting | None:
    """Return the same for the desk."""
    return waiting.of_appointment(reading(), attending.find(reference, actor).id)


@retried
def ask_for_earlier(
    reference: str, wishes: Wishes, *, actor: Actor, clinic: Clinic, now: datetime
) -> None:
    """Put whoever has an appointment on the list for an earlier one, or change what they wish.

    Raises NotYours, AlreadyOver, NotOffered.
    """
    _for_earlier(mine(reference, actor), wishes, clinic, signature="patient", now=now)


@retried
def put_on(reference: str, wishes: Wishes, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Do the same at the desk."""
    found = attending.find(reference, actor)
    _for_earlier(found, wishes, clinic, signature=actor.signature, now=now)


def _for_earlier(
    about: Appointment, wishes: Wishes, clinic: Clinic, *, signature: str, now: datetime
) -> None:
    if about.status != Status.BOOKED or about.interval.start <= now:
        raise AlreadyOver
    if wishes.visit_type_id != about.wish.visit_type_id:
        raise NotOffered
    _check(wishes, clinic)
    with transaction() as session:
        known = waiting.of_appointment(session, about.id)
        if known is not None:
            waiting.change(session, known.id, wishes)
        else:
            waiting.add(session, about.patient_id, wishes, appointment_id=about.id, now=now)
        verb = "wait" if known is None else "wait_otherwise"
        journal.note(session, verb, actor=signature, appointment_id=about.id, now=now)


def _check(wishes: Wishes, clinic: Clinic) -> None:
    visit_type = clinic.visit_types.get(wishes.visit_type_id)
    if visit_type is None or not visit_type.active:
        raise NotOffered
    if not (wishes.clinician_ids <= clinic.clinicians.keys()):
        raise NotOffered
    if not (wishes.location_ids <= clinic.locations.keys()):
        raise NotOffered


@retried
def join(
    person: Person,
    wishes: Wishes,
    *,
    visit: Visit,
    told: Iterable[str],
    clinic: Clinic,
    exempt: bool,
    now: datetime,
) -> str:
    """Put a visitor on the list who found no time; return the id of their place.

    What the visit asks for is asked as if they booked.  Raises SafetyCheckNeeded,
    PrimerNeeded, NotOffered, PhoneOnly, TooManyWaiting.
    """
    visitor.check_safety(visit, now=now)
    _check(wishes, clinic)
    if clinic.visit_types[wishes.visit_type_id].needs_primer and not has_read(visit):
        raise PrimerNeeded
    rules.check_age(person.birth_date, today=clinic.day_at(now))
    words = {"needs": [], "question": "", "told": list(told)}
    with transaction() as session:
        _count(session, person, visit, exempt=exempt, now=now)
        if (same := waiting.same(session, person, wishes)) is not None:
            return same
        _check_few(session, person)
        patient_id = people.keep(session, person, patient_id=None, now=now)
        intake_id = people.keep_words(session, words, intake_id=None, now=now)
        id_ = waiting.add(
            session, patient_id, wishes, reading_id=visit.reading_id, intake_id=intake_id, now=now
        )
        journal.note(session, "wait", actor="patient", appointment_id=None, now=now, place=id_)
    return id_


def _count(session: Session, person: Person, visit: Visit, *, exempt: bool, now: datetime) -> None:
    """Refuse a network that joins too often a day.

    The counted rows stay locked until the end, so that a double click is not two.
    """
    keyring, day = sealing.of(session), now.date()
    by_address = keyring.keyed_hash(f"wait|{day}", people.email_key(person.email))
    by_network = keyring.keyed_hash(f"wait|{day}", visit.network_key)
    counted = tallies.count(session, {by_address} if exempt else {by_address, by_network}, day=day)
    if counted.get(by_network, 0) > JOINS_PER_NETWORK:
        raise TooManyWaiting


def _check_few(session: Session, person: Person) -> None:
    if waiting.of_address(session, people.email_key(person.email)) >= PER_ADDRESS:
        raise TooManyWaiting


@retried
def put_on_new(
    person: Person, wishes: Wishes, *, actor: Staff, clinic: Clinic, now: datetime
) -> str:
    """Put a caller on the list who has no appointment; raises NotOffered."""
    actor.needs(Permission.RUN_DAY)
    _check(wishes, clinic)
    with transaction() as session:
        holds.lock_every_calendar(session)  # pressed twice at once
        if (same := waiting.same(session, person, wishes)) is not None:
            return same
        patient_id = people.keep(session, person, patient_id=None, now=now)
        id_ = waiting.add(session, patient_id, wishes, now=now)
        journal.note(
            session, "wait", actor=actor.signature, appointment_id=None, now=now, place=id_
        )
    return id_


@retried
def leave(reference: str, *, actor: Actor, now: datetime) -> None:
    """Take whoever has an appointment off the list; twice is once."""
    known = of_mine(reference, actor=actor)
    if known is not None:
        _end(known, End.LEFT, signature="patient", now=now)


@retried
def leave_by_offer(proposal_id: str, *, visit: Visit | None, now: datetime) -> None:
    """Take whoever was asked off the list, from the page that asked; twice is once."""
    asked = granted(proposal_id, visit, now=now)
    known = waiting.of_id(reading(), asked.waiting_id or "")
    if known is not None:
        _end(known, End.LEFT, signature="patient", now=now)


@retried
def take_off(waiting_id: str, *, actor: Staff, now: datetime) -> None:
    """Take somebody off the list at the desk; raises NotYours, NotWaiting."""
    _end(find(waiting_id, actor=actor), End.TAKEN_OFF, signature=actor.signature, now=now)


def is_waiting(asked: Proposal) -> bool:
    """Say whether somebody who was asked is still on the list."""
    place = waiting.find(reading(), asked.waiting_id) if asked.waiting_id else None
    return place is not None and place.closed_at is None


def find(waiting_id: str, *, actor: Staff) -> Waiting:
    """Return somebody who is on the list, or refuse."""
    actor.needs(Permission.RUN_DAY)
    found = waiting.of_id(reading(), waiting_id)
    if found is None:
        raise NotYours if waiting.find(reading(), waiting_id) is None else NotWaiting
    if not _sees(actor, found):
        raise NotYours
    return found


def listing(*, actor: Staff, clinic: Clinic, now: datetime) -> list[Waiting]:
    """Return who is on the list, whoever waits longest first; to a doctor, who may come to them."""
    actor.needs(Permission.RUN_DAY)
    found = waiting.listing(reading(), day_begins=clinic.midnight(clinic.day_at(now)))
    return [one for one in found if _sees(actor, one)]


def offers(ids: Iterable[str]) -> dict[str, list[Proposal]]:
    """Return what was offered to people on the list, the latest first."""
    found: dict[str, list[Proposal]] = {}
    for one in proposals.of_waiting(reading(), ids):
        found.setdefault(one.waiting_id or "", []).append(one)
    return found


def _sees(actor: Staff, one: Waiting) -> bool:
    wanted = one.wishes.clinician_ids
    return not wanted or any(actor.sees(id_) for id_ in wanted)


def _end(known: Waiting, why: End, *, signature: str, now: datetime) -> None:
    """Give somebody's place up, and with it what they are asked about."""
    before = proposals.open_of_waiting(reading(), known.id)
    with transaction() as session:
        holds.lock_calendars(session, before.doctors if before else ())
        if not waiting.close(session, known.id, why, now=now):
            return
        asked = proposals.open_of_waiting(session, known.id)  # perhaps made since
        if asked is not None:
            proposal.end(session, asked, Answer.WITHDRAWN, actor=signature, now=now)
        journal.note(
            session, "wait_no_more", actor=signature, appointment_id=known.appointment_id,
            now=now, place=known.id,
        )  # fmt: skip
