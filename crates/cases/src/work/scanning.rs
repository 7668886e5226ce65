//! A scan or a paper that was forgotten when a card was registered: the operator who registered it
//! adds it as the applicant's document, and the entry says who did. Only while the case is open, and
//! for a month: what comes later is a new letter.

use base::{Actor, Error, Number, Result};
use files::Kind;
use people::{People, Permission};
use store::Db;

use super::{Told, moved};
use crate::Cases;
use crate::documents::{Document, NotKept, Upload, body_of, has_room, row_of, seal, size};
use crate::model::{CaseRow, Side, Source, State};
use crate::sql::{self, Moved};

/// For how many days after the registration a scan is taken.
const DAYS: i64 = 30;

/// The papers of a card as its operator sees them.
#[derive(Clone, Debug)]
pub struct Scans {
    /// What there is, oldest first.
    pub documents: Vec<Document>,
    /// The kinds that are taken.
    pub kinds: Vec<Kind>,
    /// Whether one more can be added now.
    pub taken: bool,
}

impl Cases {
    /// The papers of a card that the operator registered.
    pub async fn scans(&self, actor: &Actor, number: Number) -> Result<Scans> {
        let (case, taken) = self.scanned(actor, number).await?;
        Ok(Scans {
            documents: self.documents_of(&case).await?,
            kinds: self.kinds_of(&case).await,
            taken: taken.is_ok(),
        })
    }

    /// Adds a scan to a card that the operator registered.
    pub async fn add_scan(
        &self,
        actor: &Actor,
        number: Number,
        upload: &Upload,
    ) -> std::result::Result<(), NotKept> {
        // Whoever may not add, and what would not fit, is told before anything is put away.
        let (case, taken) = self.scanned(actor, number).await?;
        taken?;
        let this = self.clone();
        let (id, data_key) = (case.id, case.data_key);
        let store = self.0.journal.store();
        let (key, rows) = store
            .read(move |db| {
                let key = this.0.journal.keys().load(db, data_key)?;
                Ok((key, sql::documents(db, id)?))
            })
            .await?;
        has_room(&rows, Side::Applicant, size(upload))?;
        let kinds = self.kinds_of(&case).await;
        let put = self.put_away(&key, upload, &kinds).await?;
        let this = self.clone();
        store
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let operator = tx.actor().clone();
                let (way, since) = card_of(tx, &operator, &row)?;
                takes(&row, tx.now().seconds_since(since))?;
                this.expect(tx, &row)?;
                let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
                let operator = People::name_of(tx, &this.0.journal, person)?.short();
                let account = tx.actor().account();
                let mut document = row_of(tx, &put, None, Side::Applicant, account);
                let body = body_of(&put.inspected, operator.clone());
                document.body = seal(&key, Some(row.id), document.id, &body)?;
                sql::insert_document(tx, row.id, &document)?;
                let mut moved = moved(&row, row.state);
                if row.state != State::Waiting {
                    moved = Moved {
                        waits_for: Some(Side::Staff),
                        ..moved
                    };
                }
                sql::move_case(tx, row.id, &moved)?;
                let told = Told::new("case.scan_added")
                    .with("source", way.code())
                    .with("by", operator)
                    .with("document", document.id.to_string())
                    .with("items", body.name)
                    .with("kind", document.kind)
                    .with("size", document.size.to_string())
                    .with("sha256", body.sha256);
                this.tell(tx, &row, row.state, key.clone(), told)
            })
            .await?;
        Ok(())
    }

    /// A card of the operator's own, and why no scan can be added to it now.
    async fn scanned(&self, actor: &Actor, number: Number) -> Result<(CaseRow, Result<()>)> {
        let (actor, now) = (actor.clone(), self.0.journal.store().now());
        let store = self.0.journal.store();
        store
            .read(move |db| {
                let row = Self::row(db, number)?;
                let (_, since) = card_of(db, &actor, &row)?;
                let taken = takes(&row, now.seconds_since(since));
                Ok((row, taken))
            })
            .await
    }
}

/// How and when the operator took a case in; [`Error::NotFound`] of what others did.
fn card_of(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<(Source, base::Moment)> {
    people::require_somewhere(actor, Permission::FileOnBehalf)?;
    let taken = sql::intake(db, row.id)?;
    let own = taken.filter(|taken| Some(taken.operator) == actor.account());
    let own = own.ok_or(Error::NotFound)?;
    Ok((row.source, own.taken_at))
}

fn takes(row: &CaseRow, seconds: i64) -> Result<()> {
    if !row.state.is_open() {
        return Err(Error::Conflict("reception-error-closed"));
    }
    if seconds > DAYS * 24 * 3600 {
        return Err(Error::Conflict("reception-error-late"));
    }
    Ok(())
}
