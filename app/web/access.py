"""Who a view is for: every route says it, and a test walks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask import current_app, request

from app.domain.staff import Permission

View = TypeVar("View", bound=Callable[..., object])


class Audience(StrEnum):
    """For whom a route answers.

    PUBLIC: anybody.  VISITOR: somebody who passed the safety check.  HOLDER: a visitor whose
    link opened the appointment in question.  STAFF: somebody who is signed in, and whose role
    has the permission that the route names.  BEARER: a program that has the link of a calendar,
    and no cookie.  DEVICE: a program with a password of its own, and no cookie.  OPERATOR:
    whoever runs the machine.
    DEMONSTRATION: anybody, while the clinic is the demonstration one.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    HOLDER = "holder"
    STAFF = "staff"
    BEARER = "bearer"
    DEVICE = "device"
    OPERATOR = "operator"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffOnly:
    """What a view of staff asks for.

    *proof*: changing something here needs a password or a passkey shown within five minutes.
    *by_itself*: the page asks without anybody pressing, which keeps no session awake.
    *joining*: also for whoever came by a link and chooses their first second factor.
    """

    permission: Permission
    proof: bool = False
    by_itself: bool = False
    joining: bool = False


def access(audience: Audience) -> Callable[[View], View]:
    """Declare a view's audience; the view itself still asks the use case."""

    def declare(view: View) -> View:
        view.audience = audience  # type: ignore[attr-defined]  # read by the walking test
        return view

    return declare


def staff_only(
    permission: Permission, *, proof: bool = False, by_itself: bool = False, joining: bool = False
) -> Callable[[View], View]:
    """Declare a view to be for staff with a permission; the door of `web/reception` keeps it."""

    def declare(view: View) -> View:
        asked = StaffOnly(permission=permission, proof=proof, by_itself=by_itself, joining=joining)
        view.staff_only = asked  # type: ignore[attr-defined]  # read at the door
        return access(Audience.STAFF)(view)

    return declare


def asked_of_staff() -> StaffOnly | None:
    """Return what the view of this request asks of staff, if it is theirs."""
    view = current_app.view_functions.get(request.endpoint or "")
    found: StaffOnly | None = getattr(view, "staff_only", None)
    return found


def audience() -> Audience | None:
    """Return for whom the view of this request is."""
    view = current_app.view_functions.get(request.endpoint or "")
    found: Audience | None = getattr(view, "audience", None)
    return found
