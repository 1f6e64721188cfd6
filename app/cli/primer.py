"""Looking after the primer."""

import os
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.content import library, manifest
from app.content.check import findings
from app.content.editions import editions, languages
from app.content.fields import BadEdition
from app.content.library import Copy
from app.services import clinic, edition
from app.web.diff import page


@click.group("primer")
def group() -> None:
    """Look after the primer."""


@group.command("check")
@with_appcontext
def check_primer() -> None:
    """Check that every edition is complete, sourced and readable."""
    folder = settings().primer
    found = findings(folder, today=now().date())
    for finding in found:
        click.echo(
            f"{os.path.relpath(finding.file, Path.cwd())}:{finding.line}: {finding.sentence}"
        )
    if found:
        raise click.ClickException(f"{len(found)} findings")
    click.echo("The primer is in order.")


@group.command("status")
@with_appcontext
def say_status() -> None:
    """Say which edition is shown, who signed it, and by when it must be looked over."""
    shown = clinic.load()
    for language in languages(settings().primer, shown.edition):
        found = edition.standing(shown, _copy(shown.edition, language), now=now())
        signed = found.signature
        who = f"signed by {signed.name}, {signed.role}, {signed.at:%Y-%m-%d}" if signed else ""
        click.echo(
            f"{found.edition} {language}: {found.state}, to be looked over by {found.review_by},"
            f" {who or 'not signed'}; {shown.name} answers for it"
        )


@group.command("sign")
@click.argument("name_of_edition", metavar="EDITION")
@click.option("--language", required=True)
@click.option("--name", required=True, help="Who answers for the words.")
@click.option("--role", required=True, help="As what, such as: spine doctor.")
@click.option("--withdraw", is_flag=True, help="Take the signature back.")
@with_appcontext
def sign(name_of_edition: str, language: str, name: str, role: str, *, withdraw: bool) -> None:
    """Put a name under an edition in one language, for the clinic's country."""
    kind = edition.WITHDRAWN if withdraw else edition.SIGNED
    try:
        made = edition.sign(
            _copy(name_of_edition, language), name=name, role=role, kind=kind, now=now()
        )
    except BadEdition as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{kind}: {made.edition} {made.language} {made.jurisdiction} {made.bundle_sha}")


@group.command("use")
@click.argument("name_of_edition", metavar="EDITION")
@with_appcontext
def use(name_of_edition: str) -> None:
    """Show an edition from now on; after a major change, ask coming patients to look again."""
    try:
        asked = edition.put_in_use(_copy(name_of_edition, clinic.load().language), now=now())
    except BadEdition as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name_of_edition} is shown from now on; {asked} patients are asked to look again.")


@group.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--language", default="en", show_default=True)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def diff(old: str, new: str, language: str, out: Path) -> None:
    """Write what is different between two editions as a page to read."""
    try:
        pair = [library.primer(_copy(name, language)) for name in (old, new)]
    except BadEdition as error:
        raise click.ClickException(str(error)) from error
    out.write_text(page(*pair), encoding="utf-8")
    click.echo(f"The page is in {out}.")


@group.command("freeze")
@click.argument("name_of_edition", metavar="EDITION")
@with_appcontext
def freeze(name_of_edition: str) -> None:
    """Write the sums of an edition's files: from then on `primer check` finds every change."""
    folder = settings().primer
    if name_of_edition not in editions(folder):
        raise click.ClickException(f"There is no edition {name_of_edition}.")
    if manifest.is_frozen(folder / name_of_edition):
        raise click.ClickException(f"{name_of_edition} is frozen: a change is a new edition.")
    click.echo(f"{manifest.freeze(folder / name_of_edition)} files of {name_of_edition} frozen.")


def _copy(name: str, language: str) -> Copy:
    shown = edition.shown(clinic.load(), settings().primer, language)
    return replace(shown, edition=name)
