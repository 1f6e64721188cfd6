"""What calendar programs ask, written down from what is public about them."""

from dataclasses import dataclass

from tests.phone import OPEN

WHO = "D:current-user-principal D:principal-URL D:resourcetype"
MAC_PERSON = """
C:calendar-home-set C:calendar-user-address-set D:current-user-principal D:displayname
CS:dropbox-home-URL CS:email-address-set CS:notification-URL D:principal-collection-set
D:principal-URL D:resource-id C:schedule-inbox-URL C:schedule-outbox-URL D:supported-report-set
"""
MAC_HOME = """
D:add-member CS:allowed-sharing-modes A:autoprovisioned C:calendar-alarm A:calendar-color
C:calendar-description C:calendar-free-busy-set A:calendar-order C:calendar-timezone
D:current-user-privilege-set C:default-alarm-vevent-date C:default-alarm-vevent-datetime
D:displayname CS:getctag A:language-code A:location-code C:max-attendees-per-instance D:owner
CS:pre-publish-url CS:publish-url CS:push-transports CS:pushkey D:quota-available-bytes
D:quota-used-bytes A:refreshrate D:resource-id D:resourcetype C:schedule-calendar-transp
C:schedule-default-calendar-URL CS:source CS:subscribed-strip-alarms
CS:subscribed-strip-attachments CS:subscribed-strip-todos C:supported-calendar-component-set
C:supported-calendar-component-sets D:supported-report-set D:sync-token
"""
DAVX5_PERSON = """
D:resourcetype D:displayname C:calendar-home-set CS:calendar-proxy-read-for
CS:calendar-proxy-write-for D:group-membership
"""
DAVX5_HOME = """
D:resourcetype D:displayname D:owner D:current-user-privilege-set C:calendar-description
C:calendar-timezone C:calendar-timezone-id C:supported-calendar-component-set CS:source
A:calendar-color
"""
DAVX5_CALENDAR = """
C:max-resource-size C:supported-calendar-data CS:getctag D:sync-token D:supported-report-set
"""
BIRD_CALENDAR = """
D:resourcetype D:owner D:current-user-principal D:current-user-privilege-set
D:supported-report-set C:supported-calendar-component-set CS:getctag
"""
KINDS, MARKS = "D:resourcetype D:getcontenttype D:getetag", "D:getcontenttype D:getetag"
AHEAD = (
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="20270225T000000Z"/></C:comp-filter></C:comp-filter></C:filter>'
)
ALL = '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter>'
SYNC = "<D:sync-token/><D:sync-level>1</D:sync-level>"


@dataclass(frozen=True)
class Question:
    """A request: where it is asked (root, person or calendar), how deep, and in what words."""

    name: str
    method: str
    where: str
    depth: str
    body: str

    def __str__(self) -> str:
        """Name the case of a test."""
        return self.name


def properties(names: str) -> str:
    """Return the element that names properties."""
    return "<D:prop>" + "".join(f"<{name}/>" for name in names.split()) + "</D:prop>"


def find(name: str, where: str, depth: str, names: str) -> Question:
    """Return a PROPFIND."""
    body = f"<D:propfind {OPEN}>{properties(names)}</D:propfind>"
    return Question(name, "PROPFIND", where, depth, body)


def report(name: str, kind: str, inside: str, where: str = "calendar") -> Question:
    """Return a REPORT; {event} stands for the address of an event."""
    return Question(name, "REPORT", where, "1", f"<{kind} {OPEN}>{inside}</{kind}>")


def proxies(kind: str) -> str:
    """Return what macOS wants to know of those for whom somebody acts."""
    calendarserver, caldav = "http://calendarserver.org/ns/", "urn:ietf:params:xml:ns:caldav"
    return (
        f'<D:property name="calendar-proxy-{kind}-for" namespace="{calendarserver}">'
        f'<D:property name="email-address-set" namespace="{calendarserver}"/>'
        '<D:property name="displayname" namespace="DAV:"/>'
        f'<D:property name="calendar-user-address-set" namespace="{caldav}"/></D:property>'
    )


DATA = '<C:calendar-data content-type="text/calendar" version="2.0"/>'
QUESTIONS = (
    find("ios-who", "root", "0", WHO),
    find("ios-person", "person", "0", MAC_PERSON),
    find("ios-home", "person", "1", MAC_HOME),
    find("ios-calendar", "calendar", "1", MARKS),
    report("ios-sync", "D:sync-collection", SYNC + properties(MARKS)),
    report("macos-proxies", "D:expand-property", proxies("read") + proxies("write"), "person"),
    find("davx5-person", "person", "0", DAVX5_PERSON),
    find("davx5-home", "person", "1", DAVX5_HOME),
    find("davx5-calendar", "calendar", "0", DAVX5_CALENDAR),
    report("davx5-query", "C:calendar-query", properties("D:getetag") + AHEAD),
    report(
        "davx5-events",
        "C:calendar-multiget",
        f"<D:prop><D:getcontenttype/><D:getetag/><C:schedule-tag/>{DATA}</D:prop>"
        "<D:href>{event}</D:href>",
    ),
    find("thunderbird-calendar", "calendar", "0", BIRD_CALENDAR),
    report("thunderbird-sync", "D:sync-collection", SYNC + properties(MARKS)),
    report(
        "thunderbird-events",
        "C:calendar-multiget",
        properties("D:getetag C:calendar-data") + "<D:href>{event}</D:href>",
    ),
    find("vdirsyncer-home", "person", "1", "D:resourcetype"),
    find("vdirsyncer-list", "calendar", "1", KINDS),
    report("evolution-list", "C:calendar-query", properties("D:getetag") + ALL),
)
