"""Recovery codes: for the day on which every second factor is lost."""

import secrets
from base64 import b32encode
from hashlib import sha256

from sqlalchemy.orm import Session

from app.storage import staff_factors

CODES = 10
BYTES = 10  # 80 bits: nobody guesses one, so a plain hash keeps it


def renew(session: Session, staff_id: str) -> list[str]:
    """Make ten new codes; they are shown once, and the old ones are dead."""
    codes = [_code() for _ in range(CODES)]
    staff_factors.renew_codes(session, staff_id, [hashed(staff_id, code) for code in codes])
    return codes


def hashed(staff_id: str, code: str) -> str:
    """Return what is kept of somebody's code, however it is typed."""
    letters = "".join(char for char in code.lower() if char.isalnum())
    return sha256(f"{staff_id}|{letters}".encode("utf-8", "replace")).hexdigest()


def _code() -> str:
    letters = b32encode(secrets.token_bytes(BYTES)).decode().lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
