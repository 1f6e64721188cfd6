"""Staff sign in as they do: with a passkey of their device, or with an app and no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from app.domain.staff import Role
from app.services.joining import LinkKind
from tests.browser.colleague import PASSWORD, app_code, hire, link, sign_out
from tests.browser.conftest import Arrive
from tests.browser.devices import give_device
from tests.browser.house import House, opened
from tests.browser.patient import Patient


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a clinic that has a name: passkeys are bound to one."""
    with opened(tmp_path_factory.mktemp("named"), host="localhost") as house:
        yield house


@pytest.fixture
def jo(named: House, arrive: Arrive, browser: Browser) -> Patient:
    """Give somebody of reception whose device makes passkeys."""
    jo = arrive(at=named)
    give_device(jo)
    return jo


def test_somebody_joins_with_a_passkey_and_signs_in_with_it_alone(jo: Patient) -> None:
    staff_id, _ = hire(jo, Role.RECEPTION, name="Jo Brandt", password_hash=None)
    jo.open(link(jo, staff_id, LinkKind.INVITATION))
    jo.write("password", PASSWORD)
    jo.go_on()

    jo.press("Make a passkey")
    jo.page.wait_for_url("**/staff/factor/passkey")
    codes = jo.find(".codes code").count()
    jo.go_on()
    first = jo.path
    sign_out(jo)
    jo.open("/staff/sign-in")
    jo.press("Sign in with a passkey")
    jo.page.wait_for_url("**/staff/day")

    assert codes == 10
    assert first == "/staff/day"
    assert jo.path == "/staff/day"


def test_a_passkey_is_the_second_factor_too_and_proves_who_somebody_is(jo: Patient) -> None:
    staff_id, address = hire(jo, Role.RECEPTION, name="Jo Brandt", password_hash=None)
    jo.open(link(jo, staff_id, LinkKind.INVITATION))
    jo.write("password", PASSWORD)
    jo.go_on()
    jo.press("Make a passkey")
    jo.page.wait_for_url("**/staff/factor/passkey")
    sign_out(jo)

    jo.open("/staff/sign-in")
    jo.write("email", address)
    jo.write("password", PASSWORD)
    jo.go_on()
    jo.press("Use your passkey")
    jo.page.wait_for_url("**/staff/day")
    jo.open("/staff/unlock")
    jo.press("Use your passkey")
    jo.page.wait_for_url("**/staff/day")

    assert jo.path == "/staff/day"


def test_a_device_without_a_passkey_for_us_says_so_and_the_app_remains(
    arrive: Arrive, named: House
) -> None:
    somebody = arrive(at=named)
    give_device(somebody)
    somebody.open("/staff/sign-in")

    somebody.press("Sign in with a passkey")

    somebody.page.get_by_text("The device did not give a passkey.").wait_for()
    assert somebody.path == "/staff/sign-in"
    assert somebody.shows("[name=password]")


def test_an_app_needs_no_scripts(arrive: Arrive) -> None:
    jo = arrive(javascript=False)
    staff_id, address = hire(jo, Role.OWNER, name="Mira Castellan", password_hash=None)
    jo.open(link(jo, staff_id, LinkKind.INVITATION))
    jo.write("password", PASSWORD)
    jo.go_on()
    jo.go_on()
    jo.write("code", app_code(jo))
    jo.go_on()
    code = jo.find(".codes code").nth(7).inner_text()
    sign_out(jo)

    jo.open("/staff/sign-in")
    jo.write("email", address)
    jo.write("password", PASSWORD)
    jo.go_on()
    jo.write("code", code)
    jo.go_on()

    assert jo.path == "/staff/day"
    assert not jo.shows(".passkey:visible")
