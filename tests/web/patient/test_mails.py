"""How somebody wants their mails, as they and the desk choose it on their pages."""

from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.models import Patient
from tests.staffing import Colleague
from tests.web.walker import Walker


def chosen(site: Flask) -> list[str]:
    with site.app_context():
        return list(db.session.scalars(select(Patient.calendar)))


def test_a_person_chooses_other_mails_on_their_own_page(
    site: Flask, person: Walker, reference: str
) -> None:
    page = f"/appointment/{reference}"

    before = person.get(page).text
    after = person.follow(person.post(f"{page}/mails", {"mails": "plain"})).text

    assert 'value="invitation" checked' in before
    assert 'value="plain" checked' in after
    assert "Your mails come as you chose." in after
    assert chosen(site) == ["plain"]


def test_a_choice_that_is_not_offered_changes_nothing(
    site: Flask, person: Walker, reference: str
) -> None:
    person.get(f"/appointment/{reference}")

    answer = person.post(f"/appointment/{reference}/mails", {"mails": "pigeon"})

    assert 400 <= answer.status_code < 500
    assert chosen(site) == ["invitation"]


def test_the_desk_chooses_for_a_caller(site: Flask, reference: str) -> None:
    jo = Colleague(site)
    page = f"/staff/appointment/{reference}"
    jo.get(page)

    after = jo.follow(jo.post(f"{page}/mails", {"mails": "text", "revision": "0"})).text

    assert '<option value="text" selected>' in after
    assert chosen(site) == ["text"]
    assert "Jo Brandt chose other mails" in after
