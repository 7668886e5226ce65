//! How SQLite means to run a statement. Debug builds, and with them every test, refuse a statement
//! that walks a table from end to end which use makes grow: it is quick while the table is small,
//! and a year of a city's work later it is not. A walk in the order that was asked for, which a
//! `LIMIT` ends, is let through, and so is emptying a table; how far such a one went is told by
//! [`crate::toil`].

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Result};

/// The tables of this crate and of SQLite that hold a row a slice, a node, a file or a table.
const OWN: [&str; 5] = ["migration", "sequence", "lease", "probe", "sqlite_sequence"];

/// The tables that `text` walks from end to end, for lack of an index or of a bound, other than
/// those that stay small by what they hold.
pub(crate) fn walked(connection: &Connection, text: &str, small: &[&str]) -> Result<Vec<String>> {
    let mut program = connection.prepare(&format!("EXPLAIN {text}"))?;
    // Not bound: nothing is run.
    let mut steps = program.raw_query();
    let mut roots: HashMap<i64, i64> = HashMap::new();
    let (mut from_an_end, mut stopped) = (HashSet::new(), HashSet::new());
    let mut sorted = false;
    // Looked for only while a row waits for one that it refers to.
    let mut references_end = 0;
    while let Some(step) = steps.next()? {
        let (address, opcode): (i64, String) = (step.get(0)?, step.get(1)?);
        let (cursor, second): (i64, i64) = (step.get(2)?, step.get(3)?);
        match opcode.as_str() {
            "FkIfZero" => references_end = references_end.max(second),
            "OpenRead" | "OpenWrite" | "ReopenIdx" => _ = roots.insert(cursor, second),
            "Rewind" | "Last" | "Count" if address >= references_end => {
                from_an_end.insert(cursor);
            }
            "IdxGT" | "IdxGE" | "IdxLT" | "IdxLE" => _ = stopped.insert(cursor),
            "Sort" | "SorterSort" => sorted = true,
            _ => {}
        }
    }
    let ends_early = !sorted && text.contains("LIMIT");
    let empties = text.starts_with("DELETE FROM") && !text.contains("WHERE");
    if ends_early || empties {
        return Ok(Vec::new());
    }
    let mut named =
        connection.prepare_cached("SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?1")?;
    let mut tables = Vec::new();
    for root in from_an_end
        .difference(&stopped)
        .filter_map(|cursor| roots.get(cursor))
    {
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

#[cfg(test)]
mod tests {
    use super::*;

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
            "SELECT name FROM unit WHERE name = ?1",
            "INSERT INTO letter (unit_id) SELECT id FROM unit RETURNING *",
            "UPDATE letter SET words = '' WHERE id = ?1",
            "DELETE FROM letter",
        ] {
            assert_eq!(of(text), Vec::<String>::new(), "{text}");
        }
    }
}
