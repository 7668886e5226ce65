//! Territories: the tree, a new one, and one of them to rename or move.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::id::TerritoryId;
use base::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, IfMatch, OfChange, OfEntry, OfList, OfMaking, Refused, Sent};

use super::Api;
use super::common::{Administrator, Listing, PageOf};
use crate::trees::{Territory, Units};
use crate::units::NewTerritory;

/// A territory.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminTerritory)]
pub(super) struct TerritoryBody {
    #[schema(example = "ozernoye")]
    code: String,
    /// Code of the territory around it; absent at the top.
    #[schema(nullable = false, example = "region")]
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    name_ru: String,
    name_en: String,
}

impl TerritoryBody {
    fn of(place: &Territory, all: &Units) -> Self {
        let around = place.parent.and_then(|id| all.territory(id));
        Self {
            code: place.code.clone(),
            parent: around.map(|around| around.code.clone()),
            name_ru: place.name_ru.clone(),
            name_en: place.name_en.clone(),
        }
    }
}

/// A territory to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTerritory)]
pub(super) struct NewBody {
    /// Code of the territory around it.
    #[schema(max_length = 64, example = "region")]
    parent: Option<String>,
    /// Latin letters, digits, dots, dashes and underscores; it never changes.
    #[schema(
        min_length = 1,
        max_length = 64,
        pattern = "^[A-Za-z0-9._-]+$",
        example = "lakes"
    )]
    code: String,
    #[schema(min_length = 1, max_length = 300)]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300)]
    name_en: String,
}

/// A territory as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TerritoryWish)]
pub(super) struct WishBody {
    /// Code of the territory around it.
    #[schema(max_length = 64, example = "region")]
    parent: Option<String>,
    #[schema(min_length = 1, max_length = 300)]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300)]
    name_en: String,
}

fn around(all: &Units, code: Option<&str>) -> Result<Option<TerritoryId>> {
    let Some(code) = code else { return Ok(None) };
    match all.territory_by_code(code) {
        Some(place) => Ok(Some(place.id)),
        None => Err(Error::field("parent", "people-error-choice")),
    }
}

/// List the territories to manage
///
/// The whole tree, each territory after the one around it.
#[utoipa::path(
    get,
    path = "/api/v1/admin/territories",
    operation_id = "list_admin_territories",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<TerritoryBody>), OfList)
)]
pub(super) async fn list_territories(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> std::result::Result<axum::Json<PageOf<TerritoryBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let rows = all.territories_in_order();
    Ok(axum::Json(listing.page(
        &rows,
        |(_, place)| place.code.clone(),
        |(_, place)| TerritoryBody::of(place, &all),
    )?))
}

/// Make a territory
#[utoipa::path(
    post,
    path = "/api/v1/admin/territories",
    operation_id = "add_territory",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewBody, example = json!(super::example("add_territory"))),
    responses(
        (status = 201, description = "The territory", body = TerritoryBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_territory(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Sent(body): Sent<NewBody>,
) -> std::result::Result<Response, Refused> {
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let new = NewTerritory {
        parent: around(&all, body.parent.as_deref())?,
        code: body.code,
        name_ru: body.name_ru,
        name_en: body.name_en,
    };
    let id = api.people.add_territory(&visitor.actor, new).await?;
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let made = all.territory(id).ok_or(Error::NotFound)?;
    let place = [(LOCATION, format!("/api/v1/admin/territories/{}", made.code))];
    let made = TerritoryBody::of(made, &all);
    Ok((StatusCode::CREATED, place, axum::Json(made)).into_response())
}

/// Read a territory
#[utoipa::path(
    get,
    path = "/api/v1/admin/territories/{code}",
    operation_id = "read_admin_territory",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the territory", example = "ozernoye")),
    responses((status = 200, description = "The territory", body = TerritoryBody), OfEntry)
)]
pub(super) async fn read_territory(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> std::result::Result<axum::Json<TerritoryBody>, Refused> {
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let place = all.territory_by_code(&code).ok_or(Error::NotFound)?;
    Ok(axum::Json(TerritoryBody::of(place, &all)))
}

/// Change a territory
///
/// Renames it, or moves it into another.
#[utoipa::path(
    put,
    path = "/api/v1/admin/territories/{code}",
    operation_id = "change_territory",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the territory", example = "ozernoye")),
    request_body(content = WishBody, example = json!(super::example("change_territory"))),
    responses((status = 200, description = "The territory as it is now", body = TerritoryBody), OfChange)
)]
pub(super) async fn change_territory(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<axum::Json<TerritoryBody>, Refused> {
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let place = all.territory_by_code(&code).ok_or(Error::NotFound)?;
    held.check(&TerritoryBody::of(place, &all))?;
    let id = place.id;
    let wish = NewTerritory {
        parent: around(&all, body.parent.as_deref())?,
        code,
        name_ru: body.name_ru,
        name_en: body.name_en,
    };
    api.people.save_territory(&visitor.actor, id, &wish).await?;
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let place = all.territory(id).ok_or(Error::NotFound)?;
    Ok(axum::Json(TerritoryBody::of(place, &all)))
}
