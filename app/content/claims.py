"""What the articles claim, what is known, and what that rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words

VERDICTS = frozenset(
    {"well supported", "some support", "uncertain", "overstated", "wrong or misleading"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """You may have read: what articles say, beside what is known, and the evidence behind it."""

    id: str
    articles_say: str
    what_is_known: str
    claim: str
    verdict: str
    evidence: str
    sources: tuple[Source, ...]


def read_references(file: Path) -> dict[str, Source]:
    """Read everything that the edition rests on."""
    return {name: Source(name, row.text("text")) for name, row in read_fields(file).named().items()}


def read_rows(
    ledger: Path, texts: Path, references: Mapping[str, Source], words: Words
) -> dict[str, Row]:
    """Read the claims of one language, with our verdict and its sources from the ledger."""
    claims = read_fields(ledger).named()
    return {
        name: _row(said, claims[name], references, words)
        for name, said in read_fields(texts).named().items()
        if name in claims
    }


def _row(said: Fields, claim: Fields, references: Mapping[str, Source], words: Words) -> Row:
    verdict = claim.text("verdict")
    if verdict not in VERDICTS:
        raise claim.wrong("verdict", f"there is no verdict {verdict}")
    for source in claim.texts("references"):
        if source not in references:
            raise claim.wrong("references", f"there is no reference {source}")
    return Row(
        id=str(claim.path[-1]),
        articles_say=words.text(said, "articles_say"),
        what_is_known=words.text(said, "what_is_known"),
        claim=words.text(said, "claim"),
        verdict=verdict,
        evidence=words.text(said, "evidence"),
        sources=tuple(references[source] for source in claim.texts("references")),
    )
