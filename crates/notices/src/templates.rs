//! Templates in force: those that the installation has changed, and for the rest what the product
//! comes with. Every change is an entry with the words before and after.

use base::{Actor, Language, Moment, Result};
use journal::NewEntry;
use people::Subject;
use people::acts::Act;
use store::Db;

use crate::kinds::Kind;
use crate::letters::Template;
use crate::{MANAGE, Notices, sql};

/// A template as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTemplate {
    /// Its kind.
    pub kind: Kind,
    /// Its language.
    pub language: Language,
    /// The words in force.
    pub words: Template,
    /// When the installation changed them; none while they are as they came.
    pub changed_at: Option<Moment>,
}

/// The template by which a letter is written now.
pub(crate) fn in_force(db: &mut Db<'_>, kind: Kind, language: Language) -> Result<Template> {
    match sql::template(db, kind, language)? {
        Some(row) => Ok(Template {
            subject: row.subject,
            body: row.body,
        }),
        None => Template::built_in(kind, language),
    }
}

impl Notices {
    /// Every template, in the order of the kinds.
    pub async fn templates(&self, actor: &Actor) -> Result<Vec<KnownTemplate>> {
        people::require(actor, MANAGE, &Subject::default())?;
        let changed = self.store().read(sql::templates).await?;
        let mut all = Vec::new();
        for kind in Kind::ALL {
            for language in Language::ALL {
                let row = changed
                    .iter()
                    .find(|row| row.kind == kind.code() && row.language == language.tag());
                all.push(KnownTemplate {
                    kind,
                    language,
                    words: match row {
                        Some(row) => Template {
                            subject: row.subject.clone(),
                            body: row.body.clone(),
                        },
                        None => Template::built_in(kind, language)?,
                    },
                    changed_at: row.map(|row| row.changed_at),
                });
            }
        }
        Ok(all)
    }

    /// One template.
    pub async fn template(
        &self,
        actor: &Actor,
        kind: Kind,
        language: Language,
    ) -> Result<KnownTemplate> {
        people::require(actor, MANAGE, &Subject::default())?;
        let row = self
            .store()
            .read(move |db| sql::template(db, kind, language))
            .await?;
        Ok(KnownTemplate {
            kind,
            language,
            changed_at: row.as_ref().map(|row| row.changed_at),
            words: match row {
                Some(row) => Template {
                    subject: row.subject,
                    body: row.body,
                },
                None => Template::built_in(kind, language)?,
            },
        })
    }

    /// Puts new words in force, or with `None` those that the product came with.
    pub async fn change_template(
        &self,
        actor: &Actor,
        kind: Kind,
        language: Language,
        words: Option<Template>,
    ) -> Result<()> {
        people::require(actor, MANAGE, &Subject::default())?;
        let built_in = Template::built_in(kind, language)?;
        let words = words
            .map(|words| Template::checked(kind, &words.subject, &words.body))
            .transpose()?;
        let known = self.template(actor, kind, language).await?;
        let same = match &words {
            Some(words) => known.words == *words,
            None => known.changed_at.is_none(),
        };
        if same {
            return Ok(());
        }
        let journal = self.0.journal.clone();
        self.store()
            .change(actor, move |tx| {
                // Which template it is decides what is locked, and it may have no row yet.
                tx.lock("template", lock_of(kind, language))?;
                let row = sql::template(tx, kind, language)?;
                let before = row.as_ref().map_or_else(
                    || built_in.clone(),
                    |row| Template {
                        subject: row.subject.clone(),
                        body: row.body.clone(),
                    },
                );
                let (id, first) = match &row {
                    Some(row) => (row.id, false),
                    None => (base::id::new_uuid(tx.now()), true),
                };
                let after = words.clone().unwrap_or_else(|| built_in.clone());
                match (&words, &row) {
                    (Some(words), _) => sql::put_template(tx, id, kind, language, words)?,
                    (None, Some(_)) => sql::delete_template(tx, id)?,
                    (None, None) => return Err(base::Error::Conflict("notice-error-as-it-came")),
                }
                let state = |words: &Template| {
                    serde_json::json!({
                        "letter": kind.code(),
                        "language": language.tag(),
                        "subject": words.subject,
                        "body": words.body,
                    })
                };
                let act = Act {
                    kind: "template",
                    entity: id,
                    action: if words.is_some() {
                        "template.changed"
                    } else {
                        "template.restored"
                    },
                    before: state(&before),
                    after: state(&after),
                };
                people::acts::note(tx, &act)?;
                journal.record(
                    tx,
                    NewEntry {
                        action: act.action,
                        kind: act.kind,
                        id,
                        fields: people::acts::fields(&act),
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first,
                    },
                )?;
                Ok(())
            })
            .await
    }
}

/// One lock a template.
fn lock_of(kind: Kind, language: Language) -> uuid::Uuid {
    let kind = Kind::ALL.iter().position(|known| *known == kind);
    let language = Language::ALL.iter().position(|known| *known == language);
    let number = kind.unwrap_or(0) * 16 + language.unwrap_or(0);
    uuid::Uuid::from_u128(number as u128)
}
