"""What every command works with: the application's settings and its clock."""

from datetime import datetime

from flask import current_app

from app.services.passwords import Passwords
from app.settings import Settings


def settings() -> Settings:
    """Return the settings."""
    given: Settings = current_app.extensions["settings"]
    return given


def now() -> datetime:
    """Ask the application's clock."""
    instant: datetime = current_app.extensions["clock"]()
    return instant


def passwords() -> Passwords:
    """Return how this installation keeps passwords."""
    given: Passwords = current_app.extensions["passwords"]
    return given
