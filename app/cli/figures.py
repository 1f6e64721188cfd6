"""How the guide is read: counts, never people."""

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.content import library
from app.content.fields import BadEdition
from app.content.primer import Primer
from app.services import clinic, edition, figures
from app.web.figures import page


@click.command("figures")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def write_figures(out: Path) -> None:
    """Write how many began, stopped and finished, and what they missed and want to talk about."""
    found = figures.count(_guide, now=now())
    guides = {one.edition: guide for one in found if (guide := _guide(one.edition))}
    out.write_text(page(found, guides, clinic.load().language), encoding="utf-8")
    click.echo(f"The figures are in {out}.")


def _guide(name: str) -> Primer | None:
    kept = clinic.load()
    copy = edition.shown(kept, settings().primer, kept.language)
    try:
        return library.primer(replace(copy, edition=name))
    except BadEdition:
        return None
