"""A no by mail: who said it has the last word, and may still come."""

from contextlib import suppress
from datetime import datetime

from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.refusals import ChangedMeanwhile
from app.domain.reply import FREES_AFTER, Action, Partstat
from app.services import cancelling
from app.services.appointment import mine, view
from app.storage import appointments, holds, journal, mails, replies
from app.storage.database import reading, retried, transaction
from app.storage.models import Reply, Status


def standing_no(about: Appointment) -> Reply | None:
    """Return the no that is the last word of somebody's calendar on an appointment, if it is."""
    found = replies.last(reading(), about.id, about.sequence)
    if found is None or found.kept_at is not None or found.reason != Partstat.DECLINED:
        return None
    return found if about.status == Status.BOOKED else None


def given(about: Appointment) -> Reply | None:
    """Return what somebody's calendar last said of an appointment as it stands."""
    found = replies.last(reading(), about.id, about.sequence)
    return found if found is not None and found.action == Action.APPLY else None


@retried
def come_after_all(reference: str, *, actor: Actor, now: datetime) -> None:
    """Take a no back: the appointment stays; where there is none, nothing changes.

    Raises NotYours, and ChangedMeanwhile when its time came free just now.
    """
    about = mine(reference, actor)
    no = standing_no(about)
    if no is None:
        return
    with transaction() as session:
        holds.lock_calendars(session, [about.wish.clinician_id])
        appointments.change(
            session, about, {}, now=now
        )  # else it might be cancelled at the same moment
        replies.keep(session, no.id, now=now)
        mails.withdraw(session, about.id, [LetterKind.DECLINED])
        journal.note(
            session, "come_after_all", actor="patient", appointment_id=about.id, now=now
        )  # fmt: skip


def free(*, clinic: Clinic, now: datetime) -> None:
    """Give the time of each no back that nobody took back within ten minutes of being asked."""
    if not clinic.declines_free:
        return
    for id_ in replies.to_free(reading(), told_before=now - FREES_AFTER):
        about = appointments.find(reading(), appointments.by_id(id_))
        no = standing_no(about) if about else None
        if about is None or no is None or not no.frees:
            continue
        if view(about, clinic, now=now).changeable:
            with suppress(ChangedMeanwhile):
                cancelling.release(about, Partstat.DECLINED, now=now)
