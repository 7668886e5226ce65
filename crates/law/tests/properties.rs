//! What must hold of every term, whatever its numbers: seen on random rules, starts and changes.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing in a test should fail it at once"
)]

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::Date,
    tz::{self, TimeZone},
};
use law::{
    AgencyHours, Calendar, Changes, Count, DecreeDays, Due, DueError, Exception, ExceptionKind,
    Extension, FirstDay, Law, OnDayOff, Pause, Registration, Rule, Step, Unit, Words, due,
    due_with, registered_on, target,
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

fn plus(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}

/// A rule whose term is longer than nothing, so that it can be paused and extended.
fn any_lasting_count() -> impl Strategy<Value = Count> {
    any_count().prop_map(|limit| Count {
        length: limit.length + 1,
        ..limit
    })
}

/// Up to three pauses after a start, which may touch: how many days lie before each, and how long it is.
fn any_pauses() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0_u32..40, 1_u32..25), 0..=3)
}

fn pauses(start: Date, gaps: &[(u32, u32)]) -> Vec<Pause> {
    let mut next = start;
    gaps.iter()
        .map(|(gap, days)| {
            let from = plus(next, *gap);
            next = plus(from, *days);
            pause(from, next.yesterday().unwrap())
        })
        .collect()
}

fn pause(from: Date, to: Date) -> Pause {
    Pause {
        from,
        to,
        ground: "documents".to_owned(),
    }
}

fn extension(days: u32, decided_on: Date) -> Extension {
    Extension {
        days,
        decided_on,
        ground: "request".to_owned(),
    }
}

fn paused(pauses: Vec<Pause>) -> Changes {
    Changes {
        pauses,
        extensions: vec![],
    }
}

fn changed_on(rule: &Rule, start: Date, changes: &Changes) -> Date {
    due_with(rule, Calendar::russia(), start, changes)
        .unwrap()
        .due_on
}

/// The same date found another way: by looking at one day after another, with no explanation.
fn plain_count(limit: &Count, calendar: &Calendar, start: Date, changes: &Changes) -> Date {
    let length = limit.length + changes.extensions.iter().map(|one| one.days).sum::<u32>();
    let mut found = plain_end(limit, length, calendar, start, &[]);
    for heard in 1..=changes.pauses.len() {
        let heard = &changes.pauses[..heard];
        if heard.last().unwrap().from <= found {
            found = plain_end(limit, length, calendar, start, heard);
        }
    }
    found
}

fn plain_end(
    limit: &Count,
    length: u32,
    calendar: &Calendar,
    start: Date,
    pauses: &[Pause],
) -> Date {
    let is_paused = |day: Date| pauses.iter().any(|one| (one.from..=one.to).contains(&day));
    let is_off = |day: Date| calendar.is_day_off(day, limit.decree_days);
    let mut left = length;
    let mut day = match limit.first_day {
        FirstDay::DayAfter => start.tomorrow().unwrap(),
        FirstDay::SameDay => start,
    };
    loop {
        let counts = !is_paused(day) && (limit.unit == Unit::CalendarDays || !is_off(day));
        left -= u32::from(counts);
        if left == 0 {
            break;
        }
        day = day.tomorrow().unwrap();
    }
    if limit.on_day_off == OnDayOff::None || !is_off(day) {
        return day;
    }
    let mut before = day;
    while is_off(before) {
        before = before.yesterday().unwrap();
    }
    if limit.on_day_off == OnDayOff::Previous && before >= start && !is_paused(before) {
        return before;
    }
    while is_off(day) || is_paused(day) {
        day = day.tomorrow().unwrap();
    }
    day
}

/// Walks the printed steps from the start, believing nothing but them; where they lead.
fn replayed(found: &Due) -> Result<Date, String> {
    let (mut last, mut next) = (found.starts_on, found.starts_on);
    let (mut owed, mut number) = (0, 0);
    let check = |holds: bool, step: &Step| {
        if holds {
            Ok(())
        } else {
            Err(format!("{step:?} in {:?}", found.steps))
        }
    };
    let days_between =
        |from: Date, to: Date| u32::try_from((to - from).get_days() + 1).unwrap_or(0);
    for step in &found.steps {
        match step {
            Step::Starts { on, length, .. } => {
                check(*on == found.starts_on, step)?;
                owed = *length;
            }
            Step::FirstDay { on, day_after, .. } => {
                check(*on == plus(found.starts_on, u32::from(*day_after)), step)?;
                next = *on;
            }
            Step::Counted {
                from_day,
                to_day,
                from,
                to,
                ..
            } => {
                let days = days_between(*from, *to);
                check(*from == next && *from_day == number + 1, step)?;
                check(to_day - from_day + 1 == days, step)?;
                (number, last, next) = (*to_day, *to, plus(*to, 1));
            }
            Step::Skipped { from, to, days, .. } | Step::Paused { from, to, days, .. } => {
                check(*days == days_between(*from, *to), step)?;
                // What a move jumps over is told after the last day.
                if number < owed {
                    check(*from == next, step)?;
                    next = plus(*to, 1);
                }
            }
            Step::Extended { days, .. } => {
                check(number == owed, step)?;
                owed += days;
            }
            Step::Shifted { day, from, to, .. } => {
                check(*from == last && *day == number && number == owed, step)?;
                last = *to;
            }
            Step::DecreeDayCounts { on, .. } => check(*on == last, step)?,
            Step::Capped { on } => last = *on,
            Step::Ends { on, .. } => check(*on == last && number == owed, step)?,
            _ => {}
        }
    }
    Ok(last)
}

