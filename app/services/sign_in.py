"""Signing in: an address, a password, and something the person has."""

from datetime import datetime

from app.services import staff_session
from app.services.passwords import Passwords
from app.storage import people, staff
from app.storage.database import reading, retried, transaction


@retried
def begin(
    email: str, password: str, *, passwords: Passwords, device: str, now: datetime
) -> str | None:
    """Return the handle of a session for whoever gave the right password, else nothing."""
    account = staff.by_email(reading(), people.email_key(email))
    here = account is not None and account.left_at is None
    fits = passwords.fits(password, account.password_hash if account and here else None)
    if account is None or not fits:
        return None
    with transaction() as session:
        return staff_session.begin(session, account.id, device=device, passed=True, now=now)
