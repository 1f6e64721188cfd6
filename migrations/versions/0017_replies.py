"""replies

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _where(condition):
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade():
    op.create_table(
        "reply",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.String(), sa.ForeignKey("appointment.id"), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frees", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_reply_taken_in_at", "reply", ["taken_in_at"])
    op.create_index(
        "ix_reply_appointment_id",
        "reply",
        ["appointment_id"],
        **_where("appointment_id IS NOT NULL"),
    )
    op.create_index("ix_reply_raw", "reply", ["taken_in_at"], **_where("raw IS NOT NULL"))
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="inbox_is_one"),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("declines_free", "own_addresses"):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("clinic", column)


def downgrade():
    for name in ("own_addresses", "declines_free"):
        op.execute(f"ALTER TABLE clinic DROP COLUMN {name}")
    op.drop_table("inbox")
    op.drop_table("reply")
