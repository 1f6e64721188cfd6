"""Holds: appointments not yet made, in the same table, and the calendars they stand in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from app.domain.appointment import Hold
from app.domain.booking import HOLD_GRACE
from app.domain.interval import Interval
from app.storage import models
from app.storage.appointments import wish_from
from app.storage.models import Status

Row_ = models.Appointment
TENTATIVE = (Row_.status == Status.TENTATIVE) & Row_.booked_at.is_(None)
LAPSED = (Row_.status == Status.CANCELLED) & Row_.booked_at.is_(None) & Row_.patient_id.is_not(None)


def lock_calendars(
    session: Session, clinician_ids: Iterable[int] = (), *, held_by: str | None = None
) -> None:
    """Let nobody else change these clinicians' calendars, nor those of a visitor's holds.

    SQLite has one writer anyway; PostgreSQL locks the rows in one order, so that two moves
    in opposite directions wait for each other instead of dying.  Whoever writes appointments
    comes here first: their triggers count up the revision in these same rows.
    """
    known = models.Clinician.id.in_(sorted(set(clinician_ids)))
    theirs = select(Row_.clinician_id).where(Row_.held_by == held_by, Row_.status == Status.HELD)
    _lock(session, known if held_by is None else known | models.Clinician.id.in_(theirs))


def lock_every_calendar(session: Session) -> None:
    """Let nobody else change any calendar until the transaction ends."""
    _lock(session, true())


def _lock(session: Session, calendars: ColumnElement[bool]) -> None:
    query = select(models.Clinician.id).where(calendars).order_by(models.Clinician.id)
    session.execute(query.with_for_update(key_share=True)).all()


HELD = (
    Row_.id,
    Row_.visit_type_id,
    Row_.clinician_id,
    Row_.location_id,
    Row_.video,
    Row_.starts_at,
    Row_.ends_at,
    Row_.held_at,
    Row_.hold_until,
    Row_.moves_id,
)


def hold_from(row: Row[Any]) -> Hold | None:
    """Read a hold from a row that has the HELD columns, empty when nothing is held."""
    if row.hold_until is None:
        return None
    return Hold(
        id=row.id,
        wish=wish_from(row),
        interval=Interval(row.starts_at, row.ends_at),
        held_at=row.held_at,
        until=row.hold_until,
        moves_id=row.moves_id,
    )


def extend(session: Session, hold_id: str, until: datetime) -> bool:
    """Keep a time longer, if it is still kept."""
    held = update(Row_).where(Row_.id == hold_id, Row_.status == Status.HELD)
    extended = held.values(hold_until=until).returning(Row_.id)
    return session.execute(extended).first() is not None


def clear_ended(session: Session, clinician_id: int, span: Interval, *, now: datetime) -> list[str]:
    """Give back what was held over this span and ran out: an old hold blocks nobody.

    Return the ids of the tentative appointments that lapsed by that.
    """
    over_it = (
        Row_.clinician_id == clinician_id,
        Row_.blocked_from < span.end,
        Row_.blocked_until > span.start,
        Row_.hold_until < now - HOLD_GRACE,
    )
    session.execute(delete(Row_).where(Row_.status == Status.HELD, *over_it))
    return _lapse(session, *over_it, now=now)


def _lapse(session: Session, *which: ColumnElement[bool], now: datetime) -> list[str]:
    """Let tentative appointments go: the journal names them, so that their rows stay."""
    tentative = update(Row_).where(TENTATIVE, *which)
    values = {"status": Status.CANCELLED, "hold_until": None, "cancelled_at": now}
    return list(session.scalars(tentative.values(**values).returning(Row_.id)))


def drop_of(session: Session, visitor_id: str) -> None:
    """Give back whatever a visitor holds."""
    session.execute(delete(Row_).where(Row_.status == Status.HELD, Row_.held_by == visitor_id))


def drop_long_ended(session: Session, *, before: datetime, now: datetime) -> list[str]:
    """Forget the holds that ran out before an instant; return what lapsed by that."""
    session.execute(delete(Row_).where(Row_.status == Status.HELD, Row_.hold_until < before))
    return _lapse(session, Row_.hold_until < before, now=now)


def any_long_ended(session: Session, *, before: datetime) -> bool:
    """Say whether a hold is to be forgotten, without taking the write lock."""
    held = Row_.status.in_((Status.HELD, Status.TENTATIVE)) & Row_.booked_at.is_(None)
    ended = select(Row_.id).where(held, Row_.hold_until < before)
    return session.scalar(ended.limit(1)) is not None


def forget_lapsed(session: Session, *, before: datetime) -> None:
    """Forget for whom the appointments were that lapsed before an instant."""
    nobody = {"patient_id": None, "intake_id": None, "reading_id": None}
    session.execute(update(Row_).where(LAPSED, Row_.cancelled_at < before).values(**nobody))


def any_lapsed(session: Session, *, before: datetime) -> bool:
    """Say whether a lapsed appointment still says for whom it was."""
    lapsed = select(Row_.id).where(LAPSED, Row_.cancelled_at < before)
    return session.scalar(lapsed.limit(1)) is not None


def live_of_network(session: Session, network_key: str, *, now: datetime) -> int:
    """Count the times that people of one network hold just now."""
    query = (
        select(func.count())
        .select_from(Row_)
        .join(models.Visitor, models.Visitor.id == Row_.held_by)
        .where(
            Row_.status == Status.HELD,
            Row_.hold_until > now,
            models.Visitor.network_key == network_key,
        )
    )
    return session.scalar(query) or 0


def book(
    session: Session,
    hold: Hold,
    visitor_id: str,
    values: dict[str, Any],
    *,
    unless_coming: ScalarSelect[int],
    at_most: int,
) -> bool:
    """Make a visitor's hold what *values* say, if they hold it and have few enough of them.

    The calendar is locked within the same statement, before the appointment.
    """
    calendar = select(models.Clinician.id).where(models.Clinician.id == hold.wish.clinician_id)
    mine = update(Row_).where(
        Row_.clinician_id == calendar.with_for_update(key_share=True).scalar_subquery(),
        Row_.id == hold.id,
        Row_.status == Status.HELD,
        Row_.held_by == visitor_id,
        unless_coming < at_most,
    )
    booked = mine.values(held_by=None, **values)
    return session.execute(booked.returning(Row_.id)).first() is not None


def is_held(session: Session, hold_id: str, visitor_id: str) -> bool:
    """Say whether a visitor's hold is still theirs."""
    mine = select(Row_.id).where(
        Row_.id == hold_id, Row_.status == Status.HELD, Row_.held_by == visitor_id
    )
    return session.scalar(mine) is not None
