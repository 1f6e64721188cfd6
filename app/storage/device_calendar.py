"""What devices see of a doctor's calendar, and which of it changed when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.device_calendar import Shown
from app.domain.hours import Closure
from app.storage import hours, models
from app.storage.database import run
from app.storage.feeds import ENTRY, entry_from
from app.storage.models import Status

Row_, Change, Block_ = models.Appointment, models.CalendarChange, models.CalendarBlock
SUFFIX = ".ics"  # an appointment is called by its id, a block as its device called it
REVISION = func.coalesce(Change.revision, 0).label("revision")
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
NAMED = SHOWN.where(Row_.id.in_(bindparam("ids", expanding=True)))
CALENDAR = select(models.Clinician.calendar_revision).where(
    models.Clinician.id == bindparam("clinician")
)
CHANGED = select(Change.name).where(
    Change.clinician_id == bindparam("clinician"), Change.revision > bindparam("since")
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
) -> list[Shown]:
    """Return the appointments of a calendar that end after an instant, or some by their names."""
    asked: dict[str, Any] = {"clinician": clinician_id, "since": since}
    if names is not None:
        asked["ids"] = [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]
    rows = run(session, SHOWN if names is None else NAMED, **asked)
    return [
        Shown(
            clinician_id=clinician_id,
            name=row.id + SUFFIX,
            revision=row.revision,
            about=entry_from(row),
        )
        for row in rows
    ]


def blocks(
    session: Session, clinician_id: int, *, names: Collection[str] | None = None
) -> list[tuple[Closure, models.CalendarBlock, int]]:
    """Return the blocks of a calendar with their closures and revisions, or some by their names."""
    query = (
        select(models.Closure, Block_, REVISION)
        .join(Block_, Block_.closure_id == models.Closure.id)
        .outerjoin(
            Change,
            (Change.clinician_id == Block_.clinician_id) & (Change.name == Block_.name),
        )
        .where(Block_.clinician_id == clinician_id)
        .order_by(models.Closure.starts, models.Closure.id)
    )
    if names is not None:
        query = query.where(Block_.name.in_(list(names)))
    found = session.execute(query.execution_options(populate_existing=True))
    return [(hours.closure(closure), block, counted) for closure, block, counted in found]


def changed(session: Session, clinician_id: int, *, since: int) -> list[str]:
    """Return the names of what changed or went after a revision."""
    return list(run(session, CHANGED, clinician=clinician_id, since=since).scalars())


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
