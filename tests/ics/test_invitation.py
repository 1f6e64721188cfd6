from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.interval import Interval
from app.domain.letter import one_line
from app.ics.invitation import CalendarAppointment, cancel, publish, request
from tests.ics.conformance import broken
from tests.ics.readers import READERS, Seen
from tests.ics.samples import APPOINTMENT, GONE, MESSAGES, STAMP

Reader = Callable[[bytes], Seen]
every_reader = pytest.mark.parametrize("read", READERS)
EVIL = "X\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:gotcha"


@every_reader
def test_every_reader_sees_the_appointment_as_we_meant_it(read: Reader) -> None:
    seen = read(MESSAGES["REQUEST"])

    assert (seen.method, seen.events, seen.alarms) == ("REQUEST", 1, 0)
    assert (seen.uid, seen.sequence) == (APPOINTMENT.uid, 0)
    assert Interval(seen.start, seen.end) == APPOINTMENT.interval
    assert seen.summary == APPOINTMENT.summary
    assert seen.location == APPOINTMENT.location
    assert seen.description == APPOINTMENT.description
    assert seen.organizer == ("book@harbor.example", "Harbor Clinic")
    assert seen.attendees == (("siobhan@example.org", "Siobhán O'Neil, née Łukasiewicz"),)


@every_reader
def test_a_cancellation_names_all_that_is_needed_to_find_the_entry(read: Reader) -> None:
    seen = read(MESSAGES["CANCEL"])

    assert (seen.method, seen.uid, seen.sequence) == ("CANCEL", APPOINTMENT.uid, 2)
    assert Interval(seen.start, seen.end) == GONE.interval
    assert seen.organizer[0] == "book@harbor.example"
    assert [address for address, _ in seen.attendees] == ["siobhan@example.org"]


@every_reader
def test_a_download_invites_nobody_and_reminds_by_itself(read: Reader) -> None:
    seen = read(MESSAGES["PUBLISH"])

    assert (seen.method, seen.attendees, seen.alarms) == ("PUBLISH", (), 1)


@every_reader
def test_the_second_of_two_equal_wall_times_stays_the_second(read: Reader) -> None:
    repeated = datetime(2027, 11, 7, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    slot = Interval(repeated.astimezone(UTC), repeated.replace(hour=3, fold=0))

    seen = read(request(replace(APPOINTMENT, interval=slot), stamp=STAMP))

    assert seen.start == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_the_same_appointment_gives_the_same_bytes() -> None:
    assert request(APPOINTMENT, stamp=STAMP) == MESSAGES["REQUEST"]


@pytest.mark.parametrize(
    "address", ["", "x", "a@b,c@d", '"x" <a@b>', "a@b\r\nATTENDEE:x", "a b@c", "a@b@c", "a@b\x00"]
)
def test_t16_an_address_that_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        replace(APPOINTMENT, attendee_address=address)


def grammar_free(text: str) -> str:
    """Return the text as it may be shown: without the marks readers disagree about."""
    return one_line(text).replace("\\", "/")


WILD = st.text(max_size=120) | st.sampled_from(
    [EVIL, "a\\nb", '";X=1:', "^n^'^^", "\u2028END:VEVENT"]
)


@given(name=WILD, place=WILD, make=st.sampled_from([request, cancel, publish]))
@example(name=EVIL, place=EVIL, make=request)
@example(name='A "B" C', place="\ud800", make=request)
def test_t17_no_name_or_place_becomes_grammar_in_any_reader(
    name: str, place: str, make: Callable[..., bytes]
) -> None:
    appointment = replace(APPOINTMENT, attendee_name=name, location=place, summary=f"With {name}")

    data = make(appointment, stamp=STAMP)

    assert broken(data) <= {"people have a name and a plain address"}  # a name may be empty
    for seen in (read(data) for read in READERS):
        assert seen.events == 1
        assert seen.location.strip() == grammar_free(place)
        assert seen.summary.strip() == grammar_free(f"With {name}")
        assert Interval(seen.start, seen.end) == APPOINTMENT.interval
        for _, shown in seen.attendees:
            assert shown == grammar_free(name).replace('"', "'").replace("^", "")


def test_t17_a_name_with_an_end_of_event_stays_a_name() -> None:
    appointment: CalendarAppointment = replace(APPOINTMENT, attendee_name=EVIL)

    for seen in (read(request(appointment, stamp=STAMP)) for read in READERS):
        assert seen.events == 1
        assert seen.attendees[0][1] == "X END:VEVENT BEGIN:VEVENT SUMMARY:gotcha"
