//! Listening to a messenger: what was taken down is heard on one node under a lease, in the order in
//! which it was said. Each message is heard once: what came of it, the reply on its way, that it was
//! heard and that it waits no longer are one commit. What a message asks for (a filing, words to a
//! case) bears a name made of the message, so that it is done once though the message is heard again
//! after a kill. `bringing` sees to it that messages get here.

use std::sync::Arc;
use std::time::Duration;

use base::{Actor, Error, Result};
use journal::jobs::pause_seconds;
use store::Lease;
use tokio::sync::watch;
use uuid::Uuid;
use web::Shell;

use super::bringing::Standing;
use super::outgoing::Picture;
use super::webhook::CONTEXT;
use super::{Door, Outgoing, Trouble, Update};
use crate::Channels;
use crate::dialogue::session::{Taken, Talker, counted_at, id_of};
use crate::dialogue::sql;

/// The lease runs out when nothing was committed for so long: longer than one look takes, and short enough
/// that another node, or this one after a kill, hears people again soon.
pub(super) const LEASE_SECONDS: u32 = 40;
/// How long a node waits that does not hold it.
pub(super) const GLANCE: Duration = Duration::from_secs(5);
/// How often is looked for what another node has taken down.
const LOOK: Duration = Duration::from_secs(1);
/// How much is heard before it is looked anew.
const AT_ONCE: i64 = 50;
/// How often a message is tried before others are heard first.
const MOST_TRIES: u32 = 5;
/// How often it is put off, with growing pauses, before it is given up: about a day, which is how long
/// a dialogue is kept.
const MOST_PUT_OFF: i64 = 14;
/// The longest pause after something went wrong, in seconds.
const MOST_PAUSE: u32 = 60;

/// One messenger to be listened to.
pub struct Listener {
    pub(super) channels: Channels,
    pub(super) door: Door,
}

/// Something that waits to be heard.
struct Waiting {
    mark: [u8; 32],
    /// None when it cannot be read any more.
    update: Option<Update>,
    tries: i64,
}

/// The two things that are done side by side, so that a messenger that is away holds up nobody whose
/// words are here already.
enum Work {
    Bringing(Standing),
    Hearing,
}

impl Listener {
    pub(crate) const fn new(channels: Channels, door: Door) -> Self {
        Self { channels, door }
    }

    /// Listens until `stop` says so.
    pub async fn run(self, shell: Shell, stop: watch::Receiver<bool>) {
        let holder = Uuid::from_bytes(base::id::random()).to_string();
        tokio::join!(
            self.go(
                Work::Bringing(Standing::default()),
                &shell,
                &holder,
                stop.clone()
            ),
            self.go(Work::Hearing, &shell, &holder, stop),
        );
        let lease = self.lease();
        let store = self.channels.cases.journal().store();
        let released = store
            .housekeeping(move |tx| Lease::release(tx, &lease, &holder))
            .await;
        if let Err(error) = released {
            tracing::warn!(%error, "a messenger's lease stays until it runs out");
        }
    }

