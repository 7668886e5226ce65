//! How SQLite means to run a statement. Debug builds, and with them every test, refuse a statement
//! that walks a table from end to end which use makes grow: it is quick while the table is small,
//! and a year of a city's work later it is not. A walk in the order that was asked for, which a
//! `LIMIT` ends, is let through, and so is emptying a table; how far such a one went is told by
//! [`crate::toil`].

use std::collections::HashMap;

use rusqlite::{Connection, Result};

use crate::sql;

/// The tables of this crate and of SQLite that hold a row a slice, a node, a file or a table.
const OWN: [&str; 5] = ["migration", "sequence", "lease", "probe", "sqlite_sequence"];

/// What jumps to the next row when a row is not wanted.
const JUMPS: [&str; 16] = [
    "Eq",
    "Ne",
    "Lt",
    "Le",
    "Gt",
    "Ge",
    "If",
    "IfNot",
    "IsNull",
    "NotNull",
    "IsTrue",
    "Filter",
    "Found",
    "NotFound",
    "NotExists",
    "SeekRowid",
];

/// One instruction of SQLite's machine: what it does, to which cursor, and where it may jump.
struct Step {
    opcode: String,
    cursor: i64,
    second: i64,
}

/// The tables that `text` walks from end to end, for lack of an index or of a bound, other than
/// those that stay small by what they hold.
pub(crate) fn walked(connection: &Connection, text: &str, small: &[&str]) -> Result<Vec<String>> {
    let mut program = connection.prepare(&format!("EXPLAIN {text}"))?;
    // Not bound: nothing is run.
    let mut rows = program.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(Step {
            opcode: row.get(1)?,
            cursor: row.get(2)?,
            second: row.get(3)?,
        });
    }
    let sorted = steps.iter().any(|it| it.opcode.ends_with("Sort"));
    let ends_early = !sorted && text.contains("LIMIT");
    let empties = text.starts_with("DELETE FROM") && !text.contains("WHERE");
    if ends_early || empties {
        return Ok(Vec::new());
    }
    let mut named = connection.prepare_cached(sql::SQLITE_TABLE_AT)?;
    let mut tables = Vec::new();
    for root in roots_walked(&steps) {
        for table in named.query_map([root], |row| row.get::<_, String>(0))? {
            let table = table?;
            if !OWN.contains(&table.as_str()) && !small.contains(&table.as_str()) {
                tables.push(table);
            }
        }
    }
    tables.sort_unstable();
    tables.dedup();
    Ok(tables)
}

/// The root pages of the tables and indexes that a program walks from one end on, unstopped.
fn roots_walked(steps: &[Step]) -> Vec<i64> {
    let mut open: HashMap<i64, i64> = HashMap::new();
    let mut roots = Vec::new();
    // Looked for only while a row waits for one that it refers to.
    let mut references_end = 0;
    for (address, step) in (0..).zip(steps) {
        match step.opcode.as_str() {
            "FkIfZero" => references_end = references_end.max(step.second),
            "OpenRead" | "OpenWrite" | "ReopenIdx" => _ = open.insert(step.cursor, step.second),
            "OpenEphemeral" | "OpenAutoindex" | "OpenPseudo" => _ = open.remove(&step.cursor),
            "Rewind" | "Last" | "Count" if address >= references_end => {
                let goes_on = step.opcode == "Count" || goes_on(steps, step.cursor);
                roots.extend(open.get(&step.cursor).filter(|_| goes_on));
            }
            _ => {}
        }
    }
    roots
}

