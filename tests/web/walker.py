"""Somebody who goes from page to page without JavaScript, as a browser would."""

import re
from collections.abc import Mapping

from flask import Flask
from werkzeug.test import TestResponse

from app.content import library
from app.content.primer import Primer
from app.domain.safety import Tier
from app.settings import ROOT

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PRIMER: Primer = library.primer(
    library.Copy(
        folder=ROOT / "primer",
        edition="2026-11-21",
        language="en",
        jurisdiction="us",
        clinic_phone="(865) 555-0142",
        nurse_line=None,
    )
)


def answers(tier: Tier, **others: str) -> dict[str, str]:
    """Answer every question of a screen with no, but for some."""
    return {item.id: "no" for item in PRIMER.safety.tier(tier).items} | others


class Walker:
    """A person with a cookie jar, who presses what the last page offers."""

    def __init__(self, site: Flask) -> None:
        self.client = site.test_client()
        self.token = ""

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self._seen(self.client.get(path))

    def post(self, path: str, data: Mapping[str, str | list[str]] | None = None) -> TestResponse:
        """Send a form of the page before."""
        return self._seen(self.client.post(path, data={"csrf_token": self.token, **(data or {})}))

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where a page leads."""
        while response.location:
            response = self.get(response.location)
        return response

    def be_safe(self, way: str = "primer", **tell: str) -> TestResponse:
        """Pass the safety check; return where it leads."""
        self.get(f"/safety/{way}")
        self.post(f"/safety/{way}", answers(Tier.EMERGENCY))
        self.post(f"/safety/{way}/today", answers(Tier.CALL_TODAY))
        return self.post(f"/safety/{way}/tell", answers(Tier.BOOK_AND_TELL, **tell))

    def read(self, until: int = 10) -> TestResponse:
        """Read the parts one after another, answering each question right."""
        response = self.get("/primer/1")
        for page in PRIMER.pages[:until]:
            response = self.post(f"/primer/{page.number}")
            if page.check is not None:
                right = {"answer": page.check.right, "before": "0"}
                response = self.post(f"/primer/{page.number}/check", right)
        return response

    def _seen(self, response: TestResponse) -> TestResponse:
        if found := TOKEN.search(response.text):
            self.token = found[1]
        return response


def hidden(page: str, name: str) -> str:
    """Return what a hidden field of a page carries."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]
