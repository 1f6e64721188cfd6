"""What programs may ask about a person, a calendar and what is in one.

Colours and names are the clinic's: nothing of it is changed from outside.
"""

from collections.abc import Collection, Mapping
from xml.etree.ElementTree import Element

from app.domain.clinic import Clinician
from app.domain.device import Scope
from app.domain.device_calendar import Shown, Token
from app.ics.device_calendar import EARLIEST, LARGEST, LATEST
from app.ics.parts import Part, pick
from app.web.dav import things
from app.web.dav.door import device
from app.web.dav.filters import COLLATIONS, STAMP
from app.web.dav.xml import APPLE, CALDAV, DAV, SERVER, Value, element, href

COLOURS = ("#7A3B5E", "#2F6B8A", "#5B7F3A", "#B0682C", "#4E4A8C", "#8A3F3F", "#2E7D74", "#6F6A3D")
CALENDAR = "text/calendar; charset=utf-8"
CONTENT = f"{CALENDAR}; component=vevent"
EXPAND = DAV + "expand-property"
REPORTS = (
    CALDAV + "calendar-query",
    CALDAV + "calendar-multiget",
    CALDAV + "free-busy-query",
    DAV + "sync-collection",
    EXPAND,
)
ABOUT_ONE = (CALDAV + "calendar-query", CALDAV + "calendar-multiget", EXPAND)
ABOUT_PEOPLE = (
    EXPAND,
    DAV + "principal-property-search",
    DAV + "principal-search-property-set",
)
SEARCHABLE = {DAV + "displayname": "Name", SERVER + "email-address-set": "E-mail address",
              CALDAV + "calendar-user-address-set": "Calendar address"}  # fmt: skip
DATA, LENGTH = CALDAV + "calendar-data", DAV + "getcontentlength"


def of_root() -> Mapping[str, Value]:
    """Say whose device this is; that is all there is at the root."""
    return {
        DAV + "resourcetype": [element(DAV + "collection")],
        DAV + "supported-report-set": [_report(name) for name in ABOUT_PEOPLE],
        DAV + "current-user-privilege-set": _privileges(),
        **_whose(),
    }


def of_home() -> Mapping[str, Value]:
    """Say who the device's owner is, and that their calendars are found here too."""
    who, home = device().staff, things.home()
    return {
        DAV + "resourcetype": [element(DAV + "collection"), element(DAV + "principal")],
        DAV + "displayname": who.name,
        DAV + "principal-URL": [href(home)],
        CALDAV + "calendar-home-set": [href(home)],
        CALDAV + "calendar-user-address-set": [href(f"mailto:{who.email}"), href(home)],
        CALDAV + "calendar-user-type": "INDIVIDUAL",
        SERVER + "email-address-set": [element(SERVER + "email-address", who.email)],
        DAV + "alternate-URI-set": [],
        DAV + "group-member-set": [],
        DAV + "group-membership": [],
        DAV + "supported-report-set": [_report(name) for name in ABOUT_PEOPLE],
        DAV + "owner": [href(home)],
        DAV + "current-user-privilege-set": _privileges(),
        **_whose(),
    }


def of_calendar(doctor: Clinician, token: Token) -> Mapping[str, Value]:
    """Say what a doctor's calendar is called, what it takes, and how far it has come."""
    spelled = things.spelled(doctor.id, token)
    return {
        DAV + "resourcetype": [element(DAV + "collection"), element(CALDAV + "calendar")],
        DAV + "displayname": doctor.name,
        DAV + "getetag": f'"{token.calendar}-{token.clinic}-{token.day}"',
        DAV + "sync-token": spelled,
        SERVER + "getctag": spelled,
        CALDAV + "supported-calendar-component-set": [_named(CALDAV + "comp", "VEVENT")],
        CALDAV + "supported-calendar-data": [_calendar_data()],
        CALDAV + "supported-collation-set": [
            element(CALDAV + "supported-collation", name) for name in COLLATIONS
        ],
        CALDAV + "max-resource-size": str(LARGEST),
        CALDAV + "min-date-time": f"{EARLIEST:{STAMP}}",
        CALDAV + "max-date-time": f"{LATEST:{STAMP}}",
        CALDAV + "schedule-calendar-transp": [element(CALDAV + "opaque")],
        APPLE + "calendar-color": COLOURS[doctor.id % len(COLOURS)],
        DAV + "supported-report-set": [_report(name) for name in REPORTS],
        DAV + "owner": [href(things.home())],
        DAV + "current-user-privilege-set": _privileges(),
        **_whose(),
    }


def of_object(
    shown: Shown, wanted: Collection[str], part: Part | None = None
) -> Mapping[str, Value]:
    """Say what something in a calendar is; it is written only for whoever wants to read it."""
    values: dict[str, Value] = {
        DAV + "getetag": things.etag(shown),
        DAV + "getcontenttype": CONTENT,
        DAV + "resourcetype": [],
        DAV + "supported-report-set": [_report(name) for name in ABOUT_ONE],
        DAV + "owner": [href(things.home())],
        DAV + "current-user-privilege-set": _privileges(),
        **_whose(),
    }
    if DATA in wanted or LENGTH in wanted:
        written = things.written(shown)
        picked = pick(written, part) if part else written
        values |= {DATA: picked.decode(), LENGTH: str(len(written))}
    return values


def _whose() -> Mapping[str, Value]:
    return {
        DAV + "current-user-principal": [href(things.home())],
        DAV + "principal-collection-set": [href(things.ROOT)],
    }


def _privileges() -> list[Element]:
    """Say what the device's owner let it do; what it may do to one event, its answer says."""
    names = ["read", "read-current-user-privilege-set"]
    if device().may(Scope.MOVE):
        names += ["write", "write-content", "bind", "unbind"]
    return [element(DAV + "privilege", element(DAV + name)) for name in names]


def _named(tag: str, name: str) -> Element:
    made = element(tag)
    made.set("name", name)
    return made


def _calendar_data() -> Element:
    made = element(CALDAV + "calendar-data")
    made.set("content-type", "text/calendar")
    made.set("version", "2.0")
    return made


def _report(name: str) -> Element:
    return element(DAV + "supported-report", element(DAV + "report", element(name)))