/// Many exceptions near each other, by their distance from a day.
fn any_exceptions() -> impl Strategy<Value = BTreeMap<u32, ExceptionKind>> {
    let kind = prop_oneof![
        Just(ExceptionKind::DayOff),
        Just(ExceptionKind::Nonworking),
        Just(ExceptionKind::Working),
        Just(ExceptionKind::Shortened)
    ];
    prop::collection::btree_map(0_u32..130, kind, 0..60)
}

fn exceptions(start: Date, days: &BTreeMap<u32, ExceptionKind>) -> Vec<Exception> {
    days.iter()
        .map(|(after, kind)| Exception {
            on: plus(start, *after),
            kind: *kind,
            act: Words {
                ru: "акт места".to_owned(),
                en: None,
            },
        })
        .collect()
}

/// The country's calendar with exceptions from the day on.
fn place(start: Date, days: &BTreeMap<u32, ExceptionKind>) -> Calendar {
    Calendar::russia()
        .with_exceptions(&exceptions(start, days))
        .unwrap()
}

fn names_the_act(steps: &[Step]) -> bool {
    serde_json::to_string(steps).unwrap().contains("акт места")
}

/// Any moment of the years with a calendar, and an agency somewhere in the country.
fn any_receipt() -> impl Strategy<Value = (Timestamp, AgencyHours)> {
    let second = 0_i64..9 * 365 * 24 * 3600;
    (second, 2_i8..=12).prop_map(|(second, offset)| {
        let first: Timestamp = "2018-01-01T00:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(tz::offset(offset));
        (
            first + SignedDuration::from_secs(second),
            AgencyHours::usual(zone),
        )
    })
}

