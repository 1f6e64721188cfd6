"""A doctor who leaves: their calendar leaves every phone, and phones end with an account."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.hours_refusals import WouldBreak
from app.domain.setting import seen_as
from app.domain.staff import Role, Staff
from app.domain.subscription import Source
from app.services import breaking, doctors, subscription, team
from app.storage.database import db
from app.storage.models import StaffAccount
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.phone import Phone, texts
from tests.staffing import hire
from tests.web.dav.followed import Followed


@dataclass
class Owner:
    """The clinic's owner, who lets people and calendars come and go."""

    site: Flask
    who: Staff

    def change(self, *, active: bool, agreed: str = "") -> None:
        """Let the doctor end, or come back."""
        with self.site.app_context():
            known = doctors.find(self.who, RIVERA)
            doctors.change(
                self.who, RIVERA, known | {"active": active}, seen=seen_as(known), agreed=agreed,
                now=MONDAY_8AM,
            )  # fmt: skip

    def end(self) -> None:
        """Let the doctor end, once somebody saw whose time that costs."""
        try:
            self.change(active=False)
        except WouldBreak as refused:
            self.change(active=False, agreed=breaking.sight(refused.lost))

    def link(self, of: Staff) -> str:
        """Return the address of a link to the doctor's calendar that somebody made."""
        with self.site.app_context():
            source = Source(clinician_id=RIVERA)
            return f"/feeds/{subscription.make(source, 'A link', actor=of, now=MONDAY_8AM)}.ics"

    def let_go(self, who: Staff) -> None:
        """End somebody's account."""
        with self.site.app_context():
            team.let_go(self.who, who.id, now=MONDAY_8AM)


@pytest.fixture
def mira(site: Flask) -> Owner:
    with site.app_context():
        return Owner(site, hire(Role.OWNER, name="Mira Castellan"))


def calendars(phone: Phone) -> list[str]:
    """Return which calendars a phone finds."""
    found = phone.find(f"/dav/{phone.who.id}/", "D:resourcetype", depth="1")
    return texts(found, "D:href")[1:]


def everything(followed: Followed, phone: Phone) -> set[int]:
    """Return what a phone is told that asks all it knows of the calendar."""
    place = phone.place(followed.name)
    return {
        phone.find(phone.calendar(), "D:sync-token").status_code,
        phone.report("D:sync-collection", "<D:sync-token/><D:prop/>").status_code,
        phone.report("C:calendar-multiget", f"<D:prop/><D:href>{place}</D:href>").status_code,
        phone.open("GET", place).status_code,
        phone.open("DELETE", place).status_code,
        phone.put("new.ics", "new", TUESDAY_NOON, TUESDAY_NOON).status_code,
    }


def test_the_calendar_of_a_doctor_who_ended_is_gone_from_every_phone(
    site: Flask, followed: Followed, mira: Owner
) -> None:
    own, desk = followed.phone, Phone(site, Role.RECEPTION)

    mira.end()

    assert (calendars(own), calendars(desk)) == ([], [desk.calendar(OKAFOR)])
    assert everything(followed, own) == everything(followed, desk) == {404}
    assert followed.now.status == "booked"


def test_a_doctor_who_comes_back_is_on_the_phone_again(followed: Followed, mira: Owner) -> None:
    _seen, token = followed.phone.sync()

    mira.end()
    mira.change(active=True)

    assert calendars(followed.phone) == [followed.phone.calendar()]
    assert list(followed.phone.sync()[0]) == [followed.name]
    assert list(followed.phone.sync(token)[0]) == [followed.name]  # did not look meanwhile


def test_links_to_the_calendar_of_a_doctor_who_ended_lead_nowhere(site: Flask, mira: Owner) -> None:
    place = mira.link(mira.who)
    before = site.test_client().get(place).status_code

    mira.end()

    assert (before, site.test_client().get(place).status_code) == (200, 404)


def test_t45_an_account_that_ends_ends_its_phones_and_links_at_once(
    site: Flask, followed: Followed, mira: Owner
) -> None:
    phone = followed.phone
    tablet = Phone(site, who=phone.who, name="Tablet")
    link = mira.link(phone.who)

    mira.let_go(phone.who)

    assert everything(followed, phone) == everything(followed, tablet) == {401}
    assert site.test_client().get(link).status_code == 404


def test_t45_a_phone_of_who_comes_back_needs_a_new_password(
    followed: Followed, mira: Owner
) -> None:
    phone = followed.phone
    mira.let_go(phone.who)

    with mira.site.app_context():
        team.invite_again(mira.who, phone.who.id, now=MONDAY_8AM)
        joined = update(StaffAccount).where(StaffAccount.id == phone.who.id)
        db.session.execute(joined.values(joined_at=MONDAY_8AM))
        db.session.commit()

    assert everything(followed, phone) == {401}


def test_t45_a_doctor_given_another_calendar_sees_that_one_and_not_the_old(
    followed: Followed, mira: Owner
) -> None:
    phone = followed.phone
    place = team.Place(role=Role.CLINICIAN, clinician_id=OKAFOR)

    with mira.site.app_context():
        team.change_place(mira.who, phone.who.id, place, now=MONDAY_8AM)

    assert calendars(phone) == [phone.calendar(OKAFOR)]
    assert everything(followed, phone) == {404}
