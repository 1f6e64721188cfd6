"""The clinic's mailbox on a real server: taken in, moved, and nothing lost or done twice."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event, Thread

import pytest

from app.mail.filing import FOR_A_PERSON, PROCESSED, TAKEN
from app.mail.inbox import Inbox, Waits
from tests.conftest import MONDAY_8AM
from tests.mail.sent_back import words
from tests.support import dovecot
from tests.support.dovecot import Server

MAIL, TO_READ = words("pat@example.org"), words("person@example.org")
INBOX_ONLY = "lrwsip"
READ_ONLY = "lrip"
QUICK = Waits(answer=10, news=20, faults=(0.05, 0.1))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Give a mailbox server."""
    with dovecot.running() as started:
        yield started


@dataclass
class Clinic:
    """What a clinic has taken in, and what it knows of its mailbox."""

    taken: list[bytes] = field(default_factory=list)
    faults: list[str | None] = field(default_factory=list)
    news: Event = field(default_factory=Event)
    told: Event = field(default_factory=Event)
    fails: bool = False

    def inbox(self, url: str, **others: object) -> Inbox:
        """Give the clinic a mailbox."""
        made = Inbox(
            url=url, take_in=self.take_in, note=self.note, clock=lambda: MONDAY_8AM, waits=QUICK
        )
        return replace(made, **others)  # type: ignore[arg-type]  # fields of it

    def take_in(self, data: bytes, _now: datetime) -> bool:
        """Take a mail in."""
        if self.fails:
            raise OSError("the machine stops here")
        self.taken.append(data)
        self.news.set()
        return b"person@" in data

    def note(self, code: str | None, _now: datetime) -> bool:
        """Note what is wrong, as the book does: only what is news."""
        new = code != (self.faults[-1] if self.faults else None)
        self.faults += [code] if new else []
        self.told.set()
        return new


@pytest.fixture
def clinic() -> Clinic:
    """Give a clinic that has taken in nothing yet."""
    return Clinic()


def test_mails_are_taken_in_as_they_came_and_moved(server: Server, clinic: Clinic) -> None:
    server.deliver("one", MAIL, TO_READ, MAIL)

    clinic.inbox(server.url("one")).look()

    assert clinic.taken == [MAIL, TO_READ, MAIL]
    assert server.holds("one") == {PROCESSED: 2, FOR_A_PERSON: 1}
    assert clinic.faults == []


def test_a_mail_stays_where_it_is_until_it_was_taken_in(server: Server, clinic: Clinic) -> None:
    server.deliver("two", MAIL)
    clinic.fails = True

    clinic.inbox(server.url("two")).look()

    assert server.holds("two") == {"INBOX": 1}
    clinic.fails = False
    clinic.inbox(server.url("two")).look()
    assert (clinic.taken, server.holds("two")) == ([MAIL], {PROCESSED: 1})


def test_of_a_mail_of_twenty_megabytes_only_the_first_is_fetched(
    server: Server, clinic: Clinic
) -> None:
    server.deliver("three", MAIL + b"x" * 20_000_000)

    clinic.inbox(server.url("three")).look()

    assert [len(one) for one in clinic.taken] == [1024 * 1024 + 1]
    assert server.holds("three") == {PROCESSED: 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda url: url.replace("seven", "eight"), "login_refused"),
        (lambda url: url.rpartition(":")[0] + ":1", "unreachable"),
        (lambda url: url + "/Nowhere", "refused"),
        (lambda url: url + "?starttls=1", "tls"),
    ],
)
def test_what_is_wrong_with_the_mailbox_is_said_by_a_code(
    server: Server, clinic: Clinic, change: Callable[[str], str], code: str
) -> None:
    clinic.inbox(change(server.url("four"))).look()

    assert clinic.faults == [code]


