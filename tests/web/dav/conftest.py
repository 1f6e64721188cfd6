"""Somebody's phone, and an appointment that it follows."""

import pytest
from flask import Flask

from tests.desk import appoint
from tests.phone import Phone
from tests.web.dav.followed import Followed


@pytest.fixture
def phone(site: Flask) -> Phone:
    return Phone(site)


@pytest.fixture
def followed(site: Flask, phone: Phone) -> Followed:
    with site.app_context():
        reference = appoint()
    return Followed(site, reference, phone)
