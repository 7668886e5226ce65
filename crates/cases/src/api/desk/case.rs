//! One case for those who work on it.

use axum::Json;
use web::api::{OfCase, Refused};

use super::inside::desk_case;
use super::shapes::DeskCase;
use crate::api::deed::{Address, Deed, Desk};
use crate::api::examples;

/// Read a case at the desk
///
/// Everything that staff see, and in `inside.allowed` what the reader may do now. The reading is written
/// down. The tag of the answer can be given back in `If-Match` with a deed, which is then done only if
/// nobody has changed the case meanwhile.
#[utoipa::path(
    get,
    path = "/api/v1/desk/cases/{number}",
    operation_id = "read_desk_case",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(Address<Desk>),
    responses(
        (status = 200, description = "The case", body = DeskCase, example = json!(examples::desk_case())),
        OfCase,
    )
)]
pub(in crate::api) async fn read_desk_case(deed: Deed<Desk>) -> Result<Json<DeskCase>, Refused> {
    let card = deed.card().await?;
    let (cases, request) = (&deed.api.cases, &deed.visitor.request);
    Ok(Json(desk_case(cases, request, &card).await?))
}
