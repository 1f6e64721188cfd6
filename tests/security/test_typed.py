"""Whatever somebody types is refused with a sentence or kept as text (T16, T24)."""

from html import escape
from pathlib import Path

import pytest
from flask import Flask

from tests.security.hostile import HOSTILE, delivered, details, words
from tests.web.patient.booking_walk import BIRTH, DETAILS, HOLD, by_link
from tests.web.walker import Walker

HOLES = ("{{7*7}}", "%(x)s", "{0.__class__}", "${7*7}", "%s%s%n", "<b>{% x %}<b>", "{{config}}")
FIELDS = ("name", "booker_name", "email", "phone", "question", "bday_month", "bday_day",
          "bday_year", "language", "who_for", "needs", "calendar")  # fmt: skip


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

    for shown in pages:
        assert escape(name) in shown.replace("&#34;", "&quot;")
        assert ">49<" not in shown
    assert all(pages[0].count(escape(hole)) >= times for times in range(6))
    text = mail.get_body(("plain",))
    assert text is not None
    assert name in text.get_content() or booker in text.get_content()
    reckoned = hole.replace("7*7", "49")
    assert reckoned == hole or not [one for one in words(mail) if reckoned in one]


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
