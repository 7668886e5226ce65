//! Filing a case from outside. The names of the interface (`category`, `place`, `applicant`, and
//! the service's own questions under `fields`) are put onto the form of the service, and what the
//! form has against them comes back under the same names.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use base::{Actor, Error, FieldError, Who};
use catalog::form::{Answers, FieldKind, Form};
use people::Visitor;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::deed::Done;
use super::shapes::{FiledBody, FilingBody, Links};
use super::{Api, examples};
use crate::model::{Filed, Filing, Idempotency, Source};
use web::api::OfMaking;
use web::api::body::{self, inside, shown};

/// The most unknown names that are told one by one.
const MOST_UNKNOWN: usize = 20;
/// The group of the form that holds the applicant.
pub(super) const APPLICANT: &str = "applicant";

/// File a case
///
/// Gives the case a number, a responsible unit and a due date at once. What the service asks stands at
/// `GET /api/v1/services/{code}`. Somebody who is not signed in is given `return_code`, the only way back
/// to the case. With an `Idempotency-Key` the same request may be sent again: it files once, and every
/// repeat is answered with the same bytes.
#[utoipa::path(
    post,
    path = "/api/v1/cases",
    operation_id = "file_case",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    extensions(("x-okno-own-keys" = json!("kept for good"))),
    params(
        ("Idempotency-Key" = inline(Option<String>), Header, nullable = false, min_length = 1, max_length = 255,
            pattern = "^[!-~]+$",
            description = "Chosen by the client for one filing, for example a UUID. Kept for good, for each account, and for all \
                           guests together; the same key with another body is refused.",
            example = "5f0e2a0c-8a53-4a5f-9f39-4b1b1f1d6a11")
    ),
    request_body(content = FilingBody, description = "At most 256 KiB of JSON in UTF-8; no name may stand twice",
        example = json!(examples::filing())),
    responses(
        (status = 201, description = "Filed", body = FiledBody,
            headers(("Location" = String, description = "Where the case can be read")),
            example = json!(examples::filed())),
        OfMaking,
    )
)]
pub(super) async fn file_case(
    visitor: Visitor,
    State(api): State<Api>,
    headers: HeaderMap,
    body: Body,
) -> Done {
    let bytes = body::take(body).await?;
    if visitor.actor.who == Who::Guest {
        api.guests
            .check(&format!("address:{}", visitor.request.client))?;
    }
    let key = people::repeats::key_in(&headers)?;
    let sent = body::read(&headers, &bytes)?;
    let idempotency = key.map(|key| Idempotency {
        key: key_of(&visitor.actor, key),
        body: body::digest(&sent),
    });
    let Value::Object(sent) = sent else {
        return Err(Error::field("", "api-error-object").into());
    };
    let parts = Parts::of(sent)?;
    let contents = api.cases.catalog().contents().await?;
    let service = contents
        .service(&parts.service)
        .ok_or_else(|| Error::field("service", "case-error-no-service"))?;
    let names = Names::of(&service.definition.form);
    let answers = names.answers(parts.asked)?;
    let filing = Filing {
        service: parts.service,
        answers,
        consent: parts.consent,
        source: Source::Api,
        draft: None,
        idempotency,
    };
    let filed = api
        .cases
        .file(&visitor.actor, filing)
        .await
        .map_err(|error| names.said_back(error))?;
    filed_as(filed)
}

/// What the sender of a filing is told.
pub(super) fn filed_as(filed: Filed) -> Done {
    let location = Links::of(filed.number).this;
    filed_at(&location, filed)
}

/// The same for somebody who reads the case at another address.
pub(super) fn filed_at(location: &str, filed: Filed) -> Done {
    let body = FiledBody {
        number: filed.number.to_string(),
        state: filed.state.code(),
        due_on: filed.due_on.map(|date| date.to_string()),
        receipt: filed.receipt,
        return_code: filed.return_code,
        links: Links::of(filed.number),
    };
    made_at(location, &body)
}

/// The answer that something was made: where it can be read, and what it is.
pub(super) fn made_at(location: &str, body: &impl Serialize) -> Done {
    let location = HeaderValue::from_str(location).map_err(Error::internal)?;
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}

/// The key as it is kept: bound to the account, so that one account never meets another's.
fn key_of(actor: &Actor, key: &str) -> [u8; 32] {
    let caller = actor
        .account()
        .map_or_else(|| "guest".to_owned(), |account| account.to_string());
    let mut hasher = Sha256::new();
    hasher.update(b"okno/idempotency\0");
    hasher.update(caller);
    hasher.update([0]);
    hasher.update(key);
    hasher.finalize().into()
}

/// The parts of a body that has the right shape.
struct Parts {
    service: String,
    consent: bool,
    asked: Asked,
}

/// What answers the form.
pub(super) struct Asked {
    pub(super) category: Option<Value>,
    pub(super) place: Option<Value>,
    pub(super) applicant: Option<Value>,
    pub(super) fields: Map<String, Value>,
}

