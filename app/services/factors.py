"""What somebody has beside their password: choosing it, adding to it, taking it away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.refusals import NotYours, SignInNeeded
from app.domain.staff import Staff
from app.domain.staff_refusals import LastFactor, WrongCode
from app.services import authenticator, joining, passkeys, recovery, sign_in, staff_mail
from app.services.passkeys import Answer, Site
from app.services.passwords import Passwords
from app.services.sign_in import Signed
from app.services.staff_waits import Origin
from app.storage import journal, staff, staff_factors, staff_sessions
from app.storage.database import reading, retried, transaction
from app.storage.models import FactorKind
from app.storage.staff_sessions import StaffVisit
from app.storage.types import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A new factor; *handle* is set for whoever came in with it, *codes* when they are new."""

    handle: str | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A factor as its person sees it."""

    id: str
    kind: FactorKind
    name: str
    created_at: datetime
    used_at: datetime | None


def listing(actor: Staff) -> list[Known]:
    """Return what somebody has, the oldest first."""
    return [
        Known(
            id=one.id,
            kind=FactorKind(one.kind),
            name=one.name,
            created_at=one.created_at,
            used_at=one.used_at,
        )
        for one in staff_factors.of(reading(), actor.id)
    ]


def codes_left(actor: Staff) -> int:
    """Count the recovery codes that still work."""
    return staff_factors.codes_left(reading(), actor.id)


@retried
def add_app(visit: StaffVisit, seed: str, code: str, *, origin: Origin, now: datetime) -> Added:
    """Keep an authenticator app, once it shows the right code."""
    digits = "".join(char for char in code if char.isalnum())
    step = authenticator.step_of(seed, digits, now=now)
    if step is None:
        raise WrongCode
    with transaction() as session:
        _joining(session, visit, now)
        staff_factors.add_app(session, visit.staff.id, seed, step=step, now=now)
        return _added(session, visit, Signed.APP, origin, now)


@retried
def add_passkey(
    visit: StaffVisit, answer: Answer, *, site: Site, origin: Origin, now: datetime
) -> Added:
    """Keep a passkey that the browser just made."""
    with transaction() as session:
        new = passkeys.made(session, answer, site=site, staff=visit.staff, now=now)
        _joining(session, visit, now)
        staff_factors.add(
            session, id=new_id(), staff_id=visit.staff.id, kind=FactorKind.PASSKEY,
            name=origin.device, credential=new.credential, secret=new.public_key,
            counter=new.counter, created_at=now, used_at=None,
        )  # fmt: skip
        return _added(session, visit, Signed.PASSKEY, origin, now)


def _joining(session: Session, visit: StaffVisit, now: datetime) -> None:
    """Use the link up by which somebody came, if they are not in yet."""
    if visit.passed_at is None:
        joining.use(session, visit, now=now)


def _added(session: Session, visit: StaffVisit, by: Signed, origin: Origin, now: datetime) -> Added:
    _note(session, visit.staff, "factor_added", now, kind=by)
    fresh = staff_factors.codes_left(session, visit.staff.id) == 0
    codes = recovery.renew(session, visit.staff.id) if fresh else []
    if visit.passed_at is not None:
        _tell(session, visit.staff, now)
        return Added(handle=None, codes=tuple(codes))
    handle = sign_in.complete(session, visit, by, origin=origin, now=now)
    return Added(handle=handle, codes=tuple(codes))


@retried
def remove(actor: Staff, factor_id: str, *, now: datetime) -> None:
    """Take one of one's own factors away; the last one stays."""
    with transaction() as session:
        staff.lock(session, actor.id)
        mine = [one.id for one in staff_factors.of(session, actor.id)]
        if factor_id not in mine:
            raise NotYours
        if len(mine) == 1:
            raise LastFactor
        staff_factors.drop(session, factor_id, staff_id=actor.id)
        _note(session, actor, "factor_removed", now)
        _tell(session, actor, now)


@retried
def renew_codes(actor: Staff, *, now: datetime) -> list[str]:
    """Make ten new recovery codes; the old ones are dead."""
    with transaction() as session:
        staff.lock(session, actor.id)
        _note(session, actor, "recovery_codes", now)
        _tell(session, actor, now)
        return recovery.renew(session, actor.id)


def change_password(
    visit: StaffVisit, password: str, *, passwords: Passwords, now: datetime
) -> None:
    """Choose another password; everybody else who is signed in as this person is out."""
    joining.check_password(password, names=(visit.staff.name, visit.staff.email))
    _keep_password(visit, passwords.kept(password), now)


@retried
def _keep_password(visit: StaffVisit, kept: str, now: datetime) -> None:
    with transaction() as session:
        account = staff.lock(session, visit.staff.id)
        if account is None or account.left_at is not None:
            raise SignInNeeded
        account.password_hash, account.password_at = kept, now
        session.flush()
        staff_sessions.end_all(session, account.id, but=[visit.id])
        _note(session, visit.staff, "password", now)
        _tell(session, visit.staff, now)


def _tell(session: Session, actor: Staff, now: datetime) -> None:
    staff_mail.owe(session, staff.find(session, actor.id), LetterKind.STAFF_CHANGED, now=now)


def _note(session: Session, actor: Staff, verb: str, now: datetime, **change: str) -> None:
    journal.note(
        session, verb, actor=actor.signature, appointment_id=None, now=now,
        staff=actor.id, **change,
    )  # fmt: skip
