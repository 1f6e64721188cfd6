import re
from pathlib import Path

import pytest

from app.mail.faults import Refused, ServerAway, TryLater
from app.mail.smtp import Limits, server_of
from app.settings import Settings, WrongSetting
from tests.mail.conftest import Write
from tests.mail.samples import BOOKED
from tests.mail.servers import (
    Certificate,
    Mailboxes,
    certificate,
    dribbling,
    free_port,
    lets_in,
    serving,
    transport,
)

HASTY = Limits(connect=1, command=0.3, whole=0.5)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


def unbound(data: bytes) -> bytes:
    """Leave the marks between the parts out: they are new whenever a mail is put on the wire."""
    return re.sub(rb"={15}\d+==", b"", data)


def test_a_mail_reaches_one_mailbox_and_is_what_we_wrote(written: Write) -> None:
    envelope, mailboxes = written(BOOKED), Mailboxes()

    with serving(mailboxes) as place:
        transport(f"smtp://{place}").send(envelope)

    assert mailboxes.recipients == ["marian@example.org"]
    assert mailboxes.senders == ["book@harbor.example"]
    assert unbound(mailboxes.mails[0]) == unbound(envelope.message.as_bytes())


@pytest.mark.parametrize("code", [550, 553, 552])
def test_f07_a_mailbox_that_is_refused_for_good_is_not_tried_again(
    code: int, written: Write
) -> None:
    with (
        serving(Mailboxes(answer_to_recipient=f"{code} no")) as place,
        pytest.raises(Refused, match=f"smtp_{code}"),
    ):
        transport(f"smtp://{place}").send(written(BOOKED))


@pytest.mark.parametrize(
    "mailboxes",
    [Mailboxes(answer_to_recipient="451 later"), Mailboxes(answer_to_mail="452 full")],
)
def test_f07_a_server_that_says_later_is_asked_later(mailboxes: Mailboxes, written: Write) -> None:
    with serving(mailboxes) as place, pytest.raises(TryLater, match="smtp_45"):
        transport(f"smtp://{place}").send(written(BOOKED))

    assert not mailboxes.mails


def test_f07_a_mail_that_is_refused_for_good_is_not_tried_again(written: Write) -> None:
    with (
        serving(Mailboxes(answer_to_mail="554 no")) as place,
        pytest.raises(Refused, match="smtp_554"),
    ):
        transport(f"smtp://{place}").send(written(BOOKED))


def test_f08_a_server_gone_before_it_said_yes_gets_the_mail_again(written: Write) -> None:
    with serving(Mailboxes(drops=True)) as place, pytest.raises(TryLater, match="cut_off"):
        transport(f"smtp://{place}").send(written(BOOKED))


NOBODY = (f"127.0.0.1:{free_port()}", "no-such-host.invalid:25")


@pytest.mark.parametrize("host", NOBODY, ids=["refusing", "unknown"])
def test_f07_a_server_nobody_answers_for_says_nothing_about_the_mail(
    host: str, written: Write
) -> None:
    with pytest.raises(ServerAway, match="unreachable"):
        transport(f"smtp://{host}").send(written(BOOKED))


@pytest.mark.parametrize(
    ("greeting", "again"),
    [(b"", False), (b"220 hello\r\n", False), (b"220-wait\r\n", True)],
    ids=["silent", "polite", "endless"],
)
def test_f09_a_slow_server_is_left_in_time(greeting: bytes, again: bool, written: Write) -> None:
    with dribbling(greeting, again=again) as place, pytest.raises(ServerAway):
        transport(f"smtp://{place}", limits=HASTY).send(written(BOOKED))


def test_starttls_encrypts_and_signs_in(written: Write, trusted: Certificate) -> None:
    mailboxes = Mailboxes()
    options = {
        "tls_context": trusted.server,
        "require_starttls": True,
        "authenticator": lets_in(b"book@harbor", b"p:w/d"),
        "auth_required": True,
    }

    with serving(mailboxes, **options) as place:
        url = f"smtp://book%40harbor:p%3Aw%2Fd@{place}?starttls=1"
        transport(url, context=trusted.client).send(written(BOOKED))

    assert mailboxes.encrypted == [True]


def test_smtps_is_encrypted_from_the_start(written: Write, trusted: Certificate) -> None:
    mailboxes = Mailboxes()

    with serving(mailboxes, ssl_context=trusted.server) as place:
        transport(f"smtps://{place}", context=trusted.client).send(written(BOOKED))

    assert mailboxes.recipients == ["marian@example.org"]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_nobody_vouches_for_gets_no_mail(
    scheme: str, written: Write, trusted: Certificate
) -> None:
    mailboxes = Mailboxes()
    options = {"tls_context" if scheme == "smtp" else "ssl_context": trusted.server}

    with serving(mailboxes, **options) as place, pytest.raises(ServerAway, match="tls"):
        transport(f"{scheme}://{place}?starttls=1").send(written(BOOKED))

    assert not mailboxes.mails


def test_a_certificate_of_another_host_gets_no_mail(written: Write, tmp_path: Path) -> None:
    other = certificate(tmp_path, host="127.0.0.2")

    with (
        serving(Mailboxes(), ssl_context=other.server) as place,
        pytest.raises(ServerAway, match="tls"),
    ):
        transport(f"smtps://{place}", context=other.client).send(written(BOOKED))


def test_a_server_whose_offer_of_encryption_was_taken_out_gets_nothing(written: Write) -> None:
    mailboxes = Mailboxes()

    with serving(mailboxes) as place, pytest.raises(ServerAway, match="starttls_missing"):
        transport(f"smtp://{place}?starttls=1").send(written(BOOKED))

    assert not mailboxes.mails


def test_a_wrong_password_keeps_the_mails(written: Write, trusted: Certificate) -> None:
    options = {"tls_context": trusted.server, "authenticator": lets_in(b"book", b"right")}

    with serving(Mailboxes(), **options) as place, pytest.raises(ServerAway, match="login"):
        transport(f"smtp://book:wrong@{place}?starttls=1", context=trusted.client).send(
            written(BOOKED)
        )


def test_a_password_never_travels_in_the_clear() -> None:
    keys = {"SECRET_KEY": "x" * 16, "LINK_KEY": "x" * 16, "FIELD_KEYS": f"k1:{'00' * 32}"}
    env = {"DATABASE_URL": "postgresql+psycopg://book@localhost/book", **keys}

    with pytest.raises(WrongSetting, match="SMTP_URL"):
        Settings.from_env({**env, "SMTP_URL": "smtp://book:secret@mail.example:587"})


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example", 25),
        ("smtp://mail.example?starttls=1", 587),
        ("smtps://mail.example", 465),
        ("smtp://mail.example:2525?starttls=1", 2525),
    ],
)
def test_a_server_without_a_port_has_the_usual_one(url: str, port: int) -> None:
    assert server_of(url).port == port
