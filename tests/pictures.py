"""Builders: small PNG files, as a drawing program writes them."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int = 4, height: int = 3, *, depth: int = 8, colour: int = 2, ways: bytes = b"\0\0\0",
    pixels: bytes | None = None, more: bytes = b"", palette: bytes = b"",
) -> bytes:  # fmt: skip
    """Make a red picture; *more* are chunks that come before its data."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 1)
    row = b"\0" + b"\xc0" * (width * channels * depth // 8)
    head = struct.pack(">IIBB", width, height, depth, colour) + ways
    body = zlib.compress(row * height if pixels is None else pixels)
    parts = (chunk(b"IHDR", head), chunk(b"PLTE", palette) if palette else b"", more,
             chunk(b"IDAT", body[:5]), chunk(b"IDAT", body[5:]), chunk(b"IEND", b""))  # fmt: skip
    return SIGNATURE + b"".join(parts)
