"""The doctor's page as a file, for whoever runs the machine."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now
from app.cli.record import today
from app.domain.refusals import NotYours
from app.services import brief
from app.web.brief import page


@click.command("brief")
@click.argument("reference")
@click.option("--as", "who", required=True, help="Your name: it is noted who reads a page.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write.")
@with_appcontext
def write_brief(reference: str, who: str, out: Path | None) -> None:
    """Write the doctor's page of an appointment, to print; the journal says who asked for it."""
    if not who.strip():
        raise click.ClickException("Please say who reads it: --as NAME.")
    try:
        made = brief.write(reference, today=today(), who=who.strip(), now=now())
    except NotYours:
        raise click.ClickException(f"There is no appointment {reference}.") from None
    if out is None:
        click.echo(page(made))
        return
    out.touch(mode=0o600)
    out.chmod(0o600)  # also of a file that was there
    out.write_text(page(made), encoding="utf-8")
    click.echo(f"The page is in {out}. It holds health words: print it, then remove it.")
