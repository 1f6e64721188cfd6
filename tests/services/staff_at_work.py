"""People who work at the clinic, in tests of use cases: what they press, and where from."""

from datetime import datetime

from app.domain.staff import Staff
from app.services import factors, passkeys, sign_in, staff_session
from app.services.factors import Added
from app.services.passkeys import Answer, Ceremony, Site
from app.services.staff_waits import Origin
from app.storage.staff_sessions import StaffVisit
from tests.conftest import MONDAY_8AM
from tests.device import Device
from tests.staffing import CHEAP, PASSWORD, session_of

DESK = Origin(network="192.0.2.0/24", browser="the browser at the desk", device="Firefox Linux")
SITE = Site(host="localhost", origin="http://localhost", clinic="Harbor Clinic")


def visit_of(handle: str, now: datetime = MONDAY_8AM) -> StaffVisit:
    """Return the session of a handle."""
    found = staff_session.find(handle, now=now)
    assert found is not None, "the session has ended"
    return found


def signed_in(who: Staff, now: datetime = MONDAY_8AM) -> StaffVisit:
    """Sign somebody in behind the page."""
    return visit_of(session_of(who, now=now), now)


def half_way(who: Staff, now: datetime = MONDAY_8AM) -> StaffVisit:
    """Let somebody give their password."""
    handle = sign_in.begin(who.email, PASSWORD, origin=DESK, passwords=CHEAP, now=now)
    return visit_of(handle, now)


def add_passkey(visit: StaffVisit, device: Device, now: datetime = MONDAY_8AM) -> Added:
    """Let a device make a passkey for somebody."""
    options, challenge = passkeys.ask_to_add(site=SITE, staff=visit.staff, now=now)
    answer = Answer(credential=device.make(options), challenge=challenge)
    return factors.add_passkey(visit, answer, site=SITE, origin=DESK, now=now)


def signed(
    device: Device, staff_id: str | None = None, ceremony: Ceremony = Ceremony.SIGN_IN,
    now: datetime = MONDAY_8AM,
) -> Answer:  # fmt: skip
    """Ask for a passkey, and let a device sign."""
    options, challenge = passkeys.ask(ceremony, site=SITE, staff_id=staff_id, now=now)
    return Answer(credential=device.sign(options), challenge=challenge)
