//! Units: the tree, a new one, and one of them with everything that can be changed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::id::{TerritoryId, UnitId};
use base::{Actor, Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, IfMatch, OfBareDeed, OfChange, OfEntry, OfList, OfMaking, Refused, Sent};

use super::Api;
use super::common::{Administrator, Listing, PageOf};
use crate::access::{Permission, Subject, allows};
use crate::trees::{Unit, UnitKind, Units};
use crate::unit_changes::{UnitDetails, UnitWish};
use crate::units::NewUnit;

/// Authority or part of one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UnitKind)]
enum KindCode {
    Agency,
    Unit,
}

impl KindCode {
    const fn of(kind: UnitKind) -> Self {
        match kind {
            UnitKind::Agency => Self::Agency,
            UnitKind::Unit => Self::Unit,
        }
    }

    const fn kind(self) -> UnitKind {
        match self {
            Self::Agency => UnitKind::Agency,
            Self::Unit => UnitKind::Unit,
        }
    }
}

/// Whether new cases come to it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UnitState)]
enum StateCode {
    Active,
    Closed,
}

/// A unit as a row of the tree.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminUnit)]
pub(super) struct UnitRow {
    #[schema(example = "roads")]
    code: String,
    /// Code of the unit above it; absent when it stands alone.
    #[schema(nullable = false, example = "ministry")]
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    kind: KindCode,
    name_ru: String,
    name_en: String,
    state: StateCode,
    /// Codes of the territories that it answers for.
    territories: Vec<String>,
    /// Whether whoever asks may change it.
    may_change: bool,
}

impl UnitRow {
    fn of(unit: &Unit, all: &Units, actor: &Actor) -> Self {
        let subject = Subject::in_unit(unit.id);
        Self {
            code: unit.code.clone(),
            parent: code_of(all, unit.parent),
            kind: KindCode::of(unit.kind),
            name_ru: unit.name_ru.clone(),
            name_en: unit.name_en.clone(),
            state: if unit.active {
                StateCode::Active
            } else {
                StateCode::Closed
            },
            territories: all
                .territories_of(unit.id)
                .iter()
                .filter_map(|id| all.territory(*id))
                .map(|place| place.code.clone())
                .collect(),
            may_change: allows(actor, Permission::ManageUnits, &subject),
        }
    }
}

/// A unit with the ways to reach it.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminUnitCard)]
pub(super) struct UnitBody {
    #[serde(flatten)]
    row: UnitRow,
    address: String,
    phone: String,
    email: String,
    site: String,
    hours: String,
}

impl UnitBody {
    fn new(row: UnitRow, details: UnitDetails) -> Self {
        Self {
            row,
            address: details.address,
            phone: details.phone,
            email: details.email,
            site: details.site,
            hours: details.hours,
        }
    }
}

/// A unit to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewUnit)]
pub(super) struct NewBody {
    /// Code of the unit above it; without one it stands alone.
    #[schema(max_length = 64, example = "ministry")]
    parent: Option<String>,
    kind: KindCode,
    /// Latin letters, digits, dots, dashes and underscores; it never changes.
    #[schema(
        min_length = 1,
        max_length = 64,
        pattern = "^[A-Za-z0-9._-]+$",
        example = "bridges"
    )]
    code: String,
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "\u{41e}\u{442}\u{434}\u{435}\u{43b} \u{43c}\u{43e}\u{441}\u{442}\u{43e}\u{432}"
    )]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300, example = "Bridges")]
    name_en: String,
}

/// A unit as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnitWish)]
pub(super) struct WishBody {
    /// Code of the unit above it; without one it stands alone.
    #[schema(max_length = 64, example = "ministry")]
    parent: Option<String>,
    #[schema(min_length = 1, max_length = 300)]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300)]
    name_en: String,
    /// Codes of the territories that it answers for.
    #[schema(max_items = 1000)]
    #[serde(default)]
    territories: Vec<String>,
    #[schema(max_length = 300)]
    #[serde(default)]
    address: String,
    #[schema(max_length = 300)]
    #[serde(default)]
    phone: String,
    #[schema(max_length = 254)]
    #[serde(default)]
    email: String,
    #[schema(max_length = 300)]
    #[serde(default)]
    site: String,
    #[schema(max_length = 300)]
    #[serde(default)]
    hours: String,
}

fn code_of(all: &Units, id: Option<UnitId>) -> Option<String> {
    id.and_then(|id| all.unit(id)).map(|unit| unit.code.clone())
}

/// The unit that a code of a body names.
pub(super) fn named(
    all: &Units,
    code: Option<&str>,
    field: &'static str,
) -> Result<Option<UnitId>> {
    let Some(code) = code else { return Ok(None) };
    match all.by_code(code) {
        Some(unit) => Ok(Some(unit.id)),
        None => Err(Error::field(field, "people-error-choice")),
    }
}

/// The unit that an address names.
fn at(all: &Units, code: &str) -> Result<UnitId> {
    all.by_code(code).map(|unit| unit.id).ok_or(Error::NotFound)
}

