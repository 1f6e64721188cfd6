"""Who changed what, and how often somebody tried."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class JournalEntry(Model):
    """One change, append-only: references and times, never health words."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str]
    verb: Mapped[str]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)


class JournalLink(Model):
    """The keyed hash that binds a line of the journal to all lines before it; append-only."""

    __tablename__ = "journal_link"

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    link: Mapped[str]


class Tally(Model):
    """How often something was tried in one hour or day; the key is a keyed hash."""

    __tablename__ = "tally"

    key: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    count: Mapped[int]
