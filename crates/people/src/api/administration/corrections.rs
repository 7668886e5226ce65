//! People whose last role was taken, corrections of a colleague's name and e-mail, the end of
//! somebody's sessions.

use std::str::FromStr as _;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::id::PersonId;
use web::api::{Asking, IfMatch, OfBareDeed, OfChange, OfDeed, OfList, Refused, Sent};

use super::Api;
use super::common::{Administrator, Listing, PageOf};
use super::staff::{account_in, person};
use super::staff_bodies::{CorrectedBody, EmailWish, FormerBody, NameWish, StaffBody, WayCode};
use crate::model::PersonName;
use crate::staffing::WayIn;

/// List those who have no role any more
///
/// People whose last role was taken. For administrators of the whole installation. Accounts of applicants are
/// listed nowhere; `find_staff_member` finds one by a whole e-mail, and the reading is written down.
#[utoipa::path(
    get,
    path = "/api/v1/admin/former-staff",
    operation_id = "list_former_staff",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page, at most; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<FormerBody>), OfList)
)]
pub(super) async fn list_former(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> std::result::Result<axum::Json<PageOf<FormerBody>>, Refused> {
    let mut listing = Listing::of(asking, &[])?;
    let (limit, after) = listing.place(PersonId::from_str)?;
    let people = &api.people;
    let (former, next) = people.former_staff(&visitor.actor, after, limit).await?;
    Ok(axum::Json(PageOf {
        items: former.iter().map(FormerBody::of).collect(),
        next: next.map(|person| person.to_string()),
    }))
}

/// Correct a colleague's name
///
/// Sessions stay. 409 when they have no role, or when it is one's own account.
#[utoipa::path(
    put,
    path = "/api/v1/admin/staff/{account}/name",
    operation_id = "correct_name",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    request_body(content = NameWish, example = json!(super::example("correct_name"))),
    responses((status = 200, description = "The account as it is now", body = StaffBody), OfChange)
)]
pub(super) async fn correct_name(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
    held: IfMatch,
    Sent(body): Sent<NameWish>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(&account)?;
    held.check(&person(&api, &visitor.actor, account).await?)?;
    let name = PersonName {
        last: body.last_name,
        first: body.first_name,
        middle: body.middle_name,
    };
    api.people
        .correct_name(&visitor.actor, account, &name)
        .await?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}

/// Correct a colleague's e-mail
///
/// It changes when the owner of the new one has confirmed it by a link, and then every session of the account
/// ends; the old one is told. Of somebody who has never signed in it changes at once, and the link is a new
/// invitation. The password of whoever asks is asked for.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/{account}/email-corrections",
    operation_id = "correct_email",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    request_body(content = EmailWish, example = json!(super::example("correct_email"))),
    responses((status = 201, description = "Asked for", body = CorrectedBody), OfDeed)
)]
pub(super) async fn correct_email(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
    Sent(body): Sent<EmailWish>,
) -> std::result::Result<Response, Refused> {
    let account = account_in(&account)?;
    let client = visitor.request.client;
    let corrected =
        api.people
            .correct_email(&visitor.actor, account, &body.email, &body.current, client);
    let (way, link) = match corrected.await? {
        WayIn::Letter => (WayCode::Letter, None),
        WayIn::Link(link) => (WayCode::Link, Some(link)),
    };
    let corrected = CorrectedBody {
        way,
        link,
        person: person(&api, &visitor.actor, account).await?,
    };
    Ok((StatusCode::CREATED, axum::Json(corrected)).into_response())
}

/// End every session of an account
///
/// It goes on being used: its owner signs in anew. Personal tokens stay. 409 when it is one's own.
#[utoipa::path(
    delete,
    path = "/api/v1/admin/staff/{account}/sessions",
    operation_id = "end_staff_sessions",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    responses((status = 200, description = "The account", body = StaffBody), OfBareDeed)
)]
pub(super) async fn end_sessions(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(&account)?;
    api.people.end_sessions_of(&visitor.actor, account).await?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}
