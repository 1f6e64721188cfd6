"""Passwords of devices: made and revoked by their owners, kept as hashes."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.device import Scope
from app.domain.device_refusals import DeviceNamed, DeviceNameNeeded, TooManyDevices, WrongDevice
from app.domain.refusals import NotYours, UnknownAnswer
from app.services import devices, restoring
from app.storage import irrevocable
from app.storage.database import db, reading
from app.storage.models import DevicePassword, JournalEntry
from tests.conftest import MONDAY_8AM
from tests.staffing import hire


def test_t45_a_password_has_a_hundred_bits_and_only_its_hash_is_kept(app: Flask) -> None:
    ana = hire()

    password = devices.make("My phone", Scope.MOVE, actor=ana, now=MONDAY_8AM)
    kept = db.session.scalars(select(DevicePassword)).one()

    assert len(password.replace("-", "")) == 20  # of 32 letters each
    assert kept.hash == devices.hashed(password)
    assert password not in repr(vars(kept))
    assert devices.sign_in(ana.email, password, network=None, now=MONDAY_8AM).staff == ana


def test_pressing_twice_makes_one_device_with_the_later_password(app: Flask) -> None:
    ana = hire()

    first, second = (devices.make("My phone", Scope.LOOK, actor=ana, now=MONDAY_8AM) for _ in "12")

    assert [one.name for one in devices.listing(ana)] == ["My phone"]
    assert devices.sign_in(ana.email, second, network=None, now=MONDAY_8AM).scope is Scope.LOOK
    with pytest.raises(WrongDevice):
        devices.sign_in(ana.email, first, network=None, now=MONDAY_8AM)


def test_a_device_in_use_keeps_its_name_and_its_password(app: Flask) -> None:
    ana = hire()
    password = devices.make("My phone", Scope.LOOK, actor=ana, now=MONDAY_8AM)
    devices.sign_in(ana.email, password, network=None, now=MONDAY_8AM)

    with pytest.raises(DeviceNamed):
        devices.make(" my  PHONE", Scope.LOOK, actor=ana, now=MONDAY_8AM)

    assert devices.sign_in(ana.email, password, network=None, now=MONDAY_8AM)


@pytest.mark.parametrize("name", ["", "  ", "\n", "a\x00b"])
def test_a_device_needs_a_name(app: Flask, name: str) -> None:
    with pytest.raises(DeviceNameNeeded):
        devices.make(name, Scope.LOOK, actor=hire(), now=MONDAY_8AM)


def test_a_device_may_do_only_what_there_is(app: Flask) -> None:
    with pytest.raises(UnknownAnswer):
        devices.make("My phone", "everything", actor=hire(), now=MONDAY_8AM)


def test_nobody_has_devices_without_end(app: Flask) -> None:
    ana = hire()
    for one in range(devices.AT_MOST):
        devices.make(f"Phone {one}", Scope.LOOK, actor=ana, now=MONDAY_8AM)

    with pytest.raises(TooManyDevices):
        devices.make("One more", Scope.LOOK, actor=ana, now=MONDAY_8AM)


def test_t45_nobody_revokes_anothers_device(app: Flask) -> None:
    ana, ben = hire(), hire()
    devices.make("My phone", Scope.LOOK, actor=ana, now=MONDAY_8AM)
    hers = devices.listing(ana)[0].id

    with pytest.raises(NotYours):
        devices.revoke(hers, actor=ben, now=MONDAY_8AM)

    assert len(devices.listing(ana)) == 1


def test_t45_a_device_that_was_revoked_does_not_come_back_with_a_backup(app: Flask) -> None:
    ana = hire()
    since = irrevocable.known(reading()) | {"at": MONDAY_8AM.isoformat()}
    devices.make("In the backup", Scope.LOOK, actor=ana, now=MONDAY_8AM)

    restoring.settle(MONDAY_8AM, since, resend=False, now=MONDAY_8AM)

    assert devices.listing(ana) == []


def test_making_and_revoking_are_written_down(app: Flask) -> None:
    ana = hire()
    devices.make("My phone", Scope.LOOK, actor=ana, now=MONDAY_8AM)
    devices.revoke(devices.listing(ana)[0].id, actor=ana, now=MONDAY_8AM)

    lines = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()

    assert [(one.verb, one.actor, one.change) for one in lines] == [
        ("device_made", ana.signature, {"name": "My phone"}),
        ("device_revoked", ana.signature, {"name": "My phone"}),
    ]
