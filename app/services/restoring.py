"""Restoring: opening a backup, proving what is in it, and what has to be done to an old book."""

import json
import tarfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from app.services import irrevocable
from app.services.authenticator import SECONDS
from app.services.backup import BOOK, KEYS, MANIFEST
from app.storage import age, dump, health, journal, people
from app.storage import clinic as clinics
from app.storage import restoring as rows
from app.storage.database import transaction
from app.storage.dump import CannotDump


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A backup that was opened: its manifest, the book, and the keys if it has any."""

    manifest: dict[str, Any]
    book: Path
    keys: dict[str, list[str]]

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.manifest["made_at"])


def open_(file: Path, identity: str | None, scratch: Path) -> Opened:
    """Open a backup into a folder of its own; raises CannotOpenFile, CannotDump, ValueError."""
    packed = file
    if file.name.endswith(".age"):
        if identity is None:
            raise ValueError("it is sealed: name the file of its identity with --identity")
        packed = scratch / "packed"
        with file.open("rb") as sealed, packed.open("wb") as plain:
            age.unseal(sealed, plain, age.identity_of(identity))
    try:
        _unpack(packed, scratch)
        manifest = json.loads((scratch / MANIFEST).read_text("utf-8"))
        keys = json.loads((scratch / KEYS).read_text("ascii")) if (scratch / KEYS).exists() else {}
    except (tarfile.TarError, OSError, ValueError) as error:
        raise CannotDump("This is not a backup of ours, or not all of one.") from error
    return Opened(manifest=manifest, book=scratch / BOOK, keys=keys)


def _unpack(packed: Path, scratch: Path) -> None:
    """Take out what we pack, by its name and nothing else."""
    with tarfile.open(packed) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name in (MANIFEST, KEYS, BOOK) else None
            if file is not None:
                (scratch / member.name).touch(mode=0o600)
                with (scratch / member.name).open("wb") as out:
                    copyfileobj(file, out)


def check(opened: Opened) -> None:
    """Compare the book with its manifest; raises CannotDump with the first thing that differs."""
    manifest = opened.manifest
    with opened.book.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != manifest["sha256"]:
            raise CannotDump("The book in it is not the one that was packed (SHA-256).")
    if manifest["migration"] > health.newest_migration():
        raise CannotDump("It is of a newer Foreword: install that one first.")
    if manifest["database"] == "postgresql":
        dump.listed(opened.book)
    elif manifest["migration"] == health.newest_migration():
        _compare(dump.sound(opened.book), manifest)


def _compare(stand: dump.Stand, manifest: dict[str, Any]) -> None:
    if stand.rows != manifest["rows"]:
        raise CannotDump("There are not as many rows in it as were packed.")
    if (list(stand.journal), stand.records) != (manifest["journal"], manifest["records"]):
        raise CannotDump("Journal or records do not end in it where they did.")


def settle(made_at: datetime, last: dict[str, Any] | None, *, resend: bool, now: datetime) -> int:
    """Make a restored book safe to open; return how many mails it does not send again.

    Sessions and links that work once are ended, codes of apps up to now count as used, what was
    revoked since is revoked again, and devices that follow calendars begin anew.
    """
    with transaction() as session:
        people.forget(session, rows.end_sessions(session, now=now))
        clinics.begin_anew(session)
        rows.use_codes(session, until=int(now.timestamp()) // SECONDS + 1)
        if last is not None:
            irrevocable.do_again(session, last, now=now)
        kept_back = 0 if resend else rows.keep_mails_back(session, now=now)
        journal.note(
            session, "restored", actor="operator", appointment_id=None, now=now,
            day=made_at.date().isoformat(), many=kept_back,
        )  # fmt: skip
    return kept_back
