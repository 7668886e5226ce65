//! The one validator, for every channel. It takes anything that JSON can hold, and gives back
//! either clean answers or every reason against them, each with its field and its sentence.
//!
//! Texts are cleaned first ([`base::text`]) and measured after. An empty text is no answer. What
//! the form does not ask because of a condition is left out of the clean answers; what the form
//! has never heard of is refused.

use base::text::{clean_line, clean_text, length};
use base::{FieldError, Number};
use jiff::civil::{Date, date};
use people::Units;
use serde_json::Value;

use super::companions;
use super::tree::{Answers, Field, FieldKind, Form};
use crate::categories::Categories;
use crate::officials::Officials;

/// The earliest date that a form takes.
pub(super) const EARLIEST: Date = date(1900, 1, 1);

/// The greatest length of an e-mail address.
pub(super) const EMAIL_MAX: u32 = 254;

/// The greatest length of a telephone number as it is written.
pub(super) const PHONE_MAX: u32 = 40;

/// The greatest length of a point on the map.
const POINT_MAX: u32 = 40;

/// The most unknown names that are told one by one.
const MOST_UNKNOWN: usize = 20;

/// What is said where an answer is missing.
const MISSING: [&str; 6] = [
    "catalog-error-required",
    "catalog-error-required-choice",
    "catalog-error-required-category",
    "catalog-error-required-territory",
    "catalog-error-required-address",
    "catalog-error-yes",
];

/// What an answer is held against.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// Today in the agency's time zone.
    pub today: Date,
    /// The categories that may be named.
    pub categories: &'a Categories,
    /// The territories that may be named.
    pub units: &'a Units,
    /// The officials that may be addressed.
    pub officials: &'a Officials,
}

impl Form {
    /// Checks answers to the whole form and gives them back clean.
    pub fn check(
        &self,
        answers: &Answers,
        context: &CheckContext<'_>,
    ) -> Result<Answers, Vec<FieldError>> {
        let mut round = Round::new(self, answers, *context);
        round.refuse_unknown(answers, "", &self.fields());
        let clean = round.fields(answers, "", self.fields());
        round.end(clean)
    }

    /// Checks answers that are not all there yet and gives them back clean: what is missing is no
    /// mistake.
    pub fn check_part(
        &self,
        answers: &Answers,
        context: &CheckContext<'_>,
    ) -> Result<Answers, Vec<FieldError>> {
        let mut round = Round::new(self, answers, *context);
        round.refuse_unknown(answers, "", &self.fields());
        let clean = round.fields(answers, "", self.fields());
        round.errors.retain(|error| !MISSING.contains(&error.key));
        round.end(clean)
    }

    /// Checks the answers to one step and gives them back clean. `answers` may hold those of other
    /// steps too: conditions look at them, and they are not checked again.
    pub fn check_step(
        &self,
        step: &str,
        answers: &Answers,
        context: &CheckContext<'_>,
    ) -> Result<Answers, Vec<FieldError>> {
        let Some(step) = self.step(step) else {
            return Err(vec![FieldError::new("", "catalog-error-step")]);
        };
        let mut round = Round::new(self, answers, *context);
        round.refuse_unknown(answers, "", &self.fields());
        let clean = round.fields(answers, "", step.fields.iter());
        round.end(clean)
    }
}

/// Whether a text is a point as the map writes one, north before east: `57.69281, 39.63822`.
fn is_point(text: &str) -> bool {
    let degrees = |text: &str, most_digits: usize, first: &str| {
        let text = text.strip_prefix('-').unwrap_or(text);
        let Some((whole, part)) = text.split_once('.') else {
            return false;
        };
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let fits = whole.len() < most_digits || whole.starts_with(|c| first.contains(c));
        digits(whole, most_digits) && digits(part, 6) && fits
    };
    text.split_once(", ")
        .is_some_and(|(north, east)| degrees(north, 2, "012345678") && degrees(east, 3, "01"))
}

/// One round of checking, gathering what is wrong.
struct Round<'a> {
    form: &'a Form,
    answers: &'a Answers,
    context: CheckContext<'a>,
    errors: Vec<FieldError>,
}

impl<'a> Round<'a> {
    fn new(form: &'a Form, answers: &'a Answers, context: CheckContext<'a>) -> Self {
        Self {
            form,
            answers,
            context,
            errors: Vec::new(),
        }
    }

