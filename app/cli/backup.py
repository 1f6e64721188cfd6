"""Copying the whole book, and opening a copy."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask.cli import with_appcontext

from app.cli import restoring
from app.cli.given import now, settings
from app.services import backup
from app.services.outage import CannotWrite
from app.settings import WrongSetting
from app.storage import age
from app.storage.dump import CannotDump
from app.storage.in_use import InUse

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
RUNNING = 3


@click.command("new-identity")
def new_identity() -> None:
    """Print an identity, which opens backups, and the recipient that BACKUP_RECIPIENT names.

    Do it on another machine: whoever has the identity reads every backup.
    """
    identity, recipient = age.new_identity()
    click.echo(f"# for BACKUP_RECIPIENT: {recipient}\n{identity}")


@click.command("backup")
@click.option("--to", type=FOLDER, help="A folder of yours, instead of BACKUP_DIR.")
@click.option(
    "--keep", default=backup.KEPT.days, show_default=True, help="Days; never below three."
)
@click.option("--plain", is_flag=True, help="Sealed to nobody, and without the keys.")
@with_appcontext
def make_backup(to: Path | None, keep: int, *, plain: bool) -> None:
    """Copy the whole book, with its keys, into a file that only the owner's identity opens."""
    folder, recipient = to or settings().backup_dir, settings().backup_recipient
    if folder is None:
        raise click.ClickException("Where to? Give --to FOLDER, or set BACKUP_DIR.")
    if recipient is None and not plain:
        raise click.ClickException(
            "For whom? Set BACKUP_RECIPIENT (flask new-identity), or say --plain."
        )
    place = backup.Place.of(settings(), folder, None if plain else recipient)
    try:
        made = backup.write(place, kept=timedelta(days=keep), now=now())
    except (CannotWrite, CannotDump, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The backup is {made}.")
    if plain:
        click.echo("Whoever has it reads everything but the health words.")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, help="The file of the identity that opens it.")
@click.option("--verify", is_flag=True, help="Prove it, and touch nothing.")
@click.option("--keys-to", type=FOLDER, help="Write its keys into a folder, and touch nothing.")
@click.option("--resend", is_flag=True, help="Send mails again that were due since it was made.")
@with_appcontext
def restore(
    file: Path, identity: Path | None, keys_to: Path | None, *, verify: bool, resend: bool
) -> None:
    """Prove a backup, and put the book in it in the place of this one, which is kept aside."""
    with TemporaryDirectory(dir=settings().instance) as scratch:
        try:
            opened = restoring.opened(file, identity, Path(scratch))
            if keys_to is not None:
                restoring.write_keys(opened, keys_to)
                return
            if settings().on_sqlite == (opened.manifest["database"] == "sqlite"):
                restoring.prove(opened)
            else:
                raise click.ClickException("It is of the other kind of database: set DATABASE_URL.")
            if not verify:
                restoring.put_back(opened, file.parent, resend=resend)
        except InUse:
            click.echo("Foreword is running: stop web and worker first.", err=True)
            raise SystemExit(RUNNING) from None
        except (CannotDump, WrongSetting, OSError) as error:
            raise click.ClickException(str(error)) from None


COMMANDS = (new_identity, make_backup, restore)
