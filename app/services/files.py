"""Files of ours: they appear whole, are their owner's alone, and outlast a power cut."""

import os
import secrets
from pathlib import Path


def write(path: Path, body: bytes) -> None:
    """Write a file anew; nobody ever sees half of it."""
    draft = path.with_name(f".draft-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    settle(draft, path)


def settle(draft: Path, path: Path) -> None:
    """Give a finished file its name, and see both onto the disk."""
    for step in (draft, draft.parent):
        handle = os.open(step, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        if step is draft:
            draft.rename(path)
