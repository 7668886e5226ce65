//! Work on a case. Every action asks the table of states, locks the case, and is one change with
//! one entry; what stands here is that frame. The actions are in `work/`, a subject a file.

mod answering;
mod assigning;
mod consenting;
mod correcting;
mod documenting;
mod extending;
mod hearing;
mod lettering;
mod noting;
mod objecting;
mod parties;
mod posting;
mod rating;
mod renewing;
mod reviewing;
mod scanning;
mod sharing;
mod turning;
mod waiting;
mod writing;

use std::sync::Arc;

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Moment, Number, Result, text};
use catalog::Definition;
use journal::{DataKey, NewEntry};
use people::{People, Permission, PersonName, Subject};
use store::{Db, Engine, Tx};
use uuid::Uuid;

use crate::colleagues::COLLEAGUE;
use crate::course::TurnBody;
use crate::model::{CaseRow, PartyRole, Side, State, TurnKind};
use crate::pass::Pass;
use crate::sql::{self, Moved};
use crate::states::{Action, is_of_service, transition};
use crate::{Cases, KIND, course};

pub(crate) use answering::Signed;
pub(crate) use extending::ground_in_words;
pub use lettering::{CaseLetter, TakenLetter};
pub use parties::NewParty;
pub use renewing::Known;
pub use scanning::Scans;
pub use sharing::NewPart;

/// The longest message, reason or task, in characters.
pub(crate) const MESSAGE_MOST: usize = 4_000;
/// The longest name of a body or a person, in characters.
const NAME_MOST: usize = 300;

/// What an action does beyond moving the case: the entry's name and fields.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) action: &'static str,
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl Told {
    pub(crate) fn new(action: &'static str) -> Self {
        Self {
            action,
            fields: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, field: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((field, value.into()));
        self
    }
}

/// A case in the hands of somebody who may do this to it now.
struct At<'a> {
    cases: &'a Cases,
    row: CaseRow,
    /// Where the table leads.
    to: State,
    side: Side,
    /// The one who acts, as they are called now.
    name: String,
    /// The name in full, when it is one of staff.
    staff: Option<PersonName>,
    account: Option<AccountId>,
    key: DataKey,
}

impl At<'_> {
    /// Names the account that had the case until now, for those who tell them: nobody whose case it
    /// stays, and nobody who gives it away themselves.
    fn taken_from(&self, told: Told, to: Option<AccountId>) -> Told {
        let had = self.row.assignee;
        let had = had.filter(|had| Some(*had) != to && Some(*had) != self.account);
        match had {
            Some(had) => told.with("was_with", had.0.to_string()),
            None => told,
        }
    }

    /// Names the account of the one who acts: nobody has to be told what they did themselves.
    fn done_by(&self, told: Told) -> Told {
        match self.account {
            Some(account) => told.with("doer", account.0.to_string()),
            None => told,
        }
    }

    /// The row as it is, moved to where the table leads.
    fn moved(&self) -> Moved {
        moved(&self.row, self.to)
    }

    /// The one who acts, as an official paper names them.
    fn signing(&self, tx: &mut Tx<'_>) -> Result<String> {
        if let Some(name) = &self.staff {
            return Ok(name.signing());
        }
        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
        Ok(People::name_of(tx, &self.cases.0.journal, person)?.signing())
    }

    /// The row as it is, where the action moves nothing and a closed case stays closed.
    fn kept(&self, tx: &mut Tx<'_>) -> Result<Moved> {
        Ok(Moved {
            closed_at: sql::closed_at(tx, self.row.id)?,
            ..self.moved()
        })
    }

    /// Writes down a turn with its reason.
    fn turn(&self, tx: &mut Tx<'_>, what: TurnKind, reason: &str) -> Result<()> {
        let now = tx.now();
        let id = base::id::new_uuid(now);
        let kind = what.code().to_owned();
        let body = TurnBody {
            author: self.name.clone(),
            reason: reason.to_owned(),
            what,
        };
        let row = sql::TurnRow {
            id,
            kind,
            side: self.side,
            made_by: self.account,
            made_at: now,
            body: course::seal(&self.key, self.row.id, "turn", id, &body)?,
        };
        sql::insert_turn(tx, self.row.id, &row)
    }
}

