//! The reading of the mailbox: on one node at a time, under a lease; as soon as something comes, and
//! each minute. A mailbox that cannot be read is tried again with growing pauses, and the state says
//! what is wrong; nothing else waits for it. A letter that cannot be taken holds up no other.

use std::collections::HashSet;
use std::time::Duration;

use base::{Error, Result};
use store::Lease;
use tokio::sync::watch;
use web::Shell;

use super::imap::{Door, Problem};
use super::settings::Settings;
use super::sql;
use super::taking::Found;
use crate::Channels;

/// The right to read the mailbox, and for how long it is given.
const LEASE: &str = "mailbox";
const LEASE_SECONDS: u32 = 30;
const RENEWED: Duration = Duration::from_secs(10);
/// How often the mailbox is looked at though nobody says that something came.
const LOOK: Duration = Duration::from_mins(1);
/// The longest pause after something went wrong, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;
/// Letters that are taken in one go.
const AT_ONCE: usize = 200;

/// Letters that were taken and still lie in the mailbox, by the mailbox's beginning and their number.
type Taken = HashSet<(u32, u32)>;

impl Channels {
    /// Reads the mailbox until `stop` says so.
    pub async fn read_mailbox(
        self,
        settings: Settings,
        shell: Shell,
        mut stop: watch::Receiver<bool>,
    ) {
        let holder = base::id::new_uuid(shell.clock().now()).to_string();
        let mut failures = 0;
        let mut taken = Taken::new();
        while !*stop.borrow() {
            let pause = if self.holds(&holder).await {
                let ended = tokio::select! {
                    ended = self.visit(&settings, &shell, &mut taken, &mut failures) => ended,
                    () = self.lose_lease(&holder) => Ok(()),
                    _ = stop.wait_for(|stop| *stop) => break,
                };
                match ended {
                    Ok(()) => RENEWED,
                    Err(problem) => {
                        failures += 1;
                        self.say_failed(problem).await;
                        let seconds = journal::jobs::pause_seconds(failures).min(LONGEST_PAUSE);
                        Duration::from_secs(seconds.unsigned_abs())
                    }
                }
            } else {
                RENEWED
            };
            let waits = self.keep_waiting(&holder, pause);
            tokio::select! {
                () = waits => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        let store = self.cases.journal().store();
        let given_back = store.housekeeping(move |tx| Lease::release(tx, LEASE, &holder));
        if let Err(error) = given_back.await {
            tracing::warn!(%error, "the lease of the mailbox was not given back");
        }
    }

    /// One connection, as long as it holds.
    async fn visit(
        &self,
        settings: &Settings,
        shell: &Shell,
        taken: &mut Taken,
        failures: &mut i64,
    ) -> std::result::Result<(), Problem> {
        let mut door = Door::open(settings).await?;
        loop {
            let said = self.empty(&mut door, settings, shell, taken).await?;
            *failures = 0;
            metrics::gauge!("okno_mailbox_failures").set(0.0);
            let store = self.cases.journal().store();
            let problem = said.map_or("", Problem::code);
            let told = store.housekeeping(move |tx| sql::has_read(tx, problem));
            if let Err(error) = told.await {
                tracing::warn!(%error, "the state of the mailbox was not kept");
                door.close().await;
                return Err(Problem::Ours);
            }
            door = door.wait(LOOK).await?;
        }
    }

    /// Takes every letter that lies there; what is wrong though all were taken.
    async fn empty(
        &self,
        door: &mut Door,
        settings: &Settings,
        shell: &Shell,
        taken: &mut Taken,
    ) -> std::result::Result<Option<Problem>, Problem> {
        let mut said = None;
        let validity = door.uid_validity;
        let lying = door.waiting().await?;
        let new: Vec<u32> = lying
            .into_iter()
            .filter(|uid| !taken.contains(&(validity, *uid)))
            .take(AT_ONCE)
            .collect();
        let mut ours = false;
        for uid in new {
            let Some(lying) = door.letter(uid).await? else {
                continue;
            };
            let found = Found {
                mailbox: settings.name(),
                uid_validity: validity,
                uid,
                bytes: lying.bytes,
                is_too_big: lying.is_too_big,
            };
            if let Err(error) = self.take_letter(shell, found).await {
                // It stays where it is and is tried again; the next ones are not held up.
                let problem = match &error {
                    Error::Internal(detail) => detail.for_the_log().to_owned(),
                    other => other.to_string(),
                };
                tracing::warn!(uid, problem, "a letter could not be taken");
                ours = true;
                continue;
            }
            match door.put_by(uid).await {
                Ok(()) => {}
                Err(Problem::Stays) => {
                    taken.insert((validity, uid));
                    said = Some(Problem::Stays);
                }
                Err(other) => return Err(other),
            }
        }
        if ours {
            return Err(Problem::Ours);
        }
        Ok(said)
    }

    async fn holds(&self, holder: &str) -> bool {
        self.try_lease(holder).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the lease of the mailbox was not taken");
            false
        })
    }

    async fn try_lease(&self, holder: &str) -> Result<bool> {
        let holder = holder.to_owned();
        let store = self.cases.journal().store();
        store
            .housekeeping(move |tx| Lease::try_acquire(tx, LEASE, &holder, LEASE_SECONDS))
            .await
    }

    /// Ends when another node has the lease.
    async fn lose_lease(&self, holder: &str) {
        let mut missed = 0;
        loop {
            tokio::time::sleep(RENEWED).await;
            match self.try_lease(holder).await {
                Ok(true) => missed = 0,
                Ok(false) => return,
                Err(_) => missed += 1,
            }
            // By then it has run out, and another node may read.
            if missed == 2 {
                return;
            }
        }
    }

    /// Waits without giving the lease away: pauses grow whichever node makes them.
    async fn keep_waiting(&self, holder: &str, pause: Duration) {
        let until = tokio::time::Instant::now() + pause;
        loop {
            let now = tokio::time::Instant::now();
            if now >= until {
                return;
            }
            tokio::time::sleep(RENEWED.min(until - now)).await;
            if pause > RENEWED {
                self.holds(holder).await;
            }
        }
    }

    async fn say_failed(&self, problem: Problem) {
        tracing::warn!(problem = problem.code(), "the mailbox cannot be read");
        metrics::gauge!("okno_mailbox_failures").increment(1.0);
        let store = self.cases.journal().store();
        let code = problem.code();
        let told = store.housekeeping(move |tx| sql::has_failed(tx, code));
        if let Err(error) = told.await {
            tracing::warn!(%error, "the state of the mailbox was not kept");
        }
    }
}
