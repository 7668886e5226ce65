//! Whatever is edited, put in or taken away by raw SQL is found by `okno log fsck`: a seeded script
//! draws table, row, column and edit uniformly over every table of the whole product but the
//! housekeeping named here, each edit on a fresh copy of a store with a life behind it.

mod life;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Instant;

use life::live;
use values::{changed, literal};

use crate::support::{Database, Dice, House, Raw, Said, command_at, long, said_by, seed};

/// What the log does not commit to, and why that harms nobody.
const HOUSEKEEPING: [(&str, &str); 35] = [
    (
        "network_look",
        "how a notice is met in a network, which can be asked again",
    ),
    (
        "network_item",
        "what came out of a network; what was accepted of it is a case, and that is recorded",
    ),
    (
        "migration",
        "digests of the program's own files; a difference is refused at the start",
    ),
    (
        "sequence",
        "next numbers; a number given twice is refused by the table it goes to",
    ),
    ("lease", "who does background work just now"),
    ("probe", "filler that tries a full disk"),
    ("catalog_stamp", "tells kept copies that they are old"),
    ("tree_stamp", "tells kept copies that they are old"),
    (
        "follower",
        "positions of what can be computed again from the log",
    ),
    (
        "job",
        "work to be done; what it did is recorded when it is done",
    ),
    ("session", "who is signed in, by hashes of tokens"),
    ("notice", "what people were told, made again from the log"),
    (
        "case_watch",
        "when something is next to be said of a case, made again from it",
    ),
    (
        "case_draft_key",
        "keys of drafts, which are nothing accepted",
    ),
    (
        "case_draft_document",
        "documents of drafts, which are nothing accepted",
    ),
    (
        "case_draft_intake",
        "how appeals came of which there is a draft, which is nothing accepted",
    ),
    (
        "account_token",
        "links that let somebody in once, by their hashes",
    ),
    ("email_change", "changes of an address under way"),
    ("sign_in_pending", "sign-ins between password and code"),
    ("code_step", "the last code that was taken"),
    (
        "personal_token_use",
        "when a token was last used; who may use it is recorded",
    ),
    (
        "repeated_request",
        "what a program was answered in the last day; what it did is recorded",
    ),
    (
        "case_upload",
        "files that come piece by piece, which are nothing accepted",
    ),
    ("case_upload_piece", "their pieces"),
    (
        "mailbox_letter",
        "what became of letters for thirty days; cases, messages and decisions are recorded",
    ),
    ("mailbox_state", "how the reading of the mailbox stands"),
    ("case_draft", "nothing of it is accepted yet"),
    (
        "case_idempotency",
        "which request made which case; the case itself is recorded",
    ),
    (
        "case_figure",
        "counts that can be computed again from the log",
    ),
    (
        "dialogue",
        "what is being said to the dialogue; what it files is recorded",
    ),
    (
        "dialogue_seen",
        "which messages of a messenger were taken, for a week",
    ),
    ("dialogue_position", "how far a messenger was read"),
    (
        "dialogue_incoming",
        "what a messenger has brought and nobody has heard yet, sealed; what it files is recorded",
    ),
    (
        "dialogue_webhook",
        "where a messenger was told to bring messages",
    ),
    (
        "dialogue_case",
        "where somebody is told of what they filed, sealed under the key of the case",
    ),
];

/// A column with its type as the database names it.
struct Column {
    name: String,
    kind: String,
}

/// A table that can be drawn.
struct Target {
    table: String,
    columns: Vec<Column>,
    rows: usize,
}

/// A store with a life behind it, and the means to copy it.
struct Victim {
    house: House,
    targets: Vec<Target>,
    empty: Vec<String>,
}

/// A store that may be spoilt.
struct Copy<'v> {
    victim: &'v Victim,
    folder: std::path::PathBuf,
    database: Option<Database>,
}

impl Victim {
    fn new(house: House) -> Self {
        live(&house);
        house.assert_sound("before the edits");
        let mut raw = house.raw();
        let sqlite = house.database().is_none();
        let kept: BTreeSet<&str> = HOUSEKEEPING.iter().map(|(table, _)| *table).collect();
        let (mut targets, mut empty, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
        for table in tables(&mut raw, sqlite) {
            known.insert(table.clone());
            if kept.contains(table.as_str()) {
                continue;
            }
            let rows =
                usize::try_from(raw.number(&format!("SELECT count(*) FROM {table}"))).unwrap();
            let columns = columns(&mut raw, sqlite, &table);
            if rows == 0 {
                empty.push(table);
            } else {
                targets.push(Target {
                    table,
                    columns,
                    rows,
                });
            }
        }
        let gone: Vec<_> = kept
            .iter()
            .filter(|table| !known.contains(**table))
            .collect();
        assert!(gone.is_empty(), "no longer tables: {gone:?}");
        Self {
            house,
            targets,
            empty,
        }
    }

    fn copy(&self, n: usize) -> Copy<'_> {
        let folder = self.house.path(&format!("copy-{n}"));
        fs::create_dir(&folder).unwrap();
        // Published files are the same for all copies: the checker only reads them.
        std::os::unix::fs::symlink(self.house.data().join("blobs"), folder.join("blobs")).unwrap();
        let database = self.house.database().map(Database::copy);
        if database.is_none() {
            fs::copy(self.house.data().join("okno.db"), folder.join("okno.db")).unwrap();
        }
        Copy {
            victim: self,
            folder,
            database,
        }
    }
}

