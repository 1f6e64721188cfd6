"""The nights on which clocks are put, for whoever runs the machine."""

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.cli.given import now
from app.services import clinic as clinics
from app.services import clock_changes
from app.web.clock_changes import in_words


@click.command("clock-changes")
@with_appcontext
def show_clock_changes() -> None:
    """Show each place's next change of the clock, and what is said of appointments around it."""
    clinic = clinics.load()
    found = clock_changes.at_each_place(list(clinic.clinicians), clinic, now=now())
    wrong = 0
    with force_locale(clinic.language.replace("-", "_")):
        for place in in_words(found, clinic, clinic.language):
            click.echo(f"{place.place} ({place.zone})\n  {place.change or 'No change in a year.'}")
            for line in place.lines:
                wrong += not line.agree
                click.echo(f"  {line.reference} {line.doctor}: {'ok' if line.agree else 'WRONG'}")
                for name in ("clinic", "mail", "feed"):
                    click.echo(f"    {name:7}{getattr(line, name) or '-'}")
    if wrong:
        raise click.ClickException(f"{wrong} appointments are told at different times.")
