"""What was noted of the readings."""

from flask import Flask
from sqlalchemy import func, select

from app.storage.database import db
from app.storage.models import RecordEntry


def entries(site: Flask) -> int:
    """Count the entries of all records."""
    with site.app_context():
        return db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0
