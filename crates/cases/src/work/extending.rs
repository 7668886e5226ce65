//! The term of a case while it runs: a head lengthens it where the law allows that, a pause moves
//! it, a reopened case gets a new one. The dates are the crate `law`'s; every step is explained.

use base::{Actor, Error, FieldError, Number, Result};
use jiff::Span;
use jiff::civil::Date;
use law::{Calendar, Changes, DueError, Law, Pause, Rule};
use store::{Db, Tx};

use super::{MESSAGE_MOST, Told, checked, new_id};
use crate::Cases;
use crate::course::{self, ReasonBody};
use crate::model::{CaseRow, Extension, PauseCut, Term};
use crate::sql;
use crate::states::Action;

/// The shortest reason, in characters.
const REASON_LEAST: usize = 10;

impl Cases {
    /// A head lengthens the term by so many days, on a ground that the rule of the term names.
    pub async fn extend(
        &self,
        actor: &Actor,
        number: Number,
        days: u32,
        ground: &str,
        reason: &str,
    ) -> Result<()> {
        if days == 0 {
            return Err(Error::field("days", "error-required"));
        }
        let ground = ground.to_owned();
        let reason = checked("reason", reason, REASON_LEAST, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Extend, move |tx, at| {
            let term = term_of(tx, &at.row)?.ok_or(Error::Conflict("case-error-no-term"))?;
            let decided_on = at.cases.day(tx.now());
            let mut changes = at.cases.changes(tx, &at.row)?;
            let again = !changes.extensions.is_empty();
            changes.extensions.push(law::Extension {
                days,
                decided_on,
                ground: ground.clone(),
            });
            let due_before = term.due.due_on;
            let term = counted(&term, &changes).map_err(|error| wrong(&error, again))?;
            let due_on = term.due.due_on;
            let id = new_id(tx);
            let body = ReasonBody {
                author: at.name.clone(),
                reason: reason.clone(),
            };
            let row = sql::ExtensionRow {
                id,
                decided_by: by,
                decided_at: tx.now(),
                decided_on,
                days: i64::from(days),
                ground: ground.clone(),
                due_before,
                due_on,
                body: course::seal(&at.key, at.row.id, "extension", id, &body)?,
            };
            sql::insert_extension(tx, at.row.id, &row)?;
            keep(tx, &at.row, &term, &changes)?;
            let told = Told::new("case.extended")
                .with("days", days.to_string())
                .with("ground", ground.clone())
                .with("due_before", due_before.to_string())
                .with("due_on", due_on.to_string())
                .with("reason", reason.clone());
            Ok((at.moved(), told))
        })
        .await
    }

    /// The rule of a case's running term, where one runs: what may lengthen or pause it.
    pub fn rule_of(term: &Term) -> Option<&'static Rule> {
        let known = &term.due.rule;
        Law::current().version(&known.regime, &known.term, known.version)
    }

    /// By when the law wants a case returned or told of, by the name of the regime's term; none when
    /// it says nothing.
    pub fn other_deadline(term: &Term, name: &str, registered_on: Date) -> Option<Date> {
        let rule = Law::current().rule(&term.due.rule.regime, name, registered_on)?;
        let due = law::due(rule, Calendar::russia(), registered_on).ok()?;
        Some(due.due_on)
    }

    /// The ground on which the term of a case may stand still while the applicant is waited for from
    /// a day on, and the last day on which it may. None where the rule knows no pause or those before
    /// took all of it, and of a term that has passed: it stands still no more.
    pub(super) fn pause_from(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        from: Date,
    ) -> Result<Option<(String, Date)>> {
        if row.due_on.is_none_or(|due_on| due_on < from) {
            return Ok(None);
        }
        let term = term_of(tx, row)?;
        let rule = term.as_ref().and_then(Self::rule_of);
        let Some(allowed) = rule.and_then(|rule| rule.pause.as_ref()) else {
            return Ok(None);
        };
        let left = i64::from(allowed.max_days) - stood(&self.changes(tx, row)?);
        let ground = allowed.grounds.first().filter(|_| left > 0);
        Ok(ground.map(|ground| {
            let last = from.saturating_add(Span::new().days(left - 1));
            (ground.id.clone(), last)
        }))
    }

    /// Counts the term of a case again, after a pause has ended. One that was longer than the rule lets
    /// it be counts up to its limit.
    pub(super) fn count_term_anew(&self, tx: &mut Tx<'_>, row: &CaseRow) -> Result<()> {
        let Some(term) = term_of(tx, row)? else {
            return Ok(());
        };
        let changes = self.changes(tx, row)?;
        let term = counted(&term, &changes).map_err(Error::internal)?;
        keep(tx, row, &term, &changes)
    }

    /// A term that starts today under the rule that the case has had; none when it had none.
    pub(super) fn start_term(&self, tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<Date>> {
        let Some(term) = term_of(tx, row)? else {
            return Ok(None);
        };
        let Some(rule) = Self::rule_of(&term) else {
            return Ok(None);
        };
        let today = self.day(tx.now());
        let due = law::due(rule, Calendar::russia(), today).map_err(Error::internal)?;
        let due_on = due.due_on;
        let term = Term {
            registration: Vec::new(),
            due,
            cut: None,
        };
        keep(tx, row, &term, &Changes::default())?;
        sql::set_planned(tx, row.id, None)?;
        Ok(Some(due_on))
    }

    /// What has changed the term since it last began. A pause that still lasts counts up to today.
    fn changes(&self, tx: &mut Tx<'_>, row: &CaseRow) -> Result<Changes> {
        let begun = sql::last_turn(tx, row.id, "reopened")?;
        let since = |moment| begun.is_none_or(|begun| moment >= begun);
        let extensions = sql::extensions(tx, row.id)?
            .into_iter()
            .filter(|row| since(row.decided_at))
            .map(|row| {
                Ok(law::Extension {
                    days: u32::try_from(row.days).map_err(Error::internal)?,
                    decided_on: row.decided_on,
                    ground: row.ground,
                })
            })
            .collect::<Result<_>>()?;
        let mut pauses: Vec<Pause> = Vec::new();
        let lasts = row.stands_since.map(|_| tx.now());
        for wait in sql::waits(tx, row.id)? {
            let (Some(ground), Some(until)) = (wait.ground, wait.ended_at.or(lasts)) else {
                continue;
            };
            let to = self.day(until);
            let mut from = self.day(wait.asked_at);
            // A second request of the same day begins where the first pause ends.
            if let Some(last) = pauses.last().filter(|last| last.to >= from) {
                from = last.to.tomorrow().map_err(Error::internal)?;
            }
            if since(wait.asked_at) && from <= to {
                pauses.push(Pause { from, to, ground });
            }
        }
        Ok(Changes { pauses, extensions })
    }
}

