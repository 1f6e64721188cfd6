"""Questionnaires of other people."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.domain.refusals import NotHere, UnknownInstrument
from app.services import instrument


@click.group("instrument")
def group() -> None:
    """Look after questionnaires that belong to somebody else."""


@group.command("allow")
@click.argument("name")
@click.option("--line", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="The file with what its owner wrote.")  # fmt: skip
@click.option("--by", required=True, help="Who put it on file.")
@with_appcontext
def allow_instrument(name: str, line: Path, by: str) -> None:
    """Use a questionnaire before visits: its owner's line is on file."""
    words = line.read_text(encoding="utf-8").strip()
    if not words or not by.strip():
        raise click.ClickException("The owner's line is empty, or nobody put it on file.")
    try:
        instrument.allow(name, line=words, by=by.strip(), folder=settings().primer, now=now())
    except UnknownInstrument:
        raise click.ClickException(f"There is no questionnaire {name}.") from None
    except NotHere:
        where = settings().primer / "instruments" / name
        raise click.ClickException(
            f"Its sentences are not here: {where}/LICENCE.md says where they go."
        ) from None
    click.echo(f"{name} is asked before visits from now on.")
