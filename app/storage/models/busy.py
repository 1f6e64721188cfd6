"""Doctors' other calendars, and the times at which those say that they are busy."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class BusyCalendar(Model):
    """Another calendar of a doctor's; one without an address was handed in as a file.

    *read_at* is when it was last read well, *trusted_until* from when on its doctor's new times
    are withheld, *known_until* how far ahead its times are known.
    """

    __tablename__ = "busy_calendar"

    id: Mapped[str] = mapped_column(primary_key=True)
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"), index=True)
    name: Mapped[str]
    address: Mapped[bytes | None]
    added_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    known_until: Mapped[datetime | None] = mapped_column(Instant)
    trusted_until: Mapped[datetime | None] = mapped_column(Instant)
    skipped: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None]
    etag: Mapped[str] = mapped_column(default="")
    modified: Mapped[str] = mapped_column(default="")
    next_try_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None]


class BusyTime(Model):
    """A time at which a doctor is busy elsewhere; nobody here knows with what."""

    __tablename__ = "busy_time"

    calendar_id: Mapped[str] = mapped_column(ForeignKey("busy_calendar.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(Instant)
