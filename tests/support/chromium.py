"""Which browser the tests drive; as a program, whether there is one (for `./test`)."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(Exception):
    """No browser could be found; says what to do about it."""


def executable() -> Path:
    """Return the browser: the one named in CHROMIUM, the system's, or Playwright's own."""
    if given := os.environ.get("CHROMIUM"):
        return _program(Path(given), f"CHROMIUM: {given} is not a program.")
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return _program(own, "Chromium is missing: install it, or name it in CHROMIUM.")


def _program(path: Path, otherwise: str) -> Path:
    if not os.access(path, os.X_OK):
        raise NoChromium(otherwise)
    return path


if __name__ == "__main__":
    try:
        executable()
    except NoChromium as missing:
        sys.exit(str(missing))
