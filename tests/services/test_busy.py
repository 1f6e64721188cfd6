"""A doctor's other calendar: what it says is not offered, and when it says nothing any more."""

from datetime import datetime, timedelta

import pytest

from app.domain.busy import Fault, Found, NotRead, Read, TooManyCalendars
from app.domain.interval import Interval
from app.domain.refusals import NotAllowed, NotYours, SlotTaken
from app.domain.staff import Role
from app.services import busy, busy_rounds, offer
from app.services import clinic as clinics
from app.storage.models import BusyCalendar, BusyTime, JournalEntry
from tests.busy import ADDRESS, HOUR, NOON, busy_at, connect, read, taken
from tests.clinics import GENERAL, OKAFOR, RIVERA, TUESDAY_NOON, Guest
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows, statements
from tests.staffing import hire

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)


def offered(now: datetime = MONDAY_8AM, *, clinician_id: int = RIVERA) -> set[datetime]:
    """Return the times that a doctor is offered for on the first days."""
    asked = offer.Search(visit_type_id=GENERAL, clinician_id=clinician_id)
    found = offer.find(asked, clinics.load(), now=now)
    return {wish.start for day in found.days for one in day.lists for wish in one.slots}


def test_a_busy_time_is_not_offered_any_more_and_neighbours_are(guest: Guest) -> None:
    before = offered()

    busy_at(NOON)

    after = offered()
    assert TUESDAY_NOON in before - after
    assert all(NOON.start - HOUR < start < NOON.end for start in before - after)
    assert NOON.end in after
    with pytest.raises(SlotTaken):
        guest.hold()


def test_other_calendars_cost_the_offer_no_statement_more() -> None:
    clinic = clinics.load()
    asked = offer.Search(visit_type_id=GENERAL)
    counted = []
    for number in range(2):
        with statements() as seen:
            offer.find(asked, clinic, now=MONDAY_8AM)
        counted.append(len(seen))
        if not number:
            busy_at(NOON)
            clinic = clinics.load()

    assert counted[0] == counted[1] <= 2


def test_what_changes_there_changes_here_and_what_is_removed_comes_free() -> None:
    calendar_id = busy_at(NOON)
    assert TUESDAY_NOON not in offered()

    read(Interval(NOON.end, NOON.end + HOUR), now=MONDAY_8AM + HOUR)

    assert TUESDAY_NOON in offered(MONDAY_8AM + HOUR)
    assert NOON.end not in offered(MONDAY_8AM + HOUR)
    busy.remove(calendar_id, actor=hire(), clinic=clinics.load(), now=MONDAY_8AM + HOUR)
    assert NOON.end in offered(MONDAY_8AM + HOUR)
    assert (rows(BusyCalendar), rows(BusyTime)) == ([], [])


def test_f12_what_cannot_be_read_leaves_what_was_read_before_and_is_tried_later_each_time() -> None:
    busy_at(NOON)
    now, waits = MONDAY_8AM, []
    for _ in range(4):
        (row,) = rows(BusyCalendar)
        now = row.next_try_at
        busy_rounds.fail(taken(now=now), Fault.NOT_A_CALENDAR, now=now)
        (row,) = rows(BusyCalendar)
        waits.append(row.next_try_at - now)

    (row,) = rows(BusyCalendar)
    assert (row.fault, row.read_at) == ("not_a_calendar", MONDAY_8AM)
    assert waits == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert TUESDAY_NOON not in offered(now)


def test_f12_a_doctor_whose_calendar_is_not_read_for_a_day_is_withheld_until_it_is() -> None:
    busy_at(NOON)
    assert offered(MONDAY_8AM + DAY - HOUR)  # the process knows this calendar now

    late = MONDAY_8AM + DAY + HOUR

    assert offered(late) == set()
    assert offered(late, clinician_id=OKAFOR)
    owner = hire(Role.OWNER)
    assert [one.name for one in busy.late(actor=owner, clinic=clinics.load(), now=late)] == [
        "Private"
    ]
    busy_rounds.keep(taken(now=late), Read(found=None), now=late)
    assert offered(late)


def test_a_calendar_that_was_never_read_withholds_its_doctor_too(guest: Guest) -> None:
    connect()

    assert offered(MONDAY_8AM + DAY - HOUR)
    assert offered(MONDAY_8AM + DAY + HOUR) == set()


