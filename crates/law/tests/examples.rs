//! Every built-in rule carries worked examples, and they come out as written.

use law::{Calendar, Law, Source};

#[test]
fn every_rule_has_examples_and_they_come_out() {
    let mut run = 0;
    for rule in Law::current().rules() {
        match rule.check_examples(Calendar::russia()) {
            Ok(0) => panic!(
                "{} version {} has no worked example",
                rule.id(),
                rule.version
            ),
            Ok(examples) => run += examples,
            Err(failure) => panic!("{failure}"),
        }
    }
    assert!(run >= 50, "only {run} examples");
}

#[test]
fn wrong_example_is_caught() {
    let mut rule = Law::current()
        .rules()
        .find(|rule| rule.id() == "fz59.answer")
        .unwrap()
        .clone();
    rule.examples[0].due = Some("2025-12-21".parse().unwrap());
    let failure = rule.check_examples(Calendar::russia()).unwrap_err();
    assert_eq!(failure.fault, "due on 2025-12-22, not on 2025-12-21");
}

#[test]
fn every_source_that_is_no_house_rule_names_its_article() {
    for rule in Law::current()
        .rules()
        .filter(|rule| rule.source == Source::Confirmed)
    {
        assert!(
            rule.article.ru.contains("59-ФЗ") || rule.article.ru.contains("1802"),
            "{}",
            rule.id()
        );
        assert!(rule.article.en.is_some(), "{}", rule.id());
    }
}

#[test]
fn terms_that_cases_ask_for_are_there() {
    let day = "2026-11-22".parse().unwrap();
    for (regime, terms) in [
        (
            "fz59",
            &[
                "registration",
                "answer",
                "forward",
                "answer_migration",
                "forward_migration",
            ][..],
        ),
        ("fz59_proposal", &["registration", "answer", "forward"]),
        ("fz8", &["registration", "answer", "forward"]),
        ("fz210", &["registration", "answer", "answer_intake"]),
        (
            "pos",
            &[
                "registration",
                "moderation",
                "coordination",
                "execution",
                "approval",
                "answer",
                "answer_fast",
            ],
        ),
        ("signal", &["registration", "answer"]),
        (
            "service",
            &["registration", "certificate", "details_change"],
        ),
        ("own", &["work_start", "arbiter", "return_window"]),
    ] {
        for term in terms {
            assert!(
                Law::current().rule(regime, term, day).is_some(),
                "{regime}.{term}"
            );
        }
    }
}
