"""The same in Spanish: every page of every story, and the whole way with and without scripts."""

from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.content.fields import read_text, scalars
from app.domain.safety import Tier
from app.settings import ROOT
from tests.browser.audit import faults_of_words
from tests.browser.conftest import Arrive
from tests.browser.house import words_of
from tests.browser.stories import STORIES

CATALOGUE = ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po"
LANGUAGE = "document.documentElement.lang"
OTHER = "the_guide_by_a_link"  # its address says English


@cache
def texts() -> dict[str, str]:
    """Return every text of the guide and of the site, with what it is in Spanish."""
    said: dict[str, str] = {}
    for ours in (ROOT / "primer").glob("*/en/*.yaml"):
        english, spanish = map(_places, (ours, ours.parents[1] / "es" / ours.name))
        said |= {text: spanish[place] for place, text in english.items() if place in spanish}
    with CATALOGUE.open("rb") as file:
        return said | {str(message.id): str(message.string) for message in read_po(file, "es")}


def _places(file: Path) -> dict[tuple[str | int, ...], str]:
    return {place: text for _, place, text in scalars(read_text(file))}


def in_spanish(text: str) -> str:
    """Return what a button says that begins so in English."""
    found = [ours for ours in texts() if ours.startswith(text)]
    assert found, f"no text begins with {text!r}"
    return texts()[min(found, key=len)]


@pytest.mark.parametrize("name", [name for name in STORIES if name != OTHER])
def test_everybody_can_use_every_page_in_spanish(name: str, arrive: Arrive) -> None:
    patient = arrive(language="es-US", said=in_spanish)
    found = []

    for page in STORIES[name].walk(patient):
        patient.page.wait_for_load_state()
        if (spoken := patient.page.evaluate(LANGUAGE)) != "es":
            found.append(f"{page} is in {spoken}")
        found += [f"{page}, {fault}" for fault in faults_of_words(patient.page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_who_presses_espanol_goes_all_the_way_in_it(
    arrive: Arrive, javascript: bool
) -> None:
    patient = arrive(javascript=javascript)
    patient.open("/safety/primer")

    patient.page.get_by_role("button", name="Español").click()

    assert patient.path.partition("?")[0] == "/safety/primer"
    patient.be_safe("primer")
    patient.read()
    patient.page.locator("label", has_text="Quiero hablar de esto").first.click()
    patient.go_on()
    patient.keep_time()
    patient.say_who()
    assert patient.find("select[name=language]").input_value() == "es"
    patient.go_on()
    patient.go_on()
    assert patient.h1 == "Su cita está reservada."
    assert patient.find("html").get_attribute("lang") == "es"
    mail = patient.house.letter(patient.email)
    assert mail["Content-Language"] == "es-US"
    assert "Tenga con usted" in words_of(mail)


def test_an_emergency_is_said_in_spanish(arrive: Arrive) -> None:
    patient = arrive(language="es-MX")
    patient.open("/safety/general")
    patient.answer(Tier.EMERGENCY, E1="yes")

    patient.go_on()

    assert patient.h1 == "Busque ayuda ahora"
    assert patient.shows("[data-emergency]")
    assert "Vaya a la sala de emergencias ahora o llame al 911." in patient.words
