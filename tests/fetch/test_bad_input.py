"""Whatever a server sends instead of a calendar: refused in a sentence, or read within bounds.

The worker, the page and `flask busy` read by the same code, in a child of the same limits.
"""

from urllib.parse import quote, unquote

import pytest

from app import limited
from app.domain.busy import Fault
from app.web.busy_words import WHY
from tests.fetch.server import Calendars, question
from tests.ics.hostile import HOSTILE
from tests.support import strange

MEMORY = 200_000_000  # bytes, at most
READ = {  # how many busy times there are then, and how many entries nobody could read
    "every second": (1, 1),
    "a billion times": (1, 1),
    "an interval of nothing": (1, 1),
    "a rule as long as a calendar": (1, 1),
    "half a million dates": (1, 1),
    "a million lines": (0, 0),
    "a hundred thousand folds": (1, 0),
    "a zone of nobody": (1, 1),
    "no zone": (1, 0),
    "two calendars": (2, 0),
    "small letters": (1, 0),
    "nothing between the letters": (1, 0),
    "an honest one": (315, 0),
}
REFUSED = {
    "rules that no day meets": "The calendar takes too long to read.",
    "twenty thousand series": "The calendar takes too long to read.",
    "nine thousand zones": "The calendar takes too long to read.",
    "a million lines in many zones": "The calendar takes too long to read.",
    "a million dates": "The calendar is larger than 5 MB.",
    "calendars in calendars": "The calendar has parts within parts that no calendar program makes.",
    "parts in parts": "The calendar has parts within parts that no calendar program makes.",
    "a packed one": "This is not a calendar.",
    "a page": "This is not a calendar.",
    "nothing else": "This is not a calendar.",
}
ELSEWHERE = {
    "endless": "The calendar is larger than 5 MB.",
    "packed": "The server sends the calendar packed, which we do not open.",
    "round": "The server sends us on to other addresses again and again.",
    "to/https://127.0.0.2/good": "The address does not lead to a public server.",
    "to/https://[::1]/good": "The address does not lead to a public server.",
    "to/https://169.254.169.254/latest": "The address does not lead to a public server.",
    "to/https://[fe80::1]/good": "The address does not lead to a public server.",
}


def test_every_hostile_calendar_is_in_one_of_the_lists() -> None:
    assert {*READ, *REFUSED} == set(HOSTILE)


@pytest.mark.parametrize("name", READ)
def test_t20_what_can_be_read_is_read_within_bounds_and_the_rest_is_counted(
    calendars: Calendars, name: str
) -> None:
    asked = question(calendars, f"hostile/{quote(name)}")

    made, memory = limited.run(strange.measured, asked)

    assert (len(made["busy"]), made["skipped"]) == READ[name]
    assert memory < MEMORY


@pytest.mark.parametrize("path", [*(f"hostile/{quote(name)}" for name in REFUSED), *ELSEWHERE])
def test_t20_what_cannot_be_read_is_refused_within_bounds_in_a_sentence(
    calendars: Calendars, path: str
) -> None:
    sentence = ELSEWHERE.get(path) or REFUSED[unquote(path.removeprefix("hostile/"))]

    made, memory = limited.run(strange.measured, question(calendars, path))

    assert str(WHY[Fault(made["fault"])]) == sentence
    assert memory < MEMORY


def test_t20_the_child_has_no_more_memory_than_that_and_five_seconds_of_the_processor() -> None:
    assert limited.run(strange.limits, b"") == {"memory": MEMORY, "seconds": 5}
