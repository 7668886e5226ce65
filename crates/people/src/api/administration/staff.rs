//! Staff: the list, an invitation, and one account with its roles and ways in.

use std::str::FromStr as _;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::id::AccountId;
use base::{Actor, Error, Result};
use uuid::Uuid;
use web::api::{
    Asking, IfMatch, OfBareDeed, OfChange, OfDeed, OfEntry, OfList, OfMaking, OfRemoval, Refused,
    Sent,
};

use super::Api;
use super::common::{Administrator, Listing, PageOf};
use super::staff_bodies::{
    CurrentBody, InvitationBody, InvitedBody, LinkBody, PostBody, RoleBody, SearchBody, StaffBody,
    WayCode,
};
use super::units::named;
use crate::model::PersonName;
use crate::staffing::{Invitation, WayIn};

pub(super) fn account_in(text: &str) -> Result<AccountId> {
    AccountId::from_str(text).map_err(|_| Error::NotFound)
}

pub(super) async fn person(api: &Api, actor: &Actor, account: AccountId) -> Result<StaffBody> {
    let card = api.people.card(actor, account).await?;
    let all = api.people.units().await?;
    Ok(StaffBody::of(card, &all))
}

/// List the staff
///
/// Those whom the administrator manages. Their posts are told by `read_staff_member`.
#[utoipa::path(
    get,
    path = "/api/v1/admin/staff",
    operation_id = "list_staff",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page, at most; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<StaffBody>), OfList)
)]
pub(super) async fn list_staff(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> std::result::Result<axum::Json<PageOf<StaffBody>>, Refused> {
    let mut listing = Listing::of(asking, &[])?;
    let (limit, after) = listing.place(AccountId::from_str)?;
    let people = &api.people;
    let (cards, next) = people.staff_cards(&visitor.actor, "", after, limit).await?;
    let all = people.units().await?;
    let items = cards.into_iter();
    Ok(axum::Json(PageOf {
        items: items.map(|card| StaffBody::of(card, &all)).collect(),
        next: next.map(|account| account.to_string()),
    }))
}

/// Find somebody by e-mail
///
/// By POST, so that no e-mail stands in an address. 422 on `email` when the administrator manages nobody of it.
/// Reading somebody who has no role is written down, as it is by `read_staff_member`.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/searches",
    operation_id = "find_staff_member",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    request_body(content = SearchBody, example = json!(super::example("find_person"))),
    responses((status = 200, description = "The account", body = StaffBody), OfMaking)
)]
pub(super) async fn find_person(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Sent(body): Sent<SearchBody>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let people = &api.people;
    let account = people.account_of_email(&visitor.actor, &body.email).await?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}

/// Invite somebody
///
/// Makes an account with a role and without a password. A letter goes out where letters are sent; else the
/// answer holds a link to hand over.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff",
    operation_id = "invite_staff_member",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = InvitationBody, example = json!(super::example("invite_person"))),
    responses(
        (status = 201, description = "Invited", body = InvitedBody, headers(("Location" = String, description = "The address of the account"))),
        OfMaking,
    )
)]
pub(super) async fn invite_person(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Sent(body): Sent<InvitationBody>,
) -> std::result::Result<Response, Refused> {
    let all = api.people.units().await?;
    let invitation = Invitation {
        name: PersonName {
            last: body.last_name,
            first: body.first_name,
            middle: body.middle_name,
        },
        email: body.email,
        role: body.role.role(),
        unit: named(&all, body.unit.as_deref(), "unit")?,
        post: body.post,
    };
    let (account, way) = api.people.invite(&visitor.actor, invitation).await?;
    let (way, link) = match way {
        WayIn::Letter => (WayCode::Letter, None),
        WayIn::Link(link) => (WayCode::Link, Some(link)),
    };
    let invited = InvitedBody {
        way,
        link,
        person: person(&api, &visitor.actor, account).await?,
    };
    let place = [(LOCATION, format!("/api/v1/admin/staff/{account}"))];
    Ok((StatusCode::CREATED, place, axum::Json(invited)).into_response())
}

/// Read an account
#[utoipa::path(
    get,
    path = "/api/v1/admin/staff/{account}",
    operation_id = "read_staff_member",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    responses((status = 200, description = "The account", body = StaffBody), OfEntry)
)]
pub(super) async fn read_person(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(&account)?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}

/// Give a role
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/{account}/roles",
    operation_id = "give_role",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    request_body(content = RoleBody, example = json!(super::example("give_role"))),
    responses((status = 201, description = "The account as it is now", body = StaffBody), OfDeed)
)]
pub(super) async fn give_role(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
    Sent(body): Sent<RoleBody>,
) -> std::result::Result<Response, Refused> {
    let account = account_in(&account)?;
    let all = api.people.units().await?;
    let unit = named(&all, body.unit.as_deref(), "unit")?;
    api.people
        .give_role(&visitor.actor, account, body.role.role(), unit, &body.post)
        .await?;
    let now = person(&api, &visitor.actor, account).await?;
    Ok((StatusCode::CREATED, axum::Json(now)).into_response())
}

