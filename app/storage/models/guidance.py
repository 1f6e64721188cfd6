"""What the clinic's people decided about the guide and the safety check."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class SignOff(Model):
    """A reviewer's signature under an edition in one language, or its withdrawal; append-only."""

    __tablename__ = "sign_off"
    __table_args__ = (CheckConstraint("kind IN ('signed', 'withdrawn')", name="sign_off_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str]
    edition: Mapped[str]
    language: Mapped[str]
    jurisdiction: Mapped[str]
    bundle_sha: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]


class SafetyLimit(Model):
    """A limit of the safety check as the medical lead set it; append-only, the newest counts."""

    __tablename__ = "safety_limit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    item: Mapped[str]
    value: Mapped[int]
    name: Mapped[str]
    role: Mapped[str]
