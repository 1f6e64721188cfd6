"""The audit itself sees what is wrong; else a clean audit would say nothing."""

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import faults
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
    '<p><button style="outline: none; padding: 2em">press</button></p>': "no ring",
    "<p onclick=''>press</p>": "inline",
}


def show(patient: Patient, words: str) -> list[str]:
    """Show a page with these words; return what the audit says."""
    patient.page.route(
        "**/shown", lambda route: route.fulfill(body=PAGE % words, content_type="text/html")
    )
    patient.open("/shown")
    return faults(patient.page)


def test_a_page_in_order_has_no_faults(patient: Patient) -> None:
    assert show(patient, "<p>world</p>") == []


@pytest.mark.parametrize("words", WRONG)
def test_a_fault_of_each_kind_is_seen(words: str, patient: Patient) -> None:
    assert any(WRONG[words] in fault for fault in show(patient, words))


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
