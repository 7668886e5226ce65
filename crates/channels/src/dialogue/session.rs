//! A dialogue between two replies: what is kept of it, sealed, and how what it asks for is done,
//! through the same faces as pages do and under the same limits.

use std::net::{IpAddr, Ipv6Addr};

use base::id::CaseId;
use base::{Actor, Clock, Error, Result};
use cases::model::{Filing, Idempotency, Source};
use cases::{Opened, Pass};
use catalog::Answers;
use journal::Keys;
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;
use web::{Limiter, Shell};

use super::hearing;
use super::saying::{Speaker, Told};
use super::sql;
use super::talk::{Effect, FiledHere, Next, Outcome, Said, Talk, World};
use crate::Channels;

/// How long a dialogue is kept, in seconds.
pub(crate) const KEPT_SECONDS: i64 = 24 * 3600;
/// How long it is known which messages were taken.
const SEEN_SECONDS: i64 = 7 * 24 * 3600;
/// Lines that a page shows of what was said.
const MOST_LINES: usize = 40;
/// What a dialogue is sealed as.
const CONTEXT: &str = "channels.dialogue";
/// What a place in a messenger is sealed as, with its case.
const PEER: &str = "channels.peer";

/// Where people talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// The page of the portal.
    Portal,
    /// MAX.
    Max,
    /// Telegram.
    Telegram,
    /// Alice of Yandex.
    Alice,
}

impl Way {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Max => "max",
            Self::Telegram => "telegram",
            Self::Alice => "alice",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Portal, Self::Max, Self::Telegram, Self::Alice];
        all.into_iter().find(|way| way.code() == code)
    }

    const fn source(self) -> Source {
        match self {
            Self::Portal => Source::Web,
            Self::Max | Self::Telegram => Source::Messenger,
            Self::Alice => Source::Voice,
        }
    }
}

/// Who talks and where.
pub(crate) struct Talker<'a> {
    pub(crate) way: Way,
    /// The chat, or the secret of a browser.
    pub(crate) key: &'a str,
    pub(crate) actor: Actor,
    pub(crate) shell: &'a Shell,
    /// Where they are counted; of a messenger, an address made from the chat.
    pub(crate) client: IpAddr,
    /// What names this message.
    pub(crate) mark: &'a str,
    /// Whether the channel itself has heard of a danger.
    pub(crate) danger: bool,
}

/// What is kept of a dialogue.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) talk: Talk,
    /// The reply given last.
    pub(crate) told: Told,
    /// Who said what: true for the one who talks with us.
    pub(crate) lines: Vec<(bool, String)>,
    /// The message answered last.
    pub(crate) mark: String,
    /// How many messages there were.
    pub(crate) turn: u32,
}

/// What came of a message.
pub(crate) struct Taken {
    pub(crate) kept: Kept,
    /// A case that was filed just now.
    pub(crate) filed: Option<FiledHere>,
    /// Pictures that are to be fetched and added to a case.
    pub(crate) pictures: Vec<(FiledHere, String)>,
}

/// How often one may do what.
#[derive(Clone)]
pub(crate) struct Limits {
    /// Messages, for each address.
    pub(crate) said: Limiter,
    /// Filings, for each address.
    filed: Limiter,
}

impl Limits {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            said: Limiter::new(clock.clone(), 60, 0.5),
            filed: Limiter::new(clock.clone(), 30, 0.1),
        }
    }
}

