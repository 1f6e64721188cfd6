"""What the database says about itself."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from app.storage import mails, models, replies
from app.storage.appointments import NO_OVERLAP

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "versions"
SQLITE_GUARD = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN"
    " (:guard || '_INSERT', :guard || '_UPDATE')"
)
POSTGRES_GUARD = (
    "SELECT 2 * count(*) FROM pg_constraint WHERE conname = :guard AND contype = 'x'"
    " AND conrelid = 'appointment'::regclass AND convalidated"
)


def migration_head(session: Session) -> str | None:
    """Return the revision that the database is at."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    head: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return head


@lru_cache(maxsize=1)
def newest_migration() -> str:
    """Return the revision that this code wants: migrations are files in their order."""
    return max(path.name.partition("_")[0] for path in MIGRATIONS.glob("[0-9]*.py"))


def guard_present(session: Session) -> bool:
    """Say whether the database itself refuses a double booking."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    query = text(POSTGRES_GUARD if on_postgres else SQLITE_GUARD)
    found: int | None = session.scalar(query, {"guard": NO_OVERLAP})
    return found == 2


def is_set_up(session: Session) -> bool:
    """Say whether a clinic lives here."""
    return session.scalar(select(models.Clinic.id)) is not None


def clock_ahead(session: Session, *, now: datetime) -> timedelta:
    """Return how far our clock is ahead of the database's; a file has no clock of its own."""
    if session.get_bind().dialect.name != "postgresql":
        return timedelta(0)
    theirs: datetime | None = session.scalar(text("SELECT clock_timestamp()"))
    return now - theirs if theirs else timedelta(0)


def oldest_owed(session: Session, *, now: datetime) -> datetime | None:
    """Return since when the mail that waits longest is due."""
    return mails.oldest_owed(session, now=now)


def numbers(session: Session, *, now: datetime) -> dict[str, int]:
    """Count appointments and mails by where they stand, what is held, and what is not reached."""
    counted: dict[str, int] = {}
    appointment, mail = models.Appointment, models.Mail
    by_status = select(appointment.status, func.count()).group_by(appointment.status)
    for status, number in session.execute(by_status):
        counted[f'foreword_appointments{{status="{status}"}}'] = number
    by_state = select(mail.state, func.count()).group_by(mail.state)
    for state, number in session.execute(by_state):
        counted[f'foreword_mails{{state="{state}"}}'] = number
    held = (appointment.status == models.Status.HELD) & (appointment.hold_until > now)
    live = select(func.count()).select_from(appointment).where(held)
    counted["foreword_holds_live"] = session.scalar(live) or 0
    pressed = select(func.count()).select_from(models.Clinic)
    pressed = pressed.where(models.Clinic.pressure_until > now)
    counted["foreword_pressure"] = session.scalar(pressed) or 0
    late = select(func.count()).where(models.BusyCalendar.trusted_until < now)
    counted["foreword_busy_calendars_late"] = session.scalar(late) or 0
    fault = replies.fault(session)
    counted["foreword_inbox_away_seconds"] = round((now - fault[1]).total_seconds()) if fault else 0
    return counted
