//! The schema that the API gives out and the validator that judges agree on every answer that
//! generation finds: clean, dirty and hostile.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;
#[path = "common/schema.rs"]
mod schema;

use std::sync::LazyLock;

use base::Language;
use base::text::{clean_line, clean_text};
use catalog::form::{Registered, Within};
use catalog::{Answers, BUILT_IN, Definition, FieldKind, Form};
use common::{TODAY, World, complaint, definition};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A form with every kind of field, required and not, and conditions on each kind that has one.
const EVERYTHING: &str = r#"
[[steps]]
id = "first"
title = { ru = "Р", en = "E" }
fields = [
  { name = "way", label = { ru = "Р", en = "E" }, kind = { choice = { options = [
    { value = "mail", label = { ru = "Р", en = "E" }, needs = "who.address" }, { value = "phone", label = { ru = "Р", en = "E" } } ] } } },
  { name = "agree", label = { ru = "Р", en = "E" }, kind = "yes" },
  { name = "trouble", label = { ru = "Р", en = "E" }, kind = { choice = { options = [
    { value = "failure", label = { ru = "Р", en = "E" }, needs = "free" }, { value = "road", label = { ru = "Р", en = "E" } },
    { value = "none", label = { ru = "Р", en = "E" } } ] } } },
]
[[steps]]
id = "second"
title = { ru = "Р", en = "E" }
fields = [
  { name = "category", label = { ru = "Р", en = "E" }, kind = "category", required = true, within = { by = "trouble", of = { failure = ["electronic"], road = ["roads", "nowhere"], none = ["nowhere"] } } },
  { name = "to", label = { ru = "Р", en = "E" }, kind = "official" },
  { name = "before", label = { ru = "Р", en = "E" }, kind = "case_number" },
  { name = "until", label = { ru = "Р", en = "E" }, kind = { date = { future_only = true } } },
  { name = "must", label = { ru = "Р", en = "E" }, kind = "yes", required = true },
  { name = "text", label = { ru = "Р", en = "E" }, kind = { text = { min = 3, max = 6, lines = true } }, required = true },
  { name = "free", label = { ru = "Р", en = "E" }, kind = { text = { min = 3, max = 6 } } },
  { name = "short", label = { ru = "Р", en = "E" }, kind = { text = { max = 4 } } },
  { name = "number", label = { ru = "Р", en = "E" }, kind = { number = { min = -2, max = 40 } } },
  { name = "day", label = { ru = "Р", en = "E" }, kind = { date = { past_only = true } } },
  { name = "any_day", label = { ru = "Р", en = "E" }, kind = { date = {} }, when = { equals = { field = "way", value = "phone" } } },
  { name = "phone", label = { ru = "Р", en = "E" }, kind = "phone", required = true, when = { equals = { field = "way", value = "phone" } } },
  { name = "email", label = { ru = "Р", en = "E" }, kind = "email", required = true, when = { yes = { field = "agree" } } },
  { name = "place", label = { ru = "Р", en = "E" }, kind = { place = { address_max = 5 } } },
  { name = "there", label = { ru = "Р", en = "E" }, kind = "yes", when = { equals = { field = "way", value = "mail" } } },
  { name = "who", label = { ru = "Р", en = "E" }, kind = { group = { fields = [
    { name = "name", label = { ru = "Р", en = "E" }, kind = { text = { max = 5 } }, required = true },
    { name = "address", label = { ru = "Р", en = "E" }, kind = { text = { min = 2, max = 5 } } },
    { name = "mail", label = { ru = "Р", en = "E" }, kind = "email" } ] } } },
  { name = "tax", label = { ru = "Р", en = "E" }, kind = { registered = "inn_person" }, required = true },
  { name = "kind", label = { ru = "Р", en = "E" }, kind = { choice = { options = [
    { value = "one", label = { ru = "Р", en = "E" } }, { value = "firm", label = { ru = "Р", en = "E" } } ] } } },
  { name = "firm", label = { ru = "Р", en = "E" }, required = true, when = { equals = { field = "kind", value = "firm" } }, kind = { group = { fields = [
    { name = "name", label = { ru = "Р", en = "E" }, kind = { text = { max = 5 } }, required = true },
    { name = "ogrn", label = { ru = "Р", en = "E" }, kind = { registered = "ogrn" } } ] } } },
  { name = "others", label = { ru = "Р", en = "E" }, kind = { people = { most = 3 } } },
  { name = "duty", label = { ru = "Р", en = "E" }, required = true, kind = { group = { fields = [
    { name = "tel", label = { ru = "Р", en = "E" }, kind = "phone" } ] } } },
]
[[steps]]
id = "third"
title = { ru = "Р", en = "E" }
fields = [
  { name = "lamp", label = { ru = "Р", en = "E" }, kind = { text = { max = 5 } }, required = true, when = { category_within = { field = "category", code = "roads" } } },
  { name = "deep", label = { ru = "Р", en = "E" }, kind = { text = { max = 3 } }, required = true, when = { yes = { field = "there" } } },
]
"#;

