//! Counting over facts: one walk for each question, whatever day, period, unit or person it is about.

use std::collections::{BinaryHeap, HashMap};

use base::Moment;
use base::id::{AccountId, CaseId, ServiceId, UnitId};
use jiff::civil::Date;
use uuid::Uuid;

use super::facts::{Beside, Common, Done, Facts, Known};
use crate::control::{
    Control, KindCount, LOW, MOST_LOW, Ratings, Speed, Statistics, TasksCount, TermKind, Totals,
    UnitFigures, in_order,
};
use crate::model::State;
use crate::workplace::Load;

/// A term that runs: its day, its key and its case, in the order in which lists show them.
pub(super) type Running = (Date, Uuid, CaseId);

/// Days on which a count of terms turns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) today: Date,
    /// Until when a term counts as running out.
    pub(super) soon: Date,
}

/// Whose finished cases are told person by person.
#[derive(Clone, Copy, Debug)]
pub(super) enum Persons {
    /// Everybody's.
    All,
    /// One's own.
    Own(Option<AccountId>),
}

/// Whether a fact lies in one of the marked units.
fn within(marked: &[bool], unit: u32) -> bool {
    usize::try_from(unit).is_ok_and(|unit| marked.get(unit).copied().unwrap_or(false))
}

/// How terms stand.
#[derive(Clone, Copy, Default)]
struct Standing {
    running: i64,
    overdue: i64,
    soon: i64,
}

impl Standing {
    fn add(&mut self, day: Date, days: Days) {
        self.running += 1;
        self.overdue += i64::from(day < days.today);
        self.soon += i64::from(day >= days.today && day <= days.soon);
    }
}

/// What finished cases come to, while they are added.
#[derive(Clone, Default)]
struct Sum {
    totals: Totals,
    days: Vec<i32>,
    ratings: Ratings,
}

impl Sum {
    fn add(&mut self, done: &Done) {
        self.totals.all += 1;
        match done.in_term {
            Some(true) => self.totals.in_term += 1,
            Some(false) => self.totals.late += 1,
            None => {}
        }
        self.days.push(done.days);
        if let Some(stars) = done.stars {
            self.ratings.add(stars.into());
        }
    }

    fn totals(&mut self) -> Totals {
        let middle = self.days.len().checked_sub(1).map(|last| last / 2);
        Totals {
            median_days: middle.map(|middle| {
                let (_, days, _) = self.days.select_nth_unstable(middle);
                i64::from(*days)
            }),
            ..self.totals
        }
    }
}

/// One sum for each thing that is known, and one for none of them.
struct Sums(Vec<Option<Sum>>);

impl Sums {
    fn of<T: Copy + Eq + std::hash::Hash>(known: &Known<T>) -> Self {
        Self(vec![None; known.len() + 1])
    }

    fn at(&mut self, place: Option<u32>) -> Option<&mut Sum> {
        let last = self.0.len() - 1;
        let place = place.map_or(Some(last), |place| usize::try_from(place).ok());
        let sum = self.0.get_mut(place?)?;
        Some(sum.get_or_insert_default())
    }
}

impl Facts {
    fn all(&self) -> impl Iterator<Item = &Common> {
        let open = self.open.values().map(|open| &open.of);
        open.chain(self.done.values().map(|done| &done.of))
    }

