"""Slowing down whoever guesses, without keeping a colleague out.

What counts is the address typed and where the try comes from: the network, or the browser that
the person signed in with before.  Somebody else's guesses make only themselves wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.staff_refusals import WaitToSignIn
from app.services.visitor import id_of
from app.storage import people, sealing, staff_factors, staff_waits

FREE = 5
LONGEST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a try comes from: *browser* is a cookie's handle, *device* two words for people."""

    network: str
    browser: str | None
    device: str


def count(
    session: Session, email: str, staff_id: str | None, origin: Origin, *, now: datetime
) -> str:
    """Count one more try, right or wrong, or refuse it while it has to wait; return its key.

    Counted before it is looked at: a hundred at once are not one.
    """
    key = _key(session, email, staff_id, origin, now)
    tries, until = staff_waits.lock(session, key, now=now)
    if until > now:
        raise WaitToSignIn(until)
    staff_waits.keep(session, key, tries=tries + 1, until=now + pause(tries + 1))
    return key


def _key(session: Session, email: str, staff_id: str | None, origin: Origin, now: datetime) -> str:
    browser = id_of(origin.browser) if origin.browser else ""
    known = staff_factors.knows_device(session, staff_id or "", browser)
    place = browser if known else origin.network
    words = f"{people.email_key(email)}|{place}"
    return sealing.of(session).keyed_hash(f"sign-in|{now.date()}", words)


def over(session: Session, email: str, staff_id: str, origin: Origin, *, now: datetime) -> None:
    """Forget the tries of somebody who is in."""
    staff_waits.drop(session, _key(session, email, staff_id, origin, now))


def pause(tries: int) -> timedelta:
    """Say how long the next try waits: not at all, then twice as long each time."""
    if tries < FREE:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(tries - FREE + 1, 12)), LONGEST)
