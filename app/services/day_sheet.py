"""The day on paper: who comes to whom, how to reach them, and how prepared each visit is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.clinic import Clinic
from app.domain.desk import Away, Board, Column, Planned
from app.domain.staff import Permission, Staff
from app.services import desk, looked, prepared
from app.services.prepared import Prepared
from app.storage import day_sheet
from app.storage.database import reading, retried
from app.storage.day_sheet import Caller
from app.storage.models import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One visit on a sheet."""

    planned: Planned
    caller: Caller
    ready: Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One doctor's day."""

    column: Column
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A day on paper: a sheet for each doctor who is there."""

    zone: ZoneInfo
    sheets: tuple[Sheet, ...]
    away: tuple[Away, ...]


@retried
def see(
    on: date, *, location_id: int | None = None, actor: Staff, clinic: Clinic, now: datetime
) -> Sheets:
    """Return the sheets of a day; that somebody asked for them is written down."""
    actor.needs(Permission.RUN_DAY)
    board = desk.day(on, location_id=location_id, actor=actor, clinic=clinic, now=now)
    found = of_board(board)
    many = sum(len(sheet.lines) for sheet in found.sheets)
    looked.note("sheet", actor=actor, now=now, day=on.isoformat(), many=many)
    return found


def of_board(board: Board) -> Sheets:
    """Put the sheets of a day together: four statements, however many come."""
    visits = [one for one in board.planned if one.status != Status.HELD]
    callers = day_sheet.callers(reading(), [one.id for one in visits])
    ready = prepared.of({id_: caller.reading_id for id_, caller in callers.items()})
    return Sheets(
        zone=board.zone,
        sheets=tuple(
            Sheet(column=column, lines=tuple(_lines(column.planned, callers, ready)))
            for column in board.columns
        ),
        away=board.away,
    )


def _lines(
    planned: Iterable[Planned], callers: dict[str, Caller], ready: dict[str, Prepared]
) -> Iterable[Line]:
    for one in planned:
        if one.id in callers:  # a hold is nobody's yet
            yield Line(planned=one, caller=callers[one.id], ready=ready[one.id])
