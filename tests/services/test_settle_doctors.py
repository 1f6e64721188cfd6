"""Invitations that did not reach a doctor, on the desk's list."""

import pytest
from sqlalchemy import update

from app.domain.letter import DOCTORS, LetterKind
from app.domain.refusals import NotYours
from app.domain.settle import AlreadySettled, Kind, Matter
from app.domain.staff import Role, Staff
from app.mail.message import name_of
from app.services import invited, settle, settle_mails, team
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.services.delivering import delivered
from tests.services.looking import rows
from tests.services.sent_back import HOST, done
from tests.services.settling import looks, matters
from tests.staffing import hire

FRIDAY = TUESDAY_NOON + days(3)


@pytest.fixture
def rivera(guest: Guest) -> Staff:
    """Give Dr Rivera, who wants to be invited, and has an appointment to come."""
    who = hire(Role.CLINICIAN, name="Dr Ana Rivera", clinician_id=RIVERA)
    invited.choose(who, RIVERA, who.id, now=MONDAY_8AM)
    guest.book(wish(FRIDAY))
    return who


def of_doctors() -> list[models.Mail]:
    return rows(models.Mail, models.Mail.kind.in_(DOCTORS))


def refuse() -> None:
    """Let the mail server refuse what goes to doctors."""
    theirs = models.Mail.kind.in_(DOCTORS) & (models.Mail.state == MailState.OWED)
    db.session.execute(update(models.Mail).where(theirs).values(state=MailState.REFUSED))
    db.session.commit()


def the_one() -> Matter:
    (one,) = matters()
    return one


def test_what_does_not_reach_a_doctor_is_one_matter(guest: Guest, rivera: Staff) -> None:
    guest.book(wish(FRIDAY + days(3)))
    refuse()

    one = the_one()

    assert (one.kind, one.name, one.email) == (Kind.DOCTOR, "Dr Ana Rivera", rivera.email)
    assert (one.start, one.clinician_id, one.reference) == (FRIDAY, RIVERA, None)
    assert one.mail_ids == tuple(mail.id for mail in of_doctors())


def test_one_press_sends_all_of_it_again(guest: Guest, rivera: Staff) -> None:
    guest.book(wish(FRIDAY + days(3)))
    refuse()
    one = the_one()

    settle_mails.send_to_doctor(one.key, asked=looks())

    assert matters() == []
    assert [(mail.state, mail.attempts) for mail in of_doctors()] == [(MailState.OWED, 0)] * 2
    with pytest.raises(AlreadySettled):
        settle_mails.send_to_doctor(one.key, asked=looks())


def test_what_is_refused_anew_is_a_new_matter(guest: Guest, rivera: Staff) -> None:
    refuse()
    settle.done(the_one().key, asked=looks())
    assert matters() == []

    guest.book(wish(FRIDAY + days(3)))
    refuse()

    assert len(the_one().mail_ids) == 2


def test_an_invitation_that_comes_back_is_a_matter_too(guest: Guest, rivera: Staff) -> None:
    delivered()
    (mail,) = of_doctors()

    assert done(sent_back.bounce(rivera.email, name_of(mail, HOST))) == ("review", "bounce")

    (mail,) = of_doctors()
    assert (mail.state, mail.fault) == (MailState.REFUSED, "bounced_5.1.1")
    assert the_one().kind is Kind.DOCTOR


def test_a_later_mail_that_arrived_puts_it_right(guest: Guest, rivera: Staff) -> None:
    refuse()
    invited.choose(rivera, RIVERA, None, now=MONDAY_8AM)
    delivered()

    assert matters() == []
    assert [mail.state for mail in of_doctors()] == [MailState.REFUSED, MailState.WITHDRAWN]


def test_nobody_is_bothered_with_what_is_over_or_whom_has_left(guest: Guest, rivera: Staff) -> None:
    refuse()
    assert matters(now=FRIDAY) == []

    team.let_go(hire(Role.OWNER), rivera.id, now=MONDAY_8AM)
    refuse()

    assert matters() == []


def test_t12_a_doctor_sees_only_their_own(guest: Guest, rivera: Staff) -> None:
    refuse()
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)
    key = the_one().key

    assert matters(okafor) == []
    assert [one.key for one in matters(rivera)] == [key]
    with pytest.raises(NotYours):
        settle_mails.send_to_doctor(key, asked=looks(okafor))


def test_only_what_is_a_doctors_goes_this_way(guest: Guest, rivera: Staff) -> None:
    theirs = models.Mail.kind == LetterKind.BOOKED
    db.session.execute(update(models.Mail).where(theirs).values(state=MailState.REFUSED))
    db.session.commit()

    with pytest.raises(NotYours):
        settle_mails.send_to_doctor(the_one().key, asked=looks())