fn forms() -> Vec<Form> {
    static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        let everything: Form = toml::from_str(EVERYTHING).unwrap();
        everything.faults().unwrap();
        let mut forms = vec![everything];
        forms.extend(BUILT_IN.map(|text| Definition::from_toml(text).unwrap().form));
        forms
    });
    FORMS.clone()
}

fn everything() -> Form {
    forms().swap_remove(0)
}

/// Values that mean something somewhere, and values that should mean nothing anywhere.
fn values() -> impl Strategy<Value = Value> {
    let texts = prop::sample::select(vec![
        "",
        " ",
        "a",
        "abc",
        "abcdef",
        "abcdefg",
        "а\u{301}бв",
        "mail",
        "phone",
        "failure",
        "road",
        "none",
        "governor",
        "А-2026-00000042-5",
        "a2026000000425",
        "А-2026-00000042-5",
        "yes",
        "roads",
        "roads.snow",
        "electronic.failures",
        "ozernoye",
        "nowhere",
        "2026-11-20",
        "2026-11-23",
        "2026-02-30",
        "1899-12-31",
        "1900-01-01",
        "26-1-1",
        "anna@example.ru",
        "почта@пример.рф",
        "anna",
        "anna@localhost",
        "a..b@c.ru",
        "a@b-.ru",
        "a@-b.ru",
        ".a@b.ru",
        "a b@c.ru",
        "+7 900 123-45-67",
        "89001234567",
        "1234",
        "12345",
        "+1-2-3-4-5",
        "57.69281, 39.63822",
        "-8.5, -179.999999",
        "91.0, 10.0",
        "57.7,39.6",
        "12345x",
        "1234567890123456",
        "<script>alert(1)</script>",
        "\u{202e}abc",
        "a\u{200b}bc",
        "a\r\nb",
        "null",
    ]);
    let leaf = prop_oneof![
        8 => texts.prop_map(Value::from),
        2 => "[a-zа-я0-9@.+ ()\u{200b}\u{202e}\n-]{0,12}".prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => (-4i64..44).prop_map(Value::from),
        1 => prop::sample::select(vec![0.5, 3.0, 1e300, -1e18]).prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!(u64::MAX)),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map(
                prop::sample::select(vec![
                    "territory",
                    "address",
                    "point",
                    "name",
                    "mail",
                    "tel",
                    "first_name",
                    "extra"
                ]),
                inner,
                0..3
            )
            .prop_map(|map| Value::Object(
                map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

/// Answers that hold but for at most three places, in each of which anything may stand or nothing.
fn answers(form: &Form) -> BoxedStrategy<Answers> {
    let whole: Vec<_> = form
        .fields()
        .map(|field| {
            let name = field.name.clone();
            let value = field
                .within
                .as_ref()
                .map_or_else(|| good(&field.kind), inside);
            value.prop_map(move |value| (name.clone(), value))
        })
        .collect();
    let slip = prop::sample::select(places(form)).prop_flat_map(|(path, kind)| {
        let slipped = prop_oneof![
            6 => edge(kind.as_ref()).prop_map(Some),
            4 => values().prop_map(Some),
            2 => Just(None),
        ];
        (Just(path), slipped)
    });
    let slips = prop::collection::vec(slip, 0..4);
    let extra = prop::option::weighted(0.03, ("[a-z_]{1,6}", values()));
    (whole, slips, extra)
        .prop_map(|(whole, slips, extra)| {
            let mut answers: Answers = whole.into_iter().chain(extra).collect();
            for (path, value) in slips {
                put(&mut answers, &path, value);
            }
            answers
        })
        .boxed()
}

/// Every place where an answer can slip, with its kind; none for a whole that has parts.
fn places(form: &Form) -> Vec<(Vec<String>, Option<FieldKind>)> {
    let mut places = Vec::new();
    for field in form.fields() {
        let name = field.name.clone();
        match &field.kind {
            FieldKind::Group { fields } => {
                for part in fields {
                    places.push((
                        vec![name.clone(), part.name.clone()],
                        Some(part.kind.clone()),
                    ));
                }
                places.push((vec![name], None));
            }
            FieldKind::Place { address_max } => {
                let address = FieldKind::Text {
                    min: 0,
                    max: *address_max,
                    lines: false,
                };
                places.push((vec![name.clone(), "address".to_owned()], Some(address)));
                places.push((vec![name.clone(), "territory".to_owned()], None));
                places.push((vec![name.clone(), "point".to_owned()], None));
                places.push((vec![name], None));
            }
            kind => places.push((vec![name], Some(kind.clone()))),
        }
    }
    places
}

fn put(answers: &mut Answers, path: &[String], value: Option<Value>) {
    let holder = match path {
        [_] => Some(answers),
        [outer, ..] => answers.get_mut(outer).and_then(Value::as_object_mut),
        [] => None,
    };
    if let (Some(holder), Some(name)) = (holder, path.last()) {
        match value {
            Some(value) => holder.insert(name.clone(), value),
            None => holder.remove(name),
        };
    }
}

/// Values at the edge of what a field of this kind takes.
fn edge(kind: Option<&FieldKind>) -> BoxedStrategy<Value> {
    match kind {
        Some(FieldKind::Text { min, max, .. }) => {
            let (min, max) = (*min, *max);
            let lengths = vec![0, 1, min.saturating_sub(1), min, max, max + 1];
            prop::sample::select(lengths)
                .prop_map(|length| Value::from("ж".repeat(length as usize)))
                .boxed()
        }
        Some(FieldKind::Number { min, max }) => {
            prop::sample::select(vec![min - 1, *min, *max, max + 1])
                .prop_map(Value::from)
                .boxed()
        }
        Some(FieldKind::Yes) => any::<bool>().prop_map(Value::from).boxed(),
        Some(FieldKind::Phone) => {
            "[+]?[0-9 ()-]{3,18}|[0-9]{14,17}|[0-9-]{38,42}|[+]?[0-9 x+]{4,8}"
                .prop_map(Value::from)
                .boxed()
        }
        Some(FieldKind::Email) => "[ab.]{1,4}[@ ]?[@]?[aж.-]{1,6}[.]?[ru1-]{1,3}"
            .prop_map(Value::from)
            .boxed(),
        Some(FieldKind::Date { .. }) => {
            "(1899|1900|2026|26)-(0[0-3]|1[0-3]|2)-(0[0-9]|1[0-9]|2[0-9]|3[0-2]|1)"
                .prop_map(Value::from)
                .boxed()
        }
        Some(FieldKind::Registered(register)) => {
            let good = number_of(*register);
            prop::sample::select(vec![
                good.to_owned(),
                good[1..].to_owned(),
                format!("{good}0"),
                good.replacen('0', "1", 1),
                "0".repeat(good.len()),
                String::new(),
            ])
            .prop_map(Value::from)
            .boxed()
        }
        Some(FieldKind::People { most }) => {
            let texts = || prop::sample::select(vec!["", "ж", "anna@example.ru", "anna"]);
            let person = prop::collection::hash_map(
                prop::sample::select(vec!["name", "email", "address", "extra"]),
                texts().prop_map(Value::from),
                0..4,
            );
            let person = person.prop_map(|parts| {
                let parts = parts
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value));
                Value::Object(parts.collect())
            });
            let most = *most as usize;
            prop_oneof![
                6 => prop::collection::vec(person, 0..3).prop_map(Value::from),
                1 => prop::sample::select(vec![most, most + 1]).prop_map(|count| {
                    Value::from(vec![json!({ "name": "А", "address": "1" }); count])
                }),
                1 => values(),
            ]
            .boxed()
        }
        _ => values().boxed(),
    }
}

/// A number that its register could have given out.
fn number_of(register: Registered) -> &'static str {
    match register {
        Registered::InnOrganisation => "7707083893",
        Registered::InnPerson => "500100732259",
        Registered::Ogrn => "1027700132195",
        Registered::Ogrnip => "304500116000157",
    }
}

