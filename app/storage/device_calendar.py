"""What devices see of a doctor's calendar, and which of it changed when."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.device_calendar import Shown, Stretch
from app.domain.hours import Closure
from app.storage import hours, models
from app.storage.database import run
from app.storage.feeds import ENTRY, entry_from
from app.storage.models import Status

Row_, Change, Block_ = models.Appointment, models.CalendarChange, models.CalendarBlock
SUFFIX = ".ics"  # an appointment is called by its id, a block as its device called it
COUNTED = func.coalesce(Change.revision, 0)
REVISION = COUNTED.label("revision")
SHOWN = (
    select(*ENTRY, REVISION)
    .join(models.Patient, models.Patient.id == Row_.patient_id)
    .outerjoin(Change, (Change.clinician_id == Row_.clinician_id)
               & (Change.name == Row_.id + SUFFIX))
    .where(
        Row_.clinician_id == bindparam("clinician"),
        Row_.blocked_until > bindparam("since"),
        Row_.ends_at > bindparam("since"),
        Row_.status.not_in((Status.HELD, Status.CANCELLED)),
    )
    .order_by(Row_.starts_at, Row_.id)
)  # fmt: skip
CHANGING = (
    SHOWN.where(COUNTED.between(bindparam("first"), bindparam("last")))
    .order_by(None)
    .order_by(COUNTED, Row_.id)
    .limit(bindparam("at_most"))
)
ENDED = select(Row_.id + SUFFIX).where(
    Row_.clinician_id == bindparam("clinician"),
    Row_.blocked_until > bindparam("since"),
    Row_.ends_at > bindparam("since"),
    Row_.ends_at <= bindparam("until"),
    Row_.status.not_in((Status.HELD, Status.CANCELLED)),
)
NAMED = SHOWN.where(Row_.id.in_(bindparam("ids", expanding=True)))
CALENDAR = select(models.Clinician.calendar_revision).where(
    models.Clinician.id == bindparam("clinician")
)
CHANGED = (
    select(Change.name, Change.revision)
    .where(
        Change.clinician_id == bindparam("clinician"),
        Change.revision.between(bindparam("first"), bindparam("last")),
    )
    .order_by(Change.revision)
    .limit(bindparam("at_most"))
)
NOTE = {
    name: dialect.insert(Change).on_conflict_do_update(
        index_elements=[Change.clinician_id, Change.name],
        set_={"revision": dialect.insert(Change).excluded.revision},
    )
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def revision(session: Session, clinician_id: int) -> int:
    """Return how often a calendar changed."""
    found: int = run(session, CALENDAR, clinician=clinician_id).scalar_one()
    return found


def appointments(
    session: Session,
    clinician_id: int,
    *,
    since: datetime,
    names: Collection[str] | None = None,
    stretch: Stretch | None = None,
) -> list[Shown]:
    """Return the appointments of a calendar that end after an instant.

    Of these some by their names, or a stretch of their changes in its order.
    """
    asked: dict[str, Any] = {"clinician": clinician_id, "since": since}
    statement = SHOWN
    if names is not None:
        asked["ids"] = [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]
        statement = NAMED
    elif stretch is not None:
        asked |= asdict(stretch)
        statement = CHANGING
    rows = run(session, statement, **asked)
    return [
        Shown(
            clinician_id=clinician_id,
            name=row.id + SUFFIX,
            revision=row.revision,
            about=entry_from(row),
        )
        for row in rows
    ]


def ended(session: Session, clinician_id: int, *, since: datetime, until: datetime) -> list[str]:
    """Return the names of the appointments of a calendar that ended between two instants."""
    return list(run(session, ENDED, clinician=clinician_id, since=since, until=until).scalars())


def blocks(
    session: Session,
    clinician_id: int,
    *,
    since: datetime,
    names: Collection[str] | None = None,
    stretch: Stretch | None = None,
) -> list[tuple[Closure, models.CalendarBlock, int]]:
    """Return the blocks of a calendar that end after an instant, or on the day before it.

    Where they end depends on the wall; of these some by their names, or those of a stretch of
    changes: a doctor has few, so that all of them come.
    """
    query = (
        select(models.Closure, Block_, REVISION)
        .join(Block_, Block_.closure_id == models.Closure.id)
        .outerjoin(
            Change,
            (Change.clinician_id == Block_.clinician_id) & (Change.name == Block_.name),
        )
        .where(
            Block_.clinician_id == clinician_id,
            models.Closure.ends > (since - timedelta(days=1)).replace(tzinfo=None),
        )
        .order_by(models.Closure.starts, models.Closure.id)
    )
    if names is not None:
        query = query.where(Block_.name.in_(list(names)))
    if stretch is not None:
        query = query.where(COUNTED.between(stretch.first, stretch.last))
    found = session.execute(query.execution_options(populate_existing=True))
    return [(hours.closure(closure), block, counted) for closure, block, counted in found]


def changed(session: Session, clinician_id: int, stretch: Stretch) -> list[tuple[int, str]]:
    """Return what changed or went in a stretch of changes: each revision, and what was changed."""
    rows = run(session, CHANGED, clinician=clinician_id, **asdict(stretch))
    return [(row.revision, row.name) for row in rows]


def note(session: Session, clinician_id: int, name: str) -> None:
    """Let something look changed, so that devices fetch it anew."""
    row = models.Clinician
    counted = session.execute(
        update(row)
        .where(row.id == clinician_id)
        .values(calendar_revision=row.calendar_revision + 1)
        .returning(row.calendar_revision)
    ).scalar_one()
    dialect = session.get_bind().dialect.name
    run(session, NOTE[dialect], clinician_id=clinician_id, name=name, revision=counted)


def uid_taken(session: Session, clinician_id: int, uid: str) -> str | None:
    """Return the name of a calendar's block that has a UID, if one has it."""
    query = select(Block_.name).where(Block_.clinician_id == clinician_id, Block_.uid == uid)
    return session.scalar(query)


def add_block(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep under which names a device put a closure."""
    session.execute(insert(Block_).values(**values))


def is_block(session: Session, closure_id: int) -> bool:
    """Say whether a device put a closure."""
    query = select(Block_.closure_id).where(Block_.closure_id == closure_id)
    return session.scalar(query) is not None
