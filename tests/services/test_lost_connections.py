"""The database server goes away in the middle of something (F6), really, on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, text

from app.domain.refusals import AlreadyCancelled
from app.services import appointment, booking, cancelling, hold, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import CommitUnknown, db
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import booked, everything, mails_of, rows, verbs_of
from tests.services.looking import statements as asked_for
from tests.web.patient.booking_walk import DETAILS, HOLD, keep, patient

END = text("SELECT pg_terminate_backend(:pid, 5000)")
LATER = wish(TUESDAY_NOON + days(2))
Press = Callable[[], Any]

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def end(connection: Connection) -> None:
    """End a connection from another one, as a restart of the server does."""
    pid = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
    other = create_engine(db.engine.url)
    with other.connect() as killer:
        assert killer.execute(END, {"pid": pid}).scalar()
    other.dispose()


@contextmanager
def lost_before(number: int) -> Iterator[None]:
    """Lose the connection once, before the so-and-so-many-th statement from now on."""
    asked = 0

    def count(connection: Connection, *_rest: object) -> None:
        nonlocal asked
        asked += 1
        if asked == number:
            end(connection)

    with listening("before_cursor_execute", count):
        yield
    assert asked >= number


@contextmanager
def lost_at_commit(*, kept: bool) -> Iterator[None]:
    """Lose the connection once while it commits: before the server does, or just after."""
    lost = False

    def lose(connection: Connection) -> None:
        nonlocal lost
        if not lost:
            lost = True
            driver = connection.connection.dbapi_connection
            assert driver is not None
            if kept:
                driver.commit()
            end(connection)
            if kept:
                driver.close()  # its answer never comes

    with listening("commit", lose):
        yield
    assert lost


@contextmanager
def listening(what: str, hear: Callable[..., None]) -> Iterator[None]:
    event.listen(db.engine, what, hear)
    try:
        yield
    finally:
        event.remove(db.engine, what, hear)


def to_hold(guest: Guest) -> Press:
    visit, clinic = guest.visit, clinics.load()
    return lambda: hold.take(LATER, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM).wish


def to_say(guest: Guest) -> Press:
    said = booking.Details(person=person("m@example.org"), question="Does it help?")
    visit, clinic = guest.visit, clinics.load()
    return lambda: booking.save_details(said, visit=visit, told=(), clinic=clinic, now=MONDAY_8AM)


def to_book(guest: Guest) -> Press:
    kept = guest.hold()
    guest.say()
    visit, clinic = guest.visit, clinics.load()
    return lambda: booking.book(kept.id, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM)


def to_move(guest: Guest) -> Press:
    reference, clinic = guest.book(), clinics.load()
    actor = guest.actor
    moving.take(
        reference, LATER, actor=actor, visit=guest.visit, clinic=clinic, exempt=True, now=guest.now
    )
    visit = guest.visit
    return lambda: (
        moving.move(
            reference, LATER, actor=actor, visit=visit, clinic=clinic, now=MONDAY_8AM
        ).appointment
    )


def to_cancel(guest: Guest) -> Press:
    reference, actor, clinic = guest.book(), guest.actor, clinics.load()

    def press() -> None:
        with suppress(AlreadyCancelled):  # as its page does: it was cancelled by this press
            cancelling.cancel(reference, actor=actor, clinic=clinic, now=MONDAY_8AM)

    return press


def to_open_a_link(guest: Guest) -> Press:
    row = booked(Guest(MONDAY_8AM).book())
    token, visit = appointment.path(row.id, 0).removeprefix("/a/"), guest.visit
    guest.hold(LATER)
    return lambda: appointment.open_link(token, visit=visit, network="x", now=MONDAY_8AM)


def standing() -> dict[str, Any]:
    """What the book says, but for what is drawn anew each time."""
    return {
        "appointments": sorted(
            (row.status, row.starts_at, row.sequence, row.held_by is None)
            for row in rows(models.Appointment)
        ),
        "mails": sorted(mails_of(row.id) for row in rows(models.Appointment)),
        "journal": sorted(verbs_of(row.id) for row in rows(models.Appointment)),
        "counts": {name: len(found) for name, found in everything().items()},
    }


@pytest.mark.parametrize("about_to", [to_hold, to_say, to_book, to_move, to_cancel, to_open_a_link])
def test_f06_a_connection_lost_at_any_step_before_the_commit_is_not_noticed(
    app: Flask, about_to: Callable[[Guest], Press]
) -> None:
    press = about_to(Guest(MONDAY_8AM))
    with asked_for() as asked:
        press()
    expected = standing()

    for number in range(1, len(asked) + 1):
        clear()
        press = about_to(Guest(MONDAY_8AM))
        with lost_before(number):
            press()

        assert standing() == expected, asked[number - 1]


def clear() -> None:
    """Empty the book, append-only pages and all."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(
            text("TRUNCATE visitor, appointment, patient, intake, tally, calendar_change CASCADE")
        )


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("about_to", [to_book, to_move])
def test_f06_a_connection_lost_during_the_commit_is_not_tried_blindly_and_pressing_again_tells(
    app: Flask, about_to: Callable[[Guest], Press], kept: bool
) -> None:
    press = about_to(Guest(MONDAY_8AM))
    before = everything()

    with lost_at_commit(kept=kept), pytest.raises(CommitUnknown):
        press()

    assert (everything() == before) is not kept
    assert press() == press()
    (row,) = rows(models.Appointment)
    assert row.status == Status.BOOKED
    assert verbs_of(row.id) == ["book", "move"][: 1 + row.sequence]
    assert row.sequence == (about_to is to_move)


@pytest.mark.parametrize("kept", [True, False])
def test_f06_who_confirms_meanwhile_is_told_to_try_again_and_is_booked_once(
    make_app: Make, database_url: str, kept: bool
) -> None:
    site = make_app(database_url)
    site.extensions["ready"] = True  # a stopped clock differs from the database's: else no page
    walker = patient(site)
    keep(walker)
    walker.get("/details")
    walker.post("/details", DETAILS)
    (hold_id,) = HOLD.findall(walker.get("/review").text)

    with site.app_context(), lost_at_commit(kept=kept):
        unsure = walker.post("/review", {"hold": hold_id})

    assert unsure.status_code == 503
    assert unsure.headers["Retry-After"]
    assert HOLD.findall(unsure.text) == [hold_id]
    again = walker.post("/review", {"hold": hold_id})
    assert again.location.endswith("/booked")
    with site.app_context():
        (row,) = rows(models.Appointment)
        assert booked(row.reference).id == hold_id
        assert verbs_of(hold_id) == ["book"]
        assert [kind for kind, hours, _ in mails_of(hold_id) if not hours] == ["appointment_booked"]
