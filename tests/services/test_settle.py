"""What the desk has to settle: each source, what takes a matter off the list, who may see it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.letter import LetterKind
from app.domain.proposal import Kind as Asks
from app.domain.refusals import NotYours
from app.domain.settle import AlreadySettled, Kind
from app.domain.staff import Role
from app.services import answering, cancelling, forget, proposal, settle, settle_mails, to_read
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from tests.clinics import CONSULTATION, OKAFOR, Guest, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import EVENING, SOONER, asked, offer, say
from tests.services.looking import booked, clinic_changed, rows, statements
from tests.services.people import THURSDAY
from tests.services.settling import looks, matters, refuse
from tests.staffing import hire

LATER = EVENING + timedelta(minutes=2)


def test_a_calm_clinic_has_nothing_to_settle(guest: Guest, reference: str) -> None:
    assert matters() == []


def test_a_mail_that_was_refused_is_on_the_list_until_it_is_sent_again(
    guest: Guest, reference: str
) -> None:
    refuse(reference)
    (one,) = matters()
    assert (one.kind, one.why, one.reference) == (Kind.MAIL, LetterKind.BOOKED, reference)

    settle_mails.send_again(one.mail_id or 0, one.email, asked=looks())

    assert matters() == []
    (mail,) = rows(models.Mail, models.Mail.id == one.mail_id)
    assert (mail.state, mail.due_at, mail.attempts) == (MailState.OWED, MONDAY_8AM, 0)
    assert booked(reference).link_version == 0
    with pytest.raises(AlreadySettled):
        settle_mails.send_again(one.mail_id or 0, one.email, asked=looks())


def test_a_wrong_address_is_changed_and_its_links_die(guest: Guest, reference: str) -> None:
    refuse(reference)
    (one,) = matters()

    settle_mails.send_again(one.mail_id or 0, "right@example.org", asked=looks())

    row = booked(reference)
    (patient,) = rows(models.Patient, models.Patient.id == row.patient_id)
    assert (patient.email, patient.email_key) == ("right@example.org", "right@example.org")
    assert row.link_version == 1


def test_a_mail_about_what_is_over_or_changed_is_nobodys_matter(
    guest: Guest, reference: str
) -> None:
    refuse(reference)

    assert matters(now=THURSDAY.start) == []
    db.session.execute(update(models.Appointment).values(sequence=5))
    db.session.commit()
    assert matters() == []


def test_an_offer_that_ran_out_is_on_the_list(reference: str) -> None:
    offer(reference)
    assert matters() == []

    proposal.lapse(now=LATER)

    (one,) = matters(now=LATER)
    assert (one.kind, one.why) == (Kind.OFFER, "earlier:lapsed")


def test_whoever_wants_none_of_the_times_is_called(reference: str) -> None:
    made = offer(reference, kind=Asks.REHOUSE)
    say(asked(made), made)

    assert [one.why for one in matters()] == ["rehouse:no"]


def test_whoever_was_asked_again_is_not_on_the_list_for_the_first_offer(reference: str) -> None:
    offer(reference)
    proposal.lapse(now=LATER)

    offer(reference, answer_by=LATER + days(0.3), now=LATER)

    assert matters(now=LATER) == []


def test_somebody_without_mail_is_asked_on_the_phone(app: Flask) -> None:
    reference = appoint(THURSDAY.start, email="")
    made = offer(reference)
    assert [one.why for one in matters()] == ["earlier:open"]

    answering.answer_at_desk(made, SOONER[0], actor=hire(), clinic=clinics.load(), now=MONDAY_8AM)

    assert matters() == []


def test_an_appointment_that_lost_its_hours_is_on_the_list_until_it_has_a_new_time(
    guest: Guest, reference: str
) -> None:
    db.session.execute(update(models.WeeklyHours).values(weekday=1))
    clinic_changed()
    (one,) = matters()
    assert (one.kind, one.reference) == (Kind.HOMELESS, reference)

    made = offer(reference, kind=Asks.REHOUSE)
    assert matters() == []
    say(asked(made), made, SOONER[0])
    assert matters() == []


def test_whoever_has_no_home_and_did_not_answer_is_one_matter(guest: Guest, reference: str) -> None:
    offer(reference, kind=Asks.REHOUSE)
    db.session.execute(update(models.WeeklyHours).values(weekday=1))
    clinic_changed()

    proposal.lapse(now=LATER)

    assert [one.kind for one in matters(now=LATER)] == [Kind.HOMELESS]


def test_a_guide_is_looked_after_on_the_working_day_before(app: Flask) -> None:
    reference = appoint(THURSDAY.start, visit_type_id=CONSULTATION)
    assert matters() == []

    (one,) = matters(now=MONDAY_8AM + days(2))

    assert (one.kind, one.reference) == (Kind.GUIDE, reference)


def test_the_guide_is_sent_again_once(app: Flask) -> None:
    appoint(THURSDAY.start, visit_type_id=CONSULTATION)
    wednesday = MONDAY_8AM + days(2)
    (one,) = matters(now=wednesday)

    settle.send_guide(one.key, asked=looks(now=wednesday))

    assert matters(now=wednesday) == []
    assert [mail.kind for mail in rows(models.Mail)] == [LetterKind.LINK]
    with pytest.raises(AlreadySettled):
        settle.send_guide(one.key, asked=looks(now=wednesday))
    assert len(rows(models.Mail)) == 1


def test_a_call_that_the_page_asked_for_stays_until_somebody_called(
    guest: Guest, reference: str
) -> None:
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    (one,) = matters()
    assert one.kind is Kind.CALL

    settle.done(one.key, asked=looks())

    assert matters() == []


def test_whoever_is_to_be_called_stays_on_the_list_when_the_visit_is_cancelled(
    guest: Guest, reference: str
) -> None:
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    (one,) = matters(now=MONDAY_8AM + days(2))

    assert (one.kind, one.reference) == (Kind.CALL, reference)
    assert matters(now=MONDAY_8AM + days(3)) == []
    settle.done(one.key, asked=looks())
    assert matters() == []


def test_whoever_is_to_be_called_stays_on_the_list_when_the_visit_begins(
    guest: Guest, reference: str
) -> None:
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    start = booked(reference).starts_at

    (one,) = matters(now=start + days(2))

    assert (one.kind, one.reference) == (Kind.CALL, reference)
    assert matters(now=start + days(3)) == []


def test_an_edition_that_nobody_looked_over_is_the_owners_matter(app: Flask) -> None:
    (one,) = matters(now=MONDAY_8AM + days(3000))

    assert one.kind is Kind.SIGN_OFF


def test_two_colleagues_do_not_settle_it_twice(guest: Guest, reference: str) -> None:
    refuse(reference)
    (one,) = matters()
    settle.done(one.key, asked=looks())

    with pytest.raises(AlreadySettled):
        settle.done(one.key, asked=looks())
    assert matters() == []
    assert len(rows(models.JournalEntry, models.JournalEntry.verb == "settle")) == 1
    with pytest.raises(NotYours):
        settle.done("mail:999", asked=looks())


def test_t12_a_doctor_has_the_matters_of_their_own_calendar(guest: Guest, reference: str) -> None:
    refuse(reference)
    offer(reference)
    proposal.lapse(now=LATER)
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)
    (mail, _offer) = matters(now=LATER)

    assert matters(okafor, now=LATER) == []
    with pytest.raises(NotYours):
        settle.done(mail.key, asked=looks(okafor))
    with pytest.raises(NotYours):
        settle_mails.send_again(mail.mail_id or 0, "x@example.org", asked=looks(okafor))


def test_a_long_list_takes_as_many_statements_as_a_short_one(app: Flask) -> None:
    counted = []
    for number in range(2):
        for hour in range(4):
            start = THURSDAY.start + days(number) + timedelta(hours=hour)
            refuse(appoint(start, visit_type_id=CONSULTATION))
        with statements() as seen:
            found = matters(now=MONDAY_8AM + days(2))
        counted.append((len(found), len(seen)))

    assert counted[0][0] < counted[1][0]
    assert counted[0][1] == counted[1][1] <= 10


def test_who_settled_what_is_forgotten_after_three_months(guest: Guest, reference: str) -> None:
    refuse(reference)
    settle.done(matters()[0].key, asked=looks())

    forget.run(now=MONDAY_8AM + days(91))

    assert rows(models.Settled) == []