/// A subject that a narrowed category takes by some answer.
fn inside(within: &Within) -> BoxedStrategy<Value> {
    let tree = &World::demo().categories;
    let named = within.codes.iter().chain(within.of.values().flatten());
    let roots: Vec<_> = named
        .filter_map(|code| tree.by_code(code))
        .map(|c| c.id)
        .collect();
    let codes: Vec<String> = tree
        .codes(Some(&roots))
        .into_iter()
        .map(str::to_owned)
        .collect();
    prop::sample::select(codes).prop_map(Value::from).boxed()
}

fn good(kind: &FieldKind) -> BoxedStrategy<Value> {
    match kind {
        FieldKind::Text { min, max, .. } => {
            let (min, max) = (*min as usize, (*max as usize).min(40));
            let (min, max) = (min.max(1), max.max(min));
            prop::collection::vec(
                prop::sample::select(vec!['a', 'ж', '<', '&', '😀']),
                min..=max,
            )
            .prop_map(|chars| Value::from(chars.into_iter().collect::<String>()))
            .boxed()
        }
        FieldKind::Choice { options } => {
            let values: Vec<String> = options.iter().map(|option| option.value.clone()).collect();
            prop::sample::select(values).prop_map(Value::from).boxed()
        }
        FieldKind::Date { future_only, .. } => {
            let days = if *future_only {
                vec!["2026-11-22", "2027-02-28"]
            } else {
                vec!["2026-11-20", "2026-11-22", "2000-02-29"]
            };
            prop::sample::select(days).prop_map(Value::from).boxed()
        }
        FieldKind::CaseNumber => prop::sample::select(vec!["А-2026-00000042-5", "A2026000000425"])
            .prop_map(Value::from)
            .boxed(),
        FieldKind::Official => prop::sample::select(vec!["governor", "minister.digital"])
            .prop_map(Value::from)
            .boxed(),
        FieldKind::Registered(register) => Just(Value::from(number_of(*register))).boxed(),
        FieldKind::People { .. } => prop_oneof![
            4 => Just(json!([{ "name": "Анна", "email": "anna@example.ru" }])),
            2 => Just(json!([{ "name": "Анна", "email": "", "address": "дом 1" }, { "name": "О", "address": "1" }])),
            1 => Just(json!([])),
        ]
        .boxed(),
        FieldKind::Number { min, max } => (*min..=*max).prop_map(Value::from).boxed(),
        FieldKind::Email => Just(json!("anna@example.ru")).boxed(),
        FieldKind::Phone => Just(json!("+7 (900) 123-45-67")).boxed(),
        FieldKind::Yes => Just(json!(true)).boxed(),
        FieldKind::Category => {
            prop::sample::select(vec!["roads.snow", "electronic.failures", "health"])
                .prop_map(Value::from)
                .boxed()
        }
        FieldKind::Place { .. } => prop_oneof![
            Just(json!({ "territory": "ozernoye", "address": "дом 1" })),
            Just(json!({ "territory": "region" })),
            Just(json!({ "address": "дом 1" })),
            Just(json!({ "territory": "", "address": "" })),
            Just(json!({})),
        ]
        .boxed(),
        FieldKind::Group { fields } => {
            let parts: Vec<_> = fields
                .iter()
                .map(|field| {
                    let name = field.name.clone();
                    good(&field.kind).prop_map(move |value| (name.clone(), value))
                })
                .collect();
            parts
                .prop_map(|fields| Value::Object(fields.into_iter().collect()))
                .boxed()
        }
    }
}

