//! Listening to a messenger: on one node under a lease. Each message is taken once: what came of it,
//! the reply on its way, that it was taken and how far was read are one commit. What a message asks for
//! (a filing, words to a case) bears a name made of the message, so that it is done once though the
//! message is heard again after a kill.

use std::sync::Arc;
use std::time::Duration;

use base::{Actor, Error, Result};
use store::Lease;
use tokio::sync::watch;
use uuid::Uuid;
use web::Shell;

use super::outgoing::Picture;
use super::{Batch, Door, Outgoing, Trouble, Update};
use crate::Channels;
use crate::dialogue::session::{Talker, counted_at, id_of};
use crate::dialogue::sql;

/// The lease runs out when nothing was committed for so long: longer than one look takes, and short enough
/// that another node, or this one after a kill, hears people again soon.
const LEASE_SECONDS: u32 = 40;
/// How long a node waits that does not hold it.
const GLANCE: Duration = Duration::from_secs(5);
/// How long a node rests after nothing came, however soon that was said.
const NOTHING: Duration = Duration::from_millis(200);
/// How often a message is tried before it is laid aside.
const MOST_TRIES: u32 = 5;
/// The longest pause after something went wrong, in seconds.
const MOST_PAUSE: u32 = 60;

/// One messenger to be listened to.
pub struct Listener {
    pub(crate) channels: Channels,
    pub(crate) door: Door,
}

impl Listener {
    /// Listens until `stop` says so.
    pub async fn run(self, shell: Shell, mut stop: watch::Receiver<bool>) {
        let holder = Uuid::from_bytes(base::id::random()).to_string();
        let name = self.door.way().code();
        let mut pause = 0;
        while !*stop.borrow() {
            let round = self.round(&shell, &holder);
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
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        let lease = self.lease();
        let store = self.channels.cases.journal().store();
        let released = store
            .housekeeping(move |tx| Lease::release(tx, &lease, &holder))
            .await;
        if let Err(error) = released {
            tracing::warn!(%error, "a messenger's lease stays until it runs out");
        }
    }

    fn lease(&self) -> String {
        format!("messenger.{}", self.door.way().code())
    }

    /// Looks once for what came and takes it; says how long to rest.
    async fn round(&self, shell: &Shell, holder: &str) -> std::result::Result<Duration, Trouble> {
        let position = match self.begin(holder).await {
            Ok(Some(position)) => position,
            Ok(None) => return Ok(GLANCE),
            Err(error) => return Err(told(&error)),
        };
        let batch = self.door.updates(position.as_deref()).await?;
        let last = batch.updates.len().checked_sub(1);
        for (at, update) in batch.updates.iter().enumerate() {
            // The position is kept with the last of them: those before are known by their marks.
            let position = batch.position.as_deref().filter(|_| Some(at) == last);
            self.take_patiently(shell, holder, update, position).await?;
        }
        if last.is_none() && batch.position.as_deref() != position.as_deref() {
            self.go_on(&batch, holder)
                .await
                .map_err(|error| told(&error))?;
        }
        Ok(if last.is_none() {
            NOTHING
        } else {
            Duration::ZERO
        })
    }

    /// Takes the lease and says how far was read; none when another node listens.
    async fn begin(&self, holder: &str) -> Result<Option<Option<String>>> {
        let (lease, holder, way) = (self.lease(), holder.to_owned(), self.door.way().code());
        let store = self.channels.cases.journal().store();
        store
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    return Ok(None);
                }
                Ok(Some(sql::position(tx, way)?))
            })
            .await
    }

    async fn go_on(&self, batch: &Batch, holder: &str) -> Result<()> {
        let Some(position) = batch.position.clone() else {
            return Ok(());
        };
        let (lease, holder, way) = (self.lease(), holder.to_owned(), self.door.way().code());
        let store = self.channels.cases.journal().store();
        store
            .housekeeping(move |tx| {
                if Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    sql::put_position(tx, way, &position)?;
                }
                Ok(())
            })
            .await
    }

    /// Takes a message. One that cannot be taken however often it is tried holds up nobody else.
    async fn take_patiently(
        &self,
        shell: &Shell,
        holder: &str,
        update: &Update,
        position: Option<&str>,
    ) -> std::result::Result<(), Trouble> {
        let mut tries = 0;
        loop {
            tries += 1;
            let given_up = tries > MOST_TRIES;
            match self.take(shell, holder, update, position, given_up).await {
                Ok(()) => return Ok(()),
                Err(error @ (Error::Busy | Error::ReadOnly)) => return Err(told(&error)),
                Err(error) if given_up => return Err(told(&error)),
                Err(error) => {
                    let problem = told(&error);
                    tracing::warn!(?problem, tries, "a message of a messenger was not taken");
                    tokio::time::sleep(Duration::from_millis(200 * u64::from(tries))).await;
                }
            }
        }
    }

    async fn take(
        &self,
        shell: &Shell,
        holder: &str,
        update: &Update,
        position: Option<&str>,
        given_up: bool,
    ) -> Result<()> {
        let (channels, way) = (&self.channels, self.door.way());
        let journal = channels.cases.journal();
        let mark = journal.keys().blind("channels.seen", &update.mark);
        let id = id_of(journal.keys(), way, &update.chat);
        let seen = journal
            .store()
            .read(move |db| sql::is_seen(db, way.code(), &mark))
            .await?;
        let client = counted_at(id);
        // Whoever floods is not answered; what they said is passed over.
        let flooded = !seen && channels.limits.said.check(&client.to_string()).is_err();
        let mut taken = None;
        if !seen && !flooded && !given_up {
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
            taken = Some(channels.take(&talker, kept, &update.said).await?);
        }
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
        let (chat, position) = (update.chat.clone(), position.map(str::to_owned));
        let this = Arc::new(channels.clone());
        journal
            .store()
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    // Another node listens now and hears it itself.
                    return Err(Error::Busy);
                }
                if let Some(position) = &position {
                    sql::put_position(tx, way.code(), position)?;
                }
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
fn told(error: &Error) -> Trouble {
    let text = match error {
        Error::Internal(detail) => detail.for_the_log().to_owned(),
        other => other.to_string(),
    };
    Trouble::Away(text)
}
