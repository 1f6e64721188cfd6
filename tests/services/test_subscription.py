"""Links at which programs look at a calendar."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.refusals import NotYours, Refused, TooManyTries
from app.domain.setting import seen_as
from app.domain.staff import Role, Staff
from app.domain.subscription import NameInUse, NameNeeded, Source
from app.services import doctors, feed, places, subscription, team
from app.services.team import Place
from app.storage import models
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import everything, rows
from tests.staffing import hire

DR_RIVERA, AT_KNOXVILLE = Source(clinician_id=RIVERA), Source(location_id=KNOXVILLE)


@pytest.fixture
def mira(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Mira Castellan")


def make(actor: Staff, source: Source = DR_RIVERA, name: str = "my phone") -> str:
    return subscription.make(source, name, actor=actor, now=MONDAY_8AM)


def look(
    secret: str, *, after: timedelta = timedelta(0), network: str = "192.0.2.0/24"
) -> feed.Feed:
    return feed.find(secret, network=network, now=MONDAY_8AM + after)


def names(actor: Staff) -> list[str]:
    return [one.name for one in subscription.listing(actor)]


def test_a_link_has_256_random_bits_and_only_its_hash_is_kept(mira: Staff) -> None:
    first, second = make(mira), make(mira, name="the tablet")
    kept = str(everything())

    assert len(first) == 52  # letters of five bits
    assert first != second
    assert first not in kept
    assert look(first).source == DR_RIVERA


def test_it_says_when_it_was_last_used(mira: Staff) -> None:
    secret = make(mira)
    unused = subscription.listing(mira)[0].used_on
    look(secret, after=days(3))
    (one,) = subscription.listing(mira)

    assert unused is None
    assert one.used_on == (MONDAY_8AM + days(3)).date()
    assert (one.maker, one.name) == ("Mira Castellan", "my phone")


def test_pressing_twice_makes_one_link_the_one_that_was_shown_last(mira: Staff) -> None:
    first, second = make(mira), make(mira)

    assert names(mira) == ["my phone"]
    assert look(second).source == DR_RIVERA
    with pytest.raises(NotYours):
        look(first)


def test_a_name_in_use_and_no_name_are_refused(mira: Staff) -> None:
    look(make(mira))

    for name, refusal in (("My PHONE", NameInUse), ("", NameNeeded), ("x" * 61, NameNeeded)):
        with pytest.raises(refusal):
            make(mira, name=name)
    make(mira, AT_KNOXVILLE)
    assert names(mira) == ["my phone", "my phone"]


def test_t12_a_doctor_links_their_own_calendar_and_no_other(app: Flask) -> None:
    ana = hire(Role.CLINICIAN, clinician_id=RIVERA)

    make(ana)
    for source in (Source(clinician_id=OKAFOR), AT_KNOXVILLE, Source(clinician_id=99), Source()):
        with pytest.raises(Refused):
            make(ana, source)
    assert names(ana) == ["my phone"]


def test_t12_nobody_ends_a_link_that_is_not_theirs(app: Flask, mira: Staff) -> None:
    jo, ana = hire(), hire(Role.CLINICIAN, clinician_id=RIVERA)
    secret = make(mira)
    (one,) = subscription.listing(mira)
    subscription.end(one.id, actor=jo, now=MONDAY_8AM)

    assert names(jo) == []
    assert names(ana) == ["my phone"]  # it is the own calendar that somebody looks at
    assert look(secret).source == DR_RIVERA


def test_an_ended_link_is_dead_and_ending_twice_is_once(mira: Staff) -> None:
    secret = make(mira)
    (one,) = subscription.listing(mira)
    subscription.end(one.id, actor=mira, now=MONDAY_8AM)
    subscription.end(one.id, actor=mira, now=MONDAY_8AM)

    with pytest.raises(NotYours):
        look(secret)
    told = [(line.verb, line.change) for line in rows(models.JournalEntry)]
    assert told == [
        ("feed_made", {"name": "my phone", "of": "Dr Ana Rivera"}),
        ("feed_ended", {"name": "my phone"}),
    ]


def test_t04_wrong_links_are_one_refusal_and_too_many_of_a_network_wait(mira: Staff) -> None:
    right = make(mira)
    for wrong in ("", "x" * 52, right[:-1], right.upper(), "nul\0", "☂", "a" * 5000):
        with pytest.raises(NotYours):
            look(wrong)
    for _ in range(feed.WRONG_AN_HOUR - 7):
        with pytest.raises(NotYours):
            look("x")

    with pytest.raises(TooManyTries):
        look("x")
    with pytest.raises(NotYours):
        look("x", network="198.51.100.0/24")
    assert look(right).source == DR_RIVERA  # whoever has a link is not kept out by them


def test_when_a_doctor_leaves_so_do_the_links(app: Flask, mira: Staff) -> None:
    ana = hire(Role.CLINICIAN, clinician_id=RIVERA)
    theirs, for_them = make(ana), make(mira, name="Ana's tablet")
    other = make(mira, Source(clinician_id=OKAFOR))
    team.let_go(mira, ana.id, now=MONDAY_8AM)

    for secret in (theirs, for_them):
        with pytest.raises(NotYours):
            look(secret)
    assert look(other).source.clinician_id == OKAFOR


def test_what_somebody_made_ends_with_their_role(app: Flask, mira: Staff) -> None:
    jo = hire()
    secret = make(jo, AT_KNOXVILLE)
    team.change_place(mira, jo.id, Place(role=Role.CLINICIAN, clinician_id=OKAFOR), now=MONDAY_8AM)

    with pytest.raises(NotYours):
        look(secret)


def test_a_doctor_or_a_place_that_goes_out_of_use_has_no_links(app: Flask, mira: Staff) -> None:
    secrets = [make(mira), make(mira, Source(location_id=NASHVILLE))]
    rooms: list[tuple[Any, int]] = [(doctors, RIVERA), (places, NASHVILLE)]
    for room, id_ in rooms:
        known = room.find(mira, id_)
        room.change(
            mira, id_, known | {"active": False}, seen=seen_as(known), agreed="", now=MONDAY_8AM
        )

    for secret in secrets:
        with pytest.raises(NotYours):
            look(secret)
    with pytest.raises(NotYours):
        make(mira)


def test_a_calendar_is_another_as_soon_as_anything_in_it_is(app: Flask, mira: Staff) -> None:
    rivera, place = make(mira), make(mira, AT_KNOXVILLE)
    before = [look(one).tag for one in (rivera, place)]
    again = [look(one, after=timedelta(hours=1)).tag for one in (rivera, place)]
    appoint(clinician_id=OKAFOR)
    okafor = [look(one).tag for one in (rivera, place)]
    appoint()
    both = [look(one).tag for one in (rivera, place)]
    tomorrow = [look(one, after=days(1)).tag for one in (rivera, place)]

    assert before == again
    assert okafor[0] == before[0]
    assert okafor[1] != before[1]
    assert both[0] != before[0]
    assert not set(tomorrow) & set(both)  # other days are in the window


def test_since_when_it_is_so_never_stands_still_while_it_changes(app: Flask, mira: Staff) -> None:
    secret = make(mira)
    first = look(secret, after=timedelta(minutes=5))
    same = look(secret, after=timedelta(minutes=50))
    appoint()
    other = look(secret, after=timedelta(minutes=50))
    appoint(clinician_id=RIVERA, start=MONDAY_8AM + days(2))
    third = look(secret, after=timedelta(minutes=50))

    assert same.changed_at == first.changed_at
    assert other.changed_at > first.changed_at
    assert third.changed_at >= other.changed_at + timedelta(seconds=1)  # HTTP has no fractions
