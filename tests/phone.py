"""Somebody of the clinic with a phone that follows calendars, in the protocol's own words."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from flask import Flask
from werkzeug.datastructures import Authorization
from werkzeug.test import TestResponse

from app.domain.device import Scope
from app.domain.staff import Role, Staff
from app.services import devices
from tests.clinics import RIVERA
from tests.staffing import hire

SPACES = {
    "D": "DAV:",
    "C": "urn:ietf:params:xml:ns:caldav",
    "CS": "http://calendarserver.org/ns/",
    "A": "http://apple.com/ns/ical/",
}
OPEN = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
STAMP = "%Y%m%dT%H%M%SZ"


class Phone:
    """A phone with a password of its own: `Phone(site, Role.CLINICIAN).sync()`."""

    def __init__(
        self,
        site: Flask,
        role: Role = Role.CLINICIAN,
        scope: Scope = Scope.CANCEL,
        who: Staff | None = None,
        name: str = "My phone",
    ) -> None:
        self.site = site
        self.client = site.test_client(use_cookies=False)
        now: datetime = site.extensions["clock"]()
        with site.app_context():
            self.who = who or hire(role, now=now)
            self.password = devices.make(name, scope, actor=self.who, now=now)

    def open(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> TestResponse:
        """Ask anything."""
        return self.client.open(
            path,
            method=method,
            data=body,
            auth=Authorization("basic", {"username": self.who.email, "password": self.password}),
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def calendar(self, doctor: int = RIVERA) -> str:
        """Return where a doctor's calendar is."""
        return f"/dav/{self.who.id}/{doctor}/"

    def place(self, name: str, doctor: int = RIVERA) -> str:
        """Return where something in it is."""
        return self.calendar(doctor) + quote(name)

    def find(self, path: str, *names: str, depth: str = "0") -> TestResponse:
        """Ask for some properties."""
        wanted = "".join(f"<{name}/>" for name in names)
        body = f"<D:propfind {OPEN}><D:prop>{wanted}</D:prop></D:propfind>"
        return self.open("PROPFIND", path, body, Depth=depth)

    def report(self, kind: str, inside: str, doctor: int = RIVERA) -> TestResponse:
        """Ask what is in a calendar."""
        body = f"<{kind} {OPEN}>{inside}</{kind}>"
        return self.open("REPORT", self.calendar(doctor), body, Depth="1")

    def sync(self, token: str = "", doctor: int = RIVERA) -> tuple[dict[str, str | None], str]:
        """Ask what changed: return the ETag of each, None for what went, and the new token."""
        inside = (
            f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
            "<D:prop><D:getetag/></D:prop>"
        )
        answer = self.report("D:sync-collection", inside, doctor)
        assert answer.status_code == 207, answer.text
        root = parsed(answer)
        found = {}
        for one in root.findall("D:response", SPACES):
            name = (one.findtext("D:href", "", SPACES)).rpartition("/")[2]
            found[name] = one.findtext("D:propstat/D:prop/D:getetag", None, SPACES)
        return found, root.findtext("D:sync-token", "", SPACES)

    def put(
        self, name: str, uid: str, start: datetime, end: datetime, *, doctor: int = RIVERA,
        more: str = "", seen: str | None = None,
    ) -> TestResponse:  # fmt: skip
        """Write an event, as a program does that knows its time and what it saw."""
        written = event(uid, f"DTSTART:{start:{STAMP}}", f"DTEND:{end:{STAMP}}", more)
        headers = {"Content_Type": "text/calendar"} | ({"If_Match": seen} if seen else {})
        return self.open("PUT", self.place(name, doctor), written, **headers)


def event(*lines: str) -> str:
    """Return a calendar with one event: its UID, then lines of it."""
    uid, *others = lines
    inside = [f"UID:{uid}", "DTSTAMP:20270301T120000Z", *(line for line in others if line)]
    around = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A phone//EN", "BEGIN:VEVENT"]
    return "\r\n".join([*around, *inside, "END:VEVENT", "END:VCALENDAR", ""])


def parsed(answer: TestResponse) -> Element:
    """Return the XML of an answer."""
    root: Element = fromstring(answer.data)
    return root


def errors(answer: TestResponse) -> list[str]:
    """Return what an answer says did not hold."""
    return [one.tag.rpartition("}")[2] for one in parsed(answer)]


def texts(answer: TestResponse, path: str) -> list[str]:
    """Return what stands at a path in each response."""
    found = parsed(answer).findall(f"D:response/{path}", SPACES)
    return [one.text or "" for one in found]


def properties(answer: TestResponse) -> Mapping[str, str]:
    """Return by name what the first response has, as text or as the names inside."""
    prop = parsed(answer).find("D:response/D:propstat/D:prop", SPACES)
    assert prop is not None
    return {one.tag.rpartition("}")[2]: one.text or " ".join(_words(one)) for one in prop}


def _words(one: Element) -> list[str]:
    return [part.text or part.tag.rpartition("}")[2] for part in one.iter() if part is not one]
