"""Bookings that wait for their links under a flood (T08)."""

from datetime import datetime
from itertools import islice

import pytest
from sqlalchemy import select

from app.domain.refusals import AlreadyCancelled, NotConfirmed, NotYours, TooManyAppointments
from app.services import appointment, cancelling, confirming, forget, letters, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.flood import HOUR, MINUTE, book, by_link, confirm, statuses, times
from tests.services.looking import booked, mails_of, rows, verbs_of


@pytest.fixture
def waiting(pressed: datetime) -> str:
    return book(Guest(pressed))


def test_t08_a_waiting_appointment_keeps_its_time_and_owes_one_mail(waiting: str) -> None:
    row = booked(waiting)

    assert (row.status, row.hold_until) == ("tentative", MONDAY_8AM + HOUR)
    assert row.patient_id
    assert row.intake_id
    assert mails_of(row.id) == [("appointment_to_confirm", 0, "owed")]
    assert verbs_of(row.id) == ["book_tentatively"]


def test_t08_the_mail_says_until_when_and_carries_the_link(waiting: str) -> None:
    row = booked(waiting)
    (mail,) = rows(models.Mail)

    letter = letters.letter(
        mail.id, base_url="http://localhost", emergency_number="911", now=MONDAY_8AM
    )

    assert letter is not None
    assert letter.confirm_until == MONDAY_8AM + HOUR
    assert letter.link == "http://localhost" + appointment.path(row.id, 0)


def test_t08_the_clinics_own_network_books_at_once(pressed: datetime) -> None:
    assert statuses([Guest(pressed).book()]) == {"booked": 1}


def test_t08_whoever_booked_cannot_confirm_without_the_link(pressed: datetime) -> None:
    guest = Guest(pressed)
    reference = book(guest)

    with pytest.raises(NotConfirmed):
        confirm(reference, guest)
    with pytest.raises(NotYours):
        confirm(reference, Guest(pressed))

    assert statuses([reference]) == {"tentative": 1}


def test_t08_the_links_button_books_with_the_usual_mails_and_twice_is_once(waiting: str) -> None:
    reader = by_link(waiting, MONDAY_8AM + 5 * MINUTE)

    first, second = confirm(waiting, reader), confirm(waiting, reader)

    row = booked(waiting)
    assert first == second
    assert (row.status, row.hold_until, row.sequence) == ("booked", None, 0)
    assert row.booked_at == reader.now
    assert verbs_of(row.id) == ["book_tentatively", "confirm"]
    assert mails_of(row.id) == [
        ("appointment_to_confirm", 0, "withdrawn"),
        ("appointment_booked", 0, "owed"),
        ("appointment_reminder", 3, "owed"),
    ]


def test_t08_the_link_opened_in_the_session_that_booked_confirms_too(pressed: datetime) -> None:
    guest = Guest(pressed)
    row = booked(book(guest))
    token = appointment.path(row.id, 0).removeprefix("/a/")
    guest.open_link(token)

    assert confirm(row.reference or "", guest).appointment.status == "booked"


def test_t08_a_late_yes_counts_while_nobody_took_the_time(waiting: str) -> None:
    reader = by_link(waiting, MONDAY_8AM + HOUR + 5 * MINUTE)

    assert confirm(waiting, reader).appointment.status == "booked"


def test_t08_a_late_yes_is_refused_once_somebody_took_the_time(waiting: str) -> None:
    reader = by_link(waiting, MONDAY_8AM + HOUR + 5 * MINUTE)
    other = book(Guest(reader.now))

    with pytest.raises(AlreadyCancelled):
        confirm(waiting, reader)

    assert statuses([waiting, other]) == {"cancelled": 1, "booked": 1}
    assert verbs_of(booked(waiting).id) == ["book_tentatively", "lapse"]
    (mail,) = rows(models.Mail, models.Mail.appointment_id == booked(waiting).id)
    assert letters.letter(mail.id, base_url="", emergency_number="911", now=reader.now) is None


def test_t08_waiting_ones_count_among_the_three_of_an_address(pressed: datetime) -> None:
    email = "marian@example.org"
    for wanted in islice(times(), 0, 6, 2):
        book(Guest(pressed), wanted, email)

    with pytest.raises(TooManyAppointments):
        book(Guest(pressed), wish(), email)


def test_t08_late_yeses_make_no_more_than_three_of_an_address(pressed: datetime) -> None:
    email = "marian@example.org"
    late = book(Guest(pressed), wish(), email)
    after = pressed + HOUR + 5 * MINUTE
    for number, wanted in enumerate(islice(times(), 0, 6, 2)):
        book(Guest(after, network=f"203.0.{number}.0/24"), wanted, email)

    with pytest.raises(TooManyAppointments):
        confirm(late, by_link(late, after))


def test_t08_waiting_ones_leave_the_rest_of_the_day_to_others(pressed: datetime) -> None:
    for number, wanted in enumerate(islice(times(), 0, 20, 2)):
        book(Guest(pressed, network=f"203.0.{number}.0/24"), wanted)

    assert Guest(pressed).hold(next(islice(times(), 20, None)))


def test_t08_a_waiting_one_is_neither_moved_nor_cancelled(waiting: str) -> None:
    reader = by_link(waiting, MONDAY_8AM)
    clinic = clinics.load()

    with pytest.raises(NotConfirmed):
        cancelling.cancel(waiting, actor=reader.actor, clinic=clinic, now=reader.now)
    with pytest.raises(NotConfirmed):
        moving.take(
            waiting, wish(TUESDAY_NOON + HOUR), actor=reader.actor, visit=reader.visit,
            clinic=clinic, exempt=True, now=reader.now,
        )  # fmt: skip


def test_t08_who_a_lapsed_one_was_for_is_forgotten_and_its_line_stays(waiting: str) -> None:
    row = booked(waiting)
    forget.run(now=MONDAY_8AM + 2 * HOUR + MINUTE)
    lapsed = booked(waiting)
    assert (lapsed.status, lapsed.patient_id) == ("cancelled", row.patient_id)

    forget.run(now=MONDAY_8AM + 15 * HOUR)

    assert (booked(waiting).patient_id, booked(waiting).intake_id) == (None, None)
    assert db.session.scalar(select(models.Patient.id)) is None
    assert db.session.scalar(select(models.Intake.id)) is None
    assert verbs_of(row.id) == ["book_tentatively", "lapse"]


def test_t08_the_link_sent_again_opens_a_waiting_one(waiting: str) -> None:
    reader = by_link(waiting, MONDAY_8AM)

    confirming.send_again(waiting, actor=reader.actor, now=MONDAY_8AM)

    (mail,) = rows(models.Mail, models.Mail.kind == "link_requested")
    letter = letters.letter(mail.id, base_url="", emergency_number="911", now=MONDAY_8AM)
    assert letter is not None
    assert [link.link for link in letter.links] == [appointment.path(booked(waiting).id, 0)]
