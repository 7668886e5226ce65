//! The server as a process: started on a free port, awaited until it is ready, ended softly or not.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::http::Client;

/// How long a start may take on a busy machine before the test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    log: PathBuf,
    /// From the start of the process to the first good `/readyz`.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// # Panics
    /// When it ends by itself or isn't ready in time; what it said stands in the message.
    pub(crate) fn start(command: Command, log: &Path) -> Self {
        Self::start_reading(Stdio::null(), command, log)
    }

    /// The same with something else than nothing on its standard input.
    pub(crate) fn start_reading(input: Stdio, mut command: Command, log: &Path) -> Self {
        let began = Instant::now();
        let file = fs::File::create(log).unwrap();
        let mut child = command
            .stdin(input)
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .unwrap();
        let said = || fs::read_to_string(log).unwrap_or_default();
        let address = loop {
            if let Some(address) = address_in(&said()) {
                break address;
            }
            if let Some(status) = child.try_wait().unwrap() {
                panic!("the server ended with {status}: {}", said());
            }
            assert!(
                began.elapsed() < PATIENCE,
                "no address in the log: {}",
                said()
            );
            sleep(Duration::from_millis(5));
        };
        let mut server = Self {
            child,
            address,
            log: log.to_owned(),
            ready_after: Duration::ZERO,
        };
        server.await_ready();
        server.ready_after = began.elapsed();
        server
    }

    /// Waits until `/readyz` says yes.
    pub(crate) fn await_ready(&mut self) {
        let began = Instant::now();
        loop {
            let answer = self.client().get("/readyz");
            if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
                return;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the server ended with {status}: {}", self.log());
            }
            assert!(
                began.elapsed() < PATIENCE,
                "not ready: {answer:?}; {}",
                self.log()
            );
            sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// What it said so far on standard error.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// The most memory that it has had so far, in megabytes.
    pub(crate) fn peak_memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        kilobytes.unwrap().parse::<usize>().unwrap() / 1024
    }

    /// The lines of its log that tell of trouble.
    pub(crate) fn problems(&self) -> String {
        let log = self.log();
        let troubled = |line: &&str| line.contains("ERROR") || line.contains("WARN");
        log.lines().filter(troubled).collect::<Vec<_>>().join("\n")
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and waits for the end.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "it does not stop: {}",
                self.log()
            );
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `kill` and `stop` it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(log: &str) -> Option<SocketAddr> {
    let (_, rest) = log.split_once("Okno listens on http://")?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || ".:[]".contains(c)))?;
    rest[..end].parse().ok()
}
