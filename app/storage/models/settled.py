"""What somebody at the desk has settled."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class Settled(Model):
    """A matter that is done, by what it is about: `mail:12`, `offer:...`; nobody does it twice."""

    __tablename__ = "settled"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
