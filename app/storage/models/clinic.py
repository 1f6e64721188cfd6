"""The clinic: its places, its doctors, what they offer and when."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.database import Model
from app.storage.types import Instant

MINUTES = "0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440"


class Clinic(Model):
    """The one clinic of this installation; its revision grows with every change below."""

    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("id = 1", name="clinic_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    revision: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    tagline: Mapped[str]
    reference_prefix: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    zone: Mapped[str]
    country: Mapped[str]
    language: Mapped[str]
    jurisdiction: Mapped[str]
    edition: Mapped[str]
    nurse_line: Mapped[str | None]
    primer_on: Mapped[bool]
    demonstration: Mapped[bool]
    reminder_hours: Mapped[list[int]] = mapped_column(JSON)
    brand_hue: Mapped[int]
    brand_chroma: Mapped[float]
    pressure_until: Mapped[datetime | None] = mapped_column(Instant)
    desk_minutes: Mapped[int] = mapped_column(
        default=30, server_default="30"
    )  # without a sign of life, until reception is signed out
    offer_hours: Mapped[int] = mapped_column(
        default=4, server_default="4"
    )  # by day, to answer an offer from the waiting list
    short_offer_hours: Mapped[int] = mapped_column(default=1, server_default="1")
    short_notice_hours: Mapped[int] = mapped_column(
        default=24, server_default="24"
    )  # a time that is nearer goes only to those who said that it may
    calendar_names: Mapped[str] = mapped_column(default="initials", server_default="initials")
    busy_minutes: Mapped[int] = mapped_column(
        default=30, server_default="30"
    )  # until doctors' other calendars are read again
    busy_hours: Mapped[int] = mapped_column(
        default=24, server_default="24"
    )  # after which a doctor whose other calendar cannot be read is not offered any more
    guide_rule: Mapped[str] = mapped_column(default="tell", server_default="tell")
    guide_days: Mapped[int] = mapped_column(default=2, server_default="2")
    declines_free: Mapped[bool] = mapped_column(default=False, server_default=false())
    own_addresses: Mapped[bool] = mapped_column(default=False, server_default=false())
    known_as: Mapped[str | None]  # the host that calendars and mail programs know it by, for good
    said: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )  # the same in other languages: {"es": {"about": ...}}
    instruments: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )  # questionnaires that their owners allowed: {"roland-morris": {"line": ...}}


class ClinicLogo(Model):
    """The clinic's picture, a PNG that we wrote ourselves; its mark changes with it."""

    __tablename__ = "clinic_logo"
    __table_args__ = (CheckConstraint("id = 1", name="clinic_has_one_logo"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    mark: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    picture: Mapped[bytes]


class Location(Model):
    """A place where patients are seen; its zone is the zone of its hours."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    directions: Mapped[str]
    zone: Mapped[str]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    said: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )  # the same in other languages: {"es": {"about": ...}}


class Clinician(Model):
    """Somebody who sees patients; the revision grows whenever their calendar changes."""

    __tablename__ = "clinician"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    about: Mapped[str]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    calendar_revision: Mapped[int] = mapped_column(default=0)
    invited_id: Mapped[str | None]  # the account that is invited; accounts name their doctor too
    said: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )  # the same in other languages: {"es": {"about": ...}}


class VisitType(Model):
    """What a person can book, and by which rules; lengths in minutes."""

    __tablename__ = "visit_type"
    __table_args__ = (
        CheckConstraint(
            "minutes > 0 AND minutes % 5 = 0 AND step_minutes > 0 AND step_minutes % 5 = 0"
            " AND before_minutes >= 0 AND before_minutes % 5 = 0"
            " AND after_minutes >= 0 AND after_minutes % 5 = 0",
            name="visit_type_in_cells",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str]
    minutes: Mapped[int]
    before_minutes: Mapped[int] = mapped_column(default=0)
    after_minutes: Mapped[int] = mapped_column(default=0)
    step_minutes: Mapped[int]
    notice_minutes: Mapped[int]
    horizon_days: Mapped[int]
    max_per_day: Mapped[int | None]
    change_until_hours: Mapped[int]
    needs_primer: Mapped[bool]
    in_person: Mapped[bool]
    video: Mapped[bool]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    said: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default="{}"
    )  # the same in other languages: {"es": {"about": ...}}


class ClinicianVisitType(Model):
    """A type of visit that a clinician offers."""

    __tablename__ = "clinician_visit_type"

    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"), primary_key=True)
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"), primary_key=True)


class WeeklyHours(Model):
    """Hours that come back, in local time of their location; Monday is weekday 0."""

    __tablename__ = "weekly_hours"
    __table_args__ = (
        CheckConstraint(MINUTES, name="weekly_hours_in_a_day"),
        CheckConstraint("every_weeks >= 1", name="weekly_hours_come_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    weekday: Mapped[int]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    every_weeks: Mapped[int] = mapped_column(default=1)
    in_person: Mapped[bool] = mapped_column(default=True)
    video: Mapped[bool] = mapped_column(default=True)


class Opening(Model):
    """Hours on one day only, in local time of their location."""

    __tablename__ = "opening"
    __table_args__ = (CheckConstraint(MINUTES, name="opening_in_a_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clinician_id: Mapped[int] = mapped_column(ForeignKey("clinician.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    day: Mapped[date]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    in_person: Mapped[bool] = mapped_column(default=True)
    video: Mapped[bool] = mapped_column(default=True)


class Closure(Model):
    """A stretch of local time without visits: of a clinician, a location, or (neither) all."""

    __tablename__ = "closure"
    __table_args__ = (CheckConstraint("starts < ends", name="closure_has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clinician_id: Mapped[int | None] = mapped_column(ForeignKey("clinician.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    kind: Mapped[str]
    note: Mapped[str]
