//! Every SQL text of the slice, with the functions that run it.

mod clocks;
mod control;
mod course;
mod desk;
mod documents;
pub(crate) mod exchange;
mod kept;
mod lists;
mod papers;
mod past;
mod receiving;
mod rulings;
mod searching;
mod tally;
mod templates;
mod there;
mod turns;
mod uploads;
mod watch;
mod work;
mod workplace;
mod works;

use base::id::{AccountId, CaseId};
use base::{Moment, Number, Result};
use catalog::Priority;
use jiff::civil::Date;
use store::{Db, Row, Table, Tx, args};

use crate::model::{CaseRow, Outcome, Shared, Side, Source, State};

pub(crate) use clocks::*;
pub(crate) use control::*;
pub(crate) use course::*;
pub(crate) use desk::*;
pub(crate) use documents::*;
pub(crate) use kept::*;
pub(crate) use lists::*;
pub(crate) use papers::*;
pub(crate) use past::newest;
pub(crate) use receiving::*;
pub(crate) use rulings::*;
pub(crate) use searching::*;
pub(crate) use tally::*;
pub(crate) use templates::*;
pub(crate) use there::*;
pub(crate) use turns::*;
pub(crate) use uploads::*;
pub(crate) use watch::*;
pub(crate) use work::*;
pub(crate) use workplace::*;
pub(crate) use works::*;

/// Cases.
pub(crate) const CASE: Table = Table {
    name: "case_file",
    key: &["id"],
};
/// Messages.
pub(crate) const MESSAGE: Table = Table {
    name: "case_message",
    key: &["id"],
};
/// Answers.
pub(crate) const ANSWER: Table = Table {
    name: "case_answer",
    key: &["id"],
};
/// Assignments.
pub(crate) const ASSIGNMENT: Table = Table {
    name: "case_assignment",
    key: &["id"],
};

const CASE_COLUMNS: &str = "f.id, f.number, f.service_id, f.service_version, f.category_id, f.unit_id, \
     f.territory_id, f.person_id, f.state, f.outcome, f.received_at, f.registered_on, f.due_on, \
     f.answered_at, f.assignee_id, f.waits_for, f.source, f.outside_number, f.data_key_id, \
     f.register_by, f.begin_by, f.forward_by, f.aim_on, f.planned_on, f.begun_on, f.priority, f.carried_at, \
     f.paper_since, f.code_turn, f.words_since, \
     CASE WHEN f.state = 'waiting' THEN (SELECT MAX(w.asked_at) FROM case_wait w \
       WHERE w.case_id = f.id AND w.ended_at IS NULL AND w.ground IS NOT NULL) END";

/// Where the columns that a list adds begin.
const CASE_WIDTH: usize = 24 + CLOCK_WIDTH;

fn case_row(row: &Row<'_>) -> Result<CaseRow> {
    let broken = |what: &str| base::Error::internal(format!("case_file holds an unknown {what}"));
    Ok(CaseRow {
        id: row.get(0)?,
        number: row
            .get::<String>(1)?
            .parse()
            .map_err(|_| broken("number"))?,
        service: row.get(2)?,
        service_version: row.get(3)?,
        category: row.get(4)?,
        unit: row.get(5)?,
        territory: row.get(6)?,
        person: row.get(7)?,
        state: State::from_code(&row.get::<String>(8)?).ok_or_else(|| broken("state"))?,
        outcome: row
            .get::<Option<String>>(9)?
            .as_deref()
            .and_then(Outcome::from_code),
        received_at: row.get(10)?,
        registered_on: row.get(11)?,
        due_on: row.get(12)?,
        answered_at: row.get(13)?,
        assignee: row.get(14)?,
        waits_for: row
            .get::<Option<String>>(15)?
            .as_deref()
            .and_then(Side::from_code),
        source: Source::from_code(&row.get::<String>(16)?),
        outside_number: row.get(17)?,
        data_key: row.get(18)?,
        shared: Shared::default(),
        clocks: clocks_in(row, 19)?,
        carried: row.get::<Option<Moment>>(19 + CLOCK_WIDTH)?.is_some(),
        to_post: row.get::<Option<Moment>>(20 + CLOCK_WIDTH)?.is_some(),
        code_turn: row.get::<Option<i64>>(21 + CLOCK_WIDTH)?.unwrap_or(0),
        words_since: row.get(22 + CLOCK_WIDTH)?,
        stands_since: row.get(23 + CLOCK_WIDTH)?,
    })
}

