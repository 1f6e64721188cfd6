"""Passwords of devices: how they are kept and found."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.device import Device, Scope
from app.storage import models
from app.storage.database import run
from app.storage.staff import WHO, staff_from

Password = models.DevicePassword
ADD = insert(Password)
FIND = (
    select(
        Password.id.label("device_id"),
        Password.name.label("device_name"),
        Password.scope,
        Password.used_at,
        models.StaffAccount.email_key,
        *WHO,
    )
    .join(models.StaffAccount, models.StaffAccount.id == Password.staff_id)
    .where(
        Password.hash == bindparam("hashed"),
        models.StaffAccount.left_at.is_(None),
        models.StaffAccount.joined_at.is_not(None),
    )
)


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new password."""
    run(session, ADD, **values)


def find(session: Session, hashed: str, *, email_key: str) -> tuple[Device, datetime | None] | None:
    """Return the device of a password and when it was last seen; nobody's who has left."""
    row = run(session, FIND, hashed=hashed).first()
    if row is None or row.email_key != email_key:
        return None
    device = Device(
        id=row.device_id,
        name=row.device_name,
        scope=Scope(row.scope),
        staff=staff_from(row),
    )
    return device, row.used_at


def of(session: Session, staff_id: str) -> list[models.DevicePassword]:
    """Return somebody's devices, the newest first."""
    theirs = select(Password).where(Password.staff_id == staff_id)
    return list(session.scalars(theirs.order_by(Password.created_at.desc(), Password.id)))


def used(session: Session, device_id: str, *, now: datetime) -> None:
    """Note that a device was here."""
    session.execute(update(Password).where(Password.id == device_id).values(used_at=now))


def drop(session: Session, device_id: str, *, staff_id: str) -> str | None:
    """Forget one of somebody's devices; return what it was called, if there was one."""
    gone = delete(Password).where(Password.id == device_id, Password.staff_id == staff_id)
    return session.execute(gone.returning(Password.name)).scalar()


def drop_all(session: Session, staff_id: str) -> None:
    """Forget all of somebody's devices."""
    session.execute(delete(Password).where(Password.staff_id == staff_id))
