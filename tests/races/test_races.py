"""Eight processes do the same at once, on both databases: each rule holds for all of them."""

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.services import appointment, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState, Status
from tests.clinics import Guest, wish
from tests.conftest import MONDAY_8AM
from tests.races.crew import EIGHT, Runners
from tests.races.promises import check_promises
from tests.services.flood import book, press, times
from tests.services.looking import booked, held, rows, verbs_of


def test_eight_at_once_get_three_appointments_for_one_address(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"number": number, "email": "m.hale@example.org"} for number in range(EIGHT)]

    answers = runners.play("one_address", told, url=url, folder=tmp_path)

    assert answers.count("too_many_appointments") == 5, answers
    assert sum(one.startswith("HB-") for one in answers) == 3, answers
    assert len(rows(models.Appointment, models.Appointment.status == Status.BOOKED)) == 3


def test_six_late_yeses_at_once_make_three_appointments_of_one_address(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    press(MONDAY_8AM + timedelta(hours=2))
    later = MONDAY_8AM + timedelta(minutes=62)
    references = [
        book(Guest(now, network=f"198.51.{number}.0/24"), wanted, "m.hale@example.org")
        for number, (now, wanted) in enumerate(
            zip([MONDAY_8AM] * 3 + [later] * 3, islice(times(), 6), strict=True)
        )
    ]

    told = [
        {"token": appointment.path(booked(one).id, 0).removeprefix("/a/"), "seconds": 2 * 62 * 60}
        for one in references
    ]
    answers = runners.play("one_link_each", told, url=url, folder=tmp_path)

    assert answers.count("too_many_appointments") == 3, answers
    assert set(answers) - {"too_many_appointments"} < set(references)
    assert len(rows(models.Appointment, models.Appointment.status == Status.BOOKED)) == 3


def test_eight_at_once_hold_six_times_in_one_network(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"number": number} for number in range(EIGHT)]

    answers = runners.play("one_network", told, url=url, folder=tmp_path)

    assert answers.count("too_many_holds") == 2, answers
    assert {row.id for row in held()} == set(answers) - {"too_many_holds"}
    assert len(held()) == 6


def test_the_last_button_pressed_eight_times_at_once_books_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    guest = Guest(MONDAY_8AM)
    kept = guest.hold()
    guest.say()

    told = [{"handle": guest.handle, "hold_id": kept.id}] * EIGHT
    answers = runners.play("one_button", told, url=url, folder=tmp_path)

    assert len(set(answers)) == 1, answers
    assert booked(answers[0]).id == kept.id
    assert verbs_of(kept.id) == ["book"]


def test_the_button_that_moves_pressed_eight_times_at_once_moves_once_and_says_so_to_all(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    guest = Guest(MONDAY_8AM)
    reference, wanted = guest.book(), wish(wish().start + timedelta(days=2))
    moving.take(
        reference, wanted, actor=guest.actor, visit=guest.visit, clinic=clinics.load(),
        exempt=True, now=MONDAY_8AM,
    )  # fmt: skip

    told = [{"handle": guest.handle, "reference": reference}] * EIGHT
    answers = runners.play("one_move", told, url=url, folder=tmp_path)

    assert answers == [wanted.start.isoformat()] * EIGHT
    assert verbs_of(booked(reference).id) == ["book", "move"]
    assert held() == []
    check_promises()


def test_eight_windows_of_one_browser_hold_one_time(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    guest = Guest(MONDAY_8AM)

    told = [{"handle": guest.handle, "number": number} for number in range(EIGHT)]
    results = runners.play("one_session", told, url=url, folder=tmp_path)

    answers = {answer for one in results for answer in one["answers"]}
    assert not [one for one in answers if one.startswith("fault")], answers
    assert [one["most"] for one in results] == [1] * EIGHT
    (left,) = held()
    assert left.id in answers


def test_eight_windows_that_move_one_appointment_never_overwrite_each_other(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    reference = Guest(MONDAY_8AM).book()
    token = appointment.path(booked(reference).id, 0).removeprefix("/a/")

    told = [{"number": number, "token": token} for number in range(EIGHT)]
    answers = runners.play("one_appointment", told, url=url, folder=tmp_path)

    moved = [one for one in answers if one.startswith("2027")]
    assert set(answers) - set(moved) <= {"changed_meanwhile"}, answers
    left = booked(reference)
    assert left.sequence == len(moved) >= 1
    assert left.starts_at.isoformat() in moved
    check_promises()


def test_one_link_opened_in_eight_windows_at_once_is_granted(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    reference = Guest(MONDAY_8AM).book()
    token = appointment.path(booked(reference).id, 0).removeprefix("/a/")
    reader = Guest(MONDAY_8AM)
    kept = reader.hold(wish(wish().start + timedelta(days=1)))

    told = [{"handle": reader.handle, "token": token}] * EIGHT
    handles = runners.play("one_link", told, url=url, folder=tmp_path)

    held_by = []
    for reader.handle in handles:
        assert reader.actor.grants == {booked(reference).id}
        held_by.append(reader.visit.hold)
    assert len(set(handles)) == EIGHT
    assert held_by.count(None) == EIGHT - 1  # the quickest goes on with what was underway
    assert kept in held_by


def test_f14_three_workers_take_each_of_two_hundred_mails_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    mail: dict[str, Any] = {
        "kind": "link_requested", "language": "en", "owed_at": MONDAY_8AM, "due_at": MONDAY_8AM,
        "next_try_at": MONDAY_8AM,
    }  # fmt: skip
    db.session.execute(insert(models.Mail), [mail] * 200)
    db.session.commit()

    told = [{"owner": f"worker {number}"} for number in range(3)]
    taken = runners.play("postman", told, url=url, folder=tmp_path)

    everything = [id_ for one in taken for id_ in one]
    assert len(everything) == len(set(everything)) == 200
    assert {row.state for row in rows(models.Mail)} == {MailState.HANDED_OVER}
    assert {row.attempts for row in rows(models.Mail)} == {1}
