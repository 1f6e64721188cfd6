"""The statements on what is realistic, and the open questions in the patient's own words."""

from dataclasses import dataclass
from pathlib import Path

from app.content.fields import read_fields
from app.content.words import Words
from app.domain.primer import Stance


@dataclass(frozen=True, slots=True)
class Statement:
    """One line to acknowledge, to talk about or to skip."""

    id: str
    text: str
    sha: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements with their lead-in and the three equal answers, in this order."""

    lead_in: str
    skip_link: str
    answers: tuple[tuple[Stance, str], ...]
    items: tuple[Statement, ...]
    sha: str = ""


@dataclass(frozen=True, slots=True)
class TeachBack:
    """Optional open questions; the doctor reads the answers, and nobody judges them."""

    questions: tuple[str, ...]
    warning: str
    sha: str = ""


def read_statements(file: Path, words: Words) -> Statements:
    """Read the statements of a language."""
    fields = read_fields(file)
    answers = fields.part("answers")
    return Statements(
        lead_in=words.text(fields, "lead_in"),
        skip_link=words.text(fields, "skip_link"),
        answers=tuple((stance, words.text(answers, stance)) for stance in Stance),
        items=tuple(
            Statement(row.text("id"), words.text(row, "text")) for row in fields.rows("items")
        ),
    )


def read_teach_back(file: Path, words: Words) -> TeachBack:
    """Read the open questions of a language."""
    fields = read_fields(file)
    return TeachBack(words.texts(fields, "questions"), words.text(fields, "warning"))
