"""rehousing

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rehousing",
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("closure_id", sa.Integer(), nullable=True),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stood_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called", sa.String(), server_default="", nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"]),
        sa.ForeignKeyConstraint(["closure_id"], ["closure.id"]),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    op.create_index("ix_rehousing_closure_id", "rehousing", ["closure_id"])
    op.create_index("ix_rehousing_lost_at", "rehousing", ["lost_at"])


def downgrade():
    op.drop_table("rehousing")
