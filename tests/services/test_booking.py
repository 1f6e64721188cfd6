"""The promise itself: a hold becomes an appointment, once, and owes its mails."""

from datetime import timedelta

import pytest

from app.domain.refusals import HoldEnded, NothingHeld
from app.services import appointment, booking, visitor
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, counts, mails_of, rows, statements, verbs_of
from tests.services.people import someone

HALF_AN_HOUR = timedelta(minutes=30)


def test_a_hold_becomes_an_appointment(guest: Guest) -> None:
    held_before = guest.hold()
    guest.say(person(name="Marian Hale"))

    reference = guest.confirm(held_before.id)

    made = booked(reference)
    assert (made.id, made.status, made.hold_until) == (held_before.id, Status.BOOKED, None)
    assert made.booked_at == MONDAY_8AM
    view = appointment.find(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)
    assert view.appointment.person.name == "Marian Hale"
    assert guest.visit.hold is None


def test_a_reference_can_be_said_on_the_phone(guest: Guest) -> None:
    reference = guest.book()

    prefix, first, second = reference.split("-")
    assert prefix == "HB"
    assert set(first + second) <= set(booking.REFERENCE_LETTERS)
    assert not set("01OIL") & set(booking.REFERENCE_LETTERS) - {"L"}


def test_pressing_twice_books_once(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    first = guest.confirm(kept.id)
    before = counts()

    second = guest.confirm(kept.id)

    assert second == first
    assert counts() == before


def test_two_windows_that_press_at_once_book_once(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    seen_by_both = guest.visit
    first = guest.confirm(kept.id)

    second = booking.book(
        kept.id, visit=seen_by_both, clinic=clinics.load(), exempt=False, now=MONDAY_8AM
    )

    assert second == first
    assert len(rows(models.Appointment)) == 1


def test_the_back_button_after_booking_and_holding_anew_leads_to_the_booking(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    first = guest.confirm(kept.id)
    guest.hold(wish(TUESDAY_NOON + HALF_AN_HOUR))

    assert guest.confirm(kept.id) == first


def test_t11_nobody_books_what_somebody_else_holds(guest: Guest) -> None:
    theirs = someone(1).hold()
    guest.hold(wish(TUESDAY_NOON + HALF_AN_HOUR))
    guest.say()

    with pytest.raises(HoldEnded):
        guest.confirm(theirs.id)
    assert [row.status for row in rows(models.Appointment)] == [Status.HELD] * 2


def test_t11_nobody_reads_the_reference_of_what_somebody_else_booked(guest: Guest) -> None:
    theirs = someone(1)
    kept = theirs.hold()
    theirs.say()
    theirs.confirm(kept.id)

    with pytest.raises(NothingHeld):
        guest.confirm(kept.id)


def test_without_a_hold_there_is_nothing_to_book(guest: Guest) -> None:
    guest.say()

    with pytest.raises(NothingHeld):
        guest.confirm("aaaaaaaaaaaaaaaaaaaa")


def test_a_booking_owes_its_mails_and_a_line_in_the_journal(guest: Guest) -> None:
    reference = guest.book(wish(TUESDAY_NOON + days(2)))

    made = booked(reference)
    assert mails_of(made.id) == [
        ("appointment_booked", 0, "owed"),
        ("appointment_reminder", 48, "owed"),
        ("appointment_reminder", 3, "owed"),
    ]
    due = {row.lead_hours: row.due_at for row in rows(models.Mail)}
    start = made.starts_at
    assert due == {0: MONDAY_8AM, 48: start - days(2), 3: start - timedelta(hours=3)}
    assert verbs_of(made.id) == ["book"]


def test_a_reminder_whose_time_has_passed_is_not_owed(guest: Guest) -> None:
    soon = guest.book(wish(MONDAY_8AM + timedelta(hours=2)))
    tomorrow = someone(1).book(wish(TUESDAY_NOON))

    assert [hours for _, hours, _ in mails_of(booked(soon).id)] == [0]
    assert [hours for _, hours, _ in mails_of(booked(tomorrow).id)] == [0, 3]


def test_the_journal_knows_no_name_and_no_health_word(guest: Guest) -> None:
    kept = guest.hold()
    guest.say(person(name="Canary Name"), question="canary question", told=("canary",))
    guest.confirm(kept.id)

    (line,) = rows(models.JournalEntry)
    assert set(line.change) == {"start", "clinician"}


def test_health_words_are_sealed_in_the_database(guest: Guest) -> None:
    kept = guest.hold()
    guest.say(question="It hurts at night.", told=("numb",))
    guest.confirm(kept.id)

    (sealed,) = rows(models.Intake)
    assert b"night" not in sealed.sealed
    said = booking.details(guest.visit)
    assert said is not None
    assert said.question == "It hurts at night."


def test_details_are_kept_and_corrected_until_the_booking(guest: Guest) -> None:
    guest.say(person(name="Marian Hail"))
    guest.say(person(name="Marian Hale"), question="Why?")

    said = booking.details(guest.visit)

    assert said is not None
    assert (said.person.name, said.question) == ("Marian Hale", "Why?")
    assert (counts()["patient"], counts()["intake"]) == (1, 1)


def test_booking_for_somebody_else_afterwards_leaves_the_first_appointment_as_it_is(
    guest: Guest,
) -> None:
    kept = guest.hold()
    guest.say(person("marian@example.org", name="Marian Hale"), question="Mine?")
    first = guest.confirm(kept.id)
    other = guest.hold(wish(TUESDAY_NOON + HALF_AN_HOUR))
    guest.say(person("jo@example.org", name="Jo Hale"), question="Theirs?")
    second = guest.confirm(other.id)

    actor, clinic = guest.actor, clinics.load()
    names = [
        appointment.find(one, actor=actor, clinic=clinic, now=MONDAY_8AM).appointment.person.name
        for one in (first, second)
    ]

    assert names == ["Marian Hale", "Jo Hale"]
    intakes = {booked(one).intake_id for one in (first, second)}
    assert len(intakes) == 2


def test_a_booking_that_fails_at_its_end_owes_nothing(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    visit = guest.visit
    db.session.add(
        models.Mail(  # a mail of the same name stands in the way
            kind="appointment_reminder", appointment_id=kept.id, lead_hours=3, language="en",
            owed_at=MONDAY_8AM, due_at=MONDAY_8AM, next_try_at=MONDAY_8AM,
        )
    )  # fmt: skip
    db.session.commit()
    before = counts()

    with pytest.raises(Exception, match="mail"):
        booking.book(kept.id, visit=visit, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)

    assert counts() == before
    assert guest.visit.hold == kept


def test_confirming_asks_six_things_of_the_database(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    clinic = clinics.load()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)
        assert found is not None
        booking.book(kept.id, visit=found[0], clinic=clinic, exempt=False, now=MONDAY_8AM)

    assert len(asked) <= 6, asked
