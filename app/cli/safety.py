"""The limits of the safety check, for the clinic's medical lead."""

import click
from flask.cli import with_appcontext

from app.cli.given import now
from app.cli.record import today
from app.domain.refusals import LimitLoosened, UnknownLimit
from app.domain.safety import Limit
from app.services import safety_limits

STOPS_MORE = {"<=": "larger", "<": "larger", ">": "smaller", ">=": "smaller"}


@click.group("safety")
def group() -> None:
    """Look after the safety check."""


@group.command("limits")
@with_appcontext
def list_limits() -> None:
    """List the limits, and which way each can be tightened."""
    for limit in safety_limits.standing(today()):
        click.echo(f"{limit.id:<11} {limit.what} {limit.value} {limit.unit} ({_way(limit)})")


@group.command("tighten")
@click.argument("limit")
@click.argument("value", type=int)
@click.option("--name", "who", required=True, help="Who decides it.")
@click.option("--role", required=True, help="As what they decide it.")
@with_appcontext
def tighten_limit(limit: str, value: int, who: str, role: str) -> None:
    """Let a question of the safety check stop more people; it cannot be loosened again."""
    if not who.strip() or not role.strip():
        raise click.ClickException("Please say who decides it, and as what.")
    try:
        new = safety_limits.tighten(
            limit, value, today=today(), who=who.strip(), role=role.strip(), now=now()
        )
    except UnknownLimit:
        raise click.ClickException(f"There is no limit {limit}: see flask safety limits.") from None
    except LimitLoosened:
        raise click.ClickException("A limit can only be tightened: it stops more people.") from None
    click.echo(f"{new.id}: {new.what} {new.value} {new.unit}, from now on.")


def _way(limit: Limit) -> str:
    if limit.follows is not None:
        return f"follows {limit.follows}"
    return f"tighter is {STOPS_MORE[limit.op]}"
