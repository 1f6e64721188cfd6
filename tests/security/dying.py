"""A clinic whose process may die at any moment, and somebody before the last press."""

from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep

from werkzeug.test import TestResponse

from tests.security.conftest import behind
from tests.security.far import walker
from tests.services.looking import OVERLAPS
from tests.support.processes import Site
from tests.web.patient.booking_walk import DETAILS, HOLD, slots
from tests.web.walker import Walker

LOST = (HTTPException, ConnectionError, TimeoutError)
PATIENCE = 30


@dataclass(frozen=True)
class Served:
    """A clinic on one gunicorn worker, which can be killed; gunicorn starts the next one."""

    site: Site
    folder: Path

    @property
    def worker(self) -> int:
        """Wait for the process that answers; return its id."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if children := _children(self.site.process.pid):
                return children[0]
            sleep(0.02)
        raise AssertionError("gunicorn has no worker")


def _children(parent: int) -> list[int]:
    """Return the processes that a process started and that run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, ppid = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(ppid) == parent and state != "Z":
            found.append(int(entry.name))
    return found


@dataclass
class Ready:
    """Somebody before the last press, in several windows if they like."""

    person: Walker
    hold: str

    def press(self) -> TestResponse:
        return self.person.post("/review", {"hold": self.hold})


def ready(served: Served, number: int) -> Ready:
    person = walker(served.site)
    person.be_safe("general")
    page = person.get("/times").text
    assert person.post("/times", {"slot": slots(page)[-1]}).location == "/details"
    person.get("/details")
    email = f"killed.{number}@example.org"
    assert person.post("/details", DETAILS | {"email": email}).location == "/review"
    return Ready(person, HOLD.findall(person.get("/review").text)[0])


def kept(served: Served, hold: str) -> dict[str, int]:
    """Return what the book has of a confirmation."""
    with behind(served.folder) as book:

        def count(query: str) -> int:
            counted = f"SELECT count(*) FROM {query}"  # noqa: S608  our own words, below
            return int(book.execute(counted, (hold,)).fetchone()[0])

        assert book.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return {
            "booked": count("appointment WHERE id = ? AND status = 'booked'"),
            "held": count("appointment WHERE id = ? AND status = 'held'"),
            "mails": count("mail WHERE appointment_id = ? AND kind = 'appointment_booked'"),
            "journal": count("journal WHERE appointment_id = ?"),
            "grants": count("visitor_grant WHERE appointment_id = ?"),
        }


def is_whole(found: dict[str, int]) -> bool:
    booked = {"booked": 1, "held": 0, "mails": 1, "journal": 1, "grants": 1}
    return found in (booked, {"booked": 0, "held": 1, "mails": 0, "journal": 0, "grants": 0})


def overlaps(served: Served) -> int:
    with behind(served.folder) as book:
        return int(book.execute(OVERLAPS).fetchone()[0])


def pressed_again(one: Ready) -> TestResponse:
    """Press as a person does who got no answer: until there is one."""
    end = monotonic() + PATIENCE
    while True:
        try:
            return one.press()
        except LOST:
            if monotonic() > end:
                raise
            sleep(0.05)
