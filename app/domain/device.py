"""Phones and calendar programs that follow the clinic's calendars, and what each may do there."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusals import NotAllowed
from app.domain.staff import Staff


class Scope(StrEnum):
    """What a device may do: each includes the ones before it."""

    LOOK = "look"
    MOVE = "move"  # and keep times free
    CANCEL = "cancel"


ORDER = tuple(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A phone or a program as who asks for something: its owner, as far as they let it."""

    id: str
    name: str
    scope: Scope
    staff: Staff

    def may(self, scope: Scope) -> bool:
        """Say whether its owner let it do something."""
        return ORDER.index(scope) <= ORDER.index(self.scope)

    def needs(self, scope: Scope) -> None:
        """Refuse what its owner did not let it do."""
        if not self.may(scope):
            raise NotAllowed
