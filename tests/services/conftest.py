"""Who comes to the clinic in the tests of use cases."""

from datetime import datetime

import pytest
from flask import Flask

from app.content.primer import Primer
from app.domain.clinic import Clinic
from app.domain.staff import Staff
from app.services import clinic as clinics
from app.services import reading
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.flood import HOUR, press
from tests.services.people import THURSDAY
from tests.staffing import hire
from tests.web.walker import PRIMER


@pytest.fixture
def guest(app: Flask) -> Guest:
    """Give somebody who came on Monday morning."""
    return Guest(MONDAY_8AM)


@pytest.fixture
def primer() -> Primer:
    """Give the primer as a clinic of the United States shows it."""
    return PRIMER


@pytest.fixture
def reader(app: Flask, primer: Primer) -> Guest:
    """Give somebody who just began to read."""
    guest = Guest(MONDAY_8AM, way="primer")
    reading.start(visit=guest.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    return guest


@pytest.fixture
def reference(guest: Guest) -> str:
    """Give the reference of an appointment on Thursday."""
    return guest.book(THURSDAY)


@pytest.fixture
def pressed(app: Flask) -> datetime:
    """Give a morning on which the clinic is under pressure."""
    press(MONDAY_8AM + HOUR)
    return MONDAY_8AM


@pytest.fixture
def jo(app: Flask) -> Staff:
    """Give somebody of reception."""
    return hire()


@pytest.fixture
def clinic(app: Flask) -> Clinic:
    """Give the clinic as it is now."""
    return clinics.load()
