"""The page that shows what changed since the guide was read."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.services import clinic as clinics
from app.services import edition
from tests.conftest import MONDAY_8AM
from tests.services.editions import edit, new_edition
from tests.web.patient.booking_walk import BIRTH, book, by_link
from tests.web.walker import PRIMER, Walker

NEWER = "2027-02-01"


@pytest.fixture
def learned(site: Flask, tmp_path: Path) -> str:
    """Give the reference of somebody who read the guide and booked, before it changed."""
    walker = Walker(site)
    walker.be_safe()
    walker.read()
    walker.get("/statements")
    walker.post("/statements", {"K1": "talk"})
    reference = book(walker)
    made = new_edition(tmp_path / "primer", NEWER)
    edit(made / "en/statements.yaml", "text: I ", "text: I think that I ")
    site.extensions["settings"] = replace(site.extensions["settings"], primer=tmp_path / "primer")
    with site.app_context():
        copy = edition.shown(clinics.load(), tmp_path / "primer", "en")
        assert edition.put_in_use(replace(copy, edition=NEWER), now=MONDAY_8AM) == 1
    return reference


def test_what_changed_is_seen_once_after_the_birth_date(site: Flask, learned: str) -> None:
    walker = by_link(site, learned)
    place = f"/appointment/{learned}/changes"
    offered = walker.get(f"/appointment/{learned}").text
    locked = walker.get(place)
    walker.get(locked.location)
    assert walker.post(locked.location, BIRTH).location == place

    page = walker.get(place).text
    done = walker.post(place, {"edition": NEWER})

    assert place in offered
    assert "Bleeding, nerve harm" in page
    assert PRIMER.page(2).title not in page
    assert page.count("<fieldset") == 1
    assert " checked" not in page
    assert done.location == f"/appointment/{learned}#guide"
    assert place not in walker.get(f"/appointment/{learned}").text


def test_a_form_of_another_edition_is_refused(site: Flask, learned: str) -> None:
    walker = by_link(site, learned)
    place = f"/appointment/{learned}/changes"
    walker.get(f"/appointment/{learned}/unlock?to=changes")
    walker.post(f"/appointment/{learned}/unlock?to=changes", BIRTH)
    walker.get(place)

    refused = walker.post(place, {"edition": "2026-11-21"})

    assert refused.status_code == 422
    assert 'data-refusal="unknown_answer"' in refused.text
