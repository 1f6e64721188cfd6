"""move nearby

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21

"""

from migrations import guard

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    guard.let_move_nearby()


def downgrade():
    guard.let_move_afar_only()
