"""Who comes to the clinic in the tests of use cases."""

import pytest
from flask import Flask

from tests.clinics import Guest
from tests.conftest import MONDAY_8AM


@pytest.fixture
def guest(app: Flask) -> Guest:
    """Give somebody who came on Monday morning."""
    return Guest(MONDAY_8AM)
