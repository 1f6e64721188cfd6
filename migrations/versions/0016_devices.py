"""devices that follow calendars

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

from migrations import guard

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "device_password",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("hash", sa.String(), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("scope IN ('look', 'move', 'cancel')", name="device_password_scope"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_device_password_staff_id", "device_password", ["staff_id"])
    op.create_table(
        "calendar_change",
        sa.Column("clinician_id", sa.Integer(), sa.ForeignKey("clinician.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("clinician_id", "name"),
    )
    op.create_index("ix_calendar_change_revision", "calendar_change", ["clinician_id", "revision"])
    closure = sa.ForeignKey("closure.id", ondelete="CASCADE")
    op.create_table(
        "calendar_block",
        sa.Column("closure_id", sa.Integer(), closure, nullable=False),
        sa.Column("clinician_id", sa.Integer(), sa.ForeignKey("clinician.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("closure_id"),
        sa.UniqueConstraint("clinician_id", "name", name="calendar_block_name"),
        sa.UniqueConstraint("clinician_id", "uid", name="calendar_block_uid"),
    )
    guard.note_changes()


def downgrade():
    guard.note_no_changes()
    op.drop_table("calendar_block")
    op.drop_table("calendar_change")
    op.drop_table("device_password")
