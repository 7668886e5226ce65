//! Whom an entry of a case concerns, and what they may be told of it: for notices, which follow the
//! log and know nothing of how a case is kept.

use base::id::{AccountId, CaseId, CategoryId, PersonId, UnitId};
use base::{Error, Language, Moment, Number, Result};
use jiff::civil::Date;
use journal::{DataKey, Placed, Told};
use store::Db;
use uuid::Uuid;

use crate::course::{self, PartyBody, WaitBody};
use crate::model::{AnswerKind, AnswerState, CaseRow, Outcome, PartyRole, Source, State};
use crate::{Cases, KIND, sql};

/// The most answers of a case that are looked through for the one delivered last.
const MOST_ANSWERS: i64 = 200;

/// The field of a form in which the applicant chose how to be answered, and the choice that means
/// a letter.
pub const ANSWER_BY: (&str, &str) = ("answer_by", "email");

/// An entry of a case with those whom it concerns.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: Number,
    /// State before the entry; none for the first.
    pub before: Option<State>,
    /// State after it.
    pub state: State,
    /// Outcome as it now stands.
    pub outcome: Option<Outcome>,
    /// The day of registration.
    pub registered_on: Date,
    /// The day an answer is due, as it now stands.
    pub due_on: Option<Date>,
    /// The way by which it came.
    pub source: Source,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Who answers.
    pub unit: UnitId,
    /// Who works on it.
    pub assignee: Option<AccountId>,
    /// Whose it is, when an account filed it.
    pub person: Option<PersonId>,
    /// Others with accounts who read it on the applicant's side.
    pub others: Vec<PersonId>,
    /// Those with accounts who were named there and have not answered.
    pub asked: Vec<PersonId>,
    /// The one who filed, as they named themselves.
    pub name: String,
    /// The e-mail that they gave; may be empty.
    pub email: String,
    /// The language in which they filed.
    pub language: Language,
    /// Whether they asked for the answer by e-mail.
    pub answer_by_email: bool,
    /// Key that opens what the case says.
    pub data_key: Uuid,
    /// Whether it was carried over, so that nobody is told anything.
    pub carried_over: bool,
    /// The entry.
    pub entry: Told,
}

/// A request for documents, as the applicant is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Thing by thing.
    pub items: Vec<String>,
    /// How to send them.
    pub instructions: String,
    /// Until when.
    pub send_by: Option<Date>,
}

/// An answer, as the applicant is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Interim or final.
    pub kind: AnswerKind,
    /// How it decides.
    pub outcome: Outcome,
    /// The words.
    pub text: String,
    /// What the applicant is advised to do next.
    pub next_steps: String,
    /// When.
    pub at: Option<Moment>,
    /// Which of the delivered answers of its case, from 1.
    pub place: usize,
}

impl Cases {
    /// The case that a placed entry tells of, without opening anything; none for other entries.
    pub fn of_entry(db: &mut Db<'_>, placed: &Placed) -> Result<Option<CaseRow>> {
        if placed.kind != KIND {
            return Ok(None);
        }
        sql::case_by_id(db, CaseId(placed.entity))
    }

    /// Which case bears a number, without opening anything.
    pub fn numbered(db: &mut Db<'_>, number: Number) -> Result<Option<CaseId>> {
        Ok(sql::case_by_number(db, number)?.map(|row| row.id))
    }

