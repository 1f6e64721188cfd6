"""Whatever somebody types is refused with a sentence or kept as text (T16, T17, T23, T24)."""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from html import escape
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar

from app import worker
from app.web.patient.booking_form import NEEDS
from tests.clinics import days
from tests.conftest import StoppedClock
from tests.services.looking import booked
from tests.web.patient.booking_walk import BIRTH, DETAILS, HOLD, by_link, keep, patient, slots
from tests.web.walker import PRIMER, Walker

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
HOLES = ("{{7*7}}", "%(x)s", "{0.__class__}", "${7*7}", "%s%s%n", "<b>{% x %}</b>", "{{config}}")
FIELDS = ("name", "booker_name", "email", "phone", "question", "bday_month", "bday_day",
          "bday_year", "language", "who_for", "needs", "calendar")  # fmt: skip
HEALTH = re.compile(
    r"\b(spine|spinal|back pain|stem|cells?|disc|discs|pain|surgery|injection|symptoms?|diagnos\w*|"
    r"treatments?|nerve|sciatica|consultation|second opinion)\b",
    re.IGNORECASE,
)


def details(site: Flask) -> Walker:
    """Come to the page that asks who comes."""
    person = patient(site)
    keep(person, -1)
    person.get("/details")
    return person


def booked_with(site: Flask, **given: str) -> tuple[Walker, str] | None:
    """Book with these details; None when they were refused."""
    person = details(site)
    if person.post("/details", DETAILS | given).location != "/review":
        return None
    page = person.get("/review").text
    done = person.post("/review", {"hold": HOLD.findall(page)[0]})
    return person, done.location.split("/")[2]


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


@pytest.mark.parametrize("field", FIELDS)
def test_t16_what_is_hostile_is_refused_with_a_sentence_or_kept_as_text(
    site: Flask, field: str
) -> None:
    person = details(site)

    for kind, text in HOSTILE.items():
        person.get("/details")
        sent = DETAILS | {"who_for": "other", "booker_name": "Jo Hale"} | {field: text}
        answer = person.post("/details", sent)
        assert answer.status_code in (303, 413, 422), kind
        if answer.status_code == 422:
            assert f'<a href="#{field}' in answer.text, kind
        if answer.status_code == 303:
            assert person.get("/review").status_code == 200, kind


@pytest.mark.parametrize("path", ["/resume", "/find", "/statements"])
def test_t16_other_fields_take_it_calmly_too(site: Flask, path: str) -> None:
    person = Walker(site)
    person.be_safe()
    person.read()
    person.get(path)

    for kind, text in HOSTILE.items():
        sent = {"code": text, "email": text, "words_0": text, "K1": text}
        assert person.post(path, sent).status_code in (200, 303, 413, 422, 429), kind


@pytest.mark.parametrize("kind", sorted(set(HOSTILE) - {"long"}))
@pytest.mark.parametrize("field", ["booker_name", "email"])
def test_t16_a_mail_has_one_recipient_whoever_booked_it(
    site: Flask, tmp_path: Path, field: str, kind: str
) -> None:
    given = {"who_for": "other", "booker_name": "Jo Hale", field: HOSTILE[kind]}
    if booked_with(site, **given) is None:
        return  # refused before there was anything to send

    (mail,) = delivered(site, tmp_path)

    assert len(mail.get_all("To", [])) == 1
    assert len(mail["To"].addresses) == 1
    assert len(getaddresses([str(mail["To"])])) == 1
    assert (
        mail["To"]
        .addresses[0]
        .addr_spec.endswith(".org" if field != "email" else mail["To"].addresses[0].domain)
    )
    assert mail.keys().count("Bcc") == mail.keys().count("Cc") == 0
    assert not mail.defects


