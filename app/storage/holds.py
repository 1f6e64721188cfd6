"""Holds: appointments not yet made, in the same table, and the calendars they stand in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.appointment import Hold
from app.domain.booking import HOLD_GRACE
from app.domain.interval import Interval
from app.storage import models
from app.storage.appointments import COMING_FOR, since, wish_from
from app.storage.coming import Standing, standing_where
from app.storage.database import run
from app.storage.models import Status

Row_ = models.Appointment
TENTATIVE = (Row_.status == Status.TENTATIVE) & Row_.booked_at.is_(None)
LAPSED = (Row_.status == Status.CANCELLED) & Row_.booked_at.is_(None) & Row_.patient_id.is_not(None)


_MINE = (Row_.status == Status.HELD) & (Row_.held_by == bindparam("visitor_id"))
LOCK_EVERY = (
    select(models.Clinician.id).order_by(models.Clinician.id).with_for_update(key_share=True)
)
_NAMED = models.Clinician.id.in_(bindparam("clinician_ids", expanding=True))
LOCK = LOCK_EVERY.where(_NAMED)
LOCK_HELD = LOCK_EVERY.where(
    _NAMED | models.Clinician.id.in_(select(Row_.clinician_id).where(_MINE))
)


def lock_calendars(
    session: Session, clinician_ids: Iterable[int] = (), *, held_by: str | None = None
) -> None:
    """Let nobody else change these clinicians' calendars, nor those of a visitor's holds.

    SQLite has one writer anyway; PostgreSQL locks the rows in one order, so that two moves
    in opposite directions wait for each other instead of dying.  Whoever writes appointments
    comes here first: their triggers count up the revision in these same rows.
    """
    ids = sorted(set(clinician_ids))
    if held_by is None:
        run(session, LOCK, clinician_ids=ids).all()
    else:
        run(session, LOCK_HELD, clinician_ids=ids, visitor_id=held_by).all()


def lock_every_calendar(session: Session) -> None:
    """Let nobody else change any calendar until the transaction ends."""
    run(session, LOCK_EVERY).all()


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


def keep_until(session: Session, ids: Iterable[str], until: datetime) -> None:
    """Keep times longer, or no longer."""
    held = update(Row_).where(Row_.id.in_(list(ids)), Row_.status == Status.HELD)
    session.execute(held.values(hold_until=until))


_OVER_SPAN = (
    Row_.clinician_id == bindparam("its_clinician"),
    Row_.blocked_from < bindparam("until"),
    Row_.blocked_until > bindparam("since"),
)
_ENDED = Row_.hold_until < bindparam("before")
_LAPSE = (
    update(Row_)
    .where(TENTATIVE, _ENDED)
    .values(status=Status.CANCELLED, hold_until=None)
    .returning(Row_.id)
)
DROP_ENDED = delete(Row_).where(Row_.status == Status.HELD, _ENDED)
CLEAR_ENDED, LAPSE_OVER = DROP_ENDED.where(*_OVER_SPAN), _LAPSE.where(*_OVER_SPAN)


def clear_ended(session: Session, clinician_id: int, span: Interval, *, now: datetime) -> list[str]:
    """Give back what was held over this span and ran out: an old hold blocks nobody.

    Return the ids of the tentative appointments that lapsed by that.
    """
    which = {
        "its_clinician": clinician_id,
        "until": span.end,
        "since": span.start,
        "before": now - HOLD_GRACE,
    }
    run(session, CLEAR_ENDED, **which)
    return [row.id for row in run(session, LAPSE_OVER, **which, cancelled_at=now)]


DROP_OF = delete(Row_).where(_MINE)


def drop_of(session: Session, visitor_id: str) -> None:
    """Give back whatever a visitor holds."""
    run(session, DROP_OF, visitor_id=visitor_id)


def drop_long_ended(session: Session, *, before: datetime, now: datetime) -> list[str]:
    """Forget the holds that ran out before an instant; return what lapsed by that."""
    run(session, DROP_ENDED, before=before)
    return [row.id for row in run(session, _LAPSE, before=before, cancelled_at=now)]


def any_long_ended(session: Session, *, before: datetime) -> bool:
    """Say whether a hold is to be forgotten, without taking the write lock."""
    held = Row_.status.in_((Status.HELD, Status.TENTATIVE)) & Row_.booked_at.is_(None)
    ended = select(Row_.id).where(held, Row_.hold_until < before)
    return session.scalar(ended.limit(1)) is not None


def forget_lapsed(session: Session, *, before: datetime) -> list[tuple[str | None, str | None]]:
    """Forget for whom what lapsed before an instant was; return (patient, intake) of each."""
    lapsed = LAPSED & (Row_.cancelled_at < before)
    found = session.execute(select(Row_.patient_id, Row_.intake_id).where(lapsed)).all()
    nobody = {"patient_id": None, "intake_id": None, "reading_id": None}
    session.execute(update(Row_).where(lapsed).values(**nobody))
    return [(row.patient_id, row.intake_id) for row in found]


def any_lapsed(session: Session, *, before: datetime) -> bool:
    """Say whether a lapsed appointment still says for whom it was."""
    lapsed = select(Row_.id).where(LAPSED, Row_.cancelled_at < before)
    return session.scalar(lapsed.limit(1)) is not None


LIVE_OF_NETWORK = (
    select(func.count())
    .select_from(Row_)
    .join(models.Visitor, models.Visitor.id == Row_.held_by)
    .where(
        Row_.status == Status.HELD,
        Row_.hold_until > bindparam("now"),
        models.Visitor.network_key == bindparam("network_key"),
    )
)


def live_of_network(session: Session, network_key: str, *, now: datetime) -> int:
    """Count the times that people of one network hold just now."""
    return run(session, LIVE_OF_NETWORK, now=now, network_key=network_key).scalar() or 0


_CALENDAR = (
    select(models.Clinician.id)
    .where(models.Clinician.id == bindparam("its_clinician"))
    .with_for_update(key_share=True)
    .scalar_subquery()
)
BOOK = (
    update(Row_)
    .where(
        Row_.clinician_id == _CALENDAR,
        Row_.id == bindparam("its_id"),
        _MINE,
        Row_.hold_until >= bindparam("seen_until"),  # whoever closes its time ends it
        bindparam("at_most") > COMING_FOR,
    )
    .values(held_by=None)
    .returning(Row_.id)
)


def book(
    session: Session,
    hold: Hold,
    visitor_id: str,
    values: dict[str, Any],
    *,
    email_key: str,
    at_most: int,
    now: datetime,
) -> bool:
    """Make a visitor's hold what *values* say, if they hold it and have few enough of them.

    The calendar is locked within the same statement, before the appointment.
    """
    asked = {
        "its_clinician": hold.wish.clinician_id,
        "its_id": hold.id,
        "visitor_id": visitor_id,
        "seen_until": hold.until,
        "at_most": at_most,
        **since(email_key, now),
    }
    return run(session, BOOK, **asked, **values).first() is not None


UNTIL = select(Row_.hold_until).where(_MINE, Row_.id == bindparam("its_id"))


def until(session: Session, hold_id: str, visitor_id: str) -> datetime | None:
    """Return until when a visitor holds a time, or None when it is not theirs any more."""
    return run(session, UNTIL, its_id=hold_id, visitor_id=visitor_id).scalar()


HELD_BY_VISITORS = standing_where(
    Row_.status == Status.HELD, Row_.held_by.is_not(None), Row_.hold_until >= bindparam("now")
)


def standing(session: Session, clinician_ids: Iterable[int], *, now: datetime) -> list[Standing]:
    """Return where the times stand that visitors hold in some calendars."""
    found: Any = run(session, HELD_BY_VISITORS, ids=list(clinician_ids), now=now)
    return [Standing(*row) for row in found]
