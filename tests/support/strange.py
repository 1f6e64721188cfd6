"""What bytes from outside can do to whoever reads them; called in a limited child."""

import ctypes
import os
import resource
import socket
import zoneinfo
from pathlib import Path
from typing import Any, ClassVar

from app.fetch import calendar


def length(data: bytes, word: str = "") -> dict[str, Any]:
    """Read everything, and say what was seen."""
    return {"length": len(data), "word": word}


def where_zones_are(data: bytes) -> list[str]:
    """Say in which folders of the system zones are looked for."""
    return list(zoneinfo.TZPATH)


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


def measured(data: bytes) -> tuple[Any, int]:
    """Fetch a calendar, and say how many bytes of memory that took at most.

    `ru_maxrss` would do, but it remembers the parent, of which the child was a copy at first.
    """
    made = calendar.fetched(data)
    told = Path("/proc/self/status").read_text("utf-8").split()
    return made, int(told[told.index("VmHWM:") + 1]) * 1024


def limits(data: bytes) -> dict[str, int]:
    """Say how much memory and processor there is."""
    bounds = {"memory": resource.RLIMIT_AS, "seconds": resource.RLIMIT_CPU}
    return {name: resource.getrlimit(limit)[1] for name, limit in bounds.items()}


class _Resolver(ctypes.Structure):
    """The beginning of what the C library keeps about name servers (resolv.h)."""

    _fields_: ClassVar = [
        ("seconds", ctypes.c_int),
        ("tries", ctypes.c_int),
        ("options", ctypes.c_ulong),
        ("servers", ctypes.c_int),
        ("family", ctypes.c_ushort),
        ("port", ctypes.c_ubyte * 2),
        ("address", ctypes.c_ubyte * 4),
    ]


def hears_nothing(data: bytes) -> Any:
    """Fetch a calendar while the name server, on loopback, hears every question and is silent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        _ask_names_of(silent)
        return calendar.fetched(data)


def _ask_names_of(server: socket.socket) -> None:
    socket.getaddrinfo("localhost", 443)  # the library reads its settings at the first question
    state = ctypes.CDLL(None)["__res_state"]
    state.restype = ctypes.POINTER(_Resolver)
    known = state().contents
    known.seconds, known.tries, known.servers = 60, 5, 1
    known.family, known.port[:] = socket.AF_INET, server.getsockname()[1].to_bytes(2)
    known.address[:] = socket.inet_aton("127.0.0.1")
