//! Drafts: what was typed so far, saved at every step, so that it can be gone on with later and on
//! another device. A draft is nobody's appeal yet, has no number, and is thrown away after thirty
//! days; so it is housekeeping and makes no entry.

use base::id::DraftId;
use base::{Actor, Error, Moment, Result};
use catalog::form::Answers;

use crate::model::Draft;
use crate::pass::Pass;
use crate::{Cases, pass, sql};

const DAYS_KEPT: i64 = 30;

fn context(id: DraftId) -> String {
    format!("case.draft:{id}")
}

impl Cases {
    /// Saves the answers of a step into a draft, a new one when there is none; answers of other
    /// steps stay. Only its owner or the browser that began it may.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        pass: &Pass,
        draft: Option<DraftId>,
        service: &str,
        answers: Answers,
    ) -> Result<DraftId> {
        let known = if draft.is_none() {
            self.0.catalog.service(service).await?
        } else {
            let contents = self.0.catalog.contents().await?;
            contents
                .known_service(service)
                .cloned()
                .ok_or(Error::NotFound)?
        };
        if serde_json::to_vec(&answers).map_or(usize::MAX, |json| json.len()) > 200_000 {
            return Err(Error::field("", "error-too-long"));
        }
        let code = known.definition.code.clone();
        let now = self.0.journal.store().now();
        let (id, merged) = match draft {
            None => (DraftId::new(now), answers),
            Some(id) => {
                let draft = self.draft(actor, pass, id).await?;
                if draft.filed.is_some() || draft.service != code {
                    return Err(Error::Conflict("case-error-draft-filed"));
                }
                let mut merged = draft.answers;
                merged.extend(answers);
                (id, merged)
            }
        };
        let content = self.sealed_answers(id, &merged)?;
        let person = actor.person();
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                let row = sql::DraftRow {
                    id,
                    person,
                    service: code.clone(),
                    saved_at: now,
                    case: None,
                    content: content.clone(),
                };
                sql::put_draft(tx, &row)
            })
            .await?;
        Ok(id)
    }

    /// A draft that this actor or browser may go on with.
    pub async fn draft(&self, actor: &Actor, pass: &Pass, id: DraftId) -> Result<Draft> {
        let row = self
            .0
            .journal
            .store()
            .read(move |db| sql::draft(db, id))
            .await?
            .ok_or(Error::NotFound)?;
        let intake = self.intake_of_draft(actor, id).await?;
        let theirs = row.person.is_some() && row.person == actor.person();
        // Somebody who signs in half-way goes on with what they began.
        if !theirs && (intake.is_some() || !pass.opens_draft(id)) {
            // Whose sign-in has ended half-way signs in and goes on; a guest's own is not there.
            let whose = row.person.filter(|_| actor.account().is_none());
            return Err(whose.map_or(Error::NotFound, |_| Error::Unauthenticated));
        }
        Ok(Draft {
            intake,
            ..self.opened(row)?
        })
    }

    /// The key by which a guest's program goes on with a draft.
    pub fn draft_key(&self, id: DraftId) -> String {
        pass::draft_key(self.0.journal.keys(), id)
    }

    /// What such a key lets into.
    pub fn pass_of_draft_key(&self, key: &str) -> Result<Pass> {
        let pass = pass::pass_of_key(self.0.journal.keys(), key);
        pass.ok_or_else(|| Error::field("X-Draft-Key", "case-error-wrong-draft-key"))
    }

    /// The drafts of their own that a signed-in person can go on with, newest first, 50 at the
    /// most. What an operator writes down for others stands in [`Cases::begun`].
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| sql::drafts_of(db, person))
            .await?;
        rows.into_iter().map(|row| self.opened(row)).collect()
    }

    /// The draft that a guest saved last in the browser of this pass and has not sent, of one service
    /// or of any; none once its owner is known by an account.
    pub async fn newest_begun(&self, pass: &Pass, service: Option<&str>) -> Result<Option<Draft>> {
        let ids = pass.drafts().to_vec();
        let service = service.map(str::to_owned);
        let newest = self
            .0
            .journal
            .store()
            .read(move |db| {
                let mut newest: Option<sql::DraftRow> = None;
                for id in &ids {
                    let row = sql::draft(db, *id)?.filter(|row| {
                        let fits = service.as_ref().is_none_or(|code| *code == row.service);
                        fits && row.case.is_none() && row.person.is_none()
                    });
                    let is_newer = |row: &sql::DraftRow| {
                        newest
                            .as_ref()
                            .is_none_or(|known| known.saved_at < row.saved_at)
                    };
                    if let Some(row) = row.filter(is_newer) {
                        newest = Some(row);
                    }
                }
                Ok(newest)
            })
            .await?;
        newest.map(|row| self.opened(row)).transpose()
    }

    /// Throws a draft away with its documents. One that was filed stays: it leads to its case.
    pub async fn drop_draft(&self, draft: &Draft) -> Result<()> {
        if draft.filed.is_some() {
            return Err(Error::Conflict("case-error-draft-filed"));
        }
        for document in self.draft_documents(draft).await? {
            match self.detach(draft, document.id).await {
                Ok(()) | Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        let id = draft.id;
        let gone = self
            .0
            .journal
            .store()
            .housekeeping(move |tx| {
                tx.lock("case_draft", id.0)?;
                sql::empty_draft(tx, id)?;
                sql::drop_draft_intake(tx, id)?;
                sql::delete_draft(tx, id)
            })
            .await?;
        if gone > 0 {
            Ok(())
        } else {
            Err(Error::Conflict("case-error-draft-filed"))
        }
    }

    /// Throws away drafts that nobody touched for thirty days.
    pub async fn drop_old_drafts(&self) -> Result<u64> {
        let store = self.0.journal.store();
        let before: Moment = store.now().plus_seconds(-DAYS_KEPT * 86_400);
        let dropped = store
            .housekeeping(move |tx| {
                let dropped = sql::drop_old_drafts(tx, before)?;
                sql::drop_draft_intakes(tx)?;
                Ok(dropped)
            })
            .await?;
        self.drop_forgotten_documents().await?;
        self.drop_old_uploads().await?;
        Ok(dropped)
    }

    /// The answers of a draft as they are kept.
    pub(crate) fn sealed_answers(&self, id: DraftId, answers: &Answers) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(answers).map_err(Error::internal)?;
        let key = self.0.journal.keys().installation();
        key.seal(&context(id), &json)
    }

    pub(crate) fn opened(&self, row: sql::DraftRow) -> Result<Draft> {
        // A filed draft was emptied: its answers live in the case.
        let answers = if row.case.is_some() {
            Answers::new()
        } else {
            let key = self.0.journal.keys().installation();
            let json = key.open(&context(row.id), &row.content)?;
            serde_json::from_slice(&json).map_err(Error::internal)?
        };
        Ok(Draft {
            id: row.id,
            service: row.service,
            answers,
            saved_at: row.saved_at,
            filed: row.case,
            intake: None,
        })
    }
}
