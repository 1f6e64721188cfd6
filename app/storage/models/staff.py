"""Who works here, how they prove it, and where they are signed in just now."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class FactorKind(StrEnum):
    """What somebody has beside a password."""

    PASSKEY = "passkey"
    TOTP = "totp"


class StaffAccount(Model):
    """Somebody who works here; no password before they took their invitation.

    *left_at* is set when they left: the name stays, since the journal means it.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('reception', 'clinician', 'owner')", name="staff_role"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    clinician_id: Mapped[int | None] = mapped_column(ForeignKey("clinician.id"))
    all_calendars: Mapped[bool]
    language: Mapped[str]
    password_hash: Mapped[str | None]
    password_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    joined_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def is_here(self) -> bool:
        """Say whether they joined, and have not left."""
        return self.joined_at is not None and self.left_at is None


class StaffFactor(Model):
    """A passkey or an authenticator app.

    *secret* is a passkey's public key, or an app's seed, sealed.  *counter* only grows: how
    often a passkey was used, or the step of an app's last code, so that no code works twice.
    """

    __tablename__ = "staff_factor"
    __table_args__ = (CheckConstraint("kind IN ('passkey', 'totp')", name="staff_factor_kind"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    credential: Mapped[str | None] = mapped_column(unique=True)
    secret: Mapped[bytes]
    counter: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffIdentity(Model):
    """Who somebody is at the clinic's identity provider, as an owner linked them."""

    __tablename__ = "staff_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="staff_identity_once"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffRecoveryCode(Model):
    """A code for the day on which every factor is lost: its hash; it works once."""

    __tablename__ = "staff_recovery_code"

    hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffToken(Model):
    """What works once: an invitation, a link to a new password, a passkey's challenge."""

    __tablename__ = "staff_token"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant, index=True)


class StaffSession(Model):
    """The hash of a cookie's handle.  Signed in from *passed_at* on: when both factors were shown.

    *proved_at* is when the person last showed that it is still they; *token_id* is the link by
    which they came to choose their factors; *device* is a word or two, to know it again.
    """

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    passed_at: Mapped[datetime | None] = mapped_column(Instant)
    proved_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    token_id: Mapped[str | None]
    device: Mapped[str]


class StaffDevice(Model):
    """A browser that somebody signed in with before: a new one is told by mail."""

    __tablename__ = "staff_device"

    id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class StaffWait(Model):
    """How often signing in went wrong, and until when the next try waits.

    The key is a keyed hash of the address typed and of the network, or of a known browser.
    """

    __tablename__ = "staff_wait"

    key: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    tries: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)
