"""Links at which programs look at a calendar: made, shown once, and ended."""

import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotYours
from app.domain.staff import Permission, Staff
from app.domain.subscription import (
    LONGEST_NAME,
    MOST_OF_A_PATIENT,
    EnoughLinks,
    NameInUse,
    NameNeeded,
    Source,
    Subscription,
)
from app.services import clinic as clinics
from app.services.appointment import mine
from app.storage import journal, subscriptions
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.types import new_id

SECRET_BYTES = 32
MADE, ENDED = "feed_made", "feed_ended"
FOLLOWED, FOLLOWED_NO_MORE = "follow", "follow_no_more"  # one appointment, by its patient


def listing(actor: Staff) -> list[Subscription]:
    """Return the links that somebody looks after: their own, and an owner all."""
    actor.needs(Permission.SEE_DAY)
    return [one for one in subscriptions.of_staff(reading()) if one.kept_by(actor)]


@retried
def make(source: Source, name: str, *, actor: Staff, now: datetime) -> str:
    """Make a link to a doctor's or a place's calendar; return its secret, which nobody keeps.

    One of the same name that no program ever used makes room: a double click makes one link.
    Raises NotAllowed, NotYours, NameNeeded, NameInUse.
    """
    source.check(actor)
    _is_there(source)
    if not name or len(name) > LONGEST_NAME:
        raise NameNeeded
    with transaction() as session:
        known = subscriptions.of_source(session, source)
        same = [one for one in known if one.name.casefold() == name.casefold()]
        if any(one.used_on is not None or one.made_by != actor.id for one in same):
            raise NameInUse
        subscriptions.drop(session, [one.id for one in same])
        secret = _add(session, source, name, made_by=actor.id, now=now)
        journal.note(
            session, MADE, actor=actor.signature, appointment_id=None, now=now, name=name,
            of=_called(source),
        )  # fmt: skip
    return secret


def _is_there(source: Source) -> None:
    clinic = clinics.load()
    doctor = clinic.clinicians.get(source.clinician_id or 0)
    place = clinic.locations.get(source.location_id or 0)
    if not any(one is not None and one.active for one in (doctor, place)):
        raise NotYours


def _called(source: Source) -> str:
    clinic = clinics.load()
    if source.clinician_id is not None:
        return clinic.clinicians[source.clinician_id].name
    return clinic.locations[source.location_id or 0].name


@retried
def end(id_: str, *, actor: Staff, now: datetime) -> None:
    """End a link: the program that looks there finds nothing any more; twice is once."""
    ours = [one for one in listing(actor) if one.id == id_]
    with transaction() as session:
        gone = [one.name for one in ours if subscriptions.drop(session, [one.id])]
        _note_ended(session, gone, by=actor.signature, now=now)


def end_of_doctor(session: Session, clinician_id: int, *, by: str, now: datetime) -> None:
    """End the links to the calendar of a doctor who leaves.  Part of a transaction."""
    gone = subscriptions.drop_of_clinician(session, clinician_id)
    _note_ended(session, gone, by=by, now=now)


def end_of_place(session: Session, location_id: int, *, by: str, now: datetime) -> None:
    """End the links to the calendar of a place that goes out of use.  Part of a transaction."""
    _note_ended(session, subscriptions.drop_of_location(session, location_id), by=by, now=now)


def end_of_staff(session: Session, staff_id: str, *, by: str, now: datetime) -> None:
    """End the links that somebody made and has in their phone.  Part of a transaction."""
    _note_ended(session, subscriptions.drop_of_staff(session, staff_id), by=by, now=now)


def _note_ended(session: Session, names: Iterable[str], *, by: str, now: datetime) -> None:
    for name in names:
        journal.note(session, ENDED, actor=by, appointment_id=None, now=now, name=name)


def of_patient(reference: str, *, actor: Actor) -> list[Subscription]:
    """Return the links to an appointment of the actor's; raises NotYours."""
    return subscriptions.of_appointment(reading(), mine(reference, actor).id)


@retried
def make_own(reference: str, *, actor: Actor, now: datetime) -> str:
    """Make a link to the actor's one appointment; return its secret.

    One that no program ever used makes room.  Raises NotYours, AlreadyCancelled, AlreadyOver,
    EnoughLinks.
    """
    about = mine(reference, actor)
    if about.status == Status.CANCELLED:
        raise AlreadyCancelled
    if about.interval.end <= now:
        raise AlreadyOver
    with transaction() as session:
        known = subscriptions.of_appointment(session, about.id)
        unused = [one for one in known if one.used_on is None]
        if len(known) - len(unused) >= MOST_OF_A_PATIENT:
            raise EnoughLinks
        subscriptions.drop(session, [one.id for one in unused])
        secret = _add(session, Source(appointment_id=about.id), "", made_by=None, now=now)
        journal.note(session, FOLLOWED, actor="patient", appointment_id=about.id, now=now)
    return secret


@retried
def end_own(reference: str, *, actor: Actor, now: datetime) -> None:
    """End all links to the actor's appointment; raises NotYours."""
    about = mine(reference, actor)
    with transaction() as session:
        known = subscriptions.of_appointment(session, about.id)
        if subscriptions.drop(session, [one.id for one in known]):
            journal.note(
                session, FOLLOWED_NO_MORE, actor="patient", appointment_id=about.id, now=now
            )


def _add(session: Session, source: Source, name: str, *, made_by: str | None, now: datetime) -> str:
    secret = b32encode(secrets.token_bytes(SECRET_BYTES)).decode().rstrip("=").lower()
    subscriptions.add(
        session, id=new_id(), secret_hash=hash_of(secret), name=name,
        clinician_id=source.clinician_id, location_id=source.location_id,
        appointment_id=source.appointment_id, made_by=made_by, made_at=now, used_on=None,
        seen="", seen_at=now,
    )  # fmt: skip
    return secret


def hash_of(secret: str) -> str:
    """Return what the database knows of a secret."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
