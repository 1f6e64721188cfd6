"""Appointments, who comes, and what they wrote beforehand."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.finding import folded
from app.storage.database import Model
from app.storage.types import Instant, new_id


class Status(StrEnum):
    """Where an appointment stands."""

    HELD = "held"
    TENTATIVE = "tentative"
    BOOKED = "booked"
    ARRIVED = "arrived"
    IN_ROOM = "in_room"
    COMPLETED = "completed"
    MISSED = "missed"
    CANCELLED = "cancelled"


def _folded(context: Any) -> str:  # noqa: ANN401  as SQLAlchemy gives it
    return folded(context.get_current_parameters()["name"])


class Patient(Model):
    """Who comes, as they said it for one appointment; nobody has an account.

    *search_name* is the name as reception looks for it; *needs* are what helps them to come:
    reception has to know, and may not open the health words.
    """

    __tablename__ = "patient"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    birth_date: Mapped[date] = mapped_column(index=True)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(index=True)  # folded, so that equal means equal
    phone: Mapped[str]
    language: Mapped[str]
    booker_name: Mapped[str | None]
    calendar: Mapped[str]  # one of Mails: whether their mails have a calendar file
    search_name: Mapped[str] = mapped_column(default=_folded, server_default="")
    needs: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(Instant)


class Intake(Model):
    """Health words of one visit, sealed; no use case of reception loads them."""

    __tablename__ = "intake"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    sealed: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Instant)


def _index_where_set(column: str) -> Index:
    """Find the few rows that have a value there; deleting what they name looks for them."""
    is_set = text(f"{column} IS NOT NULL")
    return Index(f"ix_appointment_{column}", column, sqlite_where=is_set, postgresql_where=is_set)


class Appointment(Model):
    """A stretch of a clinician's time, held for somebody or booked by them.

    A hold is an appointment not yet made: it lives in the same table, so that one
    constraint guards both.  Two blocked spans of a clinician never overlap, unless one is held
    to move the other: the database refuses the second (migrations/guard.py).  A tentative one
    was booked under pressure and waits for its link to be pressed; one that was cancelled and
    never *booked_at* lapsed.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(
            "blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_until",
            name="appointment_has_length",
        ),
        CheckConstraint(
            "(status IN ('held', 'tentative')) = (hold_until IS NOT NULL)",
            name="appointment_hold_ends",
        ),
        CheckConstraint(
            "status = 'held' OR (status = 'cancelled' AND booked_at IS NULL)"
            " OR (patient_id IS NOT NULL AND reference IS NOT NULL)",
            name="appointment_has_patient",
        ),
        Index("ix_appointment_calendar", "clinician_id", "blocked_until"),
        _index_where_set("held_by"),
        _index_where_set("moves_id"),
        _index_where_set("reading_id"),
        _index_where_set("proposal_id"),
        Index("ix_appointment_not_booked", "status", sqlite_where=text("booked_at IS NULL"),
              postgresql_where=text("booked_at IS NULL")),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[str]
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    video: Mapped[bool]
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    blocked_from: Mapped[datetime] = mapped_column(Instant)
    blocked_until: Mapped[datetime] = mapped_column(Instant)
    overlap_reason: Mapped[str | None]
    held_by: Mapped[str | None] = mapped_column(ForeignKey("visitor.id", ondelete="SET NULL"))
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    hold_until: Mapped[datetime | None] = mapped_column(Instant)
    moves_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"))
    proposal_id: Mapped[str | None]  # while it is held for somebody who was asked by mail
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patient.id"), index=True)
    intake_id: Mapped[str | None] = mapped_column(ForeignKey("intake.id"), index=True)
    reading_id: Mapped[str | None] = mapped_column(ForeignKey("reading.id"))
    sequence: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")  # grows with each change
    desk_note: Mapped[str] = mapped_column(default="", server_default="")
    link_version: Mapped[int] = mapped_column(default=0)
    booked_at: Mapped[datetime | None] = mapped_column(Instant)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_at: Mapped[datetime | None] = mapped_column(Instant)  # since it was made
