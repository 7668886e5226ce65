//! A house of its own for each test: folders, settings and a database that are gone when the test
//! is over, and the real server in it, started and ended in every way that there is.

mod database;
mod dice;
mod filing;
mod http;
mod routes;
mod server;

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use database::{Cluster, Database, Raw, postgres_program};
pub(crate) use dice::Dice;
pub(crate) use filing::{APPLICANT, Filed, filing, form};
pub(crate) use http::{Answer, Client, read_answer};
pub(crate) use routes::{Route, routes, sources};
pub(crate) use server::Server;
use tempfile::TempDir;

/// Whether the full counts are asked for.
pub(crate) fn long() -> bool {
    std::env::var_os("OKNO_LONG").is_some_and(|value| value == "1")
}

/// What draws begin with: the same each time, unless `OKNO_SEED` says otherwise.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("OKNO_SEED").ok();
    given.map_or(20_261_122, |text| {
        text.parse().expect("OKNO_SEED is a number")
    })
}

/// Folders, settings and database of one installation.
pub(crate) struct House {
    folder: TempDir,
    database: Option<Database>,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    /// Over SQLite.
    pub(crate) fn sqlite() -> Self {
        Self::over(None)
    }

    /// Over a database of its own on the cluster for tests; none without such a cluster.
    pub(crate) fn postgres() -> Option<Self> {
        Cluster::of_tests().map(|cluster| Self::over(Some(cluster.database())))
    }

    /// Over a database.
    pub(crate) fn over(database: Option<Database>) -> Self {
        let folder = tempfile::Builder::new().prefix("okno-").tempdir().unwrap();
        let house = Self { folder, database };
        // The load of a test comes from one address, which no person does.
        house.configure("api_burst = 1000000\n");
        house
    }

    /// Replaces the settings file.
    pub(crate) fn configure(&self, toml: &str) {
        fs::write(self.path("okno.toml"), toml).unwrap();
    }

    pub(crate) fn name(&self) -> &'static str {
        if self.database.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    }

    /// A place in the folder of this house, without symbolic links in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// The folder of all that must last; the log of the server isn't in it.
    pub(crate) fn kept(&self) -> PathBuf {
        self.path("kept")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.kept().join("data")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.kept().join("keys")
    }

    pub(crate) fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// A connection to the store past all rules.
    pub(crate) fn raw(&self) -> Raw {
        match &self.database {
            None => Raw::sqlite(&self.data().join("okno.db")),
            Some(database) => database.raw(),
        }
    }

    /// A command of the binary in this house.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let url = self.database.as_ref().map(Database::url);
        command_at(
            &self.data(),
            &self.keys(),
            &self.path("okno.toml"),
            url,
            words,
        )
    }

    /// Starts the server on a free port and waits until it is ready.
    pub(crate) fn start(&self) -> Server {
        self.start_with(&[])
    }

    /// The same with variables in its environment.
    pub(crate) fn start_with(&self, environment: &[(&str, &str)]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.envs(environment.iter().copied());
        Server::start(command, &self.path("log"))
    }

    /// Starts the server as a service manager does that holds the socket: it is descriptor 3, and
    /// the variables of `sd_listen_fds(3)` say so.
    pub(crate) fn start_on(&self, socket: &TcpListener) -> Server {
        self.start_on_with(socket, &[])
    }

    /// The same with variables in its environment.
    pub(crate) fn start_on_with(
        &self,
        socket: &TcpListener,
        environment: &[(&str, &str)],
    ) -> Server {
        let mut given = self.command(&["serve"]);
        given.envs(environment.iter().copied());
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg("exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" \"$@\"")
            .arg(given.get_program())
            .args(given.get_args());
        for (name, value) in given.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let socket = OwnedFd::from(socket.try_clone().unwrap());
        Server::start_reading(socket.into(), command, &self.path("log"))
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        said_by(self.command(words), "")
    }

    /// The same with something on standard input.
    pub(crate) fn run_saying(&self, words: &[&str], input: &str) -> Said {
        said_by(self.command(words), input)
    }

    /// # Panics
    /// When the checker of the log finds anything.
    pub(crate) fn assert_sound(&self, when: &str) {
        let said = self.run(&["log", "fsck"]);
        let sound = said.code == 0 && said.out.contains("faults 0");
        assert!(sound, "{}, {when}: {said:?}", self.name());
    }

    /// Every case filed over the interface has its key and the entry that tells of it, and none of
    /// these is there without the other two.
    pub(crate) fn assert_nothing_half_written(&self, when: &str) {
        let mut raw = self.raw();
        let mut count = |sql: &str| raw.number(sql);
        let cases = count("SELECT count(*) FROM case_file");
        let keys = count("SELECT count(*) FROM case_idempotency");
        let entries = count("SELECT count(*) FROM journal WHERE action = 'case.filed'");
        let bodies = count(
            "SELECT count(*) FROM journal j JOIN journal_body b ON b.entry_id = j.id \
             JOIN case_file c ON c.id = j.entity_id WHERE j.action = 'case.filed'",
        );
        let all = [cases, keys, entries, bodies];
        assert!(
            all.iter().all(|count| *count == cases),
            "{}, {when}: cases, keys, entries, bodies = {all:?}",
            self.name()
        );
    }

    /// The password of the demo sign-ins, as the server's log names it.
    pub(crate) fn demo_password(server: &Server) -> String {
        let log = server.log();
        let line = log
            .lines()
            .find(|line| line.contains("roads@okno.example / "));
        let line = line.unwrap_or_else(|| panic!("no demo sign-in in the log: {log}"));
        let (_, rest) = line.split_once("roads@okno.example / ").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

/// The binary with everything named, and nothing of the surroundings' settings.
pub(crate) fn command_at(
    data: &Path,
    keys: &Path,
    config: &Path,
    url: Option<&str>,
    words: &[&str],
) -> Command {
    let mut command = binary();
    command
        .args(words)
        .arg("--data")
        .arg(data)
        .arg("--keys")
        .arg(keys)
        .arg("--config")
        .arg(config);
    if let Some(url) = url {
        command.env("OKNO_DATABASE_URL", url);
    }
    command
}

/// The binary without any word; `OKNO_TEST_BIN` names another build of it than the one at hand.
pub(crate) fn binary() -> Command {
    let other = std::env::var_os("OKNO_TEST_BIN");
    let mut command = Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_okno").into()));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OKNO_") {
            command.env_remove(name);
        }
    }
    command.env_remove("RUST_LOG").env("NO_COLOR", "1");
    command
}

/// Runs a command to its end, with `input` on its standard input.
pub(crate) fn said_by(mut command: Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// On SQLite, and on PostgreSQL when there is a cluster for tests.
pub(crate) fn on_both(test: impl Fn(&House)) {
    test(&House::sqlite());
    if let Some(house) = House::postgres() {
        test(&house);
    }
}

/// In the long run on both, else on SQLite: for stories that are minutes of waiting, of which each
/// database has its own every day.
pub(crate) fn on_sqlite_or_both(test: impl Fn(&House)) {
    if long() {
        on_both(test);
    } else {
        test(&House::sqlite());
    }
}

/// In the long run on both, else on PostgreSQL, or SQLite where there is no cluster for tests.
pub(crate) fn on_postgres_or_both(test: impl Fn(&House)) {
    match House::postgres() {
        Some(house) if !long() => test(&house),
        _ => on_both(test),
    }
}
