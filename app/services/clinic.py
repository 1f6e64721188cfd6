"""The clinic, read once a revision and kept by the process."""

from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.domain.clinic import Clinic
from app.settings import LOOPBACK
from app.storage import clinic as storage
from app.storage import journal
from app.storage.database import reading, transaction

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


def keep_host(host: str, *, now: datetime) -> None:
    """Keep the first host by which others know the clinic: what they hold of ours bears it.

    A clinic that is tried on one machine is known to nobody yet.
    """
    if host in LOOPBACK or load().known_as is not None:
        return
    with transaction() as session:
        if storage.keep_host(session, host):
            journal.note(
                session, "known_as", actor="clinic", appointment_id=None, now=now, name=host
            )


def is_set_up() -> bool:
    """Say whether a clinic lives in this database."""
    return storage.revision(reading()) is not None
