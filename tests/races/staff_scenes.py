"""Scenes around the staff's door and the waiting list: the same press, everywhere at once."""

from datetime import date

from app.domain.staff import Role, Staff
from app.domain.waiting import Wishes
from app.services import answering, desk_booking, identities, waiting
from app.services import clinic as clinics
from app.services.desk_booking import Call
from app.services.identities import Seen
from app.services.staff_waits import Origin
from tests.clinics import GENERAL, person, wish
from tests.conftest import MONDAY_8AM
from tests.races.crowd import NINE, Scene
from tests.races.scenes import answer, known

ISSUER = "https://id.example.org"
DESK = Origin(network="192.0.2.0/24", browser=None, device="Test")
WISHES = Wishes(visit_type_id=GENERAL)


def colleague(staff_id: str, role: Role = Role.RECEPTION) -> Staff:
    return Staff(id=staff_id, name="Jo", email="jo@example.org", role=role)


def one_caller_each(number: int, staff_id: str) -> Scene:
    """Book the same time as every colleague, each for a caller of their own."""
    jo, clinic = colleague(staff_id), clinics.load()
    caller = person(
        f"p{number}@example.org",
        name=f"Caller {number}",
        birth_date=date(1960 + number, 4, 21),  # nobody looks like another
        phone=f"+1865555{number:04}",
    )
    call = Call(key=f"k{number}", wish=wish(NINE), person=caller)
    yield
    return answer(lambda: desk_booking.book(call, actor=jo, clinic=clinic, now=MONDAY_8AM))


def one_offered_time(handle: str, proposal_id: str) -> Scene:
    """Say yes to the offered time in each window of one browser."""
    guest = known(handle)
    visit, clinic = guest.visit, clinics.load()
    yield
    return answer(
        lambda: (
            answering.answer(proposal_id, wish(), visit=visit, clinic=clinic, now=MONDAY_8AM)
            or "no"
        )
    )


def one_place_in_line(reference: str, staff_id: str) -> Scene:
    """Put somebody with an appointment on the waiting list, as every colleague does."""
    jo, clinic = colleague(staff_id), clinics.load()
    yield

    def put() -> str:
        waiting.put_on(reference, WISHES, actor=jo, clinic=clinic, now=MONDAY_8AM)
        return "on it"

    return answer(put)


def one_newcomer_in_line(staff_id: str) -> Scene:
    """Put a caller without an appointment on it, as every colleague does."""
    jo, clinic, caller = colleague(staff_id), clinics.load(), person("marian@example.org")
    yield
    return answer(
        lambda: waiting.put_on_new(caller, WISHES, actor=jo, clinic=clinic, now=MONDAY_8AM)
    )


def one_answer(state: str, subject: str) -> Scene:
    """Come back from the identity provider with an answer that everybody brings."""
    seen = Seen(issuer=ISSUER, subject=subject, methods=frozenset({"mfa"}))
    yield
    return answer(lambda: identities.let_in(seen, state, origin=DESK, now=MONDAY_8AM)[0])


def one_number(staff_id: str, owner_id: str) -> Scene:
    """Link a number to a colleague, while every owner links it to another one."""
    owner = colleague(owner_id, Role.OWNER)
    yield

    def link() -> str:
        identities.link(owner, staff_id, ISSUER, "sub-jo", now=MONDAY_8AM)
        return staff_id

    return answer(link)
