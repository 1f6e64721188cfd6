"""Who a view is for: every route says it, and a test walks them all."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


class Audience(StrEnum):
    """For whom a route answers.

    PUBLIC: anybody.  VISITOR: somebody who passed the safety check.  HOLDER: a visitor whose
    link opened the appointment in question.  OPERATOR: whoever runs the machine.
    DEMONSTRATION: anybody, while the clinic is the demonstration one.
    """

    PUBLIC = "public"
    VISITOR = "visitor"
    HOLDER = "holder"
    OPERATOR = "operator"
    DEMONSTRATION = "demonstration"


def access(audience: Audience) -> Callable[[View], View]:
    """Declare a view's audience; the view itself still asks the use case."""

    def declare(view: View) -> View:
        view.audience = audience  # type: ignore[attr-defined]  # read by the walking test
        return view

    return declare