/// The name of a dialogue: nobody knows from it who talks.
pub(crate) fn id_of(keys: &Keys, way: Way, key: &str) -> Uuid {
    let hash = keys.blind("channels.dialogue", &format!("{}:{key}", way.code()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

/// Where a dialogue without an address of the net is counted.
pub(crate) fn counted_at(id: Uuid) -> IpAddr {
    let mut bytes = *id.as_bytes();
    // A network of one's own (RFC 4193): no client comes from there.
    bytes[0] = 0xfd;
    IpAddr::V6(Ipv6Addr::from(bytes))
}

impl Channels {
    fn keys(&self) -> &Keys {
        self.cases.journal().keys()
    }

    /// What is kept of a dialogue; a new one when there is none.
    pub(crate) async fn kept(&self, id: Uuid) -> Result<Kept> {
        let store = self.cases.journal().store();
        let since = store.now().plus_seconds(-KEPT_SECONDS);
        let sealed = store.read(move |db| sql::dialogue(db, id, since)).await?;
        Ok(sealed.map_or_else(Kept::default, |sealed| self.opened(id, &sealed)))
    }

    /// What does not open any more, as after another version, is a dialogue that begins anew.
    fn opened(&self, id: Uuid, sealed: &[u8]) -> Kept {
        let json = self
            .keys()
            .installation()
            .open(&format!("{CONTEXT}:{id}"), sealed);
        let json = json.unwrap_or_default();
        serde_json::from_slice(&json).unwrap_or_default()
    }

    pub(crate) fn sealed(&self, id: Uuid, kept: &Kept) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(kept).map_err(Error::internal)?;
        self.keys()
            .installation()
            .seal(&format!("{CONTEXT}:{id}"), &json)
    }

    /// Takes a message: the machine hears it, what it asks for is done, and the reply is put into
    /// words. Nothing of the dialogue is written here; whoever calls keeps it.
    pub(crate) async fn take(&self, talker: &Talker<'_>, kept: Kept, said: &Said) -> Result<Taken> {
        let contents = self.cases.catalog().contents().await?;
        let units = self.cases.people().units().await?;
        let known = self.known(&talker.actor).await?;
        let world = World {
            contents: &contents,
            units: &units,
            today: self.cases.today(),
            aloud: talker.way == Way::Alice,
            points: matches!(talker.way, Way::Max | Way::Telegram),
            signed_in: talker.actor.person().is_some(),
            known: &known,
            mark: talker.mark,
        };
        let speaker = Speaker {
            shell: talker.shell,
            language: talker.actor.language,
            contents: &contents,
            units: &units,
        };
        let mut kept = kept;
        let said = meant(said, &kept.told);
        note(&mut kept.lines, true, &shown(&said, &kept.told));
        let (mut filed, mut shown) = (None, Vec::new());
        let heard = match &said {
            Said::Words(words) if talker.danger => Next::Say(kept.talk.warn(words.clone())),
            said => kept.talk.hear(said, &world),
        };
        let reply = match heard {
            Next::Say(reply) => reply,
            Next::Do(effect) => {
                let pictures = match &effect {
                    Effect::File { pictures, .. } => pictures.clone(),
                    Effect::Attach { filed, picture } => {
                        shown.push((filed.clone(), picture.clone()));
                        Vec::new()
                    }
                    _ => Vec::new(),
                };
                let outcome = self.done(talker, effect).await?;
                if let Outcome::Filed { filed: case, .. } = &outcome {
                    shown.extend(pictures.into_iter().map(|picture| (case.clone(), picture)));
                    filed = Some(case.clone());
                }
                kept.talk.done(outcome, &world)
            }
        };
        kept.told = speaker.tell(&reply);
        let text = kept.told.lines.join("\n");
        note(&mut kept.lines, false, &text);
        talker.mark.clone_into(&mut kept.mark);
        kept.turn = kept.turn.wrapping_add(1);
        Ok(Taken {
            kept,
            filed,
            pictures: shown,
        })
    }

    /// What the profile knows of whoever has signed in, as forms ask for it.
    async fn known(&self, actor: &Actor) -> Result<Answers> {
        if actor.person().is_none() {
            return Ok(Answers::new());
        }
        let profile = self.cases.people().profile(actor).await?;
        let parts = [
            ("last_name", Some(profile.name.last)),
            ("first_name", Some(profile.name.first)),
            ("middle_name", profile.name.middle),
            ("email", Some(profile.contacts.email)),
            ("phone", profile.contacts.phone),
            ("postal_address", profile.contacts.address),
        ];
        let known = parts.into_iter();
        Ok(known
            .filter_map(|(name, text)| Some((name.to_owned(), text?.into())))
            .collect())
    }

    /// Does what the machine asks for. What the one who talks can put right is an outcome; what is
    /// ours to put right is an error.
    async fn done(&self, talker: &Talker<'_>, effect: Effect) -> Result<Outcome> {
        let files = matches!(effect, Effect::File { .. });
        let added_to = match &effect {
            Effect::Add { filed, .. } => Some(filed.number),
            _ => None,
        };
        let outcome = match effect {
            Effect::File {
                service,
                answers,
                mark,
                ..
            } => self.file(talker, service, answers, &mark).await,
            // It is fetched later: the dialogue only says where it goes.
            Effect::Attach { filed, .. } => Ok(Outcome::Attached(filed.number)),
            Effect::Status { number, code } => self.standing(talker, number, code).await,
            Effect::Add { filed, words } => self.add(talker, filed, words).await,
        };
        match outcome {
            Ok(outcome) => Ok(outcome),
            Err(Error::Invalid(errors)) => Ok(Outcome::Wrong(errors)),
            Err(Error::NotFound | Error::Forbidden) if files => Ok(Outcome::NotOffered),
            Err(Error::NotFound | Error::Forbidden) => Ok(Outcome::Unknown),
            // A case that has ended takes no words: to wait would not help.
            Err(Error::Conflict(_)) if added_to.is_some() => {
                Ok(added_to.map_or(Outcome::Later, Outcome::Closed))
            }
            Err(Error::TooMany(_) | Error::Conflict(_)) => Ok(Outcome::Later),
            Err(other) => Err(other),
        }
    }

    async fn file(
        &self,
        talker: &Talker<'_>,
        service: String,
        answers: Answers,
        mark: &str,
    ) -> Result<Outcome> {
        self.limits.filed.check(&talker.client.to_string())?;
        // However often the same sending is tried, it is one case.
        let name = format!("{}:{}:{mark}", talker.way.code(), talker.key);
        let key = self.keys().blind("channels.filing", &name);
        let filing = Filing {
            service,
            answers,
            consent: true,
            source: talker.way.source(),
            draft: None,
            idempotency: Some(Idempotency { key, body: key }),
        };
        let filed = self.cases.file(&talker.actor, filing).await?;
        Ok(Outcome::Filed {
            filed: FiledHere {
                number: filed.number,
                case: filed.id,
                turn: 0,
            },
            due_on: filed.due_on,
            code: filed.return_code,
        })
    }

    async fn standing(
        &self,
        talker: &Talker<'_>,
        number: base::Number,
        code: Option<String>,
    ) -> Result<Outcome> {
        let opened = match code {
            Some(code) => Some(
                self.cases
                    .return_with_code(number, &code, talker.client)
                    .await?,
            ),
            // Whoever has signed in needs no code for what is theirs.
            None if talker.actor.person().is_some() => {
                let pass = Pass::default();
                self.cases.own_case(&talker.actor, &pass, number).await?
            }
            None => None,
        };
        let row = self.cases.status(number).await?;
        Ok(Outcome::Standing {
            number,
            state: format!("register-state-{}", row.state.code()),
            due_on: row.due_on,
            answered: row.answered_at.is_some(),
            opened: opened.map(|opened| FiledHere {
                number,
                case: opened.case,
                turn: opened.turn,
            }),
        })
    }

    async fn add(&self, talker: &Talker<'_>, filed: FiledHere, words: String) -> Result<Outcome> {
        let pass = Pass::default().with_opened(&Opened {
            case: filed.case,
            turn: filed.turn,
        });
        // Words that a kill has left without a reply stand there already.
        let clean = base::text::clean_text(&words);
        let card = self.cases.card(&talker.actor, &pass, filed.number).await?;
        let stands = card
            .messages
            .last()
            .is_some_and(|last| last.own && last.text == clean);
        if !stands {
            self.cases
                .write(&talker.actor, &pass, filed.number, &words, false)
                .await?;
        }
        Ok(Outcome::Added(filed.number))
    }

    /// Remembers where the one who filed a case is told of it.
    pub(crate) fn remember_peer(
        &self,
        tx: &mut Tx<'_>,
        case: CaseId,
        way: Way,
        peer: &str,
    ) -> Result<()> {
        let Some(key) = self.cases.key_of(tx, case)? else {
            return Ok(());
        };
        let sealed = key.seal(&format!("{PEER}:{case}"), peer.as_bytes())?;
        sql::put_peer(tx, case, way.code(), &sealed)
    }

    /// Where the one who filed a case is told of it; none when nowhere, or it was erased.
    pub(crate) fn peer_of(&self, tx: &mut Tx<'_>, case: CaseId) -> Result<Option<(Way, String)>> {
        let Some((way, sealed)) = sql::peer_of(tx, case)? else {
            return Ok(None);
        };
        let (Some(way), Some(key)) = (Way::from_code(&way), self.cases.key_of(tx, case)?) else {
            return Ok(None);
        };
        let peer = key.open(&format!("{PEER}:{case}"), &sealed)?;
        Ok(String::from_utf8(peer).ok().map(|peer| (way, peer)))
    }

    /// Throws away what was said a day ago and more; by the clock.
    pub async fn drop_old_dialogues(&self) -> Result<u64> {
        let store = self.cases.journal().store();
        let now = store.now();
        let (said, seen) = (
            now.plus_seconds(-KEPT_SECONDS),
            now.plus_seconds(-SEEN_SECONDS),
        );
        store
            .housekeeping(move |tx| sql::sweep(tx, said, seen))
            .await
    }
}

/// Words that name a button are that button: its label, or its place where several are offered.
fn meant(said: &Said, told: &Told) -> Said {
    let Said::Words(words) = said else {
        return said.clone();
    };
    let plain = hearing::plain(words);
    let label = |(_, label): &&(String, String)| hearing::plain(label) == plain;
    if let Some((code, _)) = told.choices.iter().find(label) {
        return Said::Pressed(code.clone());
    }
    let listed: Vec<&(String, String)> = told
        .choices
        .iter()
        .filter(|(code, _)| code.contains(':'))
        .collect();
    if listed.len() < 2 {
        return said.clone();
    }
    if let Some((code, _)) = hearing::ordinal(words).and_then(|at| listed.get(at)) {
        return Said::Pressed(code.clone());
    }
    // A word of one label alone.
    let mut with = listed
        .iter()
        .filter(|(_, label)| plain.chars().count() > 3 && hearing::plain(label).contains(&plain));
    match (with.next(), with.next()) {
        (Some((code, _)), None) => Said::Pressed(code.clone()),
        _ => said.clone(),
    }
}

/// What was said, as a page repeats it.
fn shown(said: &Said, told: &Told) -> String {
    match said {
        Said::Words(words) => words.clone(),
        Said::Pressed(code) => {
            let mut choices = told.choices.iter();
            let pressed = choices.find(|(known, _)| known == code);
            pressed.map(|(_, label)| label.clone()).unwrap_or_default()
        }
        Said::Point { north, east } => format!("{north:.5}, {east:.5}"),
        Said::Begin | Said::Picture(_) | Said::Unreadable => String::new(),
    }
}

fn note(lines: &mut Vec<(bool, String)>, own: bool, text: &str) {
    if !text.is_empty() {
        lines.push((own, text.to_owned()));
    }
    let surplus = lines.len().saturating_sub(MOST_LINES);
    lines.drain(..surplus);
}
