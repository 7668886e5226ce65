//! A copy of a store put into another one, of the same engine and of the other.

mod common;

use base::Error;
use common::{ACTOR, NOTE, TABLES, count, done, note, record};
use store::testing::Fresh;
use store::{Arg, CopiedTable, Engine, Migrations, Store, Value, args};

/// A tree whose rows refer to each other in both directions of time.
const TREE: Migrations = Migrations {
    slice: "tree",
    files: &[(
        "0001",
        "CREATE TABLE knot (id BIGINT PRIMARY KEY, above BIGINT REFERENCES knot (id));
        CREATE TABLE stamp (id BIGINT PRIMARY KEY, at BIGINT NOT NULL);
        INSERT INTO stamp (id, at) VALUES (1, 0);",
    )],
    small: &[],
};

enum Owned {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

struct Copy {
    tables: Vec<(CopiedTable, Vec<Vec<Owned>>)>,
    sequences: Vec<(String, i64)>,
}

fn copy_of(store: &Store) -> Copy {
    done(store.read_blocking(|db| {
        let mut tables = Vec::new();
        for table in db.copied_tables()? {
            let mut rows = Vec::new();
            db.each_row_of(&table, |row| {
                let values = (0..row.width()).map(|place| {
                    Ok(match row.value(place)? {
                        Value::Null => Owned::Null,
                        Value::Int(int) => Owned::Int(int),
                        Value::Text(text) => Owned::Text(text.to_owned()),
                        Value::Bytes(bytes) => Owned::Bytes(bytes.to_vec()),
                    })
                });
                rows.push(values.collect::<base::Result<_>>()?);
                Ok(())
            })?;
            tables.push((table, rows));
        }
        let sequences = db.copied_sequences()?;
        Ok(Copy { tables, sequences })
    }))
}

fn fill(store: &Store, copy: Copy) -> base::Result<()> {
    store.housekeeping_blocking(move |tx| {
        tx.begin_filling("note")?;
        for (table, rows) in &copy.tables {
            for row in rows {
                let values: Vec<Arg<'_>> = row
                    .iter()
                    .map(|value| match value {
                        Owned::Null => Arg::Null,
                        Owned::Int(int) => Arg::Int(*int),
                        Owned::Text(text) => Arg::Text(text),
                        Owned::Bytes(bytes) => Arg::Bytes(bytes),
                    })
                    .collect();
                tx.fill_row(table, &values)?;
            }
        }
        tx.end_filling(&copy.sequences)
    })
}

fn each_pair(f: impl Fn(&Store, &Store)) {
    let engines = Fresh::all(&[TABLES, TREE]).len();
    for pair in 0..engines * engines {
        let mut sources = Fresh::all(&[TABLES, TREE]);
        let mut targets = Fresh::all(&[TABLES, TREE]);
        let from = sources.swap_remove(pair / engines);
        let to = targets.swap_remove(pair % engines);
        f(&from.store, &to.store);
    }
}

fn write_something(store: &Store) {
    done(store.change_blocking(&ACTOR, |tx| {
        note(tx, 1, "снег")?;
        tx.write(
            &NOTE,
            "INSERT INTO note (id, owner, body, seal, made, small) VALUES ($1, $2, $3, $4, $5, $6)",
            args![
                2,
                uuid::Uuid::from_u128(7),
                "line\nline",
                vec![0_u8, 255],
                i64::MAX,
                -1
            ],
        )?;
        tx.execute("UPDATE stamp SET at = 5", &[])?;
        tx.execute("INSERT INTO knot (id, above) VALUES (2, NULL)", &[])?;
        tx.execute("INSERT INTO knot (id, above) VALUES (1, 2)", &[])?;
        for _ in 0..5 {
            tx.next_in_sequence("number")?;
        }
        record(tx)?;
        Ok(())
    }));
}

#[test]
fn a_copy_is_the_store_again() {
    each_pair(|from, to| {
        write_something(from);
        done(fill(to, copy_of(from)));
        let digests = |store: &Store| {
            done(store.read_blocking(|db| {
                db.query("SELECT * FROM note ORDER BY id", &[], store::row_digest)
            }))
        };
        assert_eq!(digests(from), digests(to));
        assert_eq!(digests(to).len(), 2);
        let stamp =
            done(to.read_blocking(|db| {
                db.query("SELECT at FROM stamp", &[], |row| row.get::<i64>(0))
            }));
        assert_eq!(
            stamp,
            [5],
            "a row that a migration made is that of the copy"
        );
        // Numbers go on, those of sequences and those of tables.
        let next = done(to.change_blocking(&ACTOR, |tx| {
            note(tx, 3, "x")?;
            record(tx)?;
            tx.next_in_sequence("number")
        }));
        assert_eq!(next, 6);
        let waiting = done(to.read_blocking(|db| {
            db.one(
                "SELECT COUNT(*), MAX(seq) FROM journal_pending",
                &[],
                |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
            )
        }));
        assert_eq!(waiting, (2, 2));
    });
}

#[test]
fn a_store_with_rows_is_not_filled_over() {
    each_pair(|from, to| {
        write_something(from);
        done(to.change_blocking(&ACTOR, |tx| {
            note(tx, 9, "mine")?;
            record(tx)?;
            Ok(())
        }));
        assert!(matches!(fill(to, copy_of(from)), Err(Error::Conflict(_))));
        assert_eq!(count(to), 1);
    });
}

#[test]
fn a_filled_store_guards_its_rows_again_and_refuses_a_broken_copy() {
    each_pair(|from, to| {
        write_something(from);
        let mut broken = copy_of(from);
        for (table, rows) in &mut broken.tables {
            if table.name == "knot" {
                rows.retain(|row| !matches!(row.first(), Some(Owned::Int(2))));
            }
        }
        // A row whose parent is missing.
        assert!(fill(to, broken).is_err());
        assert_eq!(count(to), 0);
        done(fill(to, copy_of(from)));
        if to.engine() == Engine::Postgres {
            let unrecorded = to.housekeeping_blocking(|tx| {
                tx.execute("UPDATE note SET body = 'forged' WHERE id = 1", &[])
            });
            assert!(unrecorded.is_err());
        }
    });
}
