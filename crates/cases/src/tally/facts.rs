//! The facts of cases that figures are made of, small enough that those of a million cases are walked
//! in milliseconds: what is open, and what was finished of late. A case stands in one of the two, as
//! its row stood when it was last looked at; putting it down again takes its former facts away.

use std::collections::HashMap;
use std::hash::Hash;

use base::Moment;
use base::id::{AccountId, CaseId, ServiceId, UnitId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::control::{self, TermKind};
use crate::model::{Side, State};
use crate::sql::FactRow;

/// Names given to identifiers, as small as there are few of them.
#[derive(Debug)]
pub(super) struct Known<T> {
    all: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Copy + Eq + Hash> Known<T> {
    fn place(&mut self, id: T) -> u32 {
        let all = &mut self.all;
        *self.places.entry(id).or_insert_with(|| {
            all.push(id);
            u32::try_from(all.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Where an identifier stands; none when no fact names it.
    pub(super) fn find(&self, id: T) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// What stands at a place.
    pub(super) fn at(&self, place: usize) -> Option<T> {
        self.all.get(place).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Of all that are known, which are among these.
    pub(super) fn marked(&self, among: &[T]) -> Vec<bool> {
        let mut marked = vec![false; self.all.len()];
        for id in among {
            let place = self.find(*id).and_then(|place| usize::try_from(place).ok());
            if let Some(mark) = place.and_then(|place| marked.get_mut(place)) {
                *mark = true;
            }
        }
        marked
    }
}

/// What is known of any case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Common {
    pub(super) received_at: Moment,
    pub(super) unit: u32,
    /// Who has it.
    pub(super) assignee: Option<u32>,
    pub(super) state: Option<State>,
    /// Registered after the day that the law sets.
    pub(super) registered_late: bool,
    /// The work began after its day.
    pub(super) begun_late: bool,
}

/// A case that is not finished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) of: Common,
    pub(super) due_on: Option<Date>,
    pub(super) aim_on: Option<Date>,
    pub(super) planned_on: Option<Date>,
    /// By when the work begins; none once it has begun.
    pub(super) begin_by: Option<Date>,
    /// By when it may be forwarded; none once the work has begun.
    pub(super) forward_by: Option<Date>,
    /// Whether the applicant is waited for.
    pub(super) waits: bool,
    /// Whether the term of the answer stands still.
    pub(super) stands: bool,
}

/// A case that is finished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done {
    pub(super) of: Common,
    pub(super) ended_at: Moment,
    pub(super) service: u32,
    /// Days from the receipt to the end.
    pub(super) days: i32,
    pub(super) in_term: Option<bool>,
    pub(super) forwarded_late: bool,
    pub(super) missed_its_aim: bool,
    pub(super) stars: Option<i8>,
    /// Whether a rule gave the answer; none without an answer.
    pub(super) by_rule: Option<bool>,
}

/// A term that is kept beside the row of its case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    pub(super) key: Uuid,
    pub(super) unit: u32,
    pub(super) day: Date,
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Facts {
    zone: TimeZone,
    /// What was finished before this moment is not kept.
    since: Moment,
    pub(super) units: Known<UnitId>,
    pub(super) services: Known<ServiceId>,
    pub(super) accounts: Known<AccountId>,
    pub(super) open: HashMap<CaseId, Open>,
    pub(super) done: HashMap<CaseId, Done>,
    pub(super) parts: HashMap<CaseId, Vec<Beside>>,
    pub(super) waits: HashMap<CaseId, Vec<Beside>>,
}

impl Facts {
    /// None yet; of what is finished those since a moment will be kept.
    pub(super) fn new(zone: TimeZone, since: Moment) -> Self {
        Self {
            zone,
            since,
            units: Known::default(),
            services: Known::default(),
            accounts: Known::default(),
            open: HashMap::new(),
            done: HashMap::new(),
            parts: HashMap::new(),
            waits: HashMap::new(),
        }
    }

    /// Since when everything that was finished is kept.
    pub(super) fn since(&self) -> Moment {
        self.since
    }

    /// How many cases are kept.
    pub(super) fn len(&self) -> usize {
        self.open.len() + self.done.len()
    }

    /// Drops what was finished before a moment.
    pub(super) fn forget_before(&mut self, since: Moment) {
        self.done.retain(|_, done| done.ended_at >= since);
        self.done.shrink_to_fit();
        self.since = since;
    }

    /// Puts down how cases stand, in the place of how they stood.
    pub(super) fn put_all(&mut self, rows: &[FactRow]) {
        for row in rows {
            self.put(row);
        }
    }

    fn put(&mut self, row: &FactRow) {
        self.open.remove(&row.id);
        self.done.remove(&row.id);
        self.parts.remove(&row.id);
        self.waits.remove(&row.id);
        let of = Common {
            received_at: row.received_at,
            unit: self.units.place(row.unit),
            assignee: row.assignee.map(|account| self.accounts.place(account)),
            state: row.state,
            registered_late: row.register_by.is_some_and(|by| row.registered_on > by),
            begun_late: row
                .begun_on
                .zip(row.begin_by)
                .is_some_and(|(begun, by)| begun > by),
        };
        match row.answered_at.or(row.closed_at) {
            None => self.put_open(row, of),
            Some(ended_at) if ended_at >= self.since => {
                let done = self.done(row, of, ended_at);
                self.done.insert(row.id, done);
            }
            Some(_) => {}
        }
    }

    fn put_open(&mut self, row: &FactRow, of: Common) {
        let unbegun = |by: Option<Date>| by.filter(|_| row.begun_on.is_none());
        let open = Open {
            of,
            due_on: row.due_on,
            aim_on: row.aim_on,
            planned_on: row.planned_on,
            begin_by: unbegun(row.begin_by),
            forward_by: unbegun(row.forward_by),
            waits: row.waits_for == Some(Side::Applicant),
            stands: row.stands,
        };
        self.open.insert(row.id, open);
        let mut parts = Vec::with_capacity(row.parts.len());
        for (key, unit, day) in &row.parts {
            parts.push(Beside {
                key: *key,
                unit: self.units.place(*unit),
                day: *day,
            });
        }
        if !parts.is_empty() {
            self.parts.insert(row.id, parts);
        }
        // A request that was not ended counts while the case waits for the reply.
        if row.state == Some(State::Waiting) && !row.waits.is_empty() {
            let waits = row.waits.iter().map(|(key, day)| Beside {
                key: *key,
                unit: of.unit,
                day: *day,
            });
            self.waits.insert(row.id, waits.collect());
        }
    }

    fn done(&mut self, row: &FactRow, of: Common, ended_at: Moment) -> Done {
        let received_on = row.received_at.date(&self.zone);
        let ended_on = ended_at.date(&self.zone);
        let answered_on = row.answered_at.map(|at| at.date(&self.zone));
        let days = control::days_between(received_on, ended_on);
        Done {
            of,
            ended_at,
            service: self.services.place(row.service),
            days: i32::try_from(days).unwrap_or(i32::MAX),
            in_term: control::in_term(answered_on, row.due_on),
            forwarded_late: control::forwarded_late(row.outcome, ended_on, row.forward_by),
            missed_its_aim: control::missed_aim(answered_on, row.aim_on),
            stars: row.stars.and_then(|stars| i8::try_from(stars).ok()),
            by_rule: row.answered_at.map(|_| row.by_rule),
        }
    }
}

impl Open {
    /// The day of a term that stands in the row of the case itself.
    pub(super) const fn day(&self, kind: TermKind) -> Option<Date> {
        match kind {
            TermKind::Answer => self.due_on,
            TermKind::WorkStart => self.begin_by,
            TermKind::Forward => self.forward_by,
            TermKind::Aim => self.aim_on,
            TermKind::Plan => self.planned_on,
            TermKind::Part | TermKind::Documents => None,
        }
    }

    /// The day of the answer while its term runs; none while it stands still.
    pub(super) fn running_until(&self) -> Option<Date> {
        self.due_on.filter(|_| !self.stands)
    }
}
