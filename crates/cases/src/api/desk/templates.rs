//! Templates of answers: those that a case may use with their words filled in for it, and the keeping of
//! them for heads and administrators.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::Error;
use people::{Units, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::Request;
use web::api::{
    Asked, Asking, IfMatch, MOST_ROWS, OfBareDeed, OfCase, OfChange, OfEntry, OfList, OfMaking,
    ROWS, Refused, Sent,
};

use super::answers::outcomes_of_answers;
use super::figures::unit_in;
use super::given;
use crate::api::deed::{Address, Deed, Desk};
use crate::api::shapes::Named;
use crate::api::{Api, examples};
use crate::model::Outcome;
use crate::pages::taking::filled_for;
use crate::templates::{AnswerTemplate, TemplateWish};

/// Ready words for answers of a unit.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct AnswerTemplateBody {
    #[schema(format = "uuid")]
    id: String,
    /// Whose people may use it; those of the units inside it, too.
    unit: Named,
    name: String,
    /// How answers by it decide; absent where that is left open.
    #[schema(schema_with = outcomes_of_answers)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// The words with their places in braces.
    text: String,
    /// Whether it was put aside: it is offered no more.
    aside: bool,
    #[schema(format = "date-time")]
    changed_at: String,
}

/// A page of templates, in the order in which they were made.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct AnswerTemplatesPage {
    #[schema(max_items = 100)]
    items: Vec<AnswerTemplateBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A template to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewAnswerTemplateBody {
    /// Code of the unit.
    #[schema(max_length = 64, example = "roads")]
    unit: String,
    /// No two of a unit are called alike.
    #[schema(min_length = 3, max_length = 100)]
    name: String,
    /// How answers by it decide.
    #[schema(schema_with = outcomes_of_answers)]
    #[serde(default, deserialize_with = "given")]
    outcome: Option<Outcome>,
    /// Places are `{greeting}`, `{applicant}`, `{number}`, `{filed_on}`, `{topic}`, `{address}` and `{unit}`.
    #[schema(min_length = 20, max_length = 8000)]
    text: String,
}

/// A template as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AnswerTemplateWishBody {
    /// No two of a unit are called alike.
    #[schema(min_length = 3, max_length = 100)]
    name: String,
    /// How answers by it decide.
    #[schema(schema_with = outcomes_of_answers)]
    #[serde(default, deserialize_with = "given")]
    outcome: Option<Outcome>,
    /// Places are `{greeting}`, `{applicant}`, `{number}`, `{filed_on}`, `{topic}`, `{address}` and `{unit}`.
    #[schema(min_length = 20, max_length = 8000)]
    text: String,
}

/// A template that a case may use.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CaseTemplateBody {
    #[schema(format = "uuid")]
    id: String,
    /// Whose it is: the unit of the case or one above it.
    unit: Named,
    name: String,
}

/// The templates that a case may use.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CaseTemplatesBody {
    #[schema(max_items = 1000)]
    items: Vec<CaseTemplateBody>,
}

/// A template filled in for a case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FilledTemplateBody {
    name: String,
    /// How answers by it decide; absent where that is left open.
    #[schema(schema_with = outcomes_of_answers)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// What the case lacks stands in square brackets; an answer is not sent while it does.
    text: String,
}

impl AnswerTemplateBody {
    fn of(template: AnswerTemplate, units: &Units, request: &Request) -> Self {
        Self {
            id: template.id.to_string(),
            unit: named(&template, units, request),
            name: template.name,
            outcome: template.outcome.map(Outcome::code),
            text: template.text,
            aside: template.archived_at.is_some(),
            changed_at: template.changed_at.rfc3339(),
        }
    }
}

fn named(template: &AnswerTemplate, units: &Units, request: &Request) -> Named {
    units
        .unit(template.unit)
        .map_or_else(Named::nameless, |unit| Named::unit(unit, request.language))
}

