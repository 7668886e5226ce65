//! Rules over a small form: what fits, why, what is said, and what is found wrong.

use base::Language;
use jiff::civil::{Date, date};
use people::Units;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::categories::Categories;
use crate::form::Form;
use crate::model::Definition;
use crate::{BUILT_IN, BUILT_IN_RULES};

const TODAY: Date = date(2026, 11, 22);

fn reference() -> Definition {
    let all = BUILT_IN.map(|text| Definition::from_toml(text).unwrap());
    all.into_iter().find(|one| one.code == "reference").unwrap()
}

/// The form of the reference question with a number, a date and a statement in its last step.
fn definition() -> Definition {
    let mut definition = reference();
    let more = json!([
        { "name": "copies", "label": { "ru": "Сколько", "en": "How many" }, "kind": { "number": { "min": 1, "max": 10 } } },
        { "name": "born", "label": { "ru": "Рождение", "en": "Born" }, "kind": { "date": {} } },
        { "name": "single", "label": { "ru": "Одна", "en": "Single" }, "kind": "yes" }
    ]);
    let fields: Vec<crate::form::Field> = serde_json::from_value(more).unwrap();
    definition
        .form
        .steps
        .last_mut()
        .unwrap()
        .fields
        .extend(fields);
    definition
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "samples are written in place"
)]
fn answers(value: Value) -> Answers {
    value.as_object().unwrap().clone()
}

fn trees() -> (Categories, Units) {
    (
        Categories::new(Vec::new()),
        Units::new(Vec::new(), Vec::new(), []),
    )
}

fn judged(when: &str, given: Value) -> Judged {
    judged_on(when, given, TODAY)
}

fn judged_on(when: &str, given: Value, on: Date) -> Judged {
    let decisions = one_rule(when);
    let (categories, units) = trees();
    let form = definition().form;
    let given = answers(given);
    let facts = Facts::of(&form, &given, (&categories, &units), ("web", false), on);
    judge(&decisions, &facts)
}

fn text_of(when: &str, more: &str) -> String {
    format!(
        "format = 1\nmode = \"automatic\"\n[[rules]]\ncode = \"only\"\n\
         title = {{ ru = \"Одно\", en = \"One\" }}\nwhen = [{when}]\noutcome = \"explained\"\n\
         answer = {{ ru = \"Ответ достаточной длины: да.\", en = \"An answer that is long enough.\" }}\n{more}"
    )
}

fn one_rule(when: &str) -> Decisions {
    Decisions::from_toml(&text_of(when, "")).unwrap()
}

fn found(text: &str) -> Vec<(&'static str, String)> {
    let decisions = Decisions::from_toml(text).unwrap();
    let (categories, units) = trees();
    let definition = definition();
    let known = Known {
        definition: &definition,
        categories: &categories,
        units: &units,
        service: &|code| code != "other" && !code.is_empty(),
        today: TODAY,
    };
    let faults = faults(&decisions, text, known).into_iter();
    faults
        .map(|fault| (fault.said.key, fault.said.named))
        .collect()
}

