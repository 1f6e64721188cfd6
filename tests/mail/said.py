"""Reading a mail's words as a person does who knows by heart when clocks are put: no zone file."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WHEN = re.compile(
    r"(?P<day>\w+ \d+ \w+ \d{4}), (?P<first>.+?) to (?P<last>.+ \w+)\s+"
    r"(?P<zone>.+)"
)
NAMED = {"12 midnight": "12:00 am", "12 noon": "12:00 pm"}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How far a zone's clocks are from UTC in winter of 2027, and when summer begins and ends."""

    winter: timedelta
    summer: datetime
    autumn: datetime

    def offset(self, instant: datetime) -> timedelta:
        """Return how far clocks are from UTC at an instant."""
        return self.winter + (HOUR if self.summer <= instant < self.autumn else timedelta())

    def instant(self, words: str, zone: str) -> datetime:
        """Return the instant that a wall clock shows; of two, the zone's name says which."""
        wall = datetime.strptime(words, "%A %d %B %Y %I:%M %p").replace(tzinfo=UTC)
        meant = [
            wall - offset
            for offset in (self.winter, self.winter + HOUR)
            if self.offset(wall - offset) == offset
        ]
        return meant[0 if "standard" in zone else -1]


US = Rules(
    winter=timedelta(hours=-5),
    summer=datetime(2027, 3, 14, 7, tzinfo=UTC),
    autumn=datetime(2027, 11, 7, 6, tzinfo=UTC),
)
EU = Rules(
    winter=timedelta(hours=1),
    summer=datetime(2027, 3, 28, 1, tzinfo=UTC),
    autumn=datetime(2027, 10, 31, 1, tzinfo=UTC),
)


def begins(text: str, rules: Rules) -> datetime:
    """Return when an appointment begins, as the words of its mail say it."""
    found = WHEN.search(text.replace("\u00a0", " "))
    assert found is not None, text
    last = NAMED.get(found["last"], found["last"])
    first = NAMED.get(found["first"], found["first"])
    if first[-1] != "m":
        first = f"{first} {last[-2:]}"
    return rules.instant(f"{found['day']} {first}", found["zone"])
