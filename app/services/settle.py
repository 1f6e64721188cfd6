"""The desk's list of what to settle: a source is one function, and each asks the book once.

A new source is a line in SOURCES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.library import Copy
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.edition import State
from app.domain.refusals import NotYours
from app.domain.settle import LOOKS_BACK, AlreadySettled, Kind, Matter
from app.domain.staff import Permission, Staff
from app.services import attending, breaking, edition, link, to_read
from app.services.to_read import Open
from app.storage import appointments, holds, journal, mails, people, proposals, settle
from app.storage.database import reading, retried, transaction

DONE = "settle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who looks at which clinic, and when; *guide* is what it shows to readers."""

    actor: Staff
    clinic: Clinic
    guide: Copy
    now: datetime

    @property
    def doctors(self) -> list[int]:
        """Whose calendars are theirs to see."""
        return [id_ for id_ in self.clinic.clinicians if self.actor.sees(id_)]


def _mails(asked: Asked) -> list[Matter]:
    return settle.refused_mails(reading(), asked.doctors, now=asked.now)


def _offers(asked: Asked) -> list[Matter]:
    found = settle.unanswered(reading(), since=asked.now - LOOKS_BACK, now=asked.now)
    return [one for one in found if one.clinician_id in asked.doctors]


def _homeless(asked: Asked) -> list[Matter]:
    found = breaking.homeless(actor=asked.actor, clinic=asked.clinic, now=asked.now)
    being_asked = settle.being_asked(reading())
    return [
        Matter(
            kind=Kind.HOMELESS, key=f"homeless:{one.id}", name=one.name, phone=one.phone,
            email=one.email, reference=one.reference, start=one.interval.start,
            clinician_id=one.wish.clinician_id, location_id=one.wish.location_id,
        )
        for one in found
        if one.id not in being_asked
    ]  # fmt: skip


def _guides(asked: Asked) -> list[Matter]:
    found = to_read.open_guides(actor=asked.actor, clinic=asked.clinic, now=asked.now)
    return [_guide(one) for one in found if one.due or one.please_call]


def _guide(one: Open) -> Matter:
    about = one.appointment
    kind = Kind.CALL if one.please_call else Kind.GUIDE
    return Matter(
        kind=kind,
        key=f"{kind}:{about.id}:{about.sequence}",
        why="begun" if one.begun else "",
        name=about.person.name,
        phone=about.person.phone,
        email=about.person.email,
        reference=about.reference,
        start=about.interval.start,
        clinician_id=about.wish.clinician_id,
        location_id=about.wish.location_id,
    )


def _sign_offs(asked: Asked) -> list[Matter]:
    if not asked.clinic.primer_on:
        return []
    found = edition.standing(asked.clinic, asked.guide, now=asked.now)
    if found.state is State.CURRENT:
        return []
    return [Matter(kind=Kind.SIGN_OFF, key=f"sign_off:{found.edition}", why=found.state)]


SOURCES: tuple[Callable[[Asked], list[Matter]], ...] = (
    _guides,
    _homeless,
    _mails,
    _offers,
    _sign_offs,
)


def listing(asked: Asked) -> dict[Kind, list[Matter]]:
    """Return what is to be settled, by its kind; nothing that somebody settled already."""
    asked.actor.needs(Permission.RUN_DAY)
    done = settle.settled(reading(), since=asked.now - LOOKS_BACK)
    found = [one for source in SOURCES for one in source(asked)]
    homeless = {one.reference for one in found if one.kind is Kind.HOMELESS}
    left = [
        one
        for one in found
        if (one.kind is Kind.CALL or one.key not in done)
        and not (one.kind is Kind.OFFER and one.reference in homeless)  # it stands there already
    ]
    return {kind: [one for one in left if one.kind is kind] for kind in Kind}


def count(asked: Asked) -> int:
    """Say how much is to be settled."""
    return sum(len(some) for some in listing(asked).values())


@retried
def done(key: str, *, asked: Asked) -> None:
    """Note that a matter is settled; raises NotYours, and AlreadySettled when a colleague did."""
    matter = _find(key, asked)
    if matter.kind is Kind.CALL and matter.reference is not None:
        to_read.called(matter.reference, actor=asked.actor, now=asked.now)
        return
    about = attending.find(matter.reference, asked.actor) if matter.reference else None
    with transaction() as session:
        _note(session, matter, about, asked)


@retried
def send_guide(key: str, *, asked: Asked) -> None:
    """Send somebody the links to their appointments again, and with them the way to the guide.

    Raises what `done` raises.
    """
    matter = _find(key, asked)
    if matter.kind is not Kind.GUIDE or not matter.email or matter.reference is None:
        raise NotYours
    about = attending.find(matter.reference, asked.actor)
    with transaction() as session:
        _note(session, matter, about, asked)
        link.owe(session, about.person.email, language=about.person.language, now=asked.now)


def _find(key: str, asked: Asked) -> Matter:
    asked.actor.needs(Permission.RUN_DAY)
    if key in settle.settled(reading(), since=asked.now - LOOKS_BACK):
        raise AlreadySettled
    for one in (one for some in listing(asked).values() for one in some):
        if one.key == key:
            return one
    raise NotYours


def _note(session: Session, matter: Matter, about: Appointment | None, asked: Asked) -> None:
    if not settle.settle(session, matter.key, asked.actor.id, now=asked.now):
        raise AlreadySettled
    journal.note(
        session, DONE, actor=asked.actor.signature, now=asked.now,
        appointment_id=about.id if about else None, what=matter.kind,
    )  # fmt: skip


@retried
def send_again(mail_id: int, email: str, *, asked: Asked) -> None:
    """Owe a mail anew that was refused, to another address if the old one was wrong.

    Raises NotYours, and AlreadySettled when a colleague did.
    """
    asked.actor.needs(Permission.RUN_DAY)
    mail = mails.find(reading(), mail_id)
    about = appointments.find(
        reading(), appointments.by_id((mail.appointment_id if mail else None) or "")
    )
    if about is None or not asked.actor.sees(about.wish.clinician_id):
        raise NotYours
    patient_id = proposals.patient_of(reading(), about.id) or ""
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        if not settle.send_again(session, mail_id, now=asked.now):
            raise AlreadySettled
        changed = email != about.person.email
        if changed:
            settle.change_address(session, patient_id, email, people.email_key(email))
        journal.note(
            session, "mail_again", actor=asked.actor.signature, appointment_id=about.id,
            now=asked.now, address=changed,
        )  # fmt: skip
