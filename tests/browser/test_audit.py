"""The audit itself sees what is wrong; else a clean audit would say nothing."""

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import faults, faults_of_words
from tests.browser.house import House
from tests.browser.patient import Patient
from tests.browser.watch import Watch

PAGE = """<!doctype html><html lang="en" dir="ltr"><head><title>Hello</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="/robots.txt"></head>
<body><main><h1>Hello</h1>%s</main></body></html>"""
WRONG = {
    '<p style="color: #ccc">pale</p>': "color-contrast",
    '<a href="/" aria-label="first" style="display: block; width: 9px; height: 9px"></a>': "target",
    '<input name="a">': "without label",
    '<p style="width: 2000px">wide</p>': "too wide",
    '<p style="width: 12rem">wide</p>': "with large letters",
    '<p style="margin-left: -400px">to the left</p>': "from right to left",
    '<p><button style="outline: none; padding: 2em">press</button></p>': "no ring",
    "<p onclick=''>press</p>": "inline",
}
WRONG_WORDS = {
    '<input name="a">': "without label",
    '<a href="/" style="display: block; width: 2em; height: 2em"></a>': "link-name",
    '<button style="padding: 2em" aria-label="Close">Cerrar</button>': "name-mismatch",
    '<p style="width: 2000px">wide</p>': "too wide",
    '<p style="width: 12rem">wide</p>': "with large letters",
}


def show(patient: Patient, words: str) -> None:
    """Show a page with these words."""
    patient.page.route(
        "**/shown", lambda route: route.fulfill(body=PAGE % words, content_type="text/html")
    )
    patient.open("/shown")


def test_a_page_in_order_has_no_faults(patient: Patient) -> None:
    show(patient, "<p>world</p>")

    assert faults(patient.page) == []
    assert faults_of_words(patient.page) == []


@pytest.mark.parametrize("words", WRONG)
def test_a_fault_of_each_kind_is_seen(words: str, patient: Patient) -> None:
    show(patient, words)

    assert any(WRONG[words] in fault for fault in faults(patient.page))


@pytest.mark.parametrize("words", WRONG_WORDS)
def test_a_fault_of_words_is_seen_in_every_language(words: str, patient: Patient) -> None:
    show(patient, words)

    assert any(WRONG_WORDS[words] in fault for fault in faults_of_words(patient.page))


def test_the_watch_sees_strangers_and_what_the_policy_refuses(
    browser: Browser, house: House
) -> None:
    context = browser.new_context(base_url=house.address)
    watch = Watch(context, house.address)
    page = context.new_page()
    page.goto("/about")
    assert watch.faults == []

    page.evaluate(
        "() => { const style = document.createElement('style'); style.textContent = 'p {}';"
        " document.head.append(style); }"
    )
    page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/spy.gif'; }")
    page.reload()
    context.close()

    assert len([fault for fault in watch.faults if "Content Security Policy" in fault]) == 2
