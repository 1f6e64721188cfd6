"""Mails and calendars in another language: all of it, and as neutral as in ours."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from app.domain.letter import Letter
from app.settings import ROOT
from tests.mail.conftest import Write
from tests.mail.neutral import SPANISH
from tests.mail.samples import LETTERS

TEMPLATE = read_po(BytesIO((ROOT / "translations" / "messages.pot").read_bytes()))
OURS = [
    text
    for message in TEMPLATE
    for text in ((message.id,) if isinstance(message.id, str) else message.id)
    if text.count(" ") > 1 and "%(" not in text
]


def parts(letter: Letter, written: Write) -> list[str]:
    message = written(replace(letter, language="es-US", signs=())).message
    bodies = [part.get_content() for part in message.walk() if not part.is_multipart()]
    texts = [body.decode() if isinstance(body, bytes) else str(body) for body in bodies]
    return [str(message["Subject"]), *(re.sub(r"\r?\n[ \t]", "", text) for text in texts)]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_spanish_mail_says_nothing_in_english(letter: Letter, written: Write) -> None:
    for part in parts(letter, written):
        assert not [text for text in OURS if text in part]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_spanish_mail_says_nothing_about_health(letter: Letter, written: Write) -> None:
    for part in parts(letter, written):
        words = set(re.findall(r"\w+", re.sub(r"https?://\S+", "", part.casefold())))
        assert not words & set(SPANISH)


def test_its_words_are_ours_translated(written: Write) -> None:
    subject, text, *_ = parts(LETTERS["appointment_booked"], written)

    assert subject == "Cita con Dr Rivera, Harbor Clinic"
    assert "lunes, 15 de marzo de 2027" in text
