"""Times that were closed after somebody was asked about them."""

import pytest

from app.domain.desk_refusals import ClinicClosed
from tests.arranging import TUESDAY, close, closure
from tests.offers import SOONER, WEDNESDAY, asked, held_times, offer, say
from tests.services.looking import booked
from tests.services.people import THURSDAY
from tests.staffing import hire


def test_a_yes_does_not_lead_into_time_that_was_closed_meanwhile(reference: str) -> None:
    made = offer(reference)
    close(closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=13)), hire())

    with pytest.raises(ClinicClosed):
        say(asked(made), made, SOONER[0])

    assert booked(reference).starts_at == THURSDAY.start
    assert len(held_times()) == len(SOONER)


def test_another_time_of_the_same_offer_is_still_theirs(reference: str) -> None:
    made = offer(reference, *SOONER, WEDNESDAY)
    close(closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=13)), hire())

    say(asked(made), made, WEDNESDAY)

    assert booked(reference).starts_at == WEDNESDAY.start
