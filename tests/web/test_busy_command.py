"""`flask busy` says what a calendar would block, and keeps nothing."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.ics.calendars import GOOD, calendar
from tests.ics.hostile import HOSTILE

SPRING = ("--from", "2027-03-01", "--until", "2027-06-01", "--zone", "America/New_York")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calendar.ics"


def ask(site: Flask, *words: str) -> Result:
    return site.test_cli_runner().invoke(args=["busy", *words])


def test_one_line_says_when_somebody_is_busy_and_what_was_skipped(site: Flask, file: Path) -> None:
    file.write_bytes(calendar(GOOD, "DTSTART;VALUE=DATE:20270314", "DTSTART:never"))

    answer = ask(site, str(file), *SPRING)

    assert answer.exit_code == 0
    assert json.loads(answer.output) == {
        "busy": [
            ["2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"],
            ["2027-03-14T05:00:00Z", "2027-03-15T04:00:00Z"],
        ],
        "skipped": 1,
    }


def test_what_is_no_calendar_is_refused_in_a_sentence(site: Flask, file: Path) -> None:
    file.write_bytes(b"<html>Sign in</html>")

    answer = ask(site, str(file), *SPRING)

    assert (answer.exit_code, json.loads(answer.output)) == (
        0,
        {"refused": "This is not a calendar."},
    )


def test_t20_what_takes_too_long_is_refused_in_a_sentence(site: Flask, file: Path) -> None:
    file.write_bytes(HOSTILE["rules that no day meets"])

    answer = ask(site, str(file), *SPRING)

    assert json.loads(answer.output) == {"refused": "The calendar takes too long to read."}


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2027-03-01", "--until", "2027-06-01", "--zone", "Nowhere"),
        ("--from", "soon", "--until", "2027-06-01", "--zone", "UTC"),
        ("--from", "2027-06-01", "--until", "2027-03-01", "--zone", "UTC"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_by_what_to_write(
    site: Flask, file: Path, words: tuple[str, ...]
) -> None:
    file.write_bytes(calendar(GOOD))

    answer = ask(site, str(file), *words)

    assert answer.exit_code == 2
    assert "Error" in answer.output
