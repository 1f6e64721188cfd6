"""The list of what must not come back, kept beside the backups: revoked links, who left, ..."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.services import files, withdrawing
from app.storage import irrevocable
from app.storage.database import reading

NAME = "irrevocable.json"
EVERY = timedelta(minutes=5)


def is_due(folder: Path, *, now: datetime) -> bool:
    """Say whether the list is some minutes old."""
    return newest(folder, since=now - EVERY) is None


def keep(folder: Path, *, now: datetime) -> None:
    """Write the list anew."""
    found = irrevocable.known(reading()) | {"at": now.isoformat()}
    files.write(folder / NAME, json.dumps(found, sort_keys=True).encode())


def newest(folder: Path, *, since: datetime) -> dict[str, Any] | None:
    """Return the list, if it is not older than the copy that it is for."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return found if datetime.fromisoformat(found["at"]) >= since else None


def do_again(session: Session, last: dict[str, Any], *, now: datetime) -> None:
    """Do to an older copy what was done to the book."""
    irrevocable.end_links(session, last)
    irrevocable.take_away(session, last, now=now)
    irrevocable.put_in_place(session, last, now=now)
    for reading_id, appointment_id in irrevocable.withdrawn_since(session, last):
        withdrawing.take_back(session, reading_id, appointment_id, now=now)
