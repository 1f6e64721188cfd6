"""Booking for a caller: the same table and the same guard as patients' own bookings."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.alike import Alike, LooksKnown, alike, sought
from app.domain.appointment import Appointment, Person, Wish
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.refusals import NotYours, SlotTaken
from app.domain.staff import Permission, Staff
from app.domain.timeline import CELL
from app.services import calendar, desk_moving, doctor_mails, elsewhere, finding, offer
from app.services import clinic as clinics
from app.services.booking import booked_mails, made, new_reference
from app.services.day import anybody_at, check_hours, check_open, offered, time_of
from app.services.offer import Offer, Search
from app.storage import appointments, holds, journal, mails, people, sealing
from app.storage.database import reading, retried, transaction
from app.storage.types import spelled

BOOK = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a caller asks for.

    *key* is the form's own: the same form sent twice is one appointment.  *overlap* names why two
    may be there at one time; *aware* are the keys of those who look like the caller and
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


def free_times(
    search: Search,
    *,
    moving: Appointment | None = None,
    actor: Staff,
    clinic: Clinic,
    now: datetime,
) -> Offer:
    """Return what is free in the calendars that are the actor's to see, also at short notice.

    To an appointment that is *moving* its own time is free too.
    """
    actor.needs(Permission.RUN_DAY)
    seen = {id_: clinic.clinicians[id_] for id_ in actor.seen(clinic.clinicians)}
    theirs = replace(clinic, clinicians=seen).without_notice()
    return offer.find(search, theirs, moving=moving, now=now)


def place_at(clinician_id: int, start: datetime, clinic: Clinic) -> int | None:
    """Return the place where a doctor is in at an instant."""
    grid = calendar.around(start.date())
    then, hours = grid.cover(Interval(start, start + CELL)), clinic.hours[clinician_id]
    there = (id_ for id_, place in clinic.locations.items() if hours.open_at(place, grid) & then)
    return next(there, None)


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
    offered(call.wish, clinic)
    looked = _alike(call, actor, clinic, now=now)
    session = reading()
    if (before := _made_before(session, call.id_of(session, actor))) is not None:
        return before  # a double click, or the back button
    check_open(call.wish, clinic, now=now)
    if {one.key for one in looked} - call.aware:
        raise LooksKnown(looked)
    return _book(call, actor, clinic, now=now)


def _alike(call: Call, actor: Staff, clinic: Clinic, *, now: datetime) -> list[Alike]:
    known, _more = finding.known(sought(call.person), actor=actor, clinic=clinic, now=now)
    wanted = clinic.visit_types[call.wish.visit_type_id].interval(call.wish.start)
    return alike(call.person, known, wanted=wanted)


def _made_before(session: Session, id_: str) -> str | None:
    known = appointments.find(session, appointments.by_id(id_))
    return None if known is None else known.reference


def _book(call: Call, actor: Staff, clinic: Clinic, *, now: datetime) -> str:
    wish, person, visit_type = call.wish, call.person, clinic.visit_types[call.wish.visit_type_id]
    with transaction() as session:
        holds.lock_calendars(session, [wish.clinician_id])
        id_ = call.id_of(session, actor)
        if (before := _made_before(session, id_)) is not None:
            return before
        interval, blocked = visit_type.interval(wish.start), visit_type.blocked(wish.start)
        check_hours(wish, interval, clinics.as_it_is(session, clinic))
        taken = anybody_at(session, wish.clinician_id, blocked, but=id_, now=now)
        if taken and call.overlap is None:
            raise SlotTaken
        away = elsewhere.check(
            session, wish.clinician_id, interval, allowed=call.overlap is not None, now=now
        )
        reason = call.overlap if taken else None
        patient_id = people.keep(session, person, needs=call.needs, patient_id=None, now=now)
        row = time_of(wish, clinic) | made(now) | {"patient_id": patient_id}
        reference = new_reference(clinic.reference_prefix)
        appointments.add(
            session, row | {"id": id_, "reference": reference, "overlap_reason": reason}
        )
        if person.email:
            owed = booked_mails(id_, interval, person.language, clinic, now=now)
            mails.owe(session, owed, now=now)
        doctor_mails.owe(session, id_, clinic, after=wish, now=now)
        elsewhere.allow(session, id_, 0, away, actor=actor, now=now)
        why = {"overlap": call.overlap} if taken or away else {}
        journal.note(
            session, BOOK, actor=actor.signature, appointment_id=id_, now=now,
            start=wish.start.isoformat(), clinician=wish.clinician_id, **why,
        )  # fmt: skip
    return reference
