"""The passwords that most people have, to be refused.

Kept as the first five bytes of their SHA-256: nobody needs to read ten thousand of them, some
of them foul.  `scripts/common_passwords.py` makes the file of a list, the most common first.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).with_suffix(".bin")
BYTES = 5


def is_common(folded: str) -> bool:
    """Say whether a password, folded, is among the ten thousand that are tried first."""
    return mark(folded) in _marks()


def mark(folded: str) -> bytes:
    """Return what is kept of a password."""
    return sha256(folded.encode("utf-8", "replace")).digest()[:BYTES]


@lru_cache(maxsize=1)
def _marks() -> frozenset[bytes]:
    kept = FILE.read_bytes()
    return frozenset(kept[at : at + BYTES] for at in range(0, len(kept), BYTES))
