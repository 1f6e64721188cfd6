"""Programs that open every link of a mail do no harm (T03)."""

import re
from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.browser.house import words_of
from tests.browser.patient import LATER, Patient

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
TIMES = 5


def links(patient: Patient) -> set[str]:
    """Return every link of every mail that the person got, as text and as HTML."""
    mails = patient.house.letters(patient.email)
    return {
        link
        for mail in mails
        for kind in ("plain", "html")
        for link in ADDRESS.findall(words_of(mail, kind))
    }


def scanned(method: str, link: str) -> int:
    """Open a link as a program without memory does; return the answer's status."""
    scanner = build_opener(HTTPCookieProcessor(CookieJar()))
    with scanner.open(Request(link, method=method), timeout=15) as answer:
        status: int = answer.status
        return status


def test_t03_a_scanner_that_opens_every_link_changes_nothing(patient: Patient) -> None:
    patient.book()
    patient.open(patient.link())
    patient.press("Move it")
    patient.keep_time(2 * LATER)
    patient.go_on()
    patient.house.letter(patient.email, 2)
    patient.open("/find")
    patient.write("email", patient.email)
    patient.go_on()
    patient.house.letter(patient.email, 3)
    before = patient.house.snapshot()

    answers = [
        scanned(method, link) for link in links(patient) for method in ("GET", "HEAD") * TIMES
    ]

    assert len(answers) >= 2 * TIMES
    assert set(answers) == {200}
    assert patient.house.snapshot() == before
