//! Subjects for programs: the tree, a new one, and one of them with how its cases are handled.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Result};
use people::Units;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, IfMatch, OfChange, OfEntry, OfList, OfMaking, Refused, Sent};

use crate::administration::{Administration, CategoryWish};
use crate::catalog::Contents;
use crate::categories::Category;
use crate::phrase::Phrase;
use crate::processing::Priority;

/// A subject, and what is said of the handling of its cases. What it does not say, the one above it says.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminCategory)]
pub(super) struct CategoryBody {
    #[schema(example = "roads.snow")]
    code: String,
    /// Code of the subject above it; absent at the top.
    #[schema(nullable = false, example = "roads")]
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    name_ru: String,
    name_en: String,
    /// Whether new cases may take it.
    open: bool,
    /// Code of the service that it belongs to.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    /// Code of the unit that takes what no rule covers.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// How urgent its cases are.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<Priority>,
    /// Terms of its own: the order by law and the term within it.
    terms: BTreeMap<String, String>,
}

impl CategoryBody {
    fn of(category: &Category, contents: &Contents, units: &Units) -> Self {
        let own = contents.handling().own(category.id);
        let own = own.cloned().unwrap_or_default();
        let above = category
            .parent
            .and_then(|id| contents.categories().by_id(id));
        let service = own.service.and_then(|id| contents.service_by_id(id));
        Self {
            code: category.code.clone(),
            parent: above.map(|above| above.code.clone()),
            name_ru: category.name.ru.clone(),
            name_en: category.name.en.clone(),
            open: category.active,
            service: service.map(|service| service.definition.code.clone()),
            unit: own
                .unit
                .and_then(|id| units.unit(id))
                .map(|unit| unit.code.clone()),
            priority: own.priority,
            terms: own.terms,
        }
    }
}

/// A subject with its place among its siblings.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminCategoryCard)]
pub(super) struct PlacedBody {
    #[serde(flatten)]
    category: CategoryBody,
    position: u32,
}

/// A subject to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCategory)]
pub(super) struct NewBody {
    /// Small Latin letters, digits, dots, dashes and underscores; it never changes.
    #[schema(
        min_length = 1,
        max_length = 64,
        pattern = "^[a-z0-9._-]+$",
        example = "roads.bridges"
    )]
    code: String,
    /// Code of the subject above it.
    #[schema(max_length = 64, example = "roads")]
    parent: Option<String>,
    /// Its place among its siblings, the smallest first.
    #[schema(maximum = 1_000_000, example = 10)]
    position: u32,
    #[schema(min_length = 1, max_length = 300)]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300, example = "Bridges")]
    name_en: String,
    /// Whether new cases may take it.
    #[serde(default = "yes")]
    #[schema(default = true)]
    open: bool,
    /// Code of the service that it belongs to.
    #[schema(max_length = 64, example = "complaint")]
    service: Option<String>,
    /// Code of the unit that takes what no rule covers.
    #[schema(max_length = 64)]
    unit: Option<String>,
    priority: Option<Priority>,
    /// Terms of its own: the order by law and the term within it.
    #[serde(default)]
    terms: BTreeMap<String, String>,
}

const fn yes() -> bool {
    true
}

/// A subject as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CategoryWish)]
pub(super) struct WishBody {
    /// Code of the subject above it.
    #[schema(max_length = 64, example = "roads")]
    parent: Option<String>,
    /// Its place among its siblings, the smallest first.
    #[schema(maximum = 1_000_000, example = 10)]
    position: u32,
    #[schema(min_length = 1, max_length = 300)]
    name_ru: String,
    #[schema(min_length = 1, max_length = 300, example = "Bridges")]
    name_en: String,
    /// Whether new cases may take it.
    open: bool,
    /// Code of the service that it belongs to.
    #[schema(max_length = 64, example = "complaint")]
    service: Option<String>,
    /// Code of the unit that takes what no rule covers.
    #[schema(max_length = 64)]
    unit: Option<String>,
    priority: Option<Priority>,
    /// Terms of its own: the order by law and the term within it.
    #[serde(default)]
    terms: BTreeMap<String, String>,
}

async fn card(admin: &Administration, actor: &Actor, code: &str) -> Result<PlacedBody> {
    let contents = admin.contents(actor).await?;
    let units = admin.units().await?;
    let category = contents.categories().by_code(code).ok_or(Error::NotFound)?;
    Ok(PlacedBody {
        position: admin.catalog().category_position(category.id).await?,
        category: CategoryBody::of(category, &contents, &units),
    })
}

/// List the subjects to manage
///
/// The whole tree, each subject after the one above it, closed ones too.
#[utoipa::path(
    get,
    path = "/api/v1/admin/categories",
    operation_id = "list_admin_categories",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<CategoryBody>), OfList)
)]
pub(super) async fn list_categories(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<CategoryBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let contents = admin.contents(&visitor.actor).await?;
    let units = admin.units().await?;
    let rows = contents.categories().in_order();
    Ok(Json(listing.page(
        &rows,
        |(_, category)| category.code.clone(),
        |(_, category)| CategoryBody::of(category, &contents, &units),
    )?))
}

/// Make a subject
#[utoipa::path(
    post,
    path = "/api/v1/admin/categories",
    operation_id = "add_category",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewBody, example = json!(super::example("add_category"))),
    responses(
        (status = 201, description = "The subject", body = PlacedBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_category(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<NewBody>,
) -> std::result::Result<Response, Refused> {
    let wish = CategoryWish {
        parent: body.parent,
        position: body.position,
        name: Phrase::new(body.name_ru, body.name_en),
        open: body.open,
        service: body.service,
        unit: body.unit,
        priority: body.priority,
        terms: body.terms,
    };
    admin.add_category(&visitor.actor, &body.code, wish).await?;
    let made = card(&admin, &visitor.actor, &body.code).await?;
    let place = [(LOCATION, format!("/api/v1/admin/categories/{}", body.code))];
    Ok((StatusCode::CREATED, place, Json(made)).into_response())
}

/// Read a subject
#[utoipa::path(
    get,
    path = "/api/v1/admin/categories/{code}",
    operation_id = "read_admin_category",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the subject", example = "roads.snow")),
    responses((status = 200, description = "The subject", body = PlacedBody), OfEntry)
)]
pub(super) async fn read_category(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<PlacedBody>, Refused> {
    Ok(Json(card(&admin, &visitor.actor, &code).await?))
}

/// Change a subject
///
/// Names, moves, opens and closes it, and says how its cases are handled. The body is the whole of it: what is
/// left out, the subject above says.
#[utoipa::path(
    put,
    path = "/api/v1/admin/categories/{code}",
    operation_id = "change_category",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the subject", example = "roads.snow")),
    request_body(content = WishBody, example = json!(super::example("change_category"))),
    responses((status = 200, description = "The subject as it is now", body = PlacedBody), OfChange)
)]
pub(super) async fn change_category(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<Json<PlacedBody>, Refused> {
    held.check(&card(&admin, &visitor.actor, &code).await?)?;
    let wish = CategoryWish {
        parent: body.parent,
        position: body.position,
        name: Phrase::new(body.name_ru, body.name_en),
        open: body.open,
        service: body.service,
        unit: body.unit,
        priority: body.priority,
        terms: body.terms,
    };
    admin.save_category(&visitor.actor, &code, wish).await?;
    Ok(Json(card(&admin, &visitor.actor, &code).await?))
}
