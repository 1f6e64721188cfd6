"""doctors invited

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("clinician", sa.Column("invited_id", sa.String(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE clinician DROP COLUMN invited_id")
