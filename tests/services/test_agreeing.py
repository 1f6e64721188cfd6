"""Two owners for taking much out at once (A14)."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Role, Staff
from app.domain.staff_refusals import AgreementNeeded
from app.services import agreeing
from app.storage import models
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.staffing import hire

MUCH = agreeing.MANY + 1
WHAT = {"days": "March"}


@pytest.fixture
def mira(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Mira Castellan")


@pytest.fixture
def ben(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Ben Ode")


def take(
    actor: Staff, many: int = MUCH, what: dict[str, str] = WHAT, after: timedelta = timedelta(0)
) -> bool:
    try:
        agreeing.check(what, many, actor=actor, now=MONDAY_8AM + after)
    except AgreementNeeded:
        return False
    return True


def agree(actor: Staff, asker: Staff, after: timedelta = timedelta(0)) -> None:
    now = MONDAY_8AM + after
    found = [one for one in agreeing.waiting_for(actor, now=now) if one.actor == asker.signature]
    agreeing.agree(found[0].line if found else 0, actor=actor, now=now)


def test_t36_one_owner_alone_has_nobody_to_ask(mira: Staff) -> None:
    assert take(mira)


def test_t36_much_at_once_waits_for_a_second_owner_and_little_does_not(
    mira: Staff, ben: Staff
) -> None:
    little, much = take(mira, agreeing.MANY), [take(mira), take(mira)]
    asked = rows(models.Mail, models.Mail.kind == LetterKind.STAFF_ASKED)
    agree(ben, mira)

    assert (little, much) == (True, [False, False])
    assert [mail.staff_id for mail in asked] == [ben.id]  # once, however often she presses
    assert take(mira)
    assert not take(mira, what={"days": "April"})
    assert not take(ben)


def test_t36_nobody_agrees_to_what_they_asked_for_themselves(mira: Staff, ben: Staff) -> None:
    take(mira)

    with pytest.raises(NotYours):
        agree(mira, mira)
    with pytest.raises(NotAllowed):
        agree(hire(), mira)
    assert not take(mira)


def test_t36_an_agreement_is_over_after_a_day(mira: Staff, ben: Staff) -> None:
    day = timedelta(hours=24)
    take(mira)
    agree(ben, mira, after=day - timedelta(minutes=1))

    in_time, later = take(mira, after=day - timedelta(seconds=1)), take(mira, after=day)

    assert (in_time, later) == (True, False)
    with pytest.raises(NotYours):
        agree(ben, mira, after=2 * day)
