"""Backups: the whole book as it stood at one instant, proved, sealed to the owner, and thinned out.

The machine that makes them cannot read them.
"""

import json
import re
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Self

from app.content.build import build
from app.services import files, irrevocable
from app.services.outage import turn
from app.settings import Settings
from app.storage import age, dump
from app.storage.database import db

EVERY = timedelta(hours=1)
KEPT = timedelta(days=35)
AT_LEAST = 3
MANIFEST, BOOK, KEYS = "manifest.json", "book", "keys.json"
STAMP = "%Y-%m-%dT%H-%M-%SZ"
NAME = re.compile(r"foreword-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.tar(\.age)?")

Keys = Mapping[str, tuple[str, ...]]  # of the settings, by their names


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where backups go, for whom, and where a plain copy may lie for a moment."""

    folder: Path
    recipient: str | None  # nobody: the backup is readable, and has no keys in it
    scratch: Path
    keys: Keys

    @classmethod
    def of(cls, settings: Settings, folder: Path, recipient: str | None) -> Self:
        """Take the rest from the settings."""
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(
            folder=folder, recipient=recipient, scratch=settings.instance, keys=keys_of(settings)
        )


def keys_of(settings: Settings) -> Keys:
    """Return the installation's keys as its settings are written."""
    return {
        "SECRET_KEY": settings.secret_keys,
        "LINK_KEY": settings.link_keys,
        "FIELD_KEYS": tuple(f"{name}:{key.hex()}" for name, key in settings.field_keys),
    }


def write(place: Place, *, kept: timedelta = KEPT, now: datetime) -> Path:
    """Make a backup; raises CannotWrite, CannotDump, OSError, and ValueError for the recipient."""
    with turn(place.folder, wait=True):
        return _write(place, kept, now)


def write_due(place: Place, *, now: datetime) -> Path | None:
    """Make this hour's backup, unless another worker did or does."""
    with turn(place.folder, wait=False) as ours:
        return _write(place, KEPT, now) if ours and is_due(place.folder, now=now) else None


def _write(place: Place, kept: timedelta, now: datetime) -> Path:
    recipient = None if place.recipient is None else age.recipient_of(place.recipient)
    suffix = ".tar" if recipient is None else ".tar.age"
    made = place.folder / f"foreword-{now.strftime(STAMP)}{suffix}"
    with TemporaryDirectory(dir=place.scratch) as scratch:
        packed = _packed(Path(scratch), place, now)
        draft = place.folder / ".draft"
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        with packed.open("rb") as plain, draft.open("wb") as file:
            if recipient is None:
                copyfileobj(plain, file)
            else:
                age.seal(plain, file, recipient)
        irrevocable.keep(place.folder, now=now)
        files.settle(draft, made)
        _thin_out(place.folder, before=now - kept)
    return made


def _packed(scratch: Path, place: Place, now: datetime) -> Path:
    """Copy the book, say in a manifest what is in the copy, and tie all of it together."""
    stand = dump.copy(scratch / BOOK)
    with (scratch / BOOK).open("rb") as file:
        sha = file_digest(file, "sha256").hexdigest()
    manifest = asdict(stand) | {
        "made_at": now.isoformat(),
        "database": db.engine.dialect.name,
        "build": build(),
        "keys": [one.partition(":")[0] for one in place.keys["FIELD_KEYS"]],
        "sha256": sha,
    }
    (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), "utf-8")
    if place.recipient is not None:
        (scratch / KEYS).write_text(json.dumps(dict(place.keys)), "ascii")
    packed = scratch / "packed"
    with tarfile.open(packed, "w") as tar:
        for name in (MANIFEST, KEYS, BOOK):
            if (scratch / name).exists():
                tar.add(scratch / name, name)
    return packed


def listing(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups in a folder, the oldest first; what else lies there is not ours."""
    found = ((NAME.fullmatch(path.name), path) for path in sorted(folder.glob("foreword-*")))
    return [(_instant(match[1]), path) for match, path in found if match]


def _instant(stamp: str) -> datetime:
    return datetime.strptime(f"{stamp[:-1]}+0000", f"{STAMP[:-1]}%z")


def is_due(folder: Path, *, now: datetime) -> bool:
    """Say whether an hour has passed since the last one."""
    made = listing(folder)
    return not made or now - made[-1][0] >= EVERY


def _thin_out(folder: Path, *, before: datetime) -> None:
    """Unlink what is too old, and never the last ones."""
    for at, path in listing(folder)[:-AT_LEAST]:
        if at < before:
            path.unlink()
