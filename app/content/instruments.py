"""Questionnaires of other people, each with its licence beside it; off until they allow it."""

from pathlib import Path

from app.content.fields import BadEdition, read_fields
from app.content.previsit import Item, Kind

FOLDER = "instruments"
PART = "life"  # of the form before the visit: where they are asked


def instruments(folder: Path) -> tuple[str, ...]:
    """List the questionnaires that a clinic may be allowed to use."""
    return tuple(sorted(file.parent.name for file in folder.glob(f"{FOLDER}/*/about.yaml")))


def read_instrument(folder: Path, name: str, language: str) -> Item | None:
    """Read a questionnaire to tick, or None when its sentences are not here in this language."""
    place = folder / FOLDER / name
    if name not in instruments(folder) or not (place / f"{language}.yaml").exists():
        return None
    about, said = read_fields(place / "about.yaml"), read_fields(place / f"{language}.yaml")
    sentences = said.texts("sentences")
    if len(sentences) != about.whole("sentences"):
        raise BadEdition(f"{said.file}:{said.line('sentences')}: these are {len(sentences)}")
    return Item(
        id=name,
        kind=Kind.TICKS,
        short=about.text("title"),
        question=about.text("title"),
        why=said.text("instruction"),
        options={str(number): text for number, text in enumerate(sentences, 1)},
        said={"source": about.text("source")},
    )
