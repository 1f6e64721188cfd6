"""The clinic's picture: one, or none."""

from dataclasses import asdict

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


def drop(session: Session) -> None:
    """Take the picture away, if there is one."""
    session.execute(delete(ClinicLogo))


def keep(session: Session, logo: Logo, picture: bytes) -> None:
    """Keep a picture, where there is none."""
    session.execute(insert(ClinicLogo).values(id=1, **asdict(logo), picture=picture))
