"""Whoever lost their time, as the board marks them."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.desk import Planned
from app.domain.proposal import Kind
from app.domain.staff import Staff
from app.services import clinic as clinics
from app.services import closing, desk
from app.services.seen import mark
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from tests.arranging import AFTERNOON, close
from tests.clinics import OKAFOR, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import WEDNESDAY, asked, offer, say
from tests.staffing import hire

HOUR = timedelta(hours=1)


@pytest.fixture
def jo(app: Flask) -> Staff:
    """Give somebody of reception."""
    return hire()


def only(jo: Staff, reference: str) -> Planned:
    """Return an appointment as Tuesday's board has it."""
    board = desk.day(date(2027, 3, 2), actor=jo, clinic=clinics.load(), now=MONDAY_8AM)
    (found,) = (one for one in board.planned if one.reference == reference)
    return found


def test_whoever_lost_their_time_is_marked_until_it_is_open_again(jo: Staff) -> None:
    reference = appoint()
    other = appoint(TUESDAY_NOON - 2 * HOUR, name="Ada Abbott")
    number = close(AFTERNOON, jo)

    assert only(jo, reference).homeless
    assert not only(jo, other).homeless

    was = mark(closing.find(number, actor=jo))
    closing.take_back(number, was=was, actor=jo, now=MONDAY_8AM)

    assert not only(jo, reference).homeless


def test_whoever_has_no_hours_at_all_to_stand_in_is_marked_too(jo: Staff) -> None:
    assert only(jo, appoint(clinician_id=OKAFOR)).homeless  # not in Knoxville


def test_whoever_said_no_to_all_that_was_offered_is_marked_until_they_are_asked_again(
    jo: Staff,
) -> None:
    reference = appoint()
    close(AFTERNOON, jo)
    made = offer(reference, WEDNESDAY, kind=Kind.REHOUSE)
    assert not only(jo, reference).said_no

    say(asked(made), made)
    assert only(jo, reference).said_no

    offer(reference, WEDNESDAY, kind=Kind.REHOUSE)
    assert not only(jo, reference).said_no


def test_a_no_to_an_earlier_time_is_no_mark(jo: Staff) -> None:
    reference = appoint()
    made = offer(reference, WEDNESDAY, kind=Kind.EARLIER)
    say(asked(made), made)

    assert not only(jo, reference).said_no


def test_an_offer_whose_mail_was_refused_is_marked_as_any_mail(jo: Staff) -> None:
    reference = appoint()
    made = offer(reference, WEDNESDAY, kind=Kind.REHOUSE)
    assert not only(jo, reference).mail_failed

    about_it = update(models.Mail).where(models.Mail.proposal_id == made)
    db.session.execute(about_it.values(state=MailState.REFUSED))
    db.session.commit()

    assert only(jo, reference).mail_failed
