"""The form that closes a doctor's time, a place or the whole clinic."""

from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import SelectField, StringField

from app.domain.clinic import Clinic
from app.domain.hours import MIDNIGHT, Closure
from app.domain.staff import Staff
from app.services import closing
from app.web.patient.birth_fields import read
from app.web.reception import wall
from app.web.reception.team_form import StaffForm

ALL, PLACE, DOCTOR = "all", "place", "doctor"
KINDS = {
    "leave": later("Leave"),
    "training": later("Congress or training"),
    "holiday": later("Holiday"),
    "other": later("Something else"),
}


class ClosureForm(StaffForm):
    """What is closed, from when to when, and why; *closure* once it is read."""

    whose = SelectField(later("What is closed"))
    first = StringField(later("First day"))
    from_time = StringField(later("From"))
    last = StringField(later("Last day"))
    until_time = StringField(later("Until"))
    kind = SelectField(later("Why"))
    note = StringField(later("Note"))
    closure: Closure | None = None

    @classmethod
    def asked(cls, clinic: Clinic, actor: Staff, **known: str) -> Self:
        """Read what was sent, or begin with what is known."""
        form = cls(request.form) if request.method == "POST" else cls(data=known)
        form.whose.choices = list(_whose(clinic, actor).items())
        form.kind.choices = [(code, str(name)) for code, name in KINDS.items()]
        return form

    def read(self, closure_id: int = 0) -> bool:
        """Say whether everything is there and goes together."""
        fine = super().validate()
        first, last = read(self.first, wall.a_day), read(self.last, wall.a_day)
        from_minute = read(self.from_time, wall.minutes) if self.from_time.data else 0
        until_minute = read(self.until_time, wall.until) if self.until_time.data else MIDNIGHT
        note = read(self.note, lambda text: wall.words(text, closing.LONGEST_NOTE))
        if not fine or None in (first, last, from_minute, until_minute, note):
            return False
        starts, ends = wall.at(first, from_minute), wall.at(last, until_minute)
        if ends <= starts:
            day = first > last
            where = self.last if day else self.until_time
            where.errors = [_("It ends before it begins. Please look at both again.")]
            return False
        if ends - starts > closing.LONGEST:
            self.last.errors = [_("This is longer than three years. Please look at both days.")]
            return False
        self.closure = Closure(
            id=closure_id, starts=starts, ends=ends, kind=self.kind.data, note=note,
            **_meant(self.whose.data),
        )  # fmt: skip
        return True


def known(closure: Closure) -> dict[str, str]:
    """Return a closure as the form's fields have it."""
    times = {"from_time": "", "until_time": ""}
    if not wall.whole_days(closure):
        times = {"from_time": wall.typed(closure.starts), "until_time": wall.typed(closure.ends)}
    whose = {
        ALL: True,
        f"{PLACE}-{closure.location_id}": closure.location_id is not None,
        f"{DOCTOR}-{closure.clinician_id}": closure.clinician_id is not None,
    }
    return times | {
        "whose": [value for value, holds in whose.items() if holds][-1],
        "first": closure.starts.date().isoformat(),
        "last": wall.last_day(closure).isoformat(),
        "kind": closure.kind,
        "note": closure.note,
    }


def whose(closure: Closure, clinic: Clinic) -> str:
    """Say what a closure closes."""
    if closure.clinician_id is not None:
        return clinic.clinicians[closure.clinician_id].name
    if closure.location_id is not None:
        return clinic.locations[closure.location_id].name
    return str(_("The whole clinic"))


def _whose(clinic: Clinic, actor: Staff) -> dict[str, str]:
    found = {}
    for id_, doctor in clinic.clinicians.items():
        if actor.arranges(id_) and doctor.active:
            found[f"{DOCTOR}-{id_}"] = doctor.name
    if actor.arranges(None):
        places = {f"{PLACE}-{id_}": one.name for id_, one in clinic.locations.items() if one.active}
        found |= places | {ALL: _("The whole clinic")}
    return found


def _meant(value: str) -> dict[str, Any]:
    kind, _dash, number = value.partition("-")
    return (
        {} if kind == ALL else {{PLACE: "location_id", DOCTOR: "clinician_id"}[kind]: int(number)}
    )
