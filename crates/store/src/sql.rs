//! The SQL of the store itself: its own tables and the guard of PostgreSQL.

/// The store's own tables, on both engines; words in braces are of [`crate::migration`].
pub(crate) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS migration (
    slice TEXT NOT NULL,
    name TEXT NOT NULL,
    digest {BYTES} NOT NULL,
    at {TIME} NOT NULL,
    PRIMARY KEY (slice, name)
);
CREATE TABLE IF NOT EXISTS sequence (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until {TIME} NOT NULL
);
CREATE TABLE IF NOT EXISTS probe (
    id INTEGER PRIMARY KEY,
    filler {BYTES} NOT NULL
);
";

/// The functions behind the guard's triggers. `journal_pending` is the journal's and comes later:
/// PL/pgSQL looks tables up when it runs.
pub(crate) const POSTGRES_GUARD: &str = "
CREATE OR REPLACE FUNCTION okno_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journal_pending WHERE txid = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'rows of % were changed without a journal entry', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE OR REPLACE FUNCTION okno_guard_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'rows of % may not be truncated', TG_TABLE_NAME;
END
$guard$;
";

/// The triggers of one guarded table.
pub(crate) fn postgres_guard_of(table: &str) -> String {
    format!(
        "\nCREATE CONSTRAINT TRIGGER okno_guard AFTER INSERT OR UPDATE OR DELETE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION okno_guard();
        CREATE TRIGGER okno_guard_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION okno_guard_truncate();\n"
    )
}

/// Held while migrations run, so that two starts come one after the other ("okno" in ASCII).
pub(crate) const POSTGRES_MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(1869311599)";

pub(crate) const MIGRATIONS_OF: &str = "SELECT name, digest FROM migration WHERE slice = $1";
pub(crate) const ADD_MIGRATION: &str =
    "INSERT INTO migration (slice, name, digest, at) VALUES ($1, $2, $3, $4)";

pub(crate) const POSTGRES_LOCK: &str = "SELECT 1 FROM pg_advisory_xact_lock($1)";

pub(crate) const SQLITE_NEXT_IN_SEQUENCE: &str = "INSERT INTO sequence (name, value) VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value";
pub(crate) const POSTGRES_SEQUENCE_EXISTS: &str =
    "SELECT to_regclass(CAST($1 AS TEXT)) IS NOT NULL";
pub(crate) const POSTGRES_NEXT_IN_SEQUENCE: &str =
    "SELECT nextval(CAST(CAST($1 AS TEXT) AS regclass))";

pub(crate) const TAKE_LEASE: &str = "INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE lease.until <= $4 OR lease.holder = excluded.holder";
pub(crate) const RENEW_LEASE: &str =
    "UPDATE lease SET until = $3 WHERE name = $1 AND holder = $2 AND until > $4";
pub(crate) const RELEASE_LEASE: &str = "DELETE FROM lease WHERE name = $1 AND holder = $2";

pub(crate) const FILL_PROBE: &str = "INSERT INTO probe (id, filler) VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET filler = excluded.filler";
