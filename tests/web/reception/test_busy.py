"""The page of doctors' other calendars: what it takes, what it says, and whom it lets in."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from app.domain.busy import Fault
from app.domain.staff import Role
from app.services import busy_rounds
from app.storage.models import BusyCalendar, BusyTime
from tests.busy import ADDRESS, NOON, busy_at, connect, taken
from tests.clinics import OKAFOR, RIVERA
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint
from tests.ics.calendars import GOOD, calendar
from tests.services.looking import rows
from tests.staffing import Colleague

PAGE = "/staff/calendars/busy"
FORM = {"doctor": str(RIVERA), "name": "Private", "address": ADDRESS}
RRULE = f"{GOOD}\nRRULE:FREQ=DAILY;COUNT=3"


def on_page(site: Flask, role: Role = Role.RECEPTION, **others: object) -> Colleague:
    """Be somebody who has the page open."""
    colleague = Colleague(site, role, **others)
    colleague.get(PAGE)
    return colleague


def hand_in(colleague: Colleague, data: bytes, name: str = "Congress") -> tuple[int, str]:
    sent = {"csrf_token": colleague.token, "doctor": str(RIVERA), "name": name}
    file = {"file": (BytesIO(data), "calendar.ics")} if data else {}
    answer = colleague.client.post(f"{PAGE}/file", data=sent | file)
    return answer.status_code, colleague.follow(answer).text if answer.location else answer.text


def test_a_calendar_is_connected_and_its_address_is_never_shown(site: Flask) -> None:
    jo = Colleague(site)
    assert "No other calendar is connected yet." in jo.get(PAGE).text

    page = jo.follow(jo.post(PAGE, FORM)).text

    assert "The calendar is connected." in page
    assert "Private" in page
    assert "calendar.example.org" in page
    assert "9f2c" not in page
    assert "It is read within a minute." in page


def test_what_was_read_is_said_in_a_sentence(site: Flask) -> None:
    with site.app_context():
        busy_at(NOON)

    page = Colleague(site).get(PAGE).text

    assert "A calendar with one busy time in the next 90 days." in page
    assert "Read Monday 1 March 2027" in page


def test_what_went_wrong_is_said_with_what_still_counts(site: Flask, clock: StoppedClock) -> None:
    with site.app_context():
        busy_at(NOON)
        now = clock.forward(minutes=31)
        busy_rounds.fail(taken(now=now), Fault.NOT_A_CALENDAR, now=now)

    page = Colleague(site).get(PAGE).text
    clock.forward(days=2)
    later = Colleague(site).get(PAGE).text

    assert "This is not a calendar. What was read before still counts." in page
    assert "New appointments with this doctor are not offered until it can be read" in later


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": "http://example.org/a.ics"}, "it begins with https://"),
        ({"address": ""}, "it begins with https://"),
        ({"name": " "}, "Please give it a name"),
        ({"name": "a" * 61}, "Please shorten it to 60 letters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    site: Flask, typed: dict[str, str], sentence: str
) -> None:
    answer = on_page(site).post(PAGE, FORM | {"name": "Hospital"} | typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed.get("name", "Hospital")}"' in answer.text
    with site.app_context():
        assert rows(BusyCalendar) == []


def test_a_file_is_read_at_once_and_only_its_times_are_kept(site: Flask) -> None:
    jo = on_page(site)

    status, page = hand_in(jo, calendar(RRULE, "DTSTART:never", head="X-SECRET:oncology"))

    assert (status, "A calendar with 3 busy times in the next 90 days." in page) == (303, True)
    assert "One entry could not be read and blocks nothing." in page
    assert "a file does not change by itself" in page
    with site.app_context():
        assert len(rows(BusyTime)) == 3


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"<html>Sign in</html>", "This is not a calendar."), (b"", "Please choose a file")],
)
def test_a_file_that_is_no_calendar_changes_nothing(
    site: Flask, data: bytes, sentence: str
) -> None:
    status, page = hand_in(on_page(site), data)

    assert (status, sentence in page, 'value="Congress"' in page) == (422, True, True)
    with site.app_context():
        assert rows(BusyCalendar) == []


def test_t20_a_file_larger_than_a_calendar_is_not_even_read(site: Flask) -> None:
    body, kind = bytes(2 * 1024 * 1024), "multipart/form-data; boundary=x"

    answer = Colleague(site).client.post(f"{PAGE}/file", data=body, content_type=kind)

    assert answer.status_code == 413
    assert "To the day" in answer.text
    assert "call us" not in answer.text


def test_a_calendar_is_read_again_when_somebody_asks_and_not_within_the_request(
    site: Flask,
) -> None:
    with site.app_context():
        id_ = busy_at(NOON)
    jo = on_page(site)

    page = jo.follow(jo.post(f"{PAGE}/again", {"id": id_})).text

    assert "It is read within a minute: load this page again" in page
    with site.app_context():
        (row,) = rows(BusyCalendar)
        assert row.next_try_at == row.read_at == MONDAY_8AM


def test_a_calendar_is_removed_once_and_then_it_is_not_there(site: Flask) -> None:
    with site.app_context():
        id_ = busy_at(NOON)
    jo = on_page(site)

    first, second = (jo.post(f"{PAGE}/remove", {"id": id_}) for _ in range(2))

    assert "The calendar is forgotten" in jo.follow(first).text
    assert second.status_code == 404


def test_t12_a_doctor_sees_and_changes_their_own_calendars_only(site: Flask) -> None:
    with site.app_context():
        id_ = connect()
    doctor = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)

    page = doctor.get(PAGE).text

    assert "Dr Samuel Okafor" in page
    assert "Dr Ana Rivera" not in page
    assert doctor.post(PAGE, FORM).status_code == 404
    assert doctor.post(f"{PAGE}/remove", {"id": id_}).status_code == 404


def test_the_owner_chooses_how_often_and_how_long(site: Flask) -> None:
    owner = on_page(site, Role.OWNER)

    wrong = owner.post(f"{PAGE}/rules", {"busy_minutes": "1", "busy_hours": "x"})
    done = owner.follow(owner.post(f"{PAGE}/rules", {"busy_minutes": "60", "busy_hours": "48"}))

    assert (wrong.status_code, 'value="x"' in wrong.text) == (422, True)
    assert "Kept. It counts for every calendar from now on." in done.text
    assert "It is read again every 60 minutes." in owner.get(PAGE).text
    assert "changed the rules for doctors" in owner.get("/staff/journal").text
    assert Colleague(site).get(f"{PAGE}/rules").status_code == 403


def test_another_limit_counts_for_calendars_that_are_connected_already(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        busy_at(NOON)
    on_page(site, Role.OWNER).post(f"{PAGE}/rules", {"busy_minutes": "60", "busy_hours": "1"})

    clock.forward(hours=2)

    with site.app_context():
        (row,) = rows(BusyCalendar)
        assert row.trusted_until == MONDAY_8AM + timedelta(hours=1)
    assert "are not offered until it can be read" in Colleague(site).get(PAGE).text


def test_the_day_shows_busy_times_with_a_word_and_a_flag_where_somebody_comes(site: Flask) -> None:
    with site.app_context():
        busy_at(NOON)
        appoint(NOON.start, name="Marian Hale")
    jo = Colleague(site)

    day = jo.get("/staff/day?date=2027-03-02").text
    free_day = jo.get("/staff/day?date=2027-03-03").text

    assert 'class="elsewhere"' in day
    assert "Busy elsewhere" in day
    assert "The doctor is busy elsewhere then" in day
    assert "Busy elsewhere" not in free_day


def test_the_desk_is_told_whom_nobody_is_offered_and_why(site: Flask, clock: StoppedClock) -> None:
    with site.app_context():
        busy_at(NOON)
    clock.forward(days=2)
    jo = Colleague(site)

    assert "Not offered to patients just now: Dr Ana Rivera." in jo.get("/staff/day").text
    settle = jo.get("/staff/settle").text
    assert "Doctors who are not offered (1)" in settle
    assert "It was last read Monday 1 March" in settle


def test_a_conflict_is_settled_once_it_may_stay(site: Flask) -> None:
    with site.app_context():
        reference = appoint(NOON.start)
        busy_at(NOON)
    jo = Colleague(site)
    page = jo.get("/staff/settle").text
    assert "Booked while the doctor is busy elsewhere (1)" in page
    assert f"/staff/appointment/{reference}/move" in page
    key = page.split('name="key" value="busy:')[1].split('"')[0]

    done = jo.follow(jo.post("/staff/settle/done", {"key": f"busy:{key}"}))

    assert "Nothing is to be settled" in done.text
