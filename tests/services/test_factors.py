from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.domain.refusals import NotYours, Refused
from app.domain.staff import Staff
from app.domain.staff_refusals import LastFactor, PasswordOwn, WrongCode
from app.services import authenticator, factors, sign_in
from app.storage import models, sealing
from app.storage.database import db, reading
from app.storage.staff_sessions import StaffVisit
from tests.conftest import MONDAY_8AM
from tests.device import Device
from tests.services.looking import rows
from tests.services.staff_at_work import DESK, add_passkey, half_way, signed_in, visit_of
from tests.staffing import CHEAP, PASSWORD, give_app, hire


@pytest.fixture
def seed(jo: Staff) -> str:
    return give_app(jo)


def at_once(app: Flask, visits: list[StaffVisit], code: str) -> list[str]:
    """Let several press at the same moment; return what each was told."""

    def press(visit: StaffVisit) -> str:
        with app.app_context():
            try:
                return sign_in.with_code(visit, code, origin=DESK, now=MONDAY_8AM) and "in"
            except Refused as refusal:
                return refusal.code
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(visits)) as crowd:
        return sorted(crowd.map(press, visits))


def test_t27_of_two_who_give_the_same_code_at_once_one_comes_in(
    app: Flask, jo: Staff, seed: str
) -> None:
    visits = [half_way(jo), half_way(jo)]
    code = authenticator.code_at(seed, now=MONDAY_8AM)

    assert at_once(app, visits, code) == ["in", "wrong_code"]


def test_t28_of_two_who_give_the_same_recovery_code_at_once_one_comes_in(
    app: Flask, jo: Staff, seed: str
) -> None:
    code = factors.renew_codes(jo, now=MONDAY_8AM)[3]
    visits = [half_way(jo), half_way(jo)]

    assert at_once(app, visits, code) == ["in", "wrong_code"]
    assert factors.codes_left(jo) == 9


def test_t28_a_recovery_code_is_known_however_it_is_typed(jo: Staff, seed: str) -> None:
    code = factors.renew_codes(jo, now=MONDAY_8AM)[0]

    handle = sign_in.with_code(
        half_way(jo), f" {code.upper().replace('-', ' ')} ", origin=DESK, now=MONDAY_8AM
    )

    assert visit_of(handle).passed_at == MONDAY_8AM


def test_t28_ten_codes_of_eighty_bits_are_kept_as_hashes(jo: Staff) -> None:
    codes = factors.renew_codes(jo, now=MONDAY_8AM)

    assert len(set(codes)) == 10
    assert {len(code.replace("-", "")) for code in codes} == {16}
    kept = str([vars(row) for row in rows(models.StaffRecoveryCode)])
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_t28_new_codes_end_the_old_and_another_persons_fit_nobody_else(
    jo: Staff, seed: str
) -> None:
    old = factors.renew_codes(jo, now=MONDAY_8AM)[0]
    factors.renew_codes(jo, now=MONDAY_8AM)
    other = hire()
    theirs = factors.renew_codes(other, now=MONDAY_8AM)[0]

    for code in (old, theirs):
        with pytest.raises(WrongCode):
            sign_in.with_code(half_way(jo), code, origin=DESK, now=MONDAY_8AM)


def test_t27_the_seed_is_sealed_and_bound_to_its_row(jo: Staff, seed: str) -> None:
    (kept,) = rows(models.StaffFactor)
    keyring = sealing.of(reading())

    assert seed.encode() not in kept.secret
    assert keyring.open(f"staff_factor.secret.{kept.id}", kept.secret) == seed
    with pytest.raises(sealing.CannotOpen):
        keyring.open("staff_factor.secret.another", kept.secret)


def test_an_app_that_shows_a_wrong_code_is_not_kept(jo: Staff) -> None:
    with pytest.raises(WrongCode):
        factors.add_app(
            signed_in(jo), authenticator.new_seed(), "123456", origin=DESK, now=MONDAY_8AM
        )

    assert factors.listing(jo) == []


def test_the_last_second_factor_stays(jo: Staff, seed: str) -> None:
    (app_,) = factors.listing(jo)
    with pytest.raises(LastFactor):
        factors.remove(jo, app_.id, now=MONDAY_8AM)

    add_passkey(signed_in(jo), Device())
    factors.remove(jo, app_.id, now=MONDAY_8AM)

    assert [one.kind for one in factors.listing(jo)] == ["passkey"]


def test_t12_nobody_takes_a_factor_of_somebody_else_away(jo: Staff, seed: str) -> None:
    (theirs,) = factors.listing(jo)
    other = hire()
    give_app(other)

    with pytest.raises(NotYours):
        factors.remove(other, theirs.id, now=MONDAY_8AM)


def test_another_password_ends_the_other_sessions_and_tells_the_person(jo: Staff) -> None:
    here, there = signed_in(jo), signed_in(jo)

    factors.change_password(here, "four words nobody has", passwords=CHEAP, now=MONDAY_8AM)

    assert [row.id for row in rows(models.StaffSession)] == [here.id] != [there.id]
    assert [mail.kind for mail in rows(models.Mail)] == ["staff_changed"]
    assert [line.verb for line in rows(models.JournalEntry)] == ["password"]


def test_t26_ones_own_name_is_no_password(jo: Staff) -> None:
    with pytest.raises(PasswordOwn):
        factors.change_password(signed_in(jo), "jo brandt harbor", passwords=CHEAP, now=MONDAY_8AM)


def test_t26_passwords_are_kept_as_argon2id(jo: Staff) -> None:
    (kept,) = rows(models.StaffAccount)

    assert kept.password_hash.startswith("$argon2id$v=19$m=1024,t=3,p=1$")
    assert PASSWORD not in kept.password_hash
