"""How devices stay in step: with tokens that say how far each has come, and in parts."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from werkzeug.test import TestResponse

from app.domain.device_calendar import AT_ONCE
from app.storage.database import db
from app.storage.models import CalendarChange, Clinician
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.desk import appoint
from tests.phone import SPACES, Phone, errors, parsed, texts
from tests.web.dav.followed import Followed

HOUR = timedelta(hours=1)


def test_two_devices_are_in_step(site: Flask, followed: Followed) -> None:
    phone, laptop = followed.phone, Phone(site, who=followed.phone.who, name="Laptop")
    (seen, here), (also, there) = phone.sync(), laptop.sync()

    moved = phone.put(
        followed.name, followed.uid, TUESDAY_NOON + HOUR, TUESDAY_NOON + 2 * HOUR,
        seen=seen[followed.name] or "",
    )  # fmt: skip
    late = laptop.put(
        followed.name, followed.uid, TUESDAY_NOON - HOUR, TUESDAY_NOON,
        seen=also[followed.name] or "",
    )  # fmt: skip
    first, here = phone.sync(here)
    second, there = laptop.sync(there)

    assert (moved.status_code, late.status_code) == (204, 412)
    assert first == second
    assert list(first) == [followed.name]
    assert here == there


def test_a_token_says_how_far_a_device_has_come(followed: Followed) -> None:
    everything, token = followed.phone.sync()
    nothing, same = followed.phone.sync(token)

    assert list(everything) == [followed.name]
    assert (nothing, same) == ({}, token)


@pytest.mark.parametrize(
    "token", ["x", "urn:x-foreword:calendar:2-1-1", "urn:x-foreword:calendar:1-999-1",
              "urn:x-foreword:calendar:1-1", "http://radicale.org/ns/sync/1"]
)  # fmt: skip
def test_a_token_of_somebody_else_begins_anew(phone: Phone, token: str) -> None:
    inside = f"<D:sync-token>{token}</D:sync-token><D:prop><D:getetag/></D:prop>"

    answer = phone.report("D:sync-collection", inside)

    assert (answer.status_code, errors(answer)) == (403, ["valid-sync-token"])


def part(phone: Phone, limit: object, token: str = "") -> TestResponse:
    inside = (
        f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>"
        f"<D:limit><D:nresults>{limit}</D:nresults></D:limit><D:prop><D:getetag/></D:prop>"
    )
    return phone.report("D:sync-collection", inside)


def test_a_part_of_what_changed_is_not_told_as_if_it_were_all(
    site: Flask, followed: Followed
) -> None:
    phone = followed.phone
    with site.app_context():
        appoint(TUESDAY_NOON + HOUR)
    everything, token = phone.sync()

    first = part(phone, 1)
    second = part(phone, 1, parsed(first).findtext("D:sync-token", "", SPACES))

    here, rest = texts(first, "D:href")
    assert rest == phone.calendar()
    assert texts(first, "D:status") == ["HTTP/1.1 507 Insufficient Storage"]
    assert [one.tag for one in parsed(first).findall("D:response/D:error/*", SPACES)] == [
        "{DAV:}number-of-matches-within-limits"
    ]
    assert {one.rpartition("/")[2] for one in (here, *texts(second, "D:href"))} == set(everything)
    assert texts(second, "D:status") == []
    assert parsed(second).findtext("D:sync-token", "", SPACES) == token


def test_what_cannot_be_told_in_such_parts_is_refused_by_name(followed: Followed) -> None:
    none = part(followed.phone, 0)

    assert (none.status_code, errors(none)) == (507, ["number-of-matches-within-limits"])
    assert {part(followed.phone, odd).status_code for odd in ("", "-1", "many", "1" * 40)} == {400}


def test_very_much_is_told_in_parts_though_nobody_asked_for_it(site: Flask, phone: Phone) -> None:
    _seen, token = phone.sync()
    with site.app_context():
        come = db.session.scalars(select(Clinician.calendar_revision).filter_by(id=RIVERA)).one()
        rows = [
            {"clinician_id": RIVERA, "name": f"gone {one}.ics", "revision": come + 1 + one}
            for one in range(AT_ONCE + 1)
        ]
        db.session.execute(insert(CalendarChange), rows)
        last = update(Clinician).where(Clinician.id == RIVERA)
        db.session.execute(last.values(calendar_revision=come + AT_ONCE + 1))
        db.session.commit()

    many, token = phone.sync(token)
    few, _token = phone.sync(token)

    assert len(many) == AT_ONCE + 1  # and the calendar itself: there is more
    assert "" in many
    assert few == {f"gone%20{AT_ONCE}.ics": None}
