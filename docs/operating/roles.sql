-- Three roles for PostgreSQL, so that what serves pages cannot rewrite what is evidence.
-- Run it as a superuser in Foreword's database, after every `flask db upgrade`; again is no harm:
--     sudo -u postgres psql -d foreword -f docs/operating/roles.sql
-- then give each a password once: \password foreword_web (foreword_worker, foreword_migrate).

DO $$
DECLARE
    one record;
BEGIN
    -- foreword_migrate owns the tables, and is used for `flask db upgrade` alone.
    FOR one IN SELECT unnest(ARRAY['foreword_migrate', 'foreword_web', 'foreword_worker']) AS name
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one.name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', one.name);
        END IF;
    END LOOP;
    FOR one IN SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE format('ALTER TABLE public.%I OWNER TO foreword_migrate', one.name);
    END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
    LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO foreword_migrate', one.name);
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO foreword_migrate', current_database());
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO foreword_migrate;
GRANT USAGE ON SCHEMA public TO foreword_web, foreword_worker;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, foreword_web, foreword_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO foreword_web, foreword_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO foreword_web, foreword_worker;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM foreword_web, foreword_worker;

-- What its triggers call append-only is added to, and that is all.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tgrelid::regclass AS name FROM pg_trigger WHERE tgname LIKE '%\_no\_truncate'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM foreword_web, foreword_worker', one.name);
    END LOOP;
END $$;

-- Taking a record back empties its answers; the trigger lets nothing else through.  The worker
-- forgets readings that led to no visit, which are emptied first.
GRANT UPDATE (payload, salt) ON record_entry TO foreword_web, foreword_worker;
GRANT DELETE ON record_entry TO foreword_worker;
