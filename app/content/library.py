"""What a clinic shows, read once and kept: editions never change once they are out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from app.content import bundle
from app.content.editions import Edition, editions, languages, read_edition
from app.content.fingerprint import Setting
from app.content.instruments import PART, read_instrument
from app.content.packs import Pack, jurisdictions, read_pack, safety_words
from app.content.previsit import PreVisit, load_previsit
from app.content.primer import Primer, load
from app.content.safety import SafetyCheck, load_safety
from app.content.safety_limits import PREFIX, own_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Which edition a clinic shows, in which language, with which words of its own."""

    folder: Path
    edition: str
    language: str
    jurisdiction: str
    clinic_phone: str
    nurse_line: str | None
    limits: tuple[tuple[str, int], ...] = ()  # of the safety check, as the clinic tightened them
    instruments: frozenset[str] = frozenset()  # of other people, who allowed them

    @property
    def clinic_words(self) -> dict[str, str]:
        """The words that the clinic itself fills in, its own limits among them."""
        nurse_line = self.nurse_line or self.clinic_phone
        words = {"clinic_phone": self.clinic_phone, "nurse_line": nurse_line}
        return words | {f"{PREFIX}{name}": str(value) for name, value in self.limits}

    def as_then(
        self, edition: str, language: str, jurisdiction: str, words: Mapping[str, str]
    ) -> "Copy":
        """Say what was shown then: the edition with the clinic's words of that day.

        A reading from before those were kept has none; it is shown with today's.
        """
        return replace(
            self,
            edition=edition,
            language=language,
            jurisdiction=jurisdiction,
            clinic_phone=words.get("clinic_phone", self.clinic_phone),
            nurse_line=words.get("nurse_line", self.nurse_line),
            limits=tuple(own_limits(words).items()) if words else self.limits,
        )

    @property
    def there(self) -> bool:
        """Say whether the edition is still kept, in this language and for this country."""
        return (
            self.edition in editions(self.folder)
            and self.language in languages(self.folder, self.edition)
            and self.jurisdiction in jurisdictions(self.folder, self.edition)
        )


@lru_cache(maxsize=64)
def written_in(language: str, folder: Path, edition: str, jurisdiction: str) -> str:
    """Return the language if the edition and the country's pack have it, else English."""
    if language not in languages(folder, edition):
        return "en"
    said = read_pack(folder, edition, jurisdiction).texts
    return language if said.has(language) else "en"


@lru_cache(maxsize=32)
def front(copy: Copy) -> Edition:
    """Return what the edition says about itself."""
    return read_edition(copy.folder, copy.edition)


@lru_cache(maxsize=32)
def pack(copy: Copy) -> Pack:
    """Return the pack of the clinic's country."""
    return read_pack(copy.folder, copy.edition, copy.jurisdiction)


@lru_cache(maxsize=32)
def primer(copy: Copy) -> Primer:
    """Return the primer, or say with file and line why it cannot be shown."""
    return load(copy.folder, copy.edition, copy.language, pack(copy), copy.clinic_words)


@lru_cache(maxsize=32)
def safety(copy: Copy) -> SafetyCheck:
    """Return the safety check, which every clinic shows, with or without a primer."""
    check = load_safety(copy.folder, copy.edition, copy.language, pack(copy), copy.clinic_words)
    return bundle.sealed_check(check, Setting(copy.edition, copy.language, copy.jurisdiction))


@lru_cache(maxsize=32)
def previsit(copy: Copy) -> PreVisit:
    """Return the form before the visit."""
    words = safety_words(pack(copy), copy.language, copy.clinic_words)
    form = load_previsit(copy.folder, copy.edition, copy.language, words)
    read = (read_instrument(copy.folder, one, copy.language) for one in sorted(copy.instruments))
    return form.with_items(PART, [item for item in read if item is not None])


@lru_cache(maxsize=32)
def minutes(copy: Copy, *, with_primer: bool) -> float:
    """Return how long the safety check takes to read, alone or with the primer."""
    words = safety(copy).words + (primer(copy).words if with_primer else 0)
    return words / read_edition(copy.folder, copy.edition).words_a_minute
