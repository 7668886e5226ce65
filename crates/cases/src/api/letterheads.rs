//! Letterheads for programs: which unit writes on which, one of them with its words, its mark, and
//! a sample letter.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::id::UnitId;
use base::{Actor, Error, Result};
use people::api::administration::{Administrator, Listing, PageOf};
use people::{Letterhead, Permission, Subject, Unit, Units, allows};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{Asking, IfMatch, OfChange, OfEntry, OfList, OfRemoval, Refused, Sent};

use crate::Cases;
use crate::pages::letterheads::{drawn, picture, sample_letter};

/// The most bytes of a mark as it is sent; it is drawn anew and kept small.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The operations with their descriptions. They go inside `people::visitor::layer` and
/// `web::layers`.
pub fn letterheads(cases: Cases) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_letterheads))
        .routes(routes!(
            read_letterhead,
            change_letterhead,
            remove_letterhead
        ))
        .routes(routes!(read_mark, change_mark, remove_mark))
        .routes(routes!(read_sample))
        .with_state(cases)
}

/// A unit and the letterhead that it writes on.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterheadUse)]
struct UseBody {
    /// Code of the unit.
    unit: String,
    /// Code of the unit whose letterhead it is; absent when there is none anywhere above.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    uses: Option<String>,
}

/// The letterhead of a unit.
#[derive(Serialize, ToSchema)]
#[schema(as = Letterhead)]
struct LetterheadBody {
    unit: String,
    /// The full name of the authority, a line each; empty when the unit has no letterhead of its own.
    head_ru: String,
    head_en: String,
    foot_ru: String,
    foot_en: String,
    /// Whether there is a mark.
    mark: bool,
    /// Code of the unit whose letterhead is in use.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    uses: Option<String>,
}

/// The words of a letterhead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LetterheadWords)]
struct WordsBody {
    /// The full name of the authority, six lines at the most. Empty with no mark: the unit uses the one above.
    #[schema(max_length = 600)]
    head_ru: String,
    /// The same in English; the Russian one stands when it is empty.
    #[schema(max_length = 600)]
    #[serde(default)]
    head_en: String,
    #[schema(max_length = 600)]
    #[serde(default)]
    foot_ru: String,
    #[schema(max_length = 600)]
    #[serde(default)]
    foot_en: String,
}

/// The unit that an address names.
async fn unit_at(cases: &Cases, actor: &Actor, code: &str) -> Result<(Arc<Units>, UnitId)> {
    let units = cases.people().units_to_manage(actor).await?;
    let unit = units.by_code(code).ok_or(Error::NotFound)?.id;
    Ok((units, unit))
}

async fn card(cases: &Cases, actor: &Actor, code: &str) -> Result<(LetterheadBody, Letterhead)> {
    let people = cases.people();
    let (units, unit) = unit_at(cases, actor, code).await?;
    let own = people.own_letterhead(actor, unit).await?;
    let in_use = people.letterhead_in_use(unit).await?;
    let uses = in_use.and_then(|of| units.unit(of.unit).map(|unit| unit.code.clone()));
    let body = LetterheadBody {
        unit: code.to_owned(),
        head_ru: own.head_ru.clone(),
        head_en: own.head_en.clone(),
        foot_ru: own.foot_ru.clone(),
        foot_en: own.foot_en.clone(),
        mark: own.mark.is_some(),
        uses,
    };
    Ok((body, own))
}

/// List the letterheads
///
/// Every open unit that the administrator manages, with whose letterhead it writes on.
#[utoipa::path(
    get,
    path = "/api/v1/admin/letterheads",
    operation_id = "list_letterheads",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<UseBody>), OfList)
)]
async fn list_letterheads(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<UseBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let people = cases.people();
    let units = people.units_to_manage(&visitor.actor).await?;
    let own = people.with_letterhead().await?;
    let managed = |unit: &&Unit| {
        let subject = Subject::in_unit(unit.id);
        unit.active && allows(&visitor.actor, Permission::ManageUnits, &subject)
    };
    let rows: Vec<&Unit> = units.all().into_iter().filter(managed).collect();
    Ok(Json(listing.page(
        &rows,
        |unit| unit.code.clone(),
        |unit| {
            let path = units.path(unit.id);
            let of = path.iter().rev().find(|above| own.contains(&above.id));
            UseBody {
                unit: unit.code.clone(),
                uses: of.map(|of| of.code.clone()),
            }
        },
    )?))
}

/// Read a letterhead
#[utoipa::path(
    get,
    path = "/api/v1/admin/letterheads/{unit}",
    operation_id = "read_letterhead",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The letterhead", body = LetterheadBody), OfEntry)
)]
async fn read_letterhead(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    Ok(Json(card(&cases, &visitor.actor, &unit).await?.0))
}

