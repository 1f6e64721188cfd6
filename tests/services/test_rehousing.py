"""Finding other times for whoever lost theirs: mailed, called, and nobody forgotten."""

from datetime import timedelta

import pytest

from app.domain.proposal import Kind
from app.domain.refusals import NotYours, UnknownAnswer
from app.domain.rehousing import Call, Case, State
from app.domain.staff import Staff
from app.services import cancelling, closing, desk_moving, rehousing
from app.services import clinic as clinics
from app.services.seen import mark
from app.storage import models
from tests.arranging import AFTERNOON, TUESDAY, close, closure, only, see
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, days, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint, hours
from tests.offers import answer_of, asked, held_times, offer, say
from tests.services.looking import booked, mails_of, rows, statements, verbs_of

HOUR = timedelta(hours=1)


def ask(case: Case, actor: Staff) -> str:
    return rehousing.offer(
        case.coming.reference, case.times, actor=actor, clinic=clinics.load(), now=MONDAY_8AM
    )


def test_times_are_mailed_and_held_until_the_answer_which_moves(jo: Staff) -> None:
    reference = appoint()
    id_ = close(AFTERNOON, jo)
    case = only(jo, id_)

    proposal_id = ask(case, jo)
    waiting = only(jo, id_)
    say(asked(proposal_id), proposal_id, case.times[1])
    moved = only(jo, id_)

    assert (waiting.state, waiting.proposal_id, waiting.times) == (State.ASKED, proposal_id, ())
    assert waiting.answer_by == case.times[0].start - HOUR
    assert (moved.state, moved.stood_at) == (State.MOVED, TUESDAY_NOON)
    assert booked(reference).starts_at == case.times[1].start
    assert held_times() == []
    assert see(jo, id_).settled == 1


def test_everybody_with_an_address_is_asked_in_one_press_and_no_time_held_twice(
    jo: Staff,
) -> None:
    for number in range(6):
        appoint(TUESDAY_NOON + number * HOUR / 2, name=f"Number {number}")
    nobodys = appoint(TUESDAY_NOON + 4 * HOUR, email="")
    id_ = close(AFTERNOON, jo)
    clinic = clinics.load()

    first = rehousing.offer_all(id_, actor=jo, clinic=clinic, now=MONDAY_8AM)
    again = rehousing.offer_all(id_, actor=jo, clinic=clinic, now=MONDAY_8AM)

    found = see(jo, id_)
    assert (first, again) == ((6, 0), (0, 0))
    assert len(held_times()) == 18
    assert found.count(State.ASKED) == 6
    assert [case.coming.reference for case in found.cases if case.is_left] == [nobodys]
    assert found.without_mail == 1


def test_nobody_can_answer_when_the_time_is_over_that_they_lost(jo: Staff) -> None:
    reference, later = appoint(), TUESDAY_NOON + days(1)

    offer(reference, wish(later), kind=Kind.REHOUSE, answer_by=later - HOUR)

    (made,) = rows(models.Proposal)
    assert made.answer_by == TUESDAY_NOON


def test_a_no_and_no_answer_come_back_to_the_desk(jo: Staff) -> None:
    appoint()
    appoint(TUESDAY_NOON + HOUR)
    id_ = close(AFTERNOON, jo)
    first, second = see(jo, id_).cases
    proposal_id = ask(first, jo)
    ask(second, jo)

    say(asked(proposal_id), proposal_id)

    states = [case.state for case in see(jo, id_).cases]
    later = [case.state for case in see(jo, id_, 28).cases]
    assert states == [State.SAID_NO, State.ASKED]
    assert later == [State.SAID_NO, State.NO_ANSWER]


def test_whoever_has_their_time_again_is_not_asked_any_more(jo: Staff) -> None:
    appoint()
    id_ = close(AFTERNOON, jo)
    proposal_id = ask(only(jo, id_), jo)

    closing.take_back(id_, was=mark(closing.find(id_, actor=jo)), actor=jo, now=MONDAY_8AM)

    assert answer_of(proposal_id) == "withdrawn"
    assert held_times() == []


