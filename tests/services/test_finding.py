"""Finding a caller."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.desk_refusals import TooVague
from app.domain.finding import Found, Sought, folded
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import finding
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import rows
from tests.staffing import hire

YESTERDAY = TUESDAY_NOON - days(4)


def look(actor: Staff, **sought: object) -> tuple[list[Found], bool]:
    wanted = Sought(**sought)  # type: ignore[arg-type]  # what a test looks for
    return finding.find("typed", wanted, actor=actor, clinic=clinics.load(), now=MONDAY_8AM)


def names(actor: Staff, typed: str) -> list[str]:
    return [one.name for one in look(actor, words=tuple(folded(typed).split()))[0]]


def test_three_letters_of_any_of_the_names_find_somebody(jo: Staff) -> None:
    appoint(name="Inês da Silva")
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Marian Hale")

    assert names(jo, "sil") == ["Inês da Silva"]
    assert names(jo, "INES") == ["Inês da Silva"]
    assert names(jo, "hal mar") == ["Marian Hale"]
    assert names(jo, "ale") == []


def test_who_books_for_somebody_is_found_by_their_own_name(jo: Staff) -> None:
    appoint(name="Marian Hale")
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Ada Abbott")
    hers = update(models.Patient).where(models.Patient.name == "Marian Hale")
    db.session.execute(hers.values(booker_name="Lucía Nandú"))
    db.session.commit()

    assert names(jo, "lucia nan") == ["Marian Hale"]
    assert names(jo, "cia") == []


def test_signs_that_mean_anything_elsewhere_mean_themselves(jo: Staff) -> None:
    appoint(name="Marian Hale", email="m_h@example.org")
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Ada Abbott", email="mxh@example.org")

    assert [one.name for one in look(jo, email="m_h")[0]] == ["Marian Hale"]
    assert look(jo, digits="%%%%")[0] == []
    assert look(jo, words=("___",))[0] == []


def test_birth_date_phone_and_reference_find_somebody_too(jo: Staff) -> None:
    reference = appoint(name="Marian Hale", birth_date=date(1968, 4, 21), phone="+18655550178")
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Ada", birth_date=date(1950, 1, 1), phone="+1")

    for sought in (
        {"births": (date(1968, 4, 21),)},
        {"digits": "5550178"},
        {"references": (reference,)},
    ):
        assert [one.name for one in look(jo, **sought)[0]] == ["Marian Hale"]


def test_one_person_stands_once_with_what_comes_and_what_was_last(jo: Staff) -> None:
    last = appoint(YESTERDAY, status=Status.COMPLETED)
    appoint(YESTERDAY - days(7), status=Status.MISSED)
    second = appoint(TUESDAY_NOON + days(7))
    first = appoint(TUESDAY_NOON, email="new@example.org")

    (found,), more = look(jo, words=("hale",))

    assert [line.reference for line in found.coming] == [first, second]
    assert found.last is not None
    assert found.last.reference == last
    assert found.email.endswith("@example.org")
    assert not more


def test_people_of_one_name_and_other_birth_dates_are_others(jo: Staff) -> None:
    appoint(birth_date=date(1968, 4, 21))
    appoint(TUESDAY_NOON + timedelta(hours=1), birth_date=date(1999, 4, 21))

    assert len(look(jo, words=("hale",))[0]) == 2


def test_fifty_are_shown_and_more_are_said_to_be_there(jo: Staff) -> None:
    for number in range(51):
        appoint(TUESDAY_NOON + days(number), name=f"Hale {number:02}")

    found, more = look(jo, words=("hale",))

    assert len(found) == 50
    assert more


def test_whoever_only_looked_at_times_is_not_found(jo: Staff, guest: Guest) -> None:
    guest.hold(wish())
    guest.say(person(name="Marian Hale"))

    assert names(jo, "hale") == []


def test_clinicians_find_who_comes_to_them(app: Flask) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)
    appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    assert names(rivera, "hale") == []


@pytest.mark.parametrize(("name", "typed"), [("Bo Li", "li"), ("Bo Li", "bo"), ("李雷", "李雷")])
def test_a_name_of_two_letters_is_found_whole(jo: Staff, name: str, typed: str) -> None:
    appoint(name=name)
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Lionel Boyd")

    assert names(jo, typed) == [name]


def test_too_little_is_refused_before_anything_is_looked_for(jo: Staff) -> None:
    with pytest.raises(TooVague):
        look(jo, words=("h",))

    assert rows(models.JournalEntry) == []


def test_the_journal_keeps_that_somebody_looked_and_not_for_whom(jo: Staff) -> None:
    look(jo, words=("hale",))

    (line,) = rows(models.JournalEntry)
    assert (line.verb, line.actor) == ("find", jo.signature)
    assert set(line.change) == {"sought"}
    assert "hale" not in line.change["sought"]
    assert len(line.change["sought"]) == 64
