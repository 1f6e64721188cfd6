"""What was sent back, on the desk's list: each with one action, done once."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.refusals import NotYours, SlotTaken
from app.domain.settle import AlreadySettled, Kind, Matter
from app.domain.staff import Role
from app.services import clinic as clinics
from app.services import reply, settle, settle_replies
from app.storage import models
from tests.clinics import OKAFOR, Guest
from tests.desk import appoint
from tests.mail import sent_back
from tests.services.looking import booked, rows
from tests.services.people import FRIDAY, THURSDAY, move, take
from tests.services.sent_back import AT_FIVE_PAST, Invited, left, take_in, unproven
from tests.services.settling import looks, matters
from tests.staffing import hire

FRIDAY_AT_TEN = "DTSTART:20270305T150000Z"


@pytest.fixture
def invited(guest: Guest) -> Invited:
    """Give somebody who was invited to Thursday."""
    return Invited(guest.book(THURSDAY))


def only(kind: Kind) -> Matter:
    """Return the only matter, which is of this kind."""
    (found,) = matters(now=AT_FIVE_PAST)
    assert found.kind is kind
    return found


def proposes(invited: Invited) -> Matter:
    """Let a calendar ask for Friday at ten."""
    take_in(invited.says("TENTATIVE", method="COUNTER", start=FRIDAY_AT_TEN))
    return only(Kind.COUNTER)


def test_a_no_stands_on_the_list_until_somebody_settles_it(invited: Invited) -> None:
    take_in(invited.says("DECLINED"))
    found = only(Kind.DECLINED)
    assert (found.reference, found.came) == (invited.reference, AT_FIVE_PAST)

    settle.done(found.key, asked=looks(now=AT_FIVE_PAST))

    assert matters(now=AT_FIVE_PAST) == []


def test_a_no_that_was_overtaken_is_on_no_list(invited: Invited, guest: Guest) -> None:
    take_in(invited.says("DECLINED"))

    take(guest, invited.reference, FRIDAY)
    move(guest, invited.reference)

    assert matters(now=AT_FIVE_PAST) == []


def test_a_yes_is_on_no_list(invited: Invited) -> None:
    take_in(invited.says("ACCEPTED"))

    assert matters(now=AT_FIVE_PAST) == []


def test_what_nothing_proves_says_whose_and_why(invited: Invited) -> None:
    take_in(unproven(invited.says("DECLINED")))

    found = only(Kind.REPLY)

    assert (found.why, found.email, found.reference) == (
        "unproven", invited.email, invited.reference
    )  # fmt: skip


def test_a_mail_that_came_back_stands_among_those_that_did_not_go(invited: Invited) -> None:
    take_in(sent_back.bounce(invited.email, left(invited.reference)))

    assert only(Kind.MAIL).email == invited.email


def test_the_time_that_a_calendar_asks_for_is_given_by_the_use_case_of_moving(
    invited: Invited,
) -> None:
    found = proposes(invited)
    jo = hire()

    settle_replies.give_proposed(
        found.reply_id or "", actor=jo, clinic=clinics.load(), now=AT_FIVE_PAST
    )

    assert booked(invited.reference).starts_at == found.proposed
    assert matters(now=AT_FIVE_PAST) == []
    kinds = [row.kind for row in rows(models.Mail)]
    assert LetterKind.MOVED in kinds
    with pytest.raises(AlreadySettled):
        settle_replies.give_proposed(
            found.reply_id or "", actor=jo, clinic=clinics.load(), now=AT_FIVE_PAST
        )


def test_a_time_that_somebody_has_is_refused_and_stays_on_the_list(invited: Invited) -> None:
    found = proposes(invited)
    assert found.proposed is not None
    appoint(found.proposed)

    with pytest.raises(SlotTaken):
        settle_replies.give_proposed(
            found.reply_id or "", actor=hire(), clinic=clinics.load(), now=AT_FIVE_PAST
        )

    assert only(Kind.COUNTER).key == found.key


def test_keeping_the_time_tells_the_calendar_so_once(invited: Invited) -> None:
    found = proposes(invited)

    settle_replies.keep_time(found.reply_id or "", actor=hire(), now=AT_FIVE_PAST)

    assert booked(invited.reference).starts_at == THURSDAY.start
    assert matters(now=AT_FIVE_PAST) == []
    assert [row.kind for row in rows(models.Mail)].count(LetterKind.COUNTER_DECLINED) == 1
    with pytest.raises(AlreadySettled):
        settle_replies.keep_time(found.reply_id or "", actor=hire(), now=AT_FIVE_PAST)


@pytest.mark.parametrize("reply_id", ["", "nobody", "\0"])
def test_nobody_decides_about_what_is_not_there(app: Flask, reply_id: str) -> None:
    with pytest.raises(NotYours):
        settle_replies.keep_time(reply_id, actor=hire(), now=AT_FIVE_PAST)


def test_t12_a_doctor_sees_and_decides_about_their_own_patients_only(invited: Invited) -> None:
    found = proposes(invited)
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)

    assert matters(okafor, now=AT_FIVE_PAST) == []
    with pytest.raises(NotYours):
        settle_replies.keep_time(found.reply_id or "", actor=okafor, now=AT_FIVE_PAST)


def test_a_mailbox_that_cannot_be_read_stands_on_the_list_until_it_can(app: Flask) -> None:
    assert reply.note_fault("login_refused", now=AT_FIVE_PAST)
    assert not reply.note_fault("login_refused", now=AT_FIVE_PAST + timedelta(minutes=1))
    found = only(Kind.INBOX)
    assert (found.why, found.came) == ("login_refused", AT_FIVE_PAST)

    assert reply.note_fault(None, now=AT_FIVE_PAST)

    assert matters(now=AT_FIVE_PAST) == []