/// Say what somebody is in a role
#[utoipa::path(
    put,
    path = "/api/v1/admin/staff/{account}/roles/{role}",
    operation_id = "change_post",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(
        ("account" = Uuid, Path, description = "The account"),
        ("role" = Uuid, Path, description = "`id` of the role"),
    ),
    request_body(content = PostBody, example = json!(super::example("change_post"))),
    responses((status = 200, description = "The account as it is now", body = StaffBody), OfChange)
)]
pub(super) async fn change_post(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path((account, role)): Path<(String, String)>,
    held: IfMatch,
    Sent(body): Sent<PostBody>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(&account)?;
    held.check(&person(&api, &visitor.actor, account).await?)?;
    let role = Uuid::parse_str(&role).map_err(|_| Error::NotFound)?;
    api.people
        .change_post(&visitor.actor, account, role, &body.post)
        .await?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}

/// Take a role away
///
/// Whoever has no role left manages nothing and sees no case but their own.
#[utoipa::path(
    delete,
    path = "/api/v1/admin/staff/{account}/roles/{role}",
    operation_id = "take_role",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(
        ("account" = Uuid, Path, description = "The account"),
        ("role" = Uuid, Path, description = "`id` of the role"),
    ),
    responses((status = 204, description = "Taken"), OfRemoval)
)]
pub(super) async fn take_role(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path((account, role)): Path<(String, String)>,
    held: IfMatch,
) -> std::result::Result<StatusCode, Refused> {
    let account = account_in(&account)?;
    held.check(&person(&api, &visitor.actor, account).await?)?;
    let role = Uuid::parse_str(&role).map_err(|_| Error::NotFound)?;
    api.people.take_role(&visitor.actor, account, role).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn switch(
    api: &Api,
    actor: &Actor,
    account: &str,
    active: bool,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(account)?;
    api.people.switch_account(actor, account, active).await?;
    Ok(axum::Json(person(api, actor, account).await?))
}

/// Block an account
///
/// Its sessions end at once. 409 when it is blocked already or is one's own.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/{account}/block",
    operation_id = "block_staff_member",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    responses((status = 200, description = "The account as it is now", body = StaffBody), OfBareDeed)
)]
pub(super) async fn block_person(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    switch(&api, &visitor.actor, &account, false).await
}

/// Let a blocked account in again
#[utoipa::path(
    delete,
    path = "/api/v1/admin/staff/{account}/block",
    operation_id = "unblock_staff_member",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    responses((status = 200, description = "The account as it is now", body = StaffBody), OfBareDeed)
)]
pub(super) async fn unblock_person(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    switch(&api, &visitor.actor, &account, true).await
}

/// Make a link for a new password
///
/// For somebody whom letters do not reach. The password of whoever asks is asked for.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/{account}/links",
    operation_id = "make_sign_in_link",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    request_body(content = CurrentBody, example = json!(super::example("make_link"))),
    responses((status = 201, description = "The link", body = LinkBody), OfDeed)
)]
pub(super) async fn make_link(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
    Sent(body): Sent<CurrentBody>,
) -> std::result::Result<Response, Refused> {
    let account = account_in(&account)?;
    let client = visitor.request.client;
    let made = api
        .people
        .one_time_link(&visitor.actor, account, &body.current, client);
    let link = made.await?;
    Ok((StatusCode::CREATED, axum::Json(LinkBody { link })).into_response())
}

/// Take a second factor away
///
/// For somebody who has lost the phone and the codes. Their sessions end, and they are told. The password of
/// whoever asks is asked for. 409 when they have none.
#[utoipa::path(
    post,
    path = "/api/v1/admin/staff/{account}/second-factor-reset",
    operation_id = "reset_second_factor",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("account" = Uuid, Path, description = "The account")),
    request_body(content = CurrentBody, example = json!(super::example("drop_second_factor"))),
    responses((status = 200, description = "The account as it is now", body = StaffBody), OfDeed)
)]
pub(super) async fn drop_second_factor(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(account): Path<String>,
    Sent(body): Sent<CurrentBody>,
) -> std::result::Result<axum::Json<StaffBody>, Refused> {
    let account = account_in(&account)?;
    let client = visitor.request.client;
    api.people
        .drop_second_factor(&visitor.actor, account, &body.current, client)
        .await?;
    Ok(axum::Json(person(&api, &visitor.actor, account).await?))
}
