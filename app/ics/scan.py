"""A stranger's calendar cut into its entries, before any library reads a line of it.

Only the lines that say when somebody is busy are kept: titles, places, people and notes are not
even read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from app.domain.busy import Fault, NotRead

LARGEST = 5 * 1024 * 1024
COMPONENTS = 20_000
DEEPEST = 4
LONGEST = 256 * 1024  # letters of one entry: thousands of dates, and all that belongs to them
BOM = b"\xef\xbb\xbf"
CALENDAR, EVENT, FREE_BUSY, ZONE = "VCALENDAR", "VEVENT", "VFREEBUSY", "VTIMEZONE"
ENTRIES = {EVENT, FREE_BUSY, ZONE, "VTODO", "VJOURNAL"}
TOLD = {
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
    "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY",
}  # fmt: skip

Entry = list[str]  # its lines, from BEGIN to END


@dataclass(slots=True)
class Raw:
    """One calendar of a file; *broken* entries did not end, or not soon enough."""

    zone: str = ""
    zones: list[Entry] = field(default_factory=list)
    events: list[Entry] = field(default_factory=list)
    free_busy: list[Entry] = field(default_factory=list)
    broken: int = 0

    def keep(self, name: str, entry: Entry) -> None:
        """Put an entry beside the others of its kind; to-dos and journals take nobody's time."""
        kinds = {ZONE: self.zones, EVENT: self.events, FREE_BUSY: self.free_busy}
        if name in kinds:
            kinds[name].append(entry)

    def give_up(self, name: str) -> None:
        """Leave an entry out, and count it if it may have taken somebody's time."""
        if name in (EVENT, FREE_BUSY):
            self.broken += 1


def calendars(data: bytes) -> list[Raw]:
    """Return the calendars of a file, or raise NotRead for what is none, or too much."""
    if len(data) > LARGEST:
        raise NotRead(Fault.TOO_BIG)
    cutter = _Cutter()
    for line in _lines(data):
        cutter.take(line)
    if cutter.open:
        raise NotRead(Fault.CUT_SHORT)
    if not cutter.found:
        raise NotRead(Fault.NOT_A_CALENDAR)
    return cutter.found


def _lines(data: bytes) -> Iterator[str]:
    """Yield the lines as they were before they were folded, letters or not."""
    plain = data.removeprefix(BOM).replace(b"\0", b"")
    plain = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    whole = plain.replace(b"\n ", b"").replace(b"\n\t", b"")
    for line in BytesIO(whole):
        if tidy := line.strip():
            yield tidy.decode(errors="replace")


@dataclass(slots=True)
class _Cutter:
    """Goes through the lines once, and remembers in what it is."""

    found: list[Raw] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    entry: Entry = field(default_factory=list)
    letters: int = 0  # of the entry so far
    components: int = 0

    def take(self, line: str) -> None:
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            self._begin(_named(line))
        elif name == "END":
            self._end(_named(line))
        elif not self.open:
            raise NotRead(Fault.NOT_A_CALENDAR)
        elif ZONE in self.open:
            self._keep(line)
        elif len(self.open) == 2 and name in TOLD:
            self._keep(line if name == "UID" else _upper(line))
        elif self.open == [CALENDAR] and name == "X-WR-TIMEZONE":
            self.found[-1].zone = line.partition(":")[2].strip()

    def _keep(self, line: str) -> None:
        self.letters += len(line)
        if self.letters <= LONGEST:
            self.entry.append(line)

    def _begin(self, name: str) -> None:
        if name in ENTRIES and len(self.open) > 1:
            self._give_up()
        if not self.open:
            if name != CALENDAR:
                raise NotRead(Fault.NOT_A_CALENDAR)
            self.found.append(Raw())
        self.open.append(name)
        self.components += 1
        if len(self.open) > DEEPEST:
            raise NotRead(Fault.TOO_DEEP)
        if self.components > COMPONENTS:
            raise NotRead(Fault.TOO_MANY)
        if len(self.open) == 2:
            self.entry, self.letters = [f"BEGIN:{name}"], 0
        elif ZONE in self.open:
            self._keep(f"BEGIN:{name}")

    def _end(self, name: str) -> None:
        if name not in self.open:
            return
        if name == CALENDAR and len(self.open) > 1:
            self._give_up()
        del self.open[self.open.index(name) + 1 :]
        if len(self.open) == 2 or ZONE in self.open:
            self._keep(f"END:{name}")
        if len(self.open) == 2 and self.letters <= LONGEST:
            self.found[-1].keep(name, self.entry)
        elif len(self.open) == 2:
            self.found[-1].give_up(name)
        self.open.pop()

    def _give_up(self) -> None:
        """Leave an entry that did not end."""
        self.found[-1].give_up(self.open[1])
        del self.open[1:]


def _upper(line: str) -> str:
    """Write a value in capitals, as libraries want it: the names of zones stay as they are."""
    told, colon, value = line.rpartition(":")
    return told + colon + value.upper()


def _named(line: str) -> str:
    return line.partition(":")[2].strip().upper()
