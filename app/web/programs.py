"""Calendar programs that can follow a calendar of ours, and how soon they do."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import current_app, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as later

from app.settings import LOOPBACK, Settings

ON_THIS_DEVICE = "{webcal}"  # what a calendar program on a phone or a computer opens
GOOGLE = "https://calendar.google.com/calendar/r?cid={cid}"
LIVE = "https://outlook.live.com/calendar/0/addfromweb?url={url}&name={name}"
OFFICE = "https://outlook.office.com/calendar/0/addfromweb?url={url}&name={name}"


@dataclass(frozen=True, slots=True)
class Program:
    """A calendar program, what subscribes in it, and how long it may take to see a change."""

    name: str
    opens: str
    follows: LazyString


PROGRAMS = (
    Program("Apple (iPhone, iPad, Mac)", ON_THIS_DEVICE,
            later("as you choose there: every hour, or every day")),
    Program("Google Calendar", GOOGLE, later("8 to 24 hours; nobody can make it quicker")),
    Program("Outlook.com", LIVE, later("about 3 hours")),
    Program("Microsoft 365", OFFICE, later("about 3 hours")),
    Program("Outlook (desktop)", ON_THIS_DEVICE, later("every hour, or once a day")),
    Program("Thunderbird", ON_THIS_DEVICE, later("half an hour")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A link that is shown once: as text to copy, and what each program opens for it."""

    address: str
    opens: tuple[tuple[Program, str], ...]
    only_here: bool  # programs on the web cannot reach this machine


def shown(secret: str, name: str) -> Shown:
    """Return the link of a secret, with what subscribes to it in each program."""
    settings: Settings = current_app.extensions["settings"]
    path = url_for("feeds.feed", secret=f"{secret}.ics")
    address = f"{settings.base_url.rstrip('/')}{path}"
    webcal = f"webcal://{urlsplit(address).netloc}{path}"
    words = {
        "webcal": webcal,
        "cid": quote(webcal, safe=""),
        "url": quote(address, safe=""),
        "name": quote(name, safe=""),
    }
    return Shown(
        address=address,
        opens=tuple((one, one.opens.format(**words)) for one in PROGRAMS),
        only_here=settings.host in LOOPBACK,
    )
