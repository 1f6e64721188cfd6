"""doctors invited

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("clinician", sa.Column("invited_id", sa.String(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE clinician DROP COLUMN invited_id")
