"""The waiting list: how it is kept and read."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.appointment import Person
from app.domain.finding import folded
from app.domain.proposal import Answer
from app.domain.waiting import End, Waiting, Wishes
from app.storage import models
from app.storage.models import Status
from app.storage.people import email_key, person_from
from app.storage.types import askable, new_id

Row_ = models.Waiting
About = models.Appointment
Asked = models.Proposal
ON_IT = Row_.closed_at.is_(None)


def add(session: Session, patient_id: str, wishes: Wishes, *, now: datetime, **others: Any) -> str:  # noqa: ANN401  columns
    """Put somebody on the list; return the id of their place."""
    id_ = new_id()
    row = {"id": id_, "patient_id": patient_id, "since": now, **others, **_columns(wishes)}
    session.execute(insert(Row_).values(row))
    return id_


def change(session: Session, waiting_id: str, wishes: Wishes) -> None:
    """Keep other wishes; whoever changes their mind does not lose their place."""
    session.execute(update(Row_).where(Row_.id == waiting_id, ON_IT).values(_columns(wishes)))


def _columns(wishes: Wishes) -> dict[str, Any]:
    return {
        "visit_type_id": wishes.visit_type_id,
        "clinician_ids": sorted(wishes.clinician_ids),
        "location_ids": sorted(wishes.location_ids),
        "weekdays": sorted(wishes.weekdays),
        "part": wishes.part,
        "video": wishes.video,
        "until_day": wishes.until_day,
        "short_notice": wishes.short_notice,
    }


def find(session: Session, waiting_id: str) -> models.Waiting | None:
    """Return somebody's place on the list, though it may be given up."""
    return session.get(Row_, askable(waiting_id), populate_existing=True)


def lock(session: Session, waiting_id: str) -> bool:
    """Let nobody else offer anything to them meanwhile; False when they are on it no more."""
    theirs = select(Row_.id).where(Row_.id == waiting_id, ON_IT).with_for_update()
    return session.scalar(theirs) is not None


def close(session: Session, waiting_id: str, why: End, *, now: datetime) -> bool:
    """Take somebody off the list, if they are on it; say whether."""
    on_it = update(Row_).where(Row_.id == waiting_id, ON_IT)
    closed = on_it.values(closed_at=now, closed=why).returning(Row_.id)
    return session.execute(closed).first() is not None


def of_appointment(session: Session, appointment_id: str) -> Waiting | None:
    """Return who waits for an earlier time than an appointment's."""
    found = listing(session, which=Row_.appointment_id == appointment_id)
    return found[0] if found else None


def of_id(session: Session, waiting_id: str) -> Waiting | None:
    """Return somebody who is on the list."""
    found = listing(session, which=Row_.id == askable(waiting_id))
    return found[0] if found else None


def same(session: Session, person: Person, wishes: Wishes) -> str | None:
    """Return where the same person waits without an appointment, with the same wishes."""
    by_mail = (models.Patient.email_key == email_key(person.email)) & (
        models.Patient.email_key != ""
    )
    by_phone = (models.Patient.phone == person.phone) & (models.Patient.phone != "")
    theirs = (
        Row_.appointment_id.is_(None)
        & (models.Patient.search_name == folded(person.name))
        & (models.Patient.birth_date == person.birth_date)
        & (by_mail | by_phone)
    )
    found = listing(session, which=theirs)
    return next((one.id for one in found if one.wishes == wishes), None)


def listing(
    session: Session,
    *,
    day_begins: datetime | None = None,
    which: ColumnElement[bool] | None = None,
) -> list[Waiting]:
    """Return who is on the list, whoever waits longest first: two statements.

    *day_begins* says since when an offer was made today; without it none is counted.
    """
    query = (
        select(Row_, models.Patient, About.reference, About.starts_at, About.sequence)
        .join(models.Patient, models.Patient.id == Row_.patient_id)
        .outerjoin(About, About.id == Row_.appointment_id)
        .where(ON_IT if which is None else ON_IT & which)
        .order_by(Row_.since, Row_.id)
        .execution_options(populate_existing=True)
    )
    rows: Any = session.execute(query).all()
    offers = _offers(session, [row[0].id for row in rows])
    return [_waiting(row, offers.get(row[0].id, []), day_begins) for row in rows]


def _offers(session: Session, ids: list[str]) -> dict[str, list[models.Proposal]]:
    found: dict[str, list[models.Proposal]] = {}
    if ids:
        query = select(Asked).where(Asked.waiting_id.in_(ids))
        for one in session.scalars(query.execution_options(populate_existing=True)):
            found.setdefault(one.waiting_id or "", []).append(one)
    return found


def _waiting(row: Any, offers: list[models.Proposal], day_begins: datetime | None) -> Waiting:  # noqa: ANN401  a row
    place, patient, reference, starts_at, sequence = row
    return Waiting(
        id=place.id,
        person=person_from(patient),
        patient_id=place.patient_id,
        wishes=_wishes(place),
        since=place.since,
        appointment_id=place.appointment_id,
        reference=reference,
        has=starts_at,
        sequence=sequence or 0,
        offered=frozenset(
            (time["clinician"], datetime.fromisoformat(time["start"]))
            for one in offers
            for time in one.times
        ),
        lapsed=sum(one.answer == Answer.LAPSED for one in offers),
        today=sum(day_begins is not None and one.made_at >= day_begins for one in offers),
        asked=any(one.answer is None for one in offers),
    )


def _wishes(row: models.Waiting) -> Wishes:
    return Wishes(
        visit_type_id=row.visit_type_id,
        clinician_ids=frozenset(row.clinician_ids),
        location_ids=frozenset(row.location_ids),
        weekdays=frozenset(row.weekdays),
        part=row.part,
        video=row.video,
        until_day=row.until_day,
        short_notice=row.short_notice,
    )


def stamp(session: Session) -> tuple[int, datetime | None]:
    """Return how many are on the list, and since when the last one is."""
    counted = session.execute(select(func.count(), func.max(Row_.since)).where(ON_IT)).one()
    return counted[0], counted[1]


def of_address(session: Session, address: str) -> int:
    """Count the wishes of one e-mail address."""
    query = select(func.count()).select_from(Row_)
    query = query.join(models.Patient, models.Patient.id == Row_.patient_id)
    return session.scalar(query.where(ON_IT, models.Patient.email_key == address)) or 0


def done(session: Session, *, now: datetime) -> list[str]:
    """Return the places of those whose appointment is no longer to come."""
    query = select(Row_.id).join(About, About.id == Row_.appointment_id)
    gone = (About.status != Status.BOOKED) | (About.starts_at <= now)
    return list(session.scalars(query.where(ON_IT, gone)))


def any_old(session: Session, *, before: datetime) -> bool:
    """Say whether there is a place to forget, without taking the write lock."""
    return session.scalar(select(Row_.id).where(Row_.closed_at < before).limit(1)) is not None


def drop_old(session: Session, *, before: datetime) -> list[tuple[str | None, str | None]]:
    """Forget who left the list before an instant; return (patient, intake) of each."""
    old = select(Row_.id).where(Row_.closed_at < before)
    session.execute(delete(Asked).where(Asked.waiting_id.in_(old)))
    dropped = delete(Row_).where(Row_.closed_at < before)
    gone = session.execute(dropped.returning(Row_.patient_id, Row_.intake_id))
    return [(patient_id, intake_id) for patient_id, intake_id in gone]
