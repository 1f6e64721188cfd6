"""when it changed

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LAST = (
    "UPDATE appointment SET changed_at ="
    " (SELECT max(at) FROM journal WHERE journal.appointment_id = appointment.id)"
)


def upgrade():
    op.add_column("appointment", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.execute(LAST)
    names = sa.Column("calendar_names", sa.String(), server_default="initials", nullable=False)
    op.add_column("clinic", names)


def downgrade():
    op.execute("ALTER TABLE clinic DROP COLUMN calendar_names")
    op.execute("ALTER TABLE appointment DROP COLUMN changed_at")
