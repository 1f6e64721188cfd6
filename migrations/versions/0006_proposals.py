"""proposals

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Columns are added and dropped one by one: a table made anew would lose its triggers.
IS_SET = sa.text("proposal_id IS NOT NULL")
HOURS = (("offer_hours", "4"), ("short_offer_hours", "1"), ("short_notice_hours", "24"))


def _instant(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name, *, nullable=False):
    return sa.Column(name, sa.String(), nullable=nullable)


def _of(name, target, *, kind=None, nullable=True, **key):
    return sa.Column(name, kind or sa.String(), sa.ForeignKey(target, **key), nullable=nullable)


def _index_of(table, *columns, where=None):
    words = sa.text(where) if where else None
    name = f"ix_{table}_open" if where else f"ix_{table}_{columns[0]}"
    op.create_index(name, table, list(columns), sqlite_where=words, postgresql_where=words)


def _waiting():
    op.create_table(
        "waiting",
        _text("id"),
        _of("patient_id", "patient.id", nullable=False),
        _of("appointment_id", "appointment.id"),
        _of("visit_type_id", "visit_type.id", kind=sa.Integer(), nullable=False),
        sa.Column("clinician_ids", sa.JSON(), nullable=False),
        sa.Column("location_ids", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        _text("part"),
        sa.Column("video", sa.Boolean(), nullable=True),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("short_notice", sa.Boolean(), nullable=False),
        _instant("since"),
        _of("reading_id", "reading.id"),
        _of("intake_id", "intake.id"),
        _instant("closed_at", nullable=True),
        _text("closed", nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed IS NULL)", name="waiting_closed"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index_of("waiting", "patient_id")
    _index_of("waiting", "appointment_id")
    _index_of("waiting", "since", where="closed_at IS NULL")


def _proposal():
    op.create_table(
        "proposal",
        _text("id"),
        _text("kind"),
        _of("patient_id", "patient.id", nullable=False),
        _of("appointment_id", "appointment.id"),
        _of("waiting_id", "waiting.id"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        _instant("made_at"),
        _instant("answer_by"),
        _instant("answered_at", nullable=True),
        _text("answer", nullable=True),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('earlier', 'rehouse')", name="proposal_kind"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="proposal_answered"),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("patient_id", "appointment_id", "waiting_id"):
        _index_of("proposal", column)
    open_ = sa.text("answered_at IS NULL")
    for column in ("answer_by", "appointment_id", "waiting_id"):
        op.create_index(
            f"ix_proposal_open_{column}",
            "proposal",
            [column],
            unique=column != "answer_by",
            sqlite_where=open_,
            postgresql_where=open_,
        )


def _grant():
    op.create_table(
        "proposal_grant",
        _of("visitor_id", "visitor.id", nullable=False, ondelete="CASCADE"),
        _of("proposal_id", "proposal.id", nullable=False, ondelete="CASCADE"),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_id", "proposal_id"),
    )
    _index_of("proposal_grant", "proposal_id")


def upgrade():
    _waiting()
    _proposal()
    _grant()
    op.add_column("appointment", _text("proposal_id", nullable=True))
    op.create_index(
        "ix_appointment_proposal_id",
        "appointment",
        ["proposal_id"],
        sqlite_where=IS_SET,
        postgresql_where=IS_SET,
    )
    op.add_column("mail", _text("proposal_id", nullable=True))
    for name, hours in HOURS:
        op.add_column("clinic", sa.Column(name, sa.Integer(), server_default=hours, nullable=False))


def downgrade():
    op.execute("DELETE FROM mail WHERE proposal_id IS NOT NULL")
    op.execute("DELETE FROM appointment WHERE status = 'held' AND proposal_id IS NOT NULL")
    op.drop_index("ix_appointment_proposal_id", table_name="appointment")
    for table, column in (
        ("appointment", "proposal_id"),
        ("mail", "proposal_id"),
        *(("clinic", name) for name, _ in HOURS),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("proposal_grant", "proposal", "waiting"):
        op.drop_table(table)
