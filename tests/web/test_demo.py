from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from app.storage.database import db
from tests.web.walker import Walker


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    message = EmailMessage()
    message["From"], message["To"] = "clinic@example.org", "marian@example.org"
    message["Subject"] = "Appointment <b>with</b> Dr Rivera"
    message.set_content("It is on Monday.\nhttp://localhost/a/x.y")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar")
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "one.eml").write_bytes(bytes(message))
    return folder


def test_the_mailbox_lists_what_would_have_left(site: Flask, mail: Path) -> None:
    page = Walker(site).get("/demo/mailbox").text

    assert "Appointment &lt;b&gt;with&lt;/b&gt; Dr Rivera" in page
    assert "/demo/mailbox/one" in page


def test_a_mail_is_shown_as_text_with_its_link_to_press(site: Flask, mail: Path) -> None:
    page = Walker(site).get("/demo/mailbox/one").text

    assert "It is on Monday." in page
    assert 'href="http://localhost/a/x.y"' in page


def test_mail_and_invitation_can_be_saved(site: Flask, mail: Path) -> None:
    walker = Walker(site)

    assert walker.get("/demo/mailbox/one/mail.eml").data.startswith(b"From: clinic@example.org")
    assert walker.get("/demo/mailbox/one/invitation.ics").data == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize("name", ["two", "..", "%2e%2e%2fclinic", "one.eml"])
def test_no_name_leads_out_of_the_mailbox(site: Flask, mail: Path, name: str) -> None:
    assert Walker(site).get(f"/demo/mailbox/{name}").status_code == 404


def test_an_empty_mailbox_says_so(site: Flask) -> None:
    assert "There is no mail yet." in Walker(site).get("/demo/mailbox").text


def test_t37_a_real_clinic_has_no_such_room(site: Flask, mail: Path) -> None:
    with site.app_context():
        db.session.execute(
            db.text(
                "update clinic set demonstration = false, primer_on = false,"
                " revision = revision + 1"
            )
        )
        db.session.commit()

    assert Walker(site).get("/demo/mailbox").status_code == 404


def test_t37_nor_has_one_that_others_reach(
    make_app: Callable[..., Flask], sqlite_url: str, mail: Path
) -> None:
    site = make_app(sqlite_url, base_url="https://demo.example.org")
    client = site.test_client()

    answer = client.get("/demo/mailbox", base_url="https://demo.example.org")

    assert answer.status_code == 404
