"""Setting up a clinic, and what it owes."""

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.cli.given import now, settings
from app.services import clinic, demo, outbox, start


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; an empty one gets the demonstration clinic."""
    upgrade()
    if not clinic.is_set_up():
        demo.load(now=now())
    if wrong := start.check(settings()):
        raise click.ClickException("Foreword does not start.\n" + "\n".join(wrong))


@click.command("demo")
@with_appcontext
def load_demo() -> None:
    """Set up the demonstration clinic; refuses a database with another clinic in it."""
    try:
        new = demo.load(now=now())
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


COMMANDS = (prepare, load_demo, list_outbox)