def test_where_somebody_was_quicker_the_others_are_still_asked(jo: Staff) -> None:
    appoint()
    appoint(TUESDAY_NOON + HOUR)
    id_ = close(AFTERNOON, jo)
    ask(see(jo, id_).cases[0], jo)

    asked_, left = rehousing.offer_all(id_, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)

    assert (asked_, left) == (1, 0)
    assert see(jo, id_).count(State.ASKED) == 2


def test_a_call_is_noted_with_how_it_ended(jo: Staff) -> None:
    reference = appoint()
    id_ = close(AFTERNOON, jo)

    rehousing.call(reference, "not_reached", actor=jo, now=MONDAY_8AM)
    tried = see(jo, id_)
    rehousing.call(reference, "calls_back", actor=jo, now=MONDAY_8AM + HOUR)

    assert tried.not_reached == 1
    assert only(jo, id_).called is Call.CALLS_BACK
    assert only(jo, id_).called_at == MONDAY_8AM + HOUR
    assert verbs_of(booked(reference).id) == ["lose_time", "call", "call"]


def test_whoever_has_no_home_for_another_reason_is_called_and_found_too(jo: Staff) -> None:
    reference = appoint(TUESDAY_NOON + 7 * HOUR)

    rehousing.call(reference, "reached", actor=jo, now=MONDAY_8AM)

    assert (only(jo).state, only(jo).called) == (State.OPEN, Call.REACHED)
    with pytest.raises(UnknownAnswer):
        rehousing.call(reference, "shouted", actor=jo, now=MONDAY_8AM)


def test_moved_cancelled_and_home_again_are_settled(jo: Staff) -> None:
    one, two, three = (appoint(TUESDAY_NOON + number * HOUR) for number in range(3))
    id_ = close(AFTERNOON, jo)
    shorter = closure(AFTERNOON.starts, TUESDAY.replace(hour=14), clinician_id=RIVERA, id=id_)

    desk_moving.move(one, wish(TUESDAY_NOON + timedelta(days=1)), revision=0, actor=jo,
                     clinic=clinics.load(), now=MONDAY_8AM)  # fmt: skip
    cancelling.cancel_at_desk(two, "doctor_away", revision=0, actor=jo, now=MONDAY_8AM)
    closing.change(shorter, was=mark(closing.find(id_, actor=jo)), seen="",
                   clinic=clinics.load(), actor=jo, now=MONDAY_8AM)  # fmt: skip

    found = {case.coming.reference: case.state for case in see(jo, id_).cases}
    assert found == {one: State.MOVED, two: State.CANCELLED, three: State.HOME}
    assert see(jo, id_).settled == 3
    assert see(jo).settled == 3


def test_the_page_of_all_shows_what_is_left_and_what_was_settled_lately(jo: Staff) -> None:
    appoint(TUESDAY_NOON + 7 * HOUR)
    reference = appoint()
    close(AFTERNOON, jo)
    cancelling.cancel_at_desk(reference, "doctor_away", revision=0, actor=jo, now=MONDAY_8AM)

    states = [case.state for case in see(jo).cases]
    much_later = [case.state for case in see(jo, hours_later=24 * 15).cases]

    assert sorted(states) == [State.CANCELLED, State.OPEN]
    assert much_later == []


def test_a_closure_that_is_none_has_no_progress(jo: Staff) -> None:
    with pytest.raises(NotYours):
        see(jo, 99)


def test_sixty_take_as_many_statements_as_one(jo: Staff) -> None:
    hours(OKAFOR, NASHVILLE)
    for number in range(16):
        appoint(TUESDAY_NOON - 3 * HOUR + number * HOUR / 2, name=f"Number {number}")
    id_ = close(closure(), jo)
    clinic = clinics.load()

    with statements() as taken:
        found = rehousing.progress(id_, actor=jo, clinic=clinic, now=MONDAY_8AM)

    assert len(found.cases) == 16
    assert all(len(case.times) == 3 for case in found.cases)
    assert len(taken) <= 5


def test_the_mail_says_nothing_of_why(jo: Staff) -> None:
    reference = appoint()
    case = only(jo, close(AFTERNOON, jo))

    ask(case, jo)

    assert mails_of(booked(reference).id) == []  # it goes with the proposal, not with the visit
