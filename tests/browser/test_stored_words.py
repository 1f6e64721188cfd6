"""Whatever somebody types is shown as they typed it and never does anything (T15)."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Arrive
from tests.browser.house import words_of
from tests.browser.patient import LATER, Patient

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><script>alert(2)</script>',
    "'><img src=x onerror=alert(3)>",
    "<svg/onload=alert(4)>",
    '" autofocus onfocus=alert(5) x="',
    "</textarea><script>alert(6)</script>",
    "</title><script>alert(7)</script>",
    "{{ 7*7 }}${7*7}<%= 7*7 %>",
    "javascript:alert(9)",
    "<a href=javascript:alert(10)>here</a>",
    "&lt;script&gt;alert(11)&lt;/script&gt;",
    "<iframe srcdoc='<script>alert(12)</script>'>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<form action=//evil.example><button>Go on",
    "--><!--<b>bold</b>",
)
LOTS = [PAYLOADS[number::3] for number in range(3)]  # as many as fit into a name


def named(words: str) -> str:
    """Return words as a name takes them: it has no web address in it."""
    return " ".join(words.replace("/", " ").replace(".", ". ").split())


def missing(page: Page, words: str) -> list[str]:
    """Return the page's name, if the words are not to be read on it or in its fields."""
    page.wait_for_load_state()
    fields = page.locator("main input:not([type=hidden]), main textarea").evaluate_all(
        "all => all.map(one => one.value).join('\\n')"
    )
    read = " ".join(f"{page.locator('body').inner_text()} {fields}".split())
    return [] if words in read else [f"{page.title()}: {read}"]


@pytest.mark.parametrize("lot", LOTS, ids=["first", "second", "third"])
def test_t15_words_in_any_field_of_a_booking_stay_words(
    lot: tuple[str, ...], arrive: Arrive
) -> None:
    words = " ".join(lot)
    patient = arrive()
    patient.be_safe()
    patient.keep_time()
    patient.choose("who_for", "other")
    name = named(words)
    patient.say_who(name=name, booker_name=name, question=words, email="not an address")
    patient.go_on()
    lost = missing(patient.page, words) + missing(patient.page, name)
    patient.write("email", patient.email)
    patient.go_on()
    lost += missing(patient.page, words) + missing(patient.page, name)
    patient.go_on()
    lost += missing(patient.page, name)
    reference = patient.reference
    patient.open(f"/appointment/{reference}/unlock")
    patient.say_birth_date("4", "21", "1968")
    patient.go_on()
    lost += missing(patient.page, words) + missing(patient.page, name)
    patient.press("Move it")
    patient.keep_time(2 * LATER)
    patient.go_on()
    patient.press("Cancel it")
    patient.go_on()
    lost += missing(patient.page, name)
    mail_program = patient.page.context.new_page()  # no policy of ours helps there
    for number in (1, 2, 3):
        mail = patient.house.letter(patient.email, number)
        mail_program.set_content(words_of(mail, "html"))
        lost += missing(mail_program, name)

    assert lost == []


def test_t15_words_in_the_demonstrations_mailbox_stay_words(arrive: Arrive) -> None:
    words = named(" ".join(PAYLOADS[:4]))
    patient = arrive()
    patient.book(name=words)
    patient.house.letter(patient.email)
    patient.open("/demo/mailbox")

    patient.page.locator(".letters li", has_text=patient.email).locator("a").click()

    assert missing(patient.page, words) == []


@pytest.mark.parametrize("field", ["email", "phone", "bday_month", "bday_day", "bday_year"])
def test_t15_what_cannot_be_right_comes_back_as_words(field: str, patient: Patient) -> None:
    patient.be_safe()
    patient.keep_time()

    for words in ("<svg onload=alert()>", '"><b>', "';alert(1)//"):
        patient.say_who(**{field: words})
        patient.go_on()
        assert patient.page.locator(f"[name={field}]").input_value() == words


def test_t15_words_about_the_guide_and_codes_stay_words(patient: Patient) -> None:
    words = " ".join(PAYLOADS)
    patient.be_safe("primer")
    patient.read()
    patient.write("words_0", words)
    patient.go_on()
    patient.open("/statements")
    lost = missing(patient.page, words)
    patient.open("/resume")
    patient.write("code", PAYLOADS[1])
    patient.go_on()
    lost += missing(patient.page, PAYLOADS[1])

    assert lost == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t15_words_in_an_address_do_nothing(payload: str, patient: Patient) -> None:
    patient.page.goto("/find")

    patient.page.evaluate("words => location.href = `/?said=${encodeURIComponent(words)}`", payload)
    patient.page.wait_for_url("**/?said=*")
    patient.page.goto(f"/a/{payload.replace('/', '').replace('?', '')}")

    assert patient.shows("main h1")
