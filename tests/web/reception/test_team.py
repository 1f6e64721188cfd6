import pytest
from flask import Flask

from app.domain.staff import Role
from app.services import invited
from app.storage import models
from tests.clinics import RIVERA
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.staffing import PASSWORD, Colleague, hire

NEW = {"name": "Noor Haddad", "email": "noor@example.org", "role": "clinician", "calendar": "1"}


@pytest.fixture
def mira(site: Flask) -> Colleague:
    mira = Colleague(site, Role.OWNER, name="Mira Castellan")
    mira.get("/staff/team")
    return mira


def account(site: Flask, email: str) -> models.StaffAccount:
    with site.app_context():
        (row,) = rows(models.StaffAccount, models.StaffAccount.email == email)
        found: models.StaffAccount = row
        return found


def test_an_owner_invites_somebody(site: Flask, mira: Colleague) -> None:
    answer = mira.post("/staff/team/invite", NEW)

    assert answer.location == "/staff/team?said=invited"
    noor = account(site, "noor@example.org")
    assert (noor.name, noor.role, noor.clinician_id) == ("Noor Haddad", "clinician", 1)
    assert "Noor Haddad" in mira.get("/staff/team?said=invited").text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"email": "noor"}, "Add the @"),
        ({"name": " "}, "Please write a name."),
        ({"calendar": ""}, "Please choose whose calendar"),
        ({"role": "emperor"}, "Please choose one of those that are offered."),
        ({"calendar": "99"}, "Please choose one of those that are offered."),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    site: Flask, mira: Colleague, field: dict[str, str], words: str
) -> None:
    page = mira.post("/staff/team/invite", NEW | field)

    assert page.status_code == 422
    assert words in page.text
    assert ("noor@example.org" in page.text) == ("email" not in field)


def test_an_address_twice_is_refused_with_a_sentence(site: Flask, mira: Colleague) -> None:
    mira.post("/staff/team/invite", NEW)

    page = mira.post("/staff/team/invite", NEW | {"email": "Noor@Example.org"})

    assert page.status_code == 422
    assert "Somebody with this address works here, or did." in page.text


def test_an_owner_changes_a_role_and_ends_an_account(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        jo = hire(email="jo@example.org")
    mira.get(f"/staff/team/{jo.id}")

    changed = mira.post(f"/staff/team/{jo.id}/place", {"role": "owner", "calendar": ""})
    role = account(site, "jo@example.org").role
    gone = mira.post(f"/staff/team/{jo.id}/leave")

    assert changed.location == f"/staff/team/{jo.id}?said=changed"
    assert role == "owner"
    assert gone.location == "/staff/team?said=left"
    assert account(site, "jo@example.org").left_at is not None
    assert "They do not work here any more." in mira.get(f"/staff/team/{jo.id}").text


def test_an_owner_is_told_what_becomes_of_a_doctors_entries(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        who = hire(Role.CLINICIAN)
    before = mira.get(f"/staff/team/{who.id}").text
    with site.app_context():
        invited.choose(who, RIVERA, who.id, now=MONDAY_8AM)

    after = mira.get(f"/staff/team/{who.id}").text

    for said in ("to come out of their calendar.", "to come out of the one they have."):
        assert (said in before, said in after) == (False, True)


def test_nobody_is_offered_to_change_themselves(mira: Colleague) -> None:
    page = mira.get(f"/staff/team/{mira.who.id}").text

    assert "Nobody changes their own role." in page
    assert "End the account" not in page


def test_ending_ones_own_sessions_signs_out_here_too(mira: Colleague) -> None:
    answer = mira.post(f"/staff/team/{mira.who.id}/sessions")

    assert answer.location == "/staff/sign-in?said=out"
    assert mira.get("/staff/team").status_code == 303


def test_t12_an_unknown_person_is_a_page_that_is_not_there(mira: Colleague) -> None:
    for path in ("", "/leave", "/factor", "/sessions", "/again"):
        way = mira.get if not path else mira.post
        assert way(f"/staff/team/nobody{path}").status_code == 404, path


def test_t34_a_role_asks_again_who_the_owner_is(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        jo = hire(email="jo@example.org")
    site.extensions["clock"].forward(minutes=6)
    asked = mira.post(f"/staff/team/{jo.id}/place", {"role": "owner", "calendar": ""})
    before = account(site, "jo@example.org").role

    mira.post(f"/staff/team/{jo.id}/place", {"role": "owner", "calendar": "", "proof": PASSWORD})

    assert (asked.status_code, before) == (403, "reception")
    assert account(site, "jo@example.org").role == "owner"


def test_how_long_reception_rests_is_chosen(site: Flask, mira: Colleague) -> None:
    chosen = mira.post("/staff/team/rest", {"minutes": "480"})
    garbled = mira.post("/staff/team/rest", {"minutes": "-1"})

    assert chosen.location == "/staff/team?said=rest"
    assert garbled.status_code == 409
    assert 'value="480" checked' in mira.get("/staff/team").text
