//! Gaming: courses of cases that serve the clock or the count rather than the applicant.
//!
//! A [`Course`] is what happened to a case, in plain events; [`signals`] looks at the courses of a
//! unit together. Every signal names the cases, the person or unit, and the numbers it was taken
//! from. It accuses nobody: a redirect on the last day may be right, and a person says whether it
//! was.

mod closings;
mod course;
mod settings;

use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

pub use course::{Course, Event, What};
pub use settings::Settings;

use crate::alike::{Answers, CopiedSettings};
use crate::text::Span;

/// What a signal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Many closings by one person within minutes.
    MassClosing,
    /// An answer taken from another case.
    CopiedAnswer,
    /// Sent on when its term was all but over, and got a later one.
    LateRedirect,
    /// Came back to a unit that had sent it on.
    PingPong,
    /// The applicant was asked for more when the term was all but over.
    LatePause,
    /// The clock was stopped again and again.
    RepeatedPauses,
    /// Said to be done without any measure or visit.
    ClosedWithoutMeasure,
    /// Taken up again after it was said to be done.
    ReopenedAfterDone,
}

/// The numbers that a signal was taken from.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    /// So many closings in a time, against so many as are usual for the person.
    Closings {
        /// Closings within the time.
        closed: usize,
        /// From the first to the last.
        from: Timestamp,
        /// The last of them.
        to: Timestamp,
        /// As many as the person usually closes within such a time, at work.
        usual: usize,
    },
    /// Most of a text stands in another.
    Text {
        /// Which part, from 0 to 1.
        share: f32,
        /// Where, in the answer of the first case named.
        spans: Vec<Span>,
    },
    /// Something was done when little of a term was left.
    Left {
        /// When.
        at: Timestamp,
        /// The term as it was then.
        due: Timestamp,
        /// What was left of it, from 1 to 0; below zero when it had passed.
        share: f64,
        /// The term given by it, where it gave one.
        new_due: Option<Timestamp>,
    },
    /// How often, and when.
    Times(Vec<Timestamp>),
    /// How long after the answer.
    After(SignedDuration),
    /// What was looked for is not there.
    Nothing,
}

/// Something in the course of cases that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal<Id> {
    /// What it is about.
    pub kind: Kind,
    /// The cases, the one that it is about first.
    pub cases: Vec<Id>,
    /// Who acted, where known.
    pub person: Option<Id>,
    /// The unit whose course it was.
    pub unit: Option<Id>,
    /// The numbers.
    pub evidence: Evidence,
}

