"""Languages in step: each says in the same places what English says, with the same numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Step, read_text, scalars
from app.content.pages import read_page

OURS = "en"
SAME = frozenset(
    {"id", "key", "cost", "claims", "references", "safety", "pages", "figures", "check", "step"}
)  # fields that are the same in every language
TRUTHS = ("true", "false")  # so is a right answer
FREE = frozenset({"length_note", "word_replacements", "rules", "staff_note", "goes_to"})
SHARED = {
    "sources": re.compile(r"\[\^\w+\]"),
    "placeholders": re.compile(r"\{\w+\}"),
    "pictures": re.compile(r"!\[\]\(\w+\)"),
    "items": re.compile(r"^(?:> )?(?:- |\d+\. )", re.MULTILINE),
}  # what every language's text has as often, in whatever order
_NUMBER = re.compile(r"\d+")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")

Place = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a language, or one block of a page, and where it stands."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        """Name the place as it stands in the edition."""
        return f"{self.file.parent.name}/{self.file.name}:{self.line}"


Difference = tuple[Path, int, str]  # where, and what differs from where


def differences(root: Path, language: str) -> Iterator[Difference]:
    """Compare a language of an edition with English, both in its folder and in the packs."""
    names = {folder: _names(root / folder) for folder in (OURS, language)}
    for name in sorted(names[OURS] - names[language]):
        yield root / language, 1, f"{name} is missing; {OURS}/{name} is there"
    for name in sorted(names[language] - names[OURS]):
        yield root / language / name, 1, f"{OURS}/{name} is missing"
    for name in sorted(names[OURS] & names[language]):
        yield from _file(root / OURS / name, root / language / name)
    for pack in sorted((root / "packs").glob("*.yaml")):
        yield from _pack(pack, language)


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if file.suffix in (".md", ".yaml")}


def _file(ours: Path, theirs: Path) -> Iterator[Difference]:
    if ours.suffix == ".yaml":
        yield from _fields(_yaml(ours), _yaml(theirs), theirs)
        return
    yield from _fields(_front(ours), _front(theirs), theirs)
    blocks, translated = list(_blocks(ours)), list(_blocks(theirs))
    if len(blocks) != len(translated):
        why = f"there are {len(translated)} paragraphs, in {OURS}/{ours.name} {len(blocks)}"
        yield theirs, 1, why
        return
    for one, other in zip(blocks, translated, strict=True):
        yield from _text(one, other)


def _pack(file: Path, language: str) -> Iterator[Difference]:
    texts = _yaml(file)
    ours, theirs = (
        {path[2:]: said for path, said in texts.items() if path[:2] == ("texts", spoken)}
        for spoken in (OURS, language)
    )
    if theirs:
        yield from _fields(ours, theirs, file)


def _yaml(file: Path) -> dict[Place, Said]:
    return {path: Said(file, line, text) for line, path, text in scalars(read_text(file))}


def _front(file: Path) -> dict[Place, Said]:
    front = read_page(file).front
    return {
        path: Said(file, line + front.first_line - 1, text)
        for line, path, text in scalars(front.text_of_file)
    }


def _blocks(file: Path) -> Iterator[Said]:
    body = read_page(file).body
    text = re.sub(r"^>$", "", "\n".join(body.lines), flags=re.MULTILINE)
    for found in _BLOCK.finditer(text):
        yield Said(file, body.first_line + text[: found.start()].count("\n"), found[0])


def _fields(
    ours: Mapping[Place, Said], theirs: Mapping[Place, Said], file: Path
) -> Iterator[Difference]:
    for path, said in ours.items():
        if FREE & set(path):
            continue
        if path not in theirs:
            yield file, 1, f"{_name(path)} is missing; it stands in {said}"
        elif _field(path) in SAME or said.text in TRUTHS:
            yield from _same(path, said, theirs[path])
        else:
            yield from _text(said, theirs[path])
    for path, said in theirs.items():
        if path not in ours and not FREE & set(path):
            yield said.file, said.line, f"{_name(path)} is not in {OURS}"


def _field(path: Place) -> Step:
    """Give the name of a field, of a list's for one of its entries."""
    return path[-2] if isinstance(path[-1], int) and len(path) > 1 else path[-1]


def _same(path: Place, ours: Said, theirs: Said) -> Iterator[Difference]:
    if ours.text != theirs.text:
        why = f"{_name(path)} is {theirs.text}, in {ours} it is {ours.text}"
        yield theirs.file, theirs.line, why


def _text(ours: Said, theirs: Said) -> Iterator[Difference]:
    """Compare what a text must share with English: sources, places, pictures, numbers, lines."""
    for what, pattern in SHARED.items():
        yield from _counted(what, pattern.findall, ours, theirs)
    yield from _counted("numbers", lambda text: _NUMBER.findall(_plain(text)), ours, theirs)
    if bool(ours.text.strip()) != bool(theirs.text.strip()):
        yield theirs.file, theirs.line, f"nothing is said; in {ours} something is"


def _counted(
    what: str, find: Callable[[str], list[str]], ours: Said, theirs: Said
) -> Iterator[Difference]:
    wanted, said = (sorted(find(one.text)) for one in (ours, theirs))
    if said != wanted:
        words = (", ".join(one) or "none" for one in (said, wanted))
        why = f"the {what} are {next(words)}; in {ours} they are {next(words)}"
        yield theirs.file, theirs.line, why


def _plain(text: str) -> str:
    for pattern in SHARED.values():
        text = pattern.sub("", text)
    return text


def _name(path: Place) -> str:
    return ".".join(map(str, path))
