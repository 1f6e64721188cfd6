"""Mails the clinic owes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class MailState(StrEnum):
    """Where a mail stands.  *Delivered* is never claimed: nobody can know it."""

    OWED = "owed"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Mail(Model):
    """A mail owed from the moment the promise was made: references, no text.

    *lead_hours* tells reminders of one appointment apart.  *recipient* is set (sealed) only
    for a mail that is about an address and not about an appointment; *sender* is the clinic's
    address from which it left.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("appointment_id", "sequence", "kind", "lead_hours", name="mail_once"),
        Index("ix_mail_owed", "next_try_at", sqlite_where=text("state = 'owed'"),
              postgresql_where=text("state = 'owed'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    staff_id: Mapped[str | None]  # of a mail to somebody who works here
    proposal_id: Mapped[str | None] = mapped_column(index=True)  # of a mail that offers times
    sequence: Mapped[int] = mapped_column(default=0)
    lead_hours: Mapped[int] = mapped_column(default=0)
    previous: Mapped[str | None]  # JSON of the time before a move
    recipient: Mapped[bytes | None]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=MailState.OWED)
    owed_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None]
    handed_over_at: Mapped[datetime | None] = mapped_column(Instant)
    sender: Mapped[str | None]
    fault: Mapped[str | None]
