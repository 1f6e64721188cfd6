"""What people type, read generously: names, dates, telephone numbers, addresses."""

import unicodedata
from datetime import date
from functools import lru_cache

import phonenumbers
from babel.dates import get_month_names
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
OLDEST = 130  # years; nobody was older
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINES = frozenset("\n\t")
DOTS = ".\u3002"  # between the parts of a web address
PARTS = 4  # marks that a letter may be written with; composing more takes a machine too long

# What fingers make of the domains most people have.
SLIPS = {
    "gamil.com": "gmail.com", "gmial.com": "gmail.com", "gmai.com": "gmail.com",
    "gmail.con": "gmail.com", "gmail.co": "gmail.com", "gmaill.com": "gmail.com",
    "gnail.com": "gmail.com", "gmil.com": "gmail.com", "gmal.com": "gmail.com",
    "hotmial.com": "hotmail.com", "hotmai.com": "hotmail.com", "hotmail.con": "hotmail.com",
    "hotmal.com": "hotmail.com", "hormail.com": "hotmail.com", "outlok.com": "outlook.com",
    "outllok.com": "outlook.com", "outlook.con": "outlook.com", "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com", "yahoo.con": "yahoo.com", "yhaoo.com": "yahoo.com",
    "iclod.com": "icloud.com", "icloud.con": "icloud.com", "icoud.com": "icloud.com",
    "aol.con": "aol.com", "comcst.net": "comcast.net", "verizon.ner": "verizon.net",
}  # fmt: skip

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")  # scripts are written with them, and emoji


class Mistyped(ValueError):
    """Something to look at again, in a sentence that says what to do."""


def name(text: str) -> str:
    """Return a name as it is written, in any script."""
    too_long = Mistyped(_("Please shorten the name to 200 letters."))
    if len(text) > PARTS * LONGEST_NAME:
        raise too_long
    tidy = " ".join(plain(text, keeping=frozenset(" \t")).split())
    if not any(unicodedata.category(char)[0] in "LN" for char in tidy):
        raise Mistyped(_("Please write a name."))
    if len(tidy) > LONGEST_NAME:
        raise too_long
    if _leads_somewhere(tidy):
        raise Mistyped(
            _(
                "A name has no web address in it. Please leave out “/” and “@”,"
                " and leave a space after a full stop."
            )
        )
    return tidy


def _leads_somewhere(text: str) -> bool:
    """Say whether a mail program could make a link of some part of a name: we mail names."""
    seen = [char for char in unicodedata.normalize("NFKC", text) if char not in JOINERS]
    if {"/", "@"} & set(seen) or "www." in "".join(seen).casefold():
        return True
    return any(
        dot in DOTS and first.lower() != first.upper() and second.lower() != second.upper()
        for dot, first, second in zip(seen, seen[1:], seen[2:], strict=False)
    )


def plain(text: str, *, keeping: frozenset[str] = LINES) -> str:
    """Return text in its composed form, or refuse what cannot be seen on a page."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    for char in composed:
        hidden = unicodedata.category(char) in UNSEEN and char not in keeping | JOINERS
        if hidden or char in STEERING:
            raise Mistyped(
                _("There is a character in here that nobody can see. Please type it again.")
            )
    return composed


def email(text: str) -> str:
    """Return one plain e-mail address."""
    typed = text.strip()
    if not typed:
        raise Mistyped(_("Please write an e-mail address, such as name@example.org."))
    if "@" not in typed:
        raise Mistyped(_("Add the @ and what comes after it, such as name@example.org."))
    if typed.endswith("@"):
        raise Mistyped(_("Add the part after the @, such as example.org."))
    if len(typed) > LONGEST_EMAIL:
        raise Mistyped(_("This is too long for an e-mail address. Please look again."))
    try:
        found = validate_email(typed, check_deliverability=False)
    except EmailNotValidError as error:
        raise Mistyped(
            _("This cannot be an e-mail address. Write one address, such as name@example.org.")
        ) from error
    if found.smtputf8:
        letter = next(char for char in found.local_part if not char.isascii())
        raise Mistyped(
            _(
                "We cannot write to an address with “%(letter)s” before the @."
                " Please use another one.",
                letter=letter,
            )
        )
    return found.normalized


def likely(address: str) -> str | None:
    """Return the address that was probably meant, when the domain looks like a slip."""
    local, _at, domain = address.rpartition("@")
    meant = SLIPS.get(domain.lower())
    return f"{local}@{meant}" if meant else None


def phone(text: str, country: str) -> str:
    """Return a telephone number with its country; numbers that could exist are accepted."""
    typed = text.strip()
    if not typed:
        raise Mistyped(_("Please write a phone number, with the area code."))
    if len(typed) > LONGEST_PHONE:
        raise Mistyped(_("This is too long for one phone number. Please write one number."))
    try:
        parsed = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise Mistyped(
            _("This is not a phone number. Use digits, and + for another country.")
        ) from error
    if parsed.extension:
        raise Mistyped(_("Please leave out the extension: we need a number that rings you."))
    if not phonenumbers.is_possible_number(parsed):
        raise Mistyped(_("This phone number has too many or too few digits. Please look again."))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def month(text: str, language: str) -> int:
    """Return the month of a number or a name, whole or short."""
    typed = text.strip().rstrip(".").casefold()
    if (named := _months(language).get(typed)) is not None:
        return named
    number = whole(typed)
    if number is None:
        raise Mistyped(_("Write the month as a number from 1 to 12, or its name."))
    if not 1 <= number <= 12:
        raise Mistyped(_("There is no month %(number)s. Use 1 to 12.", number=number))
    return number


def day(text: str) -> int:
    """Return the day of a month."""
    number = whole(text)
    if number is None:
        raise Mistyped(_("Write the day as a number from 1 to 31."))
    if not 1 <= number <= 31:
        raise Mistyped(_("There is no day %(number)s. Use 1 to 31.", number=number))
    return number


def year(text: str, *, today: date) -> int:
    """Return a year in which somebody who is alive can be born."""
    number = whole(text)
    if number is None or len(text.strip()) != 4:
        raise Mistyped(_("Write the year with four digits, such as 1968."))
    if number > today.year:
        raise Mistyped(_("This year is still to come. Please look again."))
    if number < today.year - OLDEST:
        raise Mistyped(_("This year is too long ago. Please look again."))
    return number


def whole(text: str) -> int | None:
    """Return a short whole number in the digits of any script."""
    typed = text.strip()
    return int(typed) if 0 < len(typed) < 5 and typed.isdecimal() else None


@lru_cache(maxsize=32)
def _months(language: str) -> dict[str, int]:
    whole = get_month_names("wide", locale=language)
    short = get_month_names("abbreviated", locale=language)
    return {
        str(words).rstrip(".").casefold(): number
        for names in (whole, short)
        for number, words in names.items()
    }
