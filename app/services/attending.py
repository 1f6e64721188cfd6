"""Who is here: what the desk notes about an appointment on its day, and takes back."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.desk_refusals import NothingToUndo, NotToday
from app.domain.refusals import ChangedMeanwhile, NotYours
from app.domain.staff import Permission, Staff
from app.services import looked
from app.services.prepared import Guide, guide_of
from app.services.record import brief_of
from app.storage import appointments, holds, journal, mails, staff
from app.storage.database import reading, retried, transaction
from app.storage.models import JournalEntry, Mail, Status

NEXT: dict[str, tuple[Status, ...]] = {
    Status.BOOKED: (Status.ARRIVED, Status.MISSED, Status.COMPLETED),
    Status.ARRIVED: (Status.IN_ROOM, Status.COMPLETED, Status.MISSED),
    Status.IN_ROOM: (Status.COMPLETED,),
}
MARK, UNDO, NOTE, SEE = "mark", "undo", "note", "see"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """An appointment as the desk sees it, with what may be done about it now."""

    appointment: Appointment
    guide: Guide | None
    mails: list[Mail]
    journal: list[JournalEntry]
    names: dict[str, str]  # of staff, by their signature
    marks: tuple[Status, ...]
    undoes: Status | None


def find(reference: str, actor: Staff) -> Appointment:
    """Return an appointment of a calendar that is the actor's to see, or refuse."""
    actor.needs(Permission.RUN_DAY)
    found = appointments.find(reading(), appointments.by_reference(reference))
    if found is None or not actor.sees(found.wish.clinician_id):
        raise NotYours
    return found


def found_by_id(appointment_id: str | None, actor: Staff) -> Appointment | None:
    """Return an appointment by its id, if there is one and its calendar is the actor's to see."""
    actor.needs(Permission.RUN_DAY)
    if appointment_id is None:
        return None
    found = appointments.find(reading(), appointments.by_id(appointment_id))
    return found if found is not None and actor.sees(found.wish.clinician_id) else None


def see(reference: str, *, actor: Staff, clinic: Clinic, now: datetime) -> AtDesk:
    """Return what the desk knows about an appointment; that somebody looked is written down."""
    found = find(reference, actor)
    looked.note(SEE, actor=actor, appointment_id=found.id, now=now)
    session = reading()
    lines = journal.of(session, found.id)  # after the note: keeping it lets go of all rows
    return AtDesk(
        appointment=found,
        guide=_guide(found),
        mails=mails.with_offers(session, found.id),
        journal=[line for line in lines if line.verb != SEE],
        names=staff.names(session),
        marks=_marks(found, clinic, now=now),
        undoes=_undoes(lines, found, clinic, now=now),
    )


def _guide(found: Appointment) -> Guide | None:
    told = brief_of(found.reading_id) if found.reading_id else None
    return None if told is None else guide_of(told)


def _marks(found: Appointment, clinic: Clinic, *, now: datetime) -> tuple[Status, ...]:
    allowed = NEXT.get(found.status, ())
    return tuple(one for one in allowed if _is_time(found, one, clinic, now=now))


def _is_time(found: Appointment, to: Status, clinic: Clinic, *, now: datetime) -> bool:
    if to == Status.MISSED:
        return now >= found.interval.start
    zone = clinic.locations[found.wish.location_id].zone
    return now.astimezone(zone).date() >= found.interval.start.astimezone(zone).date()


def _undoes(
    lines: list[JournalEntry], found: Appointment, clinic: Clinic, *, now: datetime
) -> Status | None:
    """Return where the last mark of today would be taken back to."""
    marks = [line for line in lines if line.verb in (MARK, UNDO)]
    if not marks or marks[-1].verb == UNDO:
        return None
    before, after = marks[-1].change["status"]
    same_day = clinic.day_at(marks[-1].at) == clinic.day_at(now)
    return Status(before) if same_day and after == found.status else None


@retried
def mark(
    reference: str, to: str, *, revision: int, actor: Staff, clinic: Clinic, now: datetime
) -> None:
    """Note that somebody arrived, is in the room, is done or did not come; twice is once.

    Raises NotYours, NotToday, and ChangedMeanwhile where it does not stand as it was seen.
    """
    found = find(reference, actor)
    if found.status == to:
        return
    if found.revision != revision or to not in NEXT.get(found.status, ()):
        raise ChangedMeanwhile
    if not _is_time(found, Status(to), clinic, now=now):
        raise NotToday
    _become(found, Status(to), MARK, actor, now=now)


@retried
def undo(reference: str, *, revision: int, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Take the last mark of today back; raises NothingToUndo, ChangedMeanwhile."""
    found = find(reference, actor)
    if found.revision != revision:
        raise ChangedMeanwhile
    before = _undoes(journal.of(reading(), found.id), found, clinic, now=now)
    if before is None:
        raise NothingToUndo
    _become(found, before, UNDO, actor, now=now)


def _become(found: Appointment, to: Status, verb: str, actor: Staff, *, now: datetime) -> None:
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id])
        appointments.change(session, found, {"status": to}, now=now)
        journal.note(
            session, verb, actor=actor.signature, appointment_id=found.id, now=now,
            status=[found.status, to],
        )  # fmt: skip


@retried
def note(reference: str, text: str, *, revision: int, actor: Staff, now: datetime) -> None:
    """Keep the desk's note on an appointment; the journal says that it changed, not what it says.

    Raises ChangedMeanwhile when a colleague was quicker: then theirs stays.
    """
    found = find(reference, actor)
    if found.desk_note == text:
        return
    if found.revision != revision:
        raise ChangedMeanwhile
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id])
        appointments.change(session, found, {"desk_note": text[:LONGEST_NOTE]}, now=now)
        journal.note(session, NOTE, actor=actor.signature, appointment_id=found.id, now=now)