def test_two_workers_never_read_one_calendar_and_the_later_word_of_a_lost_lease_is_none() -> None:
    connect()
    first = taken("first")
    assert busy_rounds.lease(owner="second", now=MONDAY_8AM) is None

    later = MONDAY_8AM + timedelta(minutes=3)
    second = taken("second", now=later)
    busy_rounds.keep(first, Read(found=Found(busy=(NOON,))), now=later)
    busy_rounds.fail(first, Fault.AWAY, now=later)

    (row,) = rows(BusyCalendar)
    assert (row.leased_by, row.read_at, row.fault) == ("second", None, None)
    busy_rounds.keep(second, Read(found=Found(busy=(NOON,))), now=later)
    assert len(rows(BusyTime)) == 1


def test_an_unchanged_calendar_is_asked_for_by_its_mark_until_a_month_has_passed() -> None:
    connect()
    read(NOON, etag='"7"')

    soon, later = MONDAY_8AM + HOUR, MONDAY_8AM + 366 * DAY

    task = taken(now=soon)
    assert task.etag == '"7"'
    busy_rounds.keep(task, Read(found=None), now=soon)
    assert len(rows(BusyTime)) == 1
    assert taken(now=later).etag == ""


def test_the_same_calendar_twice_is_one_and_its_address_is_sealed() -> None:
    first = connect()

    assert connect(address=ADDRESS.replace("https", "webcal")) == first

    (row,) = rows(BusyCalendar)
    assert b"9f2c" not in row.address
    assert taken().address == ADDRESS


@pytest.mark.parametrize(
    "typed",
    [
        "", "calendar", "http://calendar.example.org/a.ics", "ftp://example.org/a", "https://",
        "https://example.org:8443/a.ics", "https://me:secret@example.org/a.ics",
        "file:///etc/passwd", "https://example.org:x/", "https://[::1", "//example.org/a",
        "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_t19_an_address_that_is_none_is_not_kept(typed: str) -> None:
    with pytest.raises(NotRead) as refused:
        connect(address=typed)

    assert refused.value.fault is Fault.NO_ADDRESS
    assert rows(BusyCalendar) == []


def test_a_file_is_kept_as_times_and_a_newer_one_of_its_name_takes_its_place() -> None:
    jo, clinic = hire(), clinics.load()
    window = Interval(MONDAY_8AM, MONDAY_8AM + 90 * DAY)
    later = Interval(NOON.end, NOON.end + HOUR)

    for busy_time in (NOON, later):
        found = Found(busy=(busy_time,), skipped=2)
        busy.hand_in(RIVERA, "Congress", found, window, actor=jo, clinic=clinic, now=MONDAY_8AM)

    (shown,) = busy.listing(actor=jo, clinic=clinic, now=MONDAY_8AM)
    assert (shown.name, shown.host, shown.many, shown.skipped) == ("Congress", "", 1, 2)
    assert TUESDAY_NOON in offered()
    assert later.start not in offered()
    assert offered(MONDAY_8AM + 2 * DAY)  # a file does not grow old by itself
    with pytest.raises(NotYours):
        busy.refresh(shown.id, actor=jo, now=MONDAY_8AM)


def test_t12_a_doctor_connects_their_own_calendars_and_sees_no_others() -> None:
    clinic = clinics.load()
    doctor = hire(Role.CLINICIAN, clinician_id=OKAFOR)
    of_rivera = connect()

    assert busy.listing(actor=doctor, clinic=clinic, now=MONDAY_8AM) == []
    for act in (
        lambda: connect(actor=doctor),
        lambda: busy.refresh(of_rivera, actor=doctor, now=MONDAY_8AM),
        lambda: busy.remove(of_rivera, actor=doctor, clinic=clinic, now=MONDAY_8AM),
    ):
        with pytest.raises((NotYours, NotAllowed)):
            act()
    assert connect(clinician_id=OKAFOR, actor=doctor)


def test_ten_calendars_are_enough() -> None:
    for number in range(10):
        connect(address=f"{ADDRESS}?{number}")

    with pytest.raises(TooManyCalendars):
        connect(address=f"{ADDRESS}?10")


def test_who_connected_and_removed_a_calendar_is_in_the_journal_and_its_address_is_not() -> None:
    calendar_id = connect()
    busy.remove(calendar_id, actor=hire(), clinic=clinics.load(), now=MONDAY_8AM)

    noted = sorted(rows(JournalEntry), key=lambda row: row.id)

    assert [(row.verb, row.change) for row in noted] == [
        ("busy_added", {"name": "Dr Ana Rivera"}),
        ("busy_removed", {"name": "Dr Ana Rivera"}),
    ]