/// Whether a cursor that stands at an end of its table moves on and nothing stops it: a bound does,
/// and the first row does where only that is wanted, as in `MAX`.
fn goes_on(steps: &[Step], cursor: i64) -> bool {
    let stopped = |step: &Step| {
        step.cursor == cursor
            && matches!(step.opcode.as_str(), "IdxGT" | "IdxGE" | "IdxLT" | "IdxLE")
    };
    let moved = |address: usize| {
        let step = &steps[address];
        let moves = matches!(step.opcode.as_str(), "Next" | "Prev") && step.cursor == cursor;
        let passed_by = address > 0 && steps[address - 1].opcode == "Goto";
        let reached = |other: &Step| {
            JUMPS.contains(&&*other.opcode) && i64::try_from(address) == Ok(other.second)
        };
        moves && (!passed_by || steps.iter().any(reached))
    };
    !steps.iter().any(stopped) && (0..steps.len()).any(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fresh;
    use crate::{Migrations, args};

    const TABLES: &str = "
        CREATE TABLE letter (id INTEGER PRIMARY KEY, unit_id INTEGER, sent_at INTEGER, words TEXT);
        CREATE INDEX letter_unit ON letter (unit_id, sent_at);
        CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT);
    ";

    fn of(text: &str) -> Vec<String> {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLES).unwrap();
        walked(&connection, text, &["unit"]).unwrap()
    }

    #[test]
    fn a_table_without_an_index_for_the_question_is_walked() {
        for text in [
            "SELECT id FROM letter WHERE words = ?1",
            "SELECT id FROM letter AS l WHERE l.sent_at > ?1",
            "SELECT COUNT(*) FROM letter",
            "SELECT SUM(sent_at) FROM letter",
            "SELECT MAX(words) FROM letter",
            "SELECT MAX(id) FROM letter WHERE words = ?1",
            "SELECT words FROM letter ORDER BY sent_at LIMIT 20",
            "SELECT l.id FROM unit JOIN letter l ON l.words = unit.name",
            "UPDATE letter SET words = '' WHERE sent_at < ?1",
            "DELETE FROM letter WHERE words = ?1 RETURNING *",
            "SELECT id FROM unit WHERE EXISTS (SELECT 1 FROM letter WHERE words = name)",
        ] {
            assert_eq!(of(text), ["letter"], "{text}");
        }
    }

    #[test]
    fn what_an_index_leads_to_and_what_is_small_is_not_walked() {
        for text in [
            "SELECT words FROM letter WHERE id = ?1",
            "SELECT words FROM letter WHERE unit_id = ?1 ORDER BY sent_at DESC LIMIT 20",
            "SELECT words FROM letter WHERE id > ?1 ORDER BY id LIMIT 500",
            "SELECT words FROM letter ORDER BY id DESC LIMIT 1",
            "SELECT words FROM letter WHERE unit_id < ?1",
            "SELECT MAX(id) FROM letter",
            "INSERT INTO letter (id) SELECT COALESCE(MAX(id), 0) + 1 FROM letter",
            "SELECT name FROM unit WHERE name = ?1",
            "INSERT INTO letter (unit_id) SELECT id FROM unit RETURNING *",
            "UPDATE letter SET words = '' WHERE id = ?1",
            "DELETE FROM letter",
        ] {
            assert_eq!(of(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_store_refuses_to_walk_what_grows_and_walks_what_is_meant_to_be_walked() {
        let migrations = [Migrations {
            slice: "post",
            files: &[("0001_post", TABLES)],
            small: &["unit"],
        }];
        let fresh = Fresh::sqlite(&migrations);
        let walk = "SELECT id FROM letter WHERE words = $1";
        let walked = fresh
            .store
            .read_blocking(move |db| db.query(walk, args!["a"], |row| row.get::<i64>(0)));
        assert!(walked.is_err());
        let meant = fresh
            .store
            .read_blocking(move |db| db.each(walk, args!["a"], |_| Ok(())));
        assert!(meant.is_ok());
        let small = "SELECT id FROM unit WHERE name = $1";
        let small = fresh
            .store
            .read_blocking(move |db| db.query(small, args!["a"], |row| row.get::<i64>(0)));
        assert!(small.is_ok());
    }
}
