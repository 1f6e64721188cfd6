import json

import pytest

from app.domain.staff import Staff
from app.domain.staff_refusals import WrongPasskey
from app.services import factors, proving, sign_in
from app.services.passkeys import Answer, Ceremony
from app.storage import staff
from app.storage.database import transaction
from app.storage.models import StaffFactor
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.device import PRESENT, Device, text
from tests.services.looking import rows
from tests.services.staff_at_work import (
    DESK,
    SITE,
    add_passkey,
    half_way,
    signed,
    signed_in,
    visit_of,
)
from tests.staffing import hire


@pytest.fixture
def device(jo: Staff) -> Device:
    """Give a device that has a passkey of Jo's."""
    device = Device()
    add_passkey(signed_in(jo), device)
    return device


def come_in(answer: Answer, visit: object = None) -> str:
    return sign_in.with_passkey(visit, answer, site=SITE, origin=DESK, now=MONDAY_8AM)  # type: ignore[arg-type]  # a session or nothing


def test_a_passkey_alone_lets_somebody_in(jo: Staff, device: Device) -> None:
    handle = come_in(signed(device))

    visit = visit_of(handle)
    assert (visit.staff.id, visit.passed_at) == (jo.id, MONDAY_8AM)


def test_a_passkey_is_the_second_factor_after_the_password(jo: Staff, device: Device) -> None:
    visit = half_way(jo)

    handle = come_in(signed(device, jo.id), visit)

    assert visit_of(handle).passed_at == MONDAY_8AM


def test_t29_a_signed_challenge_works_once(jo: Staff, device: Device) -> None:
    answer = signed(device)
    come_in(answer)

    with pytest.raises(WrongPasskey):
        come_in(answer)


def test_t29_a_challenge_lasts_five_minutes(device: Device, clock: StoppedClock) -> None:
    answer = signed(device)

    with pytest.raises(WrongPasskey):
        sign_in.with_passkey(
            None, answer, site=SITE, origin=DESK, now=clock.forward(minutes=5, seconds=1)
        )


def test_t29_a_challenge_fits_its_own_ceremony_only(jo: Staff, device: Device) -> None:
    with pytest.raises(WrongPasskey):
        come_in(signed(device, jo.id, Ceremony.PROVE), half_way(jo))


def test_t29_a_challenge_of_one_person_is_nobody_elses(jo: Staff, device: Device) -> None:
    other = hire()

    with pytest.raises(WrongPasskey):
        come_in(signed(device, jo.id), half_way(other))
    with pytest.raises(WrongPasskey):
        come_in(signed(device, other.id), half_way(other))


def test_t29_a_page_of_another_origin_gets_nothing(device: Device) -> None:
    device.origin = "http://localhost.evil.example"

    with pytest.raises(WrongPasskey):
        come_in(signed(device))


def test_t29_a_passkey_made_for_another_site_is_not_kept(jo: Staff) -> None:
    with pytest.raises(WrongPasskey):
        add_passkey(signed_in(jo), Device(host="evil.example"))


def test_t29_a_device_that_did_not_look_who_it_is_is_refused(jo: Staff, device: Device) -> None:
    device.flags = PRESENT
    careless = Device()
    careless.flags = PRESENT

    with pytest.raises(WrongPasskey):
        come_in(signed(device))
    with pytest.raises(WrongPasskey):
        add_passkey(signed_in(jo), careless)


def test_t29_a_passkey_that_says_it_is_another_persons_is_refused(device: Device) -> None:
    device.handle = b"somebody else"

    with pytest.raises(WrongPasskey):
        come_in(signed(device))


def test_t29_a_count_that_falls_is_noted_and_keeps_nobody_out(
    jo: Staff, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    device.count = 9
    come_in(signed(device))
    device.count = 3

    come_in(signed(device))

    assert "a passkey's count fell" in caplog.text
    (kept,) = rows(StaffFactor)
    assert kept.counter == 4


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "{}", "null", '{"id": 1}', '{"id": "x", "response": 3}', "[" * 20_000],
)
def test_t29_what_is_no_passkey_is_refused(device: Device, credential: str) -> None:
    good = signed(device)

    with pytest.raises(WrongPasskey):
        come_in(Answer(credential=credential, challenge=good.challenge))


def test_t29_a_passkey_with_anything_missing_or_changed_is_refused(device: Device) -> None:
    for name in ("clientDataJSON", "authenticatorData", "signature"):
        good = signed(device)
        said = json.loads(good.credential)
        for wrong in (None, "", "????", text(b"\0" * 40), 7):
            said["response"][name] = wrong
            with pytest.raises(WrongPasskey):
                come_in(Answer(credential=json.dumps(said), challenge=good.challenge))


def test_whoever_left_has_no_passkey_either(jo: Staff, device: Device) -> None:
    answer = signed(device)
    with transaction() as session:
        staff.leave(session, jo.id, now=MONDAY_8AM)

    with pytest.raises(WrongPasskey):
        come_in(answer)


def test_a_passkey_proves_again_who_somebody_is(jo: Staff, device: Device) -> None:
    visit = signed_in(jo)
    answer = signed(device, jo.id, Ceremony.PROVE)

    handle = proving.by_passkey(visit, answer, site=SITE, now=MONDAY_8AM)

    assert visit_of(handle).staff.id == jo.id
    assert len(factors.listing(jo)) == 1