/// All signals of the courses of a unit, by kind and then in the order of the courses.
pub fn signals<Id: Copy + Eq + Hash + Ord>(
    courses: &[Course<'_, Id>],
    settings: &Settings,
) -> Vec<Signal<Id>> {
    let mut found = closings::mass(courses, settings);
    found.extend(copied(courses, settings.copied));
    for course in courses {
        found.extend(redirects(course, settings));
        found.extend(pauses(course, settings));
        found.extend(without_change(course, settings));
    }
    found.sort_by_key(|one| one.kind);
    found
}

fn signal<Id: Copy>(
    kind: Kind,
    course: &Course<'_, Id>,
    event: &Event<'_, Id>,
    evidence: Evidence,
) -> Signal<Id> {
    Signal {
        kind,
        cases: vec![course.case],
        person: event.by,
        unit: course.unit,
        evidence,
    }
}

/// Answers that were taken from those of other cases, given before.
fn copied<Id: Copy + Eq + Hash + Ord>(
    courses: &[Course<'_, Id>],
    settings: CopiedSettings,
) -> Vec<Signal<Id>> {
    let mut answers: Vec<(&Course<'_, Id>, &Event<'_, Id>, &str)> = Vec::new();
    for course in courses {
        for event in &course.events {
            if let What::Answered { text, .. } = event.what {
                answers.push((course, event, text));
            }
        }
    }
    answers.sort_by_key(|(course, event, _)| (event.at, course.case));
    let mut before = Answers::new(settings);
    let mut found = Vec::new();
    for (course, event, text) in answers {
        if let Some(copied) = before.copied(course.case, text) {
            let evidence = Evidence::Text {
                share: copied.share,
                spans: copied.spans,
            };
            let mut one = signal(Kind::CopiedAnswer, course, event, evidence);
            one.cases.push(copied.from);
            found.push(one);
        }
        before.insert(course.case, text);
    }
    found
}

/// What is left of a term: 1 at its beginning, 0 at its end, less behind it.
fn left(from: Timestamp, at: Timestamp, due: Timestamp) -> Option<f64> {
    let whole = due.duration_since(from).as_secs_f64();
    (whole > 0.0).then(|| due.duration_since(at).as_secs_f64() / whole)
}

fn redirects<Id: Copy + Eq + Hash>(
    course: &Course<'_, Id>,
    settings: &Settings,
) -> Vec<Signal<Id>> {
    let mut found = Vec::new();
    let mut sent_on: Vec<(Id, Timestamp)> = Vec::new();
    let mut begun = course.begun;
    for event in &course.events {
        let What::Redirected {
            from,
            to,
            due,
            new_due,
        } = event.what
        else {
            continue;
        };
        if let (Some(due), Some(new_due)) = (due, new_due)
            && new_due > due
            && let Some(share) = left(begun, event.at, due)
            && share <= settings.late_redirect
        {
            let evidence = Evidence::Left {
                at: event.at,
                due,
                share,
                new_due: Some(new_due),
            };
            found.push(signal(Kind::LateRedirect, course, event, evidence));
        }
        sent_on.push((from, event.at));
        let times: Vec<Timestamp> = sent_on
            .iter()
            .filter(|(who, _)| *who == to)
            .map(|(_, at)| *at)
            .chain([event.at])
            .collect();
        if from != to && times.len() > settings.returns {
            found.push(signal(
                Kind::PingPong,
                course,
                event,
                Evidence::Times(times),
            ));
        }
        begun = event.at;
    }
    // One case is shown once as going round, at its last return.
    let last = found.iter().rposition(|one| one.kind == Kind::PingPong);
    let mut at = 0;
    found.retain(|one| {
        at += 1;
        one.kind != Kind::PingPong || Some(at - 1) == last
    });
    found
}

fn pauses<Id: Copy>(course: &Course<'_, Id>, settings: &Settings) -> Vec<Signal<Id>> {
    let mut found = Vec::new();
    let mut times = Vec::new();
    let mut last = None;
    for event in &course.events {
        let What::AskedForMore { due } = event.what else {
            continue;
        };
        times.push(event.at);
        last = Some(event);
        if let Some(share) = left(course.begun, event.at, due)
            && share <= settings.late_pause
        {
            let evidence = Evidence::Left {
                at: event.at,
                due,
                share,
                new_due: None,
            };
            found.push(signal(Kind::LatePause, course, event, evidence));
        }
    }
    if let Some(event) = last.filter(|_| times.len() >= settings.pauses) {
        found.push(signal(
            Kind::RepeatedPauses,
            course,
            event,
            Evidence::Times(times),
        ));
    }
    found
}

fn without_change<Id: Copy>(course: &Course<'_, Id>, settings: &Settings) -> Vec<Signal<Id>> {
    let mut found = Vec::new();
    let mut measured = false;
    let mut done: Option<&Event<'_, Id>> = None;
    for event in &course.events {
        match event.what {
            What::Measured => measured = true,
            What::Answered {
                done: says_done, ..
            } => {
                if says_done && !measured {
                    found.push(signal(
                        Kind::ClosedWithoutMeasure,
                        course,
                        event,
                        Evidence::Nothing,
                    ));
                }
                if says_done {
                    done = Some(event);
                }
            }
            What::Reopened => {
                if let Some(answered) = done.take() {
                    let after = event.at.duration_since(answered.at);
                    if after <= settings.reopened_within {
                        // The signal is about who said that it was done, not who took it up again.
                        let evidence = Evidence::After(after);
                        found.push(signal(Kind::ReopenedAfterDone, course, answered, evidence));
                    }
                }
                measured = false;
            }
            What::Redirected { .. } | What::AskedForMore { .. } | What::Closed => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(480_000 + hour)
    }

    fn course(case: u32, events: Vec<(i64, What<'_, u32>)>) -> Course<'_, u32> {
        let event = |(at, what)| Event {
            at: hour(at),
            by: Some(7),
            what,
        };
        Course {
            case,
            unit: Some(1),
            begun: hour(0),
            events: events.into_iter().map(event).collect(),
        }
    }

    fn kinds(courses: &[Course<'_, u32>]) -> Vec<Kind> {
        let found = signals(courses, &Settings::default());
        found.iter().map(|one| one.kind).collect()
    }

    fn redirected<'of>(from: u32, to: u32, due: i64, new_due: i64) -> What<'of, u32> {
        What::Redirected {
            from,
            to,
            due: Some(hour(due)),
            new_due: Some(hour(new_due)),
        }
    }

    const SAID: &str = "По указанному адресу проведены работы по уборке, нарушений более не выявлено, акт прилагается к ответу.";

    #[test]
    fn a_redirect_on_the_last_day_to_a_later_one_is_a_signal_with_its_numbers() {
        let late = course(1, vec![(95, redirected(1, 2, 100, 200))]);
        let found = signals(&[late], &Settings::default());
        assert_eq!(found[0].kind, Kind::LateRedirect);
        assert_eq!(found[0].person, Some(7));
        assert!(
            matches!(&found[0].evidence, Evidence::Left { share, .. } if (share - 0.05).abs() < 0.001)
        );
        assert_eq!(
            kinds(&[course(1, vec![(10, redirected(1, 2, 100, 200))])]),
            []
        );
        assert_eq!(
            kinds(&[course(1, vec![(95, redirected(1, 2, 100, 100))])]),
            []
        );
    }

    #[test]
    fn a_case_that_comes_back_goes_round() {
        let round = course(
            1,
            vec![
                (1, redirected(1, 2, 100, 101)),
                (5, redirected(2, 1, 101, 105)),
            ],
        );
        assert_eq!(kinds(&[round]), [Kind::PingPong]);
        let on = course(
            1,
            vec![
                (1, redirected(1, 2, 100, 101)),
                (5, redirected(2, 3, 101, 105)),
            ],
        );
        assert_eq!(kinds(&[on]), []);
    }

    #[test]
    fn asking_for_more_late_or_often_is_a_signal() {
        let ask = |due| What::AskedForMore { due: hour(due) };
        assert_eq!(kinds(&[course(1, vec![(97, ask(100))])]), [Kind::LatePause]);
        let often = course(1, vec![(10, ask(100)), (30, ask(120)), (50, ask(140))]);
        assert_eq!(kinds(&[often]), [Kind::RepeatedPauses]);
        assert_eq!(kinds(&[course(1, vec![(10, ask(100))])]), []);
    }

    #[test]
    fn done_without_a_measure_and_taken_up_again_are_signals() {
        let done = What::Answered {
            text: SAID,
            done: true,
        };
        assert_eq!(
            kinds(&[course(1, vec![(5, done)])]),
            [Kind::ClosedWithoutMeasure]
        );
        let explained = What::Answered {
            text: SAID,
            done: false,
        };
        assert_eq!(kinds(&[course(1, vec![(5, explained)])]), []);
        let again = course(
            1,
            vec![(3, What::Measured), (5, done), (20, What::Reopened)],
        );
        assert_eq!(kinds(&[again]), [Kind::ReopenedAfterDone]);
    }

    #[test]
    fn an_answer_of_another_case_is_named_with_that_case() {
        let told = |case, at| {
            course(
                case,
                vec![
                    (1, What::Measured),
                    (
                        at,
                        What::Answered {
                            text: SAID,
                            done: true,
                        },
                    ),
                ],
            )
        };
        let found = signals(&[told(1, 5), told(2, 9)], &Settings::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].cases, [2, 1]);
    }

    proptest! {
        #[test]
        fn no_course_breaks_it(
            events in proptest::collection::vec((0_i64..200, 0_u8..6, 0_u32..3, 0_u32..3, -50_i64..300), 0..40),
        ) {
            let of = |(at, kind, from, to, due): (i64, u8, u32, u32, i64)| {
                let what = match kind {
                    0 => redirected(from, to, due, due + 10),
                    1 => What::AskedForMore { due: hour(due) },
                    2 => What::Answered { text: SAID, done: due % 2 == 0 },
                    3 => What::Reopened,
                    4 => What::Measured,
                    _ => What::Closed,
                };
                (at, what)
            };
            let one = course(1, events.iter().copied().map(of).collect());
            let other = course(2, events.into_iter().rev().map(of).collect());
            signals(&[one, other], &Settings::default());
        }
    }
}
