"""A change may depend on how things are: then it happens only if they are so (RFC 4918, 10.4)."""

import pytest
from flask import Flask

from tests.clinics import TUESDAY_NOON
from tests.desk import appoint
from tests.phone import event
from tests.web.dav.followed import Followed


def delete(followed: Followed, condition: str) -> int:
    """Delete the appointment under a condition; {etag}, {token}, {place} and {calendar} are its."""
    phone = followed.phone
    etags, token = phone.sync()
    said = condition.format(
        etag=etags[followed.name], token=token, place=phone.place(followed.name),
        calendar=phone.calendar(),
    )  # fmt: skip
    return phone.open("DELETE", phone.place(followed.name), If=said).status_code


@pytest.mark.parametrize(
    "condition",
    ["([{etag}])", "<http://localhost{place}> ([{etag}])", "<{calendar}> (<{token}>)",
     "(Not <DAV:no-lock>)", '(["old"]) ([{etag}] not ["old"])', '<{place}> (["old"]) ([{etag}])',
     "(<urn:uuid:a-lock>) <{calendar}> (<{token}>)", "([W/{etag}])"],
)  # fmt: skip
def test_a_change_whose_condition_holds_happens(followed: Followed, condition: str) -> None:
    assert delete(followed, condition) == 204
    assert followed.now.status == "cancelled"


@pytest.mark.parametrize(
    "condition",
    ['(["old"])', "(Not [{etag}])", "(<DAV:no-lock>)", "<{calendar}> ([{etag}])", "(<{token}>)",
     '([{etag}] ["old"])', "<{calendar}> (<urn:x-foreword:calendar:1-0-0-0>)",
     "</dav/elsewhere> ([{etag}])"],
)  # fmt: skip
def test_one_whose_condition_does_not_hold_does_not(followed: Followed, condition: str) -> None:
    assert delete(followed, condition) == 412
    assert followed.now.status == "booked"


@pytest.mark.parametrize("condition", ["x", "()", "(", "([{etag}]", "([x])", "<http://[> (<a>)"])
def test_a_condition_that_is_none_is_a_bad_request(followed: Followed, condition: str) -> None:
    assert delete(followed, condition) == 400
    assert followed.now.status == "booked"


def test_a_calendar_that_went_on_is_not_the_one_that_was_seen(
    site: Flask, followed: Followed
) -> None:
    phone = followed.phone
    _seen, token = phone.sync()
    with site.app_context():
        appoint(TUESDAY_NOON.replace(hour=20))
    new = event("n", "DTSTART:20270303T190000Z", "DTEND:20270303T200000Z")

    late = phone.open("PUT", phone.place("n.ics"), new, If=f"<{phone.calendar()}> (<{token}>)")
    _seen, token = phone.sync()
    now = phone.open("PUT", phone.place("n.ics"), new, If=f"<{phone.calendar()}> (<{token}>)")

    assert (late.status_code, now.status_code) == (412, 201)