    fn end(self, clean: Answers) -> Result<Answers, Vec<FieldError>> {
        if self.errors.is_empty() {
            Ok(clean)
        } else {
            Err(self.errors)
        }
    }

    fn refuse(&mut self, path: &str, key: &'static str) {
        self.errors.push(FieldError::new(path, key));
    }

    fn refuse_unknown<'f>(
        &mut self,
        given: &Answers,
        under: &str,
        fields: &(impl Iterator<Item = &'f Field> + Clone),
    ) {
        let unknown = given
            .keys()
            .filter(|name| !fields.clone().any(|field| field.name == **name));
        for name in unknown.take(MOST_UNKNOWN) {
            self.unknown(&join(under, name));
        }
    }

    fn unknown(&mut self, path: &str) {
        let shown: String = clean_line(&path.chars().take(80).collect::<String>());
        self.errors
            .push(FieldError::new(shown.clone(), "catalog-error-unknown").with("name", shown));
    }

    fn fields<'f>(
        &mut self,
        given: &Answers,
        under: &str,
        fields: impl Iterator<Item = &'f Field>,
    ) -> Answers {
        let mut clean = Answers::new();
        for field in fields {
            if !self.form.asks(field, self.answers, self.context.categories) {
                continue;
            }
            let path = join(under, &field.name);
            if let Some(value) = self.field(field, given.get(&field.name), &path) {
                clean.insert(field.name.clone(), value);
            }
        }
        clean
    }

    /// The clean value; none when there is no answer or it was refused.
    fn field(&mut self, field: &Field, given: Option<&Value>, path: &str) -> Option<Value> {
        if given == Some(&Value::Null) {
            self.refuse(path, "catalog-error-null");
            return None;
        }
        let needed;
        let field =
            if !field.required && self.form.needs(path, self.answers, self.context.categories) {
                needed = Field {
                    required: true,
                    ..field.clone()
                };
                &needed
            } else {
                field
            };
        match &field.kind {
            FieldKind::Group { fields } => self.group(field, fields, given, path),
            FieldKind::Place { address_max } => self.place(field, *address_max, given, path),
            FieldKind::People { most } => self.people(field, *most, given, path),
            FieldKind::Yes => match given {
                Some(Value::Bool(true)) => Some(Value::Bool(true)),
                None | Some(Value::Bool(false)) if field.required => {
                    self.refuse(path, "catalog-error-yes");
                    None
                }
                None | Some(Value::Bool(false)) => given.cloned(),
                Some(_) => {
                    self.refuse(path, "catalog-error-type-yes");
                    None
                }
            },
            FieldKind::Number { min, max } => match given {
                None => self.none(field, path),
                Some(value) => self.number(value, *min, *max, path),
            },
            _ => {
                let text = self.text(field, given, path)?;
                self.worded(field, text, path)
            }
        }
    }

    fn none(&mut self, field: &Field, path: &str) -> Option<Value> {
        if field.required {
            let key = match &field.kind {
                FieldKind::Choice { .. } | FieldKind::Official => "catalog-error-required-choice",
                FieldKind::Category => "catalog-error-required-category",
                _ if field.name == "territory" => "catalog-error-required-territory",
                _ if field.name == "postal_address" => "catalog-error-required-address",
                _ => "catalog-error-required",
            };
            self.refuse(path, key);
        }
        None
    }

    /// The clean text of a field whose answer is a text; none when there is none.
    fn text(&mut self, field: &Field, given: Option<&Value>, path: &str) -> Option<String> {
        let text = match given {
            None => {
                self.none(field, path);
                return None;
            }
            Some(Value::String(text)) => text,
            Some(Value::Array(_)) => {
                self.refuse(path, "catalog-error-type-list");
                return None;
            }
            Some(_) => {
                self.refuse(path, "catalog-error-type-text");
                return None;
            }
        };
        let (max, lines) = match field.kind {
            FieldKind::Text { max, lines, .. } => (max, lines),
            FieldKind::Email => (EMAIL_MAX, false),
            FieldKind::Phone => (PHONE_MAX, false),
            _ => (1_000, false),
        };
        // What is far beyond the limit is refused before any work is done on it.
        if text.len() / 4 > max as usize * 2 + 1_000 {
            self.too_long(path, max, length(text));
            return None;
        }
        let clean = if lines {
            clean_text(text)
        } else {
            clean_line(text)
        };
        if clean.is_empty() {
            self.none(field, path);
            return None;
        }
        Some(clean)
    }

    fn too_long(&mut self, path: &str, max: u32, now: usize) {
        self.errors.push(
            FieldError::new(path, "catalog-error-too-long")
                .with("max", max)
                .with("now", now),
        );
    }

    fn worded(&mut self, field: &Field, text: String, path: &str) -> Option<Value> {
        let now = length(&text);
        match &field.kind {
            FieldKind::Text { max, .. } if now > *max as usize => {
                self.too_long(path, *max, now);
                return None;
            }
            FieldKind::Text { min, .. } if now < *min as usize => {
                self.errors.push(
                    FieldError::new(path, "catalog-error-too-short")
                        .with("min", min)
                        .with("now", now),
                );
                return None;
            }
            FieldKind::Choice { options } if !options.iter().any(|option| option.value == text) => {
                self.refuse(path, "catalog-error-choice");
                return None;
            }
            FieldKind::Email if people::Email::parse(&text).is_none() => {
                self.refuse(path, "catalog-error-email");
                return None;
            }
            FieldKind::Phone => {
                let phone = clean_phone(&text).filter(|_| now <= PHONE_MAX as usize);
                if phone.is_none() {
                    self.refuse(path, "catalog-error-phone");
                }
                return phone.map(Value::String);
            }
            FieldKind::Date {
                past_only,
                future_only,
            } => {
                let key = match read_date(&text) {
                    None => "catalog-error-date-form",
                    Some(day) if day < EARLIEST => "catalog-error-date-past",
                    Some(day) if *past_only && day > self.context.today => {
                        "catalog-error-date-future"
                    }
                    Some(day) if *future_only && day < self.context.today => {
                        "catalog-error-date-gone"
                    }
                    Some(_) => return Some(Value::String(text)),
                };
                self.refuse(path, key);
                return None;
            }
            FieldKind::Category if !self.takes(field, &text) => {
                self.refuse(path, "catalog-error-category");
                return None;
            }
            FieldKind::Official if self.context.officials.open(&text).is_none() => {
                self.refuse(path, "catalog-error-official");
                return None;
            }
            FieldKind::Registered(register) => {
                // People write long numbers in groups.
                let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                let good = register.holds(&digits);
                if !good {
                    self.errors.push(
                        FieldError::new(path, "catalog-error-registered")
                            .with("digits", register.digits()),
                    );
                }
                return good.then_some(Value::String(digits));
            }
            FieldKind::CaseNumber => {
                let number = text.parse::<Number>();
                if number.is_err() {
                    self.refuse(path, "catalog-error-case-number");
                }
                return number.ok().map(|number| Value::String(number.to_string()));
            }
            _ => {}
        }
        Some(Value::String(text))
    }

    /// Whether the category `field` takes the subject of this code.
    fn takes(&self, field: &Field, code: &str) -> bool {
        let categories = self.context.categories;
        categories.open(code).is_some_and(|category| {
            self.form
                .offered(field, self.answers, categories)
                .is_none_or(|roots| {
                    roots
                        .iter()
                        .any(|root| categories.is_within(category.id, *root))
                })
        })
    }

    fn number(&mut self, value: &Value, min: i64, max: i64, path: &str) -> Option<Value> {
        let Value::Number(number) = value else {
            self.refuse(path, "catalog-error-type-number");
            return None;
        };
        // A whole number may be written `3.0`: JSON Schema calls it an integer too.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the range is checked before"
        )]
        let whole = number.as_i64().or_else(|| {
            number
                .as_f64()
                .filter(|float| float.fract() == 0.0 && float.abs() < 9e15)
                .map(|float| float as i64)
        });
        match whole {
            Some(whole) if (min..=max).contains(&whole) => Some(Value::from(whole)),
            None if number.is_f64()
                && number.as_f64().is_some_and(|float| float.fract() != 0.0) =>
            {
                self.refuse(path, "catalog-error-type-number");
                None
            }
            _ => {
                self.errors.push(
                    FieldError::new(path, "catalog-error-number")
                        .with("min", min)
                        .with("max", max),
                );
                None
            }
        }
    }

    /// The object under `path`; none when there is none or it is something else.
    fn object<'v>(
        &mut self,
        given: Option<&'v Value>,
        path: &str,
    ) -> Result<Option<&'v Answers>, ()> {
        match given {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object).filter(|object| !object.is_empty())),
            Some(_) => {
                self.refuse(path, "catalog-error-type-object");
                Err(())
            }
        }
    }

    fn group(
        &mut self,
        field: &Field,
        fields: &[Field],
        given: Option<&Value>,
        path: &str,
    ) -> Option<Value> {
        let empty = Answers::new();
        let object = match self.object(given, path).ok()? {
            Some(object) => object,
            None if field.required || self.needs_part(fields, path) => &empty,
            None => return None,
        };
        self.refuse_unknown(object, path, &fields.iter());
        let clean = self.fields(object, path, fields.iter());
        (!clean.is_empty()).then_some(Value::Object(clean))
    }

    /// Each has a name and can be reached.
    fn people(
        &mut self,
        field: &Field,
        most: u32,
        given: Option<&Value>,
        path: &str,
    ) -> Option<Value> {
        let list = match given {
            None => return self.none(field, path),
            Some(Value::Array(list)) if list.is_empty() => return self.none(field, path),
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.refuse(path, "catalog-error-people");
                return None;
            }
        };
        if list.len() > most as usize {
            self.errors
                .push(FieldError::new(path, "catalog-error-people-many").with("most", most));
            return None;
        }
        let parts = companions::parts();
        let mut clean = Vec::new();
        for (at, person) in list.iter().enumerate() {
            let path = join(path, &at.to_string());
            let Value::Object(person) = person else {
                self.refuse(&path, "catalog-error-type-object");
                continue;
            };
            let before = self.errors.len();
            self.refuse_unknown(person, &path, &parts.iter());
            let person = self.fields(person, &path, parts.iter());
            let reached = person.contains_key("email") || person.contains_key("address");
            if !reached && self.errors.len() == before {
                self.refuse(&join(&path, "email"), "catalog-error-people-contact");
            }
            clean.push(Value::Object(person));
        }
        Some(Value::Array(clean))
    }

    /// Whether a choice makes something inside the group at `path` necessary.
    fn needs_part(&self, fields: &[Field], path: &str) -> bool {
        fields.iter().any(|field| {
            let path = join(path, &field.name);
            self.form
                .needs(&path, self.answers, self.context.categories)
        })
    }

    fn place(
        &mut self,
        field: &Field,
        address_max: u32,
        given: Option<&Value>,
        path: &str,
    ) -> Option<Value> {
        let empty = Answers::new();
        let object = self.object(given, path).ok()?.unwrap_or(&empty);
        for name in object.keys().take(MOST_UNKNOWN) {
            if !["territory", "address", "point"].contains(&name.as_str()) {
                self.unknown(&join(path, name));
            }
        }
        let mut clean = Answers::new();
        for (name, required, max) in [
            ("territory", field.required, 1_000),
            ("address", false, address_max),
            ("point", false, POINT_MAX),
        ] {
            let part = Field {
                name: name.to_owned(),
                label: field.label.clone(),
                hint: None,
                required,
                kind: FieldKind::Text {
                    min: 0,
                    max,
                    lines: false,
                },
                when: None,
                within: None,
                autocomplete: None,
            };
            let path = join(path, name);
            let Some(value) = self.field(&part, object.get(name), &path) else {
                continue;
            };
            let text = value.as_str().unwrap_or_default();
            let wrong = match name {
                "territory" if self.context.units.territory_by_code(text).is_none() => {
                    Some("catalog-error-territory")
                }
                "point" if !is_point(text) => Some("catalog-error-point"),
                _ => None,
            };
            match wrong {
                Some(key) => self.refuse(&path, key),
                None => {
                    clean.insert(name.to_owned(), value);
                }
            }
        }
        (!clean.is_empty()).then_some(Value::Object(clean))
    }
}

fn join(under: &str, name: &str) -> String {
    if under.is_empty() {
        name.to_owned()
    } else {
        format!("{under}.{name}")
    }
}

/// A date written `2026-11-21` and nothing else.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shape { text.parse().ok() } else { None }
}

/// A telephone number of 5 to 15 digits (ITU-T E.164) without its decoration; eleven digits that
/// begin with 8 are a Russian number dialled inside the country.
fn clean_phone(text: &str) -> Option<String> {
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", text),
    };
    if !rest
        .chars()
        .all(|c| c.is_ascii_digit() || " ()-".contains(c))
    {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if !(5..=15).contains(&digits.len()) {
        return None;
    }
    Some(match digits.strip_prefix('8') {
        Some(inner) if plus.is_empty() && digits.len() == 11 => format!("+7{inner}"),
        _ => format!("{plus}{digits}"),
    })
}
