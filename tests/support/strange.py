"""What bytes from outside can do to whoever reads them; called in a limited child."""

import os
from typing import Any


def length(data: bytes, word: str = "") -> dict[str, Any]:
    """Read everything, and say what was seen."""
    return {"length": len(data), "word": word}


def never_ends(data: bytes) -> None:
    """Count for good."""
    number = 0
    while True:
        number += 1


def takes_everything(data: bytes) -> int:
    """Ask for more memory than there is to give."""
    return len(data * 1024 * 1024 * 1024)


def says_too_much(data: bytes) -> str:
    """Answer with more than anybody wants to read."""
    return "x" * 9_000_000


def breaks(data: bytes) -> None:
    """Meet what the parser did not expect."""
    raise ValueError(data.decode())


def dies(data: bytes) -> None:
    """End as a parser written in C may."""
    os.abort()


def settings(data: bytes) -> list[str]:
    """Say which settings are to be seen."""
    return sorted(os.environ)


def writes(data: bytes) -> None:
    """Try to leave a file behind."""
    with open(data.decode(), "wb") as file:  # noqa: PTH123  a path that was handed in
        file.write(b"something")
        file.flush()
