import pytest
from flask import Flask
from sqlalchemy import update

from app.services import booking
from app.storage import models
from app.storage.database import db
from app.storage.sealing import CannotOpen, Keyring
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows

OLD, NEW, OTHER = ("k1", bytes(32)), ("k2", bytes([7]) * 32), ("k1", bytes([9]) * 32)
LINKS = ("a link key",)
PLACE = "intake.sealed.a"
WORDS = "Numb since Monday. ✓"


def ring(*keys: tuple[str, bytes]) -> Keyring:
    return Keyring(keys, LINKS)


def test_what_was_sealed_opens_with_its_key_at_its_place() -> None:
    sealed = ring(OLD).seal(PLACE, WORDS)

    assert ring(OLD).open(PLACE, sealed) == WORDS
    assert b"Monday" not in sealed


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert ring(OLD).seal(PLACE, WORDS) != ring(OLD).seal(PLACE, WORDS)


def test_a_changed_byte_anywhere_opens_nothing() -> None:
    sealed = ring(OLD).seal(PLACE, WORDS)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotOpen):
            ring(OLD, NEW).open(PLACE, bytes(changed))


def test_what_was_cut_short_opens_nothing() -> None:
    sealed = ring(OLD).seal(PLACE, WORDS)

    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            ring(OLD).open(PLACE, sealed[:length])


def test_what_was_moved_to_another_row_opens_nothing() -> None:
    sealed = ring(OLD).seal(PLACE, WORDS)

    with pytest.raises(CannotOpen):
        ring(OLD).open("intake.sealed.b", sealed)


def test_another_key_of_the_same_name_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        ring(OTHER).open(PLACE, ring(OLD).seal(PLACE, WORDS))


def test_after_a_new_key_came_first_old_words_still_open() -> None:
    old = ring(OLD).seal(PLACE, WORDS)
    rotated = ring(NEW, OLD)

    assert rotated.open(PLACE, old) == WORDS
    with pytest.raises(CannotOpen):
        ring(OLD).open(PLACE, rotated.seal(PLACE, WORDS))
    with pytest.raises(CannotOpen):
        ring(NEW).open(PLACE, old)


def test_counting_goes_on_under_the_same_names_when_a_new_key_comes() -> None:
    assert ring(NEW, OLD).keyed_hash("day", "a") == ring(OLD).keyed_hash("day", "a")
    assert ring(OLD).keyed_hash("day", "a") != ring(OTHER).keyed_hash("day", "a")
    assert ring(OLD).keyed_hash("day", "a") != ring(OLD).keyed_hash("another day", "a")


def test_links_made_with_the_last_key_open_while_it_is_listed() -> None:
    before = Keyring((OLD,), ("old",)).macs("appointment", "a|0")
    both = Keyring((OLD,), ("new", "old")).macs("appointment", "a|0")

    assert both[1] == before[0]
    assert both[0] != before[0]


def test_health_words_that_changed_places_in_the_database_open_for_nobody(app: Flask) -> None:
    guests = [Guest(MONDAY_8AM) for _ in range(2)]
    for guest, question in zip(guests, ("mine", "theirs"), strict=True):
        guest.say(question=question)
    one, other = (guest.visit.intake_id for guest in guests)
    sealed = {row.id: row.sealed for row in rows(models.Intake)}
    for id_, from_ in ((one, other), (other, one)):
        moved = update(models.Intake).where(models.Intake.id == id_)
        db.session.execute(moved.values(sealed=sealed[from_]))
    db.session.commit()

    for guest in guests:
        with pytest.raises(CannotOpen):
            booking.details(guest.visit)
