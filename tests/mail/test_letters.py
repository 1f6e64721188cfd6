import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale, gettext

from app.content.bring import bring
from app.domain.letter import Letter
from app.settings import ROOT
from tests.mail.conftest import Write
from tests.mail.neutral import ENGLISH
from tests.mail.samples import (
    BOOKED,
    CANCELLED,
    LETTERS,
    LINKS,
    MOVED,
    NO_LINKS,
    REMINDER,
    SLOT,
    TO_CONFIRM,
)

every_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
PAGES = {name: letter for name, letter in LETTERS.items() if not letter.plain}


class Visible(HTMLParser):
    """The words and addresses of a page, without its style."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words.append(data)


def page(written: Write, letter: Letter) -> tuple[str, Visible]:
    body = written(letter).message.get_body(("html",))
    assert body
    visible = Visible()
    visible.feed(body.get_content())
    return body.get_content(), visible


def text(written: Write, letter: Letter) -> str:
    body = written(letter).message.get_body(("plain",))
    assert body
    words: str = body.get_content()
    return words


def said(written: Write, letter: Letter) -> Iterator[str]:
    """Yield everything somebody may read over the patient's shoulder."""
    envelope = written(letter)
    yield str(envelope.message["Subject"])
    yield text(written, letter)
    if not letter.plain:
        yield " ".join(page(written, letter)[1].words)
    for part in envelope.message.walk():
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            yield payload.decode().replace("\r\n ", "")


@every_letter
def test_t23_no_mail_says_why_somebody_comes(letter: Letter, written: Write) -> None:
    for words in said(written, letter):
        found = set(re.findall(r"[a-z]+", words.lower())) & set(ENGLISH)
        assert not found


def test_t23_no_calendar_carries_the_link(written: Write) -> None:
    *_, calendar = said(written, BOOKED)

    assert "BEGIN:VCALENDAR" in calendar
    assert "/a/" not in calendar


@pytest.mark.parametrize("letter", [BOOKED, MOVED, REMINDER])
def test_a_mail_alone_says_all_that_is_needed_to_come(letter: Letter, written: Write) -> None:
    day = "Tuesday 16 March 2027" if letter is MOVED else "Monday 15 March 2027"
    with force_locale("en"):
        things = bring()
    for words in (text(written, letter), " ".join(page(written, letter)[1].words)):
        for needed in (
            f"{day}, 9:30 to 10:15\u00a0am",
            "Eastern time, New York",
            "12 Quay Street, New York",
            "Second floor, lift by the door.",
            "Dr Rivera",
            "Marian Hale",
            "HB-7K4-QM2",
            "until Sunday 14 March 2027, 9:30\u00a0am",
            "Call 911",
            "(207) 555-0142",
            *things,
        ):
            assert needed in words
    assert letter.link in text(written, letter)
    assert letter.link in page(written, letter)[1].links


def test_the_time_is_that_of_the_place_whatever_the_clinic_keeps(written: Write) -> None:
    there = text(written, replace(BOOKED, zone=ZoneInfo("America/Chicago")))

    assert "Monday 15 March 2027, 8:30 to 9:15\u00a0am\nCentral time, Chicago" in there


@pytest.mark.parametrize("letter", [BOOKED, TO_CONFIRM])
def test_a_deadline_says_whose_clock_where_places_have_different_ones(
    letter: Letter, written: Write
) -> None:
    there = replace(letter, clocks_differ=True)

    for words in (text(written, there), " ".join(page(written, there)[1].words)):
        assert re.search(r"until [^.]*\u00a0am, Eastern time, New York\.", words)


def test_a_move_names_the_old_time_and_the_new(written: Write) -> None:
    words = text(written, MOVED)

    assert words.index("Tuesday 16 March 2027") < words.index("Instead of: Monday 15 March 2027")


def test_a_cancellation_asks_for_nothing_and_sends_nobody_anywhere(written: Write) -> None:
    words = text(written, CANCELLED)

    assert "is cancelled" in words
    assert "Quay Street" not in words
    assert "Have with you" not in words


