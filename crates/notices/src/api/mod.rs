//! The words of letters for programs: the list, one template with its places and a preview, new
//! words, and the way back to those that the product came with.

pub mod own;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Actor, Error, Language, Moment, Result};
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Request;
use web::api::{Asking, IfMatch, OfChange, OfDeed, OfEntry, OfList, OfRemoval, Refused, Sent};

use crate::kinds::Kind;
use crate::pages::sample;
use crate::{KnownTemplate, Notices, Template};

/// The operations with their descriptions. They go inside `people::visitor::layer` and
/// `web::layers`.
pub fn routes(notices: Notices) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_templates))
        .routes(routes!(read_template, change_template, restore_template))
        .routes(routes!(preview_template))
        .with_state(notices)
}

/// A language of letters.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LetterLanguage)]
enum LanguageCode {
    Ru,
    En,
}

/// A template of letters as a line.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterTemplate)]
struct TemplateRow {
    /// What the letter is about.
    #[schema(example = "filed")]
    kind: &'static str,
    language: LanguageCode,
    subject: String,
    /// When the words were changed here; absent while they are as they came.
    #[schema(nullable = false, format = "date-time")]
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<String>,
}

/// A place in a template that is filled in.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterPlace)]
struct PlaceBody {
    #[schema(example = "number")]
    code: &'static str,
    /// Whether the body may not leave it out.
    needed: bool,
}

/// A template of letters with its words.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterTemplateCard)]
struct TemplateBody {
    #[serde(flatten)]
    row: TemplateRow,
    body: String,
    /// What may stand in braces.
    places: Vec<PlaceBody>,
}

impl TemplateRow {
    fn of(known: &KnownTemplate) -> Self {
        Self {
            kind: known.kind.code(),
            language: match known.language {
                Language::Ru => LanguageCode::Ru,
                Language::En => LanguageCode::En,
            },
            subject: known.words.subject.clone(),
            changed_at: known.changed_at.map(Moment::rfc3339),
        }
    }
}

impl TemplateBody {
    fn of(known: &KnownTemplate) -> Self {
        let needed = known.kind.needed();
        Self {
            row: TemplateRow::of(known),
            body: known.words.body.clone(),
            places: known
                .kind
                .places()
                .into_iter()
                .map(|place| PlaceBody {
                    code: place.code(),
                    needed: needed.contains(&place),
                })
                .collect(),
        }
    }
}

/// The words of a template.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LetterWords)]
struct WordsBody {
    #[schema(min_length = 1, max_length = 150, example = "Case {number}")]
    subject: String,
    #[schema(min_length = 1, max_length = 5_000)]
    body: String,
}

/// A letter with made-up values.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterPreview)]
struct PreviewBody {
    subject: String,
    body: String,
}

fn named(kind: &str, language: &str) -> Result<(Kind, Language)> {
    let kind = Kind::from_code(kind).ok_or(Error::NotFound)?;
    let language = Language::from_tag(language).ok_or(Error::NotFound)?;
    Ok((kind, language))
}

async fn card(
    notices: &Notices,
    actor: &Actor,
    (kind, language): (Kind, Language),
) -> Result<TemplateBody> {
    let known = notices.template(actor, kind, language).await?;
    Ok(TemplateBody::of(&known))
}

/// An example of the document.
fn example(name: &str) -> serde_json::Value {
    web::api::example(include_str!("examples.json"), name)
}

/// List the templates of letters
#[utoipa::path(
    get,
    path = "/api/v1/admin/letter-templates",
    operation_id = "list_letter_templates",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<TemplateRow>), OfList)
)]
async fn list_templates(
    Administrator(visitor): Administrator,
    State(notices): State<Notices>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<TemplateRow>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let all = notices.templates(&visitor.actor).await?;
    Ok(Json(listing.page(
        &all,
        |known| format!("{}.{}", known.kind.code(), known.language.tag()),
        TemplateRow::of,
    )?))
}

