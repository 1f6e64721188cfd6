"""What the database itself refuses; re-made by every migration that rebuilds these tables.

History does not change: a later guard gets a new function, the old one stays.
"""

from alembic import op

GUARDED = "{row}status <> 'cancelled' AND {row}overlap_reason IS NULL"

SQLITE_NO_OVERLAP = """
CREATE TRIGGER appointment_no_overlap_{moment} BEFORE {moment} ON appointment
WHEN {new} AND EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.clinician_id = NEW.clinician_id AND other.id <> NEW.id AND {other}
      AND other.blocked_from < NEW.blocked_until AND NEW.blocked_from < other.blocked_until)
BEGIN SELECT RAISE(ABORT, 'appointment_no_overlap'); END
"""
SQLITE_REVISION = """
CREATE TRIGGER appointment_bumps_calendar_{moment} AFTER {moment} ON appointment
BEGIN UPDATE clinician SET calendar_revision = calendar_revision + 1 WHERE id IN ({rows}); END
"""
POSTGRES_NO_OVERLAP = """
ALTER TABLE appointment ADD CONSTRAINT appointment_no_overlap EXCLUDE USING gist
    (clinician_id WITH =, tstzrange(blocked_from, blocked_until, '[)') WITH &&)
    WHERE ({guarded})
"""
POSTGRES_REVISION = """
CREATE FUNCTION appointment_bumps_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE clinician SET calendar_revision = calendar_revision + 1
        WHERE id = OLD.clinician_id;
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.clinician_id <> OLD.clinician_id) THEN
        UPDATE clinician SET calendar_revision = calendar_revision + 1
        WHERE id = NEW.clinician_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER appointment_bumps_calendar AFTER INSERT OR UPDATE OR DELETE ON appointment
    FOR EACH ROW EXECUTE FUNCTION appointment_bumps_calendar()
"""

SQLITE_NO_OVERLAP_OF_TWO = SQLITE_NO_OVERLAP.replace(
    "other.id <> NEW.id",
    "other.id <> NEW.id AND coalesce(other.moves_id, other.id) <> coalesce(NEW.moves_id, NEW.id)",
)
POSTGRES_NO_OVERLAP_OF_TWO = POSTGRES_NO_OVERLAP.replace(
    "WITH &&)", "WITH &&, coalesce(moves_id, id) WITH <>)"
)

ERASED = "OLD.payload IS NULL AND OLD.salt IS NULL"
ERASURE = (
    "NEW.payload IS NULL AND NEW.salt IS NULL AND NEW.reading_id = OLD.reading_id"
    " AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.kind = OLD.kind"
    " AND NEW.subject = OLD.subject AND NEW.edition = OLD.edition"
    " AND NEW.shown_sha = OLD.shown_sha AND NEW.language = OLD.language"
    " AND NEW.answered_by = OLD.answered_by AND NEW.commitment = OLD.commitment"
    " AND NEW.link = OLD.link"
)


def guard_calendar() -> None:
    """Refuse two blocked spans of one clinician that overlap; count each change of a calendar."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(POSTGRES_NO_OVERLAP.format(guarded=GUARDED.format(row="")))
        op.execute(POSTGRES_REVISION)
        return
    new, other = GUARDED.format(row="NEW."), GUARDED.format(row="other.")
    for moment, rows in (("INSERT", "NEW"), ("UPDATE", "OLD NEW"), ("DELETE", "OLD")):
        if moment != "DELETE":
            op.execute(SQLITE_NO_OVERLAP.format(moment=moment, new=new, other=other))
        ids = ", ".join(f"{row}.clinician_id" for row in rows.split())
        op.execute(SQLITE_REVISION.format(moment=moment, rows=ids))


def unguard_calendar() -> None:
    """Take away what goes with no table of its own."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER appointment_bumps_calendar ON appointment")
        op.execute("DROP FUNCTION appointment_bumps_calendar()")


def let_move_nearby() -> None:
    """Refuse what overlaps only when two appointments would: a hold to move one is part of it."""
    _guard_anew(SQLITE_NO_OVERLAP_OF_TWO, POSTGRES_NO_OVERLAP_OF_TWO)


def let_move_afar_only() -> None:
    """Refuse a hold to move an appointment over its own time again; such holds are given back."""
    op.execute("DELETE FROM appointment WHERE status = 'held' AND moves_id IS NOT NULL")
    _guard_anew(SQLITE_NO_OVERLAP, POSTGRES_NO_OVERLAP)


def _guard_anew(on_sqlite: str, on_postgres: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap")
        op.execute(on_postgres.format(guarded=GUARDED.format(row="")))
        return
    new, other = GUARDED.format(row="NEW."), GUARDED.format(row="other.")
    for moment in ("INSERT", "UPDATE"):
        op.execute(f"DROP TRIGGER appointment_no_overlap_{moment}")
        op.execute(on_sqlite.format(moment=moment, new=new, other=other))


def append_only(table: str, *, change: str = "FALSE", delete: str = "FALSE") -> None:
    """Refuse to change or delete what was written, unless the given condition holds."""
    moments = (("UPDATE", f"WHEN (NOT ({change}))"), ("DELETE", f"WHEN (NOT ({delete}))"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        for moment, when in moments:
            op.execute(
                f"CREATE TRIGGER {table}_no_{moment} BEFORE {moment} ON {table} FOR EACH ROW"
                f" {when} EXECUTE FUNCTION {table}_is_append_only()"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_TRUNCATE BEFORE TRUNCATE ON {table}"
            f" EXECUTE FUNCTION {table}_is_append_only()"
        )
        return
    for moment, when in moments:
        op.execute(
            f"CREATE TRIGGER {table}_no_{moment} BEFORE {moment} ON {table} {when}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def not_append_only(table: str) -> None:
    """Take the triggers away again, before the table goes."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
