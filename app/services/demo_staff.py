"""The demonstration clinic's staff: invented people whose password everybody may know."""

from datetime import datetime

from app.domain.staff import Role
from app.services import authenticator
from app.services.passwords import Passwords
from app.storage import models, people, staff, staff_factors
from app.storage.database import reading, retried, transaction
from app.storage.models import FactorKind
from app.storage.types import new_id

PASSWORD = "calm harbor morning tide"  # noqa: S105  of nobody, printed by ./run
PEOPLE = (
    ("jo@harbor.example.org", "Jo Brandt", Role.RECEPTION, None),
    ("mira@harbor.example.org", "Mira Castellan", Role.OWNER, None),
    ("ana.rivera@harbor.example.org", "Dr Ana Rivera", Role.CLINICIAN, 1),
    ("samuel.okafor@harbor.example.org", "Dr Samuel Okafor", Role.CLINICIAN, 2),
)
APP = "Demonstration"  # the name of an app that shows its codes on the page


def load(*, passwords: Passwords, now: datetime) -> bool:
    """Give the demonstration clinic its staff; False when it has some, or is another clinic."""
    session = reading()
    clinic = session.get(models.Clinic, 1)
    if clinic is None or not clinic.demonstration or staff.listing(session):
        return False
    _hire(passwords.kept(PASSWORD), now)
    return True


@retried
def _hire(kept: str, now: datetime) -> None:
    with transaction() as session:
        for email, name, role, clinician_id in PEOPLE:
            id_ = new_id()
            staff.add(
                session, id=id_, email=email, email_key=people.email_key(email), name=name,
                role=role, clinician_id=clinician_id, all_calendars=False, language="en",
                password_hash=kept, password_at=now, created_at=now, joined_at=now, left_at=None,
            )  # fmt: skip
            staff_factors.add_app(session, id_, authenticator.new_seed(), name=APP, now=now)


def code(staff_id: str, *, now: datetime) -> str | None:
    """Return the next code of somebody's demonstration app, in the demonstration clinic only.

    The page asks only where whoever sees it sits at the machine.
    """
    session = reading()
    clinic = session.get(models.Clinic, 1)
    if clinic is None or not clinic.demonstration:
        return None
    for app in staff_factors.of(session, staff_id, FactorKind.TOTP):
        if app.name == APP:
            seed = staff_factors.seed_of(session, app)
            return authenticator.code_at(seed, now=now, after=app.counter)
    return None
