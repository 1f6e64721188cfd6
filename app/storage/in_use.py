"""The lock that says that a SQLite book is in use: nobody puts another in its place meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path


class InUse(Exception):
    """The book is being restored, or is open where it should not be."""


def share(book: Path) -> int:
    """Hold a book open for as long as the process lives, its children too; raises InUse."""
    return _locked(book, LOCK_SH)


@contextmanager
def alone(book: Path) -> Iterator[None]:
    """Have a book alone; raises InUse while a web process or a worker has it open."""
    lock = _locked(book, LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def _locked(book: Path, how: int) -> int:
    lock = os.open(f"{book}-in-use", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        flock(lock, how | LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise InUse from error
    return lock
