"""Who works here: inviting, roles, leaving.  Nobody does any of it to themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Role, Staff
from app.domain.staff_refusals import AddressTaken, CalendarNeeded, LastOwner, NotOneself
from app.services import clinic as clinics
from app.services import invited, joining, staff_mail, subscription
from app.services.joining import LinkKind
from app.storage import (
    devices,
    journal,
    people,
    staff,
    staff_factors,
    staff_sessions,
    staff_tokens,
)
from app.storage.database import retried, transaction
from app.storage.models import StaffAccount
from app.storage.types import new_id

OPERATOR = "operator"  # in the journal: whoever runs the machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What somebody does here; reception has no calendar of its own."""

    role: Role
    clinician_id: int | None = None
    all_calendars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is to have an account."""

    email: str
    name: str
    language: str
    place: Place


@retried
def invite(actor: Staff, newcomer: Newcomer, *, now: datetime) -> None:
    """Make an account and owe its person a link to join."""
    actor.needs(Permission.STAFF)
    _has_calendar(newcomer.place)
    with transaction() as session:
        account = _add(session, newcomer, by=actor.signature, now=now)
        joining.issue(session, account.id, LinkKind.INVITATION, now=now)
        staff_mail.owe(session, account, LetterKind.STAFF_INVITED, now=now)


@retried
def add(newcomer: Newcomer, *, now: datetime) -> str:
    """Make an account; return the path of its link, for whoever runs the machine.

    A clinician may come without a calendar, sees none, and is given one by the owner.
    """
    with transaction() as session:
        account = _add(session, newcomer, by=OPERATOR, now=now)
        link = joining.issue(session, account.id, LinkKind.INVITATION, now=now)
    return joining.path(link, LinkKind.INVITATION)


def _add(session: Session, newcomer: Newcomer, *, by: str, now: datetime) -> StaffAccount:
    key = people.email_key(newcomer.email)
    if staff.by_email(session, key) is not None:
        raise AddressTaken
    id_ = new_id()
    staff.add(
        session, id=id_, email=newcomer.email, email_key=key, name=newcomer.name,
        language=newcomer.language, **_columns(newcomer.place), password_hash=None,
        password_at=None, created_at=now, joined_at=None, left_at=None,
    )  # fmt: skip
    _note(session, "staff_invited", id_, by=by, now=now, role=newcomer.place.role)
    return _locked(session, id_)


def _has_calendar(place: Place) -> None:
    if place.role is Role.CLINICIAN and place.clinician_id is None:
        raise CalendarNeeded


def _columns(place: Place) -> dict[str, Any]:
    """Return a place as columns; a calendar has to be there."""
    calendar = None if place.role is Role.RECEPTION else place.clinician_id
    if calendar is not None and calendar not in clinics.load().clinicians:
        raise CalendarNeeded
    every = place.all_calendars and place.role is Role.CLINICIAN
    return {"role": place.role, "clinician_id": calendar, "all_calendars": every}


@retried
def invite_again(actor: Staff, staff_id: str, *, now: datetime) -> None:
    """Owe somebody who has not joined, or who had left, a new link to join."""
    actor.needs(Permission.STAFF)
    with transaction() as session:
        account = _locked(session, staff_id)
        if account.is_here:
            raise NotYours
        account.joined_at = account.left_at = None
        session.flush()
        joining.issue(session, staff_id, LinkKind.INVITATION, now=now)
        staff_mail.owe(session, account, LetterKind.STAFF_INVITED, now=now)
        _note(session, "staff_invited", staff_id, by=actor.signature, now=now, role=account.role)


@retried
def change_place(actor: Staff, staff_id: str, place: Place, *, now: datetime) -> None:
    """Change somebody's role; they sign in again, and it counts from then on."""
    actor.needs(Permission.STAFF)
    _not_oneself(actor, staff_id)
    _has_calendar(place)
    columns = _columns(place)
    with transaction() as session:
        owners = staff.lock_owners(session)
        account = _locked(session, staff_id)
        if place.role is not Role.OWNER and owners == [staff_id]:
            raise LastOwner
        before = {name: getattr(account, name) for name in columns}
        if before == columns:
            return
        staff.change(session, staff_id, **columns)
        if before["clinician_id"] != columns["clinician_id"]:
            invited.end_of_staff(session, staff_id, actor=actor, now=now)
        staff_sessions.end_all(session, staff_id)
        subscription.end_of_staff(session, staff_id, by=actor.signature, now=now)
        staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now)
        change = {"before": before, "after": columns}
        _note(session, "staff_role", staff_id, by=actor.signature, now=now, **change)