/// Whether cleaning leaves every text in `value` as it is. Of what is not clean, the schema says
/// only what it says of its clean form.
fn is_clean(value: &Value) -> bool {
    match value {
        Value::String(text) => clean_text(text) == *text && clean_line(text) == *text,
        Value::Array(inner) => inner.iter().all(is_clean),
        Value::Object(inner) => inner.values().all(is_clean),
        _ => true,
    }
}

fn agree(form: &Form, answers: &Answers, world: &World) -> Result<(), TestCaseError> {
    let schema = form.schema(
        Language::Ru,
        &world.categories,
        &world.units,
        &world.officials,
    );
    let verdict = form.check(answers, &world.context());
    let value = Value::Object(answers.clone());
    if is_clean(&value) {
        prop_assert_eq!(
            schema::accepts(&schema, &value, TODAY),
            verdict.is_ok(),
            "answers {} verdict {:?}",
            value,
            verdict
        );
    }
    match verdict {
        Ok(clean) => {
            let kept = Value::Object(clean.clone());
            prop_assert!(
                schema::accepts(&schema, &kept, TODAY),
                "clean {} is refused",
                kept
            );
            prop_assert_eq!(
                form.check(&clean, &world.context()),
                Ok(clean),
                "checking twice changes nothing"
            );
        }
        Err(errors) => {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(!error.field.is_empty(), "{:?} names no field", error);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn schema_and_validator_agree((form, answers) in prop::sample::select(forms())
        .prop_flat_map(|form| { let answers = answers(&form); (Just(form), answers) }))
    {
        agree(&form, &answers, World::demo())?;
    }

    #[test]
    fn every_step_alone_agrees_with_the_whole(answers in answers(&everything())) {
        let form = everything();
        let world = World::demo();
        let whole = form.check(&answers, &world.context());
        let mut together = Answers::new();
        let mut refused = false;
        for step in &form.steps {
            match form.check_step(&step.id, &answers, &world.context()) {
                Ok(mut clean) => together.append(&mut clean),
                Err(_) => refused = true,
            }
        }
        match whole {
            Ok(clean) => prop_assert_eq!((clean, false), (together, refused)),
            Err(_) => prop_assert!(refused),
        }
    }
}

#[test]
fn generation_finds_both_verdicts() {
    let world = World::demo();
    for form in forms() {
        let (mut good, mut bad) = (0, 0);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        for _ in 0..300 {
            let answers = answers(&form).new_tree(&mut runner).unwrap().current();
            match form.check(&answers, &world.context()) {
                Ok(_) => good += 1,
                Err(_) => bad += 1,
            }
        }
        assert!(good > 5 && bad > 5, "{good} good and {bad} bad");
    }
}

#[test]
fn a_plain_complaint_suits_both() {
    let world = World::demo();
    agree(&definition("complaint").form, &complaint(), world).unwrap();
    assert!(
        definition("complaint")
            .form
            .check(&complaint(), &world.context())
            .is_ok()
    );
}
