from datetime import timedelta

import pytest
from flask import Flask

from app.domain.staff import Role
from app.services import cancelling
from app.services import clinic as clinics
from app.storage import journal
from app.storage.database import transaction
from tests.clinics import OKAFOR, Guest
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint
from tests.services.looking import booked
from tests.staffing import Colleague

HERE = "/staff/handover"


def at_the_desk(site: Flask, name: str = "Jo Brandt") -> Colleague:
    colleague = Colleague(site, name=name)
    colleague.get(HERE)
    return colleague


def test_a_note_waits_for_whoever_comes_next(site: Flask) -> None:
    at_the_desk(site).post(HERE, {"note": "Call HB-7K4-QM2.\n\nBefore  noon."})

    page = at_the_desk(site, "Noor Haddad").get(HERE).text

    assert "Call HB-7K4-QM2.\n\nBefore noon." in page
    assert "Jo Brandt" in page


def test_nothing_left_says_so(site: Flask) -> None:
    assert "Nothing is left to do from earlier." in at_the_desk(site).get(HERE).text


@pytest.mark.parametrize(
    ("note", "words"), [(" ", "Please write what"), ("x" * 501, "Please write it shorter")]
)
def test_a_note_that_cannot_stay_is_not_lost(site: Flask, note: str, words: str) -> None:
    page = at_the_desk(site).post(HERE, {"note": note})

    assert page.status_code == 422
    assert words in page.text
    assert note.strip() in page.text


def test_what_was_done_says_by_whom(site: Flask) -> None:
    jo = at_the_desk(site)
    jo.post(HERE, {"note": "Call the taxi"})
    note_id = jo.get(HERE).text.partition('name="id" value="')[2].partition('"')[0]

    answer = at_the_desk(site, "Noor Haddad").post(HERE + "/done", {"id": note_id})

    assert answer.location == HERE + "?said=done"
    assert "Done by Noor Haddad" in jo.get(HERE).text
    assert "Nothing is left to do from earlier." in jo.get(HERE).text


def test_markup_in_a_note_is_words(site: Flask) -> None:
    jo = at_the_desk(site)
    jo.post(HERE, {"note": "<b>now</b> back"})

    page = jo.get(HERE).text

    assert "&lt;b&gt;now&lt;/b&gt; back" in page
    assert "<b>now" not in page


def test_a_sign_that_turns_text_around_is_not_kept(site: Flask) -> None:
    jo = at_the_desk(site)

    answer = jo.post(HERE, {"note": "\u202eback"})

    assert answer.status_code == 422
    assert "Nothing is left to do from earlier." in jo.get(HERE).text


def test_the_desk_sees_what_patients_did_by_themselves_since_yesterday(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        guest = Guest(MONDAY_8AM)
        reference = guest.book()
        cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)
        by_the_desk = booked(appoint(name="Ada Abbott"))
        with transaction() as session:
            journal.note(session, "move", actor="staff:x", appointment_id=by_the_desk.id,
                         now=MONDAY_8AM, start=["2027-03-01T13:00:00+00:00"] * 2)  # fmt: skip

    page = at_the_desk(site).get(HERE).text
    clock.now = MONDAY_8AM + timedelta(hours=25)
    a_day_later = at_the_desk(site).get(HERE).text

    assert page.index("The patient cancelled it") < page.index("The patient booked it")
    assert "Marian Hale" in page
    assert "Ada Abbott" not in page
    assert "Nobody booked, moved or cancelled by themselves." in a_day_later


def test_t12_a_doctor_sees_what_patients_did_in_their_own_calendar(site: Flask) -> None:
    with site.app_context():
        Guest(MONDAY_8AM).book()
    other = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)

    assert "Marian Hale" not in other.get(HERE).text
