//! The servers under test as processes: the real binary on a fresh folder, and the baselines.
//! Each ends with its value.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::baseline::LISTENS;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take to stop.
const GRACE: Duration = Duration::from_secs(25);

/// Limits that would end the load rather than measure it are lifted; all else is as delivered.
const SETTINGS: &str = "api_burst = 4000000000\n";

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From its start to the first answer that it is ready.
    pub(crate) ready: Duration,
    /// Its keys and settings.
    pub(crate) keys: PathBuf,
}

impl Server {
    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Starts the real server on the empty folder `place`.
    pub(crate) fn okno(
        binary: &Path,
        place: &Path,
        bare: bool,
        database: Option<&str>,
    ) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("{}: {error}", place.display());
        fs::create_dir_all(place).map_err(told)?;
        let config = place.join("okno.toml");
        fs::write(&config, SETTINGS).map_err(told)?;
        let log = File::create(place.join("log")).map_err(told)?;
        let address = free_address().map_err(told)?;
        let keys = place.join("keys");
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .args(["--listen", &address.to_string()])
            .arg("--config")
            .arg(&config)
            .arg("--data")
            .arg(place.join("data"))
            .arg("--keys")
            .arg(&keys);
        if bare {
            command.arg("--bare");
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("OKNO_") {
                command.env_remove(name);
            }
        }
        if let Some(url) = database {
            command.env("OKNO_DATABASE_URL", url);
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
            keys,
        };
        while !is_ready(address) {
            if let Ok(Some(status)) = server.child.try_wait() {
                let log = fs::read_to_string(place.join("log")).unwrap_or_default();
                return Err(format!("the server ended ({status}): {}", log.trim()));
            }
            if began.elapsed() > PATIENCE {
                return Err("the server does not become ready".to_owned());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        server.ready = began.elapsed();
        Ok(server)
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
        })
    }
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
