"""Proving that nobody changed the journal."""

import click
from flask.cli import with_appcontext

from app.services import journal_proof

WORDS = {
    "altered": "is not as it was written",
    "gone": "was taken away",
    "slipped_in": "was put in later",
}


@click.group("journal")
def group() -> None:
    """Look after the journal of who changed what."""


@group.command("verify")
@click.option("--head", help="A head that was noted down before: it must still be there.")
@with_appcontext
def verify_journal(head: str | None) -> None:
    """Prove every line of the journal, and name each that somebody changed."""
    proof = journal_proof.check()
    for fault in proof.faults:
        click.echo(f"line {fault.line} {WORDS[fault.code]} ({fault.code})")
    cut = head is not None and not journal_proof.holds(head)
    if cut:
        click.echo("the head is not in the journal: its end was cut off (cut)")
    if proof.faults or cut:
        raise click.ClickException(f"{len(proof.faults) + cut} faults")
    click.echo(f"{proof.lines} lines; up to line {proof.bound} every line holds.")
    click.echo(f"Note this down elsewhere, for --head: {proof.head or 'nothing is bound yet'}")
