"""the host by which calendars know the clinic

Nothing is filled in here: the worker keeps the host of BASE_URL at its first round.

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("clinic", sa.Column("known_as", sa.String(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE clinic DROP COLUMN known_as")
