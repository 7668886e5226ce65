//! Problems and tasks of an exchange, one in a change: each under a key of its own, with its history
//! as entries of the time of then. What they name, cases and problems, must be here by then.

use std::collections::HashMap;
use std::sync::Arc;

use base::id::CaseId;
use base::text::clean_line;
use base::{Error, Moment};
use journal::{DataKey, Of, PastEntry};
use serde_json::{Map, Value as Json};
use store::forms::{Cell, Wrong, moment};
use store::{Db, Tx};
use uuid::Uuid;

use super::{Run, Source, TAKE, Take};
use crate::Cases;
use crate::exchange::kinds::{CASE, Kind, PROBLEM};
use crate::exchange::lines::Lines;
use crate::exchange::past::{self, works_told_first};
use crate::exchange::things::{self, Reading};
use crate::exchange::{ExchangeError, case};
use crate::import::writing::patiently;
use crate::model::{ProblemState, TaskSource, TaskState};
use crate::sql;
use crate::sql::exchange as tables;

/// A problem or a task that only waits to be written.
struct Ready {
    kind: &'static Kind,
    id: Uuid,
    number: Option<i64>,
    wrapped: Vec<u8>,
    key: DataKey,
    cells: Vec<Cell>,
    lists: things::Listed,
    names: Names,
    history: Vec<PastEntry>,
}

/// What a line names that must be here.
#[derive(Default)]
struct Names {
    /// The problem of a task.
    problem: Option<Uuid>,
    /// The case that a task came of.
    case: Option<Uuid>,
    /// Cases that are about a problem, or were; those in which works were disputed.
    cases: Vec<Uuid>,
}

/// How a line stands to what is here.
enum Stands {
    /// It is here already.
    Here,
    /// It names what is not.
    Wants(Wrong),
    /// It is new; under which number.
    New(i64),
}

impl Take {
    pub(super) fn take_works(
        &self,
        kind: &'static Kind,
        source: &Source,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
        let name = kind.form.name;
        let mut lines = Lines::open(&source.path)?;
        run.seen.clear();
        run.highest = 0;
        while let Some(line) = lines.next()? {
            if Self::stopped(run) {
                return Ok(());
            }
            run.book.counts(name).read += 1;
            let came = match line.row {
                Ok(row) => self.take_one(kind, row, source, run)?,
                Err(wrong) => Err(wrong),
            };
            match came {
                Ok(Stands::Here) => run.book.counts(name).already_there += 1,
                Ok(Stands::New(number)) => {
                    run.book.counts(name).carried_over += 1;
                    run.highest = run.highest.max(number);
                }
                Ok(Stands::Wants(wrong)) | Err(wrong) => {
                    run.book.refuse(name, &source.name, line.number, wrong);
                }
            }
            (run.progress)(&run.book.report);
        }
        Ok(())
    }