#[test]
fn each_condition_holds_and_fails() {
    for (when, holds, fails) in [
        (
            r#"{ equals = { field = "about", value = "works" } }"#,
            json!({ "about": "works" }),
            json!({ "about": "status" }),
        ),
        (
            r#"{ one_of = { field = "about", values = ["works", "payment"] } }"#,
            json!({ "about": "payment" }),
            json!({}),
        ),
        (
            r#"{ yes = { field = "single" } }"#,
            json!({ "single": true }),
            json!({ "single": false }),
        ),
        (
            r#"{ given = { field = "copies" } }"#,
            json!({ "copies": 0 }),
            json!({ "copies": "" }),
        ),
        (
            r#"{ given = { field = "applicant.email" } }"#,
            json!({ "applicant": { "email": "a@example.org" } }),
            json!({ "applicant": {} }),
        ),
        (
            r#"{ number = { field = "copies", from = 2, to = 3 } }"#,
            json!({ "copies": 3 }),
            json!({ "copies": 4 }),
        ),
        (
            r#"{ date = { field = "born", from = "2000-01-01" } }"#,
            json!({ "born": "2000-01-01" }),
            json!({ "born": "1999-12-31" }),
        ),
        (
            r#"{ age = { field = "born", from = 18 } }"#,
            json!({ "born": "2008-11-22" }),
            json!({ "born": "2008-11-23" }),
        ),
        (
            r#"{ days = { field = "born", from = 0, to = 30 } }"#,
            json!({ "born": "2026-10-23" }),
            json!({ "born": "2026-11-23" }),
        ),
        (
            r#"{ not = { given = { field = "description" } } }"#,
            json!({}),
            json!({ "description": "?" }),
        ),
        (
            r#"{ any = [{ yes = { field = "single" } }, { given = { field = "copies" } }] }"#,
            json!({ "copies": 1 }),
            json!({ "single": false }),
        ),
        (
            r#"{ channel = { one_of = ["web"] } }"#,
            json!({}),
            json!(null),
        ),
        (r"{ identified = { is = false } }", json!({}), json!(null)),
    ] {
        let fits = judged(when, holds);
        assert_eq!(fits.rule.as_deref(), Some("only"), "{when}: {fits:?}");
        assert!(fits.weighed[0].tests.iter().all(|test| test.holds));
        if !fails.is_null() {
            let none = judged(when, fails);
            assert_eq!(none.rule, None, "{when}: {none:?}");
        }
    }
}

#[test]
fn an_explanation_names_what_was_wanted_and_what_was_there() {
    let judged = judged(
        r#"{ one_of = { field = "about", values = ["works", "payment"] } }, { number = { field = "copies", to = 2 } }"#,
        json!({ "about": "works", "copies": 7 }),
    );
    let tests = &judged.weighed[0].tests;
    assert_eq!(tests[0].label.ru, "Об услуге");
    assert_eq!(
        tests[0].wanted.ru,
        "Дороги и благоустройство, Вопрос об оплате"
    );
    assert_eq!(tests[0].had.en, "Roads and improvement");
    // Nothing is cut short: the condition that fails stands beside the one that holds.
    assert_eq!((tests[0].holds, tests[1].holds), (true, false));
    assert_eq!((tests[1].to.as_str(), tests[1].had.ru.as_str()), ("2", "7"));
    assert!(!judged.weighed[0].fits && judged.rule.is_none());
}

#[test]
fn the_rules_that_come_with_the_product_are_sound_and_answer_from_the_catalogue() {
    let (_, _, text) = BUILT_IN_RULES[0];
    let decisions = Decisions::from_toml(text).unwrap();
    let (categories, units) = trees();
    let all = BUILT_IN.map(|text| Definition::from_toml(text).unwrap());
    let definition = reference();
    let find = |code: &str| all.iter().find(|one| one.code == code);
    let known = Known {
        definition: &definition,
        categories: &categories,
        units: &units,
        service: &|code| find(code).is_some(),
        today: TODAY,
    };
    assert_eq!(faults(&decisions, text, known), []);
    // Every service and every question but the open one has an answer that names nothing missing.
    for service in &all {
        for (question, said) in [
            ("what", &service.summary.ru),
            ("needed", &service.help.needed[0].ru),
            ("steps", &service.help.happens[0].ru),
            ("term", &service.name.ru),
        ] {
            let given = answers(json!({ "about": service.code, "question": question }));
            let form = &definition.form;
            let asked = form.field("about").unwrap();
            let crate::form::FieldKind::Choice { options } = &asked.kind else {
                panic!("not a choice")
            };
            if !options.iter().any(|option| option.value == service.code) {
                continue;
            }
            let facts = Facts::of(form, &given, (&categories, &units), ("web", false), TODAY);
            let code = judge(&decisions, &facts).rule.unwrap();
            let (_, rule) = decisions.rule(&code).unwrap();
            let voice = Voice {
                language: Language::Ru,
                number: "А-2026-00000001-1",
                service: &find,
            };
            let spoken = speak(rule, &facts, voice).unwrap();
            assert!(
                spoken.text.contains(said.as_str()),
                "{}: {}",
                service.code,
                spoken.text
            );
            assert!(spoken.grounds.contains("https://"));
        }
    }
}

