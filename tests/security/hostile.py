"""What somebody types who means no good, and the mails that come of it."""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Flask

from app import worker
from tests.web.patient.booking_walk import keep, patient
from tests.web.walker import Walker

LONG = "x" * 65_000
HOSTILE = {
    "line break": "Marian\r\nBcc: other@example.org",
    "encoded line break": "=?utf-8?q?Marian=0D=0ABcc:_other@example.org?=",
    "NUL": "Mar\x00ian",
    "turned around": "Marian\u202egro.elpmaxe@rehto",
    "isolated": "\u2066Marian\u2069",
    "two addresses": "a@example.org,other@example.org",
    "with a name": '"x" <other@example.org>',
    "comment": "a(other@example.org)@example.org",
    "quoted": '"a@b"@example.org',
    "group": "a:other@example.org;",
    "other script": "محمد بن سلمان 李小龍 a@bücher.example",
    "surrogate": "%ED%A0%80",
    "long": LONG,
    "marks": "a" + "\u0300" * 300,
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029",
    "separators": ";" * 50 + "\t" * 50,
    "calendar": "Marian\nEND:VEVENT\nBEGIN:VEVENT",
}


def details(site: Flask) -> Walker:
    """Come to the page that asks who comes."""
    person = patient(site)
    keep(person, -1)
    person.get("/details")
    return person


def delivered(site: Flask, tmp_path: Path) -> list[EmailMessage]:
    """Let the worker hand every mail over; return them as a mail program reads them."""
    with site.app_context():
        worker.build(site).round()
    return [
        message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
        for path in sorted((tmp_path / "mail").glob("*.eml"))
    ]


def words(mail: EmailMessage) -> Iterable[str]:
    """Return everything that a mail says: its headers, its texts, its calendar."""
    yield from (str(value) for value in mail.values())
    for part in mail.walk():
        if part.get_content_maintype() != "multipart":
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            text = data.decode("utf-8")
            yield re.sub(r"\r\n[ \t]", "", text)
