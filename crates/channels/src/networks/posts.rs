//! Notices about services: written by whoever looks after the services, seen as they will stand,
//! published at once or at an hour, withdrawn while they are not out. That one stands on the wall once
//! is the matter of its number, which goes along with every try.

use base::{Actor, Error, FieldError, Moment, Result};
use journal::NewEntry;
use people::Subject;
use uuid::Uuid;

use super::sql::{self, PostRow};
use super::vk::Met;
use super::{Networks, PUBLISH};

/// The most characters of a notice; the network takes more, nobody reads it.
pub const MOST_WORDS: usize = 4_000;
/// Days ahead that a notice may be planned for.
const MOST_DAYS: i64 = 366;

/// How a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostState {
    /// Its hour has not come, or the network has not taken it yet.
    Planned,
    /// On the wall.
    Published,
    /// Taken back before it was out.
    Withdrawn,
}

impl PostState {
    /// Its name in the database and the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "published" => Self::Published,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Planned,
        }
    }
}

/// A notice.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its identifier, which the network knows it again by.
    pub id: Uuid,
    /// Code of the service it is about.
    pub service: String,
    /// The words as they stand on the wall.
    pub words: String,
    /// How it stands.
    pub state: PostState,
    /// When it is to be published.
    pub publish_at: Moment,
    /// When it was written.
    pub made_at: Moment,
    /// When it was published.
    pub published_at: Option<Moment>,
    /// Its number on the wall.
    pub outer: Option<i64>,
    /// Why the network has not taken it yet; a code, empty when nothing is wrong.
    pub problem: String,
    /// Comments under it.
    pub comments: i64,
    /// How often it was passed on.
    pub reposts: i64,
    /// Who liked it.
    pub likes: i64,
    /// How often it was seen.
    pub views: i64,
}

impl From<PostRow> for Post {
    fn from(row: PostRow) -> Self {
        let Met {
            comments,
            reposts,
            likes,
            views,
        } = row.met;
        Self {
            id: row.id,
            service: row.service,
            words: row.words,
            state: PostState::from_code(&row.state),
            publish_at: row.publish_at,
            made_at: row.made_at,
            published_at: row.published_at,
            outer: row.outer,
            problem: row.problem.unwrap_or_default(),
            comments,
            reposts,
            likes,
            views,
        }
    }
}

/// A notice before it is kept.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Code of the service it is about.
    pub service: String,
    /// The words.
    pub words: String,
    /// When; at once when none.
    pub publish_at: Option<Moment>,
}

impl Networks {
    /// The words of a notice as they will stand on the wall: with the way to the service below.
    pub async fn preview(&self, actor: &Actor, draft: &Draft, origin: &str) -> Result<String> {
        people::require(actor, PUBLISH, &Subject::default())?;
        let contents = self.cases().catalog().contents().await?;
        let mut errors = Vec::new();
        if contents.service(&draft.service).is_none() {
            let key = match draft.service.as_str() {
                "" => "error-choose-one",
                _ => "error-unknown-value",
            };
            errors.push(FieldError::new("service", key));
        }
        let words = base::text::clean_text(&draft.words);
        let words = words.trim();
        match base::text::length(words) {
            0 => errors.push(FieldError::new("words", "network-error-empty")),
            MOST_WORDS.. => {
                errors
                    .push(FieldError::new("words", "network-error-long").with("most", MOST_WORDS));
            }
            _ => {}
        }
        let now = self.store().now();
        let last = now.plus_seconds(MOST_DAYS * 24 * 3600);
        if draft.publish_at.is_some_and(|at| at < now || at > last) {
            errors.push(FieldError::new("publish_at", "network-error-hour"));
        }
        if errors.is_empty() {
            Ok(format!("{words}\n\n{origin}/services/{}", draft.service))
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// Keeps a notice and publishes it when its hour comes.
    pub async fn make_post(&self, actor: &Actor, draft: &Draft, origin: &str) -> Result<Post> {
        if !self.is_configured() {
            people::require(actor, PUBLISH, &Subject::default())?;
            return Err(Error::Conflict("network-error-not-set"));
        }
        let words = self.preview(actor, draft, origin).await?;
        let journal = self.cases().journal().clone();
        let (service, at) = (draft.service.clone(), draft.publish_at);
        let id = base::id::new_uuid(self.store().now());
        self.store()
            .change(actor, move |tx| {
                let publish_at = at.unwrap_or_else(|| tx.now());
                sql::insert_post(tx, id, &service, &words, publish_at)?;
                journal.record(
                    tx,
                    NewEntry {
                        action: "network_post.made",
                        kind: "network_post",
                        id,
                        fields: vec![
                            ("service", service.clone()),
                            ("words", words.clone()),
                            ("publish_at", publish_at.rfc3339()),
                        ],
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first: true,
                    },
                )?;
                Ok(())
            })
            .await?;
        self.0.woken.notify_one();
        self.find_post(id).await
    }

    /// Takes a notice back that is not out.
    pub async fn withdraw_post(&self, actor: &Actor, id: Uuid) -> Result<Post> {
        people::require(actor, PUBLISH, &Subject::default())?;
        self.find_post(id).await?;
        self.record_of(actor, id, "network_post.withdrawn", Vec::new(), move |tx| {
            sql::withdraw_post(tx, id)
        })
        .await?;
        self.find_post(id).await
    }

    /// A change of a notice that holds only while it is planned.
    pub(super) async fn record_of(
        &self,
        actor: &Actor,
        id: Uuid,
        action: &'static str,
        fields: Vec<(&'static str, String)>,
        write: impl Fn(&mut store::Tx<'_>) -> Result<u64> + Send + Sync + 'static,
    ) -> Result<()> {
        let journal = self.cases().journal().clone();
        self.store()
            .change(actor, move |tx| {
                tx.lock("network_post", id)?;
                if write(tx)? == 0 {
                    return Err(Error::Conflict("network-error-out"));
                }
                journal.record(
                    tx,
                    NewEntry {
                        action,
                        kind: "network_post",
                        id,
                        fields: fields.clone(),
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first: false,
                    },
                )?;
                Ok(())
            })
            .await
    }

    /// Notices, newest first: those after `after`, `limit` at the most.
    pub async fn posts(
        &self,
        actor: &Actor,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<Post>> {
        people::require(actor, PUBLISH, &Subject::default())?;
        let after = after.unwrap_or(Uuid::max());
        let rows = self
            .store()
            .read(move |db| sql::posts(db, after, limit))
            .await?;
        Ok(rows.into_iter().map(Post::from).collect())
    }

    async fn find_post(&self, id: Uuid) -> Result<Post> {
        let row = self.store().read(move |db| sql::post(db, id)).await?;
        row.map(Post::from).ok_or(Error::NotFound)
    }
}
