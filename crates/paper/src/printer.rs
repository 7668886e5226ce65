//! The server's side of printing: starts the confined process, feeds it, reads its paper, and ends
//! it when its time is over. Few papers are printed at once and few wait.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::request::{MOST_PDF, MOST_REQUEST, Request};
use crate::worker::Ending;
use crate::{Error, Result};

/// The most seconds, by the clock on the wall, from the start of the process to its paper.
pub const SECONDS: u64 = 5;
/// Papers printed at once.
const AT_ONCE: usize = 2;
/// Papers printed or waiting; one more is refused.
const MOST: usize = 32;
/// The most bytes read of a complaint.
const MOST_COMPLAINT: usize = 8 * 1024;
/// The signal of a process whose time of a processor is over.
const SIGXCPU: i32 = 24;
/// The signal of one that broke off by itself, as Rust does when there is no memory.
const SIGABRT: i32 = 6;
/// The signal that nothing survives: the kernel's after SIGXCPU, or ours.
const SIGKILL: i32 = 9;

/// Prints papers in confined processes. Clones share the bounds.
#[derive(Clone, Debug)]
pub struct Printer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    program: PathBuf,
    word: String,
    admitted: Semaphore,
    at_work: Semaphore,
}

impl Printer {
    /// A printer whose process is `program word`, which has to call [`crate::work`].
    pub fn new(program: PathBuf, word: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            program,
            word: word.into(),
            admitted: Semaphore::new(MOST),
            at_work: Semaphore::new(AT_ONCE),
        }))
    }

    /// Prints one paper.
    pub async fn print(&self, request: &Request) -> Result<Vec<u8>> {
        let bytes = serde_json::to_vec(request).map_err(|e| Error::Broken(e.to_string()))?;
        if bytes.len() > MOST_REQUEST {
            return Err(Error::TooLarge);
        }
        let closed = |_| Error::Broken("the printer is closed".to_owned());
        let _admitted = self.0.admitted.try_acquire().map_err(|_| Error::Busy)?;
        let _turn = self.0.at_work.acquire().await.map_err(closed)?;
        let time = Duration::from_secs(SECONDS);
        // What is dropped when the time is over is killed.
        tokio::time::timeout(time, self.run(&bytes))
            .await
            .map_err(|_| Error::TooLong)?
    }

    async fn run(&self, request: &[u8]) -> Result<Vec<u8>> {
        let broken = |error: std::io::Error| Error::Broken(error.to_string());
        let mut child = Command::new(&self.0.program)
            .arg(&self.0.word)
            .env_clear()
            // One thread is enough for a letter and keeps the count of memory honest.
            .env("RAYON_NUM_THREADS", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(broken)?;
        let (Some(mut input), Some(output), Some(complaint)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(Error::Broken("the process has no pipes".to_owned()));
        };
        let feed = async move {
            // A process that ended early does not listen to the end; its ending tells why.
            let _ = input.write_all(request).await;
        };
        let ((), paper, complaint) = tokio::join!(
            feed,
            read(output, MOST_PDF),
            read(complaint, MOST_COMPLAINT)
        );
        let Some(paper) = paper.map_err(broken)? else {
            return Err(Error::TooLarge);
        };
        let complaint = complaint.map_err(broken)?.unwrap_or_default();
        let status = child.wait().await.map_err(broken)?;
        if status.success() && paper.starts_with(b"%PDF-") {
            return Ok(paper);
        }
        Err(why(status, &String::from_utf8_lossy(&complaint)))
    }
}

/// Reads to the end; none when there is more than `most`.
async fn read(from: impl AsyncRead + Unpin, most: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    from.take(bound).read_to_end(&mut bytes).await?;
    Ok((bytes.len() <= most).then_some(bytes))
}

/// What the end of a process without a paper means.
fn why(status: ExitStatus, complaint: &str) -> Error {
    if let Some(code) = status.code() {
        return match Ending::of(code) {
            Ending::Template => Error::Template(complaint.to_owned()),
            Ending::TooLarge => Error::TooLarge,
            Ending::Broken => Error::Broken(complaint.to_owned()),
        };
    }
    match status.signal() {
        Some(SIGXCPU | SIGKILL) => Error::TooLong,
        Some(SIGABRT) if complaint.contains("memory allocation") => Error::TooMuchMemory,
        signal => Error::Broken(format!("ended by signal {signal:?}: {complaint}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_process_tells_who_is_at_fault() {
        let exit = |code: i32| ExitStatus::from_raw(code << 8);
        assert!(matches!(why(exit(10), "line 3"), Error::Template(text) if text == "line 3"));
        assert!(matches!(why(exit(11), ""), Error::TooLarge));
        assert!(matches!(why(exit(101), "panicked"), Error::Broken(_)));
        assert!(matches!(
            why(ExitStatus::from_raw(SIGXCPU), ""),
            Error::TooLong
        ));
        let memory = why(
            ExitStatus::from_raw(SIGABRT),
            "memory allocation of 9 bytes failed",
        );
        assert!(matches!(memory, Error::TooMuchMemory));
    }
}
