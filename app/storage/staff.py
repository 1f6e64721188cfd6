"""Who works here, as the database keeps it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from app.domain.staff import Role, Staff, signature
from app.storage import models
from app.storage.database import run

Account = models.StaffAccount
WHO = (
    Account.id.label("staff_id"),
    Account.name,
    Account.email,
    Account.role,
    Account.clinician_id,
    Account.all_calendars,
    Account.language,
)
ADD = insert(Account)


def staff_from(row: Row[Any]) -> Staff:
    """Return who somebody is, from a row with the columns of WHO."""
    return Staff(
        id=row.staff_id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        clinician_id=row.clinician_id,
        all_calendars=row.all_calendars,
        language=row.language,
    )


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new account."""
    run(session, ADD, **values)


def change(session: Session, staff_id: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Change an account."""
    session.execute(update(Account).where(Account.id == staff_id).values(**values))


def find(session: Session, staff_id: str) -> models.StaffAccount | None:
    """Return an account."""
    return session.get(Account, staff_id, populate_existing=True)


def by_email(session: Session, email_key: str) -> models.StaffAccount | None:
    """Return the account of an address."""
    query = select(Account).where(Account.email_key == email_key)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def lock(session: Session, staff_id: str) -> models.StaffAccount | None:
    """Return an account that nobody else changes until the transaction ends."""
    query = select(Account).where(Account.id == staff_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def listing(session: Session) -> list[models.StaffAccount]:
    """Return everybody, those who left last."""
    order = (Account.left_at.is_not(None), Account.name, Account.id)
    return list(session.scalars(select(Account).order_by(*order)))


def names(session: Session) -> dict[str, str]:
    """Return the names of everybody, by how the journal signs them."""
    return {signature(one.id): one.name for one in listing(session)}


def owners(session: Session) -> list[models.StaffAccount]:
    """Return who owns the clinic."""
    return [one for one in listing(session) if one.role == Role.OWNER and one.is_here]


def lock_owners(session: Session) -> list[str]:
    """Return who owns the clinic; nobody else becomes or stops being one meanwhile."""
    owners = (Account.role == Role.OWNER) & Account.left_at.is_(None)
    query = select(Account.id).where(owners, Account.joined_at.is_not(None)).order_by(Account.id)
    return list(session.scalars(query.with_for_update()))


def leave(session: Session, staff_id: str, *, now: datetime) -> None:
    """Forget an account's secrets; the name stays, since the journal means it."""
    change(session, staff_id, left_at=now, password_hash=None)
