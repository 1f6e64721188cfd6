"""What somebody had before them when they pressed, in a few letters that a form carries."""

from hashlib import sha256


def mark(*things: object) -> str:
    """Return letters that differ when the things do."""
    return sha256(repr(things).encode()).hexdigest()[:20]