/// What an action leaves: where the case is then, and its entry.
type Done = (Moved, Told);

impl Cases {
    /// One action of staff.
    async fn act(
        &self,
        actor: &Actor,
        number: Number,
        action: Action,
        work: impl Fn(&mut Tx<'_>, &At<'_>) -> Result<Done> + Send + 'static,
    ) -> Result<()> {
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| work(tx, at).map(Some);
        self.act_on(actor, None, number, action, work).await
    }

    /// One action of whichever side the actor is on.
    async fn act_either(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        action: Action,
        work: impl Fn(&mut Tx<'_>, &At<'_>) -> Result<Done> + Send + 'static,
    ) -> Result<()> {
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| work(tx, at).map(Some);
        self.act_on(actor, Some(pass), number, action, work).await
    }

    /// Lock, ask the table, do, move, tell. Without a pass the actor stands on the side of staff.
    /// An action that finds nothing to do leaves nothing.
    async fn act_on(
        &self,
        actor: &Actor,
        pass: Option<&Pass>,
        number: Number,
        action: Action,
        work: impl Fn(&mut Tx<'_>, &At<'_>) -> Result<Option<Done>> + Send + 'static,
    ) -> Result<()> {
        let (this, pass) = (self.clone(), pass.cloned());
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                Self::lock(tx, number)?;
                let hand = sql::case_at_hand(tx, number)?.ok_or(Error::NotFound)?;
                let row = hand.case;
                let side = match &pass {
                    Some(pass) => Self::side(tx.actor(), pass, &row)?,
                    None => Side::Staff,
                };
                let definition = this.service_of(tx, &row)?;
                let to = this.permit(tx, &row, action, side, definition.as_deref())?;
                this.expect(tx, &row)?;
                let key = this.key_beside(tx, &row, hand.wrapped.as_deref())?;
                let staff = match side {
                    Side::Staff => Some(this.own_name(tx)?),
                    Side::Applicant => None,
                };
                let at = At {
                    cases: &this,
                    to,
                    side,
                    name: match &staff {
                        Some(name) => name.short(),
                        None => this.name_of_actor(tx, &row, side, &key)?,
                    },
                    staff,
                    account: tx.actor().account(),
                    row,
                    key,
                };
                let Some((mut moved, told)) = work(tx, &at)? else {
                    return Ok(());
                };
                if moved.state == State::InWork && moved.begun_on.is_none() {
                    moved.begun_on = Some(this.day(tx.now()));
                }
                let told = match side {
                    Side::Staff => {
                        let told = told.with("by", at.name.clone());
                        match &at.staff {
                            Some(name) => told.with(COLLEAGUE, name.initials()),
                            None => told,
                        }
                    }
                    Side::Applicant => match (this.writer_for(tx, &at.row)?, at.account) {
                        (Some(operator), _) => told.with("by", operator),
                        // Several may stand on this side: the history says which of them it was.
                        (None, Some(account)) => told
                            .with("author", at.name.clone())
                            .with("doer", account.0.to_string()),
                        (None, None) => told,
                    },
                };
                sql::move_case(tx, at.row.id, &moved)?;
                if !moved.state.is_open() && !at.row.shared.at_work.is_empty() {
                    at.end_open_parts(tx)?;
                }
                if at.row.to_post && moved.state.has_no_answer() {
                    sql::set_paper_since(tx, at.row.id, None)?;
                }
                // Another unit begins its own stage.
                if moved.state != at.row.state || told.action == "case.redirected" {
                    let row = &at.row;
                    sql::leave_stage(tx, row.id, row.unit, row.state, row.received_at)?;
                }
                this.tell(tx, &at.row, moved.state, at.key, told)
            })
            .await
    }

    /// The operator who acts with the code of a case that nobody signed in has filed: the words are
    /// the applicant's, the hand is not.
    fn writer_for(&self, tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<String>> {
        let actor = tx.actor().clone();
        let by_hand =
            row.person.is_none() && people::allows_somewhere(&actor, Permission::FileOnBehalf);
        match actor.person().filter(|_| by_hand) {
            Some(person) => {
                People::name_of(tx, &self.0.journal, person).map(|name| Some(name.short()))
            }
            None => Ok(None),
        }
    }

    /// The service of a case as it was when the case was filed; none when that is not known any more.
    pub(crate) fn service_of(
        &self,
        db: &mut Db<'_>,
        row: &CaseRow,
    ) -> Result<Option<Arc<Definition>>> {
        let Ok(version) = u32::try_from(row.service_version) else {
            return Ok(None);
        };
        match self.0.catalog.version_in(db, row.service, version) {
            Ok(definition) => Ok(Some(definition)),
            Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The case's row, locked until the change ends.
    pub(crate) fn locked(tx: &mut Tx<'_>, number: Number) -> Result<CaseRow> {
        Self::lock(tx, number)?;
        Self::row(tx, number)
    }

    /// Locks the case of a number. Its row is read after that: somebody may have acted in between.
    fn lock(tx: &mut Tx<'_>, number: Number) -> Result<()> {
        // SQLite has one writer: there is nothing to lock, and nothing to look up for it.
        if tx.engine() == Engine::Sqlite {
            return Ok(());
        }
        let id = sql::case_of_number(tx, number)?.ok_or(Error::NotFound)?;
        tx.lock(KIND, id.0)
    }

    /// Whether the actor may do this now; where it leads. Permission comes before state, so that
    /// nobody learns the state of a case that is not for them.
    fn permit(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        action: Action,
        side: Side,
        definition: Option<&Definition>,
    ) -> Result<State> {
        let actor = tx.actor();
        match side {
            Side::Staff => {
                let permission = action.permission().ok_or(Error::Forbidden)?;
                if !Self::reaches(actor, permission, row, action) {
                    people::require(actor, permission, &Subject::in_unit(row.unit))?;
                }
            }
            Side::Applicant if !Self::speaks_for(actor, row, action) => {
                return Err(Error::Forbidden);
            }
            Side::Applicant => {}
        }
        if self.rests(tx, row)? {
            return Err(Error::Conflict("case-error-carried-over"));
        }
        let actor = tx.actor();
        if action == Action::Take && row.assignee.is_some() {
            let own = row.assignee == actor.account();
            let key = if own {
                "case-error-taken-by-you"
            } else {
                "case-error-taken"
            };
            return Err(Error::Conflict(key));
        }
        let line =
            transition(row.state, action, side).ok_or(Error::Conflict("case-error-state"))?;
        if definition.is_some_and(|service| !is_of_service(line, &service.states)) {
            return Err(Error::Conflict("case-error-service-skips"));
        }
        if side == Side::Staff && !Self::is_theirs(actor, row, action) {
            let free = row.assignee.is_none();
            let key = if free {
                "case-error-take-first"
            } else {
                "case-error-anothers"
            };
            return Err(Error::Conflict(key));
        }
        Ok(line.to)
    }

    /// Whether nothing is done with a case any more: it came to its end elsewhere and was carried
    /// over as it stood. One that was carried over open and decided here goes on as every other.
    pub(crate) fn rests(&self, db: &mut Db<'_>, row: &CaseRow) -> Result<bool> {
        const ENDINGS: [&str; 4] = [
            "case.answered",
            "case.forwarded",
            "case.cancelled",
            "case.closed",
        ];
        if row.state.is_open() || !row.is_carried_over() {
            return Ok(false);
        }
        Ok(!self.0.journal.happened_here(db, row.id.0, &ENDINGS)?)
    }

    /// Whether a member of staff is permitted this for the unit that has the case, or, to report,
    /// for one that does a part of it.
    pub(crate) fn reaches(
        actor: &Actor,
        permission: Permission,
        row: &CaseRow,
        action: Action,
    ) -> bool {
        let may = |unit: &UnitId| people::allows(actor, permission, &Subject::in_unit(*unit));
        match action {
            Action::ReportPart => row.shared.at_work.iter().any(may),
            _ => may(&row.unit),
        }
    }

    /// Whether somebody on the applicant's side may do this: a co-applicant may write only.
    pub(crate) fn speaks_for(actor: &Actor, row: &CaseRow, action: Action) -> bool {
        let mut parties = row.shared.persons.iter();
        let role = parties.find(|(who, _)| Some(*who) == actor.person());
        let all = match role {
            _ if row.person.is_some() && row.person == actor.person() => true,
            Some((_, role)) => *role == PartyRole::Representative,
            // Whoever has the code has filed: of a case that nobody signed in, or whose owner has
            // closed their account.
            None => row.person.is_none() || actor.person().is_none(),
        };
        all || action.is_a_co_applicants()
    }

    /// Whether a member of staff may do this to a case that somebody has.
    pub(crate) fn is_theirs(actor: &Actor, row: &CaseRow, action: Action) -> bool {
        !action.is_the_assignees()
            || row.assignee == actor.account()
            || people::allows(actor, Permission::AssignCase, &Subject::in_unit(row.unit))
    }

    /// How the one who acts is called: a member of staff by their name in the house, on the other
    /// side the one who filed by the name that they gave, a party by that of their account.
    /// The one of staff who acts.
    fn own_name(&self, tx: &mut Tx<'_>) -> Result<PersonName> {
        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
        People::name_of(tx, &self.0.journal, person)
    }

    fn name_of_actor(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        side: Side,
        key: &DataKey,
    ) -> Result<String> {
        let person = tx.actor().person();
        match (side, person) {
            (Side::Staff, _) => Ok(self.own_name(tx)?.short()),
            (Side::Applicant, Some(person)) if row.person != Some(person) => {
                if let Some(operator) = self.writer_for(tx, row)? {
                    return Ok(operator);
                }
                Ok(People::name_of(tx, &self.0.journal, person)?.full())
            }
            (Side::Applicant, _) => {
                let inside = sql::inside(tx, row.id)?;
                Ok(Self::open_content(key, row.id, &inside.content)?
                    .applicant
                    .full_name())
            }
        }
    }

    pub(crate) fn tell(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        state: State,
        key: DataKey,
        told: Told,
    ) -> Result<()> {
        let mut fields = told.fields;
        let has = |name: &str| fields.iter().any(|(field, _)| *field == name);
        if has("by") && !has(COLLEAGUE) {
            let colleague = self.colleague(tx)?;
            fields.extend(colleague.map(|name| (COLLEAGUE, name)));
        }
        fields.push(("state", state.code().to_owned()));
        self.0.journal.record(
            tx,
            NewEntry {
                action: told.action,
                kind: KIND,
                id: row.id.0,
                fields,
                occurred_at: None,
                key,
                first: false,
            },
        )?;
        Ok(())
    }

    /// The day of a moment where the agency is.
    fn day(&self, moment: Moment) -> jiff::civil::Date {
        moment.date(self.hours().zone())
    }
}

/// The row as it is, moved to a state.
fn moved(row: &CaseRow, state: State) -> Moved {
    Moved {
        state,
        outcome: row.outcome,
        answered_at: row.answered_at,
        closed_at: None,
        assignee: row.assignee,
        waits_for: row.waits_for,
        begun_on: row.clocks.begun_on,
        words_since: row.words_since,
    }
}

/// A new identifier of something that is part of a case.
fn new_id(tx: &Tx<'_>) -> Uuid {
    base::id::new_uuid(tx.now())
}

/// A text made clean and held to its bounds.
pub(crate) fn checked(
    field: &'static str,
    words: &str,
    least: usize,
    most: usize,
) -> Result<String> {
    if words.len() > most * 8 {
        return Err(too_long(field, most));
    }
    let clean = text::clean_text(words);
    let length = text::length(&clean);
    if length == 0 && least > 0 {
        return Err(Error::field(field, "error-required"));
    }
    if length < least {
        let error = base::FieldError::new(field, "error-too-short").with("min", least);
        return Err(Error::Invalid(vec![error]));
    }
    if length > most {
        return Err(too_long(field, most));
    }
    Ok(clean)
}

/// The same for a text of one line.
pub(crate) fn checked_line(
    field: &'static str,
    words: &str,
    least: usize,
    most: usize,
) -> Result<String> {
    checked(field, words, least, most).map(|text| text::clean_line(&text))
}

/// Two things that were asked for, or everything that is wrong with either.
pub(crate) fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(Error::Invalid(mut wrong)), Err(Error::Invalid(more))) => {
            wrong.extend(more);
            Err(Error::Invalid(wrong))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn too_long(field: &'static str, most: usize) -> Error {
    Error::Invalid(vec![
        base::FieldError::new(field, "error-too-long").with("max", most),
    ])
}
