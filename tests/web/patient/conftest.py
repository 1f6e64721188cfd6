"""Who walks through the patient's pages."""

import pytest
from flask import Flask

from tests.web.patient.booking_walk import book, patient
from tests.web.walker import Walker


@pytest.fixture
def walker(site: Flask) -> Walker:
    """Give somebody who just came."""
    return Walker(site)


@pytest.fixture
def person(site: Flask) -> Walker:
    """Give somebody who passed the safety check."""
    return patient(site)


@pytest.fixture
def reference(person: Walker) -> str:
    """Give the reference of what they booked."""
    return book(person, needs="cannot_sit_long")


@pytest.fixture
def newcomer(site: Flask) -> Walker:
    """Give somebody before the questions of the safety check."""
    walker = Walker(site)
    walker.get("/safety/primer")
    return walker
