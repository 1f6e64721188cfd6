"""What somebody typed into the search field, read as all that it may mean."""

import re
from collections.abc import Iterator
from datetime import date

from app.domain.desk_refusals import TooMuchTyped
from app.domain.finding import DIGITS, LONGEST, Sought, folded
from app.web.patient import typed
from app.web.patient.typed import Mistyped

MOST_WORDS = 6
NUMBER = re.compile(r"[+(]?\d[\d\s().+/-]*")
WHOLE_NUMBER = 7
CODE = re.compile("[0-9A-Z]{6,7}")
THREE = re.compile(r"(\w{1,20})\.?[\s/.,-]{1,4}(\w{1,20})\.?[\s/.,-]{1,4}(\w{1,20})")
SHORT_YEAR = 100
MONTH_FIRST = {"US", "PH", "FM", "MH", "PW"}  # countries that write 4/21/1968


def read(text: str, *, prefix: str, country: str, language: str, today: date) -> Sought:
    """Return what may be meant; raises TooMuchTyped for what nobody is called."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST or len(plain.split()) > MOST_WORDS or not plain.isprintable():
        raise TooMuchTyped
    births = tuple(sorted(set(_births(plain, country, language, today))))
    return Sought(
        words=tuple(folded(plain).split()) if _names_somebody(plain, births) else (),
        births=births,
        digits="" if births else _digits(plain),
        references=tuple(_references(plain, prefix)),
        email=plain.casefold() if "@" in plain and " " not in plain else "",
    )


def birth(text: str, *, country: str, language: str, today: date) -> date | None:
    """Return the day on which somebody was born, in whatever order it was said."""
    plain = " ".join(text.split())
    if not plain.isprintable() or len(plain) > LONGEST:
        return None
    return next(_births(plain, country, language, today), None)


def _names_somebody(plain: str, births: tuple[date, ...]) -> bool:
    return not births and "@" not in plain and any(char.isalpha() for char in plain)


def _digits(plain: str) -> str:
    """Return the digits of a number, without what is dialled before it only at home."""
    if not NUMBER.fullmatch(plain):
        return ""
    digits = "".join(char for char in plain if char.isdecimal())
    if len(digits) >= WHOLE_NUMBER:
        digits = digits.lstrip("0")
    return digits if len(digits) >= DIGITS else ""


def _references(plain: str, prefix: str) -> Iterator[str]:
    """Yield the reference that was meant, however it was grouped."""
    letters = "".join(char for char in plain.upper() if char not in " -.")
    for said in {letters, letters.removeprefix(prefix.upper())}:
        if CODE.fullmatch(said):
            yield f"{prefix}-{said[:3]}-{said[3:]}"


def _births(plain: str, country: str, language: str, today: date) -> Iterator[date]:
    """Yield the day that was meant: 1968-04-21, 4/21/1968, 21.4.68, 21 April 1968, 04211968."""
    month_first = country in MONTH_FIRST and "." not in plain
    if plain.isdecimal() and len(plain) == len("19680421"):
        last = (plain[:2], plain[2:4], plain[4:])
        orders = [(plain[:4], plain[4:6], plain[6:]), _order(*last, month_first=month_first)]
    elif (found := THREE.fullmatch(plain)) is not None:
        orders = [_order(*found.groups(), month_first=month_first)]
    else:
        return
    yield from (day for one in orders if (day := _day(*one, language, today)))


def _order(first: str, second: str, third: str, *, month_first: bool) -> tuple[str, str, str]:
    """Return year, month and day as they were meant."""
    if len(first) == len("1968"):
        return first, second, third
    if not first.isdecimal() or (month_first and second.isdecimal()):
        return third, first, second
    return third, second, first


def _day(year: str, month: str, day: str, language: str, today: date) -> date | None:
    if not year.isdecimal() or len(year) not in (2, 4):
        return None
    number = int(year)
    if len(year) == 2:  # of whoever is not a hundred yet
        century = today.year // SHORT_YEAR * SHORT_YEAR
        number += century if century + number <= today.year else century - SHORT_YEAR
    try:
        return date(number, typed.month(month, language), typed.day(day))
    except (Mistyped, ValueError):
        return None
