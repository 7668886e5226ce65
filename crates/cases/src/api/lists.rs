//! The lists behind a filing: services with the schema of their bodies, subjects, units and
//! territories. Each is bounded and goes on by the code of its last row.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use base::{Error, FieldError};
use catalog::model::Access;
use catalog::{Categories, Category, Definition, territories};
use serde::Serialize;
use utoipa::ToSchema;
use web::Request;

use super::schema::{BodySchema, body_schema};
use super::{Api, examples};
use web::api::Asked;
use web::api::{OfEntry, OfList, Refused};

/// Rows of a page, at most and when the client does not say.
const ROWS: usize = 1_000;

type Asking = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// A service that can be asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceBody {
    /// Its code, as a filing names it.
    #[schema(example = "complaint")]
    code: String,
    /// The version of its form.
    version: u32,
    /// What kind of appeal it is.
    #[schema(schema_with = super::shapes::kinds)]
    kind: &'static str,
    name: String,
    summary: String,
    /// Whether one has to be signed in to file.
    needs_sign_in: bool,
}

impl ServiceBody {
    fn of(definition: &Definition, request: &Request) -> Self {
        Self {
            code: definition.code.clone(),
            version: definition.version,
            kind: definition.kind.code(),
            name: definition.name(request.language).to_owned(),
            summary: definition.summary.text(request.language).to_owned(),
            needs_sign_in: definition.access == Access::SignedIn,
        }
    }
}

/// The services that are offered.
#[derive(Serialize, ToSchema)]
pub(super) struct ServicesBody {
    items: Vec<ServiceBody>,
}

/// A service with the schema of its filings.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceWithSchema {
    #[serde(flatten)]
    service: ServiceBody,
    schema: BodySchema,
}

/// A row of a tree: a subject or a territory.
#[derive(Serialize, ToSchema)]
pub(super) struct NodeBody {
    #[schema(example = "roads.snow")]
    code: String,
    /// Code of the row above it; absent at the top.
    #[schema(example = "roads", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[schema(example = "Snow and ice")]
    name: String,
    /// Whether a new filing may name it.
    active: bool,
}

/// A page of a tree, each row after the one above it.
#[derive(Serialize, ToSchema)]
pub(super) struct NodesBody {
    items: Vec<NodeBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// List the services
#[utoipa::path(
    get,
    path = "/api/v1/services",
    operation_id = "list_services",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    responses(
        (status = 200, description = "The services that are offered", body = ServicesBody, example = json!(examples::services())),
        OfList,
    )
)]
pub(super) async fn list_services(
    request: Request,
    State(api): State<Api>,
) -> Result<Json<ServicesBody>, Refused> {
    let contents = api.cases.catalog().contents().await?;
    Ok(Json(ServicesBody {
        items: contents
            .services()
            .map(|service| ServiceBody::of(&service.definition, &request))
            .collect(),
    }))
}

/// Read a service
///
/// With the JSON Schema (2020-12) of the body that `POST /api/v1/cases` takes for it; titles are in the
/// language of the answer. A date that may not lie in the future carries `x-okno-not-after`.
#[utoipa::path(
    get,
    path = "/api/v1/services/{code}",
    operation_id = "read_service",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses(
        (status = 200, description = "The service", body = ServiceWithSchema, example = json!(examples::service())),
        OfEntry,
    )
)]
pub(super) async fn read_service(
    request: Request,
    State(api): State<Api>,
    Path(code): Path<String>,
) -> Result<Json<ServiceWithSchema>, Refused> {
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let definition = &contents.service(&code).ok_or(Error::NotFound)?.definition;
    let form = &definition.form;
    let schema = form.schema(
        request.language,
        contents.categories(),
        &units,
        contents.officials(),
    );
    Ok(Json(ServiceWithSchema {
        service: ServiceBody::of(definition, &request),
        schema: body_schema(&definition.code, form, schema),
    }))
}

/// List the subjects
///
/// Each after the one above it. Those that are not active stay for filters and old cases.
#[utoipa::path(
    get,
    path = "/api/v1/categories",
    operation_id = "list_categories",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 1000, description = "Rows of a page; 1000 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = NodesBody, example = json!(examples::categories())),
        OfList,
    )
)]
pub(super) async fn list_categories(
    request: Request,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<NodesBody>, Refused> {
    let categories = api.cases.catalog().categories().await?;
    let ordered = in_order(&categories);
    page(
        asking,
        &ordered,
        |category| category.code.as_str(),
        |category| NodeBody {
            code: category.code.clone(),
            parent: category
                .parent
                .and_then(|id| categories.by_id(id))
                .map(|above| above.code.clone()),
            name: category.name.text(request.language).to_owned(),
            active: category.active,
        },
    )
}

/// List the units
///
/// The authorities and their units, each after the one above it: what the register is filtered by.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    operation_id = "list_units",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 1000, description = "Rows of a page; 1000 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = NodesBody, example = json!(examples::units())),
        OfList,
    )
)]
pub(super) async fn list_units(
    request: Request,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<NodesBody>, Refused> {
    let units = api.cases.people().units().await?;
    page(
        asking,
        &units.all(),
        |unit| unit.code.as_str(),
        |unit| NodeBody {
            code: unit.code.clone(),
            parent: unit
                .parent
                .and_then(|id| units.unit(id))
                .map(|above| above.code.clone()),
            name: unit.name(request.language).to_owned(),
            active: unit.active,
        },
    )
}

/// List the territories
///
/// Each after the one around it: what the place of a filing names.
#[utoipa::path(
    get,
    path = "/api/v1/territories",
    operation_id = "list_territories",
    tag = "catalog",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 1000, description = "Rows of a page; 1000 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = NodesBody, example = json!(examples::territories())),
        OfList,
    )
)]
pub(super) async fn list_territories(
    request: Request,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<NodesBody>, Refused> {
    let units = api.cases.people().units().await?;
    let ordered = territories::in_order(&units);
    page(
        asking,
        &ordered,
        |(_, territory)| territory.code.as_str(),
        |(_, territory)| NodeBody {
            code: territory.code.clone(),
            parent: territory
                .parent
                .and_then(|id| units.territory(id))
                .map(|around| around.code.clone()),
            name: territory.name(request.language).to_owned(),
            active: true,
        },
    )
}

/// Every subject after the one above it.
fn in_order(categories: &Categories) -> Vec<&Category> {
    let mut waiting: Vec<&Category> = categories.roots().collect();
    waiting.reverse();
    let mut ordered = Vec::new();
    while let Some(category) = waiting.pop() {
        ordered.push(category);
        if ordered.len() == catalog::categories::MOST {
            break;
        }
        let at = waiting.len();
        waiting.extend(categories.children(category.id));
        waiting[at..].reverse();
    }
    ordered
}

/// The rows after the one that the client names.
fn page<T>(
    asking: Asking,
    rows: &[T],
    code: impl Fn(&T) -> &str,
    body: impl Fn(&T) -> NodeBody,
) -> Result<Json<NodesBody>, Refused> {
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, ROWS);
    asked.refuse()?;
    let start = match asked.get("after") {
        Some(after) => {
            let found = rows.iter().position(|row| code(row) == after);
            1 + found
                .ok_or_else(|| Error::Invalid(vec![FieldError::new("after", "api-error-after")]))?
        }
        None => 0,
    };
    let end = rows.len().min(start + limit);
    let shown = &rows[start..end];
    Ok(Json(NodesBody {
        items: shown.iter().map(body).collect(),
        next: shown
            .last()
            .filter(|_| end < rows.len())
            .map(|row| code(row).to_owned()),
    }))
}
