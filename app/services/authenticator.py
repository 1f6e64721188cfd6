"""Codes of an authenticator app (TOTP, RFC 6238): six digits, new every half minute."""

import hmac
from datetime import datetime

import pyotp

SECONDS = 30
WINDOW = (0, -1, 1)  # steps: clocks of telephones differ


def new_seed() -> str:
    """Return what an app and the clinic both keep."""
    return pyotp.random_base32()


def address(seed: str, *, email: str, clinic: str) -> str:
    """Return what the app reads from the code to scan."""
    return pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=clinic)


def step_of(seed: str, code: str, *, now: datetime) -> int | None:
    """Return the step whose code this is, if it is one of now."""
    here = int(now.timestamp()) // SECONDS
    app = pyotp.TOTP(seed)
    said = code.encode("utf-8", "replace")
    found = [
        here + shift
        for shift in WINDOW
        if hmac.compare_digest(app.generate_otp(here + shift).encode(), said)
    ]
    return max(found, default=None)


def code_at(seed: str, *, now: datetime, after: int = 0) -> str:
    """Return the code that the app shows now, or the next one when that was used."""
    step = max(int(now.timestamp()) // SECONDS, after + 1)
    return pyotp.TOTP(seed).generate_otp(step)
