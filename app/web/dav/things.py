"""Where calendars and what is in them are found, and how each is written for a device."""

import re
from hashlib import sha256
from urllib.parse import quote, unquote, urlsplit

from flask import current_app
from flask_babel import force_locale

from app.domain.device_calendar import Block, Shown, Token
from app.ics import device_calendar
from app.settings import Settings
from app.web.dav.door import device
from app.web.visitor import clinic_as_it_is

ROOT = "/dav/"
NAME = re.compile(r"[A-Za-z0-9@%._{}()+=~:, -]{1,250}")  # what programs call what they make
OURS = re.compile(r"[a-z2-7]{20}")  # what an appointment is called
PLACE = re.compile(r"([0-9]{1,9})/([^/]+)")
TOKEN = re.compile(
    r"urn:x-foreword:calendar:([0-9]{1,12})-([0-9]{1,12})-([0-9]{1,12})-([0-9]{1,6})"
    r"(?:-([0-9]{1,12}))?"
)


def home() -> str:
    """Return the address of the person whose device asks, and of their calendars."""
    return f"{ROOT}{device().staff.id}/"


def calendar(clinician_id: int) -> str:
    """Return the address of a doctor's calendar."""
    return f"{home()}{clinician_id}/"


def address(shown: Shown) -> str:
    """Return the address of something in a calendar."""
    return inside(shown.clinician_id, shown.name)


def inside(clinician_id: int, name: str) -> str:
    """Return the address of whatever has a name in a doctor's calendar, or had it."""
    return calendar(clinician_id) + quote(name)


def name_in(clinician_id: int, href: str) -> str | None:
    """Return what an address calls something in a calendar, if that is where it leads."""
    try:
        path = urlsplit(href.strip()).path
    except ValueError:
        return None
    place, slash, name = path.rpartition("/")
    return unquote(name) if f"{place}{slash}" == calendar(clinician_id) and name else None


def place_of(destination: str) -> tuple[int, str] | None:
    """Return whose calendar and what name in it an address of this person means."""
    try:
        path = urlsplit(destination.strip()).path
    except ValueError:
        return None
    found = PLACE.fullmatch(path.removeprefix(home())) if path.startswith(home()) else None
    return (int(found[1]), unquote(found[2])) if found else None


def is_ours(name: str, uid: str) -> bool:
    """Say whether a name or a UID is one that the clinic gives its appointments."""
    return any(
        OURS.fullmatch(one) for one in (name.removesuffix(".ics"), uid.removesuffix(f"@{host()}"))
    )


def written(shown: Shown) -> bytes:
    """Return something in a calendar as bytes, in the clinic's own language for everybody."""
    clinic = clinic_as_it_is()
    with force_locale(clinic.language):
        return device_calendar.write(shown, clinic, host=host())


def etag(shown: Shown) -> str:
    """Return a mark that differs when the bytes do, without writing them."""
    clinic, about = clinic_as_it_is(), shown.about
    if isinstance(about, Block):
        facts: tuple[object, ...] = (about, clinic.language)
    else:
        place = clinic.locations[about.location_id]
        facts = (
            about, about.called(clinic.calendar_names), clinic.language, place.name,
            place.address, place.zone, clinic.clinicians[about.clinician_id].name,
        )  # fmt: skip
    return f'"{shown.revision}-{sha256(repr(facts).encode()).hexdigest()[:16]}"'


def uid(shown: Shown) -> str:
    """Return the UID of something in a calendar."""
    return device_calendar.uid(shown, host=host())


def host() -> str:
    """Return the name that UIDs of ours end with."""
    settings: Settings = current_app.extensions["settings"]
    return clinic_as_it_is().host(settings.host)


def spelled(clinician_id: int, token: Token) -> str:
    """Return a token as devices keep it."""
    come = f"{clinician_id}-{token.calendar}-{token.clinic}-{token.day}"
    return f"urn:x-foreword:calendar:{come}" + ("" if token.next is None else f"-{token.next}")


def token_in(clinician_id: int, text: str) -> Token | None:
    """Read a token of this calendar."""
    found = TOKEN.fullmatch(text.strip())
    if found is None or int(found[1]) != clinician_id:
        return None
    rest = None if found[5] is None else int(found[5])
    return Token(calendar=int(found[2]), clinic=int(found[3]), day=int(found[4]), next=rest)
