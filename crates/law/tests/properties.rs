//! What must hold of every term, whatever its numbers: seen on random rules, starts and changes.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing in a test should fail it at once"
)]

use jiff::{ToSpan, civil::Date};
use law::{
    Calendar, Changes, Count, DecreeDays, Extension, FirstDay, Law, OnDayOff, Pause, Rule, Step,
    Unit, due, due_with, target,
};
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..3900).prop_map(|days| jiff::civil::date(2017, 6, 1).saturating_add(days.days()))
}

fn any_count() -> impl Strategy<Value = Count> {
    let unit = prop_oneof![Just(Unit::CalendarDays), Just(Unit::WorkingDays)];
    let first_day = prop_oneof![Just(FirstDay::DayAfter), Just(FirstDay::SameDay)];
    let on_day_off = prop_oneof![
        Just(OnDayOff::Next),
        Just(OnDayOff::Previous),
        Just(OnDayOff::None)
    ];
    let decree_days = prop_oneof![Just(DecreeDays::Working), Just(DecreeDays::DayOff)];
    (0_u32..90, unit, first_day, on_day_off, decree_days).prop_map(
        |(length, unit, first_day, on_day_off, decree_days)| Count {
            length,
            unit,
            first_day,
            on_day_off,
            decree_days,
            ..answer().limit
        },
    )
}

/// A rule with an extension, and a pause borrowed from another rule.
fn answer() -> Rule {
    let rule = |id: &str| {
        Law::current()
            .rules()
            .find(|rule| rule.id() == id)
            .unwrap()
            .clone()
    };
    Rule {
        pause: rule("service.certificate").pause,
        ..rule("fz59.answer")
    }
}

fn with(limit: Count) -> Rule {
    Rule { limit, ..answer() }
}

fn due_on(rule: &Rule, start: Date) -> Date {
    due(rule, Calendar::russia(), start).unwrap().due_on
}

fn counted_days(steps: &[Step]) -> u32 {
    let days = steps.iter().map(|step| match step {
        Step::Counted {
            from_day, to_day, ..
        } => to_day - from_day + 1,
        _ => 0,
    });
    days.sum()
}

