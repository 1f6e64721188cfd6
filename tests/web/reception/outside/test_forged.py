"""Whatever is forged, mixed up or replayed on the way to the identity provider lets nobody in."""

from typing import Any

import pytest
from flask import Flask

from app.domain.staff import Staff
from tests.conftest import StoppedClock
from tests.oidc_provider import CLIENT, IdentityProvider
from tests.web.reception.outside.walk import ask, come_back, is_in
from tests.web.walker import Walker

WRONG: dict[str, dict[str, Any]] = {
    "nonce of another": {"nonce": "x"}, "no nonce": {"nonce": None},
    "iss of another": {"iss": "https://evil.example"}, "no iss": {"iss": None},
    "iss with a slash": {"iss": "http://127.0.0.1/"},
    "aud of another": {"aud": "somebody-else"}, "no aud": {"aud": None},
    "aud of two": {"aud": [CLIENT, "somebody-else"]},
    "aud of another, azp ours": {"aud": "x", "azp": CLIENT},
    "azp of another": {"aud": [CLIENT, "x"], "azp": "x"},
    "expired": {"exp": 1}, "no exp": {"exp": None}, "exp in words": {"exp": "never"},
    "made tomorrow": {"iat": 4_000_000_000}, "no sub": {"sub": None}, "empty sub": {"sub": ""},
    "sub that is a number": {"sub": 7}, "long sub": {"sub": "x" * 256},
}  # fmt: skip


@pytest.mark.parametrize("says", WRONG.values(), ids=WRONG)
def test_t30_a_token_that_says_something_wrong_lets_nobody_in(
    site: Flask, jo: Staff, provider: IdentityProvider, says: dict[str, Any]
) -> None:
    provider.says, provider.amr = says, ["mfa"]
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.status_code == 422
    assert "Signing in there did not work." in answer.text
    assert not is_in(walker)


@pytest.mark.parametrize("forged", ["none", "HS256", "stranger"])
def test_t30_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    site: Flask, jo: Staff, provider: IdentityProvider, forged: str
) -> None:
    provider.amr, provider.stranger = ["mfa"], forged == "stranger"
    provider.alg = "RS256" if provider.stranger else forged
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.status_code == 422
    assert not is_in(walker)


@pytest.mark.parametrize(
    "answers",
    [
        {"iss": "https://evil.example"}, {"iss": None}, {"state": "x"}, {"state": None},
        {"code": "x"}, {"code": None}, {"error": "access_denied"},
    ],
    ids=str,
)  # fmt: skip
def test_t30_an_answer_that_was_mixed_up_lets_nobody_in(
    site: Flask, jo: Staff, provider: IdentityProvider, answers: dict[str, str | None]
) -> None:
    provider.answers, provider.amr = answers, ["mfa"]
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.status_code == 422
    assert not is_in(walker)


def test_t30_the_answer_of_another_browser_lets_nobody_in(
    site: Flask, jo: Staff, provider: IdentityProvider
) -> None:
    provider.amr = ["mfa"]
    mine, theirs = Walker(site), Walker(site)
    ask(mine)
    address = provider.authorize(ask(theirs)).removeprefix("http://localhost")

    answers = [walker.get(address).status_code for walker in (mine, Walker(site))]

    assert answers == [422, 422]
    assert not is_in(mine)


def test_t30_an_answer_works_once_even_if_the_provider_forgot_it(
    site: Flask, jo: Staff, provider: IdentityProvider
) -> None:
    provider.amr = ["mfa"]
    walker = Walker(site)
    asked = ask(walker)
    cookie = walker.client.get_cookie("fw-outside")
    address = provider.authorize(asked).removeprefix("http://localhost")
    first = walker.get(address)
    replayed = Walker(site)
    replayed.client.set_cookie("fw-outside", cookie.value if cookie else "")
    same_code = replayed.get(address)

    replayed.client.set_cookie("fw-outside", cookie.value if cookie else "")
    same_state = replayed.get(provider.authorize(asked).removeprefix("http://localhost"))

    assert first.location == "/staff/day"
    assert (same_code.status_code, same_state.status_code) == (422, 422)
    assert not is_in(replayed)


def test_t30_whoever_stayed_away_too_long_begins_again(
    site: Flask, jo: Staff, provider: IdentityProvider, clock: StoppedClock
) -> None:
    provider.amr = ["mfa"]
    walker = Walker(site)
    asked = ask(walker)
    clock.forward(minutes=11)

    answer = walker.get(provider.authorize(asked).removeprefix("http://localhost"))

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://93.184.215.14/token"},
        {"token_endpoint": "https://127.0.0.2/token"},
        {"token_endpoint": "https://169.254.169.254/latest"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_t30_a_provider_that_leads_elsewhere_is_not_followed(
    site: Flask, jo: Staff, provider: IdentityProvider, metadata: dict[str, Any]
) -> None:
    walker = Walker(site)
    asked = ask(walker)
    provider.metadata, provider.amr = metadata, ["mfa"]

    answer = walker.get(provider.authorize(asked).removeprefix("http://localhost"))

    begun = walker.get("/staff/sign-in/outside").status_code
    assert answer.status_code == 422 or begun == 422
    assert begun == 422 or "authorization_endpoint" not in metadata
