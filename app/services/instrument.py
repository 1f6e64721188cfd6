"""Questionnaires of other people: used once their owner's line is on file."""

from datetime import datetime
from pathlib import Path

from app.content.instruments import instruments, read_instrument
from app.domain.refusals import NotHere, UnknownInstrument
from app.services import clinic as clinics
from app.storage import clinic as storage
from app.storage import journal
from app.storage.database import retried, transaction

LANGUAGE = "en"  # a translation is another work, with another owner


@retried
def allow(name: str, *, line: str, by: str, folder: Path, now: datetime) -> None:
    """Keep the owner's line and ask the questionnaire from now on.

    Raises UnknownInstrument, and NotHere while its sentences are missing.
    """
    if name not in instruments(folder):
        raise UnknownInstrument
    if read_instrument(folder, name, LANGUAGE) is None:
        raise NotHere
    allowed = {"line": line, "by": by, "on": now.date().isoformat()}
    with transaction() as session:
        storage.allow_instrument(session, name, allowed)
        journal.note(
            session, "allow_instrument", actor="staff", appointment_id=None, now=now,
            instrument=name, who=by,
        )  # fmt: skip


def allowed() -> tuple[str, ...]:
    """Return the questionnaires that are on."""
    return tuple(sorted(clinics.load().instruments))
