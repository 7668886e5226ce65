//! Terms that stand still while the applicant is waited for: no day passes meanwhile, and none is
//! called passed.

use base::{Actor, Number};
use cases::Cases;
use cases::control::TermKind;
use cases::model::{Filing, PauseCut};
use jiff::civil::date;
use serde_json::json;

use crate::house::{House, both, filing, none};

const DAY: i64 = 86_400;

/// An application for a certificate, whose term may stand still, that a specialist has taken: three
/// working days from Friday, 20 November 2026, end on Wednesday.
async fn certificate(house: &House, anna: &Actor, olga: &Actor) -> Number {
    let answers = json!({
        "certificate": "family",
        "subject": "За 2025 год",
        "expected": "Справка с печатью",
        "place": {"territory": "town", "address": "Лесная, 12"},
        "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
    });
    let filing = Filing {
        service: "certificate".into(),
        answers: answers.as_object().unwrap().clone(),
        ..filing()
    };
    let filed = house.cases.file(anna, filing).await.unwrap();
    assert_eq!(filed.due_on, Some(date(2026, 11, 25)));
    house.cases.take(olga, filed.number).await.unwrap();
    filed.number
}

async fn asked(house: &House, olga: &Actor, number: Number) {
    let items = ["Свидетельство о браке".to_owned()];
    let asked = house.cases.request_documents(olga, number, &items, "");
    asked.await.unwrap();
}

/// How many answers are owed in the reader's units, and how many of these are overdue by every count
/// that there is; all of them say the same.
async fn owed(cases: &Cases, head: &Actor, olga: &Actor) -> (i64, i64) {
    let control = cases.control(head).await.unwrap();
    let mut kinds = control.kinds.iter();
    let answers = kinds.find(|count| count.kind == TermKind::Answer).unwrap();
    let loads = cases.loads(head).await.unwrap();
    let since = date(2026, 11, 1);
    let figures = cases.statistics(head, None, since).await.unwrap();
    let by_unit: i64 = figures.by_unit.iter().map(|of| of.overdue).sum();
    let others = [
        cases.count_due(head).await.unwrap().0,
        loads[&olga.account()].overdue,
        figures.overdue,
        by_unit,
    ];
    assert_eq!(others, [answers.overdue; 4]);
    assert_eq!(answers.soon, 0);
    (answers.running, answers.overdue)
}

#[test]
fn a_term_that_stands_still_is_not_overdue_and_runs_on_from_the_reply() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("city").await;
        let counting = house.node();
        counting.count_anew().await.unwrap();
        let number = certificate(house, &anna, &olga).await;
        asked(house, &olga, number).await;
        // Monday, 30 November: its day has gone by.
        house.clock.advance_seconds(10 * DAY);
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.due_on, Some(date(2026, 11, 25)));
        assert!(card.case.stands_since.is_some());
        let public = house.cases.status(number).await.unwrap();
        assert_eq!(public.stands_since, card.case.stands_since);
        for cases in [&house.cases, &counting] {
            assert_eq!(owed(cases, &head, &olga).await, (1, 0));
            let listed = cases.running_terms(&head, TermKind::Answer, None, None);
            let listed = listed.await.unwrap().items;
            assert!(listed[0].row.case.stands_since.is_some());
        }
        let reply = "Вот свидетельство";
        house
            .cases
            .write(&anna, &none(), number, reply, false)
            .await
            .unwrap();
        // Three working days from Tuesday.
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.due_on, Some(date(2026, 12, 3)));
        assert_eq!(card.case.stands_since, None);
        house.clock.advance_seconds(4 * DAY);
        for cases in [&house.cases, &counting] {
            assert_eq!(owed(cases, &head, &olga).await, (1, 1));
        }
    });
}

#[test]
fn a_term_that_has_passed_stands_still_no_more() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("city").await;
        let number = certificate(house, &anna, &olga).await;
        // Thursday, 26 November: a day too late.
        house.clock.advance_seconds(6 * DAY);
        asked(house, &olga, number).await;
        let card = house.card(&anna, number).await;
        assert_eq!(card.course.open_wait().unwrap().ground, None);
        assert_eq!(card.case.stands_since, None);
        assert_eq!(owed(&house.cases, &head, &olga).await, (1, 1));
    });
}

#[test]
fn a_pause_longer_than_the_rule_lets_it_be_counts_up_to_its_limit() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = certificate(house, &anna, &olga).await;
        // From the last day of the term, 25 November, on: two working days are behind.
        house.clock.advance_seconds(5 * DAY);
        asked(house, &olga, number).await;
        // Until 23 February: 91 days, of which the rule lets the term stand still on 90.
        house.clock.advance_seconds(90 * DAY);
        house.cases.resume(&olga, number).await.unwrap();
        let card = house.card(&anna, number).await;
        // The 23rd is a holiday, the 24th the third working day.
        assert_eq!(card.case.due_on, Some(date(2027, 2, 24)));
        let cut = PauseCut {
            days: 91,
            counted: 90,
        };
        assert_eq!(card.term.unwrap().cut, Some(cut));
        // Nothing is left to stand still: the term goes on while the rest is waited for.
        asked(house, &olga, number).await;
        let card = house.card(&anna, number).await;
        assert_eq!(card.course.open_wait().unwrap().ground, None);
        assert_eq!(card.case.stands_since, None);
    });
}
