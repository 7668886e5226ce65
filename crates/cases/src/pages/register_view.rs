//! A line of the public register in words: kind, body, subject, dates, state, and nothing else.

use jiff::civil::Date;
use web::Request;

use super::names::{self, Names};
use super::term;
use crate::model::{PublicState, RegisterRow};

/// An entry of the register.
#[derive(Clone, Debug)]
pub(super) struct EntryView {
    pub(super) number: String,
    pub(super) service: String,
    pub(super) category: String,
    pub(super) unit: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) received_on: Date,
    pub(super) due_on: Option<Date>,
    pub(super) answered_on: Option<Date>,
    /// The day on which the work began.
    pub(super) begun_on: Option<Date>,
    /// Until when an answer is owed, or when it was given.
    pub(super) due: String,
    pub(super) carried_over: bool,
    /// How it ended; empty while it goes on.
    pub(super) outcome: String,
}

/// The entry of a row.
pub(super) fn entry(request: &Request, names: &Names, row: &RegisterRow, today: Date) -> EntryView {
    let words = request.shell().words();
    let zone = &request.shell().settings().zone;
    let answered_on = row.answered_at.map(|moment| moment.date(zone));
    let due = match (answered_on, row.due_on) {
        (Some(day), _) => {
            let date = words.date_long(request.language, day);
            request.ta("register-answered-on", &[("date", date.into())])
        }
        (None, Some(due)) if row.state != PublicState::Finished => {
            let days = term::days_until(today, due);
            if row.stands_since.is_some() {
                term::stands(request)
            } else if days < 0 {
                term::left(request, days)
            } else {
                let date = words.date_long(request.language, due);
                request.ta("register-due-on", &[("date", date.into())])
            }
        }
        _ => String::new(),
    };
    EntryView {
        number: row.number.to_string(),
        service: names.service(row.service),
        category: names.category_path(row.category),
        unit: names.unit(row.unit),
        state: names::public_state(request, row.state),
        tone: names::public_tone(row.state),
        received_on: row.received_at.date(zone),
        due_on: row.due_on,
        answered_on,
        begun_on: row.begun_on,
        due,
        carried_over: row.carried_over,
        outcome: row
            .outcome
            .filter(|_| row.state == PublicState::Finished)
            .map(|outcome| names::outcome(request, outcome))
            .unwrap_or_default(),
    }
}
