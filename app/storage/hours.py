"""Hours, openings and closures: how they are kept and found."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.hours import Closure, Opening, WeeklyHours
from app.storage import models

Rule = WeeklyHours | Opening | Closure
Kind = TypeVar("Kind", WeeklyHours, Opening, Closure)
TABLES: dict[type[Rule], Any] = {
    WeeklyHours: models.WeeklyHours,
    Opening: models.Opening,
    Closure: models.Closure,
}


def weekly(row: models.WeeklyHours) -> WeeklyHours:
    """Read hours that come back."""
    return _read(WeeklyHours, row)


def opening(row: models.Opening) -> Opening:
    """Read hours of one day."""
    return _read(Opening, row)


def closure(row: models.Closure) -> Closure:
    """Read a closure."""
    return _read(Closure, row)


def _read(kind: type[Kind], row: object) -> Kind:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def closures(session: Session, *, after: datetime) -> list[Closure]:
    """Return what closes at a wall time or later, the first first."""
    row = models.Closure
    found = session.scalars(select(row).where(row.ends > after).order_by(row.starts, row.id))
    return [closure(one) for one in found]


def past_closures(session: Session, *, until: datetime, at_most: int) -> list[Closure]:
    """Return what closed until a wall time, the latest first."""
    row = models.Closure
    past = select(row).where(row.ends <= until).order_by(row.starts.desc(), row.id.desc())
    return [closure(one) for one in session.scalars(past.limit(at_most))]


def find_closure(session: Session, closure_id: int) -> Closure | None:
    """Return a closure, if it was not taken back."""
    row = session.get(models.Closure, closure_id, populate_existing=True)
    return None if row is None else closure(row)


def same_closure(session: Session, wanted: Closure) -> Closure | None:
    """Return the closure that says the same, if there is one."""
    row = models.Closure
    said = {name: value for name, value in asdict(wanted).items() if name != "id"}
    alike = (
        getattr(row, name).is_(None) if value is None else getattr(row, name) == value
        for name, value in said.items()
    )
    found = session.scalars(select(row).where(*alike)).first()
    return None if found is None else closure(found)


def keep(session: Session, rule: Rule, **whose: int) -> int:
    """Write something down, anew or over what it was before; return its number."""
    table = TABLES[type(rule)]
    values = asdict(rule) | whose
    id_: int = values.pop("id")
    if id_:
        session.execute(update(table).where(table.id == id_).values(**values))
        return id_
    made: int = session.execute(insert(table).values(**values).returning(table.id)).scalar_one()
    return made


def drop(session: Session, rule: Rule) -> None:
    """Take something away."""
    table = TABLES[type(rule)]
    session.execute(delete(table).where(table.id == rule.id))
