"""Showing again who one is, before something that cannot be taken back (step-up)."""

from datetime import datetime

from app.domain.refusals import SignInNeeded
from app.domain.staff_refusals import WrongPassword
from app.services import passkeys, staff_session, staff_waits
from app.services.passkeys import Answer, Ceremony, Site
from app.services.passwords import Passwords
from app.services.staff_waits import Origin
from app.storage import staff
from app.storage.database import retried, transaction
from app.storage.staff_sessions import StaffVisit


def by_password(
    visit: StaffVisit, password: str, *, origin: Origin, passwords: Passwords, now: datetime
) -> str:
    """Return a new handle for whoever gives their password."""
    if not passwords.fits(password, _counted(visit, origin, now)):
        raise WrongPassword
    return _proven(visit, origin, now)


@retried
def _counted(visit: StaffVisit, origin: Origin, now: datetime) -> str | None:
    """Count the try; return what is kept of the password."""
    with transaction() as session:
        staff_waits.count(session, visit.staff.email, visit.staff.id, origin, now=now)
        account = staff.find(session, visit.staff.id)
        if account is None:
            raise SignInNeeded
        return account.password_hash


@retried
def _proven(visit: StaffVisit, origin: Origin, now: datetime) -> str:
    with transaction() as session:
        staff_waits.over(session, visit.staff.email, visit.staff.id, origin, now=now)
        return staff_session.renew(session, visit, now=now)


@retried
def by_passkey(visit: StaffVisit, answer: Answer, *, site: Site, now: datetime) -> str:
    """Return a new handle for whoever uses one of their passkeys."""
    with transaction() as session:
        passkeys.whose(session, answer, Ceremony.PROVE, site=site, staff_id=visit.staff.id, now=now)
        return staff_session.renew(session, visit, now=now)
