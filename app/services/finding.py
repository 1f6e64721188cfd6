"""Finding a caller: whoever fits, with what they have booked."""

from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.finding import AT_MOST, Found, Line, Sought
from app.domain.staff import Permission, Staff
from app.services import looked
from app.storage import finding, sealing
from app.storage.database import reading
from app.storage.finding import Row
from app.storage.models import Status

OVER = (Status.COMPLETED, Status.MISSED, Status.CANCELLED)


def find(
    typed: str, sought: Sought, *, actor: Staff, clinic: Clinic, now: datetime
) -> tuple[list[Found], bool]:
    """Return fifty people at most, and whether there are more; raises TooVague.

    Clinicians find who comes to them.  The journal keeps that somebody looked, and a keyed hash
    of what for: who was looked for can be asked, not read off.
    """
    actor.needs(Permission.RUN_DAY)
    sought.check()
    wanted = sealing.of(reading()).keyed_hash("find", typed)
    looked.note("find", actor=actor, now=now, sought=wanted)
    return known(sought, actor=actor, clinic=clinic, now=now)


def known(
    sought: Sought, *, actor: Staff, clinic: Clinic, now: datetime
) -> tuple[list[Found], bool]:
    """Return the same of what no person typed: for the rules, and not to be looked at."""
    ids = actor.seen(clinic.clinicians)
    only = None if len(ids) == len(clinic.clinicians) else ids
    session = reading()
    people = finding.people(session, sought, clinician_ids=only, at_most=AT_MOST + 1)
    shown = people[:AT_MOST]
    rows = finding.appointments(session, shown, clinician_ids=only) if shown else []
    theirs = [[row for row in rows if (row.search_name, row.birth_date) == one] for one in shown]
    return [_found(found, now) for found in theirs if found], len(people) > AT_MOST


def _found(rows: list[Row], now: datetime) -> Found:
    """Tell about one person, as they said it last."""
    newest = rows[0]
    coming = [row for row in rows if row.start >= now and row.status not in OVER]
    past = [row for row in rows if row not in coming]
    return Found(
        name=newest.name,
        birth_date=newest.birth_date,
        phone=newest.phone,
        email=newest.email,
        booker_name=newest.booker_name,
        coming=tuple(_line(row) for row in reversed(coming)),
        last=_line(past[0]) if past else None,
    )


def _line(row: Row) -> Line:
    return Line(
        reference=row.reference,
        status=row.status,
        start=row.start,
        end=row.end,
        clinician_id=row.clinician_id,
        location_id=row.location_id,
        visit_type_id=row.visit_type_id,
        video=row.video,
    )
