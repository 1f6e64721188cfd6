"""Appointments that lost their time to a closure or to other hours."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class Rehousing(Model):
    """How far it is with an appointment that lost its time; whether it has one is computed.

    *stood_at* is the start that it lost; *called* how the last call ended.
    """

    __tablename__ = "rehousing"

    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    closure_id: Mapped[int | None] = mapped_column(ForeignKey("closure.id"), index=True)
    lost_at: Mapped[datetime] = mapped_column(Instant, index=True)
    stood_at: Mapped[datetime] = mapped_column(Instant)
    called: Mapped[str] = mapped_column(default="", server_default="")
    called_at: Mapped[datetime | None] = mapped_column(Instant)
