//! What came out of the network: taken down once, judged, and made a case of feedback when it says
//! something. A person of the reception decides of the rest. Who wrote and what lies sealed, and is
//! thrown away by the clock.

use base::text::{clean_line, clean_text};
use base::{Actor, Error, Language, Moment, Result};
use cases::model::{Filed, Filing, Idempotency, Source};
use catalog::Answers;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::judging::{Verdict, judge};
use super::sql::{self, ItemRow, NewItem};
use super::{Heard, Kind, MODERATE, Networks};

/// Days that what came is kept before somebody decides.
const DAYS_WAITING: i64 = 30;
/// Days that what was set aside is kept.
const DAYS_LEFT: i64 = 7;
/// Days that is kept where an answer is to go.
const DAYS_FILED: i64 = 400;
/// The most characters of a text that are kept; the form takes fewer.
const MOST_TEXT: usize = 4_000;
/// The service that messages become cases of.
const SERVICE: &str = "feedback";
/// The longest reason, in characters.
const MOST_REASON: usize = 500;

const DAY: i64 = 24 * 3600;

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// Nobody has looked yet.
    New,
    /// Counted and listed; a person may decide.
    Counted,
    /// A case.
    Filed,
    /// Set aside by a person.
    Left,
}

impl ItemState {
    /// Its name in the database and the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Counted => "counted",
            Self::Filed => "filed",
            Self::Left => "left",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "counted" => Self::Counted,
            "filed" => Self::Filed,
            "left" => Self::Left,
            _ => Self::New,
        }
    }
}

/// Something that came.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its identifier here.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// When it came.
    pub came_at: Moment,
    /// What became of it.
    pub state: ItemState,
    /// What it was judged to be.
    pub verdict: &'static str,
    /// The author's name; empty when unknown or thrown away.
    pub name: String,
    /// The words; empty when there were none or they were thrown away.
    pub text: String,
    /// Whether name and words were thrown away.
    pub is_forgotten: bool,
    /// Why it was set aside.
    pub reason: String,
    /// Number of its case.
    pub case: Option<String>,
    /// Whether its author was told of the case, and what: `number` or `answer`.
    pub told: String,
}

impl Networks {
    /// Takes down what came; false when it is known. The rest is done by the rounds.
    pub(crate) async fn take_in(&self, mut heard: Heard) -> Result<bool> {
        heard.text = clean_text(&heard.text).chars().take(MOST_TEXT).collect();
        heard.name = clean_line(&heard.name).chars().take(100).collect();
        let keys = self.cases().journal().keys();
        let thing = keys.blind("network.thing", &heard.place()).to_vec();
        let now = self.store().now();
        let id = base::id::new_uuid(now);
        let is_repost = heard.kind == Kind::Repost;
        let new = NewItem {
            id,
            thing,
            kind: heard.kind.code(),
            post: heard.post,
            state: if is_repost { "counted" } else { "new" },
            verdict: if is_repost {
                Verdict::Repost.code()
            } else {
                ""
            },
            body: self.sealed(id, &serde_json::to_vec(&heard).map_err(Error::internal)?)?,
            keep_until: now.plus_seconds(DAYS_WAITING * DAY),
        };
        let is_new = self
            .store()
            .housekeeping(move |tx| sql::insert_item(tx, &new))
            .await?;
        if is_new {
            self.0.woken.notify_one();
        }
        Ok(is_new)
    }

    /// Keeps the name of an author that the network told later.
    pub(super) async fn keep_name(&self, id: Uuid, heard: &mut Heard, name: &str) -> Result<()> {
        heard.name = clean_line(name).chars().take(100).collect();
        let body = self.sealed(id, &serde_json::to_vec(heard).map_err(Error::internal)?)?;
        self.store()
            .housekeeping(move |tx| sql::name_item(tx, id, &body))
            .await?;
        Ok(())
    }

    /// Whether this came before.
    pub(super) async fn knows(&self, heard: &Heard) -> Result<bool> {
        let keys = self.cases().journal().keys();
        let thing = keys.blind("network.thing", &heard.place());
        self.store().read(move |db| sql::is_known(db, &thing)).await
    }

