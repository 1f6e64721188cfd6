"""Signing in: a password, then something the person has; or a passkey, which is both.

A session is half-way after the password.  It opens nothing until the second factor was shown.
"""

import logging
import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.refusals import SignInNeeded
from app.domain.staff_refusals import WrongCode, WrongPasskey, WrongSignIn
from app.services import (
    authenticator,
    passkeys,
    recovery,
    staff_mail,
    staff_session,
    staff_waits,
)
from app.services.passkeys import Answer, Ceremony, Site
from app.services.passwords import Passwords
from app.services.staff_waits import Origin
from app.services.visitor import id_of
from app.storage import people, staff, staff_factors, staff_sessions
from app.storage.database import reading, retried, transaction
from app.storage.models import FactorKind, StaffAccount
from app.storage.staff_sessions import StaffVisit

log = logging.getLogger(__name__)

CODES_A_SIGN_IN = 5


class Signed(StrEnum):
    """By what somebody came in."""

    APP = "app"
    RECOVERY = "recovery"
    PASSKEY = "passkey"
    OUTSIDE = "outside"  # the clinic's identity provider, which saw two factors


def begin(email: str, password: str, *, origin: Origin, passwords: Passwords, now: datetime) -> str:
    """Return the handle of a session half-way, or refuse; what was wrong is not said."""
    account = _counted(email, origin, now)
    fits = passwords.fits(password, account.password_hash if account else None)
    if account is None or not fits:
        raise WrongSignIn
    kept = account.password_hash or ""
    anew = passwords.kept(password) if passwords.outdated(kept) else kept
    return _half_way(account, kept, anew, origin.device, now)


@retried
def _counted(email: str, origin: Origin, now: datetime) -> StaffAccount | None:
    """Count the try; return the account, if somebody who joined and is still here has it."""
    with transaction() as session:
        account = staff.by_email(session, people.email_key(email))
        staff_waits.count(session, email, account.id if account else None, origin, now=now)
    return account if account is not None and account.is_here else None


@retried
def _half_way(account: StaffAccount, kept: str, anew: str, device: str, now: datetime) -> str:
    with transaction() as session:
        here = staff.lock(session, account.id)
        if here is None or here.password_hash != kept or here.left_at is not None:
            raise WrongSignIn  # changed while we looked
        here.password_hash = anew
        session.flush()
        return staff_session.begin(session, here.id, device=device, now=now)


@retried
def with_code(visit: StaffVisit, code: str, *, origin: Origin, now: datetime) -> str:
    """Finish with a code of the app, or a recovery code; return the new handle."""
    with transaction() as session:
        staff_waits.count(session, visit.staff.email, visit.staff.id, origin, now=now)
        tried = visit.tries + 1
        staff_sessions.change(session, visit.id, tries=tried)
        by = code_fits(session, visit.staff.id, code, now=now)
        if by is not None:
            return complete(session, visit, by, origin=origin, now=now)
        if tried >= CODES_A_SIGN_IN:
            staff_sessions.end(session, visit.id, staff_id=visit.staff.id)
    raise WrongCode if tried < CODES_A_SIGN_IN else SignInNeeded


def code_fits(session: Session, staff_id: str, code: str, *, now: datetime) -> Signed | None:
    """Use a code up and say what it is; nothing when it is wrong or was used."""
    digits = "".join(char for char in code if char.isalnum())
    if digits.isdecimal():
        return Signed.APP if _app_code(session, staff_id, digits, now) else None
    hashed = recovery.hashed(staff_id, code)
    used = staff_factors.use_code(session, staff_id, hashed, now=now)
    return Signed.RECOVERY if used else None


def _app_code(session: Session, staff_id: str, digits: str, now: datetime) -> bool:
    for app in staff_factors.of(session, staff_id, FactorKind.TOTP):
        step = authenticator.step_of(staff_factors.seed_of(session, app), digits, now=now)
        if step is not None:
            return staff_factors.use(session, app.id, step=step, now=now)
    return False


@retried
def with_passkey(
    visit: StaffVisit | None, answer: Answer, *, site: Site, origin: Origin, now: datetime
) -> str:
    """Finish with a passkey, or do it all with one; return the new handle."""
    staff_id = visit.staff.id if visit else None
    with transaction() as session:
        used, fell = passkeys.whose(
            session, answer, Ceremony.SIGN_IN, site=site, staff_id=staff_id, now=now
        )
        if fell:
            log.warning("a passkey's count fell: there may be a copy of it")
        if visit is None:
            visit = _alone(session, used.staff_id, origin, now)
        return complete(session, visit, Signed.PASSKEY, origin=origin, now=now)


def _alone(session: Session, staff_id: str, origin: Origin, now: datetime) -> StaffVisit:
    handle = staff_session.begin(session, staff_id, device=origin.device, now=now)
    visit = staff_sessions.find(session, id_of(handle))
    if visit is None:  # who left has no session
        raise WrongPasskey
    return visit


def complete(
    session: Session, visit: StaffVisit, by: Signed, *, origin: Origin, now: datetime
) -> str:
    """Let somebody in under a new handle; one that was copied before opens nothing."""
    handle = secrets.token_urlsafe(32)
    passed = {"passed_at": now, "proved_at": now, "seen_at": now, "created_at": now}
    known = staff_sessions.rename(
        session, visit.id, id=id_of(handle), tries=0, token_id=None, **passed
    )
    account = staff.lock(session, visit.staff.id)
    if not known or account is None or account.left_at is not None:
        raise SignInNeeded
    staff_waits.over(session, account.email, account.id, origin, now=now)
    _tell(session, account, by, origin, now)
    return handle


def _tell(
    session: Session, account: StaffAccount, by: Signed, origin: Origin, now: datetime
) -> None:
    """Tell the person by mail of a browser they never used, or of a recovery code used up."""
    new, others = False, 0
    if origin.browser:
        browser = id_of(origin.browser)
        new = not staff_factors.knows_device(session, account.id, browser)
        others = staff_factors.note_device(session, account.id, browser, now=now)
    if by is Signed.RECOVERY or (new and others):
        staff_mail.owe(session, account, LetterKind.STAFF_NEW_DEVICE, now=now)


def factors(staff_id: str) -> frozenset[FactorKind]:
    """Return which kinds of second factor somebody has."""
    return frozenset(FactorKind(one.kind) for one in staff_factors.of(reading(), staff_id))