    /// The key of a case, for what a slice above seals for it; none once it was destroyed.
    pub fn key_of(&self, db: &mut Db<'_>, case: CaseId) -> Result<Option<DataKey>> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(None);
        };
        match self.0.journal.keys().load(db, row.data_key) {
            Ok(key) => Ok(Some(key)),
            Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// A placed entry of a case with those whom it concerns; none when the case was erased.
    pub fn happening(
        &self,
        db: &mut Db<'_>,
        placed: &Placed,
        row: &CaseRow,
    ) -> Result<Option<Happening>> {
        let key = match self.0.journal.keys().load(db, row.data_key) {
            Ok(key) => key,
            Err(Error::NotFound) => return Ok(None),
            Err(other) => return Err(other),
        };
        let history = self.0.journal.history(db, placed.entity)?;
        let Some(at) = history.iter().position(|told| told.id.0 == placed.id) else {
            return Ok(None);
        };
        let state_at = |entry: &Told| entry.field("state").and_then(State::from_code);
        let before = history[..at].iter().rev().find_map(state_at);
        let inside = sql::inside(db, row.id)?;
        let content = Self::open_content(&key, row.id, &inside.content)?;
        let shared = sql::shared(db, row.id)?;
        let beside = |parties: Vec<(PersonId, PartyRole)>| {
            let parties = parties.into_iter();
            let reads = |(person, role): &(PersonId, PartyRole)| {
                role.reads() && Some(*person) != row.person
            };
            let parties = parties.filter(reads).map(|(person, _)| person);
            parties.collect::<Vec<_>>()
        };
        let entry = history[at].clone();
        Ok(Some(Happening {
            case: row.id,
            number: row.number,
            before,
            state: state_at(&entry).or(before).unwrap_or(row.state),
            outcome: row.outcome,
            registered_on: row.registered_on,
            due_on: row.due_on,
            source: row.source,
            category: row.category,
            unit: row.unit,
            assignee: row.assignee,
            person: row.person,
            others: beside(shared.persons),
            asked: beside(shared.asked),
            name: [
                &content.applicant.first_name,
                &content.applicant.middle_name,
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
            email: content.applicant.email.clone(),
            language: language(&history),
            answer_by_email: content.text(ANSWER_BY.0) == ANSWER_BY.1,
            data_key: row.data_key,
            carried_over: row.is_carried_over(),
            entry,
        }))
    }

    /// The e-mails of co-applicants and representatives who have no account, as the applicant's
    /// side gave them; nobody has shown that they are theirs.
    pub fn named_addresses(&self, db: &mut Db<'_>, case: CaseId) -> Result<Vec<String>> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(Vec::new());
        };
        let key = self.0.journal.keys().load(db, row.data_key)?;
        let mut addresses = Vec::new();
        for party in sql::parties(db, case)? {
            if party.person.is_some() || !party.role.reads() {
                continue;
            }
            let body: PartyBody = course::open(&key, case, "party", party.id, &party.body)?;
            if !body.email.is_empty() {
                addresses.push(body.email);
            }
        }
        Ok(addresses)
    }

    /// A party that reads the case: their account and the e-mail that the applicant's side gave.
    pub fn party_of(
        &self,
        db: &mut Db<'_>,
        case: CaseId,
        party: Uuid,
    ) -> Result<Option<(Option<PersonId>, String)>> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(None);
        };
        let mut parties = sql::parties(db, case)?.into_iter();
        let Some(party) = parties.find(|known| known.id == party && known.role.reads()) else {
            return Ok(None);
        };
        let key = self.0.journal.keys().load(db, row.data_key)?;
        let body: PartyBody = course::open(&key, case, "party", party.id, &party.body)?;
        Ok(Some((party.person, body.email)))
    }

    /// Who does a part of the work: its unit, and the person where one was named.
    pub fn part_of(
        db: &mut Db<'_>,
        case: CaseId,
        part: Uuid,
    ) -> Result<Option<(UnitId, Option<AccountId>)>> {
        let parts = sql::parts(db, case)?.into_iter();
        let mut parts = parts.map(|row| (row.id, (row.unit, row.account)));
        Ok(parts.find(|(id, _)| *id == part).map(|(_, who)| who))
    }

    /// The newest request for documents.
    pub fn asked(&self, db: &mut Db<'_>, case: CaseId) -> Result<Option<Asked>> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(None);
        };
        let key = self.0.journal.keys().load(db, row.data_key)?;
        let Some(wait) = sql::waits(db, case)?.into_iter().next_back() else {
            return Ok(None);
        };
        let body: WaitBody = course::open(&key, case, "wait", wait.id, &wait.body)?;
        Ok(Some(Asked {
            items: body.items,
            instructions: body.instructions,
            send_by: wait.send_by,
        }))
    }

    /// The answer that was delivered last.
    pub fn delivered(&self, db: &mut Db<'_>, case: CaseId) -> Result<Option<Delivered>> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(None);
        };
        let key = self.0.journal.keys().load(db, row.data_key)?;
        let delivered: Vec<_> = sql::answers(db, case, MOST_ANSWERS)?
            .into_iter()
            .filter(|answer| answer.state == AnswerState::Delivered)
            .collect();
        let newest = (1..)
            .zip(&delivered)
            .max_by_key(|(_, answer)| answer.delivered_at);
        newest
            .map(|(place, newest)| {
                let answer = crate::answers::answer(&key, case, newest, None)?;
                Ok(Delivered {
                    kind: answer.kind,
                    outcome: answer.outcome,
                    text: answer.text,
                    next_steps: answer.parts.next_steps,
                    at: answer.delivered_at,
                    place,
                })
            })
            .transpose()
    }
}

/// The language in which the consent of the first entry was given.
fn language(history: &[Told]) -> Language {
    history
        .first()
        .and_then(|first| first.field("consent"))
        .and_then(|consent| consent.rsplit(':').next())
        .and_then(Language::from_tag)
        .unwrap_or(Language::Ru)
}
