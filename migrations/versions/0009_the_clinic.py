"""the clinic

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

from migrations import guard

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _text(name):
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade():
    op.create_table(
        "clinic_logo",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("mark"),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name="clinic_has_one_logo"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "journal_link",
        sa.Column("journal_id", sa.Integer(), autoincrement=False, nullable=False),
        _text("link"),
        sa.PrimaryKeyConstraint("journal_id"),
    )
    op.create_table(
        "staff_identity",
        _text("id"),
        sa.Column("staff_id", sa.String(), sa.ForeignKey("staff.id"), nullable=False),
        _text("issuer"),
        _text("subject"),
        _instant("created_at"),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("issuer", "subject", name="staff_identity_once"),
    )
    op.create_index("ix_staff_identity_staff_id", "staff_identity", ["staff_id"])
    guard.append_only("journal_link")


def downgrade():
    guard.not_append_only("journal_link")
    op.drop_table("staff_identity")
    op.drop_table("journal_link")
    op.drop_table("clinic_logo")
