"""A mail with an offer that was refused, a wrong address, and a mail too many."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.letter import LetterKind
from app.domain.refusals import NotYours
from app.domain.settle import Kind, TooManyLinks
from app.domain.staff import Role
from app.services import link, proposal_link, settle, settle_mails
from app.services.waiting_offers import Rounds
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from app.web.reception.chronicle import MAILS
from tests.clinics import CONSULTATION, OKAFOR, Guest, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import asked, offer, say, token_of
from tests.services.in_line import join, offers
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.services.settling import looks, matters
from tests.staffing import hire


def refuse_offer() -> None:
    """Let the mail server refuse what asks whether a time suits."""
    of_offers = models.Mail.proposal_id.is_not(None)
    db.session.execute(update(models.Mail).where(of_offers).values(state=MailState.REFUSED))
    db.session.commit()


def test_a_refused_offer_is_on_the_list_and_goes_again_elsewhere(
    guest: Guest, reference: str
) -> None:
    made = offer(reference)
    refuse_offer()
    (one,) = matters()
    assert (one.kind, one.why, one.reference) == (Kind.MAIL, LetterKind.OFFERED, reference)
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)
    with pytest.raises(NotYours):
        settle_mails.send_again(one.mail_id or 0, one.email, asked=looks(okafor))

    settle_mails.send_again(one.mail_id or 0, "right@example.org", asked=looks())

    assert matters() == []
    (mail,) = rows(models.Mail, models.Mail.proposal_id == made)
    assert mail.state == MailState.OWED
    assert proposal_link.linked(token_of(made, 1), now=MONDAY_8AM).person.email.startswith("right")


def test_the_link_of_an_offer_that_went_to_a_stranger_is_dead(guest: Guest, reference: str) -> None:
    made = offer(reference)
    stranger = asked(made)
    refuse_offer()
    (one,) = matters()

    settle_mails.send_again(one.mail_id or 0, "right@example.org", asked=looks())

    with pytest.raises(NotYours):
        proposal_link.linked(token_of(made), now=MONDAY_8AM)
    with pytest.raises(NotYours):
        say(stranger, made)


def test_a_refused_offer_to_somebody_without_an_appointment_is_there_until_it_is_over(
    guest: Guest,
) -> None:
    place = join(guest)
    Rounds().run(now=MONDAY_8AM)
    refuse_offer()

    (one,) = matters()
    assert (one.waiting_id, one.reference, one.mail_id is None) == (place, None, False)
    assert matters(now=offers()[0].answer_by) == []
    assert {LetterKind.OFFERED, LetterKind.REHOUSED} <= MAILS.keys()


def test_a_guide_that_cannot_be_sent_any_more_today_is_not_settled(app: Flask) -> None:
    appoint(THURSDAY.start, visit_type_id=CONSULTATION)
    wednesday = MONDAY_8AM + days(2)
    (one,) = matters(now=wednesday)
    for _ in range(3):
        link.request(one.email, language="en", now=wednesday)

    with pytest.raises(TooManyLinks):
        settle.send_guide(one.key, asked=looks(now=wednesday))

    assert [again.key for again in matters(now=wednesday)] == [one.key]
    assert len(rows(models.Mail)) == 3
