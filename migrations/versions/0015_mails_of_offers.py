"""mails of offers

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-22

"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_mail_proposal_id", "mail", ["proposal_id"])


def downgrade():
    op.drop_index("ix_mail_proposal_id", table_name="mail")
