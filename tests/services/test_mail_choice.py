"""Invitation, words or plain text: chosen at booking, changed later, and never wrong in silence."""

from datetime import timedelta

import pytest

from app.domain.letter import Letter, LetterKind
from app.domain.refusals import NotYours, UnknownAnswer
from app.services import attending, cancelling, desk_moving, mail_choice
from app.services import clinic as clinics
from app.storage import models
from tests.clinics import Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.delivering import delivered
from tests.services.looking import rows, verbs_of
from tests.services.people import FRIDAY, THURSDAY
from tests.staffing import hire


def choose(guest: Guest, reference: str, choice: str) -> list[Letter]:
    mail_choice.choose(reference, choice, actor=guest.actor, now=MONDAY_8AM)
    return delivered()


def test_whoever_wants_an_invitation_after_all_gets_it(guest: Guest) -> None:
    reference = guest.book(THURSDAY, person(calendar="text"))
    (booked,) = delivered()

    (chosen,) = choose(guest, reference, "invitation")

    assert not booked.wants_calendar
    assert (chosen.kind, chosen.wants_calendar) == (LetterKind.MAILS_CHOSEN, True)
    assert (chosen.sequence, chosen.first) == (0, booked.name)
    assert verbs_of(chosen.appointment_id) == ["book", "choose_mails"]


def test_whoever_wants_none_any_more_is_told_what_becomes_of_the_entry(guest: Guest) -> None:
    reference = guest.book(THURSDAY)
    delivered()

    (chosen,) = choose(guest, reference, "text")

    assert chosen.entry_left
    assert not chosen.wants_calendar


def test_a_move_says_that_the_entry_did_not_follow(guest: Guest) -> None:
    reference, jo = guest.book(THURSDAY), hire()
    delivered()
    choose(guest, reference, "plain")

    desk_moving.move(
        reference, wish(FRIDAY.start), revision=attending.find(reference, jo).revision,
        actor=jo, clinic=clinics.load(), now=MONDAY_8AM,
    )  # fmt: skip
    (moved,) = delivered()

    assert moved.entry_left
    assert moved.plain
    assert not moved.wants_calendar


def test_what_is_cancelled_leaves_the_calendar_of_whoever_was_once_invited(guest: Guest) -> None:
    reference = guest.book(THURSDAY)
    delivered()
    choose(guest, reference, "text")

    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    assert [one.wants_calendar for one in delivered()] == [True]


def test_who_never_was_invited_gets_no_calendar_in_the_end(guest: Guest) -> None:
    reference = guest.book(THURSDAY, person(calendar="text"))
    delivered()

    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    assert [one.wants_calendar for one in delivered()] == [False]


def test_before_the_first_mail_left_nothing_has_to_be_said(guest: Guest) -> None:
    reference = guest.book(THURSDAY)

    (only,) = choose(guest, reference, "text")

    assert (only.kind, only.wants_calendar) == (LetterKind.BOOKED, False)


def test_changing_ones_mind_twice_is_one_mail(guest: Guest) -> None:
    reference = guest.book(THURSDAY)
    delivered()

    mail_choice.choose(reference, "plain", actor=guest.actor, now=MONDAY_8AM)
    (last,) = choose(guest, reference, "invitation")

    assert last.wants_calendar


def test_between_two_kinds_of_words_nothing_is_sent(guest: Guest) -> None:
    reference = guest.book(THURSDAY, person(calendar="text"))
    delivered()

    assert choose(guest, reference, "plain") == []
    assert choose(guest, reference, "plain") == []


def test_the_desk_chooses_for_a_caller(guest: Guest) -> None:
    reference, jo = guest.book(THURSDAY), hire()
    delivered()

    mail_choice.choose_at_desk(reference, "text", actor=jo, now=MONDAY_8AM + timedelta(minutes=1))

    (line,) = rows(models.JournalEntry, models.JournalEntry.verb == "choose_mails")
    assert (line.actor, line.change) == (jo.signature, {"mails": ["invitation", "text"]})


def test_nobody_chooses_for_others_or_what_there_is_not(guest: Guest) -> None:
    reference = guest.book(THURSDAY)

    with pytest.raises(NotYours):
        mail_choice.choose(reference, "text", actor=Guest(MONDAY_8AM).actor, now=MONDAY_8AM)
    with pytest.raises(UnknownAnswer):
        mail_choice.choose(reference, "pigeon", actor=guest.actor, now=MONDAY_8AM)