#[test]
fn what_is_wrong_is_told_at_once_each_with_its_name() {
    let text = text_of(
        r#"{ equals = { field = "nobody", value = "x" } }, { equals = { field = "about", value = "tea" } },
           { number = { field = "about", from = 1 } }, { age = { field = "born" } },
           { category = { within = "tea" } }, { channel = { one_of = ["pigeon"] } }"#,
        "grounds = { text = { ru = \"а\", en = \"\" }, link = \"javascript:alert(1)\" }\n",
    );
    let keys: Vec<&str> = found(&text).into_iter().map(|(key, _)| key).collect();
    assert_eq!(
        keys,
        [
            "catalog-fault-words",
            "catalog-rules-fault-link",
            "catalog-rules-fault-field",
            "catalog-rules-fault-value",
            "catalog-rules-fault-kind",
            "catalog-fault-limits",
            "catalog-rules-fault-category",
            "catalog-rules-fault-channel",
        ]
    );
}

#[test]
fn a_placeholder_must_have_something_to_say_whenever_the_rule_fits() {
    let with = |when: &str, answer: &str| {
        let text = text_of(when, "").replace("да.", answer);
        found(&text)
            .into_iter()
            .map(|(key, _)| key)
            .find(|key| !key.contains("example"))
    };
    assert_eq!(with("", "{about}"), None);
    assert_eq!(with("", "{{about}}"), None);
    assert_eq!(with("", "{tea}"), Some("catalog-rules-fault-placeholder"));
    assert_eq!(with("", "{about"), Some("catalog-rules-fault-placeholder"));
    assert_eq!(with("", "{description}"), Some("catalog-rules-fault-maybe"));
    assert_eq!(
        with(r#"{ given = { field = "description" } }"#, "{description}"),
        None
    );
    assert_eq!(with("", "{applicant}"), Some("catalog-rules-fault-kind"));
    // `other` is no service here: the rule must leave it out.
    assert_eq!(with("", "{about:name}"), Some("catalog-rules-fault-option"));
    let not = r#"{ not = { equals = { field = "about", value = "other" } } }"#;
    assert_eq!(with(not, "{about:name}"), None);
    assert_eq!(
        with("", "{question:tea}"),
        Some("catalog-rules-fault-placeholder")
    );
}

#[test]
fn examples_must_hold_and_every_rule_must_have_one() {
    let when = r#"{ equals = { field = "about", value = "works" } }"#;
    let example = |about: &str, expected: &str| {
        format!(
            "[[examples]]\nname = \"пример\"\nanswers = {{ about = \"{about}\" }}\nexpected = \"{expected}\"\n"
        )
    };
    let keys = |examples: &str| -> Vec<&str> {
        found(&text_of(when, examples))
            .into_iter()
            .map(|(key, _)| key)
            .collect()
    };
    assert_eq!(keys(""), ["catalog-rules-fault-no-example"]);
    assert_eq!(keys(&example("works", "only")), Vec::<&str>::new());
    assert_eq!(
        keys(&(example("works", "only") + &example("status", "only"))),
        ["catalog-rules-fault-differs"]
    );
    assert_eq!(
        keys(&(example("works", "only") + &example("works", "person"))),
        ["catalog-rules-fault-differs"]
    );
    assert!(keys(&example("works", "another")).contains(&"catalog-rules-fault-expected"));
}

#[test]
fn a_refusal_names_its_grounds_and_what_can_be_put_right() {
    let text = text_of("", "").replace("explained", "refused");
    let keys: Vec<&str> = found(&text).into_iter().map(|(key, _)| key).collect();
    assert_eq!(
        keys,
        ["catalog-rules-fault-grounds", "catalog-rules-fault-correct"]
    );
}

#[test]
fn a_service_that_people_decide_has_no_rules_and_a_complaint_never() {
    let complaint = Definition::from_toml(BUILT_IN[0]).unwrap();
    let marked = Definition {
        decision: Some(crate::model::Decision::NoDiscretion),
        ..complaint.clone()
    };
    assert!(marked.checked().is_err(), "a complaint must not be marked");
    let decisions = one_rule("");
    let (categories, units) = trees();
    let known = Known {
        definition: &complaint,
        categories: &categories,
        units: &units,
        service: &|_| true,
        today: TODAY,
    };
    let first = faults(&decisions, "", known).remove(0);
    assert_eq!(first.said.key, "catalog-rules-fault-service");
}

fn a_test() -> impl Strategy<Value = Test> {
    let field = prop_oneof![
        Just("about"),
        Just("question"),
        Just("description"),
        Just("copies"),
        Just("born"),
        Just("single"),
        Just("nobody")
    ]
    .prop_map(str::to_owned);
    let leaf = prop_oneof![
        (field.clone(), "[a-z]{0,6}").prop_map(|(field, value)| Test::Equals { field, value }),
        field.clone().prop_map(|field| Test::Given { field }),
        field.clone().prop_map(|field| Test::Yes { field }),
        (field.clone(), -5..15_i64, -5..15_i64).prop_map(|(field, from, to)| Test::Number {
            field,
            from: Some(from),
            to: Some(to)
        }),
        (field, 0..40_i64).prop_map(|(field, from)| Test::Age {
            field,
            from: Some(from),
            to: None
        }),
        any::<bool>().prop_map(|is| Test::Identified { is }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|test| Test::Not(Box::new(test))),
            proptest::collection::vec(inner, 1..4).prop_map(Test::Any),
        ]
    })
}

