//! What happened to an appeal before it was carried over: the timeline of its states, the ways it was
//! sent with the deadlines of then, the subjects it was given. Each becomes an entry of the case with
//! the time of then; that it was written down here only now, the entry says itself.

use std::path::Path;

use base::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::PastEntry;

use super::file::{Beside, Side};
use super::report::{Reason, Refusal};
use super::{ImportError, row};
use crate::model::State;

/// The timeline of states.
const TIMELINE: &str = "timeline.csv.gz";
/// Who sent an appeal to whom.
const REROUTES: &str = "reroutes.csv.gz";
/// Which subjects it was given.
const RECLASSIFIED: &str = "reclassified.csv.gz";
/// All of them.
pub(super) const FILES: [&str; 3] = [TIMELINE, REROUTES, RECLASSIFIED];

/// The most events of one appeal: its history is read whole whenever it is shown.
const EVENTS_MOST: usize = 500;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    at: Moment,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// It came into a state; the word says how.
    Came(State, &'static str),
    /// It was sent on, and its deadline moved.
    Sent {
        from: String,
        to: String,
        deadlines: Option<(Date, Date)>,
    },
    /// It was given another subject.
    Subject { from: String, to: String },
}

impl Event {
    /// The executors that the event names: from whom, to whom.
    pub(super) fn executors(&self) -> impl Iterator<Item = &str> {
        let names = match &self.what {
            What::Sent { from, to, .. } => [from.as_str(), to.as_str()],
            _ => ["", ""],
        };
        names.into_iter().filter(|name| !name.is_empty())
    }
}

/// The files that tell of it; each may be missing.
pub(super) struct Past {
    timeline: Option<Beside<3>>,
    reroutes: Option<Beside<6>>,
    reclassified: Option<Beside<4>>,
}

impl Past {
    /// Opens what is there.
    pub(super) fn open(folder: &Path) -> Result<Self, ImportError> {
        Ok(Self {
            timeline: Beside::open_if_there(folder, TIMELINE, &["id", "at", "status"])?,
            reroutes: Beside::open_if_there(
                folder,
                REROUTES,
                &["id", "at", "from", "to", "old_deadline", "new_deadline"],
            )?,
            reclassified: Beside::open_if_there(folder, RECLASSIFIED, &["id", "at", "old", "new"])?,
        })
    }

    /// The events of an appeal, oldest first.
    pub(super) fn take(
        &mut self,
        id: &str,
        zone: &TimeZone,
        now: Moment,
        refuse: &mut dyn FnMut(Refusal),
    ) -> Result<Result<Vec<Event>, Reason>, ImportError> {
        let mut events = Vec::new();
        if let Some(file) = &mut self.timeline {
            let rows = file.take(id, refuse)?;
            read_all(&mut events, TIMELINE, rows, |[_, at, status]| {
                let (state, word) = row::status_of(&status).ok_or(Reason::Status)?;
                Ok(Event {
                    at: row::moment("at", &at, zone, now)?.0,
                    what: What::Came(state, word),
                })
            });
        }
        if let Some(file) = &mut self.reroutes {
            let rows = file.take(id, refuse)?;
            read_all(
                &mut events,
                REROUTES,
                rows,
                |[_, at, from, to, old, new]| {
                    let days = [day("old_deadline", &old)?, day("new_deadline", &new)?];
                    Ok(Event {
                        at: row::moment("at", &at, zone, now)?.0,
                        what: What::Sent {
                            from: row::name(&from),
                            to: row::name(&to),
                            deadlines: days[0].zip(days[1]),
                        },
                    })
                },
            );
        }
        if let Some(file) = &mut self.reclassified {
            let rows = file.take(id, refuse)?;
            read_all(&mut events, RECLASSIFIED, rows, |[_, at, from, to]| {
                Ok(Event {
                    at: row::moment("at", &at, zone, now)?.0,
                    what: What::Subject {
                        from: row::name(&from),
                        to: row::name(&to),
                    },
                })
            });
        }
        if events.len() > EVENTS_MOST {
            return Ok(Err(Reason::TooMany(EVENTS_MOST)));
        }
        let events: Result<Vec<Event>, Reason> = events.into_iter().collect();
        Ok(events.map(|mut events| {
            // Of the same moment, in the order of the files.
            events.sort_by_key(|event| event.at);
            events
        }))
    }

    /// Appeals of these files that were not among the appeals.
    pub(super) fn left_over(
        &mut self,
        refuse: &mut dyn FnMut(Refusal),
    ) -> Result<u64, ImportError> {
        let mut left = 0;
        if let Some(file) = &mut self.timeline {
            left += file.left_over(refuse)?;
        }
        if let Some(file) = &mut self.reroutes {
            left += file.left_over(refuse)?;
        }
        if let Some(file) = &mut self.reclassified {
            left += file.left_over(refuse)?;
        }
        Ok(left)
    }
}

fn read_all<const N: usize>(
    events: &mut Vec<Result<Event, Reason>>,
    file: &'static str,
    rows: Vec<Side<N>>,
    read: impl Fn([String; N]) -> Result<Event, Reason>,
) {
    for row in rows.into_iter().take(EVENTS_MOST + 1) {
        let line = row.line;
        let event = row.columns.and_then(&read);
        events.push(event.map_err(|reason| Reason::History {
            file,
            line,
            reason: Box::new(reason),
        }));
    }
}

