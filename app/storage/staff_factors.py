"""What people who work here have beside a password: passkeys, apps, recovery codes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage import models, sealing
from app.storage.models import FactorKind
from app.storage.types import new_id

Factor = models.StaffFactor
Code = models.StaffRecoveryCode


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new factor."""
    session.execute(insert(Factor).values(**values))


def add_app(
    session: Session, staff_id: str, seed: str, *, name: str = "", step: int = 0, now: datetime
) -> None:
    """Keep an authenticator app: its seed is sealed, and codes up to a step are used."""
    id_ = new_id()
    add(
        session, id=id_, staff_id=staff_id, kind=FactorKind.TOTP, name=name, credential=None,
        secret=sealing.of(session).seal(_place(id_), seed), counter=step, created_at=now,
        used_at=None,
    )  # fmt: skip


def seed_of(session: Session, app: Factor) -> str:
    """Return what an app and the clinic both keep."""
    return sealing.of(session).open(_place(app.id), app.secret)


def _place(factor_id: str) -> str:
    return f"staff_factor.secret.{factor_id}"


def of(session: Session, staff_id: str, kind: FactorKind | None = None) -> list[Factor]:
    """Return somebody's factors, or those of a kind, the oldest first."""
    query = select(Factor).where(Factor.staff_id == staff_id)
    if kind is not None:
        query = query.where(Factor.kind == kind)
    fresh = query.order_by(Factor.created_at, Factor.id).execution_options(populate_existing=True)
    return list(session.scalars(fresh))


def by_credential(session: Session, credential: str) -> Factor | None:
    """Return the passkey of a name that its authenticator gave it."""
    query = select(Factor).where(Factor.credential == credential)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def use(session: Session, factor_id: str, *, step: int, now: datetime) -> bool:
    """Note a code's step as used; False when this one or a later one was, also just now."""
    later = update(Factor).where(Factor.id == factor_id, Factor.counter < step)
    used = session.execute(later.values(counter=step, used_at=now).returning(Factor.id))
    return used.first() is not None


def note_use(session: Session, factor_id: str, *, counter: int, now: datetime) -> None:
    """Note that a passkey was used, and how often it says it was."""
    used = update(Factor).where(Factor.id == factor_id)
    session.execute(used.values(counter=counter, used_at=now))


def drop(session: Session, factor_id: str, *, staff_id: str) -> bool:
    """Take one of somebody's factors away; False when there is none of this name."""
    gone = delete(Factor).where(Factor.id == factor_id, Factor.staff_id == staff_id)
    return session.execute(gone.returning(Factor.id)).first() is not None


def drop_all(session: Session, staff_id: str) -> None:
    """Take all of somebody's factors and codes away."""
    session.execute(delete(Factor).where(Factor.staff_id == staff_id))
    session.execute(delete(Code).where(Code.staff_id == staff_id))


def renew_codes(session: Session, staff_id: str, hashes: Iterable[str]) -> None:
    """Keep new recovery codes in the place of the old ones."""
    session.execute(delete(Code).where(Code.staff_id == staff_id))
    rows = [{"hash": one, "staff_id": staff_id, "used_at": None} for one in hashes]
    session.execute(insert(Code), rows)


def use_code(session: Session, staff_id: str, hashed: str, *, now: datetime) -> bool:
    """Use a recovery code up; False when it is not theirs or was used, also just now."""
    unused = (Code.hash == hashed) & (Code.staff_id == staff_id) & Code.used_at.is_(None)
    used = session.execute(update(Code).where(unused).values(used_at=now).returning(Code.hash))
    return used.first() is not None


def codes_left(session: Session, staff_id: str) -> int:
    """Count the recovery codes that still work."""
    theirs = (Code.staff_id == staff_id) & Code.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(Code).where(theirs)) or 0


NOTE_DEVICE = {
    name: dialect.insert(models.StaffDevice).on_conflict_do_update(
        index_elements=[models.StaffDevice.id, models.StaffDevice.staff_id],
        set_={"seen_at": dialect.insert(models.StaffDevice).excluded.seen_at},
    )
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def knows_device(session: Session, staff_id: str, device_id: str) -> bool:
    """Say whether somebody signed in with this browser before."""
    return session.get(models.StaffDevice, (device_id, staff_id)) is not None


def note_device(session: Session, staff_id: str, device_id: str, *, now: datetime) -> int:
    """Note a browser that somebody signed in with; return how many others they have."""
    connection = session.connection()
    values = {"id": device_id, "staff_id": staff_id, "seen_at": now}
    connection.execute(NOTE_DEVICE[connection.dialect.name], values)
    others = (models.StaffDevice.staff_id == staff_id) & (models.StaffDevice.id != device_id)
    return session.scalar(select(func.count()).select_from(models.StaffDevice).where(others)) or 0


def forget_devices(session: Session, *, seen_before: datetime) -> None:
    """Forget browsers that nobody signed in with for long."""
    session.execute(delete(models.StaffDevice).where(models.StaffDevice.seen_at < seen_before))
