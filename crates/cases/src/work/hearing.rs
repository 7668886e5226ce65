//! What somebody says by phone or at the reception about a case that there is: an operator writes it
//! down as the applicant's words, and says how they knew who it was.

use base::id::{MessageId, UnitId};
use base::{Actor, Error, FieldError, Number, Result, Role, Scope, Who};
use people::{Permission, Subject};
use sha2::{Digest, Sha256};
use store::Db;

use super::{MESSAGE_MOST, Told, checked, checked_line, moved};
use crate::Cases;
use crate::answers::MessageBody;
use crate::filing::hex;
use crate::model::{CaseRow, Heard, Side, Source, State};
use crate::sql;
use crate::states::{Action, is_of_service, transition};

/// The shortest account of how the operator knew who spoke, in characters.
pub(super) const KNOWN_LEAST: usize = 3;
/// The longest list of what was handed over, in characters.
const HANDED_MOST: usize = 300;

/// What is wrong with one field is kept, for the others are looked at first.
pub(super) fn gathered(wrong: &mut Vec<FieldError>, field: Result<String>) -> Result<String> {
    match field {
        Err(Error::Invalid(errors)) => {
            wrong.extend(errors);
            Ok(String::new())
        }
        other => other,
    }
}

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
        self.hear_and_take(actor, number, way, words, "", known_by)
            .await
    }

    /// The same with what was handed over. Whoever comes may come to any reception: the number ties
    /// the visit to the case, and the entry names the reception where it was.
    pub async fn hear_and_take(
        &self,
        actor: &Actor,
        number: Number,
        way: Source,
        words: &str,
        handed: &str,
        known_by: &str,
    ) -> Result<()> {
        // The form says everything that is wrong with it at once.
        let mut wrong = Vec::new();
        if ![Source::Phone, Source::Visit].contains(&way) {
            wrong.push(FieldError::new("way", "error-choose-one"));
        }
        let words = gathered(&mut wrong, checked("text", words, 1, MESSAGE_MOST))?;
        let handed = gathered(&mut wrong, checked_line("handed", handed, 0, HANDED_MOST))?;
        let least = KNOWN_LEAST;
        let known_by = gathered(
            &mut wrong,
            checked("known_by", known_by, least, MESSAGE_MOST),
        )?;
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let units = self.people().units().await?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let actor = tx.actor().clone();
                if !ways_to_hear(tx, &actor, &row)?.contains(&way) {
                    return Err(Error::Forbidden);
                }
                if this.rests(tx, &row)? {
                    return Err(Error::Conflict("case-error-carried-over"));
                }
                let line = transition(row.state, Action::Write, Side::Applicant)
                    .ok_or(Error::Conflict("case-error-state"))?;
                let definition = this.service_of(tx, &row)?;
                if definition.is_some_and(|service| !is_of_service(line, &service.states)) {
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
                        handed: handed.clone(),
                    }),
                };
                let sealed = body.seal(&key, row.id, id)?;
                let account = tx.actor().account();
                sql::insert_message(tx, id, row.id, Side::Applicant, account, &sealed)?;
                let state = match row.state {
                    State::Waiting => this.end_waiting(tx, &row)?,
                    _ => line.to,
                };
                sql::move_case(tx, row.id, &moved(&row, state).spoken(tx.now()))?;
                let told = Told::new("case.caller_heard")
                    .with("source", way.code())
                    .with("by", operator)
                    .with("reason", known_by.clone())
                    .with("text_sha256", hex(&Sha256::digest(words.as_bytes())));
                let told = if handed.is_empty() {
                    told
                } else {
                    told.with("handed", handed.clone())
                };
                let away = reception_of(&actor).filter(|unit| *unit != row.unit);
                let away = away.filter(|_| way == Source::Visit);
                let told = match away.and_then(|unit| units.unit(unit)) {
                    Some(unit) => told.with("reception", unit.code.clone()),
                    None => told,
                };
                this.tell(tx, &row, state, key, told)
            })
            .await
    }

    /// Whether the operator may write down what is said about this case now.
    pub async fn hears(&self, actor: &Actor, number: Number) -> Result<bool> {
        Ok(!self.ways_to_hear(actor, number).await?.is_empty())
    }

    /// The ways by which the operator may write down what is said about this case now: of a case
    /// that is neither their unit's nor theirs, only what somebody says who has come.
    pub async fn ways_to_hear(&self, actor: &Actor, number: Number) -> Result<Vec<Source>> {
        let actor = actor.clone();
        let this = self.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let row = Self::row(db, number)?;
                let speaks = transition(row.state, Action::Write, Side::Applicant).is_some();
                if speaks && !this.rests(db, &row)? {
                    ways_to_hear(db, &actor, &row)
                } else {
                    Ok(Vec::new())
                }
            })
            .await
    }
}

/// How somebody hears the applicant of a case.
fn ways_to_hear(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<Vec<Source>> {
    if hears(db, actor, row)? {
        return Ok(vec![Source::Phone, Source::Visit]);
    }
    if people::allows_somewhere(actor, Permission::HearCaller) {
        return Ok(vec![Source::Visit]);
    }
    Ok(Vec::new())
}

/// The unit at whose reception somebody works.
fn reception_of(actor: &Actor) -> Option<UnitId> {
    let Who::Account { grants, .. } = &actor.who else {
        return None;
    };
    let mut operates = grants.iter().filter(|grant| grant.role == Role::Operator);
    operates.find_map(|grant| match grant.scope {
        Scope::Unit(unit) => Some(unit),
        _ => None,
    })
}

/// Whether somebody hears callers about a case: in the units of their reach, and about what they
/// took in themselves wherever it has gone since.
pub(super) fn hears(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<bool> {
    if people::allows(actor, Permission::HearCaller, &Subject::in_unit(row.unit)) {
        return Ok(true);
    }
    if !people::allows_somewhere(actor, Permission::HearCaller) {
        return Ok(false);
    }
    let taken = sql::intake(db, row.id)?;
    Ok(taken.is_some_and(|taken| Some(taken.operator) == actor.account()))
}
