//! For tests: a fresh store on each engine, gone when the test is over. SQLite always; PostgreSQL
//! when `OKNO_TEST_POSTGRES` names a cluster where databases may be made.

use std::path::PathBuf;

use base::{Clock, Result};
use postgres::{Client, NoTls};

use crate::migration::Migrations;
use crate::settings::Settings;
use crate::store::Store;

/// A store of its own for one test.
#[derive(Debug)]
pub struct Fresh {
    /// The store.
    pub store: Store,
    /// How it was opened, so that a test can open it a second time.
    pub settings: Settings,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Database { cluster: String, name: String },
}

impl Drop for Place {
    fn drop(&mut self) {
        match self {
            Place::Folder(folder) => {
                if let Err(error) = std::fs::remove_dir_all(&*folder) {
                    eprintln!("{} stays: {error}", folder.display());
                }
            }
            Place::Database { cluster, name } => {
                on_cluster(cluster, &format!("DROP DATABASE {name} WITH (FORCE)"));
            }
        }
    }
}

impl Fresh {
    /// On SQLite, with the machine's clock.
    pub fn sqlite(migrations: &[Migrations]) -> Self {
        Self::sqlite_at(migrations, Clock::system())
    }

    /// On SQLite, with a clock of the test's.
    pub fn sqlite_at(migrations: &[Migrations], clock: Clock) -> Self {
        let folder = std::env::temp_dir().join(random_name());
        let settings = Settings::sqlite(folder.join("okno.sqlite"));
        Self::open(settings, Place::Folder(folder), migrations, clock)
    }

    /// On PostgreSQL, with the machine's clock; none when there is no cluster for tests.
    pub fn postgres(migrations: &[Migrations]) -> Option<Self> {
        Self::postgres_at(migrations, Clock::system())
    }

    /// On PostgreSQL, with a clock of the test's; none when there is no cluster for tests.
    pub fn postgres_at(migrations: &[Migrations], clock: Clock) -> Option<Self> {
        let Ok(cluster) = std::env::var("OKNO_TEST_POSTGRES") else {
            println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
            return None;
        };
        let name = random_name();
        on_cluster(&cluster, &format!("CREATE DATABASE {name}"));
        let mut settings = Settings::postgres(with_database(&cluster, &name));
        // Tests run side by side and share the cluster's connections.
        settings.writers = 4;
        settings.readers = 2;
        let place = Place::Database { cluster, name };
        Some(Self::open(settings, place, migrations, clock))
    }

    /// One on each engine that can be had, with the machine's clock.
    pub fn all(migrations: &[Migrations]) -> Vec<Self> {
        Self::all_at(migrations, &Clock::system())
    }

    /// One on each engine that can be had, with a clock of the test's.
    pub fn all_at(migrations: &[Migrations], clock: &Clock) -> Vec<Self> {
        let mut all = vec![Self::sqlite_at(migrations, clock.clone())];
        all.extend(Self::postgres_at(migrations, clock.clone()));
        all
    }

    /// # Panics
    /// When the store cannot be opened: there is no test without it.
    fn open(settings: Settings, place: Place, migrations: &[Migrations], clock: Clock) -> Self {
        let store = Store::open(&settings, clock, migrations)
            .unwrap_or_else(|error| panic!("a store for a test: {error}"));
        Self {
            store,
            settings,
            place,
        }
    }

    /// The folder of a store on SQLite, for what lies beside the database.
    pub fn folder(&self) -> Option<&std::path::Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::Database { .. } => None,
        }
    }
}

/// Runs a test on each engine that can be had. `open` gives a fresh store; all of them go when
/// the run on that engine is over.
pub fn both(test: impl Fn(&dyn Fn(&[Migrations]) -> Store)) {
    let run = |fresh: &dyn Fn(&[Migrations]) -> Fresh| {
        let opened = std::cell::RefCell::new(Vec::new());
        test(&|migrations| {
            let one = fresh(migrations);
            let store = one.store.clone();
            opened.borrow_mut().push(one);
            store
        });
    };
    run(&Fresh::sqlite);
    if std::env::var_os("OKNO_TEST_POSTGRES").is_some() {
        run(&|migrations| Fresh::postgres(migrations).expect("the variable is set"));
    } else {
        println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
    }
}

/// Limits the file of SQLite to a number of pages, as a full disk would.
pub fn limit_pages(store: &Store, pages: u32) -> Result<()> {
    store.limit_pages(pages)
}

fn random_name() -> String {
    format!("okno_test_{:016x}", u64::from_be_bytes(base::id::random()))
}

fn with_database(cluster: &str, name: &str) -> String {
    let (address, options) = cluster.split_once('?').unwrap_or((cluster, ""));
    let server = address
        .rsplit_once('/')
        .filter(|(before, _)| !before.ends_with('/'))
        .map_or(address, |(server, _)| server);
    let question = if options.is_empty() { "" } else { "?" };
    format!("{server}/{name}{question}{options}")
}

/// Runs one statement on the cluster, on a thread of its own, because tests may be asynchronous.
fn on_cluster(cluster: &str, sql: &str) {
    let ran = std::thread::scope(|scope| {
        scope
            .spawn(|| Client::connect(cluster, NoTls).and_then(|mut c| c.batch_execute(sql)))
            .join()
    });
    match ran {
        Ok(Ok(())) => {}
        Ok(Err(error)) => eprintln!("the cluster for tests refused: {error}"),
        Err(_) => eprintln!("the client of the cluster for tests panicked"),
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_takes_its_place_in_the_address() {
        assert_eq!(
            with_database("postgres://u@h:1/postgres?a=b", "x"),
            "postgres://u@h:1/x?a=b"
        );
        assert_eq!(with_database("postgres://u@h:1", "x"), "postgres://u@h:1/x");
    }
}
