"""Asks axe-core whether everybody can use a page."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules that ask what colour something is.
COLOURS = ["color-contrast", "link-in-text-block"]
# The rules that ask how something is called, in which language, and whether it scrolls then.
WORDS = [
    "aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-meter-name",
    "aria-progressbar-name", "aria-toggle-field-name", "aria-tooltip-name", "area-alt",
    "button-name", "document-title", "frame-title", "html-has-lang", "html-lang-valid",
    "image-alt", "input-button-name", "input-image-alt", "label", "label-content-name-mismatch",
    "link-name", "object-alt", "role-img-alt", "scrollable-region-focusable", "select-name",
    "summary-name", "svg-img-alt", "valid-lang",
]  # fmt: skip
RUN = "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})"
AXE = (VENDOR / "axe.min.js").read_text(encoding="utf-8")


def load(page: Page) -> None:
    """Put axe into the page, unless it is there; the page's own policy does not apply to it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what the page does against WCAG 2.2 AA, as it looks just now; or against *rules*."""
    load(page)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": LEVELS}
    found: dict[str, Any] = page.evaluate(RUN, only)
    return [
        f"{one['id']}: {node['html'][:200]} ({' '.join(node['failureSummary'].split())[:300]})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def wrong_sums() -> list[str]:
    """Return the names of vendored files that are not what SHA256SUMS says."""
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (line.split() for line in lines)}
    there = {path.name for path in VENDOR.iterdir()} - {"SHA256SUMS", "README.md"}
    return [
        name
        for name in sorted(there | set(listed))
        if name not in there or listed.get(name) != sha256((VENDOR / name).read_bytes()).hexdigest()
    ]
