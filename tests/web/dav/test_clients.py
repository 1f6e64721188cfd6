"""Programs that others wrote find their way, on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from caldav.davclient import DAVClient
from caldav.lib.error import DAVError
from flask import Flask

from app.clock import Clock, system_clock
from app.services import cancelling
from tests.conftest import Make
from tests.desk import appoint
from tests.phone import Phone
from tests.staffing import hire
from tests.web.dav.followed import Followed
from tests.web.dav.served import served

HOUR = timedelta(hours=1)
SYNC = """
[general]
status_path = "{folder}/status/"
[pair clinic]
a = "here"
b = "there"
collections = ["1"]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/here/"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{address}/"
username = "{user}"
password = "{password}"
"""


@pytest.fixture
def clock() -> Clock:
    """Give the machine's own clock: PostgreSQL has it too, and the two may not differ."""
    return system_clock


@pytest.fixture
def noon() -> datetime:
    """Give noon, or an hour later, of a Tuesday to come on which the doctor is in."""
    soon = max(system_clock(), datetime(2027, 1, 4, tzinfo=UTC)) + timedelta(days=7)
    tuesday = soon + timedelta(days=(1 - soon.weekday()) % 7)
    return tuesday.replace(hour=17, minute=0, second=0, microsecond=0)


@pytest.fixture
def app(database_url: str, make_app: Make) -> Iterator[Flask]:
    """Give a clinic with its pages, on both databases, with its context pushed."""
    site = make_app(database_url)
    with site.app_context():
        yield site


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as found:
        yield found


@pytest.fixture
def booked(app: Flask, phone: Phone, noon: datetime) -> Followed:
    return Followed(app, appoint(noon), phone)


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def calendar(address: str, phone: Phone) -> Iterator[Any]:
    client: Any = DAVClient(
        f"{address}/.well-known/caldav", username=phone.who.email, password=phone.password
    )
    with client:
        (found,) = client.principal().calendars()
        yield found


def test_the_caldav_client_goes_from_discovery_to_a_move(
    booked: Followed, calendar: Any, noon: datetime
) -> None:
    (event,) = calendar.search(start=noon, end=noon + HOUR, event=True)
    component = event.icalendar_component
    component.DTSTART, component.DTEND = noon + HOUR, noon + 2 * HOUR
    event.save()

    assert calendar.get_display_name() == "Dr Ana Rivera"
    assert component["uid"] == booked.uid
    assert booked.now.interval.start == noon + HOUR
    assert calendar.search(start=noon, end=noon + HOUR / 2, event=True) == []


def test_the_caldav_client_stays_in_step(booked: Followed, calendar: Any, noon: datetime) -> None:
    inside = calendar.objects(load_objects=True)
    second = appoint(noon + HOUR)
    updated, deleted = inside.sync()
    cancelling.cancel_at_desk(second, "other", revision=0, actor=hire(), now=system_clock())
    _updated, gone = inside.sync()

    assert (len(list(updated)), len(list(deleted))) == (1, 0)
    assert len(list(gone)) == 1
    assert [booked.uid in one.data for one in inside] == [True]


def test_the_caldav_client_keeps_time_free_and_is_refused_a_visit(
    booked: Followed, calendar: Any, noon: datetime
) -> None:
    block = calendar.add_event(dtstart=noon + HOUR, dtend=noon + 2 * HOUR,
                               summary="Dentist")  # fmt: skip
    with pytest.raises(DAVError):
        calendar.add_event(dtstart=noon, dtend=noon + HOUR, summary="Over it")

    block.load()
    assert block.icalendar_component["summary"] == "Busy"
    assert len(calendar.events()) == 2
    block.delete()
    assert [booked.uid in one.data for one in calendar.events()] == [True]


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "vdirsyncer", "-c", str(folder / "config"), *words],
        input="y\n" * 5, capture_output=True, text=True, timeout=60, check=False,
        env={"HOME": str(folder), "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stderr


def test_vdirsyncer_brings_a_file_and_takes_its_new_time_back(
    site: Flask, tmp_path: Path, noon: datetime
) -> None:
    with site.app_context():
        booked = Followed(site, appoint(noon), Phone(site))
    with served(site) as address:
        words = SYNC.format(folder=tmp_path, address=address, user=booked.phone.who.email,
                            password=booked.phone.password)  # fmt: skip
        (tmp_path / "config").write_text(words)
        run(tmp_path, "discover")
        run(tmp_path, "sync")
        (file,) = (tmp_path / "here" / "1").glob("*.ics")
        brought = file.read_text()
        file.write_text(brought.replace("T17", "T19"))
        run(tmp_path, "sync")
        run(tmp_path, "sync")

    assert booked.uid in brought
    assert booked.now.interval.start == noon + 2 * HOUR
    assert f"DTSTART:{noon:%Y%m%d}T190000Z" in file.read_text()