/// What a new row holds beside the [`CaseRow`].
pub(crate) struct NewCase<'a> {
    pub(crate) row: &'a CaseRow,
    pub(crate) content: &'a [u8],
    pub(crate) term: Option<&'a str>,
    pub(crate) route: &'a str,
    pub(crate) closed_at: Option<Moment>,
}

pub(crate) fn insert_case(tx: &mut Tx<'_>, new: &NewCase<'_>) -> Result<()> {
    let row = new.row;
    tx.write(
        &CASE,
        "INSERT INTO case_file (id, number, data_key_id, service_id, service_version, category_id, \
         unit_id, territory_id, person_id, state, public_state, outcome, source, outside_number, \
         received_at, registered_on, due_on, answered_at, closed_at, assignee_id, waits_for, content, \
         term, route, register_by, begin_by, forward_by, aim_on, priority) VALUES ($1,$2,$3,$4,$5,$6,\
         $7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29)",
        args![
            row.id,
            row.number.to_string(),
            row.data_key,
            row.service,
            row.service_version,
            row.category,
            row.unit,
            row.territory,
            row.person,
            row.state.code(),
            row.state.public().code(),
            row.outcome.map(Outcome::code),
            row.source.code(),
            row.outside_number,
            row.received_at,
            row.registered_on,
            row.due_on,
            row.answered_at,
            new.closed_at,
            row.assignee,
            row.waits_for.map(Side::code),
            new.content,
            new.term,
            new.route,
            row.clocks.register_by,
            row.clocks.begin_by,
            row.clocks.forward_by,
            row.clocks.aim_on,
            row.clocks.priority.map(Priority::code)
        ],
    )?;
    Ok(())
}

pub(crate) fn case_by_number(db: &mut Db<'_>, number: Number) -> Result<Option<CaseRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE f.number = $1"),
        args![number.to_string()],
        case_row,
    )
}

/// A case with what is asked of it first, whatever is to be done.
pub(crate) struct AtHand {
    /// The row, with whom the case is open to.
    pub(crate) case: CaseRow,
    /// The key of the case; none when it was destroyed.
    pub(crate) wrapped: Option<Vec<u8>>,
}

/// What [`AtHand`] holds beside the row: the key, and whether there is a part or a party at all.
const BESIDE_COLUMNS: &str = "k.wrapped, \
     CASE WHEN EXISTS (SELECT 1 FROM case_part WHERE case_id = f.id) \
       OR EXISTS (SELECT 1 FROM case_party WHERE case_id = f.id) THEN 1 ELSE 0 END";
const HAND_FROM: &str =
    "FROM case_file f LEFT JOIN data_key k ON k.id = f.data_key_id WHERE f.number = $1";

/// The case of a number with its key, in one question: most cases have neither parts nor parties,
/// and those alone are asked for whom else they are open to.
pub(crate) fn case_at_hand(db: &mut Db<'_>, number: Number) -> Result<Option<AtHand>> {
    let found = db.first(
        &format!("SELECT {CASE_COLUMNS}, {BESIDE_COLUMNS} {HAND_FROM}"),
        args![number.to_string()],
        |row| Ok((hand_row(row)?, row.get::<bool>(CASE_WIDTH + 1)?)),
    )?;
    let Some((mut hand, others)) = found else {
        return Ok(None);
    };
    open_to_others(db, &mut hand, others)?;
    Ok(Some(hand))
}