async fn save(
    cases: &Cases,
    actor: &Actor,
    code: &str,
    wish: &Letterhead,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    let (_, unit) = unit_at(cases, actor, code).await?;
    cases.people().save_letterhead(actor, unit, wish).await?;
    Ok(Json(card(cases, actor, code).await?.0))
}

/// Change the words of a letterhead
///
/// Its mark stays.
#[utoipa::path(
    put,
    path = "/api/v1/admin/letterheads/{unit}",
    operation_id = "change_letterhead",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    request_body(content = WordsBody, example = json!(super::examples::letterhead_words())),
    responses((status = 200, description = "The letterhead as it is now", body = LetterheadBody), OfChange)
)]
async fn change_letterhead(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WordsBody>,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    let (present, own) = card(&cases, &visitor.actor, &unit).await?;
    held.check(&present)?;
    let wish = Letterhead {
        head_ru: body.head_ru,
        head_en: body.head_en,
        foot_ru: body.foot_ru,
        foot_en: body.foot_en,
        mark: own.mark,
    };
    save(&cases, &visitor.actor, &unit, &wish).await
}

/// Take a letterhead away
///
/// The unit uses that of the nearest unit above it from then on.
#[utoipa::path(
    delete,
    path = "/api/v1/admin/letterheads/{unit}",
    operation_id = "remove_letterhead",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "What is in use now", body = LetterheadBody), OfRemoval)
)]
async fn remove_letterhead(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
    held: IfMatch,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    held.check(&card(&cases, &visitor.actor, &unit).await?.0)?;
    save(&cases, &visitor.actor, &unit, &Letterhead::default()).await
}

/// Read the mark of a letterhead
///
/// The coat of arms or logo as it is kept: PNG or JPEG.
#[utoipa::path(
    get,
    path = "/api/v1/admin/letterheads/{unit}/mark",
    operation_id = "read_letterhead_mark",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses(
        (status = 200, description = "The picture", content(([u8] = "image/png"), ([u8] = "image/jpeg"))),
        OfEntry,
    )
)]
async fn read_mark(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> std::result::Result<Response, Refused> {
    let (_, own) = card(&cases, &visitor.actor, &unit).await?;
    Ok(picture(own.mark.ok_or(Error::NotFound)?))
}

/// Change the mark of a letterhead
///
/// The body is the picture itself, PNG or JPEG, 2 MiB at the most. It is looked at and drawn anew.
#[utoipa::path(
    put,
    path = "/api/v1/admin/letterheads/{unit}/mark",
    operation_id = "change_letterhead_mark",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    request_body(content = [u8], content_type = "application/octet-stream", description = "The picture"),
    responses((status = 200, description = "The letterhead as it is now", body = LetterheadBody), OfChange)
)]
async fn change_mark(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
    held: IfMatch,
    body: Body,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    // Nothing is received from whoever may not change it.
    let (present, own) = card(&cases, &visitor.actor, &unit).await?;
    held.check(&present)?;
    cases.slow_down_uploads(&visitor.request)?;
    let bytes = to_bytes(body, MOST_BYTES)
        .await
        .map_err(|_| Refused::Status(StatusCode::PAYLOAD_TOO_LARGE))?;
    let mark = drawn(&cases, "mark", "mark", Arc::from(bytes.as_ref())).await?;
    let wish = Letterhead {
        mark: Some(mark.map_err(|error| Error::Invalid(vec![error]))?),
        ..own
    };
    save(&cases, &visitor.actor, &unit, &wish).await
}

/// Take the mark of a letterhead away
#[utoipa::path(
    delete,
    path = "/api/v1/admin/letterheads/{unit}/mark",
    operation_id = "remove_letterhead_mark",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The letterhead as it is now", body = LetterheadBody), OfRemoval)
)]
async fn remove_mark(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
    held: IfMatch,
) -> std::result::Result<Json<LetterheadBody>, Refused> {
    let (present, own) = card(&cases, &visitor.actor, &unit).await?;
    held.check(&present)?;
    let wish = Letterhead { mark: None, ..own };
    save(&cases, &visitor.actor, &unit, &wish).await
}

/// Print a sample letter
///
/// On the letterhead that the unit uses.
#[utoipa::path(
    get,
    path = "/api/v1/admin/letterheads/{unit}/sample.pdf",
    operation_id = "read_letterhead_sample",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("unit" = String, Path, max_length = 64, description = "Code of the unit", example = "roads")),
    responses((status = 200, description = "The letter", content_type = "application/pdf", body = [u8]), OfEntry)
)]
async fn read_sample(
    Administrator(visitor): Administrator,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> std::result::Result<Response, Refused> {
    let (_, unit) = unit_at(&cases, &visitor.actor, &unit).await?;
    Ok(sample_letter(&cases, &visitor, unit).await?)
}