    /// How the terms of every kind stand: of what was received since a moment, and of what was
    /// finished since then and before another.
    pub(super) fn control(
        &self,
        units: &[UnitId],
        (since, until): (Moment, Moment),
        days: Days,
    ) -> Control {
        let units = self.units.marked(units);
        let (mut received, mut registered_late, mut begun_late) = (0, 0, 0);
        let of_late = |of: &Common| within(&units, of.unit) && of.received_at >= since;
        for of in self.all().filter(|of| of_late(of)) {
            received += 1;
            registered_late += i64::from(of.registered_late);
            begun_late += i64::from(of.begun_late);
        }
        let mut kinds = [Standing::default(); TermKind::ALL.len()];
        for open in self.open.values() {
            if !within(&units, open.of.unit) {
                continue;
            }
            let not_begun = open.begin_by.is_some_and(|by| by < days.today);
            begun_late += i64::from(not_begun && of_late(&open.of));
            for (kind, standing) in TermKind::ALL.into_iter().zip(&mut kinds) {
                match open.day(kind) {
                    Some(_) if open.stands && kind.may_stand() => standing.running += 1,
                    Some(day) => standing.add(day, days),
                    None => {}
                }
            }
        }
        let (mut late, mut forwarded_late, mut missed_aims) = (0, 0, 0);
        for done in self.done.values() {
            if !within(&units, done.of.unit) || done.ended_at < since || done.ended_at >= until {
                continue;
            }
            late += i64::from(done.in_term == Some(false));
            forwarded_late += i64::from(done.forwarded_late);
            missed_aims += i64::from(done.missed_its_aim);
        }
        let counted = TermKind::ALL.into_iter().zip(kinds).map(|(kind, row)| {
            let mut standing = row;
            for (_, beside) in self.beside(kind) {
                if within(&units, beside.unit) {
                    standing.add(beside.day, days);
                }
            }
            KindCount {
                kind,
                running: standing.running,
                overdue: standing.overdue,
                soon: standing.soon,
                broken: match kind {
                    TermKind::Answer => Some(late),
                    TermKind::WorkStart => Some(begun_late),
                    TermKind::Forward => Some(forwarded_late),
                    TermKind::Aim => Some(missed_aims),
                    TermKind::Part | TermKind::Documents | TermKind::Plan => None,
                },
            }
        });
        Control {
            kinds: counted.collect(),
            tasks: TasksCount::default(),
            received,
            registered_late,
        }
    }

    /// The terms of a kind that are kept beside the rows of cases.
    fn beside(&self, kind: TermKind) -> impl Iterator<Item = (CaseId, &Beside)> {
        let kept = match kind {
            TermKind::Part => Some(&self.parts),
            TermKind::Documents => Some(&self.waits),
            _ => None,
        };
        let each = kept.into_iter().flatten();
        each.flat_map(|(case, terms)| terms.iter().map(|term| (*case, term)))
    }

    /// The first of the terms of a kind that run, after one of them.
    pub(super) fn running(
        &self,
        kind: TermKind,
        units: &[UnitId],
        after: Option<(Date, Uuid)>,
        limit: usize,
    ) -> Vec<Running> {
        let units = self.units.marked(units);
        let mut first: BinaryHeap<Running> = BinaryHeap::with_capacity(limit + 1);
        let mut look = |term: Running| {
            if after.is_some_and(|after| (term.0, term.1) <= after) {
                return;
            }
            if first.len() < limit {
                first.push(term);
            } else if let Some(mut last) = first.peek_mut()
                && term < *last
            {
                *last = term;
            }
        };
        for (case, open) in &self.open {
            if let Some(day) = open.day(kind)
                && within(&units, open.of.unit)
            {
                look((day, case.0, *case));
            }
        }
        for (case, beside) in self.beside(kind) {
            if within(&units, beside.unit) {
                look((beside.day, beside.key, case));
            }
        }
        first.into_sorted_vec()
    }

    /// What waits for an answer, by the one who has it.
    pub(super) fn loads(&self, units: &[UnitId], days: Days) -> HashMap<Option<AccountId>, Load> {
        let units = self.units.marked(units);
        let nobody = self.accounts.len();
        let mut loads = vec![Load::default(); nobody + 1];
        for open in self.open.values() {
            if !within(&units, open.of.unit) {
                continue;
            }
            let place = open
                .of
                .assignee
                .map_or(Some(nobody), |who| who.try_into().ok());
            let Some(load) = place.and_then(|place| loads.get_mut(place)) else {
                continue;
            };
            load.open += 1;
            load.waiting += i64::from(open.waits);
            if let Some(due_on) = open.running_until() {
                load.overdue += i64::from(due_on < days.today);
                load.soon += i64::from(due_on >= days.today && due_on <= days.soon);
            }
        }
        let each = loads.into_iter().enumerate();
        each.filter(|(_, load)| load.open > 0)
            .map(|(place, load)| (self.accounts.at(place), load))
            .collect()
    }

    /// What was finished between two moments.
    pub(super) fn totals(
        &self,
        units: &[UnitId],
        (from, until): (Moment, Moment),
        service: Option<ServiceId>,
    ) -> Totals {
        let units = self.units.marked(units);
        let service = match service.map(|service| self.services.find(service)) {
            // Of a service that no fact names nothing was finished.
            Some(None) => return Totals::default(),
            Some(found) => found,
            None => None,
        };
        let mut sum = Sum::default();
        for done in self.done.values() {
            if within(&units, done.of.unit)
                && done.ended_at >= from
                && done.ended_at < until
                && service.is_none_or(|service| service == done.service)
            {
                sum.add(done);
            }
        }
        sum.totals()
    }

