"""The worker's door: round after round, what is due is done."""

import logging
import os
import secrets
import signal
import socket
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Event, Thread
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.clock import Clock
from app.content import library
from app.domain.letter import Letter
from app.fetch.rounds import Reader
from app.mail.courier import Courier
from app.mail.inbox import Inbox, inbox_of
from app.mail.transport import transport_of
from app.services import (
    backup,
    declined,
    edition,
    ends,
    forget,
    irrevocable,
    journal_proof,
    letters,
    pressure,
    proposal,
    start,
    to_read_rule,
)
from app.services import clinic as clinics
from app.services.outage import CannotWrite
from app.services.waiting_offers import Rounds
from app.settings import Settings
from app.storage import in_use
from app.storage.database import db
from app.storage.dump import CannotDump
from app.web import outage

log = logging.getLogger(__name__)

AN_HOUR = timedelta(hours=1)
PATIENCE = 4  # seconds to finish the mail under way; a lease brings back what was not


def init_app(app: Flask) -> None:
    """Add the worker to `flask`."""
    app.cli.add_command(work)


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, then end.")
@with_appcontext
def work(*, once: bool) -> None:
    """Send what is due and forget what has run out, round after round."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way
    worker = build(app)
    if once:
        worker.round()
    else:
        replace(worker, watching=True).run()


@dataclass(frozen=True, slots=True)
class Worker:
    """One of any number of workers on any number of machines; leases keep them apart."""

    app: Flask
    settings: Settings
    clock: Clock
    courier: Courier
    reader: Reader
    inbox: Inbox | None = None
    watching: bool = False  # the inbox, in a thread of its own
    stopping: Event = field(default_factory=Event)
    rounds: Rounds = field(default_factory=Rounds)  # of the waiting list
    looked: set[datetime] = field(default_factory=set)  # in this quarter of an hour
    warned: set[date] = field(default_factory=set)  # on these days staff were told
    told: set[date] = field(default_factory=set)  # on these days owners got the journal's end
    faults: dict[str, datetime] = field(default_factory=dict)  # what to try again, and when

    def round(self) -> None:
        """Look for a flood, end and make offers, forget, hand mails over, read calendars, pack."""
        if clinics.is_set_up():
            clinics.keep_host(self.settings.host, now=self.clock())
            pressure.watch(now=self.clock())
            proposal.lapse(now=self.clock())
            self.rounds.run(now=self.clock())
            forget.run(now=self.clock())
            journal_proof.bind(now=self.clock())
            declined.free(clinic=clinics.load(), now=self.clock())
            self._look_after_guides()
            self._warn()
            self.courier.deliver_due(clock=self.clock, stopping=self.stopping.is_set)
            if self.inbox is not None and not self.watching:
                self.inbox.look()
            self.reader.read_due(clock=self.clock, stopping=self.stopping.is_set)
            self._pack()
            self._back_up()
            self._tell_ends()
        db.session.remove()

    def _look_after_guides(self) -> None:
        """See to the guides that are open, four times an hour."""
        now = self.clock()
        quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
        if quarter not in self.looked:
            self.looked.clear()
            self.looked.add(quarter)
            to_read_rule.look_after(now=now)

    def _warn(self) -> None:
        """Say once a day that somebody must look the guide over."""
        today = self.clock().date()
        if today not in self.warned:
            self.warned.add(today)
            for warning in edition.due(self.settings.primer, now=self.clock()):
                log.warning("%s", warning)

    def _tell_ends(self) -> None:
        """Tell the owners once a day where the journal ends."""
        today = self.clock().date()
        if today not in self.told:
            ends.tell(now=self.clock())
            self.told.add(today)

    def _pack(self) -> None:
        """Write tonight's outage pack, if no other worker did; after a fault, an hour later."""
        now = self.clock()
        if self.stopping.is_set() or now < self.faults.get("outage", now):
            return
        try:
            outage.write(self.settings.outage, now=now, wait=False)
        except Exception as error:  # noqa: BLE001  whatever is wrong with it keeps no mail back
            self.faults["outage"] = now + AN_HOUR
            said = str(error) if isinstance(error, OSError | CannotWrite) else type(error).__name__
            log.error("no outage pack was written: %s", said)  # noqa: TRY400  a path, no values

    def _back_up(self) -> None:
        """Make this hour's backup, if there is a place for it; after a fault, an hour later."""
        now, folder = self.clock(), self.settings.backup_dir
        waits = self.stopping.is_set() or now < self.faults.get("backup", now)
        if waits or folder is None:
            return
        try:
            if backup.is_due(folder, now=now):
                to = self.settings.backup_recipient
                backup.write_due(backup.Place.of(self.settings, folder, to), now=now)
            elif irrevocable.is_due(folder, now=now):
                irrevocable.keep(folder, now=now)
        except Exception as error:  # noqa: BLE001  whatever is wrong with it keeps no mail back
            self.faults["backup"] = now + AN_HOUR
            ours = isinstance(error, OSError | CannotWrite | CannotDump)
            log.error("no backup was made: %s", error if ours else type(error).__name__)  # noqa: TRY400  a path, no values

    def run(self) -> None:
        """Go round until told to stop; the mail under way is finished first, if it is quick."""
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, self._stop)
        signal.signal(signal.SIGALRM, self._leave)
        self._stop_unless_in_order()
        self._hold_book()
        log.info("worker %s begins", self.courier.owner)
        if self.inbox is not None:
            Thread(target=self._watch, args=(self.inbox,), daemon=True).start()
        while not self.stopping.is_set():
            try:
                self.round()
            except Exception as error:  # noqa: BLE001  the loop outlives whatever goes wrong
                log.error("round failed: %s", type(error).__name__)  # noqa: TRY400  no values
                db.session.remove()
            self.stopping.wait(self.settings.worker_interval)
        log.info("worker %s ends", self.courier.owner)

    def _watch(self, inbox: Inbox) -> None:
        """Take in what comes, beside the rounds: waiting for news holds up no mail that is owed."""
        with self.app.app_context():
            while not self.stopping.is_set():
                try:
                    inbox.watch(self.stopping)
                except Exception as error:  # noqa: BLE001  as in the rounds
                    log.error("inbox failed: %s", type(error).__name__)  # noqa: TRY400  no values
                    db.session.remove()
                self.stopping.wait(self.settings.worker_interval)

    def _stop_unless_in_order(self) -> None:
        try:
            wrong = start.check(self.settings) if clinics.is_set_up() else []
        except DBAPIError:
            return  # the database is away: the rounds wait for it
        if wrong:
            raise SystemExit("\n".join(["The worker does not start.", *wrong]))

    def _hold_book(self) -> None:
        """Keep a SQLite book from being restored under our hands."""
        if self.settings.book is not None:
            try:
                in_use.share(self.settings.book)
            except in_use.InUse:
                raise SystemExit("The worker does not start: the book is being restored.") from None

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopping.is_set():
            self._leave(number, frame)
        self.stopping.set()
        signal.alarm(PATIENCE)

    def _leave(self, _signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)


def build(app: Flask) -> Worker:
    """Put a worker together."""
    settings: Settings = app.extensions["settings"]
    clock: Clock = app.extensions["clock"]
    courier = Courier(
        owner=f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}",
        send=transport_of(settings),
        letter=lambda mail_id, now: _letter(settings, mail_id, now),
        environment=app.jinja_env,
        host=lambda: clinics.load().host(settings.host),
    )
    reader, inbox = Reader(owner=courier.owner), inbox_of(settings, clock)
    return Worker(app, settings, clock, courier, reader, inbox=inbox)


def _letter(settings: Settings, mail_id: int, now: datetime) -> Letter | None:
    clinic = clinics.load()
    copy = edition.shown(clinic, settings.primer, clinic.language)

    def signs(language: str) -> tuple[str, ...]:
        spoken = library.written_in(language, copy.folder, copy.edition, copy.jurisdiction)
        return library.safety(replace(copy, language=spoken)).short

    said = letters.letter(
        mail_id,
        base_url=settings.base_url,
        emergency_number=library.pack(copy).emergency_number,
        now=now,
        signs=signs,
    )
    return said and replace(said, answers_read=settings.imap_url is not None)
