"""The form before the visit: kept part by part, sealed, shown after the birth date only."""

from datetime import datetime

from app.content.previsit import Part
from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.previsit import Answers, checked, merged
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotConfirmed, UnlockNeeded
from app.services.appointment import mine
from app.storage import journal, previsits
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.previsits import Kept


def find(reference: str, *, actor: Actor) -> Kept | None:
    """Return what was said so far; raises NotYours, UnlockNeeded."""
    return previsits.find(reading(), _unlocked(reference, actor).id)


def check_open(reference: str, *, actor: Actor, now: datetime) -> None:
    """Refuse a form that cannot be filled in (any more).

    Raises NotYours, UnlockNeeded, AlreadyCancelled, NotConfirmed, AlreadyOver.
    """
    _open(reference, actor, now)


@retried
def save(
    reference: str, part: Part, given: Answers, *, edition: str, actor: Actor, now: datetime
) -> None:
    """Keep the answers to one part; the others stay.  The same answers again change nothing.

    Raises UnknownAnswer for an answer that was not offered, and what `check_open` raises.
    """
    about = _open(reference, actor, now)
    answers = checked(part.fields, given)
    with transaction() as session:
        if previsits.begin(session, about.id, edition=edition, now=now):
            journal.note(session, "prepare", actor="patient", appointment_id=about.id, now=now)
        before = previsits.find_to_change(session, about.id)
        said = before.answers if before else {}
        after = merged(said, part.fields, answers)
        if after != said:
            previsits.change(session, about.id, after, edition=edition, now=now)


@retried
def finish(reference: str, *, actor: Actor, now: datetime) -> None:
    """Note that the person is done; they may still change it until the visit begins."""
    about = _open(reference, actor, now)
    with transaction() as session:
        if previsits.finish(session, about.id, now=now):
            journal.note(session, "prepared", actor="patient", appointment_id=about.id, now=now)


def _open(reference: str, actor: Actor, now: datetime) -> Appointment:
    about = _unlocked(reference, actor)
    if about.status == Status.CANCELLED:
        raise AlreadyCancelled
    if about.status == Status.TENTATIVE:
        raise NotConfirmed
    if now >= about.interval.start:
        raise AlreadyOver
    return about


def _unlocked(reference: str, actor: Actor) -> Appointment:
    about = mine(reference, actor)
    if about.id not in actor.unlocked:
        raise UnlockNeeded
    return about