fn register(calendar: &Calendar, receipt: &(Timestamp, AgencyHours)) -> Registration {
    let rule = Law::built_in().rule("fz59", "registration", Date::constant(2018, 1, 1));
    registered_on(rule.unwrap(), calendar, &receipt.1, receipt.0).unwrap()
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
    fn any_date_is_what_a_plain_count_of_days_gives(
        limit in any_lasting_count(), start in any_day(), gaps in any_pauses(), days in 0_u32..30, own in any_exceptions(),
    ) {
        let calendar = place(start, &own);
        let changes = Changes { pauses: pauses(start, &gaps), extensions: vec![extension(days, start)] };
        let found = due_with(&with(limit.clone()), &calendar, start, &changes).unwrap();
        prop_assert_eq!(found.due_on, plain_count(&limit, &calendar, start, &changes));
    }

    #[test]
    fn later_start_never_ends_earlier_whatever_has_changed_the_term(
        limit in any_lasting_count(), start in any_day(), later in 0_u32..40, gaps in any_pauses(), days in 0_u32..30,
    ) {
        let rule = with(limit);
        let changes = Changes { pauses: pauses(start, &gaps), extensions: vec![extension(days, start)] };
        let [first, second] = [start, plus(start, later)].map(|start| changed_on(&rule, start, &changes));
        prop_assert!(first <= second, "{} before {}", second, first);
    }

    #[test]
    fn pause_never_brings_a_date_nearer_and_a_longer_one_neither(
        limit in any_lasting_count(), start in any_day(), gaps in any_pauses(), gap in 0_u32..40, days in 1_u32..10, more in 0_u32..5,
    ) {
        let rule = with(limit);
        let mut changes = paused(pauses(start, &gaps));
        let before = changed_on(&rule, start, &changes);
        let from = plus(changes.pauses.last().map_or(start, |last| plus(last.to, 1)), gap);
        changes.pauses.push(pause(from, plus(from, days - 1)));
        let after = changed_on(&rule, start, &changes);
        prop_assert!(before <= after);
        changes.pauses.last_mut().unwrap().to = plus(from, days - 1 + more);
        prop_assert!(after <= changed_on(&rule, start, &changes));
    }

    #[test]
    fn pauses_that_touch_are_one_pause_and_their_order_is_nothing(
        limit in any_lasting_count(), start in any_day(), gap in 0_u32..60, first in 1_u32..20, second in 1_u32..20,
    ) {
        let rule = with(limit);
        let from = plus(start, gap);
        let middle = plus(from, first);
        let to = plus(middle, second - 1);
        let joined = changed_on(&rule, start, &paused(vec![pause(from, to)]));
        let parts = vec![pause(from, middle.yesterday().unwrap()), pause(middle, to)];
        prop_assert_eq!(changed_on(&rule, start, &paused(parts.clone())), joined);
        prop_assert_eq!(changed_on(&rule, start, &paused(parts.into_iter().rev().collect())), joined);
    }

    #[test]
    fn pause_before_the_start_or_after_the_end_changes_nothing(
        limit in any_lasting_count(), start in any_day(), days in 1_u32..30, after in 1_u32..30,
    ) {
        let rule = with(limit);
        let plain = due_on(&rule, start);
        let ended = plus(plain, after);
        let earlier = pause(start.saturating_sub(i64::from(days).days()), start.yesterday().unwrap());
        let later = pause(ended, plus(ended, days));
        prop_assert_eq!(changed_on(&rule, start, &paused(vec![earlier, later])), plain);
    }

    #[test]
    fn pause_that_is_cut_to_its_limit_never_loses_what_a_shorter_one_gave(
        limit in any_lasting_count(), start in any_day(), gaps in any_pauses(), gap in 0_u32..20, days in 1_u32..120, more in 0_u32..40,
    ) {
        let rule = with(limit);
        let mut changes = paused(pauses(start, &gaps));
        let from = plus(changes.pauses.last().map_or(start, |last| plus(last.to, 1)), gap);
        changes.pauses.push(pause(from, plus(from, days - 1)));
        let cut = changes.cut_to(&rule);
        let shorter = changed_on(&rule, start, &cut);
        if due_with(&rule, Calendar::russia(), start, &changes).is_ok() {
            prop_assert_eq!(&cut, &changes);
        } else {
            let lasted: i32 = cut.pauses.iter().map(|one| (one.to - one.from).get_days() + 1).sum();
            prop_assert_eq!(lasted, 90);
        }
        changes.pauses.last_mut().unwrap().to = plus(from, days - 1 + more);
        prop_assert!(shorter <= changed_on(&rule, start, &changes.cut_to(&rule)));
    }

    #[test]
    fn duty_never_ends_while_the_term_stands_still(limit in any_lasting_count(), start in any_day(), gaps in any_pauses()) {
        let changes = paused(pauses(start, &gaps));
        let found = changed_on(&with(limit), start, &changes);
        prop_assert!(!changes.pauses.iter().any(|one| one.from <= found && found <= one.to), "{}", found);
    }

    #[test]
    fn extension_never_ends_earlier_nor_later_than_its_limit_lets_it(
        limit in any_lasting_count(), start in any_day(), gaps in any_pauses(), days in 0_u32..40,
    ) {
        let rule = with(limit.clone());
        let most = rule.extension.as_ref().unwrap().max_days;
        let still = paused(pauses(start, &gaps));
        let changes = Changes { extensions: vec![extension(days, start)], ..still.clone() };
        let found = due_with(&rule, Calendar::russia(), start, &changes).map(|due| due.due_on);
        if days > most {
            prop_assert_eq!(found, Err(DueError::ExtendedTooFar { days, max_days: most }));
        } else {
            let longest = with(Count { length: limit.length + most, ..limit });
            let found = found.unwrap();
            prop_assert!(changed_on(&rule, start, &still) <= found);
            prop_assert!(found <= changed_on(&longest, start, &still));
        }
    }

    #[test]
    fn extension_and_pause_give_one_date_in_whatever_order_they_come(
        limit in any_lasting_count(), start in any_day(), gaps in any_pauses(), first in 0_u32..15, second in 0_u32..15,
    ) {
        // Extending a paused term is pausing the longer one; twice is once by the sum of both.
        let longer = with(Count { length: limit.length + first + second, ..limit.clone() });
        let still = paused(pauses(start, &gaps));
        let expected = changed_on(&longer, start, &still);
        for extensions in [
            vec![extension(first + second, start)],
            vec![extension(first, start), extension(second, start)],
            vec![extension(second, start), extension(first, start)],
        ] {
            let changes = Changes { extensions, ..still.clone() };
            prop_assert_eq!(changed_on(&with(limit.clone()), start, &changes), expected);
        }
    }

    #[test]
    fn last_day_is_the_last_on_which_a_term_is_extended(limit in any_lasting_count(), start in any_day(), gaps in any_pauses()) {
        let rule = with(limit);
        let still = paused(pauses(start, &gaps));
        let last = changed_on(&rule, start, &still);
        let decided = |on| {
            let changes = Changes { extensions: vec![extension(1, on)], ..still.clone() };
            due_with(&rule, Calendar::russia(), start, &changes)
        };
        prop_assert!(decided(last).is_ok());
        let late = plus(last, 1);
        prop_assert_eq!(decided(late), Err(DueError::ExtendedTooLate { decided_on: late, due_on: last }));
    }

    #[test]
    fn printed_steps_lead_from_the_start_to_the_date(
        limit in any_lasting_count(), aim in any_count(), start in any_day(), gaps in any_pauses(), days in 0_u32..30,
        own in any_exceptions(),
    ) {
        let rule = Rule { target: Some(aim), ..with(limit) };
        let calendar = place(start, &own);
        let changes = Changes { pauses: pauses(start, &gaps), extensions: vec![extension(days, start)] };
        let limit = due_with(&rule, &calendar, start, &changes).unwrap();
        prop_assert_eq!(replayed(&limit), Ok(limit.due_on));
        let plain = target(&rule, &calendar, start, &Changes::default()).unwrap().unwrap();
        prop_assert_eq!(replayed(&plain), Ok(plain.due_on));
    }

    #[test]
    fn receipt_that_comes_later_is_never_registered_earlier(receipt in any_receipt(), later in 0_i64..2_000_000) {
        let calendar = Calendar::russia();
        let first = register(calendar, &receipt);
        let (moment, hours) = receipt;
        let second = register(calendar, &(moment + SignedDuration::from_secs(later), hours));
        prop_assert!(first.registered_on <= second.registered_on && first.latest_on <= second.latest_on);
        prop_assert!(first.received_on <= first.registered_on && first.registered_on <= first.latest_on);
        prop_assert!(!calendar.is_day_off(first.registered_on, DecreeDays::Working));
    }

    #[test]
    fn exceptions_change_their_own_days_alone(start in any_day(), own in any_exceptions(), after in 0_u32..140) {
        let (place, country) = (place(start, &own), Calendar::russia());
        let (own, day) = (exceptions(start, &own), plus(start, after));
        for decree_days in [DecreeDays::Working, DecreeDays::DayOff] {
            for one in &own {
                let was_off = country.is_day_off(one.on, decree_days);
                let is_off = match one.kind {
                    ExceptionKind::DayOff => true,
                    ExceptionKind::Nonworking => was_off || decree_days == DecreeDays::DayOff,
                    ExceptionKind::Working | ExceptionKind::Shortened => false,
                };
                prop_assert_eq!(place.is_day_off(one.on, decree_days), is_off, "{:?}", one);
                prop_assert_eq!(place.day_off(one.on, decree_days).is_some(), is_off, "{:?}", one);
            }
            if !own.iter().any(|one| one.on == day) {
                prop_assert_eq!(place.day_off(day, decree_days), country.day_off(day, decree_days));
            }
        }
        if !own.iter().any(|one| one.on == day) {
            prop_assert_eq!(place.kind(day), country.kind(day));
        }
    }

    #[test]
    fn date_that_an_act_of_the_place_has_moved_names_the_act(
        limit in any_count(), start in any_day(), own in any_exceptions(), receipt in any_receipt(),
    ) {
        let rule = with(limit);
        let found = due(&rule, &place(start, &own), start).unwrap();
        prop_assert!(found.due_on == due_on(&rule, start) || names_the_act(&found.steps), "{:?}", found.steps);
        let received_on = register(Calendar::russia(), &receipt).received_on;
        let here = register(&place(received_on, &own), &receipt);
        let elsewhere = register(Calendar::russia(), &receipt);
        prop_assert!(here.registered_on == elsewhere.registered_on || names_the_act(&here.steps), "{:?}", here.steps);
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
        let _ = Exception::read(&text);
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

#[test]
fn term_of_no_length_names_the_act_by_which_its_day_is_worked() {
    let holiday = Date::constant(2025, 5, 1);
    for unit in [Unit::CalendarDays, Unit::WorkingDays] {
        let at_once = with(Count {
            length: 0,
            unit,
            ..answer().limit
        });
        let here = place(holiday, &BTreeMap::from([(0, ExceptionKind::Working)]));
        let found = due(&at_once, &here, holiday).unwrap();
        assert_eq!(found.due_on, holiday);
        assert!(names_the_act(&found.steps), "{:?}", found.steps);
    }
}
