"""Only a proxy that the clinic trusts says from where somebody comes (T02, T41)."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.settings import ROOT
from app.storage.models import Visitor
from tests.services.looking import rows
from tests.web.routes import path_of, rules
from tests.web.walker import Walker

Make = Callable[..., Flask]
PROXY, HOME, OTHER = "203.0.113.1", "192.0.2.7", "198.51.100.9"


def key_of(site: Flask, *, peer: str, **headers: str) -> str:
    """Return the key under which somebody's holds and bookings are counted."""
    walker = Walker(site)
    walker.client.environ_base |= {"REMOTE_ADDR": peer}
    walker.client.environ_base |= {f"HTTP_{name}": value for name, value in headers.items()}
    with site.app_context():
        before = {row.id for row in rows(Visitor)}
    walker.be_safe("general")
    with site.app_context():
        (new,) = [row for row in rows(Visitor) if row.id not in before]
        return str(new.network_key)


def test_t02_the_example_of_a_proxy_writes_no_link_and_no_reference_down(site: Flask) -> None:
    example = (ROOT / "docs" / "operating" / "nginx.conf").read_text("utf-8")
    masked = re.findall(r"^ +~(\S+) ", example, re.MULTILINE)
    secret = [rule for rule in rules(site) if re.search("token|secret|reference", rule.rule)]

    open_ = [
        rule.rule for rule in secret if not any(re.match(one, path_of(rule)) for one in masked)
    ]

    assert len(secret) > 20
    assert open_ == []


@pytest.mark.parametrize("name", ["X_FORWARDED_FOR", "X_REAL_IP", "FORWARDED", "CLIENT_IP"])
def test_t41_a_claim_does_not_change_what_is_counted(
    make_app: Make, sqlite_url: str, name: str
) -> None:
    site = make_app(sqlite_url)

    assert key_of(site, peer=HOME) == key_of(site, peer=HOME, **{name: OTHER})
    assert key_of(site, peer=HOME) != key_of(site, peer=OTHER)


def test_t41_behind_one_proxy_only_its_own_word_counts(make_app: Make, sqlite_url: str) -> None:
    site = make_app(sqlite_url, trusted_proxies=1)
    direct = key_of(site, peer=PROXY, X_FORWARDED_FOR=HOME)

    claimed = key_of(site, peer=PROXY, X_FORWARDED_FOR=f"{OTHER}, 127.0.0.1, {HOME}")
    alone = key_of(site, peer=HOME)

    assert direct == claimed == alone
    assert key_of(site, peer=PROXY, X_FORWARDED_FOR=OTHER) != direct


def test_t41_no_claim_opens_the_operators_page_or_another_host(
    make_app: Make, sqlite_url: str
) -> None:
    for proxies in (0, 1):
        client = make_app(sqlite_url, trusted_proxies=proxies).test_client()
        claims = {"X-Forwarded-For": f"127.0.0.1, {HOME}", "X-Forwarded-Host": "evil.example"}
        away = {"REMOTE_ADDR": OTHER}

        metrics = client.get("/metrics", headers=claims, environ_overrides=away)
        page = client.get("/", headers=claims, environ_overrides=away)

        assert metrics.status_code == 404
        assert "evil.example" not in page.text
        assert "Strict-Transport-Security" not in page.headers


@pytest.mark.parametrize(
    "claim", ["unknown", "", "192.0.2.7:4711", "[2001:db8::1]:80", "fe80::1%eth0", "_x", "x" * 900]
)
def test_t41_a_claim_that_is_no_address_breaks_no_page(
    make_app: Make, sqlite_url: str, claim: str
) -> None:
    site = make_app(sqlite_url, trusted_proxies=1)
    client = site.test_client()
    safe = key_of(site, peer=PROXY, X_FORWARDED_FOR=claim)

    answers = [
        client.get(path_of(rule), headers={"X-Forwarded-For": claim}).status_code
        for rule in rules(site)
        if "GET" in (rule.methods or set()) and rule.rule != "/readyz"
    ]

    assert safe
    assert not [status for status in answers if status >= 500]
