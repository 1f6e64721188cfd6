"""Looking after the primer."""

import os
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.content.check import findings


@click.group("primer")
def group() -> None:
    """Look after the primer."""


@group.command("check")
@with_appcontext
def check_primer() -> None:
    """Check that every edition is complete, sourced and readable."""
    folder = settings().primer
    found = findings(folder, today=now().date())
    for finding in found:
        click.echo(
            f"{os.path.relpath(finding.file, Path.cwd())}:{finding.line}: {finding.sentence}"
        )
    if found:
        raise click.ClickException(f"{len(found)} findings")
    click.echo("The primer is in order.")
