"""Proving education records and showing them again."""

from hashlib import sha256
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.content.library import Copy
from app.domain.refusals import NotYours
from app.services import clinic, edition, proof, record_copy
from app.web.patient.record_lines import as_then
from app.web.record import page

WORDS = {
    "altered": "does not follow from what stands before it",
    "cut": "is not where the record ended",
    "beginning": "does not begin the reading that is kept",
    "erased": "lost its answers without a withdrawal",
    "edition_gone": "was read in an edition that is not kept here",
    "edition_changed": "was read in words that the edition's files do not give any more",
    "unreadable": "holds something that nobody of us wrote",
    "rewritten": "is not the one whose end the journal noted",
    "gone": "names a reading that is not there",
}


@click.group("record")
def group() -> None:
    """Look after the education records."""


@group.command("verify")
@click.argument("reference", required=False)
@with_appcontext
def verify_records(reference: str | None) -> None:
    """Prove the record of an appointment, or all records: chain, end and every fingerprint."""
    faults = _proved(reference)
    for fault in faults:
        click.echo(f"{fault.record}: entry {fault.entry} {WORDS[fault.code]} ({fault.code})")
    if faults:
        raise click.ClickException(f"{len(faults)} faults")
    click.echo("Every record holds." if reference is None else "The record holds.")


@group.command("show")
@click.argument("reference")
@click.option("--as", "who", required=True, help="Your name: it is noted who hands a record out.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def show_record(reference: str, who: str, out: Path) -> None:
    """Write a record, with the guide exactly as it was shown, into one file to hand out.

    The record keeps the file's fingerprint, the journal who asked for it.
    """
    if not who.strip():
        raise click.ClickException("Please say who hands it out: --as NAME.")
    try:
        copy = record_copy.kept(reference)
    except NotYours:
        raise click.ClickException(f"There is no record of {reference}.") from None
    then = as_then(copy, today())
    for read, found in zip(copy.guides, then.guides, strict=True):
        if found is None:
            click.echo(f"Without the guide of {read.edition}: it is not as it was.", err=True)
    written = page(copy, then).encode()
    record_copy.hand_out(reference, sha256(written).hexdigest(), who=who.strip(), now=now())
    out.touch(mode=0o600)
    out.chmod(0o600)  # also of a file that was there
    out.write_bytes(written)
    click.echo(f"The record is in {out}. It holds health words: hand it over, then remove it.")


def today() -> Copy:
    """Say what the clinic shows now, in its own language."""
    kept = clinic.load()
    return edition.shown(kept, settings().primer, kept.language)


def _proved(reference: str | None) -> list[proof.Fault]:
    try:
        return proof.check(today(), reference)
    except NotYours:
        raise click.ClickException(f"There is no appointment {reference}.") from None
