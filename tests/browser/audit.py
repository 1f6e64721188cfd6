"""Looks at a page as everybody might see it: small, dark, with large letters, by keyboard."""

import gzip
from pathlib import Path

from playwright.sync_api import Page

from tests.support import audit, axe

HERE = Path(__file__).parent
ROOM = (HERE / "audit.js").read_text(encoding="utf-8")
FOCUS = (HERE / "focus.js").read_text(encoding="utf-8")
MIRROR = (HERE / "mirror.js").read_text(encoding="utf-8")
HEIGHT = 800
NARROW, WIDE = 320, 1280
OVER = "document.scrollingElement.scrollWidth - innerWidth"
LOADED = """[...performance.getEntriesByType("resource").map(entry => entry.name),
  document.querySelector("link[rel=icon]").href]"""
WHOLE_PAGE, ALL_STYLE = 40_000, 12_000
UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
_weights: dict[str, int] = {}


def faults(page: Page) -> list[str]:
    """Return everything that is wrong with the page that a browser shows, once it is there."""
    page.wait_for_load_state()
    found = audit.faults(page.content()) + _weight(page)
    page.evaluate(UNFOLD)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"at {width}: {fault}" for fault in _at_this_size(page)]
    return found + _with_large_letters(page)


def _at_this_size(page: Page) -> list[str]:
    found: list[str] = page.evaluate(ROOM)
    found += overflow(page) + _focus(page)
    found += [f"from right to left, {fault}" for fault in _too_wide(page.evaluate(MIRROR))]
    page.emulate_media(color_scheme="dark")  # which changes the colours and nothing else
    found += [f"dark: {violation}" for violation in axe.violations(page, axe.COLOURS)]
    page.emulate_media(color_scheme="light")
    return found + [f"light: {violation}" for violation in axe.violations(page)]


def _with_large_letters(page: Page) -> list[str]:
    """Look again as somebody does who told the browser to write twice as large."""
    session, found = page.context.new_cdp_session(page), []
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"at {width} with large letters, {fault}" for fault in overflow(page)]
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()
    return found


def faults_of_words(page: Page) -> list[str]:
    """Return what can be wrong with a page in one language and right in another.

    Longer words need more room, and names may be missing; colours, roles, the focus and the
    weight of files do not read.
    """
    page.wait_for_load_state()
    found = audit.faults(page.content())
    page.evaluate(UNFOLD)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        sized: list[str] = page.evaluate(ROOM)
        found += [f"at {width}: {fault}" for fault in sized + overflow(page)]
    return found + axe.violations(page, axe.WORDS) + _with_large_letters(page)


def overflow(page: Page) -> list[str]:
    """Say by how much the page is wider than the window."""
    return _too_wide(page.evaluate(OVER))


def _too_wide(over: int) -> list[str]:
    return [f"{over} px too wide"] if over > 0 else []


def _focus(page: Page) -> list[str]:
    page.keyboard.press("Tab")
    found: list[str] = page.evaluate(FOCUS)
    return found


def _weight(page: Page) -> list[str]:
    """Say what a first visit to this page costs, compressed as a web server does it."""
    files: list[str] = page.evaluate(LOADED)
    weights = {url: _packed(page, url) for url in files}
    style = sum(weight for url, weight in weights.items() if ".css" in url)
    whole = len(gzip.compress(page.content().encode())) + sum(weights.values())
    found = [f"weight: {whole} bytes"] if whole > WHOLE_PAGE else []
    return found + ([f"weight: {style} bytes of style"] if style > ALL_STYLE else [])


def _packed(page: Page, url: str) -> int:
    if url not in _weights:
        _weights[url] = len(gzip.compress(page.request.get(url).body()))
    return _weights[url]
