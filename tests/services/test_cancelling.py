from datetime import timedelta

import pytest

from app.domain.refusals import AlreadyCancelled, AlreadyOver
from app.services import appointment, cancelling
from app.services import clinic as clinics
from app.services.appointment import View
from app.storage import models
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, everything, mails_of, rows, verbs_of
from tests.services.people import THURSDAY


def cancel(guest: Guest, reference: str) -> View:
    return cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=guest.now)


def test_a_cancelled_appointment_says_so_and_stays_to_be_seen(guest: Guest, reference: str) -> None:
    guest.now += timedelta(minutes=5)

    view = cancel(guest, reference)

    assert view.cancelled
    assert not view.changeable
    assert (view.appointment.sequence, view.appointment.cancelled_at) == (1, guest.now)
    assert appointment.find(
        reference, actor=guest.actor, clinic=clinics.load(), now=guest.now
    ) == view  # fmt: skip


def test_a_cancelled_time_is_free_at_once(guest: Guest, reference: str) -> None:
    cancel(guest, reference)

    assert Guest(MONDAY_8AM).hold(THURSDAY)


def test_cancelling_takes_back_reminders_and_owes_the_mail_that_says_so(
    guest: Guest, reference: str
) -> None:
    cancel(guest, reference)

    made = booked(reference)
    assert mails_of(made.id) == [
        ("appointment_booked", 0, "withdrawn"),
        ("appointment_reminder", 48, "withdrawn"),
        ("appointment_reminder", 3, "withdrawn"),
        ("appointment_cancelled", 0, "owed"),
    ]
    (mail,) = rows(models.Mail, models.Mail.kind == "appointment_cancelled")
    assert (mail.sequence, mail.due_at) == (1, MONDAY_8AM)
    assert verbs_of(made.id) == ["book", "cancel"]


def test_pressing_cancel_twice_cancels_once(guest: Guest, reference: str) -> None:
    cancel(guest, reference)
    before = everything()

    with pytest.raises(AlreadyCancelled):
        cancel(guest, reference)

    assert everything() == before


def test_what_has_begun_is_not_cancelled(guest: Guest, reference: str) -> None:
    actor = guest.actor

    for late in (timedelta(0), timedelta(days=1)):
        with pytest.raises(AlreadyOver):
            cancelling.cancel(
                reference, actor=actor, clinic=clinics.load(), now=THURSDAY.start + late
            )
    assert booked(reference).status == Status.BOOKED


def test_cancelling_makes_room_among_the_three_of_an_address(guest: Guest) -> None:
    references = [guest.book(wish(TUESDAY_NOON + days(number))) for number in (1, 2, 3)]
    cancel(guest, references[0])

    assert guest.book(wish(TUESDAY_NOON + days(7)))
