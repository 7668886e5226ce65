//! What the tests of the storing half share: a small slice with two protected tables, a journal
//! over it on each database, and raw ways into the data, past all rules.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::path::{Path, PathBuf};

use base::{Actor, Clock, Error, Result};
use journal::fsck::Report;
use journal::note::Verifier;
use journal::{DataKey, Journal, Keys, NewEntry, Placer, Recorded, Sealer};
use store::testing::Fresh;
use store::{Backend, Blobs, Migrations, Store, Table, Tx, args};
use tokio::runtime::Runtime;
use uuid::Uuid;

pub(crate) const THING: Table = Table {
    name: "thing",
    key: &["id"],
};
pub(crate) const PART: Table = Table {
    name: "part",
    key: &["thing_id", "n"],
};
pub(crate) const TABLES: [&Table; 2] = [&THING, &PART];

pub(crate) const SLICE: Migrations = Migrations {
    slice: "things",
    files: &[(
        "0001_things",
        "CREATE TABLE thing (id {UUID} PRIMARY KEY, title TEXT NOT NULL, weight BIGINT NOT NULL, \
           secret {BYTES}, data_key_id {UUID} NOT NULL);\n\
         --[guard thing]\n\
         CREATE TABLE part (thing_id {UUID} NOT NULL, n BIGINT NOT NULL, words TEXT NOT NULL, \
           PRIMARY KEY (thing_id, n));\n\
         --[guard part]\n\
         CREATE TABLE seen (seq {BIGSERIAL}, follower TEXT NOT NULL, idx BIGINT NOT NULL, \
           entity_id {UUID} NOT NULL, version BIGINT NOT NULL);\n",
    )],
    small: &[],
};

pub(crate) const ACTOR: Actor = Actor::system("test");

pub(crate) fn migrations() -> [Migrations; 2] {
    [journal::MIGRATIONS, SLICE]
}

pub(crate) fn long() -> bool {
    std::env::var_os("OKNO_LONG").is_some_and(|value| value == "1")
}

/// A journal of its own, with keys, guard and published tiles in a folder.
pub(crate) struct Log {
    pub(crate) journal: Journal,
    pub(crate) placer: Placer,
    pub(crate) sealer: Sealer,
    pub(crate) blobs: Blobs,
    pub(crate) runtime: Runtime,
    pub(crate) fresh: Fresh,
    pub(crate) folder: tempfile::TempDir,
}

impl Log {
    /// One on each database that can be had.
    pub(crate) fn all() -> Vec<Self> {
        Self::all_at(&Clock::system())
    }

    pub(crate) fn all_at(clock: &Clock) -> Vec<Self> {
        Fresh::all_at(&migrations(), clock)
            .into_iter()
            .map(Self::over)
            .collect()
    }

    pub(crate) fn sqlite() -> Self {
        Self::over(Fresh::sqlite(&migrations()))
    }

    pub(crate) fn postgres() -> Option<Self> {
        Fresh::postgres(&migrations()).map(Self::over)
    }

    fn over(fresh: Fresh) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), Some("okno/test"), true).unwrap();
        let journal = Journal::new(fresh.store.clone(), keys).unwrap();
        let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
        Self {
            placer: Placer::new(fresh.store.clone()).unwrap(),
            sealer: Sealer::new(journal.clone(), blobs.clone()).unwrap(),
            runtime: Runtime::new().unwrap(),
            journal,
            blobs,
            fresh,
            folder,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self.fresh.settings.backend {
            Backend::Sqlite { .. } => "SQLite",
            Backend::Postgres { .. } => "PostgreSQL",
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.fresh.store
    }

    pub(crate) fn guard_file(&self) -> PathBuf {
        self.folder.path().join("keys/guard")
    }

    pub(crate) fn published(&self) -> PathBuf {
        self.folder.path().join("blobs/log")
    }

    pub(crate) fn place(&self) -> usize {
        self.placer.place_all_blocking().unwrap()
    }

    pub(crate) fn seal(&self) {
        self.runtime.block_on(self.sealer.seal()).unwrap();
    }

    pub(crate) fn check(&self) -> Report {
        let check = journal::fsck::check(&self.journal, &self.blobs, TABLES.to_vec());
        match self.runtime.block_on(check) {
            Ok(report) => report,
            Err(Error::Internal(detail)) => panic!("{}: {}", self.name(), detail.for_the_log()),
            Err(error) => panic!("{}: {error}", self.name()),
        }
    }

    pub(crate) fn assert_sound(&self) -> Report {
        let report = self.check();
        assert_eq!(report.faults, Vec::<String>::new(), "{}", self.name());
        report
    }

    pub(crate) fn verifier(&self) -> Verifier {
        let epoch = self.journal.epoch();
        self.journal
            .keys()
            .note_key(epoch)
            .unwrap()
            .verifier()
            .clone()
    }

    pub(crate) fn proof(&self, id: Uuid) -> Option<String> {
        let journal = self.journal.clone();
        self.store()
            .read_blocking(move |db| journal.proof(db, id, &["title"]))
            .unwrap()
    }

    pub(crate) fn new_thing(&self, title: &str) -> Uuid {
        let id = base::id::new_uuid(self.store().now());
        let (journal, title) = (self.journal.clone(), title.to_owned());
        self.store()
            .change_blocking(&ACTOR, move |tx| make(&journal, tx, id, &title).map(|_| ()))
            .unwrap();
        id
    }

    pub(crate) fn change(&self, id: Uuid, title: &str) -> Recorded {
        let (journal, title) = (self.journal.clone(), title.to_owned());
        self.store()
            .change_blocking(&ACTOR, move |tx| rename(&journal, tx, id, &title))
            .unwrap()
    }

    pub(crate) fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        self.store()
            .read_blocking(move |db| db.one(&sql, &[], |row| row.get(0)))
            .unwrap()
    }

    /// Statements past all rules: no guard, no foreign keys.
    pub(crate) fn raw(&self) -> Raw {
        Raw::open(&self.fresh.settings.backend)
    }
}

