"""What the book of a site has, whoever walked through its pages."""

from flask import Flask
from sqlalchemy import func, select

from app.storage.database import Model, db
from app.storage.models import Appointment, RecordEntry, Status, Visitor


def everything(site: Flask) -> dict[str, list[object]]:
    """Return every row of every table, to say that nothing changed."""
    with site.app_context():
        tables = Model.metadata.sorted_tables
        return {table.name: [*db.session.execute(select(table))] for table in tables}


def visitors(site: Flask) -> list[Visitor]:
    """Return the sessions."""
    with site.app_context():
        return list(db.session.scalars(select(Visitor)))


def booked(site: Flask) -> list[Appointment]:
    """Return the booked appointments."""
    with site.app_context():
        return list(
            db.session.scalars(select(Appointment).where(Appointment.status == Status.BOOKED))
        )


def entries(site: Flask) -> int:
    """Count the entries of all education records, after their beginnings and safety checks."""
    later = RecordEntry.kind.not_in(("begin", "safety"))
    with site.app_context():
        return db.session.scalar(select(func.count()).where(later)) or 0
