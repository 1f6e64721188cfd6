"""waiting once

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

EARLIER = """
UPDATE waiting SET closed_at = since, closed = 'taken_off'
WHERE closed_at IS NULL AND EXISTS (
    SELECT 1 FROM waiting AS other
    WHERE other.appointment_id = waiting.appointment_id AND other.closed_at IS NULL
    AND (other.since, other.id) > (waiting.since, waiting.id)
)
"""


def upgrade():
    op.execute(EARLIER)
    still = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_waiting_once_appointment_id",
        "waiting",
        ["appointment_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def downgrade():
    op.drop_index("ix_waiting_once_appointment_id", table_name="waiting")
