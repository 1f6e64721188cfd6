"""subscriptions

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OF_ONE = (
    "(CASE WHEN clinician_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN location_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN appointment_id IS NULL THEN 0 ELSE 1 END) = 1"
)


def upgrade():
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.Integer(), sa.ForeignKey("clinician.id")),
        sa.Column("location_id", sa.Integer(), sa.ForeignKey("location.id")),
        sa.Column("appointment_id", sa.String(), sa.ForeignKey("appointment.id")),
        sa.Column("made_by", sa.String(), sa.ForeignKey("staff.id")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_on", sa.Date()),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(OF_ONE, name="subscription_of_one_calendar"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index("ix_subscription_appointment_id", "subscription", ["appointment_id"])


def downgrade():
    op.drop_table("subscription")