/// The term of a case as it is kept.
fn term_of(db: &mut Db<'_>, row: &CaseRow) -> Result<Option<Term>> {
    sql::inside(db, row.id)?
        .term
        .map(|json| serde_json::from_str(&json).map_err(Error::internal))
        .transpose()
}

/// The same term with what has changed it: of its pauses what the rule lets them last.
fn counted(term: &Term, changes: &Changes) -> std::result::Result<Term, DueError> {
    let rule = Cases::rule_of(term).ok_or(DueError::ExtensionNotAllowed)?;
    let within = changes.cut_to(rule);
    let due = law::due_with(rule, Calendar::russia(), term.due.starts_on, &within)?;
    let (days, counted) = (stood(changes), stood(&within));
    Ok(Term {
        registration: term.registration.clone(),
        due,
        cut: (days > counted).then_some(PauseCut { days, counted }),
    })
}

/// How many days pauses last together.
fn stood(changes: &Changes) -> i64 {
    let lasted = |pause: &Pause| i64::from((pause.to - pause.from).get_days()) + 1;
    changes.pauses.iter().map(lasted).sum()
}

/// Keeps a term that was counted anew, and the aim that goes with it.
fn keep(tx: &mut Tx<'_>, row: &CaseRow, term: &Term, changes: &Changes) -> Result<()> {
    let json = serde_json::to_string(term).map_err(Error::internal)?;
    sql::set_term(tx, row.id, term.due.due_on, &json)?;
    sql::set_aim(tx, row.id, crate::term::aim(term, changes))
}

/// Why a term cannot be lengthened, at the field that it is about; `again` says that it was
/// lengthened before.
fn wrong(error: &DueError, again: bool) -> Error {
    let field = match error {
        DueError::UnknownGround(_) => "ground",
        _ => "days",
    };
    let key = match error {
        DueError::ExtendedTooFar { .. } if again => "case-error-extended-again",
        DueError::ExtendedTooFar { .. } => "case-error-extended-too-far",
        _ => error.key(),
    };
    let known = error.args().into_iter();
    let error = known.fold(FieldError::new(field, key), |error, (name, arg)| {
        let value = match arg {
            law::Arg::Number(number) => number.to_string(),
            law::Arg::Date(date) => date.strftime("%d.%m.%Y").to_string(),
            _ => String::new(),
        };
        error.with(name, value)
    });
    Error::Invalid(vec![error])
}

/// How a case's extension is named in words: the ground of the rule.
pub(crate) fn ground_in_words(
    term: &Term,
    extension: &Extension,
    language: base::Language,
) -> String {
    Cases::rule_of(term)
        .and_then(|rule| rule.extension.as_ref())
        .and_then(|allowed| {
            allowed
                .grounds
                .iter()
                .find(|ground| ground.id == extension.ground)
        })
        .map(|ground| ground.title.in_language(language.tag()).to_owned())
        .unwrap_or_default()
}
