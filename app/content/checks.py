"""The questions after the pages."""

from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words, word_count


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, and what we say to somebody who chose it."""

    key: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question; it asks how well we explained, not how good the person is."""

    id: str
    question: str
    options: tuple[Option, ...]
    must_see: bool  # its right answer must be seen before the end
    sha: str = ""

    @property
    def right(self) -> str:
        """The key of the right option."""
        return next(option.key for option in self.options if option.right)

    @property
    def words(self) -> int:
        """How many words there are to read, with the longest reply."""
        replies = (option.feedback for option in self.options)
        asked = (self.question, *(option.text for option in self.options))
        return word_count(*asked) + max(map(word_count, replies))

    def option(self, key: str) -> Option | None:
        """Find an option; none for a key that was never shown."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Checks:
    """All questions of a language under their common heading."""

    header: str
    items: dict[str, Check]


def read_checks(file: Path, from_pack: Fields, words: Words) -> Checks:
    """Read the questions; those that a law decides come from the pack."""
    fields = read_fields(file)
    items: dict[str, Check] = {}
    for row in fields.rows("items"):
        said = from_pack.part(row.text("id")) if row.flag("from_pack") else row
        check = _check(row, said, words)
        if check.id in items:
            raise row.wrong("id", f"there are two checks {check.id}")
        items[check.id] = check
    return Checks(words.text(fields, "header"), items)


def _check(row: Fields, said: Fields, words: Words) -> Check:
    options = tuple(_option(option, words) for option in said.rows("options"))
    if [option.right for option in options].count(True) != 1:
        raise said.wrong("options", "exactly one option is right")
    if len({option.key for option in options}) != len(options):
        raise said.wrong("options", "two options have the same key")
    return Check(
        id=row.text("id"),
        question=words.text(said, "question"),
        options=options,
        must_see=row.flag("must_see_right_answer"),
    )


def _option(row: Fields, words: Words) -> Option:
    return Option(
        key=row.text("key"),
        text=words.text(row, "text"),
        right=row.flag("right"),
        feedback=words.text(row, "feedback"),
    )
