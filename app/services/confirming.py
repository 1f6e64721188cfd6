"""Confirming an appointment that was booked under pressure."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.appointment import Appointment, Hold
from app.domain.booking import APPOINTMENTS_PER_ADDRESS, HOLD_GRACE
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    ChangedMeanwhile,
    NotConfirmed,
    TooManyAppointments,
)
from app.services import clinic as clinics
from app.services import doctor_mails, link
from app.services import hold as holding
from app.services.appointment import View, find, mine
from app.services.booking import booked_mails, made, tally_of
from app.services.record import note_booking
from app.storage import appointments, holds, journal, mails, people, tallies
from app.storage.database import retried, transaction
from app.storage.models import Status


@retried
def confirm(reference: str, *, actor: Actor, clinic: Clinic, now: datetime) -> View:
    """Make a tentative appointment a booked one; doing it again changes nothing.

    It works until somebody else took the time.  Raises NotYours, NotConfirmed for a session
    that did not open the link, AlreadyCancelled, AlreadyOver, HoldEnded,
    HoldClosed, TooManyAppointments.
    """
    appointment = mine(reference, actor)
    if appointment.status == Status.CANCELLED:
        raise AlreadyCancelled
    if appointment.status == Status.TENTATIVE:
        if appointment.id not in actor.by_link:
            raise NotConfirmed
        if appointment.interval.start <= now:
            raise AlreadyOver
        _confirm(appointment, clinic, now=now)
    return find(reference, actor=actor, clinic=clinic, now=now)


def _confirm(appointment: Appointment, clinic: Clinic, *, now: datetime) -> None:
    with transaction() as session:
        tally = tally_of(session, appointment.person.email, now=now)
        tallies.count(session, [tally], day=now.date())  # booking locks it too, and first
        holds.lock_calendars(session, [appointment.wish.clinician_id])
        _check_still_theirs(session, appointment, clinics.as_it_is(session, clinic), now=now)
        try:
            appointments.change(session, appointment, made(now), now=now)
        except ChangedMeanwhile:
            return  # a double click, or it lapsed just now: the page shows how it stands
        language = appointment.person.language
        owed = booked_mails(appointment.id, appointment.interval, language, clinic, now=now)
        mails.withdraw(session, appointment.id, [LetterKind.TO_CONFIRM])
        mails.owe(session, owed, now=now)
        doctor_mails.owe(session, appointment.id, clinic, after=appointment.wish, now=now)
        journal.note(session, "confirm", actor="patient", appointment_id=appointment.id, now=now)
        note_booking(
            session, appointment.reading_id, appointment.intake_id, now=now,
            with_guide=clinic.visit_types[appointment.wish.visit_type_id].needs_primer,
        )  # fmt: skip


def _check_still_theirs(
    session: Session, appointment: Appointment, clinic: Clinic, *, now: datetime
) -> None:
    """Refuse what ran out when the day, or the address, has as many visits by now as it may."""
    waiting = Hold(
        id=appointment.id,
        wish=appointment.wish,
        interval=appointment.interval,
        held_at=now,
        until=appointment.hold_until or now,
    )
    holding.check_not_closed(waiting, clinic)
    holding.check_kept(session, waiting, clinic, now=now)
    key = people.email_key(appointment.person.email)
    mine_counts = waiting.until + HOLD_GRACE >= now
    if appointments.coming(session, key, now=now) - mine_counts >= APPOINTMENTS_PER_ADDRESS:
        raise TooManyAppointments


def send_again(reference: str, *, actor: Actor, now: datetime) -> None:
    """Owe the address its links once more, as often as anybody may ask for them."""
    person = mine(reference, actor).person
    link.request(person.email, language=person.language, now=now)
