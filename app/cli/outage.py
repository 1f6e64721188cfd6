"""The outage pack, whenever somebody wants one."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.services.outage import CannotWrite
from app.web import outage


@click.command("outage-pack")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="A folder of yours.")
@with_appcontext
def write_outage_pack(to: Path | None) -> None:
    """Write the next three days as PDF, calendars and a table; the worker does every night."""
    try:
        made = outage.write(to or settings().outage, now=now())
    except (CannotWrite, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The outage pack is in {made}. It holds names and numbers of patients.")
