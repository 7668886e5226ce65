//! The database itself falls: PostgreSQL is stopped under load in the way that loses everything it
//! had not made durable. What was accepted is there when it is up again, and the server, which was
//! never restarted, goes on by itself. Needs a cluster of the test's own; part of the long run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::kill::Trial;
use crate::support::{Cluster, House, long, postgres_program};

/// A cluster that nobody else uses.
struct OwnCluster {
    folder: TempDir,
    control: PathBuf,
    port: u16,
}

/// The server of PostgreSQL does not run as root; the account of its package does it.
fn as_postgres(program: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        let mut command = Command::new("runuser");
        command
            .args(["-u", "postgres", "--"])
            .arg(program)
            .current_dir("/");
        return command;
    }
    Command::new(program)
}

impl OwnCluster {
    fn new() -> Option<Self> {
        let (Some(init), Some(control)) = (postgres_program("initdb"), postgres_program("pg_ctl"))
        else {
            println!("skipped: no programs of PostgreSQL's server here");
            return None;
        };
        let folder = tempfile::Builder::new()
            .prefix("okno-pg-")
            .tempdir()
            .unwrap();
        open_to_all(folder.path());
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let own = Self {
            folder,
            control,
            port,
        };
        let made = as_postgres(&init)
            .arg("-D")
            .arg(own.data())
            .args([
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ])
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        own.start();
        Some(own)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn control(&self, words: &[&str]) -> bool {
        let mut command = as_postgres(&self.control);
        command
            .arg("-D")
            .arg(self.data())
            .args(["-s", "-w", "-t", "60"])
            .args(words);
        // A server that inherits a pipe would keep it open for ever.
        command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.status().unwrap().success()
    }

    fn start(&self) {
        let log = self.folder.path().join("log");
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100",
            self.port
        );
        assert!(
            self.control(&["-l", log.to_str().unwrap(), "-o", &options, "start"]),
            "the cluster starts"
        );
    }

    fn fall(&self) {
        assert!(
            self.control(&["-m", "immediate", "stop"]),
            "the cluster stops"
        );
    }

    fn cluster(&self) -> Cluster {
        Cluster::at(format!(
            "postgres://postgres@127.0.0.1:{}/postgres",
            self.port
        ))
    }
}

impl Drop for OwnCluster {
    fn drop(&mut self) {
        self.control(&["-m", "immediate", "stop"]);
    }
}

/// The folder is root's when the tests are, and the cluster belongs to another account.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
}

#[test]
fn what_was_accepted_survives_a_fall_of_the_database() {
    if !long() {
        println!("skipped: part of the long run (OKNO_LONG=1)");
        return;
    }
    let Some(own) = OwnCluster::new() else { return };
    let house = House::over(Some(own.cluster().database()));
    let mut trial = Trial::new(&house, 11);
    // Whether a change that was on its way is done, nobody knows before the database is back: 500.
    trial.refusals = &[429, 500, 503];
    for round in 1..=10 {
        let mut survivor = None;
        let promises = trial.load_until(trial.start(), |server| {
            own.fall();
            // Clients go on meanwhile and are refused.
            std::thread::sleep(Duration::from_millis(300));
            own.start();
            survivor = Some(server);
        });
        let mut server = survivor.expect("handed over");
        server.await_ready();
        let lost = trial.lost(&server, &promises);
        println!(
            "fall {round}: {} promised, {} lost",
            promises.len(),
            lost.len()
        );
        assert!(lost.is_empty(), "{lost:#?}");
        assert!(server.stop().success());
        house.assert_sound(&format!("after fall {round}"));
        house.assert_nothing_half_written(&format!("after fall {round}"));
        trial.promises.extend(promises);
    }
}
