"""Templates and gettext as the application sets them up, without a database."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from jinja2 import Environment, StrictUndefined

from app.domain.letter import Letter
from app.mail.message import Envelope, write
from app.settings import ROOT
from tests.mail.samples import HOST

Write = Callable[[Letter], Envelope]


@pytest.fixture(scope="package")
def environment() -> Iterator[Environment]:
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    Babel(app, default_translation_directories=str(ROOT / "translations"))
    app.jinja_env.undefined = StrictUndefined
    with app.app_context():
        yield app.jinja_env


@pytest.fixture
def written(environment: Environment) -> Write:
    """Write a letter as the worker of this clinic does."""

    def write_now(letter: Letter) -> Envelope:
        return write(letter, environment=environment, host=HOST)

    return write_now
