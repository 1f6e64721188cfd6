"""The guide on a screen: who answers for it, signing, figures."""

import pytest
from flask import Flask

from app.domain.staff import Role
from app.services.clinic import load
from tests.staffing import PASSWORD, Colleague

DR = {"name": "Dr A. Berg", "role": "spine doctor"}


@pytest.fixture
def mira(site: Flask) -> Colleague:
    mira = Colleague(site, Role.OWNER, name="Mira Castellan")
    mira.get("/staff/settings/guide")
    return mira


def test_the_clinic_answers_for_its_guide_before_and_after_somebody_signed(
    mira: Colleague,
) -> None:
    before = mira.get("/staff/settings/guide").text

    mira.post("/staff/settings/guide/sign/en", DR)

    after = mira.get("/staff/settings/guide").text
    signed = (
        "Harbor Clinic answers for this guide; signed by Dr A. Berg, spine doctor, on 1 March 2027."
    )
    assert before.count("Harbor Clinic answers for this guide; nobody has signed it yet.") == 2
    assert signed in after
    assert after.count("nobody has signed it yet.") == 1
    assert signed in mira.get("/guide/en/all").text
    assert "Mira Castellan signed the guide" in mira.get("/staff/journal").text


def test_signing_asks_again_who_it_is_and_is_taken_back(site: Flask, mira: Colleague) -> None:
    site.extensions["clock"].forward(minutes=6)

    asked = mira.post("/staff/settings/guide/sign/en", DR)
    mira.post("/staff/settings/guide/sign/en", DR | {"proof": PASSWORD})
    with site.app_context():
        signed = len(load().signatures)
    mira.post("/staff/settings/guide/sign/en", DR | {"withdraw": "y"})

    assert asked.status_code == 403
    assert signed == 1
    with site.app_context():
        assert load().signatures == ()


@pytest.mark.parametrize(("field", "words"), [
    ({"name": ""}, "Please write a name."), ({"role": " "}, "Please write something here."),
])  # fmt: skip
def test_a_signature_has_a_name_and_a_role(
    mira: Colleague, field: dict[str, str], words: str
) -> None:
    page = mira.post("/staff/settings/guide/sign/es", DR | field)

    assert page.status_code == 422
    assert words in page.text
    assert page.text.count("One thing needs another look") == 1


def test_what_is_not_there_cannot_be_signed_or_shown(mira: Colleague) -> None:
    assert mira.post("/staff/settings/guide/sign/fr", DR).status_code == 404
    assert mira.post("/staff/settings/guide/use", {"edition": "../x"}).status_code == 404


def test_the_figures_hide_what_is_about_few(mira: Colleague) -> None:
    page = mira.get("/staff/settings/guide/figures").text

    assert "Fewer than 5 people have begun to read." in page


def test_reception_sees_no_settings(site: Flask) -> None:
    jo = Colleague(site)

    for path in ("settings", "settings/guide", "settings/guide/figures", "settings/clinic"):
        assert 'data-refusal="not_allowed"' in jo.get(f"/staff/{path}").text
