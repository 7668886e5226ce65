//! How a deed is refused that the state of the case does not allow: with that state, and with what
//! can be done instead.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use utoipa::openapi::{self, ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};
use web::api::OfChange;
use web::{Problem, Request};

use super::desk::codes::{actions, codes};
use super::shapes::states;
use crate::model::Card;

/// A conflict with the state of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct StateConflict {
    #[serde(flatten)]
    problem: Problem,
    /// The state that the case is in; absent when the conflict is not with the case.
    #[schema(schema_with = states)]
    state: Option<&'static str>,
    /// What its reader may do with it now.
    #[schema(schema_with = actions)]
    allowed: Option<Vec<&'static str>>,
}

/// The answer to a deed that does not go with the case as it stands.
pub(super) fn conflict(request: &Request, key: &'static str, card: &Card) -> Response {
    let body = StateConflict {
        problem: Problem {
            kind: "/problems/conflict".to_owned(),
            title: request.t("error-conflict").into_owned(),
            status: StatusCode::CONFLICT.as_u16(),
            detail: request.t(key).into_owned(),
            instance: request.id.clone(),
            errors: Vec::new(),
        },
        state: Some(card.case.state.code()),
        allowed: Some(codes(&card.deeds())),
    };
    let body = serde_json::to_vec(&body).unwrap_or_default();
    let kind = [(CONTENT_TYPE, "application/problem+json")];
    (StatusCode::CONFLICT, kind, body).into_response()
}

fn conflicts() -> (String, RefOr<openapi::Response>) {
    let example = json!({
        "type": "/problems/conflict",
        "title": "In a few words what is wrong",
        "status": 409,
        "detail": "What to do",
        "instance": "0193a1f4-7c1e-7b5a-9d39-2f6c1a0e4b77",
        "state": "in_agreement",
        "allowed": ["write", "report_part", "note"],
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("StateConflict")))
        .example(Some(example))
        .build();
    let response = ResponseBuilder::new()
        .description("The case as it stands does not allow it: `state` says how it stands, `allowed` what can be done.")
        .content("application/problem+json", content)
        .build();
    ("409".to_owned(), response.into())
}

/// The refusals of a deed in a case.
pub(super) struct OfDeedInCase;

impl IntoResponses for OfDeedInCase {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let mut all = OfChange::responses();
        all.extend([conflicts()]);
        all
    }
}