impl Copy<'_> {
    fn raw(&self) -> Raw {
        match &self.database {
            None => Raw::sqlite(&self.folder.join("okno.db")),
            Some(database) => database.raw(),
        }
    }

    fn check(&self) -> Said {
        let house = &self.victim.house;
        let url = self.database.as_ref().map(Database::url);
        let config = house.path("okno.toml");
        said_by(
            command_at(&self.folder, &house.keys(), &config, url, &["log", "fsck"]),
            "",
        )
    }
}

impl Drop for Copy<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn tables(raw: &mut Raw, sqlite: bool) -> Vec<String> {
    let rows = raw.rows(if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    } else {
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' \
         AND table_type = 'BASE TABLE' ORDER BY table_name"
    });
    rows.into_iter()
        .filter_map(|mut row| row.remove(0))
        .collect()
}

fn columns(raw: &mut Raw, sqlite: bool, table: &str) -> Vec<Column> {
    let rows = raw.rows(&if sqlite {
        format!("SELECT name, lower(type) FROM pragma_table_info('{table}') ORDER BY cid")
    } else {
        format!(
            "SELECT column_name, data_type FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        )
    });
    let column = |row: Vec<Option<String>>| {
        let mut texts = row.into_iter().flatten();
        Column {
            name: texts.next().unwrap(),
            kind: texts.next().unwrap(),
        }
    };
    rows.into_iter().map(column).collect()
}

/// One edit, drawn; none when nothing would change or the database itself refuses it.
fn edit(victim: &Victim, raw: &mut Raw, dice: &mut Dice) -> Option<(String, String)> {
    let place = if victim.house.database().is_none() {
        "rowid"
    } else {
        "ctid"
    };
    let target = dice.pick(&victim.targets);
    let table = &target.table;
    let names: Vec<&str> = target
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let names = names.join(", ");
    let row = dice.below(target.rows);
    let row = raw
        .rows(&format!(
            "SELECT {place}, {names} FROM {table} ORDER BY {place} LIMIT 1 OFFSET {row}"
        ))
        .remove(0);
    let here = match place {
        "rowid" => format!("rowid = {}", row[0].as_deref()?),
        _ => format!("ctid = '{}'", row[0].as_deref()?),
    };
    let cells = &row[1..];
    let column = dice.below(target.columns.len());
    let deed = dice.below(3);
    let (what, sql) = match deed {
        0 => {
            let Column { name, kind } = &target.columns[column];
            let old = cells[column].as_deref();
            let new = changed(old, kind, dice);
            if new.as_deref() == old {
                return None;
            }
            let new = literal(new.as_deref(), kind);
            (
                format!("edit {table}.{name}"),
                format!("UPDATE {table} SET {name} = {new} WHERE {here}"),
            )
        }
        1 => {
            // A copy of a row: with one column other, or with every column other.
            let all = dice.one_in(2);
            let values: Vec<String> = (0..cells.len())
                .map(|at| {
                    let kind = &target.columns[at].kind;
                    let old = cells[at].as_deref();
                    if all || at == column || at == 0 {
                        literal(changed(old, kind, dice).as_deref(), kind)
                    } else {
                        literal(old, kind)
                    }
                })
                .collect();
            let values = values.join(", ");
            (
                format!("insert {table}"),
                format!("INSERT INTO {table} ({names}) VALUES ({values})"),
            )
        }
        _ => (
            format!("delete {table}"),
            format!("DELETE FROM {table} WHERE {here}"),
        ),
    };
    raw.run(&sql).ok()?;
    Some((what, sql))
}

/// Spoils a store so many times, each time a fresh copy of it.
fn spoil(house: House, edits: usize) {
    let victim = Victim::new(house);
    let name = victim.house.name();
    let began = Instant::now();
    let seed = seed();
    println!("{name}: OKNO_SEED={seed}");
    let mut dice = Dice(seed);
    let (mut missed, mut found) = (Vec::new(), BTreeMap::<String, u32>::new());
    let mut drawn = 0;
    let mut redrawn = 0;
    while drawn < edits {
        let copy = victim.copy(drawn + redrawn);
        let mut raw = copy.raw();
        let mut done = None;
        // What the database refuses is drawn anew, on the same copy: nothing has changed.
        while done.is_none() {
            done = edit(&victim, &mut raw, &mut dice);
            redrawn += usize::from(done.is_none());
        }
        drop(raw);
        let (what, sql) = done.expect("just drawn");
        drawn += 1;
        let said = copy.check();
        let named = said.err.lines().any(|line| line.starts_with("okno: "));
        if said.code != 0 && named && !said.err.contains("panicked") {
            *found.entry(what).or_default() += 1;
        } else {
            missed.push(format!("{what}: {sql:.300} → {said:?}"));
        }
    }
    println!(
        "{name}: {drawn} edits in {:?} ({redrawn} refused by the database and drawn anew): {found:?}",
        began.elapsed()
    );
    println!("{name}: tables without a row: {:?}", victim.empty);
    assert!(
        missed.is_empty(),
        "{name}: {} of {drawn} missed: {missed:#?}",
        missed.len()
    );
}

#[test]
fn every_edit_by_raw_sql_is_found() {
    let houses: Vec<House> = [Some(House::sqlite()), House::postgres()]
        .into_iter()
        .flatten()
        .collect();
    let edits = if long() { 1000 } else { 50 } / houses.len();
    std::thread::scope(|threads| {
        for house in houses {
            threads.spawn(move || spoil(house, edits));
        }
    });
}

#[test]
fn a_copy_that_nobody_touched_is_sound() {
    for house in [Some(House::sqlite()), House::postgres()]
        .into_iter()
        .flatten()
    {
        let victim = Victim::new(house);
        let said = victim.copy(0).check();
        assert_eq!(said.code, 0, "{said:?}");
    }
}
