//! The servers under test as processes: the real binary on a fresh folder, and the baselines.
//! Each ends with its value.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::baseline::LISTENS;
use crate::machine;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_mins(3);
/// How long it may take to stop.
const GRACE: Duration = Duration::from_secs(25);

/// Limits that would end the load rather than measure it are lifted; all else is as delivered.
/// Whoever forwards from this machine is believed, so that people can come from addresses of their own.
const SETTINGS: &str = "api_burst = 4000000000\nproxies = [\"127.0.0.1/32\"]\n";

/// Lines of its log that are told when a server has ended.
const LAST_LINES: usize = 15;

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From its start to the first answer that it is ready.
    pub(crate) ready: Duration,
    /// Its keys and settings.
    pub(crate) keys: PathBuf,
    /// The folder of all that is its own.
    pub(crate) place: PathBuf,
    binary: PathBuf,
    database: Option<String>,
}

impl Server {
    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Starts the real server on the folder `place`, which is empty or holds a store.
    pub(crate) fn okno(
        binary: &Path,
        place: &Path,
        bare: bool,
        database: Option<&str>,
    ) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("{}: {error}", place.display());
        fs::create_dir_all(place).map_err(told)?;
        fs::write(place.join("bench.toml"), SETTINGS).map_err(told)?;
        let log = File::create(place.join("log")).map_err(told)?;
        let address = free_address().map_err(told)?;
        let mut command = of_okno(binary, place, database);
        command
            .arg("serve")
            .args(["--listen", &address.to_string()]);
        if bare {
            command.arg("--bare");
        }
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(told)?)
            .stderr(log);
        let began = Instant::now();
        let child = command
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let mut server = Self {
            child,
            address,
            ready: Duration::ZERO,
            keys: place.join("keys"),
            place: place.to_owned(),
            binary: binary.to_owned(),
            database: database.map(str::to_owned),
        };
        while !is_ready(address) {
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!(
                    "the server ended ({status}): {}",
                    server.last_words()
                ));
            }
            if began.elapsed() > PATIENCE {
                return Err("the server does not become ready".to_owned());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        server.ready = began.elapsed();
        Ok(server)
    }

    /// Starts another one of the same binary on a folder and a database of its own.
    pub(crate) fn okno_beside(other: &Self, place: &Path, database: &str) -> Result<Self, String> {
        Self::okno(&other.binary, place, false, Some(database))
    }

    /// Starts a baseline: this program again with `args`.
    pub(crate) fn baseline(args: &[&str]) -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new(own)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            // A line cannot be long: it is our own.
            let read = BufReader::new(out.take(1024)).read_line(&mut line);
            read.map_err(|error| error.to_string())?;
        }
        let address = line
            .trim()
            .strip_prefix(LISTENS)
            .and_then(|address| address.parse().ok())
            .ok_or("the baseline did not start")?;
        Ok(Self {
            child,
            address,
            ready: Duration::ZERO,
            keys: PathBuf::new(),
            place: PathBuf::new(),
            binary: PathBuf::new(),
            database: None,
        })
    }

    /// Whether the process has ended.
    pub(crate) fn has_ended(&self) -> bool {
        machine::has_ended(self.pid())
    }

    /// The end of its log, without the passwords of the demo.
    pub(crate) fn last_words(&self) -> String {
        let log = fs::read_to_string(self.place.join("log")).unwrap_or_default();
        let lines = log.trim().lines();
        let lines: Vec<&str> = lines
            .filter(|line| !line.contains("demo sign-in"))
            .collect();
        lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
    }

    /// Whether a line stands in its log.
    pub(crate) fn has_said(&self, words: &str) -> bool {
        let log = fs::read_to_string(self.place.join("log")).unwrap_or_default();
        log.contains(words)
    }

    /// Runs a command of the same store beside the server; what it said.
    pub(crate) fn told(&self, args: &[&str], input: &str) -> Result<String, String> {
        let mut child = of_okno(&self.binary, &self.place, self.database.as_deref())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that does not listen ends with its own words.
            _ = stdin.write_all(input.as_bytes());
        }
        let ended = child
            .wait_with_output()
            .map_err(|error| error.to_string())?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if ended.status.success() {
            Ok(said(&ended.stdout))
        } else {
            Err(said(&ended.stderr))
        }
    }
}

/// A command of the binary over the store in a folder. Nothing of our own environment comes along.
fn of_okno(binary: &Path, place: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OKNO_") {
            command.env_remove(name);
        }
    }
    if let Some(url) = database {
        command.env("OKNO_DATABASE_URL", url);
    }
    command.env("OKNO_CONFIG", place.join("bench.toml"));
    command.env("OKNO_DATA", place.join("data"));
    command.env("OKNO_KEYS", place.join("keys"));
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let began = Instant::now();
        while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && began.elapsed() < GRACE
        {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// Whether `/readyz` answers 200.
fn is_ready(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream
            .write_all(b"GET /readyz HTTP/1.1\r\nhost: okno.bench\r\nconnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok::<_, std::io::Error>(&answer == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}

/// Builds the server from this source as it is delivered.
pub(crate) fn build() -> Result<PathBuf, String> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "okno"])
        .status()
        .map_err(|error| error.to_string())?;
    if !built.success() {
        return Err("the server cannot be built".to_owned());
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(own.with_file_name("okno"))
}
