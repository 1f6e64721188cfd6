"""The outage pack: the next three days as files, for the day on which the machine does not answer.

Whoever writes holds the folder's lock, and a pack appears whole: it is written aside and renamed.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.services import day_sheet, desk
from app.services.day_sheet import Sheets
from app.storage import appointments, journal
from app.storage.database import reading, transaction

DAYS, KEPT = 3, 3
NIGHT = 2  # o'clock: when the day before is over and nobody is there yet
TOO_OLD = timedelta(hours=26)
WRITTEN = "outage_pack"
TABLE = "appointments.csv"
NAME = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]_*"  # how packs are called
Files = Mapping[str, bytes]


class CannotWrite(Exception):
    """The folder is not as it must be; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a pack says: the sheets of each day, and all that stands on them."""

    days: tuple[tuple[date, Sheets], ...]
    found: tuple[Appointment, ...]


def collect(clinic: Clinic, *, now: datetime) -> Pack:
    """Gather the next three days of all doctors."""
    today = clinic.day_at(now)
    days = []
    for on in (today + timedelta(days=number) for number in range(DAYS)):
        board = desk.of_doctors(list(clinic.clinicians), on, clinic=clinic, now=now)
        days.append((on, day_sheet.of_board(board)))
    lines = [line for _, found in days for sheet in found.sheets for line in sheet.lines]
    known = appointments.by_references(line.planned.reference for line in lines)
    return Pack(days=tuple(days), found=tuple(appointments.listed(reading(), known)))


def is_due(folder: Path, clinic: Clinic, *, now: datetime) -> bool:
    """Say whether tonight's pack is still to be written; a new clinic gets its first at once."""
    packs = _packs(folder)
    here = now.astimezone(clinic.zone)
    return not packs or (packs[-1].name[:10] < here.date().isoformat() and here.hour >= NIGHT)


@contextmanager
def turn(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the folder, or say that another process writes there just now; raises CannotWrite."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        raise CannotWrite(f"Others may read {folder}: set its mode to 700.")
    lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            flock(lock, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)


def keep(folder: Path, files: Files, pack: Pack, clinic: Clinic, *, now: datetime) -> Path:
    """Put a pack into the folder, drop all but the last three, and write it down."""
    name = f"{now.astimezone(clinic.zone):%Y-%m-%d_%H-%M-%S}"
    for draft in folder.glob(".draft-*"):
        shutil.rmtree(draft)  # of somebody who was stopped: the lock is ours
    draft = folder / f".draft-{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    for file, body in files.items():
        _write(draft / file, body)
    made = folder / name
    if made.exists():
        shutil.rmtree(made)
    draft.rename(made)
    for old in _packs(folder)[:-KEPT]:
        shutil.rmtree(old)
    with transaction() as session:
        journal.note(
            session, WRITTEN, actor="clinic", appointment_id=None, now=now,
            many=len(pack.found), files=len(files),
        )  # fmt: skip
    return made


def age(*, now: datetime) -> timedelta | None:
    """Return how old the last pack is that any worker wrote."""
    last = journal.last_at(reading(), WRITTEN)
    return None if last is None else now - last


def is_old(*, now: datetime) -> bool:
    """Say whether there is no pack that an owner could rely on today."""
    return not journal.count(reading(), (WRITTEN,), after=now - TOO_OLD)


def _packs(folder: Path) -> list[Path]:
    """Return our packs there, the oldest first: what somebody else keeps there is theirs."""
    return sorted(path for path in folder.glob(NAME) if (path / TABLE).is_file())


def _write(path: Path, body: bytes) -> None:
    """Write a file that is its owner's alone and on the disk before anybody sees it."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
