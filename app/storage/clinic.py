"""The clinic: how it is read, whole and at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain import clinic as domain
from app.domain.availability import VisitRule
from app.domain.device_calendar import BOOK
from app.storage import hours, limits, logos, models, sign_offs
from app.storage.database import run


def revision(session: Session) -> int | None:
    """Return how often the clinic changed, or None before it was set up."""
    return session.scalar(select(models.Clinic.revision))


CALENDARS = select(models.Clinician.id, models.Clinician.calendar_revision).where(
    models.Clinician.active
)


class Revisions(NamedTuple):
    """How often the clinic changed, and how often all its calendars together."""

    clinic: int
    calendars: int


CLINIC_REVISION = select(models.Clinic.revision).scalar_subquery()
ALL_CALENDARS = (  # also within other statements
    select(func.sum(models.Clinician.calendar_revision))
    .where(models.Clinician.active)
    .scalar_subquery()
)


def calendar_revisions(session: Session) -> dict[int, int]:
    """Return how often each clinician's calendar changed."""
    return {id_: revision for id_, revision in run(session, CALENDARS)}  # noqa: C416  a row is no pair


def set_pressure(session: Session, until: datetime | None, *, was: datetime | None) -> bool:
    """Set until when the clinic is under pressure, unless somebody did since; say whether."""
    row = models.Clinic
    as_seen = row.pressure_until.is_(None) if was is None else row.pressure_until == was
    changed = update(row).where(as_seen)
    changed = changed.values(pressure_until=until, revision=row.revision + 1)
    return session.execute(changed.returning(row.id)).first() is not None


def changed(session: Session) -> None:
    """Let every process read the clinic again."""
    change(session)


def begin_anew(session: Session) -> None:
    """Let whoever follows this book forget what they saw: it is another one, restored."""
    row = models.Clinic
    session.execute(update(row).values(revision=(row.revision // BOOK + 1) * BOOK))


def change(session: Session, **values: object) -> None:
    """Keep other rules of the clinic; every process reads it again."""
    values["revision"] = models.Clinic.revision + 1
    session.execute(update(models.Clinic).values(values))


def keep_host(session: Session, host: str) -> bool:
    """Keep by which host others know the clinic, unless one is kept; say whether."""
    row = models.Clinic
    kept = update(row).where(row.known_as.is_(None))
    kept = kept.values(known_as=host, revision=row.revision + 1)
    return session.execute(kept.returning(row.id)).first() is not None


def allow_instrument(session: Session, name: str, allowed: dict[str, str]) -> None:
    """Keep what the owner of a questionnaire wrote."""
    row = session.scalars(select(models.Clinic).with_for_update()).one()
    row.instruments = {**row.instruments, name: allowed}
    row.revision += 1
    session.flush()


def load(session: Session) -> domain.Clinic:
    """Read the clinic with its places, doctors, visit types and hours."""
    row = session.scalars(select(models.Clinic)).one()
    clinicians = _clinicians(session)
    clinic = domain.Clinic(
        revision=row.revision,
        name=row.name,
        tagline=row.tagline,
        reference_prefix=row.reference_prefix,
        phone=row.phone,
        email=row.email,
        zone=ZoneInfo(row.zone),
        country=row.country,
        language=row.language,
        jurisdiction=row.jurisdiction,
        edition=row.edition,
        nurse_line=row.nurse_line,
        primer_on=row.primer_on,
        demonstration=row.demonstration,
        reminder_hours=tuple(row.reminder_hours),
        brand_hue=row.brand_hue,
        brand_chroma=row.brand_chroma,
        pressure_until=row.pressure_until,
        locations=_locations(session),
        clinicians=clinicians,
        visit_types=_visit_types(session),
        hours=_hours(session, clinicians),
        safety_limits=limits.newest(session),
        instruments=frozenset(row.instruments),
        signatures=sign_offs.standing(session),
        logo=logos.shown(session),
        said=row.said,
        calendar_names=row.calendar_names,
        elsewhere=frozenset(session.scalars(select(models.BusyCalendar.clinician_id))),
        **_rules(row),
    )
    return domain.with_its_languages(clinic)


def _rules(row: models.Clinic) -> dict[str, Any]:
    """Return what the owner chose of how the clinic runs."""
    return {
        "guide_rule": row.guide_rule,
        "guide_days": row.guide_days,
        "offer_hours": row.offer_hours,
        "short_offer_hours": row.short_offer_hours,
        "short_notice": timedelta(hours=row.short_notice_hours),
        "busy_every": timedelta(minutes=row.busy_minutes),
        "busy_trusted": timedelta(hours=row.busy_hours),
        "declines_free": row.declines_free,
        "own_addresses": row.own_addresses,
        "known_as": row.known_as,
    }


def _locations(session: Session) -> dict[int, domain.Location]:
    rows = session.scalars(select(models.Location).order_by(models.Location.position))
    return {
        row.id: domain.Location(
            id=row.id,
            name=row.name,
            address=row.address,
            directions=row.directions,
            zone=ZoneInfo(row.zone),
            active=row.active,
            said=row.said,
        )
        for row in rows
    }


def _clinicians(session: Session) -> dict[int, domain.Clinician]:
    offered = defaultdict(set)
    for offer in session.scalars(select(models.ClinicianVisitType)):
        offered[offer.clinician_id].add(offer.visit_type_id)
    rows = session.scalars(select(models.Clinician).order_by(models.Clinician.position))
    return {
        row.id: domain.Clinician(
            id=row.id,
            name=row.name,
            about=row.about,
            active=row.active,
            visit_type_ids=frozenset(offered[row.id]),
            said=row.said,
            invited_id=row.invited_id,
        )
        for row in rows
    }


def _visit_types(session: Session) -> dict[int, domain.VisitType]:
    rows = session.scalars(select(models.VisitType).order_by(models.VisitType.position))
    return {
        row.id: domain.VisitType(
            id=row.id,
            slug=row.slug,
            name=row.name,
            about=row.about,
            active=row.active,
            rule=_rule(row),
            needs_primer=row.needs_primer,
            in_person=row.in_person,
            video=row.video,
            change_until=timedelta(hours=row.change_until_hours),
            said=row.said,
        )
        for row in rows
    }


def _rule(row: models.VisitType) -> VisitRule:
    return VisitRule(
        length=timedelta(minutes=row.minutes),
        before=timedelta(minutes=row.before_minutes),
        after=timedelta(minutes=row.after_minutes),
        step=timedelta(minutes=row.step_minutes),
        notice=timedelta(minutes=row.notice_minutes),
        horizon=timedelta(days=row.horizon_days),
        max_per_day=row.max_per_day,
    )


def _hours(session: Session, clinician_ids: Iterable[int]) -> dict[int, domain.Hours]:
    weekly = list(session.scalars(select(models.WeeklyHours)))
    openings = list(session.scalars(select(models.Opening)))
    closures = list(session.scalars(select(models.Closure)))
    return {
        id_: domain.Hours(
            weekly=tuple(hours.weekly(row) for row in weekly if row.clinician_id == id_),
            openings=tuple(hours.opening(row) for row in openings if row.clinician_id == id_),
            closures=tuple(
                hours.closure(row) for row in closures if row.clinician_id in (None, id_)
            ),
        )
        for id_ in clinician_ids
    }
