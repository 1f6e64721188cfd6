"""Signatures under editions: added, taken back, never changed."""

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.domain.edition import Signature
from app.storage.models import SignOff


def add(session: Session, kind: str, signature: Signature) -> None:
    """Keep a signature, or that it was taken back."""
    session.execute(
        insert(SignOff).values(
            at=signature.at,
            kind=kind,
            edition=signature.edition,
            language=signature.language,
            jurisdiction=signature.jurisdiction,
            bundle_sha=signature.bundle_sha,
            name=signature.name,
            role=signature.role,
        )
    )


def standing(session: Session) -> tuple[Signature, ...]:
    """Return the signatures that stand: the newest of each text, unless it was taken back."""
    newest = select(func.max(SignOff.id)).group_by(
        SignOff.edition, SignOff.language, SignOff.jurisdiction
    )
    signed = select(SignOff).where(SignOff.id.in_(newest), SignOff.kind == "signed")
    return tuple(_signature(row) for row in session.scalars(signed.order_by(SignOff.id)))


def _signature(row: SignOff) -> Signature:
    return Signature(
        edition=row.edition,
        language=row.language,
        jurisdiction=row.jurisdiction,
        bundle_sha=row.bundle_sha,
        name=row.name,
        role=row.role,
        at=row.at,
    )
