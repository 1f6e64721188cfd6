"""The worker reads doctors' other calendars, each in a child process of its own."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask

from app import worker
from app.fetch import calendar
from app.fetch.calendar import Asked
from app.fetch.rounds import Reader
from app.storage.models import BusyCalendar, BusyTime
from tests.busy import connect
from tests.conftest import Make, StoppedClock
from tests.fetch.server import MARK, Calendars
from tests.services.looking import rows

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


def test_t19_the_worker_asks_nobody_on_its_own_machine(
    site: Flask, calendars: Calendars, clock: StoppedClock
) -> None:
    connect(address=f"{LOCAL}good")

    worker.build(site).reader.read_due(clock=clock, stopping=lambda: False)

    (kept,) = rows(BusyCalendar)
    assert (kept.fault, calendars.asked) == ("not_outside", [])


def test_t20_a_server_that_never_comes_to_an_end_is_left_in_time(calendars: Calendars) -> None:
    asked = Asked(
        address=f"{LOCAL}slow", since="2027-03-01T00:00:00Z", until="2027-04-01T00:00:00Z",
        zone="UTC", etag="", modified="", allow=(calendars.allow,),
        trusting=str(calendars.certificate), seconds=0.3,
    )  # fmt: skip

    assert calendar.fetched(json.dumps(asdict(asked)).encode()) == {"fault": "away"}
