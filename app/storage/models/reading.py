"""One person's way through the primer, and the evidence of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant, new_id


class Reading(Model):
    """A reading of one edition in one language; nothing in it says who reads."""

    __tablename__ = "reading"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    code_hash: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str]
    language: Mapped[str]
    jurisdiction: Mapped[str]
    answered_by: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class RecordEntry(Model):
    """A line of the education record: append-only, each chained to the one before.

    Erasure takes *payload* and *salt* away and nothing else; the chain still verifies.
    """

    __tablename__ = "record_entry"

    reading_id: Mapped[str] = mapped_column(ForeignKey("reading.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str]
    subject: Mapped[str]
    edition: Mapped[str]
    shown_sha: Mapped[str]
    language: Mapped[str]
    answered_by: Mapped[str]
    payload: Mapped[bytes | None]
    salt: Mapped[bytes | None]
    commitment: Mapped[str]
    link: Mapped[str]
