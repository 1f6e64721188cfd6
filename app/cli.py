"""Commands for whoever runs the clinic: `flask --help` lists them."""

import os
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import Migrate, upgrade

from app.content.check import findings
from app.factory import now
from app.services import clinic, demo, outbox
from app.settings import ROOT, Settings
from app.storage.database import db


def init_app(app: Flask) -> None:
    """Add the commands to `flask`, those of the migrations among them."""
    Migrate(app, db, directory=str(ROOT / "migrations"))
    for command in (prepare, load_demo, list_outbox, primer):
        app.cli.add_command(command)


def _settings(app: Flask) -> Settings:
    settings: Settings = app.extensions["settings"]
    return settings


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; an empty one gets the demonstration clinic."""
    upgrade()
    if not clinic.is_set_up():
        demo.load(now=_now())


@click.command("demo")
@with_appcontext
def load_demo() -> None:
    """Set up the demonstration clinic; refuses a database with another clinic in it."""
    try:
        new = demo.load(now=_now())
    except demo.AnotherClinic as error:
        raise click.ClickException(str(error)) from error
    click.echo("The demonstration clinic is ready." if new else "It was there already.")


@click.command("outbox")
@with_appcontext
def list_outbox() -> None:
    """List the mails that have not left, those given up among them; nothing personal."""
    for line in outbox.listing():
        click.echo(
            f"{line.id:>7}  {line.state:<10} {line.kind:<24} due {line.due_at:%Y-%m-%d %H:%M}"
            f"  tries {line.attempts}  next {line.next_try_at:%Y-%m-%d %H:%M}  {line.fault or ''}"
        )


@click.group("primer")
def primer() -> None:
    """Look after the primer."""


@primer.command("check")
@with_appcontext
def check_primer() -> None:
    """Check that every edition is complete, sourced and readable."""
    folder = _settings(_app()).primer
    found = findings(folder, today=_now().date())
    for finding in found:
        click.echo(
            f"{os.path.relpath(finding.file, Path.cwd())}:{finding.line}: {finding.sentence}"
        )
    if found:
        raise click.ClickException(f"{len(found)} findings")
    click.echo("The primer is in order.")


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way
    return app


def _now() -> datetime:
    return now(_app())