fn some_answers() -> impl Strategy<Value = Answers> {
    (
        proptest::option::of(prop_oneof![Just("works"), Just("status"), Just("")]),
        proptest::option::of("[a-z]{0,6}"),
        proptest::option::of(-3..12_i64),
        proptest::option::of((1990..2026_i16, 1..13_i8, 1..29_i8)),
        proptest::option::of(any::<bool>()),
    )
        .prop_map(|(about, description, copies, born, single)| {
            let born = born.map(|(year, month, day)| date(year, month, day).to_string());
            let all = json!({ "about": about, "description": description, "copies": copies, "born": born, "single": single });
            answers(all)
        })
}

proptest! {
    /// Whatever stands in rules and answers: judging never panics, the first rule whose conditions
    /// all hold decides, everything before it fails, and a negation turns its condition round.
    #[test]
    fn the_first_rule_that_fits_decides(
        rules in proptest::collection::vec(proptest::collection::vec(a_test(), 0..4), 1..6),
        given in some_answers(),
        known in any::<bool>(),
    ) {
        let mut decisions = one_rule("");
        let pattern = decisions.rules.remove(0);
        decisions.rules = rules
            .into_iter()
            .enumerate()
            .map(|(at, when)| Rule { code: format!("r{at}"), when, ..pattern.clone() })
            .collect();
        let (categories, units) = trees();
        let form: Form = definition().form;
        let facts = Facts::of(&form, &given, (&categories, &units), ("web", known), TODAY);
        let judged = judge(&decisions, &facts);
        prop_assert_eq!(&judge(&decisions, &facts), &judged);
        let last = judged.weighed.len() - 1;
        for (at, weighed) in judged.weighed.iter().enumerate() {
            prop_assert_eq!(&weighed.code, &format!("r{at}"));
            prop_assert_eq!(weighed.fits, weighed.tests.iter().all(|test| test.holds));
            prop_assert!(!weighed.fits || at == last);
            for test in &weighed.tests {
                match test.kind.as_str() {
                    "not" => prop_assert_eq!(test.holds, !test.inside[0].holds),
                    "any" => prop_assert_eq!(test.holds, test.inside.iter().any(|one| one.holds)),
                    _ => {}
                }
            }
        }
        prop_assert_eq!(judged.rule.is_some(), judged.weighed[last].fits);
        if judged.rule.is_none() {
            prop_assert_eq!(judged.weighed.len(), decisions.rules.len());
        }
        // An explanation is kept as JSON and comes back whole.
        let json = serde_json::to_string(&judged).unwrap();
        prop_assert_eq!(serde_json::from_str::<Judged>(&json).unwrap(), judged);
    }

    /// Any text is either read or refused by name, and what is read says itself again.
    #[test]
    fn any_text_with_braces_is_read_or_refused(text in "[a-z{}: .]{0,40}") {
        if let Ok(found) = super::wording::pieces(&text) {
            let words = |piece: &super::wording::Piece| matches!(piece, super::wording::Piece::Words(_));
            let plain = !text.contains(['{', '}']);
            prop_assert!(!plain || found.iter().all(words));
        }
    }
}