/// Read a template of letters
#[utoipa::path(
    get,
    path = "/api/v1/admin/letter-templates/{kind}/{language}",
    operation_id = "read_letter_template",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("kind" = String, Path, max_length = 64, description = "What the letter is about", example = "filed"),
        ("language" = String, Path, pattern = "^(ru|en)$", description = "Language of the letter", example = "en"),
    ),
    responses((status = 200, description = "The template", body = TemplateBody), OfEntry)
)]
async fn read_template(
    Administrator(visitor): Administrator,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
) -> std::result::Result<Json<TemplateBody>, Refused> {
    let named = named(&kind, &language)?;
    Ok(Json(card(&notices, &visitor.actor, named).await?))
}

/// Change a template of letters
///
/// Letters are written with the new words at once.
#[utoipa::path(
    put,
    path = "/api/v1/admin/letter-templates/{kind}/{language}",
    operation_id = "change_letter_template",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(
        ("kind" = String, Path, max_length = 64, description = "What the letter is about", example = "filed"),
        ("language" = String, Path, pattern = "^(ru|en)$", description = "Language of the letter", example = "en"),
    ),
    request_body(content = WordsBody, example = json!(example("change_template"))),
    responses((status = 200, description = "The template as it is now", body = TemplateBody), OfChange)
)]
async fn change_template(
    Administrator(visitor): Administrator,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
    held: IfMatch,
    Sent(body): Sent<WordsBody>,
) -> std::result::Result<Json<TemplateBody>, Refused> {
    let (kind, language) = named(&kind, &language)?;
    held.check(&card(&notices, &visitor.actor, (kind, language)).await?)?;
    let words = Template {
        subject: body.subject,
        body: body.body,
    };
    notices
        .change_template(&visitor.actor, kind, language, Some(words))
        .await?;
    Ok(Json(
        card(&notices, &visitor.actor, (kind, language)).await?,
    ))
}

/// Put the words back that the product came with
#[utoipa::path(
    delete,
    path = "/api/v1/admin/letter-templates/{kind}/{language}",
    operation_id = "restore_letter_template",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(
        ("kind" = String, Path, max_length = 64, description = "What the letter is about", example = "filed"),
        ("language" = String, Path, pattern = "^(ru|en)$", description = "Language of the letter", example = "en"),
    ),
    responses((status = 204, description = "The words are as they came"), OfRemoval)
)]
async fn restore_template(
    Administrator(visitor): Administrator,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
    held: IfMatch,
) -> std::result::Result<StatusCode, Refused> {
    let (kind, language) = named(&kind, &language)?;
    held.check(&card(&notices, &visitor.actor, (kind, language)).await?)?;
    notices
        .change_template(&visitor.actor, kind, language, None)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Preview a letter
///
/// The words that are sent, with made-up values in their places. Nothing is kept.
#[utoipa::path(
    post,
    path = "/api/v1/admin/letter-templates/{kind}/{language}/previews",
    operation_id = "preview_letter_template",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("kind" = String, Path, max_length = 64, description = "What the letter is about", example = "filed"),
        ("language" = String, Path, pattern = "^(ru|en)$", description = "Language of the letter", example = "en"),
    ),
    request_body(content = WordsBody, example = json!(example("preview_template"))),
    responses((status = 200, description = "The letter", body = PreviewBody), OfDeed)
)]
async fn preview_template(
    Administrator(visitor): Administrator,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
    Sent(body): Sent<WordsBody>,
) -> std::result::Result<Json<PreviewBody>, Refused> {
    let (kind, language) = named(&kind, &language)?;
    let request: &Request = &visitor.request;
    notices.template(&visitor.actor, kind, language).await?;
    let words = Template::checked(kind, &body.subject, &body.body)?;
    let (subject, body) = words.filled(&sample(request, kind, language));
    Ok(Json(PreviewBody { subject, body }))
}
