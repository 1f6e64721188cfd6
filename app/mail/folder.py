"""Mails as files, for a clinic without a mail server: the demonstration."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from app.mail.faults import ServerAway
from app.mail.message import Envelope


class FolderTransport:
    """A folder that keeps each mail as one `.eml` file, complete or not at all.

    The same mail handed over twice is one file: the name is the Message-ID.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, envelope: Envelope) -> None:
        """Keep one mail; raises ServerAway when the disk does not take it."""
        draft = self._folder / f".{token_hex(8)}.tmp"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(draft, envelope.message.as_bytes())
            draft.replace(self._folder / _file_name(envelope))
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise ServerAway("disk") from error


def _write(path: Path, data: bytes) -> None:
    """Write a file only its owner may read, down to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor has no path
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _file_name(envelope: Envelope) -> str:
    local, _, _ = str(envelope.message["Message-ID"]).strip("<>").partition("@")
    return f"{local}.eml"
