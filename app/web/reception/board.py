"""A board of the day or the week in words: where each tile stands, and what it says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.clinic import Clinic
from app.domain.desk import Board, Column, Planned
from app.domain.interval import Interval
from app.storage.models import Status
from app.web.reception import marks, rows
from app.web.reception.tiles import Row, Shown, Tile

ONE_LINE, TWO_LINES = 15, 30
LOOKS = {Status.ARRIVED: "here", Status.IN_ROOM: "here inside", Status.COMPLETED: "done",
         Status.MISSED: "missed", Status.TENTATIVE: "unsure"}  # fmt: skip
WORDS = {
    Status.TENTATIVE: ("clock", later("Not confirmed")),
    Status.ARRIVED: ("door", later("Arrived")),
    Status.IN_ROOM: ("room", later("In room")),
    Status.COMPLETED: ("tick", later("Completed")),
    Status.MISSED: ("cross", later("Missed")),
    Status.CANCELLED: ("cut", later("Cancelled")),
    Status.BOOKED: ("calendar", later("Booked")),
}


def shown(board: Board, clinic: Clinic, language: str, *, by_day: bool, now: datetime) -> Shown:
    """Put a board into words; *by_day* when its columns are the days of one doctor."""
    words = _Words(clinic=clinic, zone=board.zone, language=language, now=now)
    return Shown(
        look=f"from-{board.first_hour} hours-{board.until_hour - board.first_hour}",
        hours=tuple(words.hour(hour) for hour in range(board.first_hour, board.until_hour)),
        now=words.line(board),
        zone=when.zone_name(board.zone, now, language),
        columns=tuple(words.row(column, by_day=by_day) for column in board.columns),
        away=tuple(words.away(one.clinician_id, one.why) for one in board.away),
        late=tuple(dict.fromkeys(words.doctor(one.clinician_id) for one in board.late)),
        sums=tuple(_sums(board.planned)),
    )


def _sums(planned: Iterable[Planned]) -> Iterator[tuple[int, str]]:
    found = [one.status for one in planned if one.status != Status.HELD]
    here = sum(one in (Status.ARRIVED, Status.IN_ROOM) for one in found)
    yield len(found), _("appointments")
    yield here, _("here")
    yield found.count(Status.MISSED), _("missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Puts the parts of a board into words, on one clock."""

    clinic: Clinic
    zone: ZoneInfo
    language: str
    now: datetime

    def hour(self, hour: int) -> tuple[str, str]:
        """Say an hour of the axis, and where it stands."""
        there = datetime.combine(date(2001, 1, 1), time(hour), self.zone)
        return f"at-{hour:02} past-00 for-30", when.clock(there, self.zone, self.language)

    def line(self, board: Board) -> tuple[str, str] | None:
        """Say where the line of this moment stands, on a board that has today."""
        here = self.now.astimezone(self.zone)
        on_it = board.first_hour <= here.hour < board.until_hour
        if not on_it or here.date() not in {column.day for column in board.columns}:
            return None
        clock, _half = self._clock(self.now)
        return rows.at(here), clock

    def row(self, column: Column, *, by_day: bool) -> Row:
        """Say one column."""
        lanes = rows.lanes(column.planned)
        tiles = [
            *(tile for one in column.planned for tile in self._planned(one, column, lanes)),
            *(self._shut(one.span, one.why) for one in column.shut),
            *(self._elsewhere(one) for one in column.busy),
            *(self._free(one, column) for one in column.free),
        ]
        today = column.day == self.now.astimezone(self.zone).date()
        name = self._day(column.day) if by_day else self.doctor(column.clinician_id)
        return Row(
            id=f"c{column.clinician_id}-{column.day}" if by_day else f"c{column.clinician_id}",
            name=name,
            where=self._where(column),
            column=column,
            lanes=max((of for _, of in lanes.values()), default=1),
            today=today and by_day,
            tiles=tuple(sorted(tiles, key=lambda tile: tile.place)),
        )

    def away(self, clinician_id: int, why: str) -> str:
        """Name somebody who is not there, and why."""
        name = self.doctor(clinician_id)
        return f"{name} ({why})" if why else name

    def doctor(self, clinician_id: int) -> str:
        """Name a doctor."""
        return self.clinic.clinicians[clinician_id].name

    def _day(self, on: date) -> str:
        return format_date(on, "EEE d MMM", self.language)

    def _where(self, column: Column) -> str:
        said = [self.clinic.locations[id_].name for id_ in column.location_ids]
        return ", ".join([*said, _("extra hours")] if column.extra else said)

    def _planned(
        self, one: Planned, column: Column, lanes: dict[str, tuple[int, int]]
    ) -> Iterator[Tile]:
        lane, of = lanes[one.id]
        beside = f" lane-{lane}" if of > 1 else ""
        yield (
            self._kept(one, beside)
            if one.status == Status.HELD
            else self._tile(one, column, beside)
        )
        if one.after is not None and of == 1:
            yield self._tile_at(one.after, kind="between", name=_("Turnaround"))

    def _kept(self, one: Planned, beside: str) -> Tile:
        until = self._until(one)
        said = _("Held online, until %(time)s", time=until)
        if one.proposal_id is not None:
            said = _("Offered to %(name)s until %(time)s", name=one.name, time=until)
        return self._tile_at(
            one.interval, kind="kept", look=beside, name=said, proposal=one.proposal_id or ""
        )

    def _until(self, one: Planned) -> str:
        """Say until when somebody may answer: the time of day, with the day if it is another."""
        until = (one.hold_until or self.now).astimezone(self.zone)
        clock = when.clock(until, self.zone, self.language)
        same = until.date() == self.now.astimezone(self.zone).date()
        return clock if same else f"{format_date(until, 'EEE', self.language)} {clock}"

    def _tile(self, one: Planned, column: Column, beside: str) -> Tile:
        sign, word = WORDS[Status(one.status)]
        plain = one.status == Status.BOOKED
        minutes = rows.minutes(one.interval)
        return self._tile_at(
            one.interval,
            kind="tile",
            look=LOOKS.get(Status(one.status), "") + beside + (" beside" if one.overlaps else ""),
            lines=1 if minutes <= ONE_LINE else 2 if minutes < TWO_LINES else 3,
            reference=one.reference,
            moves=(one.location_id, one.revision) if plain else None,
            name=one.name,
            what=self._what(one, column),
            sign="" if plain else sign,
            status="" if plain else str(word),
            flags=tuple(marks.of(one)),
        )

    def _what(self, one: Planned, column: Column) -> str:
        """Say what kind of visit it is, and where when the column has several places."""
        said = [self.clinic.visit_types[one.visit_type_id].name]
        if one.video:
            said.append(_("by video"))
        elif len(column.location_ids) > 1:
            said.append(self.clinic.locations[one.location_id].name)
        return ", ".join(said)

    def _shut(self, span: Interval, why: str) -> Tile:
        return self._tile_at(span, kind="shut", name=why or _("No hours"))

    def _elsewhere(self, span: Interval) -> Tile:
        return self._tile_at(span, kind="elsewhere", name=_("Busy elsewhere"))

    def _free(self, span: Interval, column: Column) -> Tile:
        places = column.location_ids
        there = places[0] if len(places) == 1 else 0
        clock = f"{span.start.astimezone(self.zone):%H:%M}"
        return self._tile_at(span, kind="free", name=_("free"), books=(clock, there))

    def _tile_at(self, span: Interval, **others: object) -> Tile:
        begins, half = self._clock(span.start)
        until, half_until = self._clock(span.end)
        return Tile(
            place=f"{rows.at(span.start.astimezone(self.zone))} {rows.long(rows.minutes(span))}",
            begins=begins,
            half=half,
            until=f"{until} {half_until}".strip(),
            **others,  # type: ignore[arg-type]  # fields of a tile
        )

    def _clock(self, instant: datetime) -> tuple[str, str]:
        """Return the time of day and, apart, which half of the day it is."""
        words = when.clock(instant, self.zone, self.language)
        clock, _, half = words.partition("\u00a0")
        return clock if ":" in clock else f"{clock}:00", half  # 12 noon, too short for a tile
