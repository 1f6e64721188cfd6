"""Every page, in every state, is for everybody: axe, small windows, large letters, keyboard."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest

from app.settings import ROOT
from tests.browser.audit import faults
from tests.browser.patient import Patient
from tests.browser.stories import STORIES

FILES = {
    "appointment.calendar_file",
    "appointment.open_link",  # leads to the appointment at once
    "appointment.qr",
    "assets.brand",
    "assets.file",
    "assets.logo",
    "dav.objects.thing",  # an event, for programs
    "demo.invitation",
    "feeds.feed",
    "guide.as_pdf",
    "guide.begin",  # leads to the first part at once
    "demo.mail_file",
    "operator.health",
    "proposal.open_link",  # leads to the offer at once
    "reception.factor.app_code",
    "reception.outside.begin",  # leads to the identity provider
    "reception.sign_in.unlock",  # shows the page of errors/prove
    "operator.metrics",
    "operator.ready",
    "operator.robots",
    "well_known.caldav",  # leads programs to their calendars
    "reception.day.day_live",  # the day, asked for by its own page
    "reception.day.week_live",
    "reception.figures.table",
}
BROKEN: dict[str, Exception] = {
    "errors/bad_request": BadRequest(),
    "errors/server_error": RuntimeError("a fault"),
    "errors/unavailable": OperationalError("", None, Exception("locked")),
}
SHELVES = ("demo", "errors", "patient", "reception")


@pytest.mark.parametrize("name", STORIES)
def test_everybody_can_use_every_page_of(name: str, patient: Patient) -> None:
    seen, found = [], []

    for page in STORIES[name].walk(patient):
        seen.append(page)
        if (telling := telling_of(page)) and not patient.shows(telling):
            found.append(f"{page}, shows no {telling}")
        found += [f"{page}, {fault}" for fault in faults(patient.page)]

    assert not found, "\n".join(found)
    assert tuple(seen) == STORIES[name].pages


def telling_of(page: str) -> str | None:
    """Return what a page in this state has, and the page before it has not."""
    if page.endswith(": to mend"):
        return ".summary"
    return "main .acts [href^='/']" if page.startswith("errors/") else None


def named() -> set[str]:
    """Return the templates of all pages that the stories show."""
    shown = {page.partition(":")[0] for story in STORIES.values() for page in story.pages}
    return shown | set(BROKEN)


def test_every_template_of_a_page_is_shown_by_a_story() -> None:
    files = [path for shelf in SHELVES for path in (ROOT / "templates" / shelf).rglob("[!_]*.html")]

    templates = {path.relative_to(ROOT / "templates").with_suffix("").as_posix() for path in files}

    assert templates == named()


def test_every_address_with_a_page_is_shown_by_a_story(site: Flask) -> None:
    rules = [rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())]

    endpoints = {rule.endpoint.removeprefix("patient.") for rule in rules} - FILES

    pages = {name.removeprefix("patient/").replace("/", ".") for name in named()}
    assert endpoints <= pages


@pytest.mark.parametrize("name", BROKEN)
def test_everybody_can_use_the_page_that_says_what_broke(
    name: str, site: Flask, patient: Patient
) -> None:
    def view() -> str:
        raise BROKEN[name]

    site.add_url_rule("/broken", view_func=view)
    answer = site.test_client().get("/broken")
    patient.page.route("**/broken", lambda route: route.fulfill(
        status=400, body=answer.data, headers=dict(answer.headers.items()))
    )  # fmt: skip

    patient.open("/broken")

    assert patient.shows("[data-action=continue]")
    assert not faults(patient.page)
