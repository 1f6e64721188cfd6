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

SQLITE_CHANGE = """
CREATE TRIGGER {name} AFTER {moment} WHEN {when}
BEGIN
    UPDATE clinician SET calendar_revision = calendar_revision + 1 WHERE id IN ({whose});
    INSERT INTO calendar_change (clinician_id, name, revision)
        SELECT id, {object}, calendar_revision FROM clinician WHERE id IN ({whose}) AND {noted}
        ON CONFLICT (clinician_id, name) DO UPDATE SET revision = excluded.revision;
END
"""
POSTGRES_CHANGE = """
CREATE FUNCTION calendar_changed(whose integer, object text, noted boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE counted integer;
BEGIN
    UPDATE clinician SET calendar_revision = calendar_revision + 1 WHERE id = whose
        RETURNING calendar_revision INTO counted;
    IF noted THEN
        INSERT INTO calendar_change (clinician_id, name, revision) VALUES (whose, object, counted)
            ON CONFLICT (clinician_id, name) DO UPDATE SET revision = excluded.revision;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION appointment_bumps_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM calendar_changed(NEW.clinician_id, NEW.id || '.ics', NEW.status <> 'held');
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM calendar_changed(OLD.clinician_id, OLD.id || '.ics', OLD.status <> 'held');
        RETURN NULL;
    END IF;
    PERFORM calendar_changed(
        OLD.clinician_id, OLD.id || '.ics', OLD.status <> 'held' OR NEW.status <> 'held');
    IF NEW.clinician_id <> OLD.clinician_id THEN
        PERFORM calendar_changed(
            NEW.clinician_id, NEW.id || '.ics', OLD.status <> 'held' OR NEW.status <> 'held');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION block_bumps_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM calendar_changed(NEW.clinician_id, NEW.name, TRUE);
    ELSE
        PERFORM calendar_changed(OLD.clinician_id, OLD.name, TRUE);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER block_bumps_calendar AFTER INSERT OR DELETE ON calendar_block
    FOR EACH ROW EXECUTE FUNCTION block_bumps_calendar();
CREATE FUNCTION closure_bumps_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM calendar_changed(clinician_id, name, TRUE)
        FROM calendar_block WHERE closure_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER closure_bumps_calendar AFTER UPDATE ON closure
    FOR EACH ROW EXECUTE FUNCTION closure_bumps_calendar()
"""
POSTGRES_NO_CHANGE = """
DROP TRIGGER closure_bumps_calendar ON closure;
DROP FUNCTION closure_bumps_calendar();
DROP TRIGGER block_bumps_calendar ON calendar_block;
DROP FUNCTION block_bumps_calendar();
"""
BLOCK = "(SELECT {column} FROM calendar_block WHERE closure_id = NEW.id)"
CHANGES = {  # trigger on SQLite: what happens, whose calendar, to which object, unless it is a hold
    "appointment_bumps_calendar_INSERT": (
        "INSERT ON appointment", "NEW.clinician_id", "NEW.id || '.ics'", "NEW.status <> 'held'"),
    "appointment_bumps_calendar_UPDATE": (
        "UPDATE ON appointment", "OLD.clinician_id, NEW.clinician_id", "NEW.id || '.ics'",
        "(OLD.status <> 'held' OR NEW.status <> 'held')"),
    "appointment_bumps_calendar_DELETE": (
        "DELETE ON appointment", "OLD.clinician_id", "OLD.id || '.ics'", "OLD.status <> 'held'"),
    "block_bumps_calendar_INSERT": (
        "INSERT ON calendar_block", "NEW.clinician_id", "NEW.name", "TRUE"),
    "block_bumps_calendar_DELETE": (
        "DELETE ON calendar_block", "OLD.clinician_id", "OLD.name", "TRUE"),
    "closure_bumps_calendar_UPDATE": (
        "UPDATE ON closure", BLOCK.format(column="clinician_id"), BLOCK.format(column="name"),
        "TRUE"),
}  # fmt: skip

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


def note_changes() -> None:
    """Note what changed in a calendar beside counting it, for devices that follow it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_CHANGE)
        return
    for name, (moment, whose, of, noted) in CHANGES.items():
        if name.startswith("appointment"):
            op.execute(f"DROP TRIGGER {name}")
        when = f"{BLOCK.format(column='name')} IS NOT NULL" if "closure" in name else "TRUE"
        op.execute(
            SQLITE_CHANGE.format(
                name=name, moment=moment, when=when, whose=whose, object=of, noted=noted
            )
        )


def note_no_changes() -> None:
    """Count the changes of a calendar only."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_NO_CHANGE)
        op.execute(POSTGRES_REVISION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
                   .partition("CREATE TRIGGER")[0])  # fmt: skip
        op.execute("DROP FUNCTION calendar_changed(integer, text, boolean)")
        return
    for name in CHANGES:
        op.execute(f"DROP TRIGGER {name}")
    for moment, rows in (("INSERT", "NEW"), ("UPDATE", "OLD NEW"), ("DELETE", "OLD")):
        ids = ", ".join(f"{row}.clinician_id" for row in rows.split())
        op.execute(SQLITE_REVISION.format(moment=moment, rows=ids))


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
