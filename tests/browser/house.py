"""The demonstration clinic on real processes: gunicorn, the worker, and a SQLite book."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from app.storage.database import Model
from tests.support import processes

DOORS = {
    "EXEMPT_NETWORKS": "127.0.0.0/8",
    "OIDC_ISSUER": "http://127.0.0.1:9",  # an identity provider that is never there
    "OIDC_CLIENT_ID": "foreword",
    "OIDC_CLIENT_SECRET": "x",
}
SESSIONS = {"visitor", "visitor_grant", "proposal_grant"}


@dataclass(frozen=True)
class House:
    """A clinic that answers, and what its owner could look at."""

    address: str
    url: str
    folder: Path
    worker: subprocess.Popen[bytes]

    @contextmanager
    def book(self) -> Iterator[Connection]:
        """Open the clinic's book behind its back; what is written is kept."""
        at_once = {"sqlite_begin": "IMMEDIATE"}  # who only read first cannot write any more
        engine = create_engine(self.url, execution_options=at_once)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def snapshot(self) -> Mapping[str, list[str]]:
        """Return every row of every table but the visitors' sessions."""
        tables = [table.name for table in Model.metadata.sorted_tables]
        with self.book() as book:
            return {
                name: sorted(str(row) for row in book.execute(text(f"SELECT * FROM {name}")))  # noqa: S608  our own names
                for name in tables
                if name not in SESSIONS
            }

    def letters(self, recipient: str) -> list[EmailMessage]:
        """Return the mails to somebody, the oldest first."""
        paths = (self.folder / "instance" / "mail").glob("*.eml")
        theirs = [path for path in paths if recipient.encode() in path.read_bytes()]
        mails = [_read(path) for path in sorted(theirs, key=lambda path: path.stat().st_mtime_ns)]
        return [mail for mail in mails if recipient in str(mail["To"])]

    def letter(self, recipient: str, number: int = 1) -> EmailMessage:
        """Wait for the worker to write somebody's first mail, or a later one; return it."""
        processes.wait_until(
            lambda: len(self.letters(recipient)) >= number,
            self.worker,
            self.folder / "worker.log",
        )
        return self.letters(recipient)[number - 1]


@contextmanager
def opened(folder: Path, *, host: str = "127.0.0.1", url: str | None = None) -> Iterator[House]:
    """Set the demonstration clinic up in a folder and open its doors; on SQLite, unless told."""
    url = url or f"sqlite:///{folder}/clinic.sqlite"
    prepared = processes.flask("prepare", env=processes.environment(url, folder))
    assert prepared.returncode == 0, prepared.stderr
    _with_calendars_of_nobody(url)
    site = processes.start_site(url, folder, host=host, **DOORS)  # type: ignore[arg-type]  # settings
    worker = processes.start_worker(url, folder, base_url=site.address, WORKER_INTERVAL="0.2")
    try:
        yield House(site.address, url, folder, worker)
    finally:
        processes.end(worker)
        site.stop()


def _with_calendars_of_nobody(url: str) -> None:
    """Forget what the demonstration shows of other calendars: stories begin before all that."""
    engine = create_engine(url)
    with engine.begin() as book:
        for table in ("busy_time", "busy_calendar", "subscription", "reply", "mail"):
            book.execute(text(f"DELETE FROM {table}"))  # noqa: S608  our own names
    engine.dispose()


def words_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return what a mail says, as plain text or as HTML."""
    body = mail.get_body((kind,))
    assert body is not None
    words: str = body.get_content()
    return words


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
