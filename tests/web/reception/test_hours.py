"""Hours by their pages: rows that can be read, forms that keep what was typed."""

import re

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import models
from tests.arranging import close, closure
from tests.clinics import KNOXVILLE, NASHVILLE, RIVERA, TUESDAY_NOON
from tests.desk import put
from tests.services.looking import rows
from tests.staffing import Colleague, hire
from tests.web.walker import hidden

EVENING: dict[str, str | list[str]] = {
    "place": "1", "days": ["1", "3"], "from_time": "18:00", "until_time": "20:00",
    "ways": ["in_person"], "every": "1", "first": "2027-03-01", "last": "",
}  # fmt: skip
NINE_TO_FIVE = EVENING | {
    "days": ["0", "1", "2", "3", "4"], "from_time": "09:00", "until_time": "17:00",
    "ways": ["in_person", "video"],
}  # fmt: skip
ADD = "/staff/hours/add?doctor=1"
SATURDAY: dict[str, str | list[str]] = {
    "place": "1", "day": "2027-03-06", "from_time": "09:00", "until_time": "00:00",
    "ways": ["video"],
}  # fmt: skip


def kept(site: Flask, weekday: int = 1) -> list[tuple[object, ...]]:
    with site.app_context():
        found = rows(models.WeeklyHours, models.WeeklyHours.clinician_id == 1)
        return sorted(
            (row.from_minute, row.until_minute, str(row.valid_until))
            for row in found
            if row.weekday == weekday
        )


def opened(site: Flask, path: str = "/staff/hours", role: Role = Role.RECEPTION) -> Colleague:
    colleague = Colleague(site, role)
    colleague.get(path)
    return colleague


def plain(page: str) -> str:
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


def test_days_with_the_same_hours_are_one_row_that_can_be_read(site: Flask) -> None:
    page = plain(opened(site).get("/staff/hours?doctor=1").text)

    assert "<b>Monday to Friday</b>, 9:00 am to 5:00 pm" in page
    assert "Harbor Clinic Knoxville, in person and by video" in page
    assert "<li>Monday 1 March 2027, 9:00 am to 5:00 pm, Harbor Clinic Knoxville</li>" in page


def test_hours_are_given_to_several_days_at_once(site: Flask) -> None:
    jo = opened(site)

    page = plain(jo.follow(jo.post(ADD, EVENING | {"every": "2", "last": "2027-06-30"})).text)

    assert (1080, 1200, "2027-06-30") in kept(site, 1)
    assert (1080, 1200, "2027-06-30") in kept(site, 3)
    assert "<b>Tuesday, Thursday</b>, 6:00 to 8:00 pm" in page
    assert "Every 2 weeks" in page
    assert "until 30 June 2027" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until_time": "17:00"}, "It ends before it begins. Hours past midnight are two"),
        ({"until_time": "18:00"}, "It ends before it begins. Hours past midnight are two"),
        ({"from_time": "18:03"}, "full five minutes"),
        ({"days": []}, "choose at least one"),
        ({"ways": []}, "choose at least one"),
        ({"last": "2027-02-01"}, "It ends before it begins. Please look at both"),
        ({"last": "soon"}, "choose a day"),
        ({"first": ""}, "choose a day"),
        ({"days": ["9"]}, "Please choose only from those that are offered."),
        ({"every": "0"}, "Please choose one of those that are offered."),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused_and_stays_typed(
    site: Flask, typed: dict[str, str | list[str]], sentence: str
) -> None:
    jo = opened(site)

    answer = jo.post(ADD, EVENING | typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed.get("from_time", "18:00")}"' in answer.text
    assert len(kept(site)) == 1


def test_hours_over_hours_are_refused(site: Flask) -> None:
    answer = opened(site).post(ADD, NINE_TO_FIVE)

    assert answer.status_code == 409
    assert 'data-refusal="hours_overlap"' in answer.text
    assert len(kept(site)) == 1


def test_shorter_hours_show_whom_they_break_and_what_was_is_kept(site: Flask) -> None:
    put(site, start=TUESDAY_NOON.replace(hour=20))
    jo = opened(site)
    path = "/staff/hours/1"
    shorter = NINE_TO_FIVE | {"until_time": "13:00", "was": hidden(jo.get(path).text, "was")}

    shown = jo.post(path, shorter)
    unchanged = kept(site)
    saved = jo.post(path, shorter | {"seen": hidden(shown.text, "seen")})

    assert shown.status_code == 409
    assert "Marian Hale" in shown.text
    assert unchanged == [(540, 1020, "None")]
    assert saved.status_code == 303
    assert kept(site) == [(540, 780, "None"), (540, 1020, "2027-02-28")]


