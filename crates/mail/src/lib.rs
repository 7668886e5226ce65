//! Mail: letters to people over SMTP. A [`Letter`] is sealed into a job in the transaction of its
//! cause and sent afterwards, so that none is lost when the mail server is down; its Message-ID is
//! made from the letter's own identifier, so that a repeated sending can be told from a second
//! letter. Without a mail server letters are not queued, and pages say so.

mod address;
mod letter;
mod replies;
mod sending;
mod settings;

use std::sync::Arc;

use base::{Error, Result};
use journal::Keys;
use journal::jobs::{self, Failure};
use store::Tx;
use uuid::Uuid;

pub use address::is_address;
pub use letter::{Letter, Paper};
pub use replies::Replies;
pub use settings::{Sender, ServerAddress, Settings, Transport};

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
    replies: Option<Replies>,
}

impl Mail {
    /// The way out that the settings name. Nothing is connected yet.
    pub fn new(keys: Keys, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            keys,
            door: sending::Door::new(settings.transport),
            sender: settings.sender,
            replies: None,
        }))
    }

    /// The same, whose letters about cases are answered to a mailbox that is read. Before anybody
    /// else holds it.
    #[must_use]
    pub fn answered_at(mut self, replies: Option<Replies>) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.replies = replies;
        }
        self
    }

    /// Where replies to letters about cases go; none when no mailbox is read.
    pub fn replies(&self) -> Option<&Replies> {
        self.0.replies.as_ref()
    }

    /// Whether letters of ours come from this address or are answered to it.
    pub fn is_own(&self, address: &str) -> bool {
        let replies = self.0.replies.as_ref();
        let own = [
            Some(self.0.sender.address.as_str()),
            replies.map(|replies| replies.address.as_str()),
        ];
        own.into_iter()
            .flatten()
            .any(|own| own.eq_ignore_ascii_case(address))
            || replies.is_some_and(|replies| replies.token_in(address).is_some())
    }

    /// The case that somebody who writes from this address answers by this token.
    pub fn case_of_token(&self, token: &str, from: &str) -> Option<Uuid> {
        replies::case_of(&self.0.keys, token, from)
    }

    /// Whether letters go anywhere: else nothing is queued.
    pub fn is_configured(&self) -> bool {
        !matches!(self.0.door, sending::Door::None)
    }

    /// Queues a letter in the transaction of its cause; does nothing when no way out is set.
    /// [`Error::Invalid`] on the field `to` when the address is none.
    pub fn queue(&self, tx: &mut Tx<'_>, letter: &Letter) -> Result<()> {
        self.put(tx, letter, &letter.kept(tx.now()))
    }

    /// The same for a letter about a case: a reply to it finds its way to the case.
    pub fn queue_about(&self, tx: &mut Tx<'_>, letter: &Letter, case: Uuid) -> Result<()> {
        let token = replies::token(&self.0.keys, case, &letter.to);
        let reply_to = self.replies().map(|replies| replies.with(&token));
        let kept = letter.kept(tx.now()).about(token, reply_to);
        self.put(tx, letter, &kept)
    }

    fn put(&self, tx: &mut Tx<'_>, letter: &Letter, kept: &letter::Kept) -> Result<()> {
        if !self.is_configured() {
            return Ok(());
        }
        if !is_address(&letter.to) {
            return Err(Error::field("to", "error-email"));
        }
        let plain = serde_json::to_vec(kept).map_err(Error::internal)?;
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