    fn take_one(
        &self,
        kind: &'static Kind,
        mut row: Map<String, Json>,
        source: &Source,
        run: &mut Run<'_>,
    ) -> Result<Result<Stands, Wrong>, ExchangeError> {
        let id = match case::id_of(kind.one, &row) {
            Ok((id, _)) => id,
            Err(wrong) => return Ok(Err(wrong)),
        };
        settle_ids(id, &mut row);
        if !run.seen.insert(id) {
            return Ok(Err(Wrong::new("id", "stands on an earlier line already")));
        }
        let store = self.cases.journal().store();
        let known = patiently(run.stop, || {
            store.read_blocking(move |db| tables::known_ids(db, kind.form, &[id]))
        })?;
        if !known.is_empty() {
            return Ok(Ok(Stands::Here));
        }
        let prepared = self.cases.journal().keys().prepare(store.now())?;
        let files = match self.put_files(&row, &prepared.0, run)? {
            Ok(files) => files,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let of_cases = match self.keys_of_disputes(&row, run)? {
            Ok(keys) => keys,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let reading = Reading {
            here: &run.here,
            now: store.now(),
            parent: id,
            own: HashMap::from([
                ("problem_id", Cell::Id(id)),
                ("task_id", Cell::Id(id)),
                ("data_key_id", Cell::Id(prepared.0.id())),
            ]),
            key: Some(&prepared.0),
            files,
            of_cases,
        };
        let read = read(kind, row, &reading, self.options.awake, &source.sha256);
        let ready = match read {
            Ok((cells, lists, number, names, history)) => Arc::new(Ready {
                kind,
                id,
                number,
                wrapped: prepared.1,
                key: prepared.0,
                cells,
                lists,
                names,
                history,
            }),
            Err(wrong) => return Ok(Err(wrong)),
        };
        if self.options.dry_run {
            // What it names may only be about to come in.
            return Ok(Ok(Stands::New(0)));
        }
        let highest = run.highest;
        let written = patiently(run.stop, || {
            let (cases, ready) = (self.cases.clone(), Arc::clone(&ready));
            store.change_blocking(&TAKE, move |tx| write(tx, &cases, &ready, highest))
        });
        match written {
            Ok(stands) => Ok(Ok(stands)),
            Err(Error::Conflict(_)) => {
                let why = "clashes with something that is here";
                Ok(Err(Wrong::new("", why)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The keys of the cases in which works were disputed, by the dispute.
    fn keys_of_disputes(
        &self,
        row: &Map<String, Json>,
        run: &Run<'_>,
    ) -> Result<Result<CaseKeys, Wrong>, ExchangeError> {
        let id = |row: &Json, field: &str| {
            let text = row.get(field).and_then(Json::as_str)?;
            Uuid::try_parse(text).ok()
        };
        let named: Vec<(usize, Uuid, Uuid)> = listed(row, "disputes")
            .enumerate()
            .filter_map(|(place, dispute)| Some((place, id(dispute, "id")?, id(dispute, "case")?)))
            .collect();
        if named.is_empty() {
            return Ok(Ok(HashMap::new()));
        }
        let keys = self.cases.journal().keys();
        let store = self.cases.journal().store();
        let wanted: Arc<Vec<Uuid>> = Arc::new(named.iter().map(|(_, _, case)| *case).collect());
        let found = patiently(run.stop, || {
            let wanted = Arc::clone(&wanted);
            store.read_blocking(move |db| tables::keys_of_cases(db, &wanted))
        })?;
        let mut of_cases = HashMap::new();
        for (place, dispute, case) in named {
            let known = found.iter().find(|(id, ..)| *id == case);
            let key = match known {
                Some((_, key, wrapped)) => keys.open_wrapped(*key, wrapped)?,
                // The case may only be about to come in; what is sealed now is thrown away.
                None if self.options.dry_run => keys.prepare(store.now())?.0,
                None => {
                    let wrong = Wrong::new("case", NO_CASE);
                    return Ok(Err(wrong.inside("disputes", place)));
                }
            };
            of_cases.insert(dispute, (case, key));
        }
        Ok(Ok(of_cases))
    }
}

/// Cases and their keys, by what is said in them.
type CaseKeys = HashMap<Uuid, (Uuid, DataKey)>;

const NO_CASE: &str = "names a case that is not here";

type Read = (
    Vec<Cell>,
    things::Listed,
    Option<i64>,
    Names,
    Vec<PastEntry>,
);

/// Problems and cases may be named as another system names them.
fn settle_ids(id: Uuid, row: &mut Map<String, Json>) {
    let settle = |value: Option<&mut Json>, kind: &str| {
        if let Some(Json::String(text)) = value
            && Uuid::try_parse(text).is_err()
        {
            *text = case::id_from(kind, &clean_line(text)).to_string();
        }
    };
    row.insert("id".to_owned(), id.to_string().into());
    settle(row.get_mut("problem"), PROBLEM.one);
    settle(row.get_mut("case"), CASE.one);
    for list in ["cases", "disputes"] {
        let rows = row.get_mut(list).and_then(Json::as_array_mut);
        for row in rows.into_iter().flatten() {
            settle(row.get_mut("case"), CASE.one);
        }
    }
}

/// Who did what nobody knows here any more.
fn somebody(row: Option<&mut Map<String, Json>>, field: &str) {
    if let Some(row) = row {
        row.entry(field)
            .or_insert_with(|| Uuid::nil().to_string().into());
    }
}

/// Reads a line under the key that it gets.
fn read(
    kind: &'static Kind,
    mut row: Map<String, Json>,
    reading: &Reading<'_>,
    awake: bool,
    source: &str,
) -> Result<Read, Wrong> {
    let history = past::history(row.remove("history"), kind.one, reading.now)?;
    let (names, began_at) = if kind.one == PROBLEM.one {
        (check_problem(&mut row)?, "opened_at")
    } else {
        (check_task(&mut row, awake)?, "set_at")
    };
    let began_at = row.get(began_at).and_then(Json::as_str).unwrap_or_default();
    let began_at: Option<Moment> = moment(began_at, reading.now).ok();
    let cells = kind.form.read(&mut row, reading)?;
    let lists = things::read_lists(kind, &mut row, reading)?;
    things::nothing_left(&row)?;
    let number = match cells.get(tables::WORKS_NUMBER_PLACE) {
        Some(Cell::Int(number)) => Some(*number),
        _ => None,
    };
    let began_at = began_at.unwrap_or(reading.now);
    let history = works_told_first(history, kind.one, began_at, source);
    Ok((cells, lists, number, names, history))
}

/// What a problem leaves out is filled in; what cannot be so together is refused.
fn check_problem(row: &mut Map<String, Json>) -> Result<Names, Wrong> {
    for field in ["place", "closing"] {
        row.entry(field).or_insert_with(|| "".into());
    }
    usual(row, "about", "title");
    row.entry("state")
        .or_insert_with(|| ProblemState::Open.code().into());
    let closed = text(row, "state") == ProblemState::Closed.code();
    if closed != has(row, "closed_at") {
        return Err(Wrong::new(
            "closed_at",
            "goes with the state closed, and with no other",
        ));
    }
    let joined = row.get_mut("cases").and_then(Json::as_array_mut);
    for case in joined.into_iter().flatten() {
        somebody(case.as_object_mut(), "joined_by");
    }
    let cases = ids_of(row, "cases", "case");
    let now = listed(row, "cases").filter(|case| case.get("left_at").is_none_or(Json::is_null));
    let count = now.count() as u64;
    // However many it was told to have: these are the ones that came along.
    row.insert("case_count".to_owned(), count.into());
    Ok(Names {
        cases,
        ..Names::default()
    })
}

/// The same of a task. A task that rests is spoken of no more.
fn check_task(row: &mut Map<String, Json>, awake: bool) -> Result<Names, Wrong> {
    row.entry("said").or_insert_with(|| "".into());
    usual(row, "todo", "title");
    somebody(Some(row), "set_by");
    for stage in row
        .get_mut("stages")
        .and_then(Json::as_array_mut)
        .into_iter()
        .flatten()
        .filter_map(Json::as_object_mut)
    {
        stage.entry("note").or_insert_with(|| "".into());
    }
    if !awake {
        row.remove("speak_on");
    }
    let of_problem = text(row, "source") == TaskSource::Problem.code();
    if of_problem != has(row, "problem") {
        return Err(Wrong::new(
            "problem",
            "goes with the source problem, and with no other",
        ));
    }
    if of_problem && has(row, "case") {
        return Err(Wrong::new(
            "case",
            "stands beside a problem, whose cases are told",
        ));
    }
    let state = TaskState::from_code(text(row, "state"));
    if let Some(state) = state {
        if state.is_open() == has(row, "ended_at") {
            let why = "goes with the states confirmed and dropped, and with no other";
            return Err(Wrong::new("ended_at", why));
        }
        let told_done = matches!(state, TaskState::Done | TaskState::Confirmed);
        if told_done && !has(row, "done_on") {
            return Err(Wrong::new("done_on", "is missing, and the state needs it"));
        }
    }
    check_lists(row)?;
    let id = |field: &str| Uuid::try_parse(text(row, field)).ok();
    Ok(Names {
        problem: id("problem"),
        case: id("case"),
        cases: ids_of(row, "disputes", "case"),
    })
}

fn check_lists(row: &Map<String, Json>) -> Result<(), Wrong> {
    for (list, most) in [
        ("stages", sql::MOST_STAGES),
        ("documents", sql::MOST_DOCUMENTS),
    ] {
        if i64::try_from(listed(row, list).count()).is_ok_and(|n| n > most) {
            return Err(Wrong::new(list, format!("has more than {most} rows")));
        }
    }
    let stages: Vec<&str> = listed(row, "stages")
        .filter_map(|stage| stage.get("id")?.as_str())
        .collect();
    for (place, document) in listed(row, "documents").enumerate() {
        let inside = |wrong: Wrong| wrong.inside("documents", place);
        let text = |field: &str| document.get(field).and_then(Json::as_str);
        if text("kind").and_then(files::Kind::from_code).is_none() {
            return Err(inside(Wrong::new("kind", "is no kind of file")));
        }
        if text("stage").is_some_and(|stage| !stages.contains(&stage)) {
            return Err(inside(Wrong::new("stage", "names no stage of the task")));
        }
    }
    Ok(())
}

fn text<'a>(row: &'a Map<String, Json>, field: &str) -> &'a str {
    row.get(field).and_then(Json::as_str).unwrap_or_default()
}

fn has(row: &Map<String, Json>, field: &str) -> bool {
    row.get(field).is_some_and(|value| !value.is_null())
}

fn usual(row: &mut Map<String, Json>, field: &str, as_field: &str) {
    if !row.contains_key(field)
        && let Some(value) = row.get(as_field).cloned()
    {
        row.insert(field.to_owned(), value);
    }
}

fn listed<'a>(row: &'a Map<String, Json>, list: &str) -> impl Iterator<Item = &'a Json> {
    row.get(list).and_then(Json::as_array).into_iter().flatten()
}

fn ids_of(row: &Map<String, Json>, list: &str, field: &str) -> Vec<Uuid> {
    listed(row, list)
        .filter_map(|row| Uuid::try_parse(row.get(field)?.as_str()?).ok())
        .collect()
}

/// Writes a problem or a task with its key, its number, its lists and its entries. Above `highest`
/// no number of this run has gone yet.
fn write(tx: &mut Tx<'_>, cases: &Cases, ready: &Ready, highest: i64) -> base::Result<Stands> {
    let form = ready.kind.form;
    if !tables::known_ids(tx, form, &[ready.id])?.is_empty() {
        return Ok(Stands::Here);
    }
    if let Some(wrong) = wants(tx, ready)? {
        return Ok(Stands::Wants(wrong));
    }
    let number = match ready.number {
        Some(number) if !tables::works_number_is_taken(tx, form, number)? => number,
        _ => loop {
            let number = tx.next_in_sequence(ready.kind.one)?;
            if !tables::works_number_is_taken(tx, form, number)? {
                break number;
            }
        },
    };
    // A number that came along is never given to anything else.
    if ready.number == Some(number) && number > highest {
        while tx.next_in_sequence(ready.kind.one)? < number {}
    }
    let mut cells = ready.cells.clone();
    if let Some(cell) = cells.get_mut(tables::WORKS_NUMBER_PLACE) {
        *cell = Cell::Int(number);
    }
    let journal = cases.journal();
    let prepared = (ready.key.id(), ready.wrapped.as_slice());
    let key = journal
        .keys()
        .adopt(tx, ready.kind.one, ready.id, prepared)?;
    form.insert(tx, &cells)?;
    for (form, cells) in &ready.lists {
        form.insert(tx, cells)?;
    }
    let of = Of {
        kind: ready.kind.one,
        id: ready.id,
        key: &key,
    };
    journal.record_history(tx, &of, ready.history.clone())?;
    Ok(Stands::New(number))
}

/// What a line wants that is not so here.
fn wants(db: &mut Db<'_>, ready: &Ready) -> base::Result<Option<Wrong>> {
    let names = &ready.names;
    let is_problem = ready.kind.one == PROBLEM.one;
    for case in &names.cases {
        if !tables::case_is_there(db, CaseId(*case))? {
            let list = if is_problem { "cases" } else { "disputes" };
            return Ok(Some(Wrong::new(list, NO_CASE)));
        }
    }
    let tasks = match (names.problem, names.case) {
        (Some(problem), _) => {
            if tables::known_ids(db, PROBLEM.form, &[problem])?.is_empty() {
                let why = "names a problem that is not here";
                return Ok(Some(Wrong::new("problem", why)));
            }
            sql::tasks_of_problem(db, problem)?.len()
        }
        (None, Some(case)) => {
            if !tables::case_is_there(db, CaseId(case))? {
                return Ok(Some(Wrong::new("case", NO_CASE)));
            }
            sql::tasks_of_case(db, CaseId(case))?.len()
        }
        (None, None) => 0,
    };
    if i64::try_from(tasks).is_ok_and(|tasks| tasks >= sql::MOST_TASKS) {
        let field = if names.problem.is_some() {
            "problem"
        } else {
            "case"
        };
        let why = format!("has {} tasks, which is the most", sql::MOST_TASKS);
        return Ok(Some(Wrong::new(field, why)));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(value: Json) -> Map<String, Json> {
        let Json::Object(row) = value else {
            panic!("no row: {value}");
        };
        row
    }

    #[test]
    fn what_cannot_be_so_together_is_refused_at_its_field() {
        for (task, field) in [
            (json!({ "source": "problem", "state": "set" }), "problem"),
            (
                json!({ "source": "review", "state": "set", "problem": "x" }),
                "problem",
            ),
            (
                json!({ "source": "problem", "state": "set", "problem": "x", "case": "y" }),
                "case",
            ),
            (
                json!({ "source": "review", "state": "dropped" }),
                "ended_at",
            ),
            (
                json!({ "source": "review", "state": "set", "ended_at": "x" }),
                "ended_at",
            ),
            (json!({ "source": "review", "state": "done" }), "done_on"),
            (
                json!({ "source": "review", "state": "set", "documents": [{ "kind": "exe" }] }),
                "documents[0].kind",
            ),
            (
                json!({ "source": "review", "state": "set", "stages": [{ "id": "a" }],
                        "documents": [{ "kind": "pdf", "stage": "b" }] }),
                "documents[0].stage",
            ),
        ] {
            let wrong = check_task(&mut row(task.clone()), true)
                .err()
                .map(|wrong| wrong.field);
            assert_eq!(wrong.as_deref(), Some(field), "{task}");
        }
        for (problem, field) in [
            (json!({ "state": "closed" }), "closed_at"),
            (json!({ "closed_at": "x" }), "closed_at"),
        ] {
            let wrong = check_problem(&mut row(problem))
                .err()
                .map(|wrong| wrong.field);
            assert_eq!(wrong.as_deref(), Some(field));
        }
    }

    #[test]
    fn a_problem_has_as_many_cases_as_came_along_and_a_resting_task_is_silent() {
        let mut problem = row(json!({ "title": "Яма", "case_count": 9, "cases": [
            { "case": "a" }, { "case": "b", "left_at": "x" }, { "case": "c", "left_at": null },
        ] }));
        check_problem(&mut problem).unwrap();
        assert_eq!(
            (&problem["case_count"], &problem["about"]),
            (&json!(2), &json!("Яма"))
        );
        for (awake, speaks) in [(true, true), (false, false)] {
            let mut task = row(json!({ "source": "review", "state": "set",
                "speak_on": "2026-11-22" }));
            check_task(&mut task, awake).unwrap();
            assert_eq!(task.contains_key("speak_on"), speaks);
        }
    }
}