fn id_in(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn whole(
    api: &Api,
    visitor: &Visitor,
    id: Uuid,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    let found = api.cases.template(&visitor.actor, id).await?;
    let units = api.cases.people().units().await?;
    let body = AnswerTemplateBody::of(found, &units, &visitor.request);
    Ok(Json(body))
}

/// List the templates that a case may use
///
/// For those who write its answer: the templates of its unit, then those of the units above it.
#[utoipa::path(
    get,
    path = "/api/v1/desk/cases/{number}/templates",
    operation_id = "list_case_templates",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(Address<Desk>),
    responses(
        (status = 200, description = "The templates", body = CaseTemplatesBody, example = json!(examples::case_templates())),
        OfCase,
    )
)]
pub(in crate::api) async fn list_case_templates(
    deed: Deed<Desk>,
) -> Result<Json<CaseTemplatesBody>, Refused> {
    let unit = deed.card().await?.case.unit;
    let cases = &deed.api.cases;
    let found = cases.templates_for(deed.actor(), unit).await?;
    let units = cases.people().units().await?;
    let item = |one: AnswerTemplate| CaseTemplateBody {
        id: one.id.to_string(),
        unit: named(&one, &units, &deed.visitor.request),
        name: one.name,
    };
    Ok(Json(CaseTemplatesBody {
        items: found.into_iter().map(item).collect(),
    }))
}

/// Fill a template in for a case
///
/// Its words as they would be put into the answer. Nothing is saved by that.
#[utoipa::path(
    get,
    path = "/api/v1/desk/cases/{number}/templates/{template}",
    operation_id = "fill_answer_template",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(Address<Desk>, ("template" = String, Path, format = "uuid", description = "The template")),
    responses(
        (status = 200, description = "The words", body = FilledTemplateBody, example = json!(examples::filled_template())),
        OfCase,
    )
)]
pub(in crate::api) async fn fill_answer_template(
    deed: Deed<Desk>,
) -> Result<Json<FilledTemplateBody>, Refused> {
    let card = deed.card().await?;
    let id = deed.id("template")?;
    let (cases, request) = (&deed.api.cases, &deed.visitor.request);
    let template = cases.template_for(deed.actor(), card.case.unit, id).await?;
    let text = filled_for(cases, request, &card, &template.text).await?;
    Ok(Json(FilledTemplateBody {
        name: template.name,
        outcome: template.outcome.map(Outcome::code),
        text,
    }))
}

/// List templates of answers
///
/// For heads and administrators: those of the units whose templates they keep, those put aside too.
#[utoipa::path(
    get,
    path = "/api/v1/desk/answer-templates",
    operation_id = "list_answer_templates",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit, that one alone"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = AnswerTemplatesPage, example = json!(examples::answer_templates())),
        OfList,
    )
)]
pub(in crate::api) async fn list_answer_templates(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<AnswerTemplatesPage>, Refused> {
    visitor.require_sign_in()?;
    let units = api.cases.people().units().await?;
    let mut asked = Asked::of(asking, &["unit", "after", "limit"])?;
    let unit = unit_in(&mut asked, &units);
    let after: Option<Uuid> = asked.known("after", |text| text.parse().ok());
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let (found, next) = api
        .cases
        .templates(&visitor.actor, unit, after, limit)
        .await?;
    let item = |one| AnswerTemplateBody::of(one, &units, &visitor.request);
    Ok(Json(AnswerTemplatesPage {
        items: found.into_iter().map(item).collect(),
        next: next.map(|next| next.to_string()),
    }))
}

/// Make a template of answers
///
/// A place in its text that there is not is refused.
#[utoipa::path(
    post,
    path = "/api/v1/desk/answer-templates",
    operation_id = "add_answer_template",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = NewAnswerTemplateBody, example = json!(examples::new_answer_template())),
    responses(
        (status = 201, description = "The template", body = AnswerTemplateBody,
            headers(("Location" = String, description = "Its address")), example = json!(examples::answer_template())),
        OfMaking,
    )
)]
pub(in crate::api) async fn add_answer_template(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<NewAnswerTemplateBody>,
) -> Result<Response, Refused> {
    visitor.require_sign_in()?;
    let units = api.cases.people().units().await?;
    let unit = units.by_code(&body.unit).map(|unit| unit.id);
    let unit = unit.ok_or_else(|| Error::field("unit", "error-unknown-value"))?;
    let wish = TemplateWish {
        name: body.name,
        outcome: body.outcome,
        text: body.text,
    };
    let id = api.cases.add_template(&visitor.actor, unit, &wish).await?;
    let made = whole(&api, &visitor, id).await?;
    let place = [(LOCATION, format!("/api/v1/desk/answer-templates/{id}"))];
    Ok((StatusCode::CREATED, place, made).into_response())
}

