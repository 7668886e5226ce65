//! Terms for programs: every rule of the law with its length and article, who uses it, and a new
//! version of a rule that the law leaves to the installation.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Result};
use jiff::civil::Date;
use law::{Count, Rule, Source, Unit};
use people::Visitor;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, OfDeed, OfEntry, OfList, Refused, Sent};

use crate::administration::{Administration, TermWish, users};
use crate::catalog::Contents;

/// Which days are counted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TermDays)]
enum DaysCode {
    CalendarDays,
    WorkingDays,
}

impl DaysCode {
    const fn of(unit: Unit) -> Self {
        match unit {
            Unit::CalendarDays => Self::CalendarDays,
            Unit::WorkingDays => Self::WorkingDays,
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::CalendarDays => Unit::CalendarDays,
            Self::WorkingDays => Unit::WorkingDays,
        }
    }
}

/// A number of days.
#[derive(Serialize, ToSchema)]
#[schema(as = TermLength)]
struct LengthBody {
    length: u32,
    unit: DaysCode,
}

impl LengthBody {
    const fn of(count: &Count) -> Self {
        Self {
            length: count.length,
            unit: DaysCode::of(count.unit),
        }
    }
}

/// Whether the text of the law has been seen, or the numbers are a setting of this installation.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TermSource)]
enum SourceCode {
    Confirmed,
    Setting,
}

/// A term, as it holds today.
#[derive(Serialize, ToSchema)]
#[schema(as = Term)]
pub(super) struct TermRow {
    #[schema(example = "fz59.answer")]
    code: String,
    #[schema(example = "fz59")]
    regime: String,
    #[schema(example = "answer")]
    term: String,
    version: u32,
    title_ru: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    title_en: Option<String>,
    article_ru: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    article_en: Option<String>,
    source: SourceCode,
    limit: LengthBody,
    /// The agency's own aim within it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<LengthBody>,
    /// Names of the services and subjects that use it.
    used_by: Vec<String>,
}

impl TermRow {
    fn of(rule: &Rule, contents: &Contents, visitor: &Visitor) -> Self {
        Self {
            code: rule.id(),
            regime: rule.regime.clone(),
            term: rule.term.clone(),
            version: rule.version,
            title_ru: rule.title.ru.clone(),
            title_en: rule.title.en.clone(),
            article_ru: rule.article.ru.clone(),
            article_en: rule.article.en.clone(),
            source: match rule.source {
                Source::Confirmed => SourceCode::Confirmed,
                Source::Setting => SourceCode::Setting,
            },
            limit: LengthBody::of(&rule.limit),
            target: rule.target.as_ref().map(LengthBody::of),
            used_by: users(contents, rule, visitor.request.language),
        }
    }
}

/// A version of a term.
#[derive(Serialize, ToSchema)]
#[schema(as = TermVersion)]
struct VersionBody {
    version: u32,
    #[schema(format = "date")]
    valid_from: String,
    limit: LengthBody,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<LengthBody>,
    /// Why it was set here; absent for what came with the product.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A term in its newest version, with all of them.
#[derive(Serialize, ToSchema)]
#[schema(as = TermCard)]
pub(super) struct TermBody {
    #[serde(flatten)]
    row: TermRow,
    /// The newest first.
    versions: Vec<VersionBody>,
}

/// A term as it is to be from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TermWish)]
pub(super) struct WishBody {
    /// The first day on which a term may start under it; not before today.
    #[schema(
        format = "date",
        pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        example = "2027-01-01"
    )]
    valid_from: String,
    /// How many days; as it was when absent. A term of the law keeps its own.
    #[schema(maximum = 3660)]
    length: Option<u32>,
    unit: Option<DaysCode>,
    /// Why, for whoever asks later.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Order No. 17 of 20 November 2026"
    )]
    reason: String,
    /// The agency's own aim, in the same days.
    #[schema(maximum = 3660, example = 20)]
    target: Option<u32>,
}

fn today(visitor: &Visitor) -> Date {
    let request = &visitor.request;
    request.now().date(&request.shell().settings().zone)
}

async fn card(admin: &Administration, visitor: &Visitor, code: &str) -> Result<TermBody> {
    let actor: &Actor = &visitor.actor;
    let contents = admin.contents(actor).await?;
    let rule = admin.rule(actor, code)?;
    let versions = admin.versions_of(actor, rule).await?;
    Ok(TermBody {
        row: TermRow::of(rule, &contents, visitor),
        versions: versions
            .into_iter()
            .map(|(rule, reason)| VersionBody {
                version: rule.version,
                valid_from: rule.valid_from.to_string(),
                limit: LengthBody::of(&rule.limit),
                target: rule.target.as_ref().map(LengthBody::of),
                reason,
            })
            .collect(),
    })
}

/// List the terms
///
/// Every rule of the law in the version that holds today, with who uses it.
#[utoipa::path(
    get,
    path = "/api/v1/admin/terms",
    operation_id = "list_terms",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<TermRow>), OfList)
)]
pub(super) async fn list_terms(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<TermRow>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let rules = admin.rules(&visitor.actor, today(&visitor)).await?;
    let contents = admin.contents(&visitor.actor).await?;
    Ok(Json(listing.page(
        &rules,
        |rule| rule.id(),
        |rule| TermRow::of(rule, &contents, &visitor),
    )?))
}

/// Read a term
#[utoipa::path(
    get,
    path = "/api/v1/admin/terms/{code}",
    operation_id = "read_term",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "The order by law and the term within it", example = "fz59.answer")),
    responses((status = 200, description = "The term", body = TermBody), OfEntry)
)]
pub(super) async fn read_term(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<TermBody>, Refused> {
    Ok(Json(card(&admin, &visitor, &code).await?))
}

/// Set a term
///
/// A new version from a day on; cases that began before keep theirs. Of a term of the law only the agency's own
/// aim can be set, everything else about it is 404.
#[utoipa::path(
    post,
    path = "/api/v1/admin/terms/{code}/versions",
    operation_id = "set_term",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "The order by law and the term within it", example = "fz59.answer")),
    request_body(content = WishBody, example = json!(super::example("set_term"))),
    responses((status = 201, description = "The term with its new version", body = TermBody), OfDeed)
)]
pub(super) async fn set_term(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<Response, Refused> {
    let valid_from = body.valid_from.parse();
    let wish = TermWish {
        valid_from: valid_from
            .map_err(|_| Error::field("valid_from", "catalog-error-date-form"))?,
        length: body.length,
        unit: body.unit.map(DaysCode::unit),
        reason: body.reason,
        target: body.target,
    };
    admin
        .set_term(&visitor.actor, &code, &wish, today(&visitor))
        .await?;
    let now = card(&admin, &visitor, &code).await?;
    Ok((StatusCode::CREATED, Json(now)).into_response())
}
