"""Leaving the waiting list in the very moment in which somebody is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.proposal import OfferWithdrawn
from app.domain.waiting import End
from app.services import waiting
from app.services.waiting_offers import Rounds
from app.storage import models
from app.storage import waiting as places
from app.storage.database import db, transaction
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.offers import answer_of, asked, held_times, say
from tests.services.in_line import FIRST, join, offers, wait
from tests.services.looking import rows
from tests.staffing import hire


@contextmanager
def meanwhile(app: Flask, act: Callable[[], object]) -> Iterator[None]:
    """Let somebody else act once a use case has looked, before it writes."""
    left = [act]

    def once(_session: Session) -> None:
        while left:
            with app.app_context():
                left.pop()()

    event.listen(db.session, "after_rollback", once)
    yield
    event.remove(db.session, "after_rollback", once)


def test_an_offer_made_meanwhile_goes_with_the_place(app: Flask, guest: Guest) -> None:
    place, jo = join(guest), hire()
    assert offers() == []

    with meanwhile(app, lambda: Rounds().run(now=MONDAY_8AM)):
        waiting.take_off(place, actor=jo, now=MONDAY_8AM)

    (made,) = offers()
    assert answer_of(made.id) == "withdrawn"
    assert held_times() == []


@pytest.mark.parametrize("has_one", [False, True])
def test_a_yes_of_somebody_who_is_not_on_the_list_is_refused(
    guest: Guest, reference: str, *, has_one: bool
) -> None:
    if has_one:
        wait(guest, reference)
    else:
        join(guest)
    Rounds().run(now=MONDAY_8AM)
    (made,) = offers()
    stranger = asked(made.id)
    with transaction() as session:
        places.close(session, made.waiting_id or "", End.LEFT, now=MONDAY_8AM)

    with pytest.raises(OfferWithdrawn):
        say(stranger, made.id, FIRST)
    booked = rows(models.Appointment, models.Appointment.status == "booked")
    assert FIRST.start not in [one.starts_at for one in booked]
