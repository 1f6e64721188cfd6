"""Which passwords are good enough: long, and not among those that are tried first."""

import unicodedata
from collections.abc import Callable, Iterable

from app.domain.staff_refusals import PasswordCommon, PasswordLong, PasswordOwn, PasswordShort

SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5
LEFT = 6  # characters that are nobody's name
ROWS = "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "qwertzuiopasdfghjklyxcvbnm"
RUNS = (*ROWS, "abcdefghijklmnopqrstuvwxyz", "0123456789" * 13)
SAID_HERE = ("foreword", "clinic", "doctor", "reception", "appointment", "spine", "password",
             "welcome", "calendar")  # fmt: skip


def check(password: str, *, is_common: Callable[[str], bool], names: Iterable[str]) -> None:
    """Refuse a password that is short, common, or made of the clinic's and the person's names.

    Nothing is asked about capitals, digits or signs: length is what helps.
    """
    if len(password) < SHORTEST:
        raise PasswordShort
    if len(password) > LONGEST:
        raise PasswordLong
    plain = fold(password)
    stem = plain.strip("0123456789!?.,-_*#$@&+ ")
    if _monotonous(plain) or any(is_common(one) for one in (plain, stem, _unit(stem))):
        raise PasswordCommon
    for word in sorted({*SAID_HERE, *_words(names)}, key=len, reverse=True):
        stem = stem.replace(word, "")
    if len(stem) < LEFT:
        raise PasswordOwn


def fold(text: str) -> str:
    """Return a text as its letters, whatever their case and width; spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _words(names: Iterable[str]) -> set[str]:
    """Return the longer words of names; *Dr* in a password says nothing about it."""
    split = (word for name in names for word in name.replace("@", " ").replace(".", " ").split())
    return {fold(word) for word in split if len(word) > 3}


def _monotonous(text: str) -> bool:
    return len(set(text)) < FEWEST_DIFFERENT or any(
        text in run or text[::-1] in run for run in RUNS
    )


def _unit(text: str) -> str:
    """Return what a text is a repetition of, or the text."""
    at = (text + text).find(text, 1) if text else 0
    return text[:at]
