"""What is counted of readings, by month, edition and language: it stays when they go."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.models import ReadingCount

ONE_MORE = {
    name: dialect.insert(ReadingCount).on_conflict_do_update(
        index_elements=[
            ReadingCount.month, ReadingCount.edition, ReadingCount.language, ReadingCount.key,
        ],
        set_={"count": ReadingCount.count + 1},
    )
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}  # fmt: skip


def add(session: Session, keys: Iterable[str], *, month: date, edition: str, language: str) -> None:
    """Count one more under each key."""
    rows = [
        {"month": month, "edition": edition, "language": language, "key": key, "count": 1}
        for key in sorted(keys)
    ]
    if rows:
        connection = session.connection()
        connection.execute(ONE_MORE[connection.dialect.name], rows)


def every(session: Session) -> list[ReadingCount]:
    """Return all counts."""
    return list(session.scalars(select(ReadingCount)))
