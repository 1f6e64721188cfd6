"""who invited

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-22

"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("mail", sa.Column("sender", sa.String(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE mail DROP COLUMN sender")
