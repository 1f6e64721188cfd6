"""Times offered to one person: held until they answer, swapped by a yes, free after a no."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.proposal import (
    OfferAnswered,
    OfferOver,
    OfferOvertaken,
    OfferWithdrawn,
)
from app.domain.refusals import AlreadyCancelled, NotYours, SlotTaken
from app.domain.staff import Role
from app.services import answering, cancelling, proposal
from app.services import clinic as clinics
from app.storage import models
from app.storage.models import Status
from tests.clinics import OKAFOR, Guest
from tests.conftest import MONDAY_8AM
from tests.offers import (
    EVENING,
    SOONER,
    WEDNESDAY,
    answer_of,
    asked,
    held_times,
    offer,
    say,
)
from tests.services.looking import booked, everything, mails_of, rows, verbs_of
from tests.services.people import FRIDAY, THURSDAY, move, take
from tests.staffing import hire

NOON, TWO = SOONER
OVER = EVENING + timedelta(minutes=1)


def test_offered_times_are_nobody_elses_until_the_answer(reference: str) -> None:
    offer(reference)

    assert held_times() == [NOON.start, TWO.start]
    assert booked(reference).starts_at == THURSDAY.start
    for wanted in SOONER:
        with pytest.raises(SlotTaken):
            Guest(MONDAY_8AM).hold(wanted)


def test_a_yes_swaps_and_writes_the_mail_of_a_move(reference: str) -> None:
    made = offer(reference)

    assert say(asked(made), made, TWO) == reference

    after = booked(reference)
    assert (after.starts_at, after.sequence, after.status) == (TWO.start, 1, Status.BOOKED)
    assert held_times() == []
    assert ("appointment_moved", 0, "owed") in mails_of(after.id)
    assert ("appointment_booked", 0, "withdrawn") in mails_of(after.id)
    assert verbs_of(after.id) == ["book", "propose", "move"]
    assert Guest(MONDAY_8AM).hold(THURSDAY)
    assert Guest(MONDAY_8AM).hold(NOON)


def test_a_no_frees_the_times_at_once_and_keeps_the_appointment(reference: str) -> None:
    made = offer(reference)
    guest = asked(made)

    assert say(guest, made) is None

    assert (answer_of(made), held_times()) == ("no", [])
    assert booked(reference).starts_at == THURSDAY.start
    assert Guest(MONDAY_8AM).hold(NOON)
    assert verbs_of(booked(reference).id) == ["book", "propose", "offer_no"]


def test_a_double_click_answers_once(reference: str) -> None:
    made = offer(reference)
    guest = asked(made)

    assert say(guest, made, NOON) == say(guest, made, NOON) == reference

    assert booked(reference).sequence == 1


def test_the_second_window_hears_that_it_was_answered(reference: str) -> None:
    made = offer(reference)
    guest, other = asked(made), asked(made)
    say(guest, made, NOON)
    before = everything()

    with pytest.raises(OfferAnswered):
        say(other, made)
    with pytest.raises(OfferAnswered):
        say(other, made, TWO)
    assert everything() == before


def test_nobody_says_yes_when_the_time_to_answer_is_over(reference: str) -> None:
    made = offer(reference)
    late = asked(made, now=OVER)

    with pytest.raises(OfferOver):
        say(late, made, NOON)
    proposal.lapse(now=OVER)

    assert (answer_of(made), held_times()) == ("lapsed", [])
    with pytest.raises(OfferOver):
        say(late, made, NOON)
    assert booked(reference).starts_at == THURSDAY.start
    assert Guest(OVER).hold(NOON)


def test_an_idle_round_ends_nothing(reference: str) -> None:
    made = offer(reference)

    assert proposal.lapse(now=EVENING) == []
    assert answer_of(made) is None


def test_an_appointment_that_moved_meanwhile_is_not_moved_by_an_old_offer(
    guest: Guest, reference: str
) -> None:
    made = offer(reference)
    take(guest, reference, FRIDAY)
    move(guest, reference)

    with pytest.raises(OfferOvertaken):
        say(asked(made), made, NOON)
    assert booked(reference).starts_at == FRIDAY.start
    assert answer_of(made) is None


def test_a_cancelled_appointment_gives_its_offer_back(guest: Guest, reference: str) -> None:
    made = offer(reference)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)
    person = asked(made)

    with pytest.raises(OfferOvertaken):
        say(person, made, NOON)
    proposal.lapse(now=MONDAY_8AM)

    assert (answer_of(made), held_times()) == ("withdrawn", [])
    with pytest.raises(OfferWithdrawn):
        say(person, made, NOON)


def test_the_desk_takes_an_offer_back(reference: str) -> None:
    made = offer(reference)

    for _ in range(2):
        proposal.withdraw(made, actor=hire(), now=MONDAY_8AM)

    assert (answer_of(made), held_times()) == ("withdrawn", [])
    assert verbs_of(booked(reference).id) == ["book", "propose", "offer_withdrawn"]


def test_what_was_answered_is_not_taken_back(reference: str) -> None:
    made = offer(reference)
    say(asked(made), made, NOON)

    with pytest.raises(OfferAnswered):
        proposal.withdraw(made, actor=hire(), now=MONDAY_8AM)
    assert booked(reference).starts_at == NOON.start


def test_the_desk_notes_what_was_said_on_the_phone(reference: str) -> None:
    made = offer(reference)
    jo = hire()

    answering.answer_at_desk(made, NOON, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)

    assert booked(reference).starts_at == NOON.start
    (last,) = rows(models.JournalEntry, models.JournalEntry.verb == "move")
    assert last.actor == jo.signature


def test_t12_another_doctors_offer_is_not_to_be_seen(reference: str) -> None:
    made = offer(reference)
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)

    for act in (
        lambda: proposal.of(made, actor=okafor),
        lambda: proposal.withdraw(made, actor=okafor, now=MONDAY_8AM),
        lambda: answering.answer_at_desk(
            made, NOON, actor=okafor, clinic=clinics.load(), now=MONDAY_8AM
        ),
        lambda: proposal.of("nobody", actor=okafor),
    ):
        with pytest.raises(NotYours):
            act()
    assert answer_of(made) is None


def test_a_cancelled_appointment_is_offered_nothing(guest: Guest, reference: str) -> None:
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    with pytest.raises(AlreadyCancelled):
        offer(reference)


def test_t11_a_stranger_answers_nothing(app: Flask, reference: str) -> None:
    made = offer(reference)
    stranger = Guest(MONDAY_8AM)

    for id_ in (made, "nobody", ""):
        with pytest.raises(NotYours):
            say(stranger, id_, NOON)
    with pytest.raises(NotYours):
        answering.answer(made, NOON, visit=None, clinic=clinics.load(), now=MONDAY_8AM)
    with pytest.raises(NotYours):
        say(asked(made), made, WEDNESDAY)  # a time that was not offered
    assert answer_of(made) is None