async fn card(api: &Api, actor: &Actor, code: &str) -> Result<UnitBody> {
    let all = api.people.units_to_manage(actor).await?;
    let id = at(&all, code)?;
    let (unit, details) = api.people.unit_to_manage(actor, id).await?;
    Ok(UnitBody::new(UnitRow::of(&unit, &all, actor), details))
}

/// List the units to manage
///
/// The whole tree, each unit after the one above it, closed ones too.
#[utoipa::path(
    get,
    path = "/api/v1/admin/units",
    operation_id = "list_admin_units",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<UnitRow>), OfList)
)]
pub(super) async fn list_units(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> std::result::Result<axum::Json<PageOf<UnitRow>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let rows = all.all();
    Ok(axum::Json(listing.page(
        &rows,
        |unit| unit.code.clone(),
        |unit| UnitRow::of(unit, &all, &visitor.actor),
    )?))
}

/// Make a unit
#[utoipa::path(
    post,
    path = "/api/v1/admin/units",
    operation_id = "add_unit",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewBody, example = json!(super::example("add_unit"))),
    responses(
        (status = 201, description = "The unit", body = UnitBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_unit(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Sent(body): Sent<NewBody>,
) -> std::result::Result<Response, Refused> {
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let new = NewUnit {
        parent: named(&all, body.parent.as_deref(), "parent")?,
        kind: body.kind.kind(),
        code: body.code,
        name_ru: body.name_ru,
        name_en: body.name_en,
        territories: Vec::new(),
    };
    let id = api.people.add_unit(&visitor.actor, new).await?;
    let all = api.people.units().await?;
    let unit = all.unit(id).ok_or(Error::NotFound)?;
    let mut row = UnitRow::of(unit, &all, &visitor.actor);
    // Whoever makes a unit is over it from their next request on.
    row.may_change = true;
    let place = [(LOCATION, format!("/api/v1/admin/units/{}", row.code))];
    let made = UnitBody::new(row, UnitDetails::default());
    Ok((StatusCode::CREATED, place, axum::Json(made)).into_response())
}

/// Read a unit
#[utoipa::path(
    get,
    path = "/api/v1/admin/units/{code}",
    operation_id = "read_admin_unit",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The unit", body = UnitBody), OfEntry)
)]
pub(super) async fn read_unit(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> std::result::Result<axum::Json<UnitBody>, Refused> {
    Ok(axum::Json(card(&api, &visitor.actor, &code).await?))
}

/// Change a unit
///
/// Renames and moves it, and says which territories it answers for and how it is reached. The body is the
/// whole of it: what is left out is emptied.
#[utoipa::path(
    put,
    path = "/api/v1/admin/units/{code}",
    operation_id = "change_unit",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    request_body(content = WishBody, example = json!(super::example("change_unit"))),
    responses((status = 200, description = "The unit as it is now", body = UnitBody), OfChange)
)]
pub(super) async fn change_unit(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<axum::Json<UnitBody>, Refused> {
    held.check(&card(&api, &visitor.actor, &code).await?)?;
    let all = api.people.units_to_manage(&visitor.actor).await?;
    let id = at(&all, &code)?;
    let mut territories: Vec<TerritoryId> = Vec::new();
    for code in &body.territories {
        let place = all.territory_by_code(code);
        let place = place.ok_or_else(|| Error::field("territories", "people-error-territory"))?;
        if !territories.contains(&place.id) {
            territories.push(place.id);
        }
    }
    let wish = UnitWish {
        parent: named(&all, body.parent.as_deref(), "parent")?,
        name_ru: body.name_ru,
        name_en: body.name_en,
        territories,
        details: UnitDetails {
            address: body.address,
            phone: body.phone,
            email: body.email,
            site: body.site,
            hours: body.hours,
        },
        seen: String::new(),
    };
    api.people.save_unit(&visitor.actor, id, wish).await?;
    Ok(axum::Json(card(&api, &visitor.actor, &code).await?))
}

async fn end(
    api: &Api,
    actor: &Actor,
    code: &str,
    active: bool,
) -> std::result::Result<axum::Json<UnitBody>, Refused> {
    let all = api.people.units_to_manage(actor).await?;
    api.people.end_unit(actor, at(&all, code)?, active).await?;
    Ok(axum::Json(card(api, actor, code).await?))
}

/// Close a unit
///
/// It takes no new cases. 409 while units below it are open, or when it is closed already.
#[utoipa::path(
    post,
    path = "/api/v1/admin/units/{code}/closure",
    operation_id = "close_unit",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The unit as it is now", body = UnitBody), OfBareDeed)
)]
pub(super) async fn close_unit(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> std::result::Result<axum::Json<UnitBody>, Refused> {
    end(&api, &visitor.actor, &code, false).await
}

/// Open a closed unit again
#[utoipa::path(
    delete,
    path = "/api/v1/admin/units/{code}/closure",
    operation_id = "reopen_unit",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The unit as it is now", body = UnitBody), OfBareDeed)
)]
pub(super) async fn reopen_unit(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> std::result::Result<axum::Json<UnitBody>, Refused> {
    end(&api, &visitor.actor, &code, true).await
}
