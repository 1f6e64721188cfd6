"""The worker reads doctors' other calendars, each in a child process of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app import limited, worker
from app.domain.busy import Fault, NotRead
from app.fetch import calendar
from app.fetch.rounds import Reader
from app.storage.models import BusyCalendar, BusyTime
from tests.busy import connect, taken
from tests.conftest import Make, StoppedClock
from tests.fetch.server import MARK, Calendars, question
from tests.services.looking import rows
from tests.staffing import Colleague
from tests.support import strange

LOCAL = "https://localhost/"


@pytest.fixture
def site(make_app: Make, sqlite_url: str) -> Any:
    site = make_app(sqlite_url)
    with site.app_context():
        yield site


def round_of(calendars: Calendars, clock: StoppedClock) -> None:
    reader = Reader(owner="w", allow=(calendars.allow,), trusting=str(calendars.certificate))
    reader.read_due(clock=clock, stopping=lambda: False)


def test_a_round_reads_what_is_due_and_keeps_times_alone(
    site: Flask, calendars: Calendars, clock: StoppedClock
) -> None:
    connect(address=f"{LOCAL}good/9f2c")

    round_of(calendars, clock)

    (kept,) = rows(BusyCalendar)
    assert (kept.read_at, kept.fault, kept.etag, kept.skipped) == (clock.now, None, MARK, 0)
    assert len(rows(BusyTime)) == 1
    clock.forward(minutes=31)
    round_of(calendars, clock)
    assert calendars.asked[-1][1]["If-None-Match"] == MARK
    (kept,) = rows(BusyCalendar)
    assert kept.read_at == clock.now
    assert len(rows(BusyTime)) == 1


@pytest.mark.parametrize(
    ("path", "fault"), [("login", "not_a_calendar"), ("bomb", "not_a_calendar")]
)
def test_t20_what_is_no_calendar_is_said_and_the_next_one_is_read(
    site: Flask, calendars: Calendars, clock: StoppedClock, path: str, fault: str
) -> None:
    connect(address=f"{LOCAL}{path}")
    connect(address=f"{LOCAL}good")

    round_of(calendars, clock)

    assert {row.fault for row in rows(BusyCalendar)} == {fault, None}
    assert len(rows(BusyTime)) == 1


def test_an_entry_that_nobody_can_read_hides_no_other_and_the_page_counts_it(
    site: Flask, calendars: Calendars, clock: StoppedClock
) -> None:
    connect(address=f"{LOCAL}hostile/every%20second")

    round_of(calendars, clock)
    page = Colleague(site).get("/staff/calendars/busy").text

    assert "A calendar with one busy time in the next 90 days." in page
    assert "One entry could not be read and blocks nothing." in page


def test_t19_the_worker_asks_nobody_on_its_own_machine(
    site: Flask, calendars: Calendars, clock: StoppedClock
) -> None:
    connect(address=f"{LOCAL}good")

    worker.build(site).reader.read_due(clock=clock, stopping=lambda: False)

    (kept,) = rows(BusyCalendar)
    assert (kept.fault, calendars.asked) == ("not_outside", [])


@pytest.mark.parametrize(
    ("work", "path", "host"),
    [
        pytest.param(calendar.fetched, "slow", "localhost", id="a server"),
        pytest.param(strange.hears_nothing, "good", "calendar.example.org", id="a name server"),
    ],
)
def test_t20_whoever_never_comes_to_an_end_is_left_in_time(
    calendars: Calendars, work: Callable[[bytes], Any], path: str, host: str
) -> None:
    asked = question(calendars, path, host=host, seconds=0.5)

    with pytest.raises(limited.GaveUp) as gave_up:
        limited.run(work, asked)

    assert gave_up.value.why == "late"


def test_t20_a_server_that_was_left_did_not_answer_in_time(
    site: Flask, calendars: Calendars
) -> None:
    connect(address=f"{LOCAL}slow")

    with pytest.raises(NotRead) as refused:
        calendar.read(
            taken(), allow=(calendars.allow,), trusting=str(calendars.certificate), seconds=0.5
        )

    assert refused.value.fault is Fault.AWAY
