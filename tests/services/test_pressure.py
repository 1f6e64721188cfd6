"""A flood of bookings (T8): the rest waits for its links, and the times come back."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.appointment import Wish
from app.domain.refusals import (
    AlreadyCancelled,
    NotConfirmed,
    NotYours,
    TooManyAppointments,
)
from app.services import (
    appointment,
    booking,
    cancelling,
    confirming,
    forget,
    letters,
    moving,
    pressure,
    readiness,
    visitor,
)
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, clinic_changed, mails_of, rows, statements, verbs_of

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)


def times() -> Iterator[Wish]:
    """Every half hour of both doctors, one working day after the other."""
    for day in (day for day in range(60) if (day + 1) % 7 < 5):
        morning = TUESDAY_NOON - timedelta(hours=3) + timedelta(days=day)
        for number in range(16):
            start = morning + number * HALF
            yield wish(start, clinician_id=RIVERA, location_id=KNOXVILLE)
            yield wish(start + HOUR, clinician_id=OKAFOR, location_id=NASHVILLE)


def press(until: datetime) -> None:
    """Put the clinic under pressure, as the worker does when it sees a flood."""
    db.session.execute(update(models.Clinic).values(pressure_until=until))
    clinic_changed()


def book(guest: Guest, wanted: Wish | None = None, email: str | None = None) -> str:
    """Go all the way from a network that counts."""
    held = guest.hold(wanted)
    guest.say(person(email))
    return guest.confirm(held.id)


def by_link(reference: str, now: datetime) -> Guest:
    """Be whoever reads the patient's mail, on another device."""
    row = booked(reference)
    reader = Guest(now, network="203.0.113.0/24")
    token = appointment.path(row.id, row.link_version).removeprefix("/a/")
    reader.open_link(token)
    return reader


def confirm(reference: str, guest: Guest) -> appointment.View:
    return confirming.confirm(reference, actor=guest.actor, clinic=clinics.load(), now=guest.now)


def flood(number: int) -> list[str]:
    """Book so often within some minutes, five times from each network, while a worker watches."""
    references = []
    for tried, wanted in enumerate(islice(times(), number)):
        now = MONDAY_8AM + timedelta(seconds=tried)
        references.append(book(Guest(now, network=f"198.51.{tried // 5}.0/24"), wanted))
        if tried % 2:
            pressure.watch(now=now)
    return references


def statuses(references: list[str]) -> Counter[str]:
    standing = {row.reference: row.status for row in rows(models.Appointment)}
    return Counter(standing[reference] for reference in references)


def verbs() -> Counter[str]:
    return Counter(row.verb for row in rows(models.JournalEntry))


@pytest.fixture
def pressed(app: Flask) -> datetime:
    press(MONDAY_8AM + HOUR)
    return MONDAY_8AM


@pytest.fixture
def waiting(pressed: datetime) -> str:
    return book(Guest(pressed))


def test_t08_of_two_hundred_bookings_at_once_all_but_the_first_wait_and_come_free(
    app: Flask,
) -> None:
    references = flood(200)
    later = MONDAY_8AM + timedelta(seconds=200)

    assert statuses(references) == {"booked": 10, "tentative": 190}
    assert readiness.numbers(now=later)["foreword_pressure"] == 1
    patient = book(Guest(later), next(islice(times(), 200, None)))
    assert confirm(patient, by_link(patient, later)).appointment.status == "booked"

    after = later + HOUR + MINUTE
    assert Guest(after).hold(list(islice(times(), 200))[-1], exempt=True)
    forget.run(now=later + 2 * HOUR + MINUTE)
    assert statuses(references) == {"booked": 10, "cancelled": 190}
    assert statuses([patient]) == {"booked": 1}
    assert verbs()["lapse"] == 190


def test_t08_pressure_ends_after_ten_quiet_minutes_and_the_journal_tells(app: Flask) -> None:
    flood(12)
    last = MONDAY_8AM + timedelta(seconds=12)

    pressure.watch(now=last + 9 * MINUTE)
    assert clinics.load().under_pressure(now=last + 9 * MINUTE)
    pressure.watch(now=last + 22 * MINUTE)
    pressure.watch(now=last + 22 * MINUTE)

    assert clinics.load().pressure_until is None
    assert (verbs()["pressure_on"], verbs()["pressure_off"]) == (1, 1)
    assert statuses([book(Guest(last + 22 * MINUTE), wish())])["booked"] == 1


def test_t08_while_it_goes_on_the_pressure_does_too(app: Flask) -> None:
    flood(12)
    first = clinics.load().pressure_until
    for tried, wanted in enumerate(islice(times(), 12, 24)):
        now = MONDAY_8AM + 5 * MINUTE + timedelta(seconds=tried)
        book(Guest(now, network=f"203.0.{tried}.0/24"), wanted)

    pressure.watch(now=now)

    until = clinics.load().pressure_until
    assert first is not None
    assert until is not None
    assert until > first
    assert verbs()["pressure_on"] == 1


def test_t08_with_no_worker_pressure_ends_by_itself(pressed: datetime) -> None:
    assert statuses([book(Guest(pressed + HOUR))]) == {"booked": 1}


def test_t08_in_normal_times_watching_writes_nothing_and_asks_little(app: Flask) -> None:
    Guest(MONDAY_8AM).book()

    with statements() as asked:
        pressure.watch(now=MONDAY_8AM + MINUTE)

    assert len(asked) <= 2
    assert all(statement.startswith("SELECT") for statement in asked)


def test_t08_pressure_reaches_a_session_with_the_statement_it_asks_anyway(app: Flask) -> None:
    guest = Guest(MONDAY_8AM)
    kept = guest.hold()
    guest.say()
    press(MONDAY_8AM + HOUR)
    clinics.load()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)
        assert found is not None
        clinic = clinics.load(revision=found[1].clinic)
        reference = booking.book(
            kept.id, visit=found[0], clinic=clinic, exempt=False, now=MONDAY_8AM
        )

    assert len(asked) <= 6, asked
    assert statuses([reference]) == {"tentative": 1}


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
