"""guides that stay open

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-21

"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    rule = sa.Column("guide_rule", sa.String(), server_default="tell", nullable=False)
    days = sa.Column("guide_days", sa.Integer(), server_default="2", nullable=False)
    op.add_column("clinic", rule)
    op.add_column("clinic", days)


def downgrade():
    op.execute("ALTER TABLE clinic DROP COLUMN guide_days")
    op.execute("ALTER TABLE clinic DROP COLUMN guide_rule")