/// The same with what is sealed and explained in the case.
pub(crate) fn case_to_open(db: &mut Db<'_>, number: Number) -> Result<Option<(AtHand, Inside)>> {
    let found = db.first(
        &format!("SELECT {CASE_COLUMNS}, {BESIDE_COLUMNS}, f.content, f.term, f.route {HAND_FROM}"),
        args![number.to_string()],
        |row| {
            let inside = inside_row(row, CASE_WIDTH + 2)?;
            Ok((hand_row(row)?, row.get::<bool>(CASE_WIDTH + 1)?, inside))
        },
    )?;
    let Some((mut hand, others, inside)) = found else {
        return Ok(None);
    };
    open_to_others(db, &mut hand, others)?;
    Ok(Some((hand, inside)))
}

fn hand_row(row: &Row<'_>) -> Result<AtHand> {
    Ok(AtHand {
        case: case_row(row)?,
        wrapped: row.get(CASE_WIDTH)?,
    })
}

fn open_to_others(db: &mut Db<'_>, hand: &mut AtHand, others: bool) -> Result<()> {
    if others {
        hand.case.shared = shared(db, hand.case.id)?;
    }
    Ok(())
}

/// Which case bears a number.
pub(crate) fn case_of_number(db: &mut Db<'_>, number: Number) -> Result<Option<CaseId>> {
    db.first(
        "SELECT id FROM case_file WHERE number = $1",
        args![number.to_string()],
        |row| row.get(0),
    )
}

pub(crate) fn case_by_id(db: &mut Db<'_>, id: CaseId) -> Result<Option<CaseRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE f.id = $1"),
        args![id],
        case_row,
    )
}

pub(crate) fn outside_number_known(db: &mut Db<'_>, source: Source, number: &str) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM case_file WHERE source = $1 AND outside_number = $2",
            args![source.code(), number],
            |_| Ok(()),
        )?
        .is_some())
}

/// The sealed and explaining parts of a case.
pub(crate) struct Inside {
    pub(crate) content: Vec<u8>,
    pub(crate) term: Option<String>,
    pub(crate) route: String,
}

pub(crate) fn inside(db: &mut Db<'_>, id: CaseId) -> Result<Inside> {
    db.one(
        "SELECT content, term, route FROM case_file WHERE id = $1",
        args![id],
        |row| inside_row(row, 0),
    )
}

fn inside_row(row: &Row<'_>, at: usize) -> Result<Inside> {
    Ok(Inside {
        content: row.get(at)?,
        term: row.get(at + 1)?,
        route: row.get(at + 2)?,
    })
}

/// The explained term of a case, as it was kept.
pub(crate) fn term_of(db: &mut Db<'_>, id: CaseId) -> Result<Option<String>> {
    let term = db.first(
        "SELECT term FROM case_file WHERE id = $1",
        args![id],
        |row| row.get(0),
    )?;
    Ok(term.flatten())
}

/// What an action changes in the row.
pub(crate) struct Moved {
    pub(crate) state: State,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) answered_at: Option<Moment>,
    pub(crate) closed_at: Option<Moment>,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) waits_for: Option<Side>,
    pub(crate) begun_on: Option<Date>,
    pub(crate) words_since: Option<Moment>,
}

impl Moved {
    /// The applicant has spoken: somebody of staff is to react. What is said before anybody has taken
    /// the case is read with it.
    pub(crate) fn spoken(mut self, now: Moment) -> Self {
        if self.state != State::Waiting {
            self.waits_for = Some(Side::Staff);
        }
        if self.state != State::Registered {
            self.words_since = self.words_since.or(Some(now));
        }
        self
    }

    /// Somebody of staff has reacted.
    pub(crate) fn heeded(mut self) -> Self {
        self.words_since = None;
        self
    }
}

pub(crate) fn move_case(tx: &mut Tx<'_>, id: CaseId, to: &Moved) -> Result<()> {
    tx.write(
        &CASE,
        "UPDATE case_file SET state = $2, public_state = $3, outcome = $4, answered_at = $5, \
         closed_at = $6, assignee_id = $7, waits_for = $8, begun_on = $9, words_since = $10 \
         WHERE id = $1",
        args![
            id,
            to.state.code(),
            to.state.public().code(),
            to.outcome.map(Outcome::code),
            to.answered_at,
            to.closed_at,
            to.assignee,
            to.waits_for.map(Side::code),
            to.begun_on,
            to.words_since
        ],
    )?;
    Ok(())
}
