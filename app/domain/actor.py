"""Who asks for something to be done."""

from dataclasses import dataclass

from app.domain.refusals import NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A visitor of the site with the appointments their links opened.

    *visitor_id* is the hash of the session's handle; *grants* are appointment ids, *unlocked*
    those of them for which the birth date was given too, and *by_link* those whose link was
    opened here: that somebody booked an appointment does not show that the mail is theirs.
    """

    visitor_id: str
    grants: frozenset[str] = frozenset()
    unlocked: frozenset[str] = frozenset()
    by_link: frozenset[str] = frozenset()

    def needs(self, appointment_id: str) -> None:
        """Refuse whoever has no link to this appointment."""
        if appointment_id not in self.grants:
            raise NotYours
