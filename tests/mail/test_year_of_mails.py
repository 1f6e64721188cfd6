"""A year of invitations, written as mails and read back: by calendar programs, and by eye."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from app.domain.interval import Interval
from tests.ics.readers import READERS
from tests.mail.conftest import Write
from tests.mail.said import EU, US, Rules, begins
from tests.mail.samples import BOOKED

LENGTH = timedelta(minutes=45)
HALF_HOUR = timedelta(minutes=30)
NEW_YEAR = datetime(2027, 1, 1, 13, tzinfo=UTC)
CALENDARS = ("text/calendar", "application/ics")


def year(rules: Rules) -> list[datetime]:
    """Return an appointment of each week, an hour later each time, and the hours of both nights."""
    weeks = [NEW_YEAR + number * timedelta(weeks=1, hours=1) for number in range(52)]
    nights = [
        change + half * HALF_HOUR
        for change in (rules.summer, rules.autumn)
        for half in range(-6, 7)
    ]
    return sorted({*weeks, *nights})


def as_programs_read_it(mail: EmailMessage) -> set[tuple[datetime, datetime]]:
    """Return from when to when it is, as each program reads each of its calendars."""
    found = [part for part in mail.walk() if part.get_content_type() in CALENDARS]
    assert [part.get_content_type() for part in found] == [*CALENDARS]
    seen = (reader(_data(part)) for part in found for reader in READERS)
    return {(one.start, one.end) for one in seen}


def _data(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize(
    ("zone", "rules"), [("America/New_York", US), ("Europe/Berlin", EU)], ids=["US", "EU"]
)
def test_programs_and_people_read_every_instant_of_a_year_in_its_mail(
    zone: str, rules: Rules, written: Write
) -> None:
    for start in year(rules):
        slot = Interval(start, start + LENGTH)
        letter = replace(BOOKED, zone=ZoneInfo(zone), interval=slot)

        sent = bytes(written(letter).message)
        mail = message_from_bytes(sent, policy=policy.default)
        body = mail.get_body(("plain",))

        assert as_programs_read_it(mail) == {(slot.start, slot.end)}
        assert body is not None
        assert begins(body.get_content(), rules) == start
