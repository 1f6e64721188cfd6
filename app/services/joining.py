"""One-time links: to join, to choose a new password, to set a lost second factor up again.

A link is an id and its keyed code; nothing that opens it is kept.  It is used up when what it is
for is done: choosing a password alone lets nobody in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from app.content.common_passwords import is_common
from app.domain import password as rules
from app.domain.letter import LetterKind
from app.domain.refusals import SignInNeeded
from app.domain.staff_refusals import LinkOver, WrongPassword
from app.services import clinic as clinics
from app.services import staff_mail, staff_session, staff_waits
from app.services.appointment import ID
from app.services.passwords import Passwords
from app.services.staff_waits import Origin
from app.storage import (
    people,
    sealing,
    staff,
    staff_factors,
    staff_sessions,
    staff_tokens,
    tallies,
)
from app.storage.database import reading, retried, transaction
from app.storage.models import StaffAccount
from app.storage.staff_sessions import StaffVisit
from app.storage.types import new_id

LINK = "staff"  # what links are signed for
RESETS_A_DAY = 3


class LinkKind(StrEnum):
    """What a link is for: it does nothing else.

    INVITATION: choose a password and a second factor.  RECOVERY: the same anew, from whoever
    runs the machine.  RENEWAL: give the password and choose a second factor anew.  RESET:
    choose a password; the second factor stays.
    """

    INVITATION = "invitation"
    RECOVERY = "recovery"
    RENEWAL = "renewal"
    RESET = "reset"


LASTS = {
    LinkKind.INVITATION: timedelta(hours=72),
    LinkKind.RECOVERY: timedelta(minutes=30),
    LinkKind.RENEWAL: timedelta(hours=72),
    LinkKind.RESET: timedelta(minutes=30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A link that is good, and whose it is."""

    token_id: str
    kind: LinkKind
    staff_id: str
    name: str
    email: str


def issue(session: Session, staff_id: str | None, kind: LinkKind, *, now: datetime) -> str:
    """Make a link, the only one of somebody; return its id."""
    staff_tokens.drop_all(session, staff_id or "")
    id_ = new_id()
    staff_tokens.add(
        session, id=id_, kind=kind, staff_id=staff_id, created_at=now, until=now + LASTS[kind]
    )
    return id_


def path(token_id: str, kind: LinkKind) -> str:
    """Return the path of a link."""
    return f"/staff/join/{token_id}.{sealing.of(reading()).signed(LINK, f'{kind}|{token_id}')}"


def opened(token: str, *, now: datetime) -> Opened:
    """Return what a link is for; used, old, garbled and unknown ones are one refusal."""
    token_id, _, mac = token.partition(".")
    session = reading()
    known = staff_tokens.find(session, token_id if ID.fullmatch(token_id) else "", now=now)
    kind = known.kind if known and known.kind in set(LinkKind) else ""
    good = sealing.of(session).is_signed(LINK, f"{kind}|{token_id}", mac)
    account = staff.find(session, known.staff_id or "") if known else None
    if known is None or account is None or not kind or not good or account.left_at is not None:
        raise LinkOver
    return Opened(
        token_id=known.id,
        kind=LinkKind(kind),
        staff_id=account.id,
        name=account.name,
        email=account.email,
    )


def check_password(password: str, *, names: tuple[str, ...]) -> None:
    """Refuse a password that is short, common, or made of names of the clinic or the person."""
    clinic = clinics.load()
    rules.check(password, is_common=is_common, names=(clinic.name, clinic.tagline, *names))


def choose_password(
    link: Opened, password: str, *, origin: Origin, passwords: Passwords, now: datetime
) -> str | None:
    """Keep a new password; return the handle of a session half-way, but for a reset.

    A reset ends every session and is done: the second factor is asked for as always.
    """
    check_password(password, names=(link.name, link.email))
    kept = passwords.kept(password)
    return _keep_password(link, kept, origin.device, now)


@retried
def _keep_password(link: Opened, kept: str, device: str, now: datetime) -> str | None:
    with transaction() as session:
        account = _locked(session, link, now)
        account.password_hash, account.password_at = kept, now
        session.flush()
        staff_sessions.end_all(session, account.id)
        if link.kind is LinkKind.RESET:
            staff_tokens.drop_all(session, account.id)
            staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now)
            return None
        return _half_way(session, link, device, now)


def give_password(
    link: Opened, password: str, *, origin: Origin, passwords: Passwords, now: datetime
) -> str:
    """Go on with a renewal, which asks for the password that is known."""
    account = _counted(link, origin, now)
    if not passwords.fits(password, account.password_hash):
        raise WrongPassword
    return _given(link, origin.device, now)


@retried
def _counted(link: Opened, origin: Origin, now: datetime) -> StaffAccount:
    with transaction() as session:
        staff_waits.count(session, link.email, link.staff_id, origin, now=now)
        return _locked(session, link, now)


@retried
def _given(link: Opened, device: str, now: datetime) -> str:
    with transaction() as session:
        _locked(session, link, now)
        return _half_way(session, link, device, now)


def _locked(session: Session, link: Opened, now: datetime) -> StaffAccount:
    """Return the link's account, locked; the link may have been used meanwhile."""
    account = staff.lock(session, link.staff_id)
    known = staff_tokens.find(session, link.token_id, now=now)
    if known is None or account is None or account.left_at is not None:
        raise LinkOver
    return account


def _half_way(session: Session, link: Opened, device: str, now: datetime) -> str:
    return staff_session.begin(
        session, link.staff_id, token_id=link.token_id, device=device, now=now
    )


def use(session: Session, visit: StaffVisit, *, now: datetime) -> None:
    """Use the link of a session half-way up: its person chooses a second factor now.

    What they had before is gone with it, and so is every other session.
    """
    account = staff.lock(session, visit.staff.id)
    known = staff_tokens.find(session, visit.token_id or "", now=now)
    if account is None or account.left_at is not None:
        raise SignInNeeded
    if known is None or known.kind == LinkKind.RESET:
        raise LinkOver
    again = account.joined_at is not None
    account.joined_at = account.joined_at or now
    session.flush()
    staff_tokens.drop_all(session, account.id)
    staff_factors.drop_all(session, account.id)
    staff_sessions.end_all(session, account.id, but=[visit.id])
    if again:
        staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now)


@retried
def ask_reset(email: str, *, now: datetime) -> None:
    """Owe a link to a new password to whoever works here.

    For nobody the same is written, and withdrawn when its turn comes: whoever asks can neither
    read nor measure who works here.
    """
    with transaction() as session:
        key = people.email_key(email)
        if tallies.today(session, "reset", key, now=now) > RESETS_A_DAY:
            return
        known = staff.by_email(session, key)
        account = known if known is not None and known.is_here else None
        issue(session, account.id if account else None, LinkKind.RESET, now=now)
        staff_mail.owe(session, account, LetterKind.STAFF_RESET, now=now)
