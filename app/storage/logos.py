"""The clinic's picture: one, or none."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.clinic import Logo
from app.storage.models import ClinicLogo


def shown(session: Session) -> Logo | None:
    """Return what pages have to know of the picture."""
    query = select(ClinicLogo.mark, ClinicLogo.width, ClinicLogo.height)
    row = session.execute(query).first()
    return Logo(mark=row.mark, width=row.width, height=row.height) if row else None


def picture(session: Session, mark: str) -> bytes | None:
    """Return the picture of a mark."""
    return session.scalar(select(ClinicLogo.picture).where(ClinicLogo.mark == mark))


def keep(session: Session, logo: Logo | None, picture: bytes) -> None:
    """Keep a picture instead of the one before, or none."""
    session.execute(delete(ClinicLogo))
    if logo is not None:
        session.execute(
            insert(ClinicLogo).values(
                id=1, mark=logo.mark, width=logo.width, height=logo.height, picture=picture
            )
        )
