"""Staff hear in time that somebody must look the guide over, and a broken one stops the worker."""

import logging
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from app import worker
from app.storage.database import db
from app.storage.models import Clinic
from tests.conftest import StoppedClock

TOO_LATE = datetime(2027, 5, 22, 15, tzinfo=UTC)  # the day after the review was due


def test_the_worker_warns_once_a_day(
    site: Flask, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with site.app_context():
        one = worker.build(site)
        one.round()
        in_time = len(caplog.messages)
        clock.now = TOO_LATE
        for _ in range(3):
            one.round()
        clock.forward(days=1)
        one.round()

    late = [line for line in caplog.messages if "should have been looked over" in line]
    assert in_time == 0
    assert len(late) == 2


def test_the_worker_does_not_start_with_a_guide_that_is_not_there(site: Flask) -> None:
    with site.app_context():
        db.session.execute(update(Clinic).values(edition="2020-01-01", revision=99))
        db.session.commit()

        with pytest.raises(SystemExit, match="there is no edition '2020-01-01'"):
            worker.build(site).run()


def test_the_metrics_say_in_how_many_days_the_review_is_due(
    site: Flask, clock: StoppedClock
) -> None:
    here = {"REMOTE_ADDR": "127.0.0.1"}
    before = site.test_client().get("/metrics", environ_base=here).text
    clock.now = TOO_LATE
    after = site.test_client().get("/metrics", environ_base=here).text

    assert "foreword_guide_review_days 81\n" in before
    assert "foreword_guide_review_days -1\n" in after
