"""settled

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "settled",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(), sa.ForeignKey("staff.id"), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_settled_at", "settled", ["at"])


def downgrade():
    op.drop_table("settled")
