"""The waiting list: who is on it, what they are offered, and how they leave it."""

from dataclasses import replace
from datetime import date

from app.services import cancelling, proposal, waiting
from app.services import clinic as clinics
from app.services.waiting_offers import Rounds
from app.storage import clinic as clinic_rows
from app.storage import models
from app.storage.database import transaction
from app.storage.models import Status
from tests.clinics import RIVERA, Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.offers import answer_of, asked, held_times, say
from tests.services.in_line import FIRST, HOUR, TUESDAYS, fill, join, offers, wait
from tests.services.looking import booked, mails_of, rows, statements, verbs_of
from tests.services.people import THURSDAY
from tests.staffing import hire


def test_a_free_time_is_offered_and_held(guest: Guest, reference: str) -> None:
    wait(guest, reference)

    assert Rounds().run(now=MONDAY_8AM) == 1

    (made,) = offers()
    assert held_times() == [FIRST.start]
    assert made.answer_by == MONDAY_8AM + 4 * HOUR
    assert verbs_of(booked(reference).id) == ["book", "wait", "propose"]


def test_only_one_time_is_held_for_a_person_at_once(guest: Guest, reference: str) -> None:
    wait(guest, reference)
    line = Rounds()

    assert [line.run(now=MONDAY_8AM) for _ in range(3)] == [1, 0, 0]


def test_a_yes_moves_them_and_takes_them_off_the_list(guest: Guest, reference: str) -> None:
    wait(guest, reference)
    Rounds().run(now=MONDAY_8AM)
    (made,) = offers()

    say(asked(made.id), made.id, FIRST)

    assert booked(reference).starts_at == FIRST.start
    assert waiting.of_mine(reference, actor=guest.actor) is None
    assert Rounds().run(now=MONDAY_8AM) == 0


def test_after_a_no_the_next_in_line_is_asked_and_they_are_not_asked_that_again(
    guest: Guest, reference: str
) -> None:
    wait(guest, reference)
    second = Guest(MONDAY_8AM + HOUR)
    wait(second, second.book(wish(THURSDAY.start + HOUR)))
    fill(1)
    Rounds().run(now=MONDAY_8AM)
    (first,) = offers()

    say(asked(first.id), first.id)
    Rounds().run(now=MONDAY_8AM + HOUR)

    assert [one.appointment_id == booked(reference).id for one in offers()] == [True, False]
    assert held_times() == [FIRST.start]
    assert waiting.of_mine(reference, actor=guest.actor) is not None


def test_what_nobody_answers_goes_to_the_next(guest: Guest, reference: str) -> None:
    wednesdays = replace(TUESDAYS, weekdays=frozenset({2}))
    wait(guest, reference, wednesdays)
    second = Guest(MONDAY_8AM)
    wait(second, second.book(wish(THURSDAY.start + HOUR)), wednesdays)
    fill(1, day=1)
    line, later = Rounds(), MONDAY_8AM + 5 * HOUR
    line.run(now=MONDAY_8AM)

    proposal.lapse(now=later)
    assert line.run(now=later) == 1

    assert answer_of(offers()[0].id) == "lapsed"
    assert offers()[1].appointment_id != offers()[0].appointment_id


def test_a_cancelled_appointment_frees_a_time_for_who_waits(guest: Guest, reference: str) -> None:
    full = fill()
    wait(guest, reference)
    line = Rounds()
    assert line.run(now=MONDAY_8AM) == 0

    cancelling.cancel_at_desk(full[3], "patient_asked", revision=0, actor=hire(), now=MONDAY_8AM)

    assert line.run(now=MONDAY_8AM) == 1
    assert held_times() == [FIRST.start + 3 * HOUR / 2]


def test_an_opening_is_offered_too(guest: Guest, reference: str) -> None:
    fill()
    wait(guest, reference)
    line = Rounds()
    line.run(now=MONDAY_8AM)

    with transaction() as session:
        session.add(
            models.Opening(
                clinician_id=RIVERA, location_id=1, day=date(2027, 3, 2), from_minute=1080,
                until_minute=1140, in_person=True, video=True,
            )
        )  # fmt: skip
        clinic_rows.changed(session)

    assert line.run(now=MONDAY_8AM) == 1
    assert held_times() == [FIRST.start + 6 * HOUR]


def test_somebody_is_asked_twice_a_day_at_most(guest: Guest, reference: str) -> None:
    wait(guest, reference)
    for _ in range(2):
        Rounds().run(now=MONDAY_8AM)
        made = next(one for one in offers() if one.answer is None)
        say(asked(made.id), made.id)

    assert Rounds().run(now=MONDAY_8AM + HOUR) == 0
    assert held_times() == []


def test_a_near_time_goes_only_to_those_who_said_so(guest: Guest, reference: str) -> None:
    fill(8)
    late = MONDAY_8AM + 8 * HOUR  # all that is free tomorrow begins in less than a day
    wait(guest, reference)
    assert Rounds().run(now=late) == 0

    wait(guest, reference, replace(TUESDAYS, short_notice=True))
    Rounds().run(now=late)

    (made,) = offers()
    assert made.answer_by == late + HOUR


def test_somebody_without_an_appointment_is_booked_by_a_yes(guest: Guest) -> None:
    place = join(guest, email="new@example.org")
    Rounds().run(now=MONDAY_8AM)
    (made,) = offers()

    reference = say(asked(made.id), made.id, FIRST)

    assert reference is not None
    row = booked(reference)
    assert (row.status, row.starts_at, row.sequence) == (Status.BOOKED, FIRST.start, 0)
    assert ("appointment_booked", 0, "owed") in mails_of(row.id)
    (closed,) = rows(models.Waiting, models.Waiting.id == place)
    assert closed.closed == "booked"
    assert say(asked(made.id), made.id, FIRST) == reference


def test_a_long_list_is_looked_through_with_as_many_statements_as_a_short_one(
    guest: Guest, reference: str
) -> None:
    Rounds().run(now=MONDAY_8AM)  # the clinic itself is read once
    counted = []
    for _ in range(2):
        for _ in range(4):
            waiting.put_on_new(
                person(name=f"Marian {'I' * len(rows(models.Waiting))}"),
                replace(TUESDAYS, until_day=date(2027, 3, 1)), actor=hire(),
                clinic=clinics.load(), now=MONDAY_8AM,
            )  # fmt: skip
        with statements() as asked_for:
            assert Rounds().run(now=MONDAY_8AM) == 0
        counted.append(len(asked_for))

    assert counted[1] <= counted[0]  # the calendars are read the first time
