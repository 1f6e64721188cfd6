"""Somebody at the staff's sign-in page."""

from flask import Flask

from app.services import authenticator
from tests.conftest import StoppedClock
from tests.staffing import PASSWORD
from tests.web.walker import Walker

JO = "jo@example.org"
PAIR = {"email": JO, "password": PASSWORD}
WRONG = PAIR | {"password": "something else again"}


class Newcomer(Walker):
    """Somebody at the sign-in page, from a network of their own."""

    def __init__(self, site: Flask, network: str = "192.0.2.7") -> None:
        super().__init__(site)
        self.client.environ_base["REMOTE_ADDR"] = network

    def give(self, pair: dict[str, str] = PAIR) -> str | None:
        """Give address and password; return where it leads."""
        self.get("/staff/sign-in")
        return self.post("/staff/sign-in", pair).location

    def code(self, words: str) -> str | None:
        """Give a code; return where it leads."""
        return self.post("/staff/sign-in/second", {"code": words}).location


def code(seed: str, clock: StoppedClock) -> str:
    return authenticator.code_at(seed, now=clock.now)
