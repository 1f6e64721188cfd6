"""Which browser the tests drive."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(Exception):
    """No browser could be found; says what to do about it."""


def executable() -> Path | None:
    """Return the browser to start; None means the one that Playwright brought itself."""
    if given := os.environ.get("CHROMIUM"):
        if not os.access(given, os.X_OK):
            raise NoChromium(f"CHROMIUM: {given} is not a program.")
        return Path(given)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None