    async fn go(
        &self,
        mut work: Work,
        shell: &Shell,
        holder: &str,
        mut stop: watch::Receiver<bool>,
    ) {
        let name = self.door.way().code();
        let mut pause = 0;
        while !*stop.borrow() {
            let round = async {
                match &mut work {
                    Work::Bringing(standing) => self.bring(holder, standing).await,
                    Work::Hearing => self.hear(shell, holder).await,
                }
            };
            let rest = tokio::select! {
                rest = round => rest,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            let rest = match rest {
                Ok(rest) => {
                    pause = 0;
                    rest
                }
                Err(Trouble::Wait(seconds)) => Duration::from_secs(seconds.min(MOST_PAUSE).into()),
                Err(Trouble::Away(problem) | Trouble::Refused(problem)) => {
                    if pause == 0 {
                        tracing::warn!(messenger = name, problem, "a messenger is not heard");
                    }
                    pause = (pause * 2).clamp(1, MOST_PAUSE);
                    Duration::from_secs(pause.into())
                }
            };
            let hears = matches!(work, Work::Hearing) && pause == 0;
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = self.door.came.notified(), if hears => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
    }

    pub(super) fn lease(&self) -> String {
        format!("messenger.{}", self.door.way().code())
    }

    /// Hears what waits; says how long to rest.
    async fn hear(&self, shell: &Shell, holder: &str) -> std::result::Result<Duration, Trouble> {
        let waiting = self.waiting().await.map_err(|error| told(&error))?;
        if waiting.is_empty() {
            return Ok(LOOK);
        }
        if !self.hold(holder).await.map_err(|error| told(&error))? {
            return Ok(GLANCE);
        }
        for one in &waiting {
            self.hear_patiently(shell, holder, one).await?;
        }
        Ok(Duration::ZERO)
    }

    /// What waits to be heard, in the order in which it was said.
    async fn waiting(&self) -> Result<Vec<Waiting>> {
        let way = self.door.way().code();
        let journal = self.channels.cases.journal();
        let now = journal.store().now();
        let rows = journal
            .store()
            .read(move |db| sql::incoming(db, way, now, AT_ONCE))
            .await?;
        let key = journal.keys().installation();
        let waiting = rows.into_iter().map(|row| {
            let plain = key.open(CONTEXT, &row.said).ok();
            Ok(Waiting {
                mark: <[u8; 32]>::try_from(row.mark)
                    .map_err(|_| Error::internal("a mark is no hash"))?,
                update: plain.and_then(|plain| serde_json::from_slice(&plain).ok()),
                tries: row.tries,
            })
        });
        waiting.collect()
    }

    /// Takes the lease; false when another node listens.
    async fn hold(&self, holder: &str) -> Result<bool> {
        let (lease, holder) = (self.lease(), holder.to_owned());
        let store = self.channels.cases.journal().store();
        store
            .housekeeping(move |tx| Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS))
            .await
    }

    /// Hears a message. One that cannot be heard however often it is tried holds up nobody else: it is
    /// put off, and after a day given up.
    async fn hear_patiently(
        &self,
        shell: &Shell,
        holder: &str,
        waiting: &Waiting,
    ) -> std::result::Result<(), Trouble> {
        let Some(update) = &waiting.update else {
            tracing::error!("a message of a messenger cannot be read any more and is given up");
            return self.settle(holder, waiting, None).await;
        };
        let mut tries = 0;
        loop {
            tries += 1;
            let problem = match self.take(shell, holder, waiting, update).await {
                Ok(()) => return Ok(()),
                Err(error @ (Error::Busy | Error::ReadOnly)) => return Err(told(&error)),
                Err(error) => told(&error),
            };
            tracing::warn!(?problem, tries, "a message of a messenger was not taken");
            if tries < MOST_TRIES {
                tokio::time::sleep(Duration::from_millis(200 * u64::from(tries))).await;
            } else if waiting.tries < MOST_PUT_OFF {
                let pause = pause_seconds(waiting.tries + 1);
                return self.settle(holder, waiting, Some(pause)).await;
            } else {
                tracing::error!("a message of a messenger was tried for a day and is given up");
                return self.settle(holder, waiting, None).await;
            }
        }
    }

    /// Puts a message off for so many seconds, or gives it up.
    async fn settle(
        &self,
        holder: &str,
        waiting: &Waiting,
        pause: Option<i64>,
    ) -> std::result::Result<(), Trouble> {
        let (lease, holder, way) = (self.lease(), holder.to_owned(), self.door.way().code());
        let (mark, tries) = (waiting.mark, waiting.tries + 1);
        let store = self.channels.cases.journal().store();
        let settled = store
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    return Err(Error::Busy);
                }
                if let Some(pause) = pause {
                    let next_at = tx.now().plus_seconds(pause);
                    return sql::put_off(tx, way, &mark, tries, next_at);
                }
                sql::heard(tx, way, &mark)?;
                sql::see(tx, way, &mark).map(drop)
            })
            .await;
        settled.map_err(|error| told(&error))
    }

    /// What comes of a message; nothing when it was heard before or its sender floods.
    async fn answered(
        &self,
        shell: &Shell,
        mark: [u8; 32],
        update: &Update,
    ) -> Result<Option<Taken>> {
        let (channels, way) = (&self.channels, self.door.way());
        let journal = channels.cases.journal();
        let id = id_of(journal.keys(), way, &update.chat);
        let seen = journal
            .store()
            .read(move |db| sql::is_seen(db, way.code(), &mark))
            .await?;
        let client = counted_at(id);
        // Whoever floods is not answered; what they said is passed over.
        if seen || channels.limits.said.check(&client.to_string()).is_err() {
            return Ok(None);
        }
        let talker = Talker {
            way,
            key: &update.chat,
            actor: Actor::guest(update.language.unwrap_or(shell.settings().language)),
            shell,
            client,
            mark: &update.mark,
            danger: false,
        };
        let kept = channels.kept(id).await?;
        let taken = channels.take(&talker, kept, &update.said).await?;
        Ok(Some(taken))
    }

    async fn take(
        &self,
        shell: &Shell,
        holder: &str,
        waiting: &Waiting,
        update: &Update,
    ) -> Result<()> {
        let (channels, way, mark) = (&self.channels, self.door.way(), waiting.mark);
        let journal = channels.cases.journal();
        let id = id_of(journal.keys(), way, &update.chat);
        let taken = self.answered(shell, mark, update).await?;
        let kept = taken
            .as_ref()
            .map(|taken| channels.sealed(id, &taken.kept))
            .transpose()?;
        let reply = taken.as_ref().map(|taken| Outgoing {
            way,
            chat: update.chat.clone(),
            told: taken.kept.told.clone(),
            callback: update.callback.clone(),
        });
        let pictures = taken.as_ref().map(|taken| taken.pictures.clone());
        let filed = taken.and_then(|taken| taken.filed);
        let language = update.language.unwrap_or(shell.settings().language);
        let pictures = pictures.unwrap_or_default().into_iter();
        let pictures: Vec<Picture> = pictures
            .map(|(filed, file)| Picture {
                way,
                chat: update.chat.clone(),
                filed,
                file,
                language: language.tag().to_owned(),
            })
            .collect();
        let (lease, holder) = (self.lease(), holder.to_owned());
        let chat = update.chat.clone();
        let this = Arc::new(channels.clone());
        journal
            .store()
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    // Another node listens now and hears it itself.
                    return Err(Error::Busy);
                }
                sql::heard(tx, way.code(), &mark)?;
                if !sql::see(tx, way.code(), &mark)? {
                    return Ok(());
                }
                if let Some(kept) = &kept {
                    sql::put_dialogue(tx, id, way.code(), kept)?;
                }
                if let Some(filed) = &filed {
                    this.remember_peer(tx, filed.case, way, &chat)?;
                }
                if let Some(reply) = &reply {
                    this.queue(tx, reply)?;
                }
                for picture in &pictures {
                    this.queue_picture(tx, picture)?;
                }
                Ok(())
            })
            .await
    }
}

/// An error as trouble, with what the operator needs.
pub(super) fn told(error: &Error) -> Trouble {
    let text = match error {
        Error::Internal(detail) => detail.for_the_log().to_owned(),
        other => other.to_string(),
    };
    Trouble::Away(text)
}
