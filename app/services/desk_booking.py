"""Booking for a caller: the same table and the same guard as patients' own bookings."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.alike import Alike, LooksKnown, alike, sought
from app.domain.appointment import Person, Wish
from app.domain.clinic import Clinic
from app.domain.hours import open_cells
from app.domain.interval import Interval
from app.domain.refusals import NotYours, SlotTaken
from app.domain.staff import Permission, Staff
from app.domain.timeline import CELL, Grid
from app.services import calendar, desk_moving, doctor_mails, finding
from app.services.booking import booked_mails, made, new_reference
from app.services.day import anybody_at, offered
from app.services.offer import Offer, Search
from app.storage import appointments, holds, journal, mails, people, sealing
from app.storage.database import reading, retried, transaction
from app.storage.types import spelled

BOOK = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a caller asks for.

    *key* is the form's own: the same form sent twice is one appointment.  *overlap* names why two
    may be there at one time; *aware* are the references of those who look like the caller and
    are somebody else, or want another appointment.
    """

    key: str
    wish: Wish
    person: Person
    needs: tuple[str, ...] = ()
    overlap: str | None = None
    aware: frozenset[str] = frozenset()

    def id_of(self, session: Session, actor: Staff) -> str:
        """Return the id of what comes of it: the same for the same, and nobody can guess it."""
        who = (self.person.name, self.person.birth_date)
        text = repr((actor.id, self.key, self.wish, *who))
        return spelled(bytes.fromhex(sealing.of(session).keyed_hash("desk.book", text)))


def free_times(search: Search, *, actor: Staff, clinic: Clinic, now: datetime) -> Offer:
    """Return what is free in the calendars that are the actor's to see, also at short notice."""
    actor.needs(Permission.RUN_DAY)
    seen = {id_: one for id_, one in clinic.clinicians.items() if actor.sees(id_)}
    return desk_moving.free_times(None, search, replace(clinic, clinicians=seen), now=now)


def place_at(clinician_id: int, start: datetime, clinic: Clinic) -> int | None:
    """Return the place where a doctor is in at an instant."""
    grid = Grid.of_days(start.date() - timedelta(days=calendar.MARGIN), 2 * calendar.MARGIN + 1)
    then = grid.cover(Interval(start, start + CELL))
    for id_ in clinic.locations:
        if open_cells(calendar.stretches(clinic, clinician_id, id_, grid), grid) & then:
            return id_
    return None


@retried
def book(call: Call, *, actor: Staff, clinic: Clinic, now: datetime) -> str:
    """Make an appointment for a caller, owe its mails, and return its reference.

    No limit that keeps vandals off counts here.  Raises NotYours, NotAllowed, UnknownAnswer,
    NotOffered, InThePast, ClinicClosed, SlotTaken, and LooksKnown until it is said to be right.
    """
    actor.needs(Permission.RUN_DAY)
    if not actor.sees(call.wish.clinician_id):
        raise NotYours
    desk_moving.check_overlap(call.overlap, actor)
    visit_type = offered(call.wish, clinic)
    interval = Interval(call.wish.start, call.wish.start + visit_type.rule.length)
    looked = _alike(call.person, actor, clinic, now=now)
    session = reading()
    if (before := _made_before(session, call.id_of(session, actor))) is not None:
        return before  # a double click, or the back button
    desk_moving.check_open(call.wish, interval, clinic, now=now)
    if {one.found.reference for one in looked} - call.aware:
        raise LooksKnown(looked)
    return _book(call, interval, actor, clinic, now=now)


def _alike(person: Person, actor: Staff, clinic: Clinic, *, now: datetime) -> list[Alike]:
    known, _more = finding.known(sought(person), actor=actor, clinic=clinic, now=now)
    return alike(person, known)


def _made_before(session: Session, id_: str) -> str | None:
    known = appointments.find(session, appointments.by_id(id_))
    return None if known is None else known.reference


def _book(call: Call, interval: Interval, actor: Staff, clinic: Clinic, *, now: datetime) -> str:
    wish, person = call.wish, call.person
    with transaction() as session:
        holds.lock_calendars(session, [wish.clinician_id])
        id_ = call.id_of(session, actor)
        if (before := _made_before(session, id_)) is not None:
            return before
        blocked = clinic.visit_types[wish.visit_type_id].blocked(wish.start)
        taken = anybody_at(session, wish.clinician_id, blocked, but=id_, now=now)
        if taken and call.overlap is None:
            raise SlotTaken
        reason = call.overlap if taken else None
        patient_id = people.keep(session, person, needs=call.needs, patient_id=None, now=now)
        row = _row(wish, interval, blocked) | made(now) | {"patient_id": patient_id}
        reference = new_reference(clinic.reference_prefix)
        appointments.add(
            session, row | {"id": id_, "reference": reference, "overlap_reason": reason}
        )
        if person.email:
            owed = booked_mails(id_, interval, person.language, clinic, now=now)
            mails.owe(session, owed, now=now)
        doctor_mails.owe(session, id_, clinic, after=wish, now=now)
        why = {"overlap": reason} if reason else {}
        journal.note(
            session, BOOK, actor=actor.signature, appointment_id=id_, now=now,
            start=wish.start.isoformat(), clinician=wish.clinician_id, **why,
        )  # fmt: skip
    return reference


def _row(wish: Wish, interval: Interval, blocked: Interval) -> dict[str, Any]:
    return {
        "clinician_id": wish.clinician_id,
        "location_id": wish.location_id,
        "visit_type_id": wish.visit_type_id,
        "video": wish.video,
        "starts_at": interval.start,
        "ends_at": interval.end,
        "blocked_from": blocked.start,
        "blocked_until": blocked.end,
        "sequence": 0,
        "link_version": 0,
    }
