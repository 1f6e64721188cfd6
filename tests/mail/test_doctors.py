"""A doctor's own copies as files, from the first invitation until the last is taken out."""

from pathlib import Path

import pytest
from flask import Flask

from app import worker
from app.domain.staff import Role
from app.services import attending, desk_moving, invited
from app.services import clinic as clinics
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import StoppedClock
from tests.mail.conformance import Mail, broken, broken_after
from tests.mail.conftest import Write
from tests.mail.samples import LETTERS
from tests.staffing import hire

FRIDAY = TUESDAY_NOON + days(3)


def delivered(site: Flask, clock: StoppedClock) -> dict[str, bytes]:
    """Let the worker deliver what is due; return each address's newest mail."""
    folder = Path(site.extensions["settings"].instance) / "mail"
    before = set(folder.glob("*.eml"))
    worker.build(site).courier.deliver_due(clock=clock)
    new = (path.read_bytes() for path in set(folder.glob("*.eml")) - before)
    return {Mail(data).addresses("To")[0]: data for data in new}


def test_a_doctors_copies_keep_every_rule_and_are_not_the_patients(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        for id_, address in ((RIVERA, "rivera@example.org"), (OKAFOR, "okafor@example.org")):
            who = hire(Role.CLINICIAN, name="Dr", email=address, clinician_id=id_)
            invited.choose(who, id_, who.id, now=clock.now)
        reference = Guest(clock.now).book(wish(FRIDAY), person("marian@example.org"))
        booked = delivered(site, clock)
        clock.forward(minutes=1)
        jo = hire()
        desk_moving.move(
            reference, wish(FRIDAY + days(3), clinician_id=OKAFOR, location_id=NASHVILLE),
            revision=attending.find(reference, jo).revision, actor=jo, clinic=clinics.load(),
            now=clock.now,
        )  # fmt: skip
        moved = delivered(site, clock)

    assert [broken(data) for data in (*booked.values(), *moved.values())] == [set()] * 5
    for reader in ("marian@example.org", "rivera@example.org"):
        assert broken_after(booked[reader], moved[reader]) == set()
    uids = {Mail(data).about("UID") for data in (*booked.values(), *moved.values())}
    assert len(uids) == 3
    assert {reader: Mail(data).about("STATUS") for reader, data in moved.items()} == {
        "marian@example.org": "CONFIRMED",
        "rivera@example.org": "CANCELLED",
        "okafor@example.org": "CONFIRMED",
    }
    assert Mail(booked["rivera@example.org"]).about("SUMMARY") == f"M.H. {reference}"


@pytest.mark.parametrize(
    ("name", "title", "small"),
    [
        ("doctor_cancelled", "Cancelled", "because you wanted an invitation"),
        ("doctor_no_more", "No longer with you", "because you wanted an invitation"),
        ("doctor_not_invited", "Out of your calendar", "The appointment stays as it is."),
    ],
)
def test_a_mail_that_takes_an_entry_out_says_why(
    name: str, title: str, small: str, written: Write
) -> None:
    message = written(LETTERS[name]).message
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))

    assert plain is not None
    assert html is not None
    said = " ".join(message["Subject"].split())
    assert said == f"{title}: Monday 15 March 2027, 9:30 to 10:15 am (HB-7K4-QM2)"
    for words in (plain.get_content(), html.get_content()):
        assert f"{title}: M.H." in words
        assert small in " ".join(words.split())
        assert ("/staff/appointment/" in words) == (name != "doctor_not_invited")
