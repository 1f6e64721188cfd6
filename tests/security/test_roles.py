"""Roles of PostgreSQL: what serves pages does its work, and cannot rewrite evidence (T35)."""

from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from app import worker
from app.services import (
    appointment,
    cancelling,
    clinic,
    desk_booking,
    reading,
    withdrawing,
)
from app.services.desk_booking import Call
from app.settings import ROOT
from app.storage import models
from app.storage.database import db
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.services.looking import rows, verbs_of
from tests.services.people import THURSDAY
from tests.services.reading import read_all
from tests.staffing import hire
from tests.support import postgres
from tests.web.walker import PRIMER

ROLES = ROOT / "docs" / "operating" / "roles.sql"
NAMES = ("foreword_web", "foreword_worker", "foreword_migrate")


@pytest.fixture(scope="module")
def parted(postgres_server: postgres.Server, pristine_postgres: str) -> Iterator[str]:
    """Give a clinic's database whose roles were made, twice, by the file for operators."""
    url = postgres_server.create_database("parted", template=pristine_postgres)
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        for _ in range(2):
            connection.execute(ROLES.read_text("utf-8"))
    yield url
    postgres_server.drop_database("parted")
    with suppress(psycopg.Error), psycopg.connect(  # another test process may use them still
        make_url(postgres_server.url).set(drivername="postgresql").render_as_string(
            hide_password=False
        ),
        autocommit=True,
    ) as connection:  # fmt: skip
        for name in NAMES:
            connection.execute(f"DROP ROLE {name}")


def as_role(make_app: Make, url: str, role: str) -> Flask:
    theirs = make_url(url).update_query_dict({"options": f"-c role={role}"})
    return make_app(theirs.render_as_string(hide_password=False))


@pytest.fixture
def web(make_app: Make, parted: str) -> Iterator[Flask]:
    app = as_role(make_app, parted, "foreword_web")
    with app.app_context():
        yield app


def refused(statement: str) -> bool:
    """Say whether the database refuses something for want of a right, trigger or no trigger."""
    try:
        db.session.execute(text(statement))
    except ProgrammingError as error:
        return getattr(error.orig, "sqlstate", "") == "42501"
    finally:
        db.session.rollback()
    return False


EVIDENCE = ("journal", "journal_link", "record_entry", "sign_off", "safety_limit")
WAYS = ("DELETE FROM", "TRUNCATE", "DROP TABLE")


@pytest.mark.parametrize(
    "statement",
    [
        *(f"{what} {table}" for what in WAYS for table in EVIDENCE),
        "DROP TABLE appointment",
        "UPDATE journal SET actor = 'somebody'",
        "UPDATE journal_link SET link = ''",
        "UPDATE record_entry SET link = ''",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_no_UPDATE ON journal",
        "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$",
        "CREATE TABLE mine (id integer)",
        "UPDATE alembic_version SET version_num = '0001'",
        "COPY journal TO PROGRAM 'cat'",
        "COPY journal TO '/tmp/journal'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
@pytest.mark.parametrize("role", ["foreword_web", "foreword_worker"])
def test_t35_the_role_that_serves_pages_cannot_rewrite_evidence(
    make_app: Make, parted: str, role: str, statement: str
) -> None:
    if (role, statement) == ("foreword_worker", "DELETE FROM record_entry"):
        return  # it forgets what was emptied before; the trigger refuses the rest
    with as_role(make_app, parted, role).app_context():
        assert refused(statement)


def test_t35_with_its_rights_the_clinic_does_all_its_work(
    web: Flask, make_app: Make, parted: str, clock: StoppedClock
) -> None:
    reader, who = Guest(MONDAY_8AM, way="primer"), person("r@example.org")
    reading.start(visit=reader.visit, primer=PRIMER, answered_by="self", now=MONDAY_8AM)
    read_all(reader, PRIMER)
    read = reader.book(THURSDAY, who=who)
    appointment.unlock(read, who.birth_date, actor=reader.actor, now=MONDAY_8AM)
    withdrawing.withdraw(read, actor=reader.actor, now=MONDAY_8AM)
    unused = Guest(MONDAY_8AM, way="primer")
    reading.start(visit=unused.visit, primer=PRIMER, answered_by="self", now=MONDAY_8AM)
    guest = Guest(MONDAY_8AM)
    reference = guest.book()
    cancelling.cancel(reference, actor=guest.actor, clinic=clinic.load(), now=MONDAY_8AM)
    caller = person("m@example.org", name="Ada Abbott", phone="+18655550111")
    call = Call(key="k", wish=wish(TUESDAY_NOON + days(1)), person=caller)
    made = desk_booking.book(call, actor=hire(), clinic=clinic.load(), now=MONDAY_8AM)
    db.session.remove()

    working = as_role(make_app, parted, "foreword_worker")
    with working.app_context():
        clock.forward(days=40)
        worker.build(working).round()

    (only,) = rows(models.Reading)  # the other one led to no visit, and is forgotten
    assert only.withdrawn_at == MONDAY_8AM
    assert {one.payload for one in rows(models.RecordEntry)} > {None}
    assert rows(models.Appointment, models.Appointment.reference == made)
    (cancelled,) = rows(models.Appointment, models.Appointment.reference == reference)
    assert verbs_of(cancelled.id) == ["book", "cancel"]
    assert rows(models.JournalLink)
