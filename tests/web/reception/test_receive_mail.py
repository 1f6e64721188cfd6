"""What the command for mail servers says: one JSON line, whatever the mail was."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.services.people import THURSDAY
from tests.services.sent_back import AT_FIVE_PAST, Invited


@pytest.fixture
def invited(site: Flask) -> Invited:
    """Give somebody who was invited to Thursday."""
    with site.app_context():
        return Invited(Guest(MONDAY_8AM).book(THURSDAY))


def receive(site: Flask, mail: bytes, folder: Path) -> dict[str, object]:
    """Hand a file to the command; return the line that it prints."""
    file = folder / "mail.eml"
    file.write_bytes(mail)
    ran = site.test_cli_runner().invoke(args=["receive-mail", str(file)])
    assert ran.exit_code == 0, ran.output
    (line,) = ran.output.splitlines()
    said: dict[str, object] = json.loads(line)
    return said


def test_the_command_says_what_became_of_a_mail(
    site: Flask, invited: Invited, tmp_path: Path
) -> None:
    with site.app_context():
        yes = invited.says("ACCEPTED", extra="COMMENT:See you\n")
        later = AT_FIVE_PAST + timedelta(minutes=1)
        start = "DTSTART:20270305T150000Z"
        other = invited.says("TENTATIVE", method="COUNTER", start=start, stamp=later)
        uid = f"{invited.about.id}@localhost"

    first = receive(site, yes, tmp_path)
    again = receive(site, yes, tmp_path)
    counter = receive(site, other, tmp_path)
    words = receive(site, sent_back.words("x@example.org"), tmp_path)

    assert first == {
        "action": "apply", "reason": "accepted", "uid": uid, "partstat": "accepted",
        "comment": "See you", "proposed_start": None,
    }  # fmt: skip
    assert again["action"] == "stale"
    assert (counter["action"], counter["proposed_start"]) == ("counter", "2027-03-05T15:00:00Z")
    assert words == dict.fromkeys(first) | {"action": "ignore", "reason": "no_answer"}
