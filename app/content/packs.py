"""Packs: what the law and the care system of a country make different."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import BadEdition, Fields, Missing, read_fields
from app.content.words import Words

FROM_CLINIC = ("clinic_phone", "nurse_line", "support_line", "insurance_sentence")
SENTENCES = ("regulator_short", "regulator_statement", "K2", "K7")
SAFETY_NEEDS = ("clinic_phone", "nurse_line", "support_line")


@dataclass(frozen=True, slots=True)
class Notice:
    """Words that a state wants on the page as they are; entered by a lawyer."""

    id: str
    state: str
    required_when: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """One country's texts in all languages, as written: some may still be empty."""

    jurisdiction: str
    name: str
    locale: str
    default_on: bool  # whether the primer path is offered without the clinic switching it on
    off_reason: str | None
    emergency_number: str
    references: tuple[str, ...]
    notices: tuple[Notice, ...]
    texts: Fields

    def language(self, language: str) -> Fields:
        """Give the texts of one language."""
        return self.texts.part(language)


def jurisdictions(folder: Path, edition: str) -> tuple[str, ...]:
    """List the countries an edition has a pack for."""
    return tuple(sorted(file.stem for file in (folder / edition / "packs").glob("*.yaml")))


def read_pack(folder: Path, edition: str, jurisdiction: str) -> Pack:
    """Read the pack of a country; an unknown country is refused."""
    if jurisdiction not in jurisdictions(folder, edition):
        raise BadEdition(f"{folder / edition / 'packs'}:1: there is no pack {jurisdiction!r}")
    fields = read_fields(folder / edition / "packs" / f"{jurisdiction}.yaml")
    return Pack(
        jurisdiction=jurisdiction,
        name=fields.text("name"),
        locale=fields.text("locale"),
        default_on=fields.flag("default_on"),
        off_reason=fields.text_or_none("off_reason"),
        emergency_number=fields.text("emergency_number"),
        references=fields.texts("references"),
        notices=tuple(_notice(row) for row in fields.rows("statutory_notices")),
        texts=fields.part("texts"),
    )


def _notice(row: Fields) -> Notice:
    return Notice(
        row.text("id"), row.text("state"), row.text("required_when"), row.text_or_none("text")
    )


def safety_words(pack: Pack, language: str, clinic_words: Mapping[str, str]) -> Words:
    """Give the words of the safety check, which every clinic shows, with or without a primer."""
    texts = pack.language(language)
    values = {name: _clinic(texts, name, clinic_words) for name in SAFETY_NEEDS}
    return Words({**values, "emergency_number": pack.emergency_number}, _replacements(texts))


def guide_words(
    pack: Pack, language: str, clinic_words: Mapping[str, str], parts: Mapping[str, int]
) -> Words:
    """Give the words of the whole guide; a law's sentence has no default and no substitute."""
    texts = pack.language(language)
    values = {name: _clinic(texts, name, clinic_words) for name in FROM_CLINIC}
    values |= {name: texts.text(name) for name in SENTENCES}
    values |= {page: str(number) for page, number in parts.items()}
    values["cost_sentence"] = str(texts.data.get("cost_sentence") or "")
    values["emergency_number"] = pack.emergency_number
    return Words(values, _replacements(texts))


def missing(pack: Pack, language: str, clinic_words: Mapping[str, str]) -> tuple[str, ...]:
    """Name every text that the guide needs and neither the pack nor the clinic says."""
    texts = pack.language(language)
    from_clinic = [
        name for name in FROM_CLINIC if not (texts.text_or_none(name) or clinic_words.get(name))
    ]
    return (*from_clinic, *(name for name in SENTENCES if not texts.has(name)))


def _clinic(texts: Fields, name: str, clinic_words: Mapping[str, str]) -> str:
    value = texts.text_or_none(name) or clinic_words.get(name)
    if not value:
        raise Missing(str(texts.wrong(name, "neither the pack nor the clinic says this")))
    return value


def _replacements(texts: Fields) -> tuple[tuple[str, str], ...]:
    pairs = texts.data.get("word_replacements") or []
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise texts.wrong("word_replacements", "each must be a pair: our words, their words")
    return tuple((str(ours), str(theirs)) for ours, theirs in pairs)
