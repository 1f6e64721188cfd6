"""Somebody who works at the clinic, in tests of its pages."""

import pytest
from flask import Flask

from app.domain.staff import Staff
from tests.staffing import give_app, hire
from tests.web.reception.newcomer import JO


@pytest.fixture
def jo(site: Flask) -> Staff:
    with site.app_context():
        return hire(email=JO)


@pytest.fixture
def seed(site: Flask, jo: Staff) -> str:
    with site.app_context():
        return give_app(jo)
