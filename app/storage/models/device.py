"""Devices that follow calendars: how they prove whose they are, and what changed for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class DevicePassword(Model):
    """The password of one device, hashed: it opens calendars and nothing else."""

    __tablename__ = "device_password"
    __table_args__ = (
        CheckConstraint("scope IN ('look', 'move', 'cancel')", name="device_password_scope"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    scope: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class CalendarChange(Model):
    """When something in a doctor's calendar last changed or went: the calendar's revision then.

    Triggers write it (migrations/guard.py), so nobody forgets to.  The clinician's row is locked
    from the counting on until the change is kept: revisions are seen in their order.
    """

    __tablename__ = "calendar_change"
    __table_args__ = (Index("ix_calendar_change_revision", "clinician_id", "revision"),)

    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)  # of the object, as devices ask for it
    revision: Mapped[int]


class CalendarBlock(Model):
    """A closure that a device put into a doctor's calendar, under the names it gave it."""

    __tablename__ = "calendar_block"
    __table_args__ = (
        UniqueConstraint("clinician_id", "name", name="calendar_block_name"),
        UniqueConstraint("clinician_id", "uid", name="calendar_block_uid"),
    )

    closure_id: Mapped[int] = mapped_column(
        ForeignKey("closure.id", ondelete="CASCADE"), primary_key=True
    )
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"))
    name: Mapped[str]
    uid: Mapped[str]
    put_at: Mapped[datetime] = mapped_column(Instant)
