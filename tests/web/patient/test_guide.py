"""The guide by a plain link: anybody may read it, and nothing is kept of it."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.content.pages import Page
from app.storage.database import db, transaction
from app.storage.models import Clinic, Reading, Visitor
from tests.web.walker import PRIMER, Walker


@pytest.mark.parametrize("page", PRIMER.pages, ids=[page.id for page in PRIMER.pages])
def test_a_link_shows_its_part_with_whom_to_call_on_top(walker: Walker, page: Page) -> None:
    shown = walker.get(f"/guide/en/{page.number}")

    assert shown.status_code == 200
    assert page.how_sure.note in shown.text.replace("&#39;", "'")
    assert shown.text.index("In danger now? Call 911.") < shown.text.index("<h1")
    assert 'href="/safety/primer"' in shown.text


def test_reading_by_a_link_keeps_nothing(site: Flask, walker: Walker) -> None:
    for address in ("/guide", "/guide/en/1", "/guide/en/5", "/guide/en/all"):
        walker.get(address)

    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reading)) == 0
        assert db.session.scalar(select(func.count()).select_from(Visitor)) == 0


def test_the_short_address_leads_to_the_first_part_in_the_readers_language(site: Flask) -> None:
    client = site.test_client()

    english = client.get("/guide")
    spanish = client.get("/guide", headers={"Accept-Language": "es"})

    assert english.location == "/guide/en/1"
    assert spanish.location == "/guide/es/1"


def test_the_address_says_the_language_whatever_the_browser_asks_for(site: Flask) -> None:
    shown = site.test_client().get("/guide/es/2", headers={"Accept-Language": "en"}).text

    assert '<html lang="es"' in shown
    assert "El dolor de espalda y sus discos" in shown


def test_another_language_is_the_same_part_at_its_own_address(walker: Walker) -> None:
    walker.get("/guide/en/2")

    led = walker.post("/language", {"language": "es", "to": "/guide/en/2"})

    assert led.location == "/guide/es/2"


@pytest.mark.parametrize("address", ["/guide/fr/1", "/guide/en/0", "/guide/en/11", "/guide/fr/all"])
def test_a_part_or_language_that_is_not_there_is_not_found(walker: Walker, address: str) -> None:
    assert walker.get(address).status_code == 404


def test_a_clinic_without_the_guide_has_no_links_to_it(site: Flask, walker: Walker) -> None:
    with site.app_context(), transaction() as session:
        session.execute(update(Clinic).values(primer_on=False, revision=Clinic.revision + 1))

    assert walker.get("/guide").status_code == 404
    assert walker.get("/guide/en/1").status_code == 404


def test_the_whole_guide_folds_nothing_but_numbers_away(walker: Walker) -> None:
    shown = walker.get("/guide/en/all").text

    for words in (
        "Back pain that lasts can make daily life hard.",  # you may have read
        "True in general, but the definition also needs self-renewal",  # evidence
        "Your scan shows a worn disc.",  # a question
        "Nothing you do here is kept.",
    ):
        assert words in shown
    assert all(item.text in shown.replace("&#39;", "'") for item in PRIMER.statements.items)
    assert shown.count("<figure") == sum(
        len(page.figures) + len(page.drawings) for page in PRIMER.pages
    )


def test_each_part_offers_its_link_to_show_somebody(person: Walker) -> None:
    person.be_safe("primer")

    assert 'href="/guide/en/1"' in person.get("/primer/1").text
