import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from flask import Flask

from app.domain.letter import Letter
from app.mail.courier import Courier, Outcome
from app.mail.faults import Refused, ServerAway, TryLater
from app.mail.message import Envelope
from app.mail.smtp import SmtpTransport
from app.mail.transport import Send
from app.services import letters, link, outbox
from tests.conftest import StoppedClock
from tests.mail.samples import HOST, NO_LINKS
from tests.mail.servers import Mailboxes, serving

Look = Callable[[int, datetime], Letter | None]


def owe(app: Flask, clock: StoppedClock, *, mails: int) -> None:
    for number in range(mails):
        link.request(f"p{number}@example.org", language="en", now=clock.now)


def say(mail_id: int, _now: datetime) -> Letter:
    return replace(NO_LINKS, recipient_address=f"p{mail_id}@example.org")


@dataclass
class Post:
    """Takes mails, after the faults it was given are used up."""

    faults: list[Exception] = field(default_factory=list)
    taken: list[Envelope] = field(default_factory=list)

    def send(self, envelope: Envelope) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(envelope)

    @property
    def recipients(self) -> list[str]:
        return [envelope.recipient for envelope in self.taken]


def courier(app: Flask, send: Send, letter: Look = say, *, owner: str = "one") -> Courier:
    return Courier(
        owner=owner, send=send, letter=letter, environment=app.jinja_env, host=lambda: HOST
    )


def kept() -> Iterable[tuple[str, str | None]]:
    return [(line.state, line.fault) for line in outbox.listing()]


def test_every_mail_that_is_due_goes(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=3)
    mailboxes = Mailboxes()

    with serving(mailboxes) as place:
        send = SmtpTransport(f"smtp://{place}", hello=HOST).send
        assert courier(app, send).deliver_due(clock=clock) == 3

    assert len(set(mailboxes.recipients)) == 3
    assert kept() == []
    assert courier(app, Post().send).deliver_due(clock=clock) == 0


def test_f07_one_bad_address_blocks_nobody(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=3)
    first = next(iter(sorted(line.id for line in outbox.listing())))

    def first_is_two(mail_id: int, now: datetime) -> Letter:
        address = "a@b.example,c@d.example" if mail_id == first else "fine@example.org"
        return replace(say(mail_id, now), recipient_address=address)

    post = Post()
    assert courier(app, post.send, first_is_two).deliver_due(clock=clock) == 2

    assert post.recipients == ["fine@example.org"] * 2
    assert kept() == [("refused", "address_malformed")]


def test_f07_a_mailbox_that_refuses_is_given_up_and_seen(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=2)
    post = Post(faults=[Refused("smtp_550")])

    assert courier(app, post.send).deliver_due(clock=clock) == 1

    assert kept() == [("refused", "smtp_550")]


def test_f07_a_mail_not_taken_now_goes_later_under_the_same_name(
    app: Flask, clock: StoppedClock
) -> None:
    owe(app, clock, mails=1)
    seen: list[str] = []

    def cut_off_once(envelope: Envelope) -> None:
        seen.append(str(envelope.message["Message-ID"]))
        if len(seen) == 1:
            raise TryLater("cut_off")

    carry = courier(app, cut_off_once)
    assert carry.deliver_due(clock=clock) == 0
    assert carry.deliver_due(clock=clock) == 0  # too early
    assert kept() == [("owed", "cut_off")]
    clock.forward(minutes=2)
    assert carry.deliver_due(clock=clock) == 1

    assert len(seen) == 2
    assert len(set(seen)) == 1


def test_a_server_that_is_away_is_not_asked_for_every_mail(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=3)
    post = Post(faults=[ServerAway("unreachable")])

    assert courier(app, post.send).deliver_due(clock=clock) == 0

    assert post.taken == []
    assert sorted(kept(), key=str) == [("owed", "unreachable"), ("owed", None), ("owed", None)]


def test_a_mail_that_has_nothing_to_say_any_more_is_withdrawn(
    app: Flask, clock: StoppedClock
) -> None:
    owe(app, clock, mails=1)
    post = Post()

    outcome = courier(app, post.send, lambda _id, _now: None).deliver_next(now=clock.now)

    assert outcome is Outcome.WITHDRAWN
    assert post.taken == []
    assert kept() == []


def test_a_mail_that_cannot_be_written_stops_no_other_and_is_not_lost(
    app: Flask, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    owe(app, clock, mails=2)
    first = min(line.id for line in outbox.listing())

    def fail_once(mail_id: int, now: datetime) -> Letter:
        if mail_id == first:
            raise KeyError("marian@example.org")
        return say(mail_id, now)

    assert courier(app, Post().send, fail_once).deliver_due(clock=clock) == 1

    assert kept() == [("owed", "unwritten_KeyError")]
    assert f"mail {first} not handed over: unwritten_KeyError" in caplog.text
    assert "marian" not in caplog.text


def test_the_log_names_mails_and_faults_but_nobody(
    app: Flask, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="app.mail")
    owe(app, clock, mails=3)
    post = Post(faults=[Refused("smtp_550"), TryLater("smtp_451")])

    courier(app, post.send).deliver_due(clock=clock)

    ours = [record.getMessage() for record in caplog.records if record.name == "app.mail.courier"]
    assert len(ours) == 3
    assert not any("@" in line or "example" in line for line in ours)


def test_a_courier_that_dies_leaves_its_mail_to_another(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=1)

    def die(_envelope: Envelope) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        courier(app, die).deliver_due(clock=clock)
    post = Post()
    other = courier(app, post.send, owner="other")
    assert other.deliver_due(clock=clock) == 0  # still leased
    clock.forward(minutes=6)
    assert other.deliver_due(clock=clock) == 1

    assert len(post.taken) == 1


def test_f09_a_slow_server_keeps_nobody_from_the_other_mails(
    app: Flask, clock: StoppedClock
) -> None:
    owe(app, clock, mails=6)
    post, other = Post(), Post()

    def slowly(envelope: Envelope) -> None:
        clock.forward(seconds=60)
        courier(app, other.send, owner="other").deliver_next(now=clock.now)
        post.send(envelope)

    courier(app, slowly).deliver_due(clock=clock)

    assert len(post.taken) == len(other.taken) == 3
    assert len(set(post.recipients + other.recipients)) == 6


def test_a_courier_stops_between_two_mails_when_told(app: Flask, clock: StoppedClock) -> None:
    owe(app, clock, mails=2)
    post = Post()

    courier(app, post.send).deliver_due(clock=clock, stopping=lambda: bool(post.taken))

    assert len(post.taken) == 1


def test_who_asks_for_links_is_answered_even_when_there_are_none(
    app: Flask, clock: StoppedClock
) -> None:
    link.request("nobody@example.org", language="en", now=clock.now)
    post = Post()

    def look(mail_id: int, now: datetime) -> Letter | None:
        return letters.letter(mail_id, base_url="http://localhost", emergency_number="911", now=now)

    courier(app, post.send, look).deliver_due(clock=clock)

    (envelope,) = post.taken
    assert envelope.recipient == "nobody@example.org"
    body = envelope.message.get_body(("plain",))
    assert body
    assert "There is no coming appointment under this e-mail address." in body.get_content()
