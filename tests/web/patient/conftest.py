"""Who walks through the patient's pages."""

import pytest
from flask import Flask

from tests.web.patient.booking_walk import patient
from tests.web.walker import Walker


@pytest.fixture
def walker(site: Flask) -> Walker:
    """Give somebody who just came."""
    return Walker(site)


@pytest.fixture
def person(site: Flask) -> Walker:
    """Give somebody who passed the safety check."""
    return patient(site)
