"""Who works at the clinic, and what each role may do: nothing that is not written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusals import NotAllowed


class Role(StrEnum):
    """What somebody does at the clinic; an owner with a calendar of their own treats too."""

    RECEPTION = "reception"
    CLINICIAN = "clinician"
    OWNER = "owner"


class Permission(StrEnum):
    """What a page or a use case asks for.

    Health words are read by the clinician of the appointment only: a use case that shows them
    asks for the permission and for the calendar.
    """

    OWN_ACCOUNT = "own_account"
    SEE_DAY = "see_day"
    RUN_DAY = "run_day"  # find people, book, move, cancel, check in, waiting list
    OVERLAP = "overlap"  # two at one time, with a reason
    HOURS = "hours"  # openings and closures
    CLOSE_CLINIC = "close_clinic"  # those of other doctors, of a place, of all: holidays too
    READ_HEALTH = "read_health"
    SETTINGS = "settings"  # what the clinic offers, says and shows
    STAFF = "staff"
    JOURNAL = "journal"
    FIGURES = "figures"
    EXPORT = "export"


EVERYBODY = frozenset({Permission.OWN_ACCOUNT, Permission.SEE_DAY, Permission.RUN_DAY})
MAY: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: EVERYBODY | {Permission.OVERLAP, Permission.HOURS, Permission.CLOSE_CLINIC},
    Role.CLINICIAN: EVERYBODY | {Permission.HOURS, Permission.READ_HEALTH},
    Role.OWNER: frozenset(Permission) - {Permission.READ_HEALTH},
}


def signature(staff_id: str) -> str:
    """Return how the journal names somebody who works here, or did."""
    return f"staff:{staff_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who works here, as who asks for something.

    *clinician_id* is the calendar that is their own: every clinician has one, and an owner who
    treats.  *all_calendars* lets a clinician see the others' too.
    """

    id: str
    name: str
    email: str
    role: Role
    clinician_id: int | None = None
    all_calendars: bool = False
    language: str = "en"

    @property
    def roles(self) -> frozenset[Role]:
        """Their role, and the clinician's beside it when an owner treats."""
        treats = self.role is Role.OWNER and self.clinician_id is not None
        return frozenset({self.role, Role.CLINICIAN} if treats else {self.role})

    @property
    def signature(self) -> str:
        """How the journal names them."""
        return signature(self.id)

    def may(self, permission: Permission) -> bool:
        """Say whether one of their roles allows something."""
        return any(permission in MAY[role] for role in self.roles)

    def needs(self, permission: Permission) -> None:
        """Refuse whoever may not."""
        if not self.may(permission):
            raise NotAllowed

    def sees(self, clinician_id: int) -> bool:
        """Say whether a calendar is theirs to look at: clinicians have their own."""
        if self.role is not Role.CLINICIAN or self.all_calendars:
            return True
        return clinician_id == self.clinician_id

    def seen(self, clinician_ids: Iterable[int]) -> list[int]:
        """Return which of some calendars are theirs to look at."""
        return [id_ for id_ in clinician_ids if self.sees(id_)]

    def arranges(self, clinician_id: int | None) -> bool:
        """Say whether these hours are theirs to change: clinicians' own, or everybody's (None)."""
        if self.may(Permission.CLOSE_CLINIC):
            return True
        return self.may(Permission.HOURS) and clinician_id in {self.clinician_id} - {None}

    def treats(self, clinician_id: int) -> bool:
        """Say whether health words of this calendar's appointments are theirs to read."""
        return self.may(Permission.READ_HEALTH) and clinician_id == self.clinician_id