impl Parts {
    fn of(mut sent: Map<String, Value>) -> Result<Self, Error> {
        let mut errors = Vec::new();
        let mut wrong = |name: &str, key| errors.push(FieldError::new(name, key));
        let service = match sent.remove("service") {
            Some(Value::String(service)) => service,
            Some(_) => {
                wrong("service", "api-error-text");
                String::new()
            }
            None => {
                wrong("service", "error-required");
                String::new()
            }
        };
        let consent = match sent.remove("consent") {
            Some(Value::Bool(consent)) => consent,
            Some(_) => {
                wrong("consent", "api-error-yes");
                false
            }
            None => true,
        };
        let fields = match sent.remove("fields") {
            Some(Value::Object(fields)) => fields,
            None => Map::new(),
            Some(_) => {
                wrong("fields", "api-error-object");
                Map::new()
            }
        };
        let asked = Asked {
            category: sent.remove("category"),
            place: sent.remove("place"),
            applicant: sent.remove("applicant"),
            fields,
        };
        for name in sent.keys().take(MOST_UNKNOWN) {
            let name = shown(name);
            errors.push(FieldError::new(name.clone(), "api-error-unknown").with("name", name));
        }
        if errors.is_empty() {
            Ok(Self {
                service,
                consent,
                asked,
            })
        } else {
            Err(Error::Invalid(errors))
        }
    }
}

/// What the form of a service calls the parts that have a name of their own here.
pub(super) struct Names<'a> {
    form: &'a Form,
    category: Option<&'a str>,
    place: Option<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(form: &'a Form) -> Self {
        let named = |wanted: fn(&FieldKind) -> bool| {
            form.fields()
                .find(|field| wanted(&field.kind))
                .map(|field| field.name.as_str())
        };
        Self {
            form,
            category: named(|kind| matches!(kind, FieldKind::Category)),
            place: named(|kind| matches!(kind, FieldKind::Place { .. })),
        }
    }

    /// The name here of a field of the form that does not stand under `fields`.
    pub(super) fn outside(&self, field: &str) -> Option<&'static str> {
        if Some(field) == self.category {
            Some("category")
        } else if Some(field) == self.place {
            Some("place")
        } else {
            (field == APPLICANT).then_some(APPLICANT)
        }
    }

    /// The answers of the form.
    pub(super) fn answers(&self, asked: Asked) -> Result<Answers, Error> {
        let mut answers = asked.fields;
        let mut errors = Vec::new();
        for name in answers.keys() {
            if let Some(outside) = self.outside(name) {
                errors.push(
                    FieldError::new(inside("fields", name), "api-error-beside")
                        .with("name", outside),
                );
            }
        }
        let known = self.form.field(APPLICANT).map(|field| field.name.as_str());
        for (name, field, value) in [
            ("category", self.category, asked.category),
            ("place", self.place, asked.place),
            (APPLICANT, known, asked.applicant),
        ] {
            match (field, value) {
                (_, None) => {}
                (Some(field), Some(value)) => {
                    answers.insert(field.to_owned(), value);
                }
                (None, Some(_)) => {
                    errors.push(FieldError::new(name, "api-error-unknown").with("name", name));
                }
            }
        }
        if errors.is_empty() {
            Ok(answers)
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// What the form says, under the names that the sender used.
    pub(super) fn said_back(&self, error: Error) -> Error {
        let Error::Invalid(errors) = error else {
            return error;
        };
        Error::Invalid(
            errors
                .into_iter()
                .map(|error| self.renamed(error))
                .collect(),
        )
    }

    fn renamed(&self, mut error: FieldError) -> FieldError {
        let (first, rest) = match error.field.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (&*error.field, None),
        };
        let asked = self.form.field(first).is_some() || error.key == "catalog-error-unknown";
        error.field = match (self.outside(first), rest) {
            (Some(outside), Some(rest)) => inside(outside, rest),
            (Some(outside), None) => outside.to_owned(),
            (None, _) if asked => inside("fields", &error.field),
            (None, _) => error.field,
        };
        error
    }
}

#[cfg(test)]
mod tests {
    use base::Language;

    use super::*;

    #[test]
    fn a_key_of_one_caller_is_not_that_of_another() {
        let guest = Actor::guest(Language::Ru);
        assert_eq!(
            key_of(&guest, "a"),
            key_of(&Actor::guest(Language::En), "a")
        );
        assert_ne!(key_of(&guest, "a"), key_of(&guest, "b"));
    }

    #[test]
    fn errors_come_back_under_the_names_that_were_sent() {
        let definition = catalog::Definition::from_toml(catalog::BUILT_IN[0]).unwrap();
        let names = Names::of(&definition.form);
        for (said, key, expected) in [
            (
                "description",
                "catalog-error-required",
                "fields.description",
            ),
            ("category", "catalog-error-category", "category"),
            (
                "place.territory",
                "catalog-error-required",
                "place.territory",
            ),
            ("applicant.email", "catalog-error-email", "applicant.email"),
            (
                "applicant.nickname",
                "catalog-error-unknown",
                "applicant.nickname",
            ),
            ("consent", "case-error-consent", "consent"),
            ("consent", "catalog-error-unknown", "fields.consent"),
            ("colour", "catalog-error-unknown", "fields.colour"),
            (
                "Idempotency-Key",
                "case-error-key-reused",
                "Idempotency-Key",
            ),
        ] {
            assert_eq!(names.renamed(FieldError::new(said, key)).field, expected);
        }
    }
}
