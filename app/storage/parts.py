"""The clinic and its places, doctors and visit types, one at a time: looked at and changed."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.storage import models
from app.storage.limits import lock_clinic

Part = TypeVar("Part", models.Clinic, models.Location, models.Clinician, models.VisitType)

PLAIN: dict[type[object], tuple[str, ...]] = {
    models.Clinic: (
        "name", "tagline", "phone", "email", "nurse_line", "zone", "country", "language",
        "jurisdiction", "primer_on", "reminder_hours", "calendar_names", "brand_hue",
        "brand_chroma",
    ),
    models.Location: ("name", "address", "directions", "zone", "active"),
    models.Clinician: ("name", "about", "active"),
    models.VisitType: (
        "name", "about", "minutes", "before_minutes", "after_minutes", "step_minutes",
        "notice_minutes", "horizon_days", "max_per_day", "change_until_hours", "needs_primer",
        "in_person", "video", "active",
    ),
}  # fmt: skip


def locked(session: Session, kind: type[Part], id_: int) -> Part | None:
    """Return a part that nobody else changes until the transaction ends."""
    lock_clinic(session)
    return find(session, kind, id_)


def find(session: Session, kind: type[Part], id_: int) -> Part | None:
    """Return a part as it stands."""
    return session.get(kind, id_, populate_existing=True)


def fields(part: Part) -> dict[str, Any]:
    """Return what somebody can change of a part, its words in other languages among it."""
    plain = {name: getattr(part, name) for name in PLAIN[type(part)]}
    said = {
        f"{name}.{language}": words
        for language, texts in part.said.items()
        for name, words in texts.items()
    }
    return plain | said


def write(session: Session, part: Part, values: dict[str, Any]) -> None:
    """Change a part; every process reads the clinic again."""
    for name in PLAIN[type(part)]:
        if name in values:
            setattr(part, name, values[name])
    part.said = _said(part.said, values)
    session.flush()


def _said(known: dict[str, dict[str, str]], values: dict[str, Any]) -> dict[str, dict[str, str]]:
    said = {language: dict(texts) for language, texts in known.items()}
    for name, words in values.items():
        own, _dot, language = name.partition(".")
        if language:
            said.setdefault(language, {}).pop(own, None)
            said[language] |= {own: words} if words else {}
    return {language: texts for language, texts in said.items() if texts}


def add(session: Session, kind: type[Part], values: dict[str, Any], **more: object) -> Part:
    """Keep a new part, the last of its list."""
    lock_clinic(session)
    last = session.execute(
        select(func.coalesce(func.max(kind.id), 0), func.coalesce(func.max(_place(kind)), 0))
    ).one()
    plain = {name: values[name] for name in PLAIN[kind] if name in values}
    part = kind(id=last[0] + 1, position=last[1] + 1, said=_said({}, values), **plain, **more)
    session.add(part)
    session.flush()
    return part


def _place(kind: type[Any]) -> Any:  # noqa: ANN401  a column of three tables
    return kind.position


def listed(session: Session, kind: type[Part]) -> list[Part]:
    """Return all parts of a kind in their order; nobody else changes it meanwhile."""
    lock_clinic(session)
    return list(session.scalars(select(kind).order_by(_place(kind), kind.id)))


def offers(session: Session, clinician_id: int) -> list[int]:
    """Return the types of visit that a doctor offers."""
    offer = models.ClinicianVisitType
    query = select(offer.visit_type_id).where(offer.clinician_id == clinician_id)
    return sorted(session.scalars(query))


def offer(session: Session, clinician_id: int, visit_type_ids: Collection[int]) -> None:
    """Let a doctor offer these types of visit and no others."""
    row = models.ClinicianVisitType
    session.execute(delete(row).where(row.clinician_id == clinician_id))
    rows = [{"clinician_id": clinician_id, "visit_type_id": id_} for id_ in sorted(visit_type_ids)]
    if rows:
        session.execute(insert(row), rows)
