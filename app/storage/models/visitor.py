"""Somebody on the site just now."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class Visitor(Model):
    """A session: the hash of the cookie's handle, and how far the person has come.

    *network_key* is a keyed hash that changes daily: no address is kept.
    """

    __tablename__ = "visitor"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)
    way: Mapped[str]
    safety_at: Mapped[datetime | None] = mapped_column(Instant)
    network_key: Mapped[str] = mapped_column(index=True)
    reading_id: Mapped[str | None] = mapped_column(ForeignKey("reading.id"))
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"))
    intake_id: Mapped[str | None] = mapped_column(ForeignKey("intake.id"))


class VisitorGrant(Model):
    """An appointment that a session may see, because it was booked or its link opened there.

    *by_link* says that the link was: then whoever is there reads the patient's mail.
    """

    __tablename__ = "visitor_grant"

    visitor_id: Mapped[str] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), primary_key=True
    )
    appointment_id: Mapped[str] = mapped_column(
        ForeignKey("appointment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    link_version: Mapped[int]
    by_link: Mapped[bool]
    granted_at: Mapped[datetime] = mapped_column(Instant)
    unlocked_at: Mapped[datetime | None] = mapped_column(Instant)
