"""Whether the clinic can work just now: the database, its migrations, its guard, its mail."""

from datetime import datetime, timedelta

from app.storage import health, replies
from app.storage.database import reading

MAIL_LATE = timedelta(hours=1)
CLOCK_OFF = timedelta(seconds=5)  # between this machine and the database's


def check(*, now: datetime) -> list[str]:
    """Return what is wrong, as codes; nothing means ready."""
    session = reading()
    wrong = blocking(now=now)
    if "migrations_missing" in wrong:
        return wrong  # there may be no mail to ask about
    if (oldest := health.oldest_owed(session, now=now)) and now - oldest > MAIL_LATE:
        wrong.append("mail_late")
    if (fault := replies.fault(session)) and now - fault[1] > MAIL_LATE:
        wrong.append("inbox_away")
    return wrong


def blocking(*, now: datetime) -> list[str]:
    """Return what must be mended before anybody is served, as codes."""
    session = reading()
    wrong = []
    if health.migration_head(session) != health.newest_migration():
        wrong.append("migrations_missing")
    elif not health.guard_present(session):
        wrong.append("guard_missing")
    elif not health.is_set_up(session):
        wrong.append("clinic_missing")
    if abs(health.clock_ahead(session, now=now)) > CLOCK_OFF:
        wrong.append("clock_differs")
    return wrong


def mail_age(*, now: datetime) -> float:
    """Return for how many seconds the oldest mail has been due."""
    oldest = health.oldest_owed(reading(), now=now)
    return (now - oldest).total_seconds() if oldest else 0.0


def numbers(*, now: datetime) -> dict[str, int]:
    """Return counts for whoever watches the machine; numbers only."""
    return health.numbers(reading(), now=now)
