"""what the guide keeps

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

from migrations import guard

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Columns are added and dropped one by one: a table made anew would lose its triggers.
SAID = ("clinic", "clinician", "location", "visit_type")


def _words(name):
    return sa.Column(name, sa.JSON(), server_default="{}", nullable=False)


def _reading():
    return (
        sa.Column("bundle_sha", sa.String(), server_default="", nullable=False),
        sa.Column("build", sa.String(), server_default="", nullable=False),
        _words("words"),
        sa.Column("length", sa.Integer(), server_default="0", nullable=False),
        sa.Column("head", sa.String(), server_default="", nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=True),
        sa.Column("counted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
    )


def upgrade():
    op.create_table(
        "reading_count",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "edition", "language", "key"),
    )
    op.create_table(
        "safety_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("bundle_sha", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('signed', 'withdrawn')", name="sign_off_kind"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "question_list",
        sa.Column("reading_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading_id"),
    )
    op.create_table(
        "previsit",
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    for table in SAID:
        op.add_column(table, _words("said"))
    op.add_column("clinic", _words("instruments"))
    for column in _reading():
        op.add_column("reading", column)
    guard.append_only("sign_off")
    guard.append_only("safety_limit")


def downgrade():
    guard.not_append_only("safety_limit")
    guard.not_append_only("sign_off")
    for column in _reading():
        op.execute(f"ALTER TABLE reading DROP COLUMN {column.name}")
    op.execute("ALTER TABLE clinic DROP COLUMN instruments")
    for table in SAID:
        op.execute(f"ALTER TABLE {table} DROP COLUMN said")
    for table in ("previsit", "question_list", "sign_off", "safety_limit", "reading_count"):
        op.drop_table(table)