    /// What came, newest first: after `after`, `limit` at the most.
    pub async fn items(
        &self,
        actor: &Actor,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<Item>> {
        people::require_somewhere(actor, MODERATE)?;
        let after = after.unwrap_or(Uuid::max());
        let rows = self
            .store()
            .read(move |db| sql::items(db, after, limit))
            .await?;
        rows.into_iter().map(|row| self.shown(row)).collect()
    }

    /// Makes a case of something that was set aside or not judged enough.
    pub async fn file_item(&self, actor: &Actor, id: Uuid) -> Result<Item> {
        people::require_somewhere(actor, MODERATE)?;
        let row = self.row(id).await?;
        if row.state != "filed" {
            let heard = self.opened(&row)?;
            let heard = heard.ok_or(Error::Conflict("network-error-forgotten"))?;
            self.file_heard(id, &heard).await?;
        }
        self.shown(self.row(id).await?)
    }

    /// Sets something aside with a reason.
    pub async fn leave_item(&self, actor: &Actor, id: Uuid, reason: &str) -> Result<Item> {
        people::require_somewhere(actor, MODERATE)?;
        let reason: String = clean_line(reason).chars().take(MOST_REASON).collect();
        if reason.is_empty() {
            return Err(Error::field("reason", "network-error-reason"));
        }
        self.row(id).await?;
        let sealed = self.sealed(id, reason.as_bytes())?;
        let until = self.store().now().plus_seconds(DAYS_LEFT * DAY);
        let left = self
            .store()
            .housekeeping(move |tx| sql::leave_item(tx, id, &sealed, until))
            .await?;
        if left == 0 {
            return Err(Error::Conflict("network-error-decided"));
        }
        self.shown(self.row(id).await?)
    }

    /// Judges something new: a case, or counted.
    pub(super) async fn decide(&self, row: &ItemRow, heard: &Heard) -> Result<()> {
        let id = row.id;
        let verdict = match judge(&heard.text) {
            Verdict::Enough => match self.file_heard(id, heard).await {
                Ok(_) => return Ok(()),
                // The form asks for what no comment has: a person has to look.
                Err(Error::Invalid(_)) => Verdict::Form,
                Err(other) => return Err(other),
            },
            other => other,
        };
        self.store()
            .housekeeping(move |tx| sql::count_item(tx, id, verdict.code()))
            .await?;
        Ok(())
    }

    /// Files it as a guest's feedback. The same thing again is the same case.
    async fn file_heard(&self, id: Uuid, heard: &Heard) -> Result<Filed> {
        let contents = self.cases().catalog().contents().await?;
        let service = contents
            .service(SERVICE)
            .ok_or(Error::Conflict("network-error-no-service"))?;
        let answers = answers(&service.definition.form, heard);
        let body = serde_json::to_vec(&answers).map_err(Error::internal)?;
        let filing = Filing {
            service: SERVICE.to_owned(),
            answers,
            // Who writes under a public post of an authority says it to everybody.
            consent: true,
            source: Source::Network,
            draft: None,
            idempotency: Some(Idempotency {
                key: Sha256::digest(format!("network:{}", heard.place())).into(),
                body: Sha256::digest(&body).into(),
            }),
        };
        let guest = Actor::guest(Language::Ru);
        let filed = self.cases().file(&guest, filing).await?;
        let (case, number) = (filed.id, filed.number.to_string());
        let until = self.store().now().plus_seconds(DAYS_FILED * DAY);
        self.store()
            .housekeeping(move |tx| sql::file_item(tx, id, (case, &number), until))
            .await?;
        self.0.woken.notify_one();
        Ok(filed)
    }

    async fn row(&self, id: Uuid) -> Result<ItemRow> {
        let row = self.store().read(move |db| sql::item(db, id)).await?;
        row.ok_or(Error::NotFound)
    }

    /// What came, opened; none when it was thrown away.
    pub(super) fn opened(&self, row: &ItemRow) -> Result<Option<Heard>> {
        let Some(body) = &row.body else {
            return Ok(None);
        };
        let keys = self.cases().journal().keys();
        let plain = keys.installation().open(&context(row.id), body)?;
        serde_json::from_slice(&plain)
            .map(Some)
            .map_err(Error::internal)
    }

    fn sealed(&self, id: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        let keys = self.cases().journal().keys();
        keys.installation().seal(&context(id), plain)
    }

    fn shown(&self, row: ItemRow) -> Result<Item> {
        let heard = self.opened(&row)?;
        let reason = match &row.reason {
            Some(sealed) => {
                let keys = self.cases().journal().keys();
                let plain = keys.installation().open(&context(row.id), sealed)?;
                String::from_utf8(plain).map_err(Error::internal)?
            }
            None => String::new(),
        };
        Ok(Item {
            id: row.id,
            kind: Kind::from_code(&row.kind).unwrap_or(Kind::Comment),
            came_at: row.came_at,
            state: ItemState::from_code(&row.state),
            verdict: Verdict::ALL
                .into_iter()
                .map(Verdict::code)
                .find(|code| *code == row.verdict)
                .unwrap_or(""),
            is_forgotten: heard.is_none(),
            name: heard
                .as_ref()
                .map(|heard| heard.name.clone())
                .unwrap_or_default(),
            text: heard.map(|heard| heard.text).unwrap_or_default(),
            reason,
            case: row.case_number,
            told: row.told,
        })
    }
}

/// What is sealed of an item is bound to it.
fn context(id: Uuid) -> String {
    format!("network_item:{id}")
}

/// The answers that a message gives to the form of feedback, where it asks for them.
fn answers(form: &catalog::form::Form, heard: &Heard) -> Answers {
    let given = [
        ("about", json!("idea")),
        ("description", json!(heard.text)),
        (
            "page",
            json!(format!("vk.com/wall{}_{}", heard.owner, heard.post)),
        ),
        ("applicant", applicant(&heard.name)),
    ];
    given
        .into_iter()
        .filter(|(name, value)| form.field(name).is_some() && !value.is_null())
        .filter(|(name, _)| *name != "page" || heard.kind != Kind::Message)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn applicant(name: &str) -> Value {
    if name.is_empty() {
        Value::Null
    } else {
        json!({ "first_name": name })
    }
}
