"""Going to the identity provider and back."""

from urllib.parse import parse_qs, urlsplit

from werkzeug.test import TestResponse

from tests.oidc_provider import IdentityProvider
from tests.web.walker import Walker


def ask(walker: Walker) -> dict[str, str]:
    """Press the button; return what the browser brings to the provider."""
    sent = walker.get("/staff/sign-in/outside")
    assert sent.status_code == 303
    return {name: one[0] for name, one in parse_qs(urlsplit(sent.location or "").query).items()}


def come_back(walker: Walker, provider: IdentityProvider) -> TestResponse:
    """Go to the provider and back."""
    address = provider.authorize(ask(walker))
    return walker.get(address.removeprefix("http://localhost"))


def is_in(walker: Walker) -> bool:
    return walker.get("/staff/day").status_code == 200
