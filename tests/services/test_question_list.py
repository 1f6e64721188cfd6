"""The list of questions: sealed with the reading, and gone ninety days after the visit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.content.primer import Primer
from app.domain.previsit import KEPT
from app.domain.questions import Wishes
from app.domain.refusals import NotYours, UnlockNeeded
from app.services import forget, question_list, reading
from app.storage.database import db, transaction
from app.storage.models import Appointment, QuestionList, Reading
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked

OWN = "May I swim while I wait?"


def listed(guest: Guest, primer: Primer) -> str:
    """Let somebody begin to read and ask something; return the reading."""
    begun = reading.start(visit=guest.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    visit = replace(guest.visit, reading_id=begun.reading_id)
    question_list.change(visit, lambda wishes: wishes.added(OWN), now=MONDAY_8AM)
    return begun.reading_id


def test_nobody_has_a_list_before_they_began_to_read(guest: Guest) -> None:
    with pytest.raises(NotYours):
        question_list.find(guest.visit)


def test_the_book_keeps_the_words_sealed(guest: Guest, primer: Primer) -> None:
    id_ = listed(guest, primer)

    kept = db.session.scalars(select(QuestionList.sealed)).one()

    assert OWN.encode() not in kept
    assert question_list.of_reading(id_).own == {"own-1": OWN}


def test_a_list_that_was_taken_back_takes_nothing_more(guest: Guest, primer: Primer) -> None:
    id_ = listed(guest, primer)
    with transaction() as session:
        session.execute(update(Reading).values(withdrawn_at=MONDAY_8AM))
    visit = replace(guest.visit, reading_id=id_)

    with pytest.raises(NotYours):
        question_list.change(visit, lambda wishes: wishes.added("More?"), now=MONDAY_8AM)


def test_the_link_alone_does_not_show_it(guest: Guest, primer: Primer) -> None:
    id_ = listed(guest, primer)
    reference = guest.book()
    with transaction() as session:
        session.execute(update(Appointment).values(reading_id=id_))

    with pytest.raises(UnlockNeeded):
        question_list.of(reference, actor=guest.actor)


def test_it_goes_ninety_days_after_the_visit(guest: Guest, primer: Primer) -> None:
    id_ = listed(guest, primer)
    end = booked(guest.book()).ends_at
    with transaction() as session:
        session.execute(update(Appointment).values(reading_id=id_))

    forget.run(now=end + KEPT)
    before = question_list.of_reading(id_)
    forget.run(now=end + KEPT + timedelta(seconds=1))

    assert before.own == {"own-1": OWN}
    assert question_list.of_reading(id_) == Wishes()
