"""Eight processes that press at once, kept for all races of a test run."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.clinics import CONSULTATION
from tests.races.crew import Runners, runners_started
from tests.services.looking import set_rule


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    """Give eight processes, started once."""
    with runners_started() as started:
        yield started


@pytest.fixture
def url(app: Flask, database_url: str) -> str:
    """Give the address of a clinic whose consultations need no primer."""
    set_rule(CONSULTATION, needs_primer=False)
    return database_url
