"""Rules of the editor's check on words: what sells or promises stands only where it must."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields, read_text, scalars

QUOTED = frozenset({"articles_say", "claim"})  # what others say stands in their words
OUR_NAME = re.compile(r"\b[RAC]\d{1,2}\b")  # of a reference, an article, a claim: for editors only

Place = tuple[Path, int, str, str]  # file, line, rule, what is wrong


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that patients read, and where it stands."""

    file: Path
    line: int
    path: tuple[str | int, ...]
    text: str


def places(root: Path, language: str, said: Sequence[Sentence]) -> Iterator[Place]:
    """Look for words of the list, for exceptions that nothing needs, and for names of our own."""
    yield from _our_names([*said, *_references(root)])
    fields = read_fields(root / "forbidden.yaml")
    ours = [one for one in said if not QUOTED & set(one.path)]
    for row in fields.rows(language) if fields.has(language) else ():
        allowed = row.rows("allowed") if row.has("allowed") else ()
        for sentence in ours:
            found = _pattern(row).search(sentence.text)
            if found and not any(_covers(one, sentence, found) for one in allowed):
                yield sentence.file, sentence.line, "forbidden", f"{found[0]}: {sentence.text}"
        for one in allowed:
            if not any(_is_there(one, sentence) for sentence in ours):
                why = f"nothing needs this exception: {one.text('text')}"
                yield fields.file, one.line("text"), "forbidden", why


def _our_names(said: Sequence[Sentence]) -> Iterator[Place]:
    for one in said:
        if found := OUR_NAME.search(one.text):
            why = f"{found[0]} means nothing to readers: {one.text}"
            yield one.file, one.line, "our_names", why


def _references(root: Path) -> Iterator[Sentence]:
    file = root / "references.yaml"
    for line, path, text in scalars(read_text(file)):
        if path[-1] == "text":
            yield Sentence(file, line, path, text)


def _pattern(row: Fields) -> re.Pattern[str]:
    """Read a word; a star at its end stands for any ending."""
    word = row.text("word")
    ending = r"\w*" if word.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(word.rstrip('*'))}{ending}(?!\w)", re.IGNORECASE)


def _is_there(one: Fields, sentence: Sentence) -> bool:
    """Say whether a sentence is the one of an exception, wherever its lines break."""
    same_file = sentence.file.name == one.text("file")
    return same_file and one.text("text") in " ".join(sentence.text.split())


def _covers(one: Fields, sentence: Sentence, found: re.Match[str]) -> bool:
    return _is_there(one, sentence) and found[0].casefold() in one.text("text").casefold()
