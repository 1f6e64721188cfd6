"""Signing an edition, and putting another one into use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.content.fields import BadEdition
from app.content.library import Copy
from app.content.primer import Primer
from app.domain.edition import State
from app.services import clinic as clinics
from app.services import edition
from app.settings import ROOT
from app.storage.database import db, transaction
from app.storage.models import Clinic, Mail, SignOff
from tests.clinics import Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.editions import SHIPPED, edit, new_edition
from tests.services.reading import read_all, stand

NEWER = "2027-02-01"
REVIEW = datetime(2027, 5, 21, 12, tzinfo=UTC)


def shown(folder: Path = ROOT / "primer", language: str = "en") -> Copy:
    return edition.shown(clinics.load(), folder, language)


def sign(copy: Copy, kind: str = edition.SIGNED) -> None:
    edition.sign(copy, name="Dr Ada Berg", role="spine doctor", kind=kind, now=MONDAY_8AM)


def signed_by(copy: Copy) -> str | None:
    signature = edition.signature(clinics.load(), copy)
    return signature.name if signature else None


def test_an_edition_is_signed_in_one_language_for_one_country(app: Flask) -> None:
    sign(shown())

    assert signed_by(shown()) == "Dr Ada Berg"
    assert signed_by(shown(language="es")) is None
    assert signed_by(replace(shown(), jurisdiction="uk")) is None


def test_a_signature_stands_when_the_clinic_takes_another_phone(app: Flask) -> None:
    sign(shown())
    with transaction() as session:
        session.execute(update(Clinic).values(phone="(865) 555-0999", revision=99))

    assert signed_by(shown()) == "Dr Ada Berg"


def test_under_words_that_changed_since_nobody_has_signed(app: Flask, tmp_path: Path) -> None:
    new_edition(tmp_path, NEWER)
    copy = replace(shown(tmp_path), edition=NEWER)
    sign(copy)
    folder = tmp_path / "again"
    new_edition(folder, NEWER)
    edit(folder / NEWER / "en/05-risks.md", "Bleeding, nerve harm", "Bleeding and nerve harm")

    assert signed_by(copy) == "Dr Ada Berg"
    assert signed_by(replace(copy, folder=folder)) is None


def test_a_signature_can_be_taken_back_and_both_are_kept(app: Flask) -> None:
    sign(shown())
    sign(shown(), edition.WITHDRAWN)

    assert signed_by(shown()) is None
    assert list(db.session.scalars(select(SignOff.kind).order_by(SignOff.id))) == [
        "signed",
        "withdrawn",
    ]


def test_nobody_changes_a_signature(app: Flask) -> None:
    sign(shown())

    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text("UPDATE sign_off SET name = 'Somebody else'"))


def test_what_cannot_be_shown_cannot_be_signed(app: Flask) -> None:
    with pytest.raises(BadEdition):
        sign(shown(language="xx"))


def test_staff_are_told_when_the_review_is_due_and_then_the_guide_rests(app: Flask) -> None:
    folder = ROOT / "primer"

    found = [
        edition.standing(clinics.load(), shown(), now=REVIEW + timedelta(days=days)).state
        for days in (0, 1, 61)
    ]

    assert found == [State.CURRENT, State.DUE, State.RESTING]
    assert edition.due(folder, now=REVIEW) == []
    assert "should have been looked over by 2027-05-21" in edition.due(
        folder, now=REVIEW + timedelta(days=1)
    )[0]  # fmt: skip


@pytest.fixture
def booked(reader: Guest, primer: Primer) -> str:
    """Give the reference of somebody who read the shipped edition and booked."""
    read_all(reader, primer)
    stand(reader, primer, K1="talk")
    return reader.book(wish())


def asked() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail.kind).where(Mail.kind == "guide_changed")))


def test_after_a_major_change_whoever_comes_and_read_before_it_is_asked_once(
    booked: str, tmp_path: Path
) -> None:
    new_edition(tmp_path, NEWER)
    copy = replace(shown(tmp_path), edition=NEWER)

    assert edition.put_in_use(copy, now=MONDAY_8AM) == 1
    assert clinics.load().edition == NEWER
    assert len(asked()) == 1


def test_after_a_minor_change_nobody_is_asked(booked: str, tmp_path: Path) -> None:
    new_edition(tmp_path, NEWER, change="minor")

    assert edition.put_in_use(replace(shown(tmp_path), edition=NEWER), now=MONDAY_8AM) == 0
    assert asked() == []


def test_a_minor_change_after_a_major_one_still_asks_whoever_read_before_both(
    booked: str, tmp_path: Path
) -> None:
    new_edition(tmp_path, NEWER)
    new_edition(tmp_path, "2027-03-01", change="minor")

    assert edition.put_in_use(replace(shown(tmp_path), edition="2027-03-01"), now=MONDAY_8AM) == 1


def test_using_the_same_edition_again_asks_nobody_again(booked: str, tmp_path: Path) -> None:
    new_edition(tmp_path, NEWER)
    copy = replace(shown(tmp_path), edition=NEWER)
    edition.put_in_use(copy, now=MONDAY_8AM)

    assert edition.put_in_use(copy, now=MONDAY_8AM) == 0
    assert len(asked()) == 1


def test_somebody_who_read_nothing_is_not_asked(guest: Guest, tmp_path: Path) -> None:
    guest.book()
    new_edition(tmp_path, NEWER)

    assert edition.put_in_use(replace(shown(tmp_path), edition=NEWER), now=MONDAY_8AM) == 0


def test_a_broken_edition_is_not_put_in_use(booked: str, tmp_path: Path) -> None:
    broken = new_edition(tmp_path, NEWER)
    edit(broken / "en/05-risks.md", "id: S5", "id: S55")

    with pytest.raises(BadEdition):
        edition.put_in_use(replace(shown(tmp_path), edition=NEWER), now=MONDAY_8AM)

    assert clinics.load().edition == SHIPPED
    assert asked() == []