def test_by_video_there_is_no_way_to_find(written: Write) -> None:
    words = text(written, replace(BOOKED, video=True))

    assert "By video. The clinic sends you the link before the appointment." in words
    assert "Quay Street" not in words
    *_, calendar = said(written, replace(BOOKED, video=True))
    assert "LOCATION:By video" in calendar


def test_too_late_to_change_online_means_the_phone(written: Write) -> None:
    words = text(written, replace(REMINDER, change_until=REMINDER.stamp))

    assert "To move or cancel the appointment now, please call." in words
    assert "See, move or cancel" not in words


def test_who_chose_words_only_is_not_told_of_an_invitation(written: Write) -> None:
    assert "invitation" in text(written, BOOKED)
    assert "invitation" not in text(written, replace(BOOKED, wants_calendar=False))


def test_links_come_with_their_own_zones(written: Write) -> None:
    words = text(written, LINKS)

    assert "9:30 to 10:15\u00a0am\nEastern time, New York" in words
    assert "8:30 to 9:15\u00a0am\nCentral time, Chicago" in words
    assert BOOKED.link in words
    assert page(written, LINKS)[1].links[:2] == [link.link for link in LINKS.links]


def test_an_address_without_appointments_is_told_so_kindly(written: Write) -> None:
    words = text(written, NO_LINKS)

    assert "There is no coming appointment under this e-mail address." in words
    assert "(207) 555-0142" in words


EVIL = "{{7*7}} {% raise %} %(x)s {0.__class__} <script>alert(1)</script> & <b>"


def test_t24_words_somebody_typed_are_never_a_template(written: Write) -> None:
    letter = replace(BOOKED, patient_name=EVIL, recipient_name=EVIL, clinician_name=EVIL)

    assert f"For: {EVIL}\n" in text(written, letter)
    assert EVIL in " ".join(page(written, letter)[1].words)
    assert EVIL in str(written(letter).message["Subject"])


def test_t15_a_name_is_text_in_the_page(written: Write) -> None:
    html, visible = page(written, replace(BOOKED, patient_name=EVIL, clinician_name=EVIL))

    assert "script" not in visible.tags
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("letter", PAGES.values(), ids=PAGES)
def test_a_mail_page_loads_nothing_and_runs_nothing(letter: Letter, written: Write) -> None:
    html, visible = page(written, letter)

    assert not {"img", "script", "link", "iframe", "form", "object"} & set(visible.tags)
    assert "url(" not in html
    assert "@import" not in html
    own = ("https://book.harbor.example/", "tel:")
    assert all(link.startswith(own) for link in visible.links)
    assert visible.tags.count("h1") == 1


def test_a_language_written_from_the_right_is_laid_out_so(written: Write) -> None:
    html, _ = page(written, replace(BOOKED, language="ar"))

    assert '<html lang="ar" dir="rtl">' in html
    assert "الاثنين، 15 مارس 2027" in html


def test_writing_a_mail_leaves_the_readers_language_alone(written: Write) -> None:
    with force_locale("en"):
        written(replace(BOOKED, language="de"))
        assert gettext("With") == "With"


def test_every_kind_has_its_three_templates() -> None:
    folder: Path = ROOT / "templates" / "mail"

    for letter in LETTERS.values():
        names = {path.name for path in (folder / letter.kind).iterdir()}
        assert names == {"subject.txt", "body.txt", "body.html"}


def test_t15_no_template_lets_html_through() -> None:
    for path in (ROOT / "templates" / "mail").rglob("*.*"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8"))


def test_an_appointment_across_the_change_of_clocks_says_whose_clock(written: Write) -> None:
    assert BOOKED.interval == SLOT
    words = text(written, replace(BOOKED, zone=ZoneInfo("Australia/Lord_Howe")))

    assert "Tuesday 16 March 2027, 12:30 to 1:15\u00a0am\nLord Howe time" in words
