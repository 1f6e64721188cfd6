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
from app.domain.settle import KEPT, LOOKS_BACK, AlreadySettled, Kind, Matter, TooManyLinks
from app.domain.staff import Permission, Staff
from app.services import attending, breaking, edition, link, settle_replies, to_read
from app.services.to_read import Open
from app.storage import busy, journal, settle
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
        return self.actor.seen(self.clinic.clinicians)

    @property
    def elsewhere(self) -> list[int]:
        """Which of them have other calendars."""
        return [id_ for id_ in self.doctors if id_ in self.clinic.elsewhere]


def _mails(asked: Asked) -> list[Matter]:
    return settle.refused_mails(reading(), asked.doctors, now=asked.now)


def _offers(asked: Asked) -> list[Matter]:
    found = settle.unanswered(reading(), since=asked.now - LOOKS_BACK, now=asked.now)
    return [one for one in found if one.clinician_id in asked.doctors]


def _homeless(asked: Asked) -> list[Matter]:
    found = breaking.homeless(actor=asked.actor, clinic=asked.clinic, now=asked.now)
    being_asked = settle.being_asked(reading()) if found else set()
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
        kind=kind, key=f"{kind}:{about.id}:{about.sequence}", why="begun" if one.begun else "",
        name=about.person.name, phone=about.person.phone, email=about.person.email,
        reference=about.reference, start=about.interval.start,
        clinician_id=about.wish.clinician_id, location_id=about.wish.location_id,
    )  # fmt: skip


def _busy(asked: Asked) -> list[Matter]:
    if not asked.elsewhere:
        return []
    found = busy.conflicts(reading(), asked.elsewhere, now=asked.now)
    known = settle.settled(reading(), since=asked.now - KEPT) if found else {}
    return [one for one in found if one.key not in known]


def _withheld(asked: Asked) -> list[Matter]:
    ids = asked.elsewhere
    return [
        Matter(
            kind=Kind.WITHHELD, key=f"withheld:{one.calendar_id}", name=one.name,
            start=one.read_at, clinician_id=one.clinician_id,
        )
        for one in (busy.withheld(reading(), ids, now=asked.now) if ids else ())
    ]  # fmt: skip


def _sign_offs(asked: Asked) -> list[Matter]:
    if not asked.clinic.primer_on:
        return []
    found = edition.standing(asked.clinic, asked.guide, now=asked.now)
    if found.state is State.CURRENT:
        return []
    return [Matter(kind=Kind.SIGN_OFF, key=f"sign_off:{found.edition}", why=found.state)]


def _replies(asked: Asked) -> list[Matter]:
    return settle_replies.listing(asked.doctors, now=asked.now)


SOURCES: tuple[Callable[[Asked], list[Matter]], ...] = (
    _guides,
    _homeless,
    _busy,
    _withheld,
    _mails,
    _offers,
    _sign_offs,
    _replies,
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
    matter = find(key, asked)
    if matter.kind is Kind.CALL and matter.reference is not None:
        to_read.called(matter.reference, actor=asked.actor, now=asked.now)
        return
    about = attending.find(matter.reference, asked.actor) if matter.reference else None
    with transaction() as session:
        note(session, matter, about, asked)


@retried
def send_guide(key: str, *, asked: Asked) -> None:
    """Send somebody the links to their appointments again, and with them the way to the guide.

    Raises what `done` raises, and TooManyLinks: then nothing is settled.
    """
    matter = find(key, asked)
    if matter.kind is not Kind.GUIDE or not matter.email or matter.reference is None:
        raise NotYours
    about = attending.find(matter.reference, asked.actor)
    with transaction() as session:
        note(session, matter, about, asked)
        person = about.person
        if not link.owe(session, person.email, language=person.language, now=asked.now):
            raise TooManyLinks


def find(key: str, asked: Asked) -> Matter:
    """Return a matter that stands on the list; raises NotYours, AlreadySettled."""
    asked.actor.needs(Permission.RUN_DAY)
    if key in settle.settled(reading(), since=asked.now - LOOKS_BACK):
        raise AlreadySettled
    for one in (one for some in listing(asked).values() for one in some):
        if one.key == key:
            return one
    raise NotYours


def note(session: Session, matter: Matter, about: Appointment | None, asked: Asked) -> None:
    """Note that a matter is settled; raises AlreadySettled when a colleague was quicker."""
    if not settle.settle(session, matter.key, asked.actor.id, now=asked.now):
        raise AlreadySettled
    journal.note(
        session, DONE, actor=asked.actor.signature, now=asked.now,
        appointment_id=about.id if about else None, what=matter.kind,
    )  # fmt: skip
