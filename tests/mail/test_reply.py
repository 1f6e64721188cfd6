"""Mails that calendars and mailboxes send back are read, whoever made them and however."""

from datetime import UTC, datetime

import pytest

from app.domain.reply import LARGEST, Received, Trouble
from app.mail.reply import received
from tests.mail import sent_back
from tests.mail.sent_back import OURS, calendar

UID, PAT = f"{'a' * 20}@harbor.example", "pat@example.org"


def read(mail: bytes) -> Received:
    """Read a mail as the clinic does."""
    return received(mail, host="harbor.example", authserv_id=OURS)


ANSWER = calendar(UID, PAT, "DECLINED", extra="COMMENT:I am ill\n")
LOWER = b"\r\n".join(
    name.lower() + colon + value for name, colon, value in (
        line.partition(b":") for line in ANSWER.split(b"\r\n")
    )
)  # fmt: skip
FOLDS = b"SUMMARY:" + b"\r\n x" * 20_000
BOM = b"\xef\xbb\xbf"
SAME = {
    "Thunderbird": sent_back.plain(PAT, ANSWER),
    "Gmail": sent_back.gmail(PAT, ANSWER),
    "application/ics": sent_back.attached(PAT, ANSWER, "application/ics"),
    "a file": sent_back.attached(PAT, ANSWER, "application/octet-stream"),
    "upper case": sent_back.plain(PAT, ANSWER.replace(b"mailto:pat", b"MAILTO:PAT")),
    "lower case": sent_back.plain(PAT, LOWER),
    "twenty thousand folds": sent_back.plain(PAT, ANSWER.replace(b"SUMMARY:", FOLDS)),
    "a byte order mark": sent_back.plain(PAT, BOM + ANSWER),
    "a NUL": sent_back.plain(PAT, ANSWER.replace(b"SUMMARY:App", b"SUMMARY:A\0pp")),
    "Latin 1": sent_back.plain(PAT, ANSWER.replace(b"Marian", "Mari\xe1n".encode("latin-1"))),
    "nothing but the calendar": sent_back.nested(PAT, ANSWER, deep=0),
    "Fastmail": sent_back.fastmail(PAT, ANSWER),
    "a repeated one": sent_back.plain(
        PAT, ANSWER.replace(b"SUMMARY:", b"RECURRENCE-ID:20270302T170000Z\r\nSUMMARY:")
    ),
    "parts in parts": sent_back.nested(PAT, ANSWER, deep=4),
}


@pytest.mark.parametrize("mail", SAME.values(), ids=SAME)
def test_an_answer_is_understood_however_it_was_sent(mail: bytes) -> None:
    answer = read(mail).answer

    assert answer is not None
    assert (answer.method, answer.about, answer.attendee) == ("REPLY", "a" * 20, PAT)
    assert (answer.partstat, answer.sequence) == ("declined", 0)
    assert answer.stamp == sent_back.STAMP
    assert answer.comment.lower() == "i am ill"


def test_an_answer_of_exchange_names_nobody_who_invited_and_has_zones_of_windows() -> None:
    answer = read(sent_back.exchange(UID, PAT, method="COUNTER")).answer

    assert answer is not None
    assert answer.proposed == datetime(2027, 3, 2, 17, tzinfo=UTC)
    assert (answer.attendee, answer.comment) == (PAT, "")


def test_an_answer_of_apple_names_a_path_and_the_address_beside_it() -> None:
    answer = read(sent_back.apple(UID, PAT)).answer

    assert answer is not None
    assert (answer.attendee, answer.partstat) == (PAT, "accepted")


def test_a_note_of_google_stands_beside_the_name() -> None:
    ics = calendar(UID, PAT, who=';X-RESPONSE-COMMENT="Looking forward"')

    answer = read(sent_back.gmail(PAT, ics)).answer

    assert answer is not None
    assert answer.comment == "Looking forward"


TROUBLES = {
    "two that differ": (
        sent_back.plain(PAT, ANSWER + calendar(UID, PAT, "ACCEPTED")), Trouble.SEVERAL
    ),
    "rich text": (sent_back.rich(PAT), Trouble.RICH_TEXT),
    "no calendar": (sent_back.plain(PAT, b"BEGIN:VCALENDAR\r\nnonsense"), Trouble.UNREADABLE),
    "20 MB": (sent_back.words(PAT) + b"x" * 20_000_000, Trouble.TOO_LARGE),
    "too deep": (sent_back.nested(PAT, ANSWER, deep=7), Trouble.TOO_MANY_PARTS),
    "far too deep": (sent_back.nested(PAT, ANSWER, deep=5000), Trouble.UNREADABLE),
}  # fmt: skip


@pytest.mark.parametrize(("mail", "trouble"), TROUBLES.values(), ids=TROUBLES)
def test_t20_what_cannot_be_read_within_bounds_is_left_to_a_person(
    mail: bytes, trouble: Trouble
) -> None:
    assert read(mail).trouble == trouble


def test_t20_more_parts_than_anybody_needs_are_not_looked_at() -> None:
    part = b"--x\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    mail = b'From: a@example.org\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' + part * 99

    assert read(mail).trouble == Trouble.TOO_MANY_PARTS
    assert len(mail) < LARGEST


def test_a_mail_that_came_back_says_whose_and_which() -> None:
    bounce = read(sent_back.bounce("Gone@Example.org", "<abc@harbor.example>")).bounce

    assert bounce is not None
    assert (bounce.recipient, bounce.message_id) == ("gone@example.org", "<abc@harbor.example>")
    assert (bounce.failed, bounce.status) == (True, "5.1.1")


def test_t22_a_mail_of_our_own_and_one_that_answers_it_are_told_apart() -> None:
    own = f"<{'b' * 24}@harbor.example>"

    assert read(sent_back.words(PAT).replace(b"<CAF8@mail.example.org>", own.encode())).ours
    assert read(sent_back.words(PAT, In_Reply_To=own)).about_ours
    assert not read(sent_back.words(PAT)).about_ours


@pytest.mark.parametrize(
    "header",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}],
)
def test_t22_what_no_person_wrote_is_known(header: dict[str, str]) -> None:
    assert read(sent_back.words(PAT, **header)).automatic


def test_t21_of_two_senders_none_is_believed() -> None:
    mail = b"From: Pat <pat@example.org>, eve@example.net\r\n" + sent_back.plain(PAT, ANSWER)

    assert read(mail).sender == ""