@retried
def change_email(actor: Staff, staff_id: str, email: str, *, now: datetime) -> None:
    """Change somebody's address, and tell both; links to the old one are dead."""
    actor.needs(Permission.STAFF)
    with transaction() as session:
        account = _locked(session, staff_id)
        other = staff.by_email(session, people.email_key(email))
        if other is not None and other.id != staff_id:
            raise AddressTaken
        old = account.email
        account.email, account.email_key = email, people.email_key(email)
        session.flush()
        staff_tokens.drop_all(session, staff_id)
        for told in (None, old):
            staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now, old_address=told)
        _note(session, "staff_email", staff_id, by=actor.signature, now=now)


@retried
def let_go(actor: Staff, staff_id: str, *, now: datetime) -> None:
    """End somebody's account: signed out with their next request, secrets forgotten."""
    actor.needs(Permission.STAFF)
    _not_oneself(actor, staff_id)
    with transaction() as session:
        owners = staff.lock_owners(session)
        account = _locked(session, staff_id)
        if owners == [staff_id]:
            raise LastOwner
        _end(session, staff_id)
        subscription.end_of_staff(session, staff_id, by=actor.signature, now=now)
        if account.clinician_id is not None:
            invited.end_of_staff(session, staff_id, actor=actor, now=now)
            # Others may have made a link for their phone.
            subscription.end_of_doctor(session, account.clinician_id, by=actor.signature, now=now)
        staff.leave(session, staff_id, now=now)
        _note(session, "staff_left", staff_id, by=actor.signature, now=now)


def _end(session: Session, staff_id: str) -> None:
    staff_sessions.end_all(session, staff_id)
    staff_tokens.drop_all(session, staff_id)
    staff_factors.drop_all(session, staff_id)
    devices.drop_all(session, staff_id)


@retried
def end_sessions(actor: Staff, staff_id: str, *, now: datetime) -> None:
    """Sign somebody out wherever they are."""
    actor.needs(Permission.STAFF)
    with transaction() as session:
        _locked(session, staff_id)
        staff_sessions.end_all(session, staff_id)
        _note(session, "staff_sessions", staff_id, by=actor.signature, now=now)


@retried
def renew_factor(actor: Staff, staff_id: str, *, now: datetime) -> None:
    """Take a lost second factor away, once the owner has seen the person; both get a mail."""
    actor.needs(Permission.STAFF)
    _not_oneself(actor, staff_id)
    with transaction() as session:
        account = _locked(session, staff_id)
        if not account.is_here:
            raise NotYours
        _end(session, staff_id)
        joining.issue(session, staff_id, LinkKind.RENEWAL, now=now)
        staff_mail.owe(session, account, LetterKind.STAFF_RENEWED, now=now)
        owner = staff.find(session, actor.id)
        staff_mail.owe(session, owner, LetterKind.STAFF_FACTOR_TAKEN, now=now)
        _note(session, "staff_factor_taken", staff_id, by=actor.signature, now=now)


def _not_oneself(actor: Staff, staff_id: str) -> None:
    if actor.id == staff_id:
        raise NotOneself


def _locked(session: Session, staff_id: str) -> StaffAccount:
    account = staff.lock(session, staff_id)
    if account is None:
        raise NotYours
    return account


def _note(
    session: Session, verb: str, staff_id: str, *, by: str, now: datetime, **change: object
) -> None:
    journal.note(session, verb, actor=by, appointment_id=None, now=now, staff=staff_id, **change)