/// A day as the files write it, `13.11.2020`, or as everybody else does.
fn day(column: &'static str, text: &str) -> Result<Option<Date>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Date::strptime("%d.%m.%Y", text)
        .or_else(|_| text.parse())
        .map(Some)
        .map_err(|_| Reason::Day(column))
}

/// The executor that had the appeal first, when it was sent on later.
pub(super) fn first_executor(events: &[Event]) -> Option<&str> {
    events.iter().find_map(|event| match &event.what {
        What::Sent { from, .. } => Some(from.as_str()),
        _ => None,
    })
}

/// The state in which the appeal began, when a timeline tells it.
pub(super) fn first_state(events: &[Event]) -> Option<State> {
    events.iter().find_map(|event| match event.what {
        What::Came(state, _) => Some(state),
        _ => None,
    })
}

/// When the appeal was closed, when a timeline tells it.
pub(super) fn closed_at(events: &[Event]) -> Option<Moment> {
    let closed = |event: &&Event| matches!(event.what, What::Came(State::Closed, _));
    events.iter().rev().find(closed).map(|event| event.at)
}

/// The entries of the events; `unit` gives the code of an executor's unit.
pub(super) fn entries(events: &[Event], unit: impl Fn(&str) -> Option<String>) -> Vec<PastEntry> {
    let mut state = first_state(events);
    let mut begun = false;
    let mut entries = Vec::with_capacity(events.len());
    for event in events {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let action = match &event.what {
            What::Came(to, word) => {
                // The first is the appeal's coming in, which the entry of the case tells.
                if !std::mem::replace(&mut begun, true) {
                    continue;
                }
                state = Some(*to);
                match *word {
                    "received" => "case.reopened",
                    "begun" => "case.work_begun",
                    "interim" => "case.interim_answered",
                    "answered" => "case.answered",
                    how => {
                        if how != "closed" {
                            fields.push(("ended", how.to_owned()));
                        }
                        "case.closed"
                    }
                }
            }
            What::Sent {
                from,
                to,
                deadlines,
            } => {
                let moved = from != to;
                if moved {
                    fields.push(("unit", unit(to).unwrap_or_default()));
                    fields.push(("from_unit", unit(from).unwrap_or_default()));
                }
                if let Some((before, since)) = deadlines {
                    fields.push(("due_before", before.to_string()));
                    fields.push(("due_on", since.to_string()));
                }
                if moved {
                    "case.redirected"
                } else {
                    "case.term_moved"
                }
            }
            What::Subject { from, to } => {
                fields.push(("from", from.clone()));
                fields.push(("to", to.clone()));
                "case.recategorised"
            }
        };
        if let Some(state) = state {
            fields.push(("state", state.code().to_owned()));
        }
        entries.push(PastEntry {
            action: action.to_owned(),
            fields: fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            occurred_at: event.at,
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, what: What) -> Event {
        Event {
            at: Moment::from_micros(at),
            what,
        }
    }

    #[test]
    fn a_history_becomes_entries_in_its_order() {
        let sent = What::Sent {
            from: "A".into(),
            to: "B".into(),
            deadlines: Some(("2020-11-13".parse().unwrap(), "2020-11-19".parse().unwrap())),
        };
        let events = [
            event(1, What::Came(State::Registered, "received")),
            event(2, What::Came(State::InWork, "begun")),
            event(3, sent),
            event(4, What::Came(State::Decided, "answered")),
            event(5, What::Came(State::Registered, "received")),
            event(6, What::Came(State::Closed, "silence")),
        ];
        let entries = entries(&events, |name| Some(format!("unit-{name}")));
        let told: Vec<(&str, Option<&str>)> = entries
            .iter()
            .map(|entry| {
                let state = entry.fields.iter().find(|(name, _)| name == "state");
                (
                    entry.action.as_str(),
                    state.map(|(_, state)| state.as_str()),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("case.work_begun", Some("in_work")),
                ("case.redirected", Some("in_work")),
                ("case.answered", Some("decided")),
                ("case.reopened", Some("registered")),
                ("case.closed", Some("closed")),
            ]
        );
        let field = |entry: &PastEntry, name: &str| {
            let found = entry.fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        assert_eq!(
            field(&entries[1], "due_before").as_deref(),
            Some("2020-11-13")
        );
        assert_eq!(field(&entries[1], "due_on").as_deref(), Some("2020-11-19"));
        assert_eq!(field(&entries[1], "unit").as_deref(), Some("unit-B"));
        assert_eq!(field(&entries[4], "ended").as_deref(), Some("silence"));
        assert_eq!(first_executor(&events), Some("A"));
        assert_eq!(first_state(&events), Some(State::Registered));
    }

    #[test]
    fn a_day_is_read_in_both_ways_of_writing_it() {
        let expected = Some("2020-11-13".parse().unwrap());
        assert_eq!(day("d", "13.11.2020"), Ok(expected));
        assert_eq!(day("d", "2020-11-13"), Ok(expected));
        assert_eq!(day("d", " "), Ok(None));
        assert_eq!(day("d", "31.02.2020"), Err(Reason::Day("d")));
    }
}
