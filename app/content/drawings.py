"""Drawings of our own: the disc in its states, the three steps.  The words stand in the edition."""

from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words

SCENES = frozenset(
    {"healthy", "dried", "torn", "bulging"} | {"collect", "prepare", "inject"}
)  # what the templates can draw


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of a drawing, with its name and what is to be seen in it."""

    id: str
    label: str
    shows: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Some pictures side by side, and the sentence below them."""

    id: str
    title: str
    scenes: tuple[Scene, ...]
    caption: str


def read_drawings(texts: Path, words: Words) -> dict[str, Drawing]:
    """Read the drawings of one language; a picture that nobody drew is refused."""
    return {
        name: Drawing(
            id=name,
            title=words.text(said, "title"),
            scenes=tuple(_scene(row, words) for row in said.rows("scenes")),
            caption=words.text(said, "caption"),
        )
        for name, said in read_fields(texts).named().items()
    }


def _scene(said: Fields, words: Words) -> Scene:
    name = said.text("id")
    if name not in SCENES:
        raise said.wrong("id", f"there is no drawing of {name}")
    return Scene(name, words.text(said, "label"), words.text(said, "shows"))
