//! Many cases in one step, and the way back while nobody has gone on with them.

use axum::Json;
use axum::extract::State;
use base::id::AccountId;
use base::{Error, FieldError, Number};
use people::Visitor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::Request;
use web::api::{OfMaking, Refused, Sent};

use super::given;
use crate::api::shapes::one_of;
use crate::api::{Api, examples};
use crate::workplace::{Came, SEVERAL, Step, WayBack};

/// One step with several cases.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct BatchBody {
    /// What is done with each.
    #[schema(schema_with = steps)]
    deed: String,
    /// The specialist who is given them, with `assign`.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    account: Option<AccountId>,
    /// Their numbers.
    #[schema(min_items = 1, max_items = 50, max_length = 64)]
    cases: Vec<String>,
}

/// Steps that are taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct UndoBody {
    /// What a batch has answered as `undo`, or a part of it.
    #[schema(min_items = 1, max_items = 50)]
    undo: Vec<WayBackBody>,
}

/// What takes a step back.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct WayBackBody {
    #[schema(max_length = 64)]
    number: String,
    /// Account of whoever had the case before; absent when nobody had.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    had: Option<AccountId>,
    /// Account of whoever has it since; absent when nobody has.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    has: Option<AccountId>,
}

/// What came of each case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct BatchResult {
    items: Vec<CameBody>,
    /// What `POST /api/v1/desk/batches/undo` takes to give them all back.
    undo: Vec<WayBackBody>,
}

/// What came of one case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CameBody {
    number: String,
    done: bool,
    /// Why it was not done, in words.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn steps() -> Object {
    one_of(["take", "assign", "release", "close"])
}

/// Do one step with several cases
///
/// `take`, `assign`, `release` or, after the answer, `close`, which nothing takes back. Each case is a change of its own: one that was refused holds up no
/// other, and `items` says which and why.
#[utoipa::path(
    post,
    path = "/api/v1/desk/batches",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = BatchBody, example = json!(examples::batch())),
    responses(
        (status = 200, description = "What came of each", body = BatchResult, example = json!(examples::batch_result())),
        OfMaking,
    )
)]
pub(in crate::api) async fn make_batch(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<BatchBody>,
) -> Result<Json<BatchResult>, Refused> {
    visitor.require_sign_in()?;
    let step = match (&*body.deed, body.account) {
        ("take", _) => Step::Take,
        ("release", _) => Step::Release,
        ("close", _) => Step::Close,
        ("assign", Some(account)) => Step::Assign(account),
        ("assign", None) => return Err(Error::field("account", "error-required").into()),
        _ => return Err(Error::field("deed", "error-choose-one").into()),
    };
    let numbers = numbers("cases", body.cases.iter())?;
    let came = api.cases.several(&visitor.actor, step, &numbers).await;
    Ok(Json(told(&visitor.request, came.map_err(at_cases)?)))
}

/// Take steps back
///
/// Gives every case back to the one who had it, unless it has another holder by now.
#[utoipa::path(
    post,
    path = "/api/v1/desk/batches/undo",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = UndoBody, example = json!(examples::undo())),
    responses(
        (status = 200, description = "What came of each", body = BatchResult, example = json!(examples::batch_result())),
        OfMaking,
    )
)]
pub(in crate::api) async fn undo_batch(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<UndoBody>,
) -> Result<Json<BatchResult>, Refused> {
    visitor.require_sign_in()?;
    let numbers = numbers("undo", body.undo.iter().map(|way| &way.number))?;
    let ways: Vec<WayBack> = numbers
        .into_iter()
        .zip(&body.undo)
        .map(|(number, way)| WayBack {
            number,
            had: way.had,
            has: way.has,
        })
        .collect();
    let came = api.cases.undo_several(&visitor.actor, &ways).await;
    Ok(Json(told(&visitor.request, came.map_err(at_cases)?)))
}

/// Numbers as people type them; each that is none is named by its place.
fn numbers<'a>(field: &str, texts: impl Iterator<Item = &'a String>) -> Result<Vec<Number>, Error> {
    let (mut numbers, mut errors) = (Vec::new(), Vec::new());
    for (place, text) in texts.enumerate().take(SEVERAL + 1) {
        match text.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => errors.push(FieldError::new(format!("{field}.{place}"), "error-number")),
        }
    }
    if errors.is_empty() && numbers.is_empty() {
        errors.push(FieldError::new(field, "desk-several-none"));
    }
    if numbers.len() > SEVERAL {
        errors.push(FieldError::new(field, "desk-several-too-many"));
    }
    if errors.is_empty() {
        Ok(numbers)
    } else {
        Err(Error::Invalid(errors))
    }
}

/// The list of cases is called otherwise on the page.
fn at_cases(error: Error) -> Error {
    match error {
        Error::Invalid(mut errors) => {
            for error in errors.iter_mut().filter(|error| error.field == "case") {
                "cases".clone_into(&mut error.field);
            }
            Error::Invalid(errors)
        }
        other => other,
    }
}

fn told(request: &Request, came: Vec<Came>) -> BatchResult {
    let undo = came
        .iter()
        .filter_map(|one| one.back)
        .map(|way| WayBackBody {
            number: way.number.to_string(),
            had: way.had,
            has: way.has,
        });
    BatchResult {
        undo: undo.collect(),
        items: came.into_iter().map(|one| came_of(request, &one)).collect(),
    }
}

fn came_of(request: &Request, came: &Came) -> CameBody {
    let key = match &came.done {
        Ok(()) => None,
        Err(Error::Conflict(key)) => Some(*key),
        Err(Error::Invalid(errors)) => {
            Some(errors.first().map_or("error-something", |error| error.key))
        }
        Err(Error::Forbidden | Error::NotFound) => Some("desk-several-not-yours"),
        Err(_) => Some("desk-several-failed"),
    };
    CameBody {
        number: came.number.to_string(),
        done: key.is_none(),
        reason: key.map(|key| request.t(key).into_owned()),
    }
}
