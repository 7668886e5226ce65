//! Mail: letters to people over SMTP. A [`Letter`] is sealed into a job in the transaction of its
//! cause and sent afterwards, so that none is lost when the mail server is down; its Message-ID is
//! made from the letter's own identifier, so that a repeated sending can be told from a second
//! letter. Without a mail server letters are not queued, and pages say so.

mod address;
mod letter;
mod sending;
mod settings;

use std::sync::Arc;

use base::{Error, Result};
use journal::Keys;
use journal::jobs::{self, Failure};
use store::Tx;

pub use address::is_address;
pub use letter::{Letter, Paper};
pub use settings::{Sender, Settings, Transport};

/// The kind of job that sends a letter.
pub const JOB: &str = "mail.send";

/// What a letter in the queue is sealed as.
const CONTEXT: &str = "mail.letter";

/// The way out for letters. Clones share the connections.
#[derive(Clone)]
pub struct Mail(Arc<Inner>);

struct Inner {
    keys: Keys,
    sender: Sender,
    door: sending::Door,
}

impl Mail {
    /// The way out that the settings name. Nothing is connected yet.
    pub fn new(keys: Keys, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            keys,
            door: sending::Door::new(settings.transport),
            sender: settings.sender,
        }))
    }

    /// Whether letters go anywhere: else nothing is queued.
    pub fn is_configured(&self) -> bool {
        !matches!(self.0.door, sending::Door::None)
    }

    /// Queues a letter in the transaction of its cause; does nothing when no way out is set.
    /// [`Error::Invalid`] on the field `to` when the address is none.
    pub fn queue(&self, tx: &mut Tx<'_>, letter: &Letter) -> Result<()> {
        if !self.is_configured() {
            return Ok(());
        }
        if !is_address(&letter.to) {
            return Err(Error::field("to", "error-email"));
        }
        let plain = serde_json::to_vec(&letter.kept(tx.now())).map_err(Error::internal)?;
        let sealed = self.0.keys.installation().seal(CONTEXT, &plain)?;
        let payload = serde_json::json!({ "letter": journal::wire::to_base64(&sealed) });
        let now = tx.now();
        jobs::enqueue(tx, JOB, &payload.to_string(), now)?;
        Ok(())
    }

    /// Sends a queued letter; the handler of [`JOB`]. `printed` makes the paper that goes with it,
    /// by what [`Paper::which`] says: none sends the letter without it, an error puts the letter
    /// off. What went wrong is told without the address.
    pub async fn send<W>(
        &self,
        payload: String,
        printed: impl FnOnce(String) -> W,
    ) -> std::result::Result<(), Failure>
    where
        W: Future<Output = std::result::Result<Option<Vec<u8>>, String>>,
    {
        let kept = self
            .opened(&payload)
            .ok_or_else(|| Failure::Final("the queued letter cannot be read".to_owned()))?;
        let pdf = match &kept.paper {
            Some(paper) => printed(paper.which.clone())
                .await
                .map_err(Failure::Passing)?,
            None => None,
        };
        let message = kept
            .message(&self.0.sender, pdf)
            .map_err(|problem| Failure::Final(problem.to_owned()))?;
        self.0.door.send(&kept, message).await
    }

    fn opened(&self, payload: &str) -> Option<letter::Kept> {
        let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
        let sealed = journal::wire::from_base64(payload.get("letter")?.as_str()?)?;
        let plain = self.0.keys.installation().open(CONTEXT, &sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}
