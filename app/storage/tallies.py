"""How often something was tried: counted in the database, for all processes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage import sealing
from app.storage.models import Tally

COUNT = {
    name: dialect.insert(Tally)
    .on_conflict_do_update(index_elements=[Tally.key], set_={"count": Tally.count + 1})
    .returning(Tally.key, Tally.count)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def count(session: Session, keys: Iterable[str], *, day: date) -> dict[str, int]:
    """Count one more try under each key and return how many there are now.

    Each key's row stays locked until the transaction ends, so two people who use the last
    try at once do not both get it.
    """
    rows: list[dict[str, Any]] = [{"key": key, "day": day, "count": 1} for key in sorted(set(keys))]
    if not rows:
        return {}
    connection = session.connection()
    counted = connection.execute(COUNT[connection.dialect.name], rows)
    return {key: count for key, count in counted}  # noqa: C416  a row is no pair


def today(session: Session, what: str, who: str, *, now: datetime) -> int:
    """Count one more try of somebody; return how many there are today.  Who is a keyed hash."""
    return _tried(session, f"{what}|{now.date()}", who, now.date())


def this_hour(session: Session, what: str, who: str, *, now: datetime) -> int:
    """Count one more try of somebody; return how many there are in this hour."""
    return _tried(session, f"{what}|{now:%Y-%m-%dT%H}", who, now.date())


def _tried(session: Session, purpose: str, who: str, day: date) -> int:
    key = sealing.of(session).keyed_hash(purpose, who)
    return count(session, [key], day=day)[key]


def forget(session: Session, *, before: date) -> None:
    """Forget the counts of the days before a day."""
    session.execute(delete(Tally).where(Tally.day < before))


def any_old(session: Session, *, before: date) -> bool:
    """Say whether there is a count to forget, without taking the write lock."""
    return session.scalar(select(Tally.key).where(Tally.day < before).limit(1)) is not None
