"""Setting up a clinic, and what it owes."""

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.cli.given import now, passwords, settings
from app.services import clinic, demo, demo_calendars, demo_staff, outbox, start


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; an empty one gets the demonstration clinic."""
    upgrade()
    _hire(new=not clinic.is_set_up() and demo.load(now=now()))
    if wrong := start.check(settings()):
        raise click.ClickException("Foreword does not start.\n" + "\n".join(wrong))
    if clinic.load().demonstration:
        _say_how_to_sign_in()


def _hire(*, new: bool) -> None:
    """Give the demonstration clinic its staff, and a new one the calendars they look after."""
    demo_staff.load(passwords=passwords(), now=now())
    if new:
        demo_calendars.load(now=now())


def _say_how_to_sign_in() -> None:
    """Say it for `./run`; whoever left the demonstration's people as they are can use it."""
    people = ", ".join(f"{email} ({role})" for email, _, role, _ in demo_staff.PEOPLE)
    click.echo(f"Staff of the demonstration clinic sign in at {settings().base_url}/staff/sign-in")
    click.echo(f"as {people},")
    click.echo(f"with the password: {demo_staff.PASSWORD}. The next page shows the code.")


@click.command("demo")
@with_appcontext
def load_demo() -> None:
    """Set up the demonstration clinic; refuses a database with another clinic in it."""
    try:
        new = demo.load(now=now())
        _hire(new=new)
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
