"""What was sent back to the clinic's mails."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant, new_id


class Reply(Model):
    """A mail that was taken in, once: by its *digest*, and what became of it.

    What it said of an appointment counts for the *sequence* that stood then: a new time makes
    old answers void.  *raw* is the mail itself, sealed, for thirty days.
    """

    __tablename__ = "reply"
    __table_args__ = (
        Index("ix_reply_appointment_id", "appointment_id",
              sqlite_where=text("appointment_id IS NOT NULL"),
              postgresql_where=text("appointment_id IS NOT NULL")),
        Index("ix_reply_raw", "taken_in_at", sqlite_where=text("raw IS NOT NULL"),
              postgresql_where=text("raw IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    taken_in_at: Mapped[datetime] = mapped_column(Instant, index=True)
    sender: Mapped[str]
    action: Mapped[str]
    reason: Mapped[str]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    sequence: Mapped[int | None]
    stamp: Mapped[datetime | None] = mapped_column(Instant)  # when the answer was given
    proposed: Mapped[datetime | None] = mapped_column(Instant)  # another time, to be decided
    frees: Mapped[bool] = mapped_column(default=False)  # a no that gives the time back
    kept_at: Mapped[datetime | None] = mapped_column(Instant)  # when a no was taken back
    raw: Mapped[bytes | None]


class Inbox(Model):
    """How it stands with the mailbox that replies come to: what is wrong, and since when."""

    __tablename__ = "inbox"
    __table_args__ = (CheckConstraint("id = 1", name="inbox_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    fault: Mapped[str]
    since: Mapped[datetime] = mapped_column(Instant)
