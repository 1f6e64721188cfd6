"""Accounts of people who work here, for whoever runs the machine."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.domain.refusals import NotYours
from app.domain.staff import Role
from app.domain.staff_refusals import AddressTaken
from app.services import clinic, members, staff_rescue, team
from app.services.team import Newcomer, Place

ROLES = click.Choice([role.value for role in Role])


@click.group("staff")
def group() -> None:
    """Look after the accounts of people who work here."""


@group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=ROLES, help="What they do.")
@click.option(
    "--calendar", help="The clinician's name, if it is another; an owner may have one too."
)
@click.option("--all-calendars", is_flag=True, help="A clinician sees the others' calendars too.")
@with_appcontext
def add(email: str, name: str, role: str, calendar: str | None, *, all_calendars: bool) -> None:
    """Make an account and print its one-time link, good for 72 hours."""
    own = _calendar(calendar) if calendar else _calendar_of(name, role)
    place = Place(role=Role(role), clinician_id=own, all_calendars=all_calendars)
    newcomer = Newcomer(
        email=_address(email), name=name.strip(), language=clinic.load().language, place=place
    )
    if not newcomer.name:
        raise click.ClickException("Please give a name.")
    try:
        path = team.add(newcomer, now=now())
    except AddressTaken:
        raise click.ClickException("Somebody with this address works here, or did.") from None
    if place.role is Role.CLINICIAN and own is None:
        click.echo(f"No calendar yet; the owner chooses one of: {_calendars()}.", err=True)
    click.echo(f"{settings().base_url}{path}")


@group.command("list")
@with_appcontext
def list_staff() -> None:
    """List everybody who works here, or did."""
    for member in members.everybody():
        state = "left" if member.left_at else "here" if member.joined_at else "invited"
        click.echo(f"{state:<8} {member.role:<10} {member.email:<40} {member.name}")


@group.command("recover")
@click.argument("email")
@with_appcontext
def recover(email: str) -> None:
    """Print a link, good for 30 minutes, to choose password and second factor anew."""
    try:
        path = staff_rescue.recover(email, now=now())
    except NotYours:
        raise click.ClickException("Nobody with this address works here.") from None
    click.echo(f"{settings().base_url}{path}")


@group.command("end")
@click.argument("email", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody's sessions.")
@with_appcontext
def end(email: str | None, *, everybody: bool) -> None:
    """Sign somebody out wherever they are."""
    if bool(email) == everybody:
        raise click.ClickException("Please give one address, or --all.")
    number = staff_rescue.sign_out(email, now=now())
    if not number and not everybody:
        raise click.ClickException("Nobody with this address works here.")
    click.echo(f"Signed out: {number}.")


def _address(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.ClickException("Please give one address, such as name@example.org.") from error


def _calendar(name: str) -> int:
    known = _named(name)
    if known is None:
        raise click.ClickException(f"There is no such calendar. There are: {_calendars()}.")
    return known


def _calendar_of(name: str, role: str) -> int | None:
    """Return the calendar of a clinician who has the same name as their account."""
    return _named(name) if role == Role.CLINICIAN else None


def _named(name: str) -> int | None:
    wanted = name.strip().casefold()
    clinicians = clinic.load().clinicians.items()
    return next((id_ for id_, one in clinicians if one.name.casefold() == wanted), None)


def _calendars() -> str:
    return ", ".join(one.name for one in clinic.load().clinicians.values())
