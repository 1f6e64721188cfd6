"""doctors invited

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("clinician", sa.Column("invited_id", sa.String(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE clinician DROP COLUMN invited_id")
