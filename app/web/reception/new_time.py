"""The half of a new appointment's form that says when: which kind of visit, and with whom."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import SelectField, StringField

from app.domain.appointment import Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.refusals import NotOffered
from app.domain.staff import Permission, Staff
from app.services import desk_booking
from app.services.offer import Search
from app.web.patient import wishes
from app.web.reception import times
from app.web.reception.chronicle import OVERLAPS
from app.web.reception.day import day_of, known
from app.web.reception.team_form import StaffForm

OWN = "own"  # a time that is on no button
ANY = ""


class TimeForm(StaffForm):
    """What a caller wants; *wish* once it is read."""

    visit = SelectField(later("Kind of visit"), validate_choice=False)
    doctor = SelectField(later("Doctor"), validate_choice=False)
    place = SelectField(later("Place"), validate_choice=False)
    how = SelectField(later("How"), validate_choice=False)
    first = StringField(later("From"))
    slot = StringField(later("Time"))
    day = StringField(later("Day"))
    clock = StringField(later("Time, on the clock of the place"))
    overlap = SelectField(later("Why?"), validate_choice=False)
    key = StringField()

    def __init__(self, *given: Any, house: Clinic, actor: Staff, today: date, **named: Any) -> None:  # noqa: ANN401  as WTForms has it
        super().__init__(*given, **named)
        self.house, self.today = house, today
        seen = [one for one in house.clinicians.values() if one.active and actor.sees(one.id)]
        self.doctors = {one.id: one for one in seen}
        self.wish: Wish | None = None
        self.offer(may_overlap=actor.may(Permission.OVERLAP))

    def offer(self, *, may_overlap: bool) -> None:
        """Offer what the clinic has."""
        types = [one for one in self.house.visit_types.values() if one.active]
        places = [one for one in self.house.locations.values() if one.active]
        doctors = [(str(id_), one.name) for id_, one in self.doctors.items()]
        self.visit.choices = [(str(one.id), one.name) for one in types]
        self.doctor.choices = [(ANY, _("Whoever is free")), *doctors]
        self.place.choices = [(ANY, _("Any place")), *((str(one.id), one.name) for one in places)]
        self.how.choices = [
            (ANY, _("Either")),
            ("in_person", _("In person")),
            ("video", _("By video")),
        ]
        self.overlap.choices = [(ANY, _("No: refuse a time that is taken"))]
        self.overlap.choices += [*OVERLAPS.items()] if may_overlap else []
        take_first(self.visit)

    @property
    def visit_type(self) -> VisitType:
        """The kind of visit that is chosen."""
        return self.house.visit_types[int(self.visit.data)]

    @property
    def doctor_id(self) -> int | None:
        """The doctor who is chosen, if it is not anybody."""
        return known(self.doctor.data, self.doctors)

    @property
    def search(self) -> Search:
        """Which free times are looked for."""
        both = self.visit_type.in_person and self.visit_type.video
        return Search(
            visit_type_id=self.visit_type.id,
            video=wishes.HOW.get(self.how.data or "") if both else None,
            clinician_id=self.doctor_id,
            location_id=known(self.place.data, self.house.locations),
            from_day=day_of(self.first.data or ""),
        )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Read the time that was chosen, or note on the fields what to look at again."""
        fine = super().validate(extra_validators)
        pressed = bool(self.slot.data) and self.slot.data != OWN
        self.wish = self._pressed() if pressed else self._named()
        return fine and self.wish is not None

    def _pressed(self) -> Wish | None:
        try:
            wish = wishes.read(self.slot.data)
        except NotOffered:
            wish = None
        if wish is not None and wish.visit_type_id == self.visit_type.id:
            return wish
        self.slot.errors = [_("This time was for another kind of visit. Please choose again.")]
        return None

    def _named(self) -> Wish | None:
        if not (self.day.data and self.clock.data):
            self.slot.errors = [_("Please choose a free time, or name a day and a time.")]
            return None
        on, clock = day_of(self.day.data), times.clock(self.clock.data)
        if on is None:
            self.day.errors = [_("This is no day. Please look again.")]
        if clock is None:
            self.clock.errors = [_("This is no time. Please write it as 14:30.")]
        if self.doctor_id is None:
            self.doctor.errors = [_("For a time of your own, choose the doctor.")]
        if on is None or clock is None or self.doctor_id is None:
            return None
        return self._at(datetime.combine(on, clock), self.doctor_id)

    def _at(self, wall: datetime, doctor_id: int) -> Wish:
        """Return the wish for a time on the wall of the place, or of where the doctor is then."""
        places, way = self.house.locations, self.search.video
        location_id = self.search.location_id or self._place_at(wall, doctor_id)
        return Wish(
            visit_type_id=self.visit_type.id,
            clinician_id=doctor_id,
            location_id=location_id,
            video=not self.visit_type.in_person if way is None else way,
            start=wall.replace(tzinfo=places[location_id].zone),
        )

    def _place_at(self, wall: datetime, doctor_id: int) -> int:
        for id_, place in self.house.locations.items():
            start = wall.replace(tzinfo=place.zone)
            if desk_booking.place_at(doctor_id, start, self.house) == id_:
                return id_
        return next(iter(self.house.locations))

    def name_time(self, start: datetime, location_id: int) -> None:
        """Fill in a time that was pressed on the board, on the clock of its place."""
        there = start.astimezone(self.house.locations[location_id].zone)
        self.slot.data, self.place.data = OWN, str(location_id)
        self.day.data = self.first.data = there.date().isoformat()
        self.clock.data = f"{there:%H:%M}"


def take_first(field: SelectField, usual: str = "") -> None:
    """Choose for whoever chose nothing that is offered."""
    offered = [value for value, _words in field.choices]
    if field.data not in offered:
        field.data = usual if usual in offered else offered[0]
