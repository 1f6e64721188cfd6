"""busy times

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _instant(name, *, nullable=True):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade():
    op.create_table(
        "busy_calendar",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.Integer(), sa.ForeignKey("clinician.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        _instant("added_at", nullable=False),
        _instant("read_at"),
        _instant("known_until"),
        _instant("trusted_until"),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        _instant("next_try_at"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_busy_calendar_clinician_id", "busy_calendar", ["clinician_id"])
    op.create_index("ix_busy_calendar_next_try_at", "busy_calendar", ["next_try_at"])
    op.create_table(
        "busy_time",
        sa.Column("calendar_id", sa.String(), sa.ForeignKey("busy_calendar.id"), nullable=False),
        _instant("starts_at", nullable=False),
        _instant("ends_at", nullable=False),
        sa.PrimaryKeyConstraint("calendar_id", "starts_at"),
    )
    for name, usual in (("busy_minutes", "30"), ("busy_hours", "24")):
        op.add_column("clinic", sa.Column(name, sa.Integer(), server_default=usual, nullable=False))


def downgrade():
    for name in ("busy_minutes", "busy_hours"):
        op.execute(f"ALTER TABLE clinic DROP COLUMN {name}")
    op.drop_table("busy_time")
    op.drop_table("busy_calendar")
