"""Filling the guide's sentences with what the country and the clinic say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.content.fields import Fields

_BRACES = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Unfilled(LookupError):
    """A placeholder has no text; braces must never reach a screen."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts for the placeholders, and the words a country says differently."""

    values: Mapping[str, str]
    replacements: tuple[tuple[str, str], ...]

    def say(self, text: str) -> str:
        """Give the sentence as this clinic's patients read it.

        The country's words replace ours first, so that a clinic's own name is never changed.
        """
        for ours, theirs in self.replacements:
            text = re.sub(rf"(?<!\w){re.escape(ours)}(?!\w)", theirs.replace("\\", r"\\"), text)
        filled = _BRACES.sub(self._fill, text)
        if "{" in filled or "}" in filled:
            raise Unfilled(filled)
        return filled

    def _fill(self, match: re.Match[str]) -> str:
        if match[1] not in self.values:
            raise Unfilled(match[0])
        return self.values[match[1]]

    def text(self, fields: Fields, key: str) -> str:
        """Give a field's sentence, filled."""
        try:
            return self.say(fields.text(key)).strip()
        except Unfilled as gap:
            raise fields.wrong(key, f"nothing fills {gap}") from None

    def text_or_none(self, fields: Fields, key: str) -> str | None:
        """Give a field's sentence, filled, if there is one."""
        return self.text(fields, key) if fields.has(key) else None

    def texts(self, fields: Fields, key: str) -> tuple[str, ...]:
        """Give a list of sentences, filled."""
        try:
            return tuple(self.say(text) for text in fields.texts(key))
        except Unfilled as gap:
            raise fields.wrong(key, f"nothing fills {gap}") from None


def word_count(*texts: str) -> int:
    """Count the words to read."""
    return sum(len(_WORD.findall(text)) for text in texts)
