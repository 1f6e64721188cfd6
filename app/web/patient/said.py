"""A refusal in words, for a page that goes on to offer something."""

from dataclasses import dataclass
from typing import Self

from app.domain.refusals import Refused
from app.web.refusals import say


@dataclass(frozen=True, slots=True)
class Said:
    """The code and its sentence."""

    code: str
    sentence: str

    @classmethod
    def of(cls, refusal: Refused | None) -> Self | None:
        """Put a refusal into words, if there is one."""
        return cls(refusal.code, say(refusal)) if refusal else None
