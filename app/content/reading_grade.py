"""How many years of school a text asks for (Flesch-Kincaid), counted simply, for English."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d[\d,.]*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^tdaeiouy]ed|[^laeiouy]e)$")


def sentences(text: str) -> list[str]:
    """Part a text into sentences."""
    return [part for part in _SENTENCE.split(text.strip()) if _WORD.search(part)]


def syllables(word: str) -> int:
    """Count the syllables of a word by its groups of vowels; a number counts as one."""
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    return max(1, groups - (1 if groups > 1 and _SILENT.search(word) else 0))


def grade(text: str) -> float:
    """Give the grade of a text, 0 for one without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    length = len(words) / max(1, len(sentences(text)))
    return 0.39 * length + 11.8 * spoken / len(words) - 15.59
