"""The fingerprint of what was shown, so that a record can prove it years later."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Setting:
    """Which words were shown: the same sentence in another country is another text."""

    edition: str
    language: str
    jurisdiction: str


def digest(value: object) -> str:
    """Give the SHA-256 of a value's canonical JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sha_of(shown: "DataclassInstance", setting: Setting) -> str:
    """Give the SHA-256 over all that is shown and its setting, but not over the sha itself."""
    fields = asdict(shown)
    fields.pop("sha")
    return digest({"setting": asdict(setting), "shown": fields})