/// Another process over the same keys and published files: a restored file, a second node.
pub(crate) struct Node {
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) placer: Placer,
    pub(crate) sealer: Sealer,
}

impl Log {
    pub(crate) fn node(&self, settings: &store::Settings, clock: &Clock) -> Node {
        let store = Store::open(settings, clock.clone(), &migrations()).unwrap();
        let keys = Keys::open(&self.folder.path().join("keys"), None, false).unwrap();
        let journal = Journal::new(store.clone(), keys).unwrap();
        Node {
            placer: Placer::new(store.clone()).unwrap(),
            sealer: Sealer::new(journal.clone(), self.blobs.clone()).unwrap(),
            store,
            journal,
        }
    }

    pub(crate) fn seal_by(&self, sealer: &Sealer) -> Option<journal::Alarm> {
        self.runtime.block_on(sealer.seal()).unwrap();
        sealer.sealed().borrow().alarm
    }

    pub(crate) fn check_by(&self, node: &Node) -> Report {
        let check = journal::fsck::check(&node.journal, &self.blobs, TABLES.to_vec());
        self.runtime.block_on(check).unwrap()
    }
}

/// Makes a thing with a key of its own.
pub(crate) fn make(journal: &Journal, tx: &mut Tx<'_>, id: Uuid, title: &str) -> Result<Recorded> {
    tx.lock("thing", id)?;
    let key = journal.keys().create(tx, "thing", id)?;
    let secret = key.seal("thing.secret", title.as_bytes())?;
    tx.write(
        &THING,
        "INSERT INTO thing (id, title, weight, secret, data_key_id) VALUES ($1,$2,1,$3,$4)",
        args![id, title, secret, key.id()],
    )?;
    tell(journal, tx, id, "thing.made", title, key, true)
}

/// Changes a thing; its weight is the number of its changes.
pub(crate) fn rename(
    journal: &Journal,
    tx: &mut Tx<'_>,
    id: Uuid,
    title: &str,
) -> Result<Recorded> {
    tx.lock("thing", id)?;
    let found = tx.write_returning(
        &THING,
        "UPDATE thing SET title = $2, weight = weight + 1 WHERE id = $1",
        args![id, title],
        |row| {
            Ok((
                row.named::<i64>("weight")?,
                row.named::<Uuid>("data_key_id")?,
            ))
        },
    )?;
    let [(weight, key)] = found[..] else {
        return Err(Error::NotFound);
    };
    tx.write(
        &PART,
        "INSERT INTO part (thing_id, n, words) VALUES ($1,$2,$3) \
         ON CONFLICT (thing_id, n) DO UPDATE SET words = excluded.words",
        args![id, weight % 3, title],
    )?;
    let key = journal.keys().load(tx, key)?;
    tell(journal, tx, id, "thing.renamed", title, key, false)
}

/// Adds a part and leaves the thing's own row alone: nothing but the lock puts such changes in an
/// order.
pub(crate) fn add_part(journal: &Journal, tx: &mut Tx<'_>, id: Uuid) -> Result<Recorded> {
    tx.lock("thing", id)?;
    let n = i64::from_be_bytes(base::id::random()) >> 1;
    tx.write(
        &PART,
        "INSERT INTO part (thing_id, n, words) VALUES ($1,$2,'ещё часть')",
        args![id, n],
    )?;
    let key = journal.keys().installation();
    tell(journal, tx, id, "thing.part_added", "часть", key, false)
}

/// Records what was done to a thing.
pub(crate) fn tell(
    journal: &Journal,
    tx: &mut Tx<'_>,
    id: Uuid,
    action: &'static str,
    title: &str,
    key: DataKey,
    first: bool,
) -> Result<Recorded> {
    journal.record(
        tx,
        NewEntry {
            action,
            kind: "thing",
            id,
            fields: vec![("title", title.to_owned()), ("phone", "+7 900".to_owned())],
            occurred_at: None,
            key,
            first,
        },
    )
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn unseeded() -> Self {
        Self(u64::from_be_bytes(base::id::random()))
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % bound as u64).unwrap()
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.roll().is_multiple_of(n)
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// A connection past all rules.
pub(crate) enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Client),
}

impl Raw {
    pub(crate) fn open(backend: &Backend) -> Self {
        match backend {
            Backend::Sqlite { file } => Self::sqlite(file),
            Backend::Postgres { url } => {
                let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
                client
                    .batch_execute("SET session_replication_role = replica")
                    .unwrap();
                Self::Postgres(client)
            }
        }
    }

    pub(crate) fn sqlite(file: &Path) -> Self {
        let connection = rusqlite::Connection::open(file).unwrap();
        connection
            .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 5000")
            .unwrap();
        Self::Sqlite(connection)
    }

    /// Runs statements; what the database itself refuses is the answer.
    pub(crate) fn run(&mut self, sql: &str) -> std::result::Result<(), String> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).map_err(|e| e.to_string()),
            Self::Postgres(client) => client.batch_execute(sql).map_err(|e| e.to_string()),
        }
    }
}
