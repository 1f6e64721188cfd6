"""Whoever watches the machine sees what the clinic cannot reach, though the site works."""

from flask import Flask

from app.domain.busy import Fault
from app.services import busy_rounds, reply
from tests.busy import connect, taken
from tests.conftest import MONDAY_8AM, StoppedClock

HERE = {"REMOTE_ADDR": "127.0.0.1"}


def metrics(site: Flask) -> list[str]:
    return site.test_client().get("/metrics", environ_base=HERE).text.splitlines()


def test_a_calendar_that_was_not_read_for_too_long_is_counted_and_the_site_stays_ready(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        connect()
        busy_rounds.fail(taken(), Fault.AWAY, now=MONDAY_8AM)
    before = metrics(site)
    clock.forward(hours=25)
    after = metrics(site)

    assert "foreword_busy_calendars_late 0" in before
    assert "foreword_busy_calendars_late 1" in after
    assert site.test_client().get("/readyz").status_code == 200


def test_a_mailbox_that_cannot_be_opened_is_counted_in_seconds(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        reply.note_fault("login_refused", now=MONDAY_8AM)
    clock.forward(minutes=5)
    away = metrics(site)
    with site.app_context():
        reply.note_fault(None, now=clock.now)

    assert "foreword_inbox_away_seconds 300" in away
    assert "foreword_inbox_away_seconds 0" in metrics(site)
