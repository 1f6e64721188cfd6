"""Booking an appointment: who comes, then the promise itself."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import booking as rules
from app.domain.appointment import Hold, Person
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.letter import LetterKind
from app.domain.pressure import TENTATIVE
from app.domain.refusals import (
    DetailsMissing,
    HoldClosed,
    HoldEnded,
    NothingHeld,
    TooManyAppointments,
    TooManyBookings,
)
from app.services import doctor_mails, visitor
from app.services import hold as holding
from app.services.record import note_booking
from app.storage import appointments, holds, journal, mails, people, sealing, tallies, visitors
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.visitors import Visit

TYPED = "cookie.typed"
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misheard or misread


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says about themselves before booking; *needs* and *question* are sealed."""

    person: Person
    needs: tuple[str, ...] = ()
    question: str = ""


@retried
def save_details(
    details: Details, *, visit: Visit, told: Iterable[str], clinic: Clinic, now: datetime
) -> None:
    """Keep what the person said until they book or leave.

    *told* names the points of the safety check that the doctor should know.  Raises
    PhoneOnly for somebody under eighteen.
    """
    today = clinic.day_at(now)
    rules.check_age(details.person.birth_date, today=today)
    words = {
        "needs": list(details.needs),
        "question": details.question,
        "told": list(told),
    }
    with transaction() as session:
        patient_id = people.keep(
            session, details.person, needs=details.needs, patient_id=visit.patient_id, now=now
        )
        intake_id = people.keep_words(session, words, intake_id=visit.intake_id, now=now)
        visitors.change(session, visit.id, patient_id=patient_id, intake_id=intake_id, seen_at=now)


def details(visit: Visit) -> Details | None:
    """Return what the person said so far, to show it again."""
    if visit.person is None or visit.intake_id is None:
        return None
    words = people.words(reading(), visit.intake_id)
    return Details(
        person=visit.person,
        needs=tuple(words.get("needs", ())),
        question=words.get("question", ""),
    )


def seal_typed(fields: dict[str, list[str]]) -> str:
    """Seal what was typed for the person's own cookie, where it waits unread."""
    sealed = sealing.of(reading()).seal(TYPED, json.dumps(fields, ensure_ascii=False))
    return urlsafe_b64encode(sealed).decode()


def open_typed(sealed: str) -> dict[str, list[str]]:
    """Return what was typed; nothing when its key is gone."""
    try:
        opened = sealing.of(reading()).open(TYPED, urlsafe_b64decode(sealed))
    except (sealing.CannotOpen, ValueError):
        return {}
    fields: dict[str, list[str]] = json.loads(opened)
    return fields


@retried
def book(hold_id: str, *, visit: Visit, clinic: Clinic, exempt: bool, now: datetime) -> str:
    """Make the hold an appointment, owe its mails, and return its reference.

    Under pressure it waits for its link to be pressed, and the only mail owed is that one.
    Doing it again with the same hold gives the same reference.  Raises NothingHeld,
    HoldEnded, HoldClosed, DetailsMissing, SafetyCheckNeeded, TooManyAppointments,
    TooManyBookings.
    """
    hold = visit.hold
    if hold is None or hold.id != hold_id or hold.moves_id is not None:
        if (reference := _booked_before(hold_id, visit)) is None:
            raise NothingHeld if hold is None else HoldEnded
        return reference
    if visit.person is None:
        raise DetailsMissing
    visitor.check_safety(visit, now=now)
    try:
        return _book(hold, visit.person, visit=visit, clinic=clinic, exempt=exempt, now=now)
    except (HoldEnded, TooManyBookings):
        if (reference := _booked_before(hold_id, visit)) is None:
            raise
        return reference  # a double click: the other press was quicker


