//! Replies on their way out: a job of each, queued in the commit of its cause and sealed, because it
//! may hold what somebody has said. A messenger that asks to wait is left alone for as long.

use std::time::Duration;

use base::{Actor, Error, Language, Result};
use cases::documents::{NotKept, Upload};
use cases::{Opened, Pass};
use journal::jobs::{self, Failure};
use serde::{Deserialize, Serialize};
use store::Tx;
use web::Shell;

use super::{Door, Trouble};
use crate::Channels;
use crate::dialogue::saying::Told;
use crate::dialogue::session::Way;
use crate::dialogue::talk::FiledHere;

/// The kind of job that sends a reply.
pub const JOB: &str = "channels.say";
/// What a reply in the queue is sealed as.
const CONTEXT: &str = "channels.say";
/// How long a job waits by itself when a messenger asks for it; longer waits are the queue's.
const MOST_WAIT: u32 = 20;
/// How often it does so.
const MOST_TIMES: u32 = 4;

/// A reply on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outgoing {
    pub(crate) way: Way,
    /// Where it goes.
    pub(crate) chat: String,
    pub(crate) told: Told,
    /// The press of a button that waits for a sign.
    pub(crate) callback: Option<String>,
}

/// A picture on its way from a messenger to a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Picture {
    pub(crate) way: Way,
    /// Where is told what became of it.
    pub(crate) chat: String,
    pub(crate) filed: FiledHere,
    /// What fetches it.
    pub(crate) file: String,
    /// The language of whoever sent it.
    pub(crate) language: String,
}

/// What a job holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Errand {
    Say(Outgoing),
    Fetch(Picture),
}

impl Channels {
    /// Queues a reply in the transaction of its cause.
    pub(crate) fn queue(&self, tx: &mut Tx<'_>, out: &Outgoing) -> Result<()> {
        self.queue_errand(tx, &Errand::Say(out.clone()))
    }

    /// Queues a picture to be fetched, in the transaction of its cause.
    pub(crate) fn queue_picture(&self, tx: &mut Tx<'_>, picture: &Picture) -> Result<()> {
        self.queue_errand(tx, &Errand::Fetch(picture.clone()))
    }

    fn queue_errand(&self, tx: &mut Tx<'_>, errand: &Errand) -> Result<()> {
        let plain = serde_json::to_vec(errand).map_err(Error::internal)?;
        let key = self.cases.journal().keys().installation();
        let sealed = key.seal(CONTEXT, &plain)?;
        let payload = serde_json::json!({ "say": journal::wire::to_base64(&sealed) });
        let now = tx.now();
        jobs::enqueue(tx, JOB, &payload.to_string(), now)?;
        Ok(())
    }

    fn queued(&self, payload: &str) -> Option<Errand> {
        let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
        let sealed = journal::wire::from_base64(payload.get("say")?.as_str()?)?;
        let key = self.cases.journal().keys().installation();
        serde_json::from_slice(&key.open(CONTEXT, &sealed).ok()?).ok()
    }

    /// Sends a queued reply or fetches a queued picture; the handler of [`JOB`].
    pub async fn say(&self, payload: String, shell: &Shell) -> std::result::Result<(), Failure> {
        match self.queued(&payload) {
            Some(Errand::Say(out)) => self.send(&out).await,
            Some(Errand::Fetch(picture)) => self.fetch(&picture, shell).await,
            None => Err(Failure::Final("the queued reply cannot be read".to_owned())),
        }
    }

    fn way_out(&self, way: Way) -> std::result::Result<&Door, Failure> {
        self.door(way)
            .ok_or_else(|| Failure::Final("this messenger is not set up any more".to_owned()))
    }

    /// Fetches a picture and adds it to its case; whoever sent it is told what became of it. The same
    /// picture twice is one document.
    async fn fetch(&self, picture: &Picture, shell: &Shell) -> std::result::Result<(), Failure> {
        let bytes = match self.way_out(picture.way)?.fetch(&picture.file).await {
            Ok(bytes) => bytes,
            Err(Trouble::Wait(_)) => return Err(Failure::Passing("it asks to wait".to_owned())),
            Err(Trouble::Away(problem)) => return Err(Failure::Passing(problem)),
            Err(Trouble::Refused(problem)) => return Err(Failure::Final(problem)),
        };
        let filed = &picture.filed;
        let pass = Pass::default().with_opened(&Opened {
            case: filed.case,
            turn: filed.turn,
        });
        let language = Language::from_tag(&picture.language).unwrap_or_default();
        let upload = Upload {
            name: "photo.jpg".to_owned(),
            bytes: bytes.into(),
        };
        let actor = Actor::guest(language);
        let added = self
            .cases
            .add_document(&actor, &pass, filed.number, "", &upload)
            .await;
        let words = shell.words();
        let number = filed.number.to_string();
        let said = match added {
            Ok(()) => words.text(
                language,
                "dialogue-picture-there",
                &[("number", number.into())],
            ),
            Err(NotKept::Refused(error)) => web::page::sentence(words, language, &error),
            Err(NotKept::Other(Error::Conflict(_) | Error::NotFound | Error::Forbidden)) => words
                .text(
                    language,
                    "dialogue-picture-not",
                    &[("number", number.into())],
                ),
            Err(NotKept::Down) => return Err(Failure::Passing("no place for files".to_owned())),
            Err(NotKept::Other(error)) => return Err(Failure::Passing(error.to_string())),
        };
        let out = Outgoing {
            way: picture.way,
            chat: picture.chat.clone(),
            told: Told {
                lines: vec![said],
                ..Told::default()
            },
            callback: None,
        };
        let this = self.clone();
        let store = self.cases.journal().store();
        let queued = store.housekeeping(move |tx| this.queue(tx, &out)).await;
        queued.map_err(|error| Failure::Passing(error.to_string()))
    }

    async fn send(&self, out: &Outgoing) -> std::result::Result<(), Failure> {
        let door = self.way_out(out.way)?;
        for _ in 0..MOST_TIMES {
            match door.send(out).await {
                Ok(()) => return Ok(()),
                Err(Trouble::Wait(seconds)) if seconds <= MOST_WAIT => {
                    tokio::time::sleep(Duration::from_secs(seconds.into())).await;
                }
                Err(Trouble::Wait(_)) => break,
                Err(Trouble::Away(problem)) => return Err(Failure::Passing(problem)),
                Err(Trouble::Refused(problem)) => return Err(Failure::Final(problem)),
            }
        }
        Err(Failure::Passing("it asks to wait".to_owned()))
    }
}
