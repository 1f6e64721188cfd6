"""Other times that calendars ask for, and when they did: each program has a way of its own."""

import pytest

from app.storage import models
from tests.clinics import Guest
from tests.mail import sent_back
from tests.services.looking import booked, rows
from tests.services.people import THURSDAY
from tests.services.sent_back import HOST, Invited, done

OTHER = "DTSTART:20270305T150000Z"
IN_A_ZONE = "DTSTART;TZID=Eastern Standard Time:20270305T100000"
ORIGINAL = (
    "X-MS-OLK-ORIGINALSTART:20270304T170000Z\nX-MS-OLK-ORIGINALEND:20270304T173000Z\n"
    "X-MICROSOFT-CDO-REPLYTIME:20270301T130500Z\n"
)


@pytest.fixture
def invited(guest: Guest) -> Invited:
    """Give somebody who was invited to Thursday."""
    return Invited(guest.book(THURSDAY))


def proposed() -> list[str]:
    """Return the times that stand for somebody to decide."""
    return [f"{one.proposed:%Y-%m-%d %H:%M}" for one in rows(models.Reply) if one.proposed]


@pytest.mark.parametrize("partstat", ["TENTATIVE", "DECLINED"])
@pytest.mark.parametrize("method", ["COUNTER", "REPLY"])
def test_outlook_asks_for_another_time(invited: Invited, method: str, partstat: str) -> None:
    mail = invited.says(partstat, method=method, start=OTHER, extra=ORIGINAL)

    assert done(mail) == ("counter", "proposed")
    assert proposed() == ["2027-03-05 15:00"]


def test_an_outlook_of_long_ago_asks_by_a_maybe_at_another_time(invited: Invited) -> None:
    assert done(invited.says("TENTATIVE", start=OTHER)) == ("counter", "proposed")


def test_exchange_asks_on_a_clock_of_windows(invited: Invited) -> None:
    mail = invited.says(
        "TENTATIVE", method="COUNTER", start=IN_A_ZONE, zones=sent_back.WINDOWS_ZONE,
        organizer="", extra=ORIGINAL,
    )  # fmt: skip

    assert done(mail) == ("counter", "proposed")
    assert proposed() == ["2027-03-05 15:00"]


def test_nextcloud_asks_on_a_clock_that_it_does_not_send_along(invited: Invited) -> None:
    start = "DTSTART;TZID=America/New_York:20270305T100000"

    assert done(invited.says("TENTATIVE", method="COUNTER", start=start)) == ("counter", "proposed")
    assert proposed() == ["2027-03-05 15:00"]


def test_a_time_on_nobodys_clock_is_left_to_a_person(invited: Invited) -> None:
    start = "DTSTART;TZID=Clinic Time:20270305T100000"

    assert done(invited.says("TENTATIVE", method="COUNTER", start=start)) == ("review", "no_time")


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_an_answer_that_only_says_what_the_time_was_is_an_answer(
    invited: Invited, partstat: str
) -> None:
    assert done(invited.says(partstat, extra=ORIGINAL)) == ("apply", partstat.lower())
    assert proposed() == []


def test_a_no_with_another_clock_is_a_no(invited: Invited) -> None:
    assert done(invited.says("DECLINED", start=OTHER)) == ("apply", "declined")


def test_a_time_asked_for_in_vain_changes_nothing(invited: Invited) -> None:
    before = booked(invited.reference).sequence

    assert done(invited.says("TENTATIVE", start="DTSTART:20260305T150000Z")) == (
        "review", "past_time",
    )  # fmt: skip
    assert booked(invited.reference).sequence == before


def test_a_stranger_asks_for_no_other_time(invited: Invited) -> None:
    ics = sent_back.calendar(
        f"{invited.about.id}@{HOST}", "mallory@example.org", "TENTATIVE", start=OTHER,
        extra=ORIGINAL,
    )  # fmt: skip

    assert done(sent_back.plain("mallory@example.org", ics)) == ("review", "stranger")
    assert proposed() == []


@pytest.mark.parametrize(
    ("replied", "outcome"),
    [("20270301T131000Z", ("apply", "accepted")), ("20270301T130000Z", ("stale", "older")),
     ("soon", ("stale", "older"))],
)  # fmt: skip
def test_an_outlook_of_long_ago_says_apart_when_it_answered(
    invited: Invited, replied: str, outcome: tuple[str, str]
) -> None:
    assert done(invited.says("TENTATIVE")) == ("apply", "tentative")

    again = invited.says("ACCEPTED", extra=f"X-MICROSOFT-CDO-REPLYTIME:{replied}\n")

    assert done(again) == outcome