def _book(
    hold: Hold, person: Person, *, visit: Visit, clinic: Clinic, exempt: bool, now: datetime
) -> str:
    reference = new_reference(clinic.reference_prefix)
    with transaction() as session:
        _count_try(session, person, visit=visit, exempt=exempt, now=now)
        holding.check_kept(session, hold, clinic, now=now)
        values = {
            "reference": reference,
            "patient_id": visit.patient_id,
            "intake_id": visit.intake_id,
            "reading_id": visit.reading_id,
        }
        tentative = clinic.under_pressure(now=now) and not exempt
        values |= _waiting(now) if tentative else made(now)
        _make(session, hold, values, person, visit=visit, now=now)
        owed = booked_mails(hold.id, hold.interval, person.language, clinic, now=now)
        owed = [_to_confirm(owed[0])] if tentative else owed
        mails.owe(session, owed, now=now)
        verb = "book_tentatively" if tentative else "book"
        journal.note(
            session, verb, actor="patient", appointment_id=hold.id, now=now,
            start=hold.interval.start.isoformat(), clinician=hold.wish.clinician_id,
        )  # fmt: skip
        if not tentative:
            doctor_mails.owe(session, hold.id, clinic, after=hold.wish, now=now)
            note_booking(
                session, visit.reading_id, visit.intake_id, now=now,
                with_guide=clinic.visit_types[hold.wish.visit_type_id].needs_primer,
            )  # fmt: skip
        visitors.grant_new(session, visit.id, hold.id, now=now)
    return reference


def made(now: datetime) -> dict[str, Any]:
    """Return what an appointment is from now on."""
    return {"status": Status.BOOKED, "hold_until": None, "booked_at": now}


def _waiting(now: datetime) -> dict[str, Any]:
    return {"status": Status.TENTATIVE, "hold_until": now + TENTATIVE}


def _booked_before(hold_id: str, visit: Visit) -> str | None:
    """Return the reference of what this session made of the hold, if it did."""
    session = reading()
    if hold_id not in {granted.appointment_id for granted in visitors.grants(session, visit.id)}:
        return None
    known = appointments.find(session, appointments.by_id(hold_id))
    return None if known is None else known.reference


def just_booked(visit: Visit) -> str | None:
    """Return the reference of the one appointment that this session booked, if it is one."""
    session = reading()
    own = [one.appointment_id for one in visitors.grants(session, visit.id) if not one.by_link]
    known = appointments.find(session, appointments.by_id(own[0])) if len(own) == 1 else None
    return None if known is None else known.reference


def _count_try(
    session: Session, person: Person, *, visit: Visit, exempt: bool, now: datetime
) -> None:
    """Refuse one network too many bookings a day.

    The counted rows stay locked until the end, the address's too: eight confirmations at
    once cannot all be the third appointment of one address.
    """
    day = now.date()
    by_address = tally_of(session, person.email, now=now)
    by_network = sealing.of(session).keyed_hash(f"book|{day}", visit.network_key)
    counted = tallies.count(session, [by_address] if exempt else [by_address, by_network], day=day)
    if counted.get(by_network, 0) > rules.BOOKINGS_PER_NETWORK:
        raise TooManyBookings


def tally_of(session: Session, email: str, *, now: datetime) -> str:
    """Return the key of the count that is locked while an address gets an appointment."""
    return sealing.of(session).keyed_hash(f"book|{now.date()}", people.email_key(email))


def _make(
    session: Session,
    hold: Hold,
    values: dict[str, Any],
    person: Person,
    *,
    visit: Visit,
    now: datetime,
) -> None:
    email_key, at_most = people.email_key(person.email), rules.APPOINTMENTS_PER_ADDRESS
    if holds.book(session, hold, visit.id, values, email_key=email_key, at_most=at_most, now=now):
        return
    still_mine = holding.still_theirs(session, hold, visit)
    if still_mine is None:
        raise HoldEnded
    raise HoldClosed if still_mine.until < hold.until else TooManyAppointments


def booked_mails(
    appointment_id: str, slot: Interval, language: str, clinic: Clinic, *, now: datetime
) -> list[dict[str, Any]]:
    """Return the mails to owe for an appointment that was just made, the first one first."""
    base: dict[str, Any] = {"appointment_id": appointment_id, "sequence": 0, "language": language}
    booked = base | {"kind": LetterKind.BOOKED, "due_at": now, "lead_hours": 0}
    return [booked, *reminders(base, slot, clinic, now=now)]


def _to_confirm(booked: dict[str, Any]) -> dict[str, Any]:
    return booked | {"kind": LetterKind.TO_CONFIRM}


def reminders(
    base: dict[str, Any], slot: Interval, clinic: Clinic, *, now: datetime
) -> list[dict[str, Any]]:
    """Return the reminders to owe for a time."""
    return [
        base | {"kind": LetterKind.REMINDER, "lead_hours": hours, "due_at": due}
        for hours, due in rules.reminders_due(slot, clinic.reminder_hours, now=now)
    ]


def new_reference(prefix: str) -> str:
    """Return a code that people can say on the phone, such as HB-7K4-QM2; it opens nothing."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{prefix}-{letters[:3]}-{letters[3:]}"
