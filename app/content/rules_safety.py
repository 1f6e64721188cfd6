"""Rules of the editor's check on the safety check, and on what is asked before the visit."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.previsit import load_previsit
from app.content.words import Words
from app.domain.previsit import KEPT

Place = tuple[Path, int, str, str]  # file, line, rule, what is wrong
HEALTH = "P3"  # the class of data that answers before the visit have


def places(root: Path, language: str) -> Iterator[Place]:
    """Give what is to be mended, in the rules and in the words of a language."""
    load_previsit(root.parent, root.name, language, Words({}, ()))  # or say where it is broken
    yield from _emergencies(root)
    yield from _outside(root, language)
    yield from _asked(root)
    yield from _never_asked(root, language)


def _emergencies(root: Path) -> Iterator[Place]:
    """Look for an emergency that is not asked about any more, or is called less urgent."""
    rules = read_fields(root / "safety.yaml")
    tiers = {row.text("id"): row.text("tier") for row in rules.rows("items")}
    for name in read_fields(root / "edition.yaml").texts("emergency_items"):
        if tiers.get(name) != "emergency":
            yield rules.file, rules.line("items"), "emergency", f"{name} is no emergency here"


def _outside(root: Path, language: str) -> Iterator[Place]:
    """Look at the short list for mails and calendars: the items' own words, no complaint."""
    texts = read_fields(root / language / "safety.yaml")
    said = {row.text("id"): _said(row) for row in texts.rows("items")}
    short = texts.rows("short")
    for row in short:
        words = row.text("words").casefold()
        if words not in said.get(row.text("item"), ""):
            why = f"{row.text('item')} does not say {row.text('words')!r}"
            yield texts.file, row.line("words"), "short", why
        for word in texts.texts("complaint"):
            if re.search(rf"\b{re.escape(word.casefold())}", words):
                yield texts.file, row.line("words"), "short", f"this names the complaint: {word}"
    listed = {row.text("item") for row in short}
    for rule in read_fields(root / "safety.yaml").rows("items"):
        silent = rule.text("id") not in listed and not rule.has("not_outside")
        if rule.text("tier") == "emergency" and silent:
            why = f"{rule.text('id')} stands neither in the short list nor is there a reason"
            yield texts.file, texts.line("short"), "short", why


def _said(row: Fields) -> str:
    said = (row.text("question"), *row.texts("signs"))
    return " ".join(" ".join(said).split()).casefold()


def _asked(root: Path) -> Iterator[Place]:
    """Look for a question before the visit without a reason, a class or a term (T43)."""
    rules = read_fields(root / "previsit.yaml")
    for part in rules.rows("parts"):
        for row in part.rows("items"):
            name = row.text("id")
            if not row.has("reason"):
                yield rules.file, row.line("id"), "previsit", f"{name} is asked without a reason"
            if row.data.get("class") != HEALTH:
                yield rules.file, row.line("id"), "previsit", f"{name} has no class of data"
            if row.whole_or_none("kept_days") != KEPT.days:
                yield rules.file, row.line("id"), "previsit", f"{name} is not kept {KEPT.days} days"


def _never_asked(root: Path, language: str) -> Iterator[Place]:
    texts = read_fields(root / language / "previsit.yaml")
    never = read_fields(root / "previsit.yaml").part("never_asked").texts(language)
    for row in texts.rows("items"):
        said = " ".join([row.text("question"), *_options(row)]).casefold()
        for word in never:
            if re.search(rf"\b{re.escape(word.casefold())}", said):
                why = f"{row.text('id')} asks about what is never asked: {word}"
                yield texts.file, row.line("question"), "previsit", why


def _options(row: Fields) -> list[str]:
    return [str(words) for words in row.data.get("options", {}).values()]
