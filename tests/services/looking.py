"""What tests look at: rows, statements, and what a refusal left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, func, select, update
from sqlalchemy.engine import Engine

from app.domain.letter import LetterKind
from app.storage import models
from app.storage.database import Model, db

KEPT = (
    models.Appointment,
    models.Patient,
    models.Intake,
    models.Visitor,
    models.VisitorGrant,
    models.Proposal,
    models.Waiting,
    models.Mail,
    models.JournalEntry,
    models.Tally,
)
MAIL_OF = {
    "book": LetterKind.BOOKED,
    "move": LetterKind.MOVED,
    "cancel": LetterKind.CANCELLED,
}
# Appointments of one doctor that overlap; asked of the database, whose guard it tries.
OVERLAPS = """
    SELECT count(*) FROM appointment AS one JOIN appointment AS other
      ON one.clinician_id = other.clinician_id AND one.id < other.id
     AND coalesce(one.moves_id, one.id) <> coalesce(other.moves_id, other.id)
     AND one.blocked_from < other.blocked_until AND other.blocked_from < one.blocked_until
    WHERE one.status <> 'cancelled' AND other.status <> 'cancelled'
"""


def rows(table: type[Any], *conditions: Any) -> list[Any]:
    """Return the rows of a table as they are in the database now."""
    db.session.rollback()
    query = select(table).where(*conditions).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def counts() -> dict[str, int]:
    """Count the rows of every table that a use case writes."""
    db.session.rollback()
    return {table.__tablename__: _count(table) for table in KEPT}


def everything() -> dict[str, set[tuple[Any, ...]]]:
    """Return every row of every table, to say that nothing changed."""
    db.session.rollback()
    return {
        table.name: {tuple(map(str, row)) for row in db.session.execute(select(table))}
        for table in Model.metadata.sorted_tables
    }


def mails_of(appointment_id: str) -> list[tuple[str, int, str]]:
    """Return (kind, hours before, state) of an appointment's mails, as they were owed."""
    found = rows(models.Mail, models.Mail.appointment_id == appointment_id)
    return [(row.kind, row.lead_hours, row.state) for row in sorted(found, key=lambda row: row.id)]


def verbs_of(appointment_id: str) -> list[str]:
    """Return what the journal says was done to an appointment."""
    found = rows(models.JournalEntry, models.JournalEntry.appointment_id == appointment_id)
    return [row.verb for row in sorted(found, key=lambda row: row.id)]


def booked(reference: str) -> models.Appointment:
    """Return an appointment by its reference."""
    (row,) = rows(models.Appointment, models.Appointment.reference == reference)
    found: models.Appointment = row
    return found


def held() -> list[models.Appointment]:
    """Return every hold there is, run out or not."""
    return rows(models.Appointment, models.Appointment.status == models.Status.HELD)


def set_rule(visit_type_id: int, **values: object) -> None:
    """Change a type of visit, as whoever runs the clinic does."""
    changed = update(models.VisitType).where(models.VisitType.id == visit_type_id)
    db.session.execute(changed.values(**values))
    clinic_changed()


def clinic_changed() -> None:
    """Count the clinic's revision up and keep everything done so far."""
    db.session.execute(update(models.Clinic).values(revision=models.Clinic.revision + 1))
    db.session.commit()


@contextmanager
def statements(engine: Engine | None = None) -> Iterator[list[str]]:
    """Collect what the database is asked, transactions' own words left out."""
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, _p: object, _x: object, _m: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    engine = engine or db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
