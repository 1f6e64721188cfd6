"""A logo is taken apart and written anew: what leaves us is pixels and nothing else."""

import secrets

import pytest

from app.content.picture import HEAVIEST, written_anew
from app.domain.setting import NotAPicture
from tests.pictures import chunk, png


def test_the_same_pixels_leave_in_a_file_of_ours() -> None:
    hidden = chunk(b"tEXt", b"Comment\0<script>") + chunk(b"eXIf", b"where it was taken")

    made = written_anew(png(more=hidden) + b"and what hangs on behind it")

    assert (made.width, made.height) == (4, 3)
    assert b"script" not in made.png
    assert b"taken" not in made.png
    assert b"behind" not in made.png
    assert written_anew(made.png) == made


@pytest.mark.parametrize("colour", [0, 2, 4, 6])
def test_grey_and_colours_with_and_without_clear_are_taken(colour: int) -> None:
    assert written_anew(png(colour=colour)).width == 4


def test_a_picture_with_a_palette_keeps_it() -> None:
    made = written_anew(png(colour=3, palette=b"\xc0\0\0" * 256, pixels=b"\0\1\1\1\1" * 3))

    assert b"PLTE" in made.png


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        png()[:30],
        png().replace(b"IDAT", b"IDAX"),
        png(width=801),
        png(height=401),
        png(width=0),
        png(depth=3),
        png(colour=5),
        png(ways=b"\0\0\1"),
        png(colour=3, pixels=b"\0\0\0\0\0" * 3),
        png(pixels=b"\0" * 5),
        png(pixels=b"\0" * 10_000_000),
        png(pixels=(b"\x09" + b"\0" * 12) * 3),
        png(128, 128, pixels=b"".join(b"\0" + secrets.token_bytes(384) for _ in range(128))),
    ],
)
def test_what_is_no_small_picture_is_refused(file: bytes) -> None:
    with pytest.raises(NotAPicture):
        written_anew(file)


def test_a_logo_is_light_enough_for_a_first_page() -> None:
    assert len(written_anew(png(400, 200)).png) < HEAVIEST
