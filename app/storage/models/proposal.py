"""Times held for one person until they answer, and who waits for one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant, new_id


class Waiting(Model):
    """Somebody on the waiting list; with an *appointment_id*, for an earlier time than that.

    Lists that are empty mean any.  *until_day* is the last day that suits.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed IS NULL)", name="waiting_closed"),
        Index("ix_waiting_open", "since", sqlite_where=text("closed_at IS NULL"),
              postgresql_where=text("closed_at IS NULL")),
        Index("ix_waiting_once_appointment_id", "appointment_id", unique=True,
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    clinician_ids: Mapped[list[int]] = mapped_column(JSON)
    location_ids: Mapped[list[int]] = mapped_column(JSON)
    weekdays: Mapped[list[int]] = mapped_column(JSON)
    part: Mapped[str]
    video: Mapped[bool | None]
    until_day: Mapped[date | None]
    short_notice: Mapped[bool]
    since: Mapped[datetime] = mapped_column(Instant)
    reading_id: Mapped[str | None] = mapped_column(ForeignKey("reading.id"))
    intake_id: Mapped[str | None] = mapped_column(ForeignKey("intake.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed: Mapped[str | None]


def _one_open(column: str, *, unique: bool = True) -> Index:
    """Find what is not answered yet; nobody is asked twice at once."""
    open_ = text("answered_at IS NULL")
    name = f"ix_proposal_open_{column}"
    return Index(name, column, unique=unique, sqlite_where=open_, postgresql_where=open_)


class Proposal(Model):
    """One or a few times that are held for one person, until they answer by a link.

    The times are kept in *times* for good; while it is open they are also rows of
    `appointment`, held, so that the guard keeps them.  *sequence* is that of the appointment
    that would move, as it was then.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("kind IN ('earlier', 'rehouse')", name="proposal_kind"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="proposal_answered"),
        _one_open("answer_by", unique=False),
        _one_open("appointment_id"),
        _one_open("waiting_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    waiting_id: Mapped[str | None] = mapped_column(ForeignKey("waiting.id"), index=True)
    sequence: Mapped[int]
    times: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    answer_by: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str | None]
    link_version: Mapped[int]


class ProposalGrant(Model):
    """A proposal that a session may see and answer, because its link was opened there."""

    __tablename__ = "proposal_grant"

    visitor_id: Mapped[str] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), primary_key=True
    )
    proposal_id: Mapped[str] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    link_version: Mapped[int]
