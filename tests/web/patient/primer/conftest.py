"""Who reads the guide."""

import pytest
from flask import Flask

from tests.web.walker import Walker


@pytest.fixture
def person(site: Flask) -> Walker:
    """Give somebody who passed the safety check on the way to the guide."""
    walker = Walker(site)
    walker.be_safe()
    return walker


@pytest.fixture
def reader(person: Walker) -> Walker:
    """Give somebody who read the first parts."""
    person.get("/primer/1")
    person.read(until=4)
    return person
