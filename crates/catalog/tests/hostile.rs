//! What people and programs send that a form never asked for. Everything gets a clear refusal
//! that names its field, or is kept as the harmless text that it is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use base::FieldError;
use catalog::{Answers, Form};
use common::{World, complaint, definition};
use serde_json::{Value, json};

fn refusals(answers: &Answers) -> Vec<FieldError> {
    let world = World::demo();
    definition("complaint")
        .form
        .check(answers, &world.context())
        .unwrap_err()
}

fn with(path: &str, value: Value) -> Answers {
    let mut answers = complaint();
    match path.split_once('.') {
        Some((outer, inner)) => {
            answers[outer]
                .as_object_mut()
                .unwrap()
                .insert(inner.to_owned(), value);
        }
        None => {
            answers.insert(path.to_owned(), value);
        }
    }
    answers
}

#[test]
fn wrong_types_are_refused_by_name() {
    let cases = [
        ("subject", json!(["a", "b"]), "catalog-error-type-list"),
        (
            "subject",
            json!({ "a": { "b": "c" } }),
            "catalog-error-type-text",
        ),
        ("subject", json!(12), "catalog-error-type-text"),
        ("subject", json!(null), "catalog-error-null"),
        (
            "subject",
            json!(" \u{200b}\u{202e} "),
            "catalog-error-required",
        ),
        ("description", json!("коротко"), "catalog-error-too-short"),
        (
            "happened_on",
            json!("20.11.2026"),
            "catalog-error-date-form",
        ),
        (
            "happened_on",
            json!("2026-11-23"),
            "catalog-error-date-future",
        ),
        (
            "happened_on",
            json!("0001-01-01"),
            "catalog-error-date-past",
        ),
        ("happened_on", json!(20_261_120), "catalog-error-type-text"),
        ("category", json!("roads.gold"), "catalog-error-category"),
        ("place", json!("Лесная, 12"), "catalog-error-type-object"),
        ("place", json!([]), "catalog-error-type-object"),
        (
            "place.territory",
            json!("nowhere"),
            "catalog-error-territory",
        ),
        ("place.floor", json!(3), "catalog-error-unknown"),
        (
            "applicant.email",
            json!("anna at example"),
            "catalog-error-email",
        ),
        ("applicant.phone", json!("call me"), "catalog-error-phone"),
        ("applicant.password", json!("x"), "catalog-error-unknown"),
        ("admin", json!(true), "catalog-error-unknown"),
    ];
    for (path, value, key) in cases {
        let errors = refusals(&with(path, value.clone()));
        assert_eq!(errors.len(), 1, "{path} = {value}: {errors:?}");
        assert_eq!(
            (errors[0].field.as_str(), errors[0].key),
            (path, key),
            "{value}"
        );
    }
}

#[test]
fn numbers_are_numbers_and_nothing_else() {
    let world = World::demo();
    let form = definition("proposal").form;
    let mut answers = complaint();
    answers.remove("happened_on");
    for (value, key) in [
        (json!("12"), Some("catalog-error-type-number")),
        (json!(1.5), Some("catalog-error-type-number")),
        (json!(0), Some("catalog-error-number")),
        (json!(u64::MAX), Some("catalog-error-number")),
        (json!(12), None),
        (json!(12.0), None),
    ] {
        answers.insert("people_helped".to_owned(), value.clone());
        let key_found = form
            .check(&answers, &world.context())
            .err()
            .map(|errors| errors[0].key);
        assert_eq!(key_found, key, "{value}");
    }
}

#[test]
fn a_huge_text_is_refused_before_it_costs_anything() {
    let errors = refusals(&with("description", json!("ж".repeat(5_000_000))));
    assert_eq!(errors[0].key, "catalog-error-too-long");
    assert_eq!(errors[0].args[0], ("max", "4000".to_owned()));
}

#[test]
fn a_flood_of_unknown_fields_does_not_flood_the_answer() {
    let mut answers = complaint();
    for n in 0..10_000 {
        answers.insert(format!("x{n}\u{202e}{}", "y".repeat(500)), json!(n));
    }
    let errors = refusals(&answers);
    assert!(errors.len() <= 20, "{}", errors.len());
    assert!(
        errors
            .iter()
            .all(|error| error.field.len() < 200 && !error.field.contains('\u{202e}'))
    );
}