def test_a_slower_colleague_is_told_and_may_press_again(site: Flask) -> None:
    jo = opened(site)
    path = "/staff/hours/1"
    was = hidden(jo.get(path).text, "was")

    jo.post(path, NINE_TO_FIVE | {"until_time": "18:00", "was": was})
    late = jo.post(path, NINE_TO_FIVE | {"until_time": "19:00", "was": was})

    assert late.status_code == 409
    assert 'data-refusal="hours_changed"' in late.text
    assert 'value="19:00"' in late.text


def test_hours_are_taken_away_once_whom_they_break_was_seen(site: Flask) -> None:
    put(site)
    jo = opened(site)
    was = {"was": hidden(jo.get("/staff/hours/1").text, "was")}

    shown = jo.post("/staff/hours/1/take-away", was)
    done = jo.post("/staff/hours/1/take-away", was | {"seen": hidden(shown.text, "seen")})
    again = jo.post("/staff/hours/1/take-away", was)

    assert (shown.status_code, done.status_code, again.status_code) == (409, 303, 303)
    assert kept(site) == []
    assert "patients are offered nothing" in jo.get("/staff/hours?doctor=1").text


def test_a_day_is_opened_until_midnight_and_taken_back(site: Flask) -> None:
    jo = opened(site)

    page = plain(jo.follow(jo.post("/staff/hours/open?doctor=1", SATURDAY)).text)
    back = jo.post("/staff/hours/open/1/take-back")

    assert "<b>Saturday 6 March 2027</b>, 9:00 am to 12 midnight" in page
    assert back.status_code == 303
    assert "Saturday 6 March" not in jo.get("/staff/hours?doctor=1").text


def test_only_closures_of_where_a_doctor_sees_people_stand_beside_their_hours(site: Flask) -> None:
    with site.app_context():
        for place, note in ((KNOXVILLE, "The lift is mended"), (NASHVILLE, "The roof is mended")):
            close(closure(location_id=place, note=note), hire(Role.OWNER))

    page = Colleague(site).get(f"/staff/hours?doctor={RIVERA}").text

    assert "The lift is mended" in page
    assert "The roof is mended" not in page


def test_yesterday_is_not_opened(site: Flask) -> None:
    answer = opened(site).post("/staff/hours/open?doctor=1", SATURDAY | {"day": "2027-02-27"})

    assert answer.status_code == 409
    assert 'data-refusal="in_the_past"' in answer.text


def test_a_clinician_sees_and_changes_their_own(site: Flask) -> None:
    rivera = opened(site, role=Role.CLINICIAN)

    page = rivera.get("/staff/hours?doctor=2").text

    assert "Hours of Dr Ana Rivera" in page
    assert "Okafor" not in page
    assert rivera.get("/staff/hours/add?doctor=2").status_code == 403
    assert rivera.get("/staff/hours/6").status_code == 403
    assert rivera.get("/staff/hours/1").status_code == 200


@pytest.mark.parametrize(
    "path", ["/staff/hours/0", "/staff/hours/99999999999", "/staff/hours/add?doctor=9",
             "/staff/hours/open"],
)  # fmt: skip
def test_hours_that_are_nobodys_are_not_found(site: Flask, path: str) -> None:
    assert opened(site).get(path).status_code == 404


def test_a_form_that_comes_after_its_session_ended_is_sent_again_as_it_was(site: Flask) -> None:
    jo = opened(site)
    page = jo.get(ADD).text
    jo.client.delete_cookie("fw-staff")

    ended = jo.post(ADD, EVENING | {"doctor": hidden(page, "doctor")})
    jo.client.set_cookie("fw-staff", jo.handle)
    fields = re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', ended.text)
    again = {name: [one for key, one in fields if key == name] for name, _ in fields}
    sent = jo.post("/staff/hours/add", {k: v for k, v in again.items() if k != "csrf_token"})

    assert ended.status_code == 401
    assert 'action="/staff/hours/add"' in ended.text
    assert sent.status_code == 303
    assert (1080, 1200, "None") in kept(site, 1)
    assert (1080, 1200, "None") in kept(site, 3)
