"""A clinic's logo: a PNG, taken apart and written anew, so that it carries nothing but pixels.

SVG is not taken: it is a document that can hold scripts, links and fonts of others.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.setting import NotAPicture

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDEST, HIGHEST = 800, 400
HEAVIEST = 12 * 1024  # of the picture as we write it: it comes with each first page
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
FILTERS = 5
LONGEST_PALETTE = 768


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG of ours, and how large it is."""

    width: int
    height: int
    png: bytes


def written_anew(file: bytes) -> Picture:
    """Return the same picture in a file of ours; raises NotAPicture."""
    try:
        parts = dict(_parts(file))
        width, height, depth, colour, *ways = struct.unpack(">IIBBBBB", parts[b"IHDR"])
        _check(width, height, depth, colour, ways)
        pixels = _pixels(parts[b"IDAT"], height, -(-width * CHANNELS[colour] * depth // 8))
    except (KeyError, struct.error, zlib.error) as error:
        raise NotAPicture from error
    png = _file(parts, pixels)
    if len(png) > HEAVIEST or (colour == 3 and b"PLTE" not in parts):
        raise NotAPicture
    return Picture(width=width, height=height, png=png)


def _parts(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts that make the picture, its data as one; texts, times and profiles go."""
    if not file.startswith(SIGNATURE):
        raise NotAPicture
    at, data = len(SIGNATURE), b""
    while at + 12 <= len(file):
        length, kind = struct.unpack(">I4s", file[at : at + 8])
        body, check = file[at + 8 : at + 8 + length], file[at + 8 + length : at + 12 + length]
        if zlib.crc32(kind + body).to_bytes(4, "big") != check:
            raise NotAPicture
        at += 12 + length
        if kind == b"IEND":
            break
        if kind == b"IDAT":
            data += body
        elif kind in (b"IHDR", b"PLTE", b"tRNS"):
            yield kind, body
    yield b"IDAT", data


def _check(width: int, height: int, depth: int, colour: int, ways: list[int]) -> None:
    size = 0 < width <= WIDEST and 0 < height <= HIGHEST
    if not size or depth not in DEPTHS.get(colour, ()) or ways != [0, 0, 0]:
        raise NotAPicture


def _pixels(data: bytes, height: int, row: int) -> bytes:
    """Return the rows of the picture: as many as it says, and not one byte more."""
    whole = height * (row + 1)
    pixels = zlib.decompressobj().decompress(data, whole + 1)
    if len(pixels) != whole or any(pixels[at] >= FILTERS for at in range(0, whole, row + 1)):
        raise NotAPicture
    return pixels


def _file(parts: dict[bytes, bytes], pixels: bytes) -> bytes:
    palette, clear = parts.get(b"PLTE", b""), parts.get(b"tRNS", b"")
    if len(palette) > LONGEST_PALETTE or len(palette) % 3 or len(clear) > LONGEST_PALETTE // 3:
        raise NotAPicture
    wanted = ((b"IHDR", parts[b"IHDR"]), (b"PLTE", palette), (b"tRNS", clear))
    chunks = [_chunk(kind, body) for kind, body in wanted if body]
    return b"".join(
        (SIGNATURE, *chunks, _chunk(b"IDAT", zlib.compress(pixels, 9)), _chunk(b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