    /// The figures of units, with the newest of the cases that were rated low; their words are not
    /// among the facts.
    pub(super) fn statistics(
        &self,
        units: &[UnitId],
        (from, until): (Moment, Moment),
        today: Date,
        persons: Persons,
    ) -> (Statistics, Vec<CaseId>) {
        let marked = self.units.marked(units);
        let mut all = Sum::default();
        let (mut by_unit, mut by_person) = (Sums::of(&self.units), Sums::of(&self.accounts));
        let mut low: Vec<(Moment, CaseId)> = Vec::new();
        let mut answers: Vec<(bool, i64)> = Vec::new();
        for (case, done) in &self.done {
            if !within(&marked, done.of.unit) || done.ended_at < from || done.ended_at >= until {
                continue;
            }
            all.add(done);
            if let Some(by_rule) = done.by_rule {
                let seconds = done.ended_at.seconds_since(done.of.received_at);
                answers.push((by_rule, seconds));
            }
            let sums = [
                by_unit.at(Some(done.of.unit)),
                by_person.at(done.of.assignee),
            ];
            for sum in sums.into_iter().flatten() {
                sum.add(done);
            }
            if done.stars.is_some_and(|stars| i64::from(stars) <= LOW) {
                low.push((done.ended_at, *case));
            }
        }
        let mut received: HashMap<State, i64> = HashMap::new();
        for of in self.all() {
            if within(&marked, of.unit)
                && of.received_at >= from
                && let Some(state) = of.state
            {
                *received.entry(state).or_default() += 1;
            }
        }
        let mut states: HashMap<State, i64> = HashMap::new();
        let mut open_by_unit = vec![(0, 0); self.units.len()];
        let mut overdue = 0;
        for open in self.open.values() {
            if !within(&marked, open.of.unit) {
                continue;
            }
            if let Some(state) = open.of.state {
                *states.entry(state).or_default() += 1;
            }
            let late = i64::from(open.running_until().is_some_and(|due_on| due_on < today));
            overdue += late;
            let place = usize::try_from(open.of.unit).ok();
            if let Some(of) = place.and_then(|place| open_by_unit.get_mut(place)) {
                of.0 += 1;
                of.1 += late;
            }
        }
        low.sort_unstable_by(|a, b| b.cmp(a));
        let figures = Statistics {
            open: in_order(states.into_iter().collect()),
            overdue,
            received: in_order(received.into_iter().collect()),
            finished: all.totals(),
            speed: Speed::of(answers.into_iter()),
            by_person: self.by_person(by_person, persons),
            ratings: all.ratings,
            low: Vec::new(),
            by_unit: if units.len() > 1 {
                self.by_unit(by_unit, &open_by_unit)
            } else {
                Vec::new()
            },
        };
        let low = low.into_iter().take(MOST_LOW).map(|(_, case)| case);
        (figures, low.collect())
    }

    fn by_person(&self, sums: Sums, whose: Persons) -> Vec<(Option<AccountId>, Totals)> {
        let each = sums.0.into_iter().enumerate();
        let mut by_person: Vec<_> = each
            .filter_map(|(place, sum)| Some((self.accounts.at(place), sum?)))
            .filter(|(person, _)| match whose {
                Persons::All => true,
                Persons::Own(own) => person.is_some() && *person == own,
            })
            .map(|(person, mut sum)| (person, sum.totals()))
            .collect();
        by_person.sort_unstable_by_key(|(person, _)| *person);
        by_person
    }

    fn by_unit(&self, sums: Sums, open: &[(i64, i64)]) -> Vec<UnitFigures> {
        let each = sums.0.into_iter().zip(open).enumerate();
        let mut by_unit: Vec<UnitFigures> = each
            .filter(|(_, (sum, open))| sum.is_some() || open.0 > 0)
            .filter_map(|(place, (sum, (open, overdue)))| {
                let mut sum = sum.unwrap_or_default();
                Some(UnitFigures {
                    unit: self.units.at(place)?,
                    open: *open,
                    overdue: *overdue,
                    finished: sum.totals(),
                    ratings: sum.ratings,
                })
            })
            .collect();
        UnitFigures::most_overdue_first(&mut by_unit);
        by_unit
    }
}
