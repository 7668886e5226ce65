//! What somebody says by phone or at the reception about a case that there is: an operator writes it
//! down as the applicant's words, and says how they knew who it was.

use base::id::MessageId;
use base::{Actor, Error, Number, Result};
use people::{Permission, Subject};
use sha2::{Digest, Sha256};
use store::Db;

use super::{MESSAGE_MOST, Told, checked, moved};
use crate::Cases;
use crate::answers::MessageBody;
use crate::filing::hex;
use crate::model::{CaseRow, Heard, Side, Source, State};
use crate::sql::{self, Moved};
use crate::states::{Action, is_of_service, transition};

/// The shortest account of how the operator knew who spoke, in characters.
const KNOWN_LEAST: usize = 3;

impl Cases {
    /// Writes down what the applicant said. It counts as their message: it ends a wait for them,
    /// and the authority is waited for.
    pub async fn hear(
        &self,
        actor: &Actor,
        number: Number,
        way: Source,
        words: &str,
        known_by: &str,
    ) -> Result<()> {
        let words = checked("text", words, 1, MESSAGE_MOST)?;
        let known_by = checked("known_by", known_by, KNOWN_LEAST, MESSAGE_MOST)?;
        if ![Source::Phone, Source::Visit].contains(&way) {
            return Err(Error::field("way", "error-choose-one"));
        }
        let states = self.states_of(number).await?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let actor = tx.actor().clone();
                if !hears(tx, &actor, &row)? {
                    return Err(Error::Forbidden);
                }
                if row.is_carried_over() && !row.state.is_open() {
                    return Err(Error::Conflict("case-error-carried-over"));
                }
                let line = transition(row.state, Action::Write, Side::Applicant)
                    .ok_or(Error::Conflict("case-error-state"))?;
                if states
                    .as_deref()
                    .is_some_and(|states| !is_of_service(line, states))
                {
                    return Err(Error::Conflict("case-error-service-skips"));
                }
                this.expect(tx, &row)?;
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                let operator = this.name_of_actor(tx, &row, Side::Staff, &key)?;
                let inside = sql::inside(tx, row.id)?;
                let content = Self::open_content(&key, row.id, &inside.content)?;
                let id = MessageId::new(tx.now());
                let body = MessageBody {
                    author: content.applicant.full_name(),
                    text: words.clone(),
                    heard: Some(Heard {
                        way,
                        operator: operator.clone(),
                    }),
                };
                let sealed = body.seal(&key, row.id, id)?;
                let account = tx.actor().account();
                sql::insert_message(tx, id, row.id, Side::Applicant, account, &sealed)?;
                let state = match row.state {
                    State::Waiting => this.end_waiting(tx, &row)?,
                    _ => line.to,
                };
                let moved = Moved {
                    waits_for: Some(Side::Staff),
                    ..moved(&row, state)
                };
                sql::move_case(tx, row.id, &moved)?;
                let told = Told::new("case.caller_heard")
                    .with("source", way.code())
                    .with("by", operator)
                    .with("reason", known_by.clone())
                    .with("text_sha256", hex(&Sha256::digest(words.as_bytes())));
                this.tell(tx, &row, state, key, told)
            })
            .await
    }

    /// Whether the operator may write down what is said about this case now.
    pub async fn hears(&self, actor: &Actor, number: Number) -> Result<bool> {
        let actor = actor.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let row = Self::row(db, number)?;
                let speaks = transition(row.state, Action::Write, Side::Applicant).is_some();
                let closed = row.is_carried_over() && !row.state.is_open();
                Ok(speaks && !closed && hears(db, &actor, &row)?)
            })
            .await
    }
}

/// Whether somebody hears callers about a case: in the units of their reach, and about what they
/// took in themselves wherever it has gone since.
fn hears(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<bool> {
    if people::allows(actor, Permission::HearCaller, &Subject::in_unit(row.unit)) {
        return Ok(true);
    }
    if !people::allows_somewhere(actor, Permission::HearCaller) {
        return Ok(false);
    }
    let taken = sql::intake(db, row.id)?;
    Ok(taken.is_some_and(|taken| Some(taken.operator) == actor.account()))
}
