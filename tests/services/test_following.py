"""A patient's calendar that follows their one appointment."""

from datetime import datetime

import pytest
from flask import Flask

from app.domain.refusals import AlreadyCancelled, NotYours
from app.domain.subscription import EnoughLinks
from app.services import cancelling, feed, forget, subscription
from app.services import clinic as clinics
from app.storage import models, settle
from app.storage.database import transaction
from tests.clinics import Guest, days
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows


def look(secret: str, now: datetime = MONDAY_8AM) -> feed.Feed:
    return feed.find(secret, network="192.0.2.0/24", now=now)


def test_a_patient_follows_their_one_appointment(app: Flask, guest: Guest) -> None:
    reference = guest.book()
    unused, secret = (
        subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM) for _ in range(2)
    )
    followed = look(secret)

    assert feed.appointment(followed, now=MONDAY_8AM).reference == reference
    with pytest.raises(NotYours):
        look(unused)
    before = followed.tag
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)
    assert look(secret).tag != before
    with pytest.raises(AlreadyCancelled):
        subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM)


def test_t11_nobody_follows_somebody_elses_appointment(app: Flask, guest: Guest) -> None:
    theirs = Guest(MONDAY_8AM).book()

    for use in (subscription.make_own, subscription.end_own):
        with pytest.raises(NotYours):
            use(theirs, actor=guest.actor, now=MONDAY_8AM)
    with pytest.raises(NotYours):
        subscription.of_patient(theirs, actor=guest.actor)


def test_a_patient_has_five_and_ends_them_together(app: Flask, guest: Guest) -> None:
    reference = guest.book()
    made = []
    for _ in range(5):
        made.append(subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM))
        look(made[-1])

    with pytest.raises(EnoughLinks):
        subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM)
    subscription.end_own(reference, actor=guest.actor, now=MONDAY_8AM)
    assert subscription.of_patient(reference, actor=guest.actor) == []
    verbs = [line.verb for line in rows(models.JournalEntry) if line.verb.startswith("follow")]
    assert verbs == ["follow"] * 5 + ["follow_no_more"]


def test_t05_a_patients_link_ends_thirty_days_after_the_visit(app: Flask, guest: Guest) -> None:
    reference = guest.book()
    secret = subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM)
    late = MONDAY_8AM + days(32)
    known = look(secret, late)

    with pytest.raises(NotYours):
        feed.appointment(known, now=late)
    forget.run(now=late)
    with pytest.raises(NotYours):
        look(secret, late)


def test_t05_a_link_ends_when_the_address_was_somebody_elses(app: Flask, guest: Guest) -> None:
    reference = guest.book()
    secret = subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM)
    (about,) = rows(models.Appointment, models.Appointment.reference == reference)
    with transaction() as session:
        settle.change_address(session, about.patient_id, "new@example.org", "new@example.org")

    with pytest.raises(NotYours):
        look(secret)
