"""Column types."""

import secrets
from base64 import b32encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

ID_BYTES = 12
Read = Callable[[Any], datetime | None]


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC; a naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the instant into what the database compares correctly."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Read:  # noqa: ARG002  SQLAlchemy's signature
        """Give the instant back aware, in UTC; a list of times reads thousands."""
        return _read_text if dialect.name == "sqlite" else _read_aware


def _read_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _read_aware(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def askable(text: str) -> str:
    """Return what an address named as any database can be asked for it: PostgreSQL takes no NUL."""
    return text if text.isprintable() else ""


def new_id() -> str:
    """Return 96 random bits in twenty letters and digits that survive any mail program."""
    return spelled(secrets.token_bytes(ID_BYTES))


def spelled(bits: bytes) -> str:
    """Return bits as an id."""
    return b32encode(bits[:ID_BYTES]).decode().rstrip("=").lower()
