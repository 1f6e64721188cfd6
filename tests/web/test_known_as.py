"""A clinic that gets another address: what calendars hold of it stays what they know."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import worker
from app.domain.staff import Role
from app.domain.subscription import Source
from app.mail import reply
from app.services import attending, cancelling, subscription
from app.services import clinic as clinics
from tests.clinics import RIVERA, TUESDAY_NOON, Guest, person, wish
from tests.conftest import StoppedClock
from tests.mail import sent_back
from tests.mail.conformance import Mail, broken_after
from tests.phone import Phone
from tests.staffing import hire
from tests.web.patient.booking_walk import by_link

PAT = "marian@example.org"


class House:
    """A clinic at an address, its worker, and one appointment."""

    def __init__(self, site: Flask, clock: StoppedClock) -> None:
        self.site, self.clock = site, clock
        self.is_at("book.harbor.example")
        with site.app_context():
            self.reference = Guest(clock.now).book(wish(TUESDAY_NOON), person(PAT))
            self.id = attending.find(self.reference, hire(now=clock.now)).id

    def is_at(self, host: str) -> None:
        """Start anew under an address."""
        settings = self.site.extensions["settings"]
        self.site.extensions["settings"] = replace(settings, base_url=f"http://{host}")
        with self.site.app_context():
            clinics.keep_host(host, now=self.clock.now)

    def mailed(self) -> bytes:
        """Let the worker deliver what is due: one mail."""
        folder = Path(self.site.extensions["settings"].instance) / "mail"
        before = set(folder.glob("*.eml"))
        worker.build(self.site).courier.deliver_due(clock=self.clock)
        (new,) = set(folder.glob("*.eml")) - before
        return new.read_bytes()


@pytest.fixture
def house(site: Flask, clock: StoppedClock) -> House:
    return House(site, clock)


def uids(data: bytes) -> set[str]:
    return set(re.findall(r"UID:(\S+)", data.decode().replace("\r\n ", "")))


def test_a_mail_from_the_new_address_is_about_the_entry_that_is_there(house: House) -> None:
    with house.site.app_context():
        first = house.mailed()
        house.is_at("termine.harbor.example")
        house.clock.forward(minutes=1)
        jo = hire(now=house.clock.now)
        revision = attending.find(house.reference, jo).revision
        cancelling.cancel_at_desk(
            house.reference, "other", revision=revision, actor=jo, now=house.clock.now
        )
        later = house.mailed()

    assert Mail(first).about("UID") == f"{house.id}@book.harbor.example"
    assert broken_after(first, later) == set()
    assert "http://book.harbor.example/" in Mail(first).words()
    assert "book.harbor.example" not in Mail(later).words()


def test_every_calendar_knows_it_as_before(house: House) -> None:
    owner_of = Source(clinician_id=RIVERA)
    with house.site.app_context():
        secret = subscription.make(owner_of, "a phone", actor=hire(Role.OWNER), now=house.clock.now)
    phone = Phone(house.site)
    house.is_at("termine.harbor.example")
    feed = house.site.test_client().get(f"/feeds/{secret}.ics")
    copy = by_link(house.site, house.reference).get(
        f"/appointment/{house.reference}/appointment.ics"
    )
    followed = phone.open("GET", f"{phone.calendar()}{house.id}.ics")

    for answer in (feed, copy, followed):
        assert uids(answer.data) == {f"{house.id}@book.harbor.example"}


def test_an_answer_to_the_old_invitation_is_taken_in(house: House) -> None:
    house.is_at("termine.harbor.example")
    answer = sent_back.calendar(
        f"{house.id}@book.harbor.example", PAT, "ACCEPTED",
        stamp=house.clock.now + timedelta(minutes=1),
    )  # fmt: skip
    with house.site.app_context():
        _, done = reply.take_in(
            sent_back.plain(PAT, answer), host="termine.harbor.example",
            authserv_id=None, now=house.clock.now,
        )  # fmt: skip

    assert (done.action, done.reason) == ("apply", "accepted")


def test_the_clinics_own_mails_are_known_as_its_own(house: House) -> None:
    with house.site.app_context():
        mail = house.mailed()
        house.is_at("termine.harbor.example")
        _, done = reply.take_in(
            mail, host="termine.harbor.example", authserv_id=None, now=house.clock.now
        )

    assert (done.action, done.reason) == ("ignore", "ours")


def test_a_worker_keeps_the_address_at_its_first_round(site: Flask, clock: StoppedClock) -> None:
    settings = site.extensions["settings"]
    site.extensions["settings"] = replace(settings, base_url="https://book.harbor.example")
    with site.app_context():
        worker.build(site).round()

        assert clinics.load().known_as == "book.harbor.example"
