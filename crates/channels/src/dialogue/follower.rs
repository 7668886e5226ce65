//! The follower: whoever filed in a messenger is told there that the case has moved on, that there is
//! an answer or a question. What is said names the number and the state and repeats nobody's words;
//! the page has the rest. The message is queued in one commit with the follower's position.

use base::Result;
use base::id::CaseId;
use cases::{Cases, Happening};
use journal::{Follower, Placed};
use store::Tx;
use web::{Request, Shell, WordArg};

use super::saying::Told;
use crate::Channels;
use crate::messengers::Outgoing;

/// An entry older than this is told no more: whoever starts with a long history is not sent all of it.
const TOLD_FOR_SECONDS: i64 = 7 * 24 * 3600;

/// Follows the log and tells those who filed in a messenger.
pub struct DialogueFollower {
    channels: Channels,
    shell: Shell,
}

impl DialogueFollower {
    /// A follower that tells in the words of `shell`.
    pub fn new(channels: Channels, shell: Shell) -> Self {
        Self { channels, shell }
    }

    fn tell(&self, tx: &mut Tx<'_>, entry: &Placed) -> Result<()> {
        let case = CaseId(entry.entity);
        let Some((way, chat)) = self.channels.peer_of(tx, case)? else {
            return Ok(());
        };
        let Some(row) = Cases::of_entry(tx, entry)? else {
            return Ok(());
        };
        let Some(happening) = self.channels.cases.happening(tx, entry, &row)? else {
            return Ok(());
        };
        let Some(key) = sentence(&happening) else {
            return Ok(());
        };
        let (words, language) = (self.shell.words(), happening.language);
        let number = happening.number.to_string();
        let state = format!("register-state-{}", happening.state.public().code());
        let state = words.plain(language, &state).into_owned();
        let mut args: Vec<(&str, WordArg<'_>)> = vec![("number", number.clone().into())];
        if key == "dialogue-moved" {
            args.push(("state", state.into()));
        }
        let page = Request::apart(&self.shell, language).page("");
        let origin = &self.shell.settings().origin;
        let told = Told {
            lines: vec![words.text(language, key, &args)],
            links: vec![(
                page.t("dialogue-open").into_owned(),
                format!("{origin}/status?number={number}"),
            )],
            ..Told::default()
        };
        let out = Outgoing {
            way,
            chat,
            told,
            callback: None,
        };
        self.channels.queue(tx, &out)
    }
}

/// What is said of an entry; none when it says nothing to whoever filed.
fn sentence(happening: &Happening) -> Option<&'static str> {
    match happening.entry.action.as_str() {
        "case.filed" => None,
        "case.answered" | "case.interim_answered" => Some("dialogue-answer-there"),
        "case.staff_wrote" => Some("dialogue-message-there"),
        "case.documents_requested" => Some("dialogue-documents-there"),
        _ => {
            let before = happening.before.map(cases::model::State::public);
            (before != Some(happening.state.public())).then_some("dialogue-moved")
        }
    }
}

impl Follower for DialogueFollower {
    fn name(&self) -> &'static str {
        "dialogues"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        let since = tx.now().plus_seconds(-TOLD_FOR_SECONDS);
        for entry in entries {
            if entry.kind == cases::KIND && entry.recorded_at >= since {
                self.tell(tx, entry)?;
            }
        }
        Ok(())
    }
}
