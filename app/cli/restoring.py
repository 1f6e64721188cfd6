"""The steps of a restore, each said in a sentence."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import move

import click
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from app.cli.given import now, settings
from app.cli.record import today
from app.factory import create_app
from app.services import clinic, irrevocable, journal_proof, proof, restoring
from app.services.backup import keys_of
from app.services.restoring import Opened
from app.settings import ROOT, Settings, WrongSetting, field_key
from app.settings.reading import write_private
from app.storage import dump, in_use
from app.storage.age import CannotOpenFile
from app.storage.database import db
from app.storage.dump import CannotDump


def opened(file: Path, identity: Path | None, scratch: Path) -> Opened:
    """Open a backup and compare it with its manifest."""
    try:
        found = restoring.open_(file, identity.read_text("ascii") if identity else None, scratch)
    except CannotOpenFile:
        raise CannotDump("It cannot be opened: cut, changed, or sealed for another.") from None
    except ValueError as error:
        raise CannotDump(f"It cannot be opened: {error}.") from None
    restoring.check(found)
    click.echo(f"It was made at {found.made_at:%Y-%m-%d %H:%M} UTC, and is whole.")
    return found


def write_keys(found: Opened, folder: Path) -> None:
    """Write the keys as files that the settings can name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, values in found.keys.items():
        write_private(folder / name.lower(), ",".join(values))
    click.echo(f"The keys are in {folder}: {', '.join(f'{name}_FILE' for name in found.keys)}.")


def prove(found: Opened) -> None:
    """Prove journal and records of a SQLite book; of PostgreSQL's, once it is put back."""
    if settings().on_sqlite:
        theirs = _with_keys(settings(), found, database_url=f"sqlite:///{found.book}")
        _prove(_app(theirs))
    else:
        click.echo("Journal and records are proved when it is put into an empty database.")


def _prove(app: Flask) -> None:
    with app.app_context():
        upgrade()
        faults = [f"line {one.line} ({one.code})" for one in journal_proof.check().faults]
        if clinic.is_set_up():
            faults += [
                f"{one.record}, entry {one.entry} ({one.code})" for one in proof.check(today())
            ]
        db.session.remove()
        db.engine.dispose()  # the last connection folds the write-ahead log in
    if faults:
        raise CannotDump("\n".join(["What is in it does not hold:", *faults]))
    click.echo("Its journal and its records hold.")


def put_back(found: Opened, beside: Path, *, resend: bool) -> None:
    """Put the book into place, keys and all, and make it safe to open."""
    _check_keys(found)
    at, theirs, book = now(), _with_keys(settings(), found), settings().book
    db.session.remove()
    db.engine.dispose()
    if book is None:
        dump.put_back(found.book)
        _prove(_app(theirs))
        _settle(theirs, found, beside, resend=resend, at=at)
        return
    with in_use.alone(book):
        aside = book.parent / f"before-restore-{at:%Y-%m-%dT%H-%M-%SZ}"
        _keep_aside(book, aside, found)
        move(found.book, book)
        _settle(theirs, found, beside, resend=resend, at=at)
    click.echo(f"What was there before is in {aside}.")


def _keep_aside(book: Path, aside: Path, found: Opened) -> None:
    """Move the old book away with its log, since a new one would be read with it; keys too."""
    aside.mkdir(mode=0o700)
    for suffix in ("", "-wal", "-shm"):
        old = book.with_name(book.name + suffix)
        if old.exists():
            move(old, aside / old.name)
    for name, values in found.keys.items():
        path = _key_file(name)
        if path.exists() and len(values) == 1:
            move(path, aside / path.name)
            write_private(path, values[0])


def _check_keys(found: Opened) -> None:
    """Refuse settings that could not open what the book has sealed; made key files are replaced."""
    sealed_by = found.keys.get("FIELD_KEYS", [])
    ours = set(keys_of(settings())["FIELD_KEYS"])
    replaced = _key_file("FIELD_KEYS").exists() and len(sealed_by) == 1
    if not replaced and not ours >= set(sealed_by):
        raise WrongSetting("FIELD_KEYS", "is not the backup's: restore --keys-to writes that one")


def _key_file(name: str) -> Path:
    return settings().instance / f"{name.lower()}.key"


def _settle(theirs: Settings, found: Opened, beside: Path, *, resend: bool, at: datetime) -> None:
    """Do again what was revoked since, and keep back what was due."""
    with _app(theirs).app_context():
        last = irrevocable.newest(beside, since=found.made_at)
        kept_back = restoring.settle(found.made_at, last, resend=resend, now=at)
        db.session.remove()
        db.engine.dispose()
    if last is None:
        click.echo(f"No {irrevocable.NAME} beside it: what was revoked since is good again.")
    click.echo(f"The book is back; everybody signs in anew. Mails not sent again: {kept_back}.")


def _with_keys(own: Settings, found: Opened, database_url: str | None = None) -> Settings:
    """Return settings with the backup's keys, as far as it has any."""
    theirs = replace(own, database_url=database_url or own.database_url)
    if not found.keys:
        return theirs
    return replace(
        theirs,
        field_keys=tuple(field_key(text) for text in found.keys["FIELD_KEYS"]),
        link_keys=tuple(found.keys["LINK_KEY"]),
    )


def _app(theirs: Settings) -> Flask:
    app = create_app(theirs, clock=current_app.extensions["clock"])
    Migrate(app, db, directory=str(ROOT / "migrations"))
    return app