#[test]
fn script_stays_text_and_tricks_are_cleaned() {
    let world = World::demo();
    let form = definition("complaint").form;
    let answers = with(
        "subject",
        json!("<script>alert('Я')</script> \u{202e}\u{200b}и\u{306}"),
    );
    let clean = form.check(&answers, &world.context()).unwrap();
    assert_eq!(clean["subject"], json!("<script>alert('Я')</script> й"));
}

#[test]
fn what_is_not_asked_is_left_out_and_what_is_asked_is_wanted() {
    let world = World::demo();
    let form = definition("complaint").form;
    let left_over = with("online_service", json!("Портал записи"));
    assert!(
        !form
            .check(&left_over, &world.context())
            .unwrap()
            .contains_key("online_service")
    );
    let mut electronic = with("category", json!("electronic.failures"));
    let errors = form.check(&electronic, &world.context()).unwrap_err();
    assert_eq!(
        (errors[0].field.as_str(), errors[0].key),
        ("online_service", "catalog-error-required")
    );
    electronic.insert("online_service".to_owned(), json!("Портал записи"));
    assert!(form.check(&electronic, &world.context()).is_ok());
}

#[test]
fn every_mistake_is_told_at_once() {
    let errors = refusals(&Answers::new());
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "category",
            "subject",
            "description",
            "happened_on",
            "expected",
            "place.territory",
            "applicant.last_name",
            "applicant.first_name",
            "applicant.email"
        ]
    );
}

fn posted(form: &Form, step: &str, pairs: &[(&str, &str)]) -> Value {
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    Value::Object(form.read_urlencoded(step, &pairs))
}

#[test]
fn a_posted_page_becomes_answers() {
    let form = definition("complaint").form;
    assert_eq!(
        posted(
            &form,
            "matter",
            &[
                ("subject", "Снег"),
                ("description", "раз\r\nдва"),
                ("happened_on", "3.11.2026"),
                ("violated", " "),
                ("next", "1"),
                ("applicant.email", "not of this step"),
            ]
        ),
        json!({ "subject": "Снег", "description": "раз\nдва", "happened_on": "2026-11-03" })
    );
    assert_eq!(
        posted(
            &form,
            "applicant",
            &[
                ("applicant.first_name", "Анна"),
                ("applicant.phone", ""),
                ("applicant", "x")
            ]
        ),
        json!({ "applicant": { "first_name": "Анна" } })
    );
    assert_eq!(
        posted(
            &form,
            "place",
            &[("place.territory", "ozernoye"), ("place.address", "Лесная")]
        ),
        json!({ "place": { "territory": "ozernoye", "address": "Лесная" } })
    );
    assert_eq!(
        posted(
            &definition("proposal").form,
            "matter",
            &[("people_helped", "12")]
        ),
        json!({ "people_helped": 12 })
    );
}

#[test]
fn a_name_sent_twice_is_refused_and_not_guessed() {
    let form = definition("complaint").form;
    let twice = posted(
        &form,
        "topic",
        &[("category", "roads.snow"), ("category", "health")],
    );
    assert_eq!(twice, json!({ "category": ["roads.snow", "health"] }));
    let world = World::demo();
    let errors = form
        .check_step("topic", twice.as_object().unwrap(), &world.context())
        .unwrap_err();
    assert_eq!(errors[0].key, "catalog-error-type-list");
}

#[test]
fn a_phone_is_kept_in_one_form() {
    let world = World::demo();
    for (typed, kept) in [
        ("8 (900) 123-45-67", "+79001234567"),
        ("+7 900 1234567", "+79001234567"),
        ("44-15-16", "441516"),
    ] {
        let clean = definition("complaint")
            .form
            .check(&with("applicant.phone", json!(typed)), &world.context())
            .unwrap();
        assert_eq!(clean["applicant"]["phone"], json!(kept));
    }
}

#[test]
fn a_complaint_asks_for_little() {
    use catalog::FieldKind;
    let form = definition("complaint").form;
    let required: usize = form
        .fields()
        .filter(|field| field.when.is_none())
        .map(|field| match &field.kind {
            FieldKind::Group { fields } => fields.iter().filter(|part| part.required).count(),
            _ => usize::from(field.required),
        })
        .sum();
    // A consent on the review page comes on top.
    assert!(required < 12, "{required} required inputs");
    assert!(
        form.steps.len() <= 6,
        "{} steps before review and receipt",
        form.steps.len()
    );
}
