"""Whoever opens the demonstration's calendars and what is to settle sees what they are for."""

from pathlib import Path

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import models
from tests.conftest import Make
from tests.services.looking import rows
from tests.staffing import Colleague

SHOWN = {
    "/staff/calendars": ["A phone (demonstration)", "Dr Ana Rivera", "Made by Jo Brandt"],
    "/staff/calendars/busy": ["Teaching (demonstration)", "busy times in the next 90 days"],
    "/staff/settle": ["Declined in their calendar", "Asked for another time", "Asks for: "],
}


@pytest.fixture
def site(make_app: Make, tmp_path: Path) -> Flask:
    """Give the demonstration clinic as `./run` makes it in an empty folder."""
    site = make_app(f"sqlite:///{tmp_path}/demonstration.sqlite")
    done = site.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 0, done.output
    return site


def test_the_demonstration_shows_a_busy_doctor_a_link_and_two_answers(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)

    pages = {path: mira.get(path).text for path in SHOWN}

    for path, words in SHOWN.items():
        for word in words:
            assert word in pages[path], (path, word)


def test_nobody_of_the_demonstration_has_a_patient_while_they_teach_and_it_is_set_up_once(
    site: Flask,
) -> None:
    again = site.test_cli_runner().invoke(args=["prepare"])

    assert again.exit_code == 0
    assert (
        "Booked while the doctor is busy elsewhere" not in Colleague(site).get("/staff/settle").text
    )
    with site.app_context():
        assert len(rows(models.BusyCalendar)) == len(rows(models.Subscription)) == 1
        assert len(rows(models.Reply)) == 2
