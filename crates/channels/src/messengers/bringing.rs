//! How what is said in a messenger gets to us, on one node under the messenger's lease: asked for by
//! long polling, or brought to our address, which the messenger is told of at the start and once a
//! minute again, because one that could not reach us for hours stops trying. Both take down and hear
//! nothing; a messenger that is away holds up nobody whose words are here already.

use std::time::Duration;

use base::Result;
use store::Lease;

use super::listening::{GLANCE, LEASE_SECONDS, Listener, told};
use super::{Batch, Trouble};
use crate::dialogue::sql;

/// How often it is looked whether the messenger still brings what comes.
const CHECK: Duration = Duration::from_mins(1);
/// How long a node rests after nothing came, however soon that was said.
const NOTHING: Duration = Duration::from_millis(200);

/// What stands between two rounds.
#[derive(Default)]
pub(super) struct Standing {
    /// Whether this process has told the messenger our address.
    told: bool,
    /// When the messenger last had trouble that the log tells of.
    problem_at: i64,
}

/// What stands in the store when a round begins.
struct Begun {
    position: Option<String>,
    /// Where the messenger was told to bring messages.
    webhooks: Vec<String>,
}

impl Listener {
    /// One round of bringing; says how long to rest.
    pub(super) async fn bring(
        &self,
        holder: &str,
        standing: &mut Standing,
    ) -> std::result::Result<Duration, Trouble> {
        let begun = self.begin(holder).await.map_err(|error| told(&error))?;
        let Some(begun) = begun else {
            return Ok(GLANCE);
        };
        if let Some(address) = self.door.webhook.as_deref() {
            self.keep_webhook(address, &begun.webhooks, standing)
                .await?;
            return Ok(CHECK);
        }
        // While it brings what comes it may not be asked.
        self.take_back(&begun.webhooks).await?;
        self.poll(holder, begun.position.as_deref()).await
    }

    /// Takes the lease and says how things stand; none when another node listens.
    async fn begin(&self, holder: &str) -> Result<Option<Begun>> {
        let (lease, holder, way) = (self.lease(), holder.to_owned(), self.door.way().code());
        let store = self.channels.cases.journal().store();
        store
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    return Ok(None);
                }
                Ok(Some(Begun {
                    position: sql::position(tx, way)?,
                    webhooks: sql::webhooks(tx, way)?,
                }))
            })
            .await
    }

    /// Has the messenger bring what comes to `address` and nowhere else of ours. At each start it is told
    /// the address anew, and with it the secret; later only when it has forgotten.
    async fn keep_webhook(
        &self,
        address: &str,
        known: &[String],
        standing: &mut Standing,
    ) -> std::result::Result<(), Trouble> {
        let name = self.door.way().code();
        if standing.told {
            let webhooks = self.door.webhooks().await?;
            if let Some((at, problem)) = webhooks.problem
                && at > standing.problem_at
            {
                standing.problem_at = at;
                tracing::warn!(
                    messenger = name,
                    problem,
                    "a messenger could not bring a message"
                );
            }
            if webhooks.addresses.iter().any(|one| one == address) {
                return Ok(());
            }
            tracing::warn!(
                messenger = name,
                address,
                "a messenger has stopped bringing messages, as it does when it cannot reach the address \
                 for hours; it is told the address again"
            );
        }
        if !known.iter().any(|one| one == address) {
            // Before it is told: what a kill leaves is known and can be taken back.
            let (way, address) = (self.door.way().code(), address.to_owned());
            self.write(move |tx| sql::put_webhook(tx, way, &address))
                .await?;
        }
        let secret = self.door.secret(self.channels.cases.journal().keys());
        self.door.subscribe(address, &secret).await?;
        let others = known.iter().filter(|one| *one != address).cloned();
        self.take_back(&others.collect::<Vec<_>>()).await?;
        tracing::info!(messenger = name, address, "a messenger brings messages");
        standing.told = true;
        Ok(())
    }

    /// Has the messenger bring nothing more to addresses that were ours.
    async fn take_back(&self, addresses: &[String]) -> std::result::Result<(), Trouble> {
        for address in addresses {
            self.door.unsubscribe(address).await?;
            let (way, gone) = (self.door.way().code(), address.clone());
            self.write(move |tx| sql::drop_webhook(tx, way, &gone))
                .await?;
            tracing::info!(
                messenger = way,
                address,
                "a messenger brings no more messages there"
            );
        }
        Ok(())
    }

    /// Asks once for what came and takes it down.
    async fn poll(
        &self,
        holder: &str,
        position: Option<&str>,
    ) -> std::result::Result<Duration, Trouble> {
        let batch = self.door.updates(position).await?;
        let nothing = batch.updates.is_empty();
        if !nothing || batch.position.as_deref() != position {
            let kept = self.keep(&batch, holder).await;
            kept.map_err(|error| told(&error))?;
            self.door.came.notify_one();
        }
        Ok(if nothing { NOTHING } else { Duration::ZERO })
    }

    /// Takes down what came with how far was read: one commit, before which the messenger gives all of
    /// it again.
    async fn keep(&self, batch: &Batch, holder: &str) -> Result<()> {
        let incoming = self.channels.incoming(&batch.updates)?;
        let (lease, holder, way) = (self.lease(), holder.to_owned(), self.door.way());
        let position = batch.position.clone();
        let store = self.channels.cases.journal().store();
        store
            .housekeeping(move |tx| {
                if !Lease::try_acquire(tx, &lease, &holder, LEASE_SECONDS)? {
                    // Another node listens now and hears it itself.
                    return Err(base::Error::Busy);
                }
                for one in &incoming {
                    one.put(tx, way)?;
                }
                match &position {
                    Some(position) => sql::put_position(tx, way.code(), position),
                    None => Ok(()),
                }
            })
            .await
    }

    async fn write(
        &self,
        work: impl Fn(&mut store::Tx<'_>) -> Result<()> + Send + 'static,
    ) -> std::result::Result<(), Trouble> {
        let store = self.channels.cases.journal().store();
        let written = store.housekeeping(work).await;
        written.map_err(|error| told(&error))
    }
}
