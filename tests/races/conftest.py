"""Eight processes that press at once, kept for all races of a test run."""

from collections.abc import Iterator

import pytest

from tests.races.crew import Runners, runners_started


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    """Give eight processes, started once."""
    with runners_started() as started:
        yield started
