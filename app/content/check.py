"""What an editor is told before patients read: the cheap half of proofreading, done each time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.content import rules_pages, rules_safety, rules_words
from app.content.editions import editions, languages, read_edition
from app.content.fields import BadEdition, Fields, Missing, read_fields, read_text, scalars
from app.content.figures import all_numbers
from app.content.in_step import OURS, differences
from app.content.manifest import changed, is_frozen
from app.content.packs import FROM_CLINIC, jurisdictions, read_pack
from app.content.pages import FROM_PACK, PageFile, read_page
from app.content.primer import Primer, load
from app.content.rules_words import Sentence

STAFF = frozenset(
    {"id", "key", "claims", "references", "safety", "pages", "rules", "template", "staff_note"}
    | {"goes_to", "cost", "word_replacements", "optional", "scored", "right", "from_pack"}
    | {"must_see_right_answer"}
)  # fields that no patient reads
NAMES = {"references": "reference", "claims": "claim", "safety": "safety item", "pages": "page"}
_DIGIT = re.compile(r"\d")
_SOURCE = re.compile(r"\[\^\w+\]")
_NO_NUMBER = re.compile(r"^\s*\d+\. |!\[.*|\{\w+\}", re.MULTILINE)  # list marks, figures, places


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    file: Path
    line: int
    rule: str
    sentence: str


def findings(folder: Path, *, today: date) -> list[Finding]:
    """Look over the newest edition: what is shown today, and what would be signed next."""
    if not editions(folder):
        return [Finding(folder, 1, "edition", "there is no edition")]
    *older, newest = editions(folder)
    root = folder / newest
    frozen = [folder / name for name in editions(folder) if is_frozen(folder / name)]
    touched = [Finding(file, line, "frozen", why) for one in frozen
               for file, line, why in changed(one)]  # fmt: skip
    return [*touched, *_still_load(folder, older), *_unless_broken(root, _edition(root, today))]


def _still_load(folder: Path, older: list[str]) -> Iterator[Finding]:
    """Look for older editions that could not be shown again."""
    for name in older:
        for language in languages(folder, name):
            yield from _unless_broken(folder / name, _loads(folder / name, language))


def _loads(root: Path, language: str) -> Iterator[Finding]:
    _loaded(root, language)
    yield from ()


def _unless_broken(root: Path, found: Iterator[Finding]) -> Iterator[Finding]:
    """Give what is found, up to what cannot be loaded at all."""
    try:
        yield from found
    except BadEdition as error:
        yield _as_finding(error, root)


def _edition(root: Path, today: date) -> Iterator[Finding]:
    yield from _review(root, today)
    yield from _ids(root)
    for language in languages(root.parent, root.name):
        primer = _loaded(root, language)
        pages, said = rules_pages.written(root, language), list(_said(root, language))
        yield from _claims(root, pages)
        yield from _page_numbers(pages)
        yield from _figure_numbers(root / language / "figures.yaml", primer)
        yield from _struck(root, said)
        if language != OURS:
            yield from _in_step(root, language)
        for place in _places(root, language, primer, pages, said):
            yield Finding(*place)


def _places(
    root: Path, language: str, primer: Primer, pages: list[PageFile], said: list[Sentence]
) -> Iterator[rules_pages.Place]:
    """Give what the rules of their own files find in a language."""
    yield from rules_safety.places(root, language)
    yield from rules_words.places(root, language, said)
    yield from rules_pages.as_drawn(primer, pages)
    yield from rules_pages.as_asked(root, language, pages)
    if language == OURS:
        yield from rules_pages.easy(root, pages)
        yield from rules_pages.short(pages)


def _in_step(root: Path, language: str) -> Iterator[Finding]:
    for file, line, why in differences(root, language):
        yield Finding(file, line, "languages", why)


def _as_finding(error: BadEdition, root: Path) -> Finding:
    """Keep the file and line that the loader named."""
    place = re.match(r"(.+?):(\d+): (.*)", str(error), re.DOTALL)
    if place is None:
        return Finding(root, 1, "loads", str(error))
    return Finding(Path(place[1]), int(place[2]), "loads", place[3])


def _loaded(root: Path, language: str) -> Primer:
    """Load the language as clinics would in every country; give that of one where it is on.

    In a country where it is off, texts may still be missing.
    """
    clinic = dict.fromkeys(FROM_CLINIC, "(207) 555-0100")
    on: list[Primer] = []
    for name in jurisdictions(*_place(root)):
        pack = read_pack(*_place(root), name)
        if not pack.default_on and not pack.off_reason:
            raise BadEdition(f"{root / 'packs' / name}.yaml:1: it is off, and no reason is given")
        if not pack.default_on and not pack.texts.has(language):
            continue
        try:
            primer = load(*_place(root), language, pack, clinic)
        except Missing:
            if pack.default_on:
                raise
            continue
        on += [primer] if pack.default_on else []
    if not on:
        raise BadEdition(f"{root / 'packs'}:1: no country's pack is on")
    return on[0]


def _place(root: Path) -> tuple[Path, str]:
    return root.parent, root.name


def _review(root: Path, today: date) -> Iterator[Finding]:
    edition = read_edition(*_place(root))
    if today > edition.review_by:
        yield Finding(root / "edition.yaml", 1, "review", f"review was due on {edition.review_by}")


def _claims(root: Path, pages: list[PageFile]) -> Iterator[Finding]:
    placed = {claim for page in pages for claim in page.front.texts("claims")}
    ledger = read_fields(root / "claims.yaml")
    for name, claim in ledger.named().items():
        if name not in placed and not claim.has("off_page_reason"):
            yield Finding(ledger.file, 1, "claims", f"{name} stands on no page")


def _ids(root: Path) -> Iterator[Finding]:
    """Look for references, claims, safety items and pages that do not exist."""
    known = {
        "references": {*read_fields(root / "references.yaml").data, FROM_PACK},
        "claims": set(read_fields(root / "claims.yaml").data),
        "safety": {row.text("id") for row in read_fields(root / "safety.yaml").rows("items")},
        "pages": set(read_edition(*_place(root)).pages),
    }
    for file in sorted(root.rglob("*.yaml")):
        for line, path, text in scalars(read_text(file)):
            kind = str(path[-2]) if len(path) > 1 and isinstance(path[-1], int) else ""
            if kind in known and text not in known[kind]:
                yield Finding(file, line, kind, f"there is no {NAMES[kind]} {text}")


def _page_numbers(pages: list[PageFile]) -> Iterator[Finding]:
    """Look for numbers in a block that names no source."""
    for page in pages:
        for line, block, below in _blocks(page):
            sourced = _SOURCE.search(block) or (_SOURCE.search(below) and not _words(below))
            if _DIGIT.search(_NO_NUMBER.sub("", _words(block))) and not sourced:
                yield Finding(page.body.file, line, "numbers", " ".join(_words(block).split()))


def _blocks(page: PageFile) -> Iterator[tuple[int, str, str]]:
    """Yield each block between blank lines, its first line, and the block below it."""
    text = re.sub(r"^>[ ]?", "", "\n".join(page.body.lines), flags=re.MULTILINE)
    places = [(found.start(), found[0]) for found in re.finditer(r"[^\n]+(?:\n[^\n]+)*\n?", text)]
    below = [block for _, block in places[1:]] + [""]
    for (start, block), after in zip(places, below, strict=True):
        yield page.body.first_line + text[:start].count("\n"), block, after


def _words(block: str) -> str:
    return _SOURCE.sub("", block).strip()


def _figure_numbers(file: Path, primer: Primer) -> Iterator[Finding]:
    """Look for a figure whose words do not say what it draws."""
    figures = {figure.id: figure for page in primer.pages for figure in page.figures}
    for name, numbers in all_numbers(figures).items():
        said = set(re.findall(r"\d+", figures[name].twin))
        missing = [str(number) for number in numbers if str(number) not in said]
        if missing:
            why = f"the twin of {name} does not say {', '.join(missing)}"
            yield Finding(file, read_fields(file).line(name), "numbers", why)


def _struck(root: Path, said: list[Sentence]) -> Iterator[Finding]:
    """Look for sentences that were struck, wherever patients read."""
    rows = read_fields(root / "struck.yaml").rows("items")
    for row in rows:
        phrase = row.text("text").strip()
        for sentence in said:
            if _applies(row, sentence) and phrase.casefold() in sentence.text.casefold():
                yield Finding(sentence.file, sentence.line, "struck", sentence.text)


def _applies(row: Fields, sentence: Sentence) -> bool:
    """Say whether a struck sentence is struck here: some only in one row of the choices."""
    kind = row.text("kind")
    return kind == "phrase" or kind.removesuffix("_row") in sentence.path


def _said(root: Path, language: str) -> Iterator[Sentence]:
    for file in sorted((root / language).glob("*.md")):
        body = read_page(file).body
        for number, line in enumerate(body.spoken().split("\n"), body.first_line):
            yield Sentence(file, number, (), line)
    for file in sorted((root / language).glob("*.yaml")):
        yield from _yaml_said(file, ())
    for file in sorted((root / "packs").glob("*.yaml")):
        yield from _yaml_said(file, ("texts", language))


def _yaml_said(file: Path, under: tuple[str, ...]) -> Iterator[Sentence]:
    names: Mapping[tuple[str | int, ...], str] = {
        path[:-1]: text for _, path, text in scalars(read_text(file)) if path[-1] == "id"
    }
    for line, path, text in scalars(read_text(file)):
        if path[: len(under)] == under and not STAFF & set(path):
            row = tuple(names[path[:end]] for end in range(len(path)) if path[:end] in names)
            yield Sentence(file, line, (*path, *row), text)
