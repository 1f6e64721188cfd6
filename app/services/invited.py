"""Which account of a doctor gets their appointments as invitations: none, unless asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.letter import DOCTORS, LetterKind
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff
from app.services import clinic as clinics
from app.services import setting
from app.services.doctor_mails import row
from app.storage import appointments, holds, mails, parts, staff
from app.storage.database import reading, retried, transaction
from app.storage.models import Clinician

INVITED, NOT_INVITED = "doctor_invited", "doctor_not_invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account to which a doctor's invitations could go, and whether they do."""

    id: str
    name: str
    email: str
    invited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """To whom a doctor's invitations go, and how many appointments that is about just now."""

    accounts: tuple[Account, ...]
    coming: int

    @property
    def chosen(self) -> Account | None:
        """Return the account that is invited."""
        return next((one for one in self.accounts if one.invited), None)


def of_doctor(actor: Staff, clinician_id: int, *, now: datetime) -> Invited:
    """Return what can be chosen for a doctor; NotYours unless it is one's own, or an owner asks."""
    _may(actor, clinician_id)
    session = reading()
    doctor = setting.found(parts.find(session, Clinician, clinician_id))
    theirs = [one for one in staff.listing(session) if one.clinician_id == clinician_id]
    found = appointments.listed(session, appointments.coming_to(clinician_id, now=now))
    return Invited(
        accounts=tuple(
            Account(id=one.id, name=one.name, email=one.email, invited=one.id == doctor.invited_id)
            for one in theirs
            if one.joined_at is not None and one.left_at is None
        ),
        coming=len(found),
    )


@retried
def choose(actor: Staff, clinician_id: int, staff_id: str | None, *, now: datetime) -> None:
    """Send a doctor's appointments to one of their accounts from now on, or to none; twice is once.

    What is still to come enters that account's calendar, and leaves the one before: neither may
    stay as it is and turn wrong in silence.  Raises NotYours.
    """
    known = {one.id for one in of_doctor(actor, clinician_id, now=now).accounts}
    if staff_id is not None and staff_id not in known:
        raise NotYours
    with transaction() as session:
        doctor = setting.found(parts.locked(session, Clinician, clinician_id))
        before = doctor.invited_id
        if before == staff_id:
            return
        holds.lock_calendars(session, [clinician_id])
        doctor.invited_id = staff_id
        session.flush()
        for to, kind in (
            (before, LetterKind.DOCTOR_CANCELLED),
            (staff_id, LetterKind.DOCTOR_BOOKED),
        ):
            if to is not None:
                _tell_all(session, clinician_id, to, kind, now=now)
        verb = NOT_INVITED if staff_id is None else INVITED
        setting.note(session, verb, actor=actor, name=doctor.name, now=now)


def end_of_staff(session: Session, staff_id: str, *, actor: Staff, now: datetime) -> None:
    """End the invitations to an account that is nobody's calendar any more, and take them out.

    Part of a transaction.
    """
    for doctor in parts.listed(session, Clinician):
        if doctor.invited_id == staff_id:
            holds.lock_calendars(session, [doctor.id])
            doctor.invited_id = None
            session.flush()
            _tell_all(session, doctor.id, staff_id, LetterKind.DOCTOR_CANCELLED, now=now)
            setting.note(session, NOT_INVITED, actor=actor, name=doctor.name, now=now)


def _tell_all(
    session: Session, clinician_id: int, staff_id: str, kind: LetterKind, *, now: datetime
) -> None:
    coming = appointments.listed(session, appointments.coming_to(clinician_id, now=now))
    numbers = mails.numbers(session, [one.id for one in coming], DOCTORS)
    clinic = clinics.load()
    rows = [
        row(one.id, staff_id, kind, numbers.get(one.id, 0), one.wish, clinic, now=now)
        for one in coming
    ]
    mails.owe(session, rows, now=now)


def _may(actor: Staff, clinician_id: int) -> None:
    if actor.clinician_id == clinician_id:
        actor.needs(Permission.OWN_ACCOUNT)
    else:
        setting.may_set(actor)