fn working_days_between(from: Date, to: Date, decree_days: DecreeDays) -> u32 {
    let mut days = 0;
    let mut day = from;
    while day <= to {
        days += u32::from(!Calendar::russia().is_day_off(day, decree_days));
        day = day.tomorrow().unwrap();
    }
    days
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn term_never_ends_before_it_starts(limit in any_count(), start in any_day()) {
        prop_assert!(due_on(&with(limit), start) >= start);
    }

    #[test]
    fn later_start_never_ends_earlier(limit in any_count(), start in any_day(), later in 0_i32..40) {
        let rule = with(limit);
        prop_assert!(due_on(&rule, start) <= due_on(&rule, start.saturating_add(later.days())));
    }

    #[test]
    fn longer_term_never_ends_earlier(limit in any_count(), start in any_day(), more in 0_u32..40) {
        let longer = Count { length: limit.length + more, ..limit.clone() };
        prop_assert!(due_on(&with(limit), start) <= due_on(&with(longer), start));
    }

    #[test]
    fn shifted_term_never_ends_on_a_day_off(limit in any_count(), start in any_day()) {
        let limit = Count { on_day_off: OnDayOff::Next, ..limit };
        let decree_days = limit.decree_days;
        prop_assert!(!Calendar::russia().is_day_off(due_on(&with(limit), start), decree_days));
    }

    #[test]
    fn working_days_up_to_the_end_are_as_many_as_the_length(limit in any_count(), start in any_day()) {
        let limit = Count { unit: Unit::WorkingDays, length: limit.length + 1, ..limit };
        let rule = with(limit.clone());
        let from = match limit.first_day {
            FirstDay::DayAfter => start.tomorrow().unwrap(),
            FirstDay::SameDay => start,
        };
        prop_assert_eq!(working_days_between(from, due_on(&rule, start), limit.decree_days), limit.length);
    }

    #[test]
    fn counted_runs_add_up_to_the_length(limit in any_count(), start in any_day()) {
        let length = limit.length;
        let found = due(&with(limit), Calendar::russia(), start).unwrap();
        prop_assert_eq!(counted_days(&found.steps), length);
    }

    #[test]
    fn runs_of_days_follow_one_another_without_a_gap(limit in any_count(), start in any_day()) {
        let found = due(&with(limit), Calendar::russia(), start).unwrap();
        let mut next = None;
        for step in &found.steps {
            if let Step::Counted { from, to, .. } | Step::Skipped { from, to, .. } = step {
                prop_assert!(from <= to);
                prop_assert!(next.is_none_or(|next| next == *from), "{:?}", step);
                next = to.tomorrow().ok();
            }
        }
    }

    #[test]
    fn explanation_of_calendar_days_is_short(limit in any_count(), start in any_day()) {
        let limit = Count { unit: Unit::CalendarDays, ..limit };
        prop_assert!(due(&with(limit), Calendar::russia(), start).unwrap().steps.len() <= 7);
    }

    #[test]
    fn pause_moves_an_unshifted_term_by_its_own_length(
        limit in any_count(), start in any_day(), after in 1_i32..5, days in 1_i32..30,
    ) {
        let limit = Count { unit: Unit::CalendarDays, on_day_off: OnDayOff::None, length: limit.length + 10, ..limit };
        let rule = with(limit);
        let from = start.saturating_add(after.days());
        let pause = Pause { from, to: from.saturating_add((days - 1).days()), ground: "documents".to_owned() };
        let changes = Changes { pauses: vec![pause], extensions: vec![] };
        let paused = due_with(&rule, Calendar::russia(), start, &changes).unwrap();
        prop_assert_eq!(paused.due_on, due_on(&rule, start).saturating_add(days.days()));
        prop_assert_eq!(counted_days(&paused.steps), rule.limit.length);
    }

    #[test]
    fn extended_term_is_the_longer_term(limit in any_count(), start in any_day(), days in 0_u32..30) {
        let limit = Count { length: limit.length + 1, ..limit };
        let longer = with(Count { length: limit.length + days, ..limit.clone() });
        let extension = Extension { days, decided_on: start, ground: "request".to_owned() };
        let changes = Changes { pauses: vec![], extensions: vec![extension] };
        let extended = due_with(&with(limit), Calendar::russia(), start, &changes).unwrap();
        prop_assert_eq!(extended.due_on, due_on(&longer, start));
    }

    #[test]
    fn target_is_never_later_than_the_limit(limit in any_count(), aim in any_count(), start in any_day()) {
        let rule = Rule { target: Some(aim), ..with(limit) };
        let aim = target(&rule, Calendar::russia(), start, &Changes::default()).unwrap().unwrap();
        prop_assert!(start <= aim.due_on && aim.due_on <= due_on(&rule, start));
    }

    #[test]
    fn edited_year_changes_no_other_year(day in any_day(), year in 2018_i16..=2030) {
        let text = format!("format = 1\nyear = {year}\nversion = 2\nsource = {{ ru = \"правка\" }}\n");
        let edited = Calendar::russia().with_year(&text).unwrap();
        prop_assert!(edited.covers(year));
        if day.year() == year {
            prop_assert_eq!(edited.is_day_off(day, DecreeDays::DayOff), [6, 7].contains(&day.weekday().to_monday_one_offset()));
        } else {
            prop_assert_eq!(edited.kind(day), Calendar::russia().kind(day));
            prop_assert_eq!(edited.day_off(day, DecreeDays::DayOff), Calendar::russia().day_off(day, DecreeDays::DayOff));
        }
    }

    #[test]
    fn year_without_a_calendar_is_never_passed_over_in_silence(start in any_day(), limit in any_count()) {
        let limit = Count { on_day_off: OnDayOff::Next, ..limit };
        let found = due(&with(limit), Calendar::russia(), start).unwrap();
        if !Calendar::russia().covers(found.due_on.year()) {
            let year = found.due_on.year();
            let is_told = found.steps.iter().any(|step| matches!(step, Step::NoCalendar { year: said, .. } if *said == year));
            prop_assert!(is_told);
        }
    }

    #[test]
    fn answer_survives_being_kept(limit in any_count(), start in any_day()) {
        let found = due(&with(limit), Calendar::russia(), start).unwrap();
        let kept = serde_json::to_string(&found).unwrap();
        prop_assert_eq!(serde_json::from_str::<law::Due>(&kept).unwrap(), found);
    }

    #[test]
    fn text_of_a_stranger_never_panics(text in "\\PC{0,200}") {
        let _ = Calendar::russia().with_year(&text);
        let _ = Law::current().with_rules(&text);
    }
}

#[test]
fn the_end_of_time_is_an_error_and_no_panic() {
    for rule in Law::current().rules() {
        let _ = due(rule, Calendar::russia(), Date::MAX);
        let _ = due(rule, Calendar::russia(), Date::MIN);
        let _ = target(rule, Calendar::russia(), Date::MAX, &Changes::default());
    }
    assert_eq!(
        due(&answer(), Calendar::russia(), Date::MAX),
        Err(law::DueError::BeyondTime)
    );
}
