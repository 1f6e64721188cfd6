"""Passwords: kept as argon2id, and checked for an unknown account as long as for a known one."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = BoundedSemaphore(2)  # sign-in cannot take the memory and the cores that booking needs


class Passwords:
    """How this installation keeps passwords; *memory* is in KiB."""

    def __init__(self, memory: int) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=memory, parallelism=1)
        self._nobodys: str | None = None

    def kept(self, password: str) -> str:
        """Return what is kept of a password."""
        with AT_ONCE:
            return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Say whether a password is the kept one; with none kept the work is the same."""
        against = kept or self._of_nobody()
        with AT_ONCE:
            try:
                self._hasher.verify(against, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Say whether a password was kept at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _of_nobody(self) -> str:
        if self._nobodys is None:
            self._nobodys = self.kept(secrets.token_urlsafe(16))
        return self._nobodys
