"""Commands for whoever runs the clinic: `flask --help` lists them."""

from flask import Flask
from flask_migrate import Migrate

from app.cli import (
    backup,
    brief,
    busy,
    clock_changes,
    figures,
    instrument,
    journal,
    outage,
    primer,
    record,
    reply,
    safety,
    setup,
    staff,
)
from app.settings import ROOT
from app.storage.database import db


def init_app(app: Flask) -> None:
    """Add the commands to `flask`, those of the migrations among them."""
    Migrate(app, db, directory=str(ROOT / "migrations"))
    groups = (
        primer.group,
        record.group,
        journal.group,
        safety.group,
        instrument.group,
        staff.group,
    )
    papers = (
        brief.write_brief, busy.show_busy, clock_changes.show_clock_changes,
        figures.write_figures, outage.write_outage_pack,
    )  # fmt: skip
    for command in (*setup.COMMANDS, *groups, *papers, *backup.COMMANDS, reply.receive_mail):
        app.cli.add_command(command)
