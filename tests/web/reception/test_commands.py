"""What whoever runs the machine types: flask staff."""

import re

from flask import Flask

from app.domain.staff import Role
from app.services import staff_session
from app.storage import models
from tests.clinics import RIVERA
from tests.services.looking import rows
from tests.staffing import hire, session_of

LINK = re.compile(r"^http://localhost/staff/join/[a-z2-7]{20}\.[a-z2-7]{26}$", re.MULTILINE)


def flask(site: Flask, *words: str) -> tuple[int, str]:
    ran = site.test_cli_runner().invoke(args=["staff", *words])
    return ran.exit_code, ran.output


def test_adding_somebody_prints_a_link_that_lets_them_join(site: Flask) -> None:
    for role in Role:
        code, said = flask(site, "add", f"{role}@example.org", "--name", "Jo", "--role", role.value)
        found = LINK.search(said)

        assert (code, found is not None) == (0, True), said
        assert found is not None
        page = site.test_client().get(found[0].removeprefix("http://localhost"))
        assert "Welcome to the clinic" in page.text


def test_a_clinician_gets_the_calendar_of_their_name(site: Flask) -> None:
    flask(site, "add", "ana@example.org", "--name", "Dr Ana Rivera", "--role", "clinician")
    flask(site, "add", "x@example.org", "--name", "X", "--role", "clinician",
          "--calendar", "dr ana rivera")  # fmt: skip

    with site.app_context():
        calendars = [row.clinician_id for row in rows(models.StaffAccount)]
    assert calendars == [RIVERA, RIVERA]


def test_what_cannot_be_is_refused_with_a_sentence(site: Flask) -> None:
    flask(site, "add", "jo@example.org", "--name", "Jo", "--role", "owner")

    twice = flask(site, "add", "JO@example.org", "--name", "Jo", "--role", "owner")
    typed = flask(site, "add", "jo", "--name", "Jo", "--role", "owner")
    nameless = flask(site, "add", "a@example.org", "--name", " ", "--role", "owner")
    calendar = flask(site, "add", "a@example.org", "--name", "A", "--role", "owner",
                     "--calendar", "Nobody")  # fmt: skip
    nobody = flask(site, "recover", "nobody@example.org")

    assert twice == (1, "Error: Somebody with this address works here, or did.\n")
    assert typed[0] == nameless[0] == calendar[0] == nobody[0] == 1
    assert "Please give one address" in typed[1]
    assert "Dr Ana Rivera" in calendar[1]


def test_somebody_who_lost_everything_gets_a_link(site: Flask) -> None:
    with site.app_context():
        hire(email="jo@example.org")

    code, said = flask(site, "recover", "jo@example.org")

    found = LINK.search(said)
    assert code == 0
    assert found is not None
    page = site.test_client().get(found[0].removeprefix("http://localhost"))
    assert "Set up your account again" in page.text


def test_everybody_is_listed_and_signed_out(site: Flask) -> None:
    with site.app_context():
        jo = hire(email="jo@example.org")
        handle = session_of(jo)

    listed = flask(site, "list")
    ended = flask(site, "end", "--all")
    neither = flask(site, "end")

    assert "here     reception  jo@example.org" in listed[1]
    assert ended == (0, "Signed out: 1.\n")
    assert neither[0] == 1
    with site.app_context():
        assert staff_session.find(handle, now=site.extensions["clock"]()) is None
