"""Adding a row that may be there already: each database says it in its own dialect."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.database import Model


def add_unless_there(session: Session, kind: type[Model], row: dict[str, Any]) -> bool:
    """Add a row, unless it would be a second one of its kind; say whether it was added."""
    added = _insert(session, kind).values(row).on_conflict_do_nothing()
    return session.execute(added.returning(*kind.__table__.primary_key)).first() is not None


def add_or_change(
    session: Session, kind: type[Model], row: dict[str, Any], change: dict[str, Any]
) -> None:
    """Add a row, or change the one that has its key."""
    key = list(kind.__table__.primary_key)
    added = _insert(session, kind).values(row)
    session.execute(added.on_conflict_do_update(index_elements=key, set_=change))


def _insert(session: Session, kind: type[Model]) -> postgresql.Insert | sqlite.Insert:
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(kind) if on_postgres else sqlite.insert(kind)
