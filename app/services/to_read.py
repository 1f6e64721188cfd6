"""Guides that are open before a visit: taken up by a link, reminded of, told to the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import AlreadyCancelled, AlreadyOver, UnlockNeeded
from app.domain.staff import Permission, Staff
from app.domain.to_read import Rule
from app.services import attending, working_day
from app.services.appointment import mine
from app.services.record import note_booking
from app.storage import appointments, holds, journal, people, readings, to_read, visitors
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.visitors import Visit

ALOUD = "staff"  # how a record names whoever read aloud begins so
BEGUN, READ, STOPPED, CALLED = "guide_begun", "guide_read", "please_call", "called"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A visit for the desk to look after.

    *please_call*: whoever read was told by the page not to wait; what for, nobody here knows.
    """

    appointment: Appointment
    begun: bool
    due: bool
    please_call: bool


def is_open(about: Appointment, clinic: Clinic) -> bool:
    """Say whether a visit asks for the guide and nobody read it to its end."""
    asks = clinic.primer_on and clinic.visit_types[about.wish.visit_type_id].needs_primer
    row = readings.find(reading(), about.reading_id) if asks and about.reading_id else None
    return asks and (row is None or row.finished_at is None)


def is_due(about: Appointment, clinic: Clinic, *, now: datetime) -> bool:
    """Say whether the desk should look after an open guide: the working day before is here."""
    zone = clinic.locations[about.wish.location_id].zone
    day = about.interval.start.astimezone(zone).date()
    last = working_day.before(day, clinic)
    return clinic.guide_rule != Rule.KEEP and now.astimezone(zone).date() >= last


def find(reference: str, *, actor: Actor, clinic: Clinic, now: datetime) -> Appointment | None:
    """Return the patient's appointment if there is still something to read for it.

    Raises NotYours, AlreadyCancelled, AlreadyOver, and UnlockNeeded where somebody has begun:
    their answers are shown only to whoever gives the birth date.
    """
    about = mine(reference, actor)
    if about.status == Status.CANCELLED:
        raise AlreadyCancelled
    if about.status != Status.BOOKED or about.interval.start <= now:
        raise AlreadyOver
    if not is_open(about, clinic):
        return None
    if about.reading_id is not None and about.id not in actor.unlocked:
        raise UnlockNeeded
    return about


@retried
def take_up(
    reference: str, *, visit: Visit, actor: Actor, clinic: Clinic, now: datetime
) -> Appointment | None:
    """Let a visitor read for their appointment: on from where it was left, or from the start.

    What else they were reading is put down.  Raises what `find` raises.
    """
    about = find(reference, actor=actor, clinic=clinic, now=now)
    if about is not None:
        known = goes_on_with(about, aloud=False)
        with transaction() as session:
            visitors.change(session, visit.id, reading_id=known)
    return about


def goes_on_with(about: Appointment, *, aloud: bool) -> str | None:
    """Return the reading to go on with: a record says of each who read it, so of one kind only."""
    row = readings.find(reading(), about.reading_id) if about.reading_id else None
    read_aloud = row is not None and row.answered_by.startswith(ALOUD)
    return row.id if row is not None and read_aloud is aloud else None


def _theirs(reference: str, actor: Actor | Staff) -> Appointment:
    """Return the appointment that a patient's link opened, or that is the desk's to see."""
    if isinstance(actor, Staff):
        return attending.find(reference, actor)
    return mine(reference, actor)


def _named(actor: Actor | Staff) -> str:
    return actor.signature if isinstance(actor, Staff) else "patient"


@retried
def attach(
    reference: str,
    reading_id: str,
    *,
    told: Collection[str],
    actor: Actor | Staff,
    clinic: Clinic,
    now: datetime,
) -> None:
    """Bind a reading to its appointment, instead of one that was left; twice is once.

    *told* names the points of the safety check that the doctor should know.
    """
    about = _theirs(reference, actor)
    if about.reading_id == reading_id or not is_open(about, clinic):
        return
    values: dict[str, object] = {"reading_id": reading_id}
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        if about.intake_id is None and told:
            words = {"needs": list(about.needs), "question": "", "told": list(told)}
            values["intake_id"] = people.keep_words(session, words, intake_id=None, now=now)
        appointments.change(session, about, values, now=now)
        intake_id = str(values["intake_id"]) if "intake_id" in values else about.intake_id
        note_booking(session, reading_id, intake_id, with_guide=True, now=now)
        journal.note(session, BEGUN, actor=_named(actor), appointment_id=about.id, now=now)


@retried
def finish(reference: str, *, actor: Actor | Staff, clinic: Clinic, now: datetime) -> None:
    """Note that the guide was read to its end; the board shows it."""
    about = _theirs(reference, actor)
    if is_open(about, clinic):
        return
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        appointments.change(session, about, {"reading_id": about.reading_id}, now=now)
        journal.note(session, READ, actor=_named(actor), appointment_id=about.id, now=now)


@retried
def stop(reference: str, *, actor: Actor | Staff, now: datetime) -> None:
    """Ask the desk to call: the page told somebody not to wait.  Not a word of why is kept."""
    about = _theirs(reference, actor)
    if please_call(about):
        return
    with transaction() as session:
        journal.note(session, STOPPED, actor=_named(actor), appointment_id=about.id, now=now)


def open_guides(*, actor: Staff, clinic: Clinic, now: datetime) -> list[Open]:
    """Return the visits to come whose guide is open, the next first, in the actor's calendars.

    What is *due* needs the desk: the working day before has come.
    """
    actor.needs(Permission.RUN_DAY)
    ids, session = actor.seen(clinic.clinicians), reading()
    found = to_read.coming(session, ids, called_for=STOPPED, now=now)
    lines = to_read.noted(session, [one.id for one, _open in found], (STOPPED, CALLED))
    return [
        Open(
            appointment=one,
            begun=one.reading_id is not None,
            due=unread and is_due(one, clinic, now=now),
            please_call=call,
        )
        for one, unread in found
        if (call := to_be_called(lines.get(one.id, []))) or (unread and clinic.primer_on)
    ]


def please_call(about: Appointment) -> bool:
    """Say whether somebody is to be called about an appointment."""
    return to_be_called(to_read.noted(reading(), [about.id], (STOPPED, CALLED)).get(about.id, []))


def to_be_called(verbs: list[str]) -> bool:
    """Say whether nobody called since the page asked for it."""
    return bool(verbs) and verbs[-1] == STOPPED


@retried
def called(reference: str, *, actor: Staff, now: datetime) -> None:
    """Note that somebody of the desk called; twice is once."""
    about = attending.find(reference, actor)
    if please_call(about):
        with transaction() as session:
            journal.note(session, CALLED, actor=actor.signature, appointment_id=about.id, now=now)
