//! The catalogue for programs: what can be filed, with which schema, under which categories.

use axum::Json;
use axum::extract::{Path, State};
use base::{Error, Language};
use people::People;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiError, Problem, Request};

use crate::catalog::Catalog;
use crate::model::Definition;
use crate::phrase::Phrase;

/// What the endpoints need.
#[derive(Clone)]
struct Shelves {
    catalog: Catalog,
    people: People,
}

/// The endpoints of this slice with their descriptions.
pub fn router(catalog: Catalog, people: People) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(services))
        .routes(routes!(schema))
        .routes(routes!(categories))
        .with_state(Shelves { catalog, people })
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
struct TextBody {
    ru: String,
    en: String,
}

impl From<&Phrase> for TextBody {
    fn from(phrase: &Phrase) -> Self {
        Self {
            ru: phrase.ru.clone(),
            en: phrase.en.clone(),
        }
    }
}

/// A service that can be asked for.
#[derive(Debug, Serialize, ToSchema)]
struct ServiceBody {
    /// Its code, as `POST /api/v1/cases` takes it.
    #[schema(example = "complaint")]
    code: String,
    /// The version of its definition.
    version: u32,
    name: TextBody,
    summary: TextBody,
    /// Address of the JSON Schema of its answers.
    #[schema(example = "/api/v1/services/complaint/schema")]
    schema: String,
}

impl From<&Definition> for ServiceBody {
    fn from(definition: &Definition) -> Self {
        Self {
            code: definition.code.clone(),
            version: definition.version,
            name: (&definition.name).into(),
            summary: (&definition.summary).into(),
            schema: format!("/api/v1/services/{}/schema", definition.code),
        }
    }
}

/// A subject of cases.
#[derive(Debug, Serialize, ToSchema)]
struct CategoryBody {
    /// Its code, as answers name it.
    #[schema(example = "roads.snow")]
    code: String,
    /// Code of the category above it.
    #[schema(example = "roads")]
    parent: Option<String>,
    name: TextBody,
}

/// The services that can be asked for.
#[utoipa::path(get, path = "/api/v1/services", tag = "catalog",
    responses((status = 200, body = Vec<ServiceBody>), (status = 503, body = Problem)))]
async fn services(State(shelves): State<Shelves>) -> Result<Json<Vec<ServiceBody>>, ApiError> {
    let contents = shelves.catalog.contents().await?;
    Ok(Json(
        contents
            .services()
            .map(|service| (&service.definition).into())
            .collect(),
    ))
}

/// The JSON Schema (2020-12) of the answers to a service's form.
#[utoipa::path(get, path = "/api/v1/services/{code}/schema", tag = "catalog",
    params(("code" = String, Path, description = "Code of the service")),
    responses(
        (status = 200, body = Object, content_type = "application/json"),
        (status = 404, body = Problem)))]
async fn schema(
    request: Request,
    State(shelves): State<Shelves>,
    Path(code): Path<String>,
) -> Result<Json<serde_json::Value>, ApiError> {
    let contents = shelves.catalog.contents().await?;
    let service = contents.service(&code).ok_or(Error::NotFound)?;
    let units = shelves.people.units().await?;
    let language: Language = request.language;
    Ok(Json(service.definition.form.schema(
        language,
        contents.categories(),
        &units,
    )))
}

/// The categories that new cases may take, those above before those below.
#[utoipa::path(get, path = "/api/v1/categories", tag = "catalog",
    responses((status = 200, body = Vec<CategoryBody>), (status = 503, body = Problem)))]
async fn categories(State(shelves): State<Shelves>) -> Result<Json<Vec<CategoryBody>>, ApiError> {
    let categories = shelves.catalog.categories().await?;
    let mut waiting: Vec<_> = categories.roots().collect();
    waiting.reverse();
    let mut bodies = Vec::new();
    while let Some(category) = waiting
        .pop()
        .filter(|_| bodies.len() < crate::categories::MOST)
    {
        if !category.active {
            continue;
        }
        bodies.push(CategoryBody {
            code: category.code.clone(),
            parent: category
                .parent
                .and_then(|id| categories.by_id(id))
                .map(|above| above.code.clone()),
            name: (&category.name).into(),
        });
        let at = waiting.len();
        waiting.extend(categories.children(category.id));
        waiting[at..].reverse();
    }
    Ok(Json(bodies))
}
