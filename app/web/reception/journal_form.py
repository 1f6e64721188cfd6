"""What somebody asks of the journal, as they typed it."""

from datetime import date, timedelta
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField

from app.domain.clinic import Clinic
from app.domain.journal import Asked, Kind
from app.domain.staff import signature
from app.domain.wallclock import DAY
from app.services.members import Member
from app.web.reception.day import day_of
from app.web.reception.team_form import StaffForm
from app.web.sent import number

KINDS = {
    Kind.APPOINTMENTS: later("Appointments"),
    Kind.LOOKS: later("Who looked"),
    Kind.STAFF: later("Staff and accounts"),
    Kind.GUIDE: later("The guide"),
    Kind.CLINIC: later("The clinic"),
}
OTHERS = {
    "patient": later("Patients"),
    "clinic": later("The clinic by itself"),
    "operator": later("Whoever runs the clinic's computer"),
}
ANY = ""
A_WEEK, A_YEAR = timedelta(days=6), timedelta(days=366)


class AskedForm(StaffForm):
    """Days, person, kind and reference; *from_day* and *until_day* once they are days."""

    since = StringField(later("From"), name="from")
    until = StringField(later("Until"))
    who = SelectField(later("Who"))
    kind = SelectField(later("What"))
    reference = StringField(later("Reference"))
    from_day: date
    until_day: date

    @classmethod
    def asked(cls, typed: MultiDict[str, str], members: list[Member], today: date) -> Self:
        """Read what an address or a form asks for; the last seven days where it says nothing."""
        known = {"from": str(today - A_WEEK), "until": str(today), "who": ANY, "kind": ANY}
        form = cls(MultiDict({**known, **typed.to_dict()}))
        people = [(signature(one.id), one.name) for one in members]
        form.who.choices = [(ANY, _("Everybody")), *people, *OTHERS.items()]
        form.kind.choices = [(ANY, _("Everything")), *KINDS.items()]
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check the days: two that are days, in their order, and a year at most."""
        fine = super().validate(extra_validators)
        since, until = (self._day(field) for field in (self.since, self.until))
        if since is None or until is None:
            return False
        self.from_day, self.until_day = since, until
        if until < since:
            self.until.errors = [_("This day is before the first one. Please look at both.")]
        elif until - since > A_YEAR:
            self.until.errors = [_("Please ask for a year at most.")]
        return fine and not self.until.errors

    def _day(self, field: StringField) -> date | None:
        found = day_of((field.data or "").strip())
        if found is None:
            field.errors = [_("Please write a day such as 2027-03-01.")]
        return found

    def wanted(self, clinic: Clinic) -> Asked:
        """Return what is asked for, in the clinic's own days."""
        typed = (self.reference.data or "").strip().upper()[:40]
        return Asked(
            after=clinic.midnight(self.from_day),
            until=clinic.midnight(self.until_day + DAY),
            actor=self.who.data or None,
            kind=Kind(self.kind.data) if self.kind.data else None,
            reference=typed if typed.isprintable() else None,
        )


def before() -> int | None:
    """Return the line from which an older leaf goes on."""
    return number(request.args.get("before"), digits=15)
