"""The demonstration clinic has visits that were moved, so that its figures show some."""

from flask import Flask

from app.services import demo_book
from app.storage import models
from app.storage.database import transaction
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows


def test_some_visits_of_the_demonstration_were_moved(app: Flask) -> None:
    with transaction() as session:
        demo_book.fill(session, now=MONDAY_8AM)

    lines = rows(models.JournalEntry, models.JournalEntry.verb == "move")
    booked = rows(models.Appointment)
    assert len(booked) / 50 < len(lines) < len(booked) / 4
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert all(line.at <= MONDAY_8AM for line in lines)
