//! What the machine is and what it does: processor time and memory by `/proc`, the cost of making
//! bytes durable, and the words that a table of results is headed with.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Ticks of `/proc` in a second: fixed at 100 for programs on every Linux that Okno runs on.
const TICKS: f64 = 100.0;

/// Processor seconds so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Of this process.
    pub(crate) own: f64,
    /// Of the server.
    pub(crate) server: f64,
    /// Of everything else.
    pub(crate) other: f64,
}

impl Usage {
    /// Until now, with the server of a process.
    pub(crate) fn of(pid: u32) -> Self {
        let (own, server) = (cpu_of(std::process::id()), cpu_of(pid));
        Self {
            own,
            server,
            other: busy() - own - server,
        }
    }

    /// Since an earlier look.
    pub(crate) fn since(&self, before: &Self) -> Self {
        Self {
            own: self.own - before.own,
            server: self.server - before.server,
            other: (self.other - before.other).max(0.0),
        }
    }
}

/// Processor seconds of a process so far; nothing when it is gone.
pub(crate) fn cpu_of(pid: u32) -> f64 {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
        return 0.0;
    };
    // The name in parentheses may hold anything; the fields after it are numbers.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Whether a process is gone, or has ended and was not asked for yet.
pub(crate) fn has_ended(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").map_or("Z", |(_, rest)| rest);
    state.starts_with(['Z', 'X'])
}

/// Processor seconds of the whole machine so far, without rest and waiting.
fn busy() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields: Vec<f64> = stat
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .filter_map(|ticks| ticks.parse().ok())
        .collect();
    // user, nice, system, then after idle and iowait: irq, softirq.
    let counted = [0, 1, 2, 5, 6].map(|place| fields.get(place).copied().unwrap_or(0.0));
    counted.iter().sum::<f64>() / TICKS
}

/// Megabytes of memory that a process holds, in all and without what it only maps from files: that
/// is shared by all its processes, and the kernel takes it back when it is short of memory.
pub(crate) fn memory_of(pid: u32) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let megabytes = |name| kilobytes(&status, name) / 1024.0;
    (megabytes("VmRSS:"), megabytes("RssAnon:"))
}

fn kilobytes(text: &str, name: &str) -> f64 {
    text.lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0)
}

/// The machine in words.
pub(crate) fn described() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown", |(_, model)| model);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = kilobytes(&memory, "MemTotal:") / 1024.0 / 1024.0;
    format!("{cores} cores, {model}, {memory:.0} GB memory")
}

/// How much was going on in the last minute: processes that ran or wanted to.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// Commit of the source, and whether it was changed since.
pub(crate) fn commit() -> String {
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short", "HEAD"]) else {
        return "unknown".to_owned();
    };
    match git(&["status", "--porcelain"]) {
        Some(changes) if changes.is_empty() => commit,
        _ => format!("{commit} and changes not yet committed"),
    }
}

/// How many times a second 4 kB are appended and made durable in a folder: what every durable
/// write stands on.
pub(crate) fn durable_writes(folder: &Path) -> std::io::Result<f64> {
    const TIMES: u32 = 300;
    let mut file = fs::File::create(folder.join("durable"))?;
    let began = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
    }
    Ok(f64::from(TIMES) / began.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_worked_and_holds_memory() {
        let mut sum = 0u64;
        let began = Instant::now();
        while began.elapsed().as_millis() < 50 {
            sum = sum.wrapping_mul(31).wrapping_add(1);
        }
        assert_ne!(sum, 1);
        assert!(cpu_of(std::process::id()) > 0.0);
        assert!(busy() >= cpu_of(std::process::id()));
        let (all, own) = memory_of(std::process::id());
        assert!(all > own && own > 0.1, "{own} of {all} MB");
        assert!(cpu_of(u32::MAX).abs() < f64::EPSILON);
        assert!(!has_ended(std::process::id()));
        assert!(has_ended(u32::MAX));
    }
}
