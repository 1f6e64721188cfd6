"""staff

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _instant(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name, *, nullable=False):
    return sa.Column(name, sa.String(), nullable=nullable)


def _whose(*, nullable=False):
    return sa.Column("staff_id", sa.String(), sa.ForeignKey("staff.id"), nullable=nullable)


def upgrade():
    op.create_table(
        "staff",
        _text("id"),
        _text("email"),
        _text("email_key"),
        _text("name"),
        _text("role"),
        sa.Column("clinician_id", sa.Integer(), sa.ForeignKey("clinician.id"), nullable=True),
        sa.Column("all_calendars", sa.Boolean(), nullable=False),
        _text("language"),
        _text("password_hash", nullable=True),
        _instant("password_at", nullable=True),
        _instant("created_at"),
        _instant("joined_at", nullable=True),
        _instant("left_at", nullable=True),
        sa.CheckConstraint("role IN ('reception', 'clinician', 'owner')", name="staff_role"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email_key"),
    )
    op.create_table(
        "staff_factor",
        _text("id"),
        _whose(),
        _text("kind"),
        _text("name"),
        _text("credential", nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        _instant("created_at"),
        _instant("used_at", nullable=True),
        sa.CheckConstraint("kind IN ('passkey', 'totp')", name="staff_factor_kind"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential"),
    )
    op.create_table(
        "staff_recovery_code",
        _text("hash"),
        _whose(),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "staff_token",
        _text("id"),
        _text("kind"),
        _whose(nullable=True),
        _instant("created_at"),
        _instant("until"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "staff_session",
        _text("id"),
        _whose(),
        _instant("created_at"),
        _instant("seen_at"),
        _instant("passed_at", nullable=True),
        _instant("proved_at", nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _text("token_id", nullable=True),
        _text("device"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "staff_device",
        _text("id"),
        _whose(),
        _instant("seen_at"),
        sa.PrimaryKeyConstraint("id", "staff_id"),
    )
    op.create_table(
        "staff_wait",
        _text("key"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _instant("until"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_staff_wait_day", "staff_wait", ["day"])
    for table in ("staff_factor", "staff_recovery_code", "staff_token", "staff_session"):
        op.create_index(f"ix_{table}_staff_id", table, ["staff_id"])
    op.create_index("ix_staff_token_until", "staff_token", ["until"])
    op.create_index("ix_staff_session_created_at", "staff_session", ["created_at"])
    # Without a foreign key: SQLite could not take the column away again.
    op.add_column("mail", _text("staff_id", nullable=True))
    op.add_column(
        "clinic",
        sa.Column("desk_minutes", sa.Integer(), server_default="30", nullable=False),
    )


def downgrade():
    op.execute("ALTER TABLE clinic DROP COLUMN desk_minutes")
    op.execute("ALTER TABLE mail DROP COLUMN staff_id")
    tables = ("wait", "device", "session", "token", "recovery_code", "factor")
    for table in tables:
        op.drop_table(f"staff_{table}")
    op.drop_table("staff")
