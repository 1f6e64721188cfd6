"""hand over

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("done_at IS NULL")


def upgrade():
    op.create_table(
        "handover_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), sa.ForeignKey("staff.id"), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="handover_note_done"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handover_note_done_at", "handover_note", ["done_at"])
    op.create_index(
        "ix_handover_note_open",
        "handover_note",
        ["written_at"],
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )


def downgrade():
    op.drop_table("handover_note")
