"""What one shift leaves to the next."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class HandoverNote(Model):
    """A note for whoever comes next, until somebody did what it asks."""

    __tablename__ = "handover_note"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="handover_note_done"),
        Index(
            "ix_handover_note_open",
            "written_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