/// Read a template of answers
#[utoipa::path(
    get,
    path = "/api/v1/desk/answer-templates/{template}",
    operation_id = "read_answer_template",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(("template" = String, Path, format = "uuid", description = "The template")),
    responses(
        (status = 200, description = "The template", body = AnswerTemplateBody, example = json!(examples::answer_template())),
        OfEntry,
    )
)]
pub(in crate::api) async fn read_answer_template(
    visitor: Visitor,
    State(api): State<Api>,
    Path(template): Path<String>,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    visitor.require_sign_in()?;
    whole(&api, &visitor, id_in(&template)?).await
}

/// Change a template of answers
///
/// The body is the whole of it: without an outcome it decides nothing. Answers that were begun with it
/// stay as they are.
#[utoipa::path(
    put,
    path = "/api/v1/desk/answer-templates/{template}",
    operation_id = "change_answer_template",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("template" = String, Path, format = "uuid", description = "The template")),
    request_body(content = AnswerTemplateWishBody, example = json!(examples::answer_template_wish())),
    responses(
        (status = 200, description = "The template as it is now", body = AnswerTemplateBody, example = json!(examples::answer_template())),
        OfChange,
    )
)]
pub(in crate::api) async fn change_answer_template(
    visitor: Visitor,
    State(api): State<Api>,
    Path(template): Path<String>,
    held: IfMatch,
    Sent(body): Sent<AnswerTemplateWishBody>,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    visitor.require_sign_in()?;
    let id = id_in(&template)?;
    let Json(present) = whole(&api, &visitor, id).await?;
    held.check(&present)?;
    let wish = TemplateWish {
        name: body.name,
        outcome: body.outcome,
        text: body.text,
    };
    let cases = &api.cases;
    cases
        .change_template(&visitor.actor, id, &wish, None)
        .await?;
    whole(&api, &visitor, id).await
}

async fn set_aside(
    api: &Api,
    visitor: &Visitor,
    template: &str,
    aside: bool,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    visitor.require_sign_in()?;
    let id = id_in(template)?;
    let cases = &api.cases;
    cases.put_template_aside(&visitor.actor, id, aside).await?;
    whole(api, visitor, id).await
}

/// Put a template of answers aside
///
/// It is offered no more; answers that were begun with it stay as they are.
#[utoipa::path(
    post,
    path = "/api/v1/desk/answer-templates/{template}/archive",
    operation_id = "put_answer_template_aside",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("template" = String, Path, format = "uuid", description = "The template")),
    responses(
        (status = 200, description = "The template as it is now", body = AnswerTemplateBody, example = json!(examples::answer_template())),
        OfBareDeed,
    )
)]
pub(in crate::api) async fn put_answer_template_aside(
    visitor: Visitor,
    State(api): State<Api>,
    Path(template): Path<String>,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    set_aside(&api, &visitor, &template, true).await
}

/// Take a template of answers back
///
/// It is offered again.
#[utoipa::path(
    delete,
    path = "/api/v1/desk/answer-templates/{template}/archive",
    operation_id = "take_answer_template_back",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("template" = String, Path, format = "uuid", description = "The template")),
    responses(
        (status = 200, description = "The template as it is now", body = AnswerTemplateBody, example = json!(examples::answer_template())),
        OfBareDeed,
    )
)]
pub(in crate::api) async fn take_answer_template_back(
    visitor: Visitor,
    State(api): State<Api>,
    Path(template): Path<String>,
) -> Result<Json<AnswerTemplateBody>, Refused> {
    set_aside(&api, &visitor, &template, false).await
}
