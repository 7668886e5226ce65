//! The SQL of the store itself: its own tables and the guard of PostgreSQL.

use crate::copying::CopiedTable;
use crate::forms::{Column, Form};
use crate::settings::Engine;

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

/// The table of SQLite whose rows, or whose index, begin on a page.
pub(crate) const SQLITE_TABLE_AT: &str = "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?1";

/// Held while migrations run, so that two starts come one after the other ("okno" in ASCII).
pub(crate) const POSTGRES_MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(1869311599)";

pub(crate) const FIRST_MIGRATIONS: &str =
    "SELECT slice, MIN(name) FROM migration GROUP BY slice ORDER BY slice";
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
pub(crate) const HELD_LEASE: &str = "SELECT 1 FROM lease WHERE name = $1 AND until > $2";
pub(crate) const RELEASE_LEASE: &str = "DELETE FROM lease WHERE name = $1 AND holder = $2";

pub(crate) const FILL_PROBE: &str = "INSERT INTO probe (id, filler) VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET filler = excluded.filler";

/// Tables in the order in which they were made: one that refers to another comes after it.
pub(crate) const SQLITE_TABLES: &str = "SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid";
pub(crate) const SQLITE_COLUMNS: &str = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
pub(crate) const POSTGRES_TABLES: &str = "SELECT CAST(relname AS TEXT) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
    ORDER BY oid";
/// Identifiers of transactions mean nothing anywhere else.
pub(crate) const POSTGRES_COLUMNS: &str =
    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
    WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = $1
      AND CAST(data_type AS TEXT) <> 'xid8'
    ORDER BY ordinal_position";
pub(crate) const SQLITE_SEQUENCES: &str = "SELECT name, value FROM sequence ORDER BY name";
pub(crate) const POSTGRES_SEQUENCES: &str =
    "SELECT substr(CAST(sequencename AS TEXT), 5), COALESCE(last_value, 0) FROM pg_sequences
    WHERE schemaname = current_schema() AND sequencename LIKE 'seq\\_%' ORDER BY 1";
pub(crate) const MIGRATIONS_RUN: &str = "SELECT slice, name FROM migration ORDER BY slice, name";
pub(crate) const SQLITE_SET_SEQUENCE: &str = "INSERT INTO sequence (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";
pub(crate) const POSTGRES_SET_SEQUENCE: &str =
    "SELECT setval(CAST(CAST($1 AS TEXT) AS regclass), GREATEST($2, 1), $2 > 0)";
pub(crate) const POSTGRES_IDENTITIES: &str =
    "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES'";
pub(crate) const POSTGRES_GUARDED: &str = "SELECT CAST(c.relname AS TEXT)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname = 'okno_guard' AND c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)";

pub(crate) const SQLITE_DEFER_REFERENCES: &str = "PRAGMA defer_foreign_keys = ON";
pub(crate) const POSTGRES_CHECK_REFERENCES: &str = "SET CONSTRAINTS ALL IMMEDIATE";
pub(crate) const POSTGRES_REFERENCES: &str =
    "SELECT CAST(c.relname AS TEXT), CAST(f.conname AS TEXT)
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
    WHERE f.contype = 'f' AND c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)";

pub(crate) fn postgres_defer_reference(table: &str, name: &str, defer: bool) -> String {
    let when = if defer {
        "DEFERRABLE INITIALLY DEFERRED"
    } else {
        "NOT DEFERRABLE"
    };
    format!("ALTER TABLE {table} ALTER CONSTRAINT {name} {when}")
}

pub(crate) fn rows_of(table: &CopiedTable) -> String {
    format!("SELECT {} FROM {}", table.columns.join(", "), table.name)
}

pub(crate) fn any_row_of(table: &CopiedTable) -> String {
    format!("SELECT 1 FROM {} LIMIT 1", table.name)
}

pub(crate) fn clear(table: &CopiedTable) -> String {
    format!("DELETE FROM {}", table.name)
}

pub(crate) fn filled_row(table: &CopiedTable, engine: Engine) -> String {
    let places: Vec<String> = (1..=table.columns.len())
        .map(|place| format!("${place}"))
        .collect();
    // Identity columns keep the numbers that they had.
    let overriding = match engine {
        Engine::Sqlite => "",
        Engine::Postgres => "OVERRIDING SYSTEM VALUE ",
    };
    format!(
        "INSERT INTO {} ({}) {overriding}VALUES ({})",
        table.name,
        table.columns.join(", "),
        places.join(", ")
    )
}

pub(crate) fn postgres_make_sequence(sequence: &CopiedTable) -> String {
    format!("CREATE SEQUENCE IF NOT EXISTS {}", sequence.name)
}

pub(crate) fn postgres_set_identity(table: &str, column: &str) -> String {
    format!(
        "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), \
         COALESCE((SELECT MAX({column}) FROM {table}), 0) + 1, false)"
    )
}

pub(crate) fn postgres_switch_guard(table: &str, on: bool) -> String {
    let word = if on { "ENABLE" } else { "DISABLE" };
    format!("ALTER TABLE {table} {word} TRIGGER okno_guard")
}

/// Parents of one statement of [`form_rows`].
pub(crate) const FORM_PARENTS: usize = 200;

/// The rows of a form under some parents; the parent stands after the columns.
pub(crate) fn form_rows(form: &Form, by: &str, parents: usize) -> String {
    let places: Vec<String> = (1..=parents).map(|n| format!("${n}")).collect();
    let only = if form.only.is_empty() {
        String::new()
    } else {
        format!(" AND {}", form.only)
    };
    format!(
        "SELECT {}, {by} FROM {} WHERE {by} IN ({}){only} ORDER BY {by}, {}",
        form_columns(form),
        form.table.name,
        places.join(","),
        form.order
    )
}

/// The keys of a form's table after one, in their order.
pub(crate) fn form_keys(form: &Form, after: bool) -> String {
    let key = form.table.key.first().copied().unwrap_or("id");
    let (condition, limit) = if after {
        (format!(" WHERE {key} > $1"), "$2")
    } else {
        (String::new(), "$1")
    };
    format!(
        "SELECT {key} FROM {}{condition} ORDER BY {key} LIMIT {limit}",
        form.table.name
    )
}

/// The insertion of a row of a form.
pub(crate) fn form_insert(form: &Form) -> String {
    let places: Vec<String> = (1..=form.columns.len()).map(|n| format!("${n}")).collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        form.table.name,
        form_columns(form),
        places.join(",")
    )
}

fn form_columns(form: &Form) -> String {
    let names: Vec<&str> = form.columns.iter().map(Column::name).collect();
    names.join(", ")
}
