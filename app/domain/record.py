"""The education record: what makes an entry evidence, and how tampering shows.

An entry commits to what was answered without showing it: the commitment is a hash of the
payload with a secret salt.  Its link is a hash of the link before, of the clear fields and of
the commitment.  Erasure takes payload and salt away: the chain still holds, nobody can guess
the answer any more, and whoever has the printed copy can still prove it.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from hashlib import sha256

ENTRY, LINK = b"foreword/entry/1", b"foreword/link/1"
SALT_BYTES = 32
BEFORE_THE_FIRST = ""
LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """What stays readable of an entry for ever; nothing in it says what was answered."""

    reading_id: str
    seq: int
    at: datetime
    kind: str
    subject: str
    edition: str
    shown_sha: str
    language: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the record; *payload* and *salt* are None once erased."""

    clear: Clear
    payload: bytes | None
    salt: bytes | None
    commitment: str
    link: str


def canonical(value: object) -> bytes:
    """Write a value as JSON in the one way that gives the same bytes everywhere."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def commitment(payload: bytes, salt: bytes) -> str:
    """Bind an entry to its payload without telling it."""
    return _digest(ENTRY, salt, payload)


def link(previous: str, clear: Clear, commitment: str) -> str:
    """Bind an entry to everything before it."""
    return _digest(LINK, previous.encode(), *_parts(clear), commitment.encode())


def sealed_in(previous: str, clear: Clear, payload: bytes, salt: bytes) -> Entry:
    """Return the entry that follows the link *previous*."""
    bound = commitment(payload, salt)
    return Entry(
        clear=clear,
        payload=payload,
        salt=salt,
        commitment=bound,
        link=link(previous, clear, bound),
    )


def verify(entries: Sequence[Entry]) -> int | None:
    """Return the number of the first entry of a reading that does not hold, or None.

    An erased entry holds by its link alone.  Entries cut off at the end leave a shorter chain
    that holds: only a link noted elsewhere shows it.
    """
    previous = BEFORE_THE_FIRST
    for number, entry in enumerate(entries, start=1):
        follows = entry.clear.seq == number and entry.link == link(
            previous, entry.clear, entry.commitment
        )
        if not (follows and _keeps_its_word(entry)):
            return number
        previous = entry.link
    return None


def _keeps_its_word(entry: Entry) -> bool:
    if entry.payload is None or entry.salt is None:
        return entry.payload is None and entry.salt is None
    return entry.commitment == commitment(entry.payload, entry.salt)


def _parts(clear: Clear) -> list[bytes]:
    return [_written(field).encode() for field in astuple(clear)]


def _written(field: object) -> str:
    if isinstance(field, datetime):
        return field.astimezone(UTC).isoformat(timespec="microseconds")
    return str(field)


def _digest(*parts: bytes) -> str:
    """Hash parts so that no two lists of parts look alike: each is told by its length."""
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(LENGTH_BYTES, "big"))
        whole.update(part)
    return whole.hexdigest()
