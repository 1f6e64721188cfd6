"""The clinic, read once a revision and kept by the process."""

from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.domain.clinic import Clinic
from app.storage import clinic as storage
from app.storage.database import reading

_known: WeakKeyDictionary[Engine, Clinic] = WeakKeyDictionary()


def load(*, revision: int | None = None) -> Clinic:
    """Return the clinic; a known revision spares the question whether it changed."""
    session = reading()
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    current = storage.revision(session) if revision is None else revision
    known = _known.get(engine)
    if known is None or known.revision != current:
        known = _known[engine] = storage.load(session)
    return known


def as_it_is(session: Session, clinic: Clinic) -> Clinic:
    """Return the clinic with the hours that count, once a calendar is locked.

    Whoever closes a time takes the same lock, so nobody closes one from here on.
    """
    current = storage.revision(session)
    return clinic if current == clinic.revision else load(revision=current)


def is_set_up() -> bool:
    """Say whether a clinic lives in this database."""
    return storage.revision(reading()) is not None
