"""A clinic with an identity provider of its own, on this machine."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.staff import Role, Staff
from app.settings import Oidc
from tests.conftest import Make, StoppedClock
from tests.oidc_provider import CLIENT, SECRET, IdentityProvider
from tests.staffing import Colleague, give_app, hire


@pytest.fixture
def provider(clock: StoppedClock) -> Iterator[IdentityProvider]:
    with IdentityProvider(clock) as provider:
        yield provider


@pytest.fixture
def site(make_app: Make, sqlite_url: str, provider: IdentityProvider) -> Flask:
    oidc = Oidc(issuer=provider.issuer, client_id=CLIENT, client_secret=SECRET)
    return make_app(sqlite_url, oidc=oidc)


@pytest.fixture
def jo(site: Flask) -> Staff:
    """Give somebody whom an owner linked."""
    with site.app_context():
        jo = hire(name="Jo Brandt")
        give_app(jo)
    mira = Colleague(site, Role.OWNER)
    mira.get(f"/staff/team/{jo.id}")
    mira.post(f"/staff/team/{jo.id}/identity", {"subject": "sub-jo"})
    return jo
