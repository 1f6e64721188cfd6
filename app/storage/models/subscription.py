"""Who looks at the clinic's calendars from outside."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant


class Subscription(Model):
    """A link at which one program looks at one calendar, by a name that people gave it.

    Its secret is known by hash alone.  *seen* is what the calendar was when it was last fetched,
    *seen_at* since when: programs ask whether it is newer than theirs.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN clinician_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN location_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN appointment_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="subscription_of_one_calendar",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    clinician_id: Mapped[int | None] = mapped_column(ForeignKey("clinician.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    made_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))  # nobody: the patient
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_on: Mapped[date | None]
    seen: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(Instant)
