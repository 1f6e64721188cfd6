"""One server of calendars for all tests of a file; each counts from nothing."""

from collections.abc import Iterator

import pytest

from tests.fetch.server import Calendars, serving


@pytest.fixture(scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calendars]:
    with serving(tmp_path_factory.mktemp("calendars")) as calendars:
        yield calendars


@pytest.fixture
def calendars(_served: Calendars) -> Calendars:
    """Give a server that nobody asked yet."""
    _served.asked.clear()
    return _served