@pytest.mark.parametrize("hole", HOLES)
def test_t24_what_is_typed_comes_back_as_typed_on_every_page_and_in_every_mail(
    site: Flask, tmp_path: Path, hole: str
) -> None:
    person = details(site)
    name, booker = f"Marian {hole}", f"Jo {hole}"
    given = {"who_for": "other", "booker_name": booker, "name": name, "question": hole}
    refused = person.post("/details", DETAILS | given | {"email": hole, "phone": hole})
    person.post("/details", DETAILS | given)
    pages = [refused.text, person.get("/details").text, person.get("/review").text]
    done = person.post("/review", {"hold": HOLD.findall(pages[-1])[0]})
    reference = done.location.split("/")[2]
    pages.append(person.follow(done).text)
    holder = by_link(site, reference)
    holder.get(f"/appointment/{reference}/unlock")
    holder.post(f"/appointment/{reference}/unlock", BIRTH)
    pages.append(holder.get(f"/appointment/{reference}").text)

    (mail,) = delivered(site, tmp_path)

    for page in pages:
        assert escape(name) in page.replace("&#34;", "&quot;")
        assert ">49<" not in page
    assert all(pages[0].count(escape(hole)) >= times for times in range(6))
    text = mail.get_body(("plain",))
    assert text is not None
    assert name in text.get_content() or booker in text.get_content()
    assert not [one for one in words(mail) if "49" in one and hole.replace("7*7", "49") in one]


def test_t24_words_in_the_guide_come_back_as_typed(site: Flask) -> None:
    person = Walker(site)
    person.be_safe()
    person.read()

    for path in ("/resume", "/statements"):
        person.get(path)
        for hole in HOLES[:4]:
            given = {"code": hole, "words_0": hole + "x" * 1001, "words_1": hole}
            answer = person.post(path, given)
            assert answer.status_code == 422
            assert escape(hole) in answer.text.replace("&#34;", "&quot;")


def test_t23_no_mail_says_a_word_about_health(
    site: Flask, clock: StoppedClock, tmp_path: Path
) -> None:
    """Not the visit, not the question, not a need: whoever reads a wrong mail learns a time."""
    person = Walker(site)
    told = PRIMER.safety.tiers[-1].items[0]
    person.be_safe("general", **{told.id: "yes"})
    keep(person, -1)
    person.get("/details")
    asked = "Will my spinal stenosis need surgery?"
    person.post("/details", DETAILS | {"question": asked, "needs": "cannot_sit_long"})
    page = person.get("/review").text
    reference = person.post("/review", {"hold": HOLD.findall(page)[0]}).location.split("/")[2]
    delivered(site, tmp_path)
    with site.app_context():
        starts = booked(reference).starts_at
    clock.now = starts - days(2)
    delivered(site, tmp_path)
    holder = by_link(site, reference)
    place = f"/appointment/{reference}"
    chosen = {"slot": slots(holder.get(f"{place}/move").text)[-1]}
    holder.post(f"{place}/move", chosen)
    holder.get(f"{place}/move/confirm")
    holder.post(f"{place}/move/confirm", chosen)
    delivered(site, tmp_path)
    holder.get(f"{place}/cancel")
    holder.post(f"{place}/cancel")
    holder.get("/find")
    holder.post("/find", {"email": DETAILS["email"]})

    mails = delivered(site, tmp_path)

    assert len(mails) == 5
    needs = [str(words) for words in NEEDS.values()]
    for mail in mails:
        for text in words(mail):
            said = text.replace("http://localhost", "")
            assert not HEALTH.findall(said), mail["Subject"]
            assert asked not in said
            assert not [need for need in needs if need in said]
            assert DETAILS["bday_year"] not in said


def test_t17_a_name_that_looks_like_a_calendar_stays_a_name(site: Flask, tmp_path: Path) -> None:
    kept = booked_with(site, name='X;CN="Y":END:VEVENT\\nBEGIN:VEVENT, Z')
    assert kept is not None

    (mail,) = delivered(site, tmp_path)

    person, reference = kept
    file = person.get(f"/appointment/{reference}/appointment.ics").data
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    inside = parts[0].get_payload(decode=True)
    assert isinstance(inside, bytes)
    for data in (file, inside):
        assert len(Calendar.from_ical(data).walk("VEVENT")) == 1


def test_a_name_with_marks_of_direction_stays_a_name(site: Flask, tmp_path: Path) -> None:
    kept = booked_with(site, name="José \u200fDíaz\u200f")
    assert kept is not None

    (mail,) = delivered(site, tmp_path)

    assert mail["To"].addresses[0].display_name == "José Díaz"
