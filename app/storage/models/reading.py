"""One person's way through the primer, and the evidence of it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant, new_id


class Reading(Model):
    """A reading of one edition in one language; nothing in it says who reads.

    *bundle_sha* stands for all that could be shown, with the clinic's own *words* in it, by the
    program's *build*; *length*, *head* and *seal* say where its record ends.
    """

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
    bundle_sha: Mapped[str] = mapped_column(default="", server_default="")
    build: Mapped[str] = mapped_column(default="", server_default="")
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    length: Mapped[int] = mapped_column(default=0, server_default="0")
    head: Mapped[str] = mapped_column(default="", server_default="")
    seal: Mapped[bytes | None]
    counted: Mapped[bool] = mapped_column(default=False, server_default=false())
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


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


class ReadingCount(Model):
    """How many of a month's readings did something; kept when the readings are gone."""

    __tablename__ = "reading_count"

    month: Mapped[date] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)  # started, stopped:S4, missed:Q3, talk:K5
    count: Mapped[int]


class QuestionList(Model):
    """What somebody wants to ask the doctor, and what matters to them: sealed."""

    __tablename__ = "question_list"

    reading_id: Mapped[str] = mapped_column(
        ForeignKey("reading.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes]
    saved_at: Mapped[datetime] = mapped_column(Instant)
