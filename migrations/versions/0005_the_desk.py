"""the desk

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-21

"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Columns are added and dropped one by one: a table made anew would lose its triggers.
SILENT = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"


def _letter(char):
    kind = unicodedata.category(char)[0]
    return "" if char in SILENT or kind == "M" else char if kind in "LN" else " "


def _folded(name):
    """Write a name as it was searched when this migration was made."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(f" {word}" for word in "".join(map(_letter, plain)).split())


def _text(name):
    return sa.Column(name, sa.String(), server_default="", nullable=False)


def upgrade():
    op.add_column("patient", _text("search_name"))
    op.add_column("patient", sa.Column("needs", sa.JSON(), server_default="[]", nullable=False))
    op.add_column(
        "appointment", sa.Column("revision", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("appointment", _text("desk_note"))
    op.create_index("ix_patient_birth_date", "patient", ["birth_date"])
    patient = sa.table("patient", sa.column("id"), sa.column("name"), sa.column("search_name"))
    book = op.get_bind()
    for id_, name in book.execute(sa.select(patient.c.id, patient.c.name)).all():
        named = sa.update(patient).where(patient.c.id == id_)
        book.execute(named.values(search_name=_folded(name)))


def downgrade():
    op.drop_index("ix_patient_birth_date", table_name="patient")
    for table, column in (
        ("appointment", "desk_note"),
        ("appointment", "revision"),
        ("patient", "needs"),
        ("patient", "search_name"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
