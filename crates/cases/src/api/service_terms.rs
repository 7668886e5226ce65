//! The terms of a service: what is promised within how many days and by which article, as the page
//! of the regulation tells it.

use axum::Json;
use axum::extract::{Path, State};
use base::Error;
use catalog::regulation::{ServiceTerm, TermKind, guest_terms_of, terms_of};
use law::{Unit, Words};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::Request;
use web::api::{OfEntry, Refused};

use super::shapes::one_of;
use super::{Api, examples};

/// A term of a service.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceTermBody {
    /// The rule that sets it, as the explanations of terms name it.
    #[schema(example = "fz59.answer")]
    rule: String,
    /// `limit`: something is done within it; `extension` and `pause`: by how much the answer may come
    /// later.
    #[schema(schema_with = kinds)]
    kind: &'static str,
    /// What it is, in words.
    title: String,
    /// How many days at the most; 0 is at once.
    days: u32,
    #[schema(schema_with = units)]
    unit: &'static str,
    /// The article that sets or allows it.
    article: String,
    /// Whether the installation set it, not a law.
    own: bool,
}

/// The terms of a service, in the order in which they run.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceTerms {
    terms: Vec<ServiceTermBody>,
    /// Those of the plain message that it is for a guest; empty where nobody files it as one.
    guest_terms: Vec<ServiceTermBody>,
}

fn kinds() -> Object {
    one_of(TermKind::ALL.map(TermKind::code))
}

fn units() -> Object {
    one_of([Unit::CalendarDays, Unit::WorkingDays].map(unit))
}

const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::CalendarDays => "calendar_days",
        Unit::WorkingDays => "working_days",
    }
}

/// Read the terms of a service
///
/// As the rules of today set them; a case keeps those of the day on which it was filed.
#[utoipa::path(
    get,
    path = "/api/v1/services/{code}/terms",
    operation_id = "read_service_terms",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses(
        (status = 200, description = "The terms", body = ServiceTerms, example = json!(examples::service_terms())),
        OfEntry,
    )
)]
pub(super) async fn read_service_terms(
    request: Request,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> Result<Json<ServiceTerms>, Refused> {
    let contents = api.cases.catalog().contents().await?;
    let definition = &contents.service(&code).ok_or(Error::NotFound)?.definition;
    let today = api.cases.today();
    let told = |terms: Vec<ServiceTerm>| terms.iter().map(|one| body(&request, one)).collect();
    Ok(Json(ServiceTerms {
        terms: told(terms_of(definition, today)),
        guest_terms: told(guest_terms_of(definition, today)),
    }))
}

fn body(request: &Request, term: &ServiceTerm) -> ServiceTermBody {
    let words = |words: &Words| words.in_language(request.language.tag()).to_owned();
    ServiceTermBody {
        rule: format!("{}.{}", term.rule.regime, term.rule.term),
        kind: term.kind.code(),
        title: words(&term.rule.title),
        days: term.days,
        unit: unit(term.unit),
        article: words(term.article),
        own: term.is_own(),
    }
}
