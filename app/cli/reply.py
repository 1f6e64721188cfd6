"""A mail that was sent back, from a file: for a mail server that hands mails to programs."""

import json
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from app.cli.given import now, settings
from app.mail import reply


@click.command("receive-mail")
@click.argument("file", type=click.File("rb"))
@with_appcontext
def receive_mail(file: BinaryIO) -> None:
    """Take one mail in (-: from the standard input), and say in one JSON line what became of it."""
    chosen = settings()
    mail, done = reply.take_in(
        file.read(), host=chosen.host, authserv_id=chosen.authserv_id, now=now()
    )
    answer = mail.answer
    proposed = answer.proposed if answer and answer.method == "COUNTER" else None
    said = {
        "action": done.action,
        "reason": done.reason,
        "uid": answer.uid if answer else None,
        "partstat": answer.partstat if answer else None,
        "comment": answer.comment if answer else None,
        "proposed_start": proposed.isoformat().replace("+00:00", "Z") if proposed else None,
    }
    click.echo(json.dumps(said))
