"""Editions of the primer: one folder each, never changed once patients have read it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content.fields import BadEdition, Fields, read_fields
from app.content.words import Words


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says about itself."""

    id: str
    title: str
    day: date
    change: str  # major: patients who read the one before are asked to look at what changed
    status: str  # draft until the people of `awaiting` have signed
    awaiting: tuple[str, ...]
    review_by: date
    record_title: str
    pages: tuple[str, ...]
    words_a_minute: int


@dataclass(frozen=True, slots=True)
class About:
    """Who stands behind the guide, in the patient's language; unknown is said to be unknown."""

    title: str
    awaiting: str
    written_by: str
    paid_by: str
    clinic_interest: str
    updates: str
    limits: tuple[str, ...]


def read_edition(folder: Path, edition: str) -> Edition:
    """Read the front page of an edition."""
    fields = read_fields(_inside(folder, edition) / "edition.yaml")
    if fields.data.get("change") not in ("major", "minor"):
        raise fields.wrong("change", "this must be major or minor")
    return Edition(
        id=edition,
        title=fields.text("title"),
        day=fields.day("date"),
        change=fields.text("change"),
        status=fields.text("status"),
        awaiting=fields.texts("awaiting"),
        review_by=fields.day("review_by"),
        record_title=fields.text("record_title"),
        pages=fields.texts("pages"),
        words_a_minute=fields.whole("words_a_minute"),
    )


def editions(folder: Path) -> tuple[str, ...]:
    """List the editions, oldest first."""
    return tuple(sorted(file.parent.name for file in folder.glob("*/edition.yaml")))


def languages(folder: Path, edition: str) -> tuple[str, ...]:
    """List the languages an edition is written in."""
    return tuple(sorted(file.parent.name for file in (folder / edition).glob("*/about.yaml")))


def language_folder(folder: Path, edition: str, language: str) -> Path:
    """Give the folder of one language; an edition without it is refused."""
    if language not in languages(folder, edition):
        raise BadEdition(f"{folder / edition}:1: there is no language {language!r}")
    return folder / edition / language


def parse_about(fields: Fields, words: Words) -> About:
    """Read who stands behind the guide."""
    return About(
        title=words.text(fields, "title"),
        awaiting=words.text(fields, "awaiting"),
        written_by=words.text(fields, "written_by"),
        paid_by=words.text(fields, "paid_by"),
        clinic_interest=words.text(fields, "clinic_interest"),
        updates=words.text(fields, "updates"),
        limits=words.texts(fields, "limits"),
    )


def _inside(folder: Path, edition: str) -> Path:
    if edition not in editions(folder):
        raise BadEdition(f"{folder}:1: there is no edition {edition!r}")
    return folder / edition
