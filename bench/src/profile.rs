//! Where the time goes: `perf` looks at the server for some seconds under the same load, and the
//! functions that it found at work stand below the table of what missed its target.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Functions that are told.
const MOST: usize = 15;
/// Kinds of threads that are told.
const MOST_THREADS: usize = 8;
/// Looks a second.
const LOOKS: &str = "499";
/// Seconds for which the load goes on beyond the profile, because `perf` takes a while to begin.
pub(crate) const SLACK: f64 = 3.0;
/// How long `perf` may go on after its time.
const GRACE: Duration = Duration::from_secs(20);

/// So often it is tried.
const TRIES: usize = 5;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// The functions at work in a process while `load` runs, as part of a report.
pub(crate) async fn during<T>(
    what: &str,
    pid: u32,
    seconds: f64,
    place: &Path,
    load: impl Future<Output = T>,
) -> String {
    let file = place.join("perf.data");
    let (_, recorded) = tokio::join!(load, recorded(pid, seconds, &file));
    let told = recorded.and_then(|()| {
        let functions = report(&file, "overhead,dso,symbol")?;
        Ok((functions, report(&file, "overhead,comm")?))
    });
    drop(std::fs::remove_file(&file));
    let (functions, threads) = match told {
        Ok(told) => told,
        Err(error) => return format!("\nNo profile of {what}: {error}.\n"),
    };
    let rows = rows(&functions);
    if rows.is_empty() {
        return format!("\nNo profile of {what}: `perf` saw nothing of the process.\n");
    }
    let lines: String = rows
        .iter()
        .map(|(share, symbol)| format!("| {share} | `{}` |\n", symbol.replace('|', "\\|")))
        .collect();
    format!(
        "\nWhere the time goes in {what} (own time), by threads: {}; by functions:\n\n| share | function |\n|---|---|\n{lines}",
        by_threads(&threads)
    )
}

/// What `perf` tells of a recording in these columns.
fn report(file: &Path, columns: &str) -> Result<String, String> {
    let report = Command::new("perf")
        .args(["report", "--stdio", "--no-children", "-F", columns, "-i"])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if report.status.success() {
        return Ok(String::from_utf8_lossy(&report.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&report.stderr);
    Err(said.trim().to_owned())
}

/// Records a process for some seconds. It is tried again at once when a thread ended while `perf`
/// was looking them all up.
async fn recorded(pid: u32, seconds: f64, file: &Path) -> Result<(), String> {
    let mut said = String::new();
    for _ in 0..TRIES {
        let child = Command::new("perf")
            .args(["record", "-F", LOOKS, "-p", &pid.to_string(), "-o"])
            .arg(file)
            .args(["--", "sleep", &seconds.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| "`perf` is not installed".to_owned())?;
        let mut running = Running(child);
        let until = Instant::now() + GRACE + Duration::from_secs_f64(seconds);
        let status = loop {
            match running.0.try_wait() {
                Ok(None) if Instant::now() > until => return Err("`perf` did not end".to_owned()),
                Ok(None) => tokio::time::sleep(Duration::from_millis(50)).await,
                Ok(Some(status)) => break status,
                Err(error) => return Err(error.to_string()),
            }
        };
        if status.success() {
            return Ok(());
        }
        said.clear();
        if let Some(mut stderr) = running.0.stderr.take() {
            // What cannot be read is not told.
            _ = stderr.read_to_string(&mut said);
        }
    }
    let said = said.lines().next().unwrap_or_default();
    Err(format!("`perf` says “{said}”"))
}

/// The lines of a report that are no remarks, each as its share and the rest.
fn shares(report: &str) -> impl Iterator<Item = (&str, &str)> {
    report
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(char::is_whitespace))
        .filter(|(share, _)| share.ends_with('%'))
        .map(|(share, rest)| (share, rest.trim()))
}

/// The kinds of threads that were at work, in words.
fn by_threads(report: &str) -> String {
    let told: Vec<String> = shares(report)
        .take(MOST_THREADS)
        .map(|(share, name)| format!("`{name}` {share}"))
        .collect();
    told.join(", ")
}

/// Share and name of the functions at the top of a report of `perf`.
fn rows(report: &str) -> Vec<(String, String)> {
    shares(report)
        .filter_map(|(share, rest)| {
            let (dso, symbol) = rest.split_once(char::is_whitespace)?;
            let symbol = symbol.trim().trim_start_matches("[.] ").trim();
            let kernel = symbol.strip_prefix("[k] ");
            let symbol = match kernel {
                Some(symbol) => format!("kernel: {symbol}"),
                None if dso.starts_with("okno") => symbol.to_owned(),
                None => format!("{dso}: {symbol}"),
            };
            Some((share.to_owned(), symbol))
        })
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_read_out_of_a_report() {
        let report = "# To display\n#\n  12.50%  okno           [.] sqlite3VdbeExec\n   3.10%  [kernel.kallsyms]  [k] fsync\n   1.00%  libc.so.6  [.] memcpy\n\n";
        let found: Vec<_> = rows(report);
        let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(
            names,
            ["sqlite3VdbeExec", "kernel: fsync", "libc.so.6: memcpy"]
        );
        assert_eq!(found[0].0, "12.50%");
    }

    #[test]
    fn threads_are_read_out_of_a_report() {
        let report =
            "# Overhead  Command\n    52.08%  tokio-rt-worker\n    27.17%  store-writer   \n\n";
        assert_eq!(
            by_threads(report),
            "`tokio-rt-worker` 52.08%, `store-writer` 27.17%"
        );
    }
}
