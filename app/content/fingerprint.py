"""The fingerprint of what was shown, so that a record can prove it years later."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from app.domain.record import canonical

FORM = 1  # of the words below; a record keeps its meaning only while its form does
Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Setting:
    """Which words were shown: the same sentence in another country is another text."""

    edition: str
    language: str
    jurisdiction: str


def sha_of(shown: Shown, setting: Setting) -> str:
    """Give the SHA-256 over the canonical JSON of what is shown, and of where."""
    whole = {"form": FORM, "setting": asdict(setting), "shown": shown}
    return sha256(canonical(whole)).hexdigest()