def test_a_mailbox_is_read_over_tls_only_from_a_server_that_is_known(
    server: Server, clinic: Clinic
) -> None:
    server.deliver("five", MAIL)
    url = (
        server.url("five")
        .replace("imap:", "imaps:")
        .replace(f"{server.port}", f"{server.tls_port}")
    )
    trusted = ssl.create_default_context(cafile=str(server.certificate))

    clinic.inbox(url).look()
    assert (clinic.faults, clinic.taken) == (["tls"], [])
    clinic.inbox(url, context=trusted).look()

    assert (clinic.faults, clinic.taken) == (["tls", None], [MAIL])


def watched(clinic: Clinic, inbox: Inbox, stopping: Event) -> Thread:
    thread = Thread(target=inbox.watch, args=(stopping,), daemon=True)
    thread.start()
    return thread


def test_a_mail_that_comes_is_taken_in_at_once_where_the_server_tells_of_it(
    server: Server, clinic: Clinic
) -> None:
    stopping, waits = Event(), Waits(news=600)
    watched(clinic, clinic.inbox(server.url("six"), waits=waits), stopping)
    server.deliver("six", MAIL)
    assert clinic.news.wait(20)
    clinic.news.clear()

    server.deliver("six", TO_READ)

    assert clinic.news.wait(20)
    stopping.set()
    assert clinic.taken == [MAIL, TO_READ]


def test_where_the_server_tells_of_nothing_it_is_asked_again(clinic: Clinic) -> None:
    stopping, waits = Event(), Waits(news=0.05)
    with dovecot.running(idle=False) as silent:
        thread = watched(clinic, clinic.inbox(silent.url("one"), waits=waits), stopping)
        silent.deliver("one", MAIL)
        assert clinic.news.wait(20)
        stopping.set()
        thread.join(20)

        assert (clinic.taken, silent.holds("one")) == ([MAIL], {PROCESSED: 1})


def test_f10_a_server_that_is_away_is_said_once_and_tried_until_it_is_back(clinic: Clinic) -> None:
    stopping = Event()
    with dovecot.running() as first:
        url = first.url("one")
    thread = watched(clinic, clinic.inbox(url, waits=replace(QUICK, news=0.05)), stopping)
    assert clinic.told.wait(20)

    with dovecot.running(port=first.port) as again:
        again.deliver("one", MAIL)
        assert clinic.news.wait(20)
        stopping.set()
        thread.join(20)

    said, *_while_it_starts, last = clinic.faults
    assert (said, last) == ("unreachable", None)
    assert clinic.taken == [MAIL]


def test_where_no_folder_can_be_made_every_mail_is_taken_in_once_and_marked(
    clinic: Clinic,
) -> None:
    with dovecot.running(rights=INBOX_ONLY) as narrow:
        narrow.deliver("one", MAIL, TO_READ)

        clinic.inbox(narrow.url("one")).look()
        narrow.deliver("one", MAIL)
        for _ in range(2):
            clinic.inbox(narrow.url("one")).look()

        assert clinic.taken == [MAIL, TO_READ, MAIL]
        assert clinic.faults == []
        assert narrow.flags("one") == [(TAKEN,), (TAKEN, "\\Flagged"), (TAKEN,)]


def test_a_mail_that_somebody_opened_first_is_taken_in_all_the_same(clinic: Clinic) -> None:
    with dovecot.running(rights=INBOX_ONLY) as narrow:
        narrow.deliver("one", MAIL)
        with narrow.mailbox("one") as box:
            box.flag(box.uids(), "\\Seen", value=True)

        clinic.inbox(narrow.url("one")).look()

    assert clinic.taken == [MAIL]


def test_a_mailbox_that_can_only_be_read_is_said_to_be(clinic: Clinic) -> None:
    with dovecot.running(rights=READ_ONLY) as narrow:
        narrow.deliver("one", MAIL, TO_READ)

        clinic.inbox(narrow.url("one")).look()

        assert clinic.faults == ["read_only"]
        assert narrow.holds("one") == {"INBOX": 2}
