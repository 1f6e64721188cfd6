"""An appointment's link and session: what they open, and for whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.refusals import NotYours, TooManyTries, UnlockNeeded, WrongBirthDate
from app.services import appointment, visitor
from app.storage import models
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, everything, rows
from tests.services.people import NETWORK, opened, reader, see, token_of

BORN = date(1968, 4, 21)


@pytest.fixture
def reference(guest: Guest) -> str:
    kept = guest.hold()
    guest.say(person(birth_date=BORN), question="Does it help?", told=("numb",))
    return guest.confirm(kept.id)


def test_a_link_opens_its_appointment_in_the_session_of_whoever_opens_it(
    guest: Guest, reference: str
) -> None:
    other = Guest(MONDAY_8AM, network=NETWORK)

    assert other.open_link(token_of(reference)) == reference

    assert see(other, reference).appointment.person.name == "Marian Hale"


def test_a_handle_that_was_known_before_a_link_was_opened_opens_nothing_after(
    guest: Guest, reference: str
) -> None:
    other = Guest(MONDAY_8AM, network=NETWORK)
    planted = other.handle

    other.open_link(token_of(reference))

    assert other.handle != planted
    assert visitor.find(planted, now=MONDAY_8AM) is None
    assert see(other, reference)


def test_what_a_person_has_underway_goes_on_after_opening_a_link(
    guest: Guest, reference: str
) -> None:
    other = Guest(MONDAY_8AM, network=NETWORK)
    own = other.book(wish(TUESDAY_NOON + days(1)))
    kept = other.hold(wish(TUESDAY_NOON + days(2)))
    other.say(person("o@example.org"), question="Mine?")
    before = other.visit

    other.open_link(token_of(reference))

    after = other.visit
    assert replace(after, id=before.id) == before
    assert after.hold == kept
    assert {own, reference} == {booked_by_id(one) for one in other.actor.grants}
    assert other.confirm(kept.id, exempt=True)
    assert guest.visit.id not in (before.id, after.id)


def booked_by_id(appointment_id: str) -> str | None:
    (row,) = rows(models.Appointment, models.Appointment.id == appointment_id)
    found: str | None = row.reference
    return found


def test_a_link_opened_while_the_session_ends_in_another_window_begins_a_new_one(
    reference: str,
) -> None:
    other = Guest(MONDAY_8AM, network=NETWORK)
    seen = other.visit
    visitor.leave(seen)

    handle, _ = appointment.open_link(
        token_of(reference), visit=seen, network=NETWORK, now=MONDAY_8AM
    )

    assert handle is not None
    other.handle = handle
    assert see(other, reference)


def test_a_link_begins_a_session_for_whoever_has_none(reference: str) -> None:
    handle, found = opened(token_of(reference))

    assert handle is not None
    other = Guest(MONDAY_8AM)
    other.handle = handle
    assert see(other, found).appointment.reference == reference
    assert other.visit.safety_at is None


def test_t03_opening_a_link_again_changes_nothing(reference: str) -> None:
    other = reader(reference)
    before = everything()

    for _ in range(20):
        other.open_link(token_of(reference))

    assert everything() == before


def test_a_link_is_no_longer_than_a_mail_program_allows(reference: str) -> None:
    path = appointment.path(booked(reference).id, 0)

    assert len(path) == 50
    assert path == path.lower()


def test_t10_a_reference_opens_nothing(reference: str) -> None:
    stranger = Guest(MONDAY_8AM, network=NETWORK)

    with pytest.raises(NotYours):
        see(stranger, reference)
    with pytest.raises(NotYours):
        see(stranger, "HB-222-222")
    with pytest.raises(NotYours):
        see(stranger, "HB-\0\0\0-222")
    with pytest.raises(NotYours):
        appointment.actor(None)


def test_health_words_are_shown_after_the_birth_date_only(guest: Guest, reference: str) -> None:
    with pytest.raises(UnlockNeeded):
        appointment.words(reference, actor=guest.actor)

    appointment.unlock(reference, BORN, actor=guest.actor, now=MONDAY_8AM)

    words = appointment.words(reference, actor=guest.actor)
    assert (words["question"], words["told"]) == ("Does it help?", ["numb"])


def test_unlocking_in_one_session_unlocks_in_no_other(guest: Guest, reference: str) -> None:
    appointment.unlock(reference, BORN, actor=guest.actor, now=MONDAY_8AM)

    with pytest.raises(UnlockNeeded):
        appointment.words(reference, actor=reader(reference).actor)


def test_a_wrong_birth_date_unlocks_nothing(guest: Guest, reference: str) -> None:
    with pytest.raises(WrongBirthDate):
        appointment.unlock(reference, date(1968, 4, 22), actor=guest.actor, now=MONDAY_8AM)

    with pytest.raises(UnlockNeeded):
        appointment.words(reference, actor=guest.actor)


def test_after_five_wrong_tries_the_right_one_waits_for_the_next_hour(
    guest: Guest, reference: str
) -> None:
    for day in range(1, 6):
        with pytest.raises(WrongBirthDate):
            appointment.unlock(reference, date(1970, 1, day), actor=guest.actor, now=MONDAY_8AM)

    with pytest.raises(TooManyTries):
        appointment.unlock(reference, BORN, actor=reader(reference).actor, now=MONDAY_8AM)

    later = MONDAY_8AM + timedelta(hours=1)
    appointment.unlock(reference, BORN, actor=guest.actor, now=later)
    assert appointment.words(reference, actor=guest.actor)


def test_t09_tries_are_counted_under_keys_that_say_nothing(guest: Guest, reference: str) -> None:
    with pytest.raises(WrongBirthDate):
        appointment.unlock(reference, date(1968, 4, 22), actor=guest.actor, now=MONDAY_8AM)

    for row in rows(models.Tally):
        assert len(row.key) == 64
        assert set(row.key) <= set("0123456789abcdef")


def test_what_may_still_be_done_is_said(guest: Guest) -> None:
    near, far = guest.book(wish(MONDAY_8AM + timedelta(hours=3))), guest.book(wish(TUESDAY_NOON))

    assert not see(guest, near).changeable
    assert see(guest, far).changeable
    assert see(guest, far).change_until == TUESDAY_NOON - days(1)
    assert not see(guest, far).over
