//! The words of letters for the administrator: the list, one template with its preview, and the way
//! back to the words that the product came with.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Error, FieldError, Language, Moment};
use people::Visitor;
use serde::Deserialize;
use web::form::Form;
use web::{Page, PageResult, Request};

use crate::kinds::Kind;
use crate::letters::{BODY_MOST, SUBJECT_MOST, Values};
use crate::places::Place;
use crate::{KnownTemplate, Notices, Template};

const ADDRESS: &str = "/admin/templates";

pub(super) fn router() -> Router<Notices> {
    Router::new()
        .route("/admin/templates", get(list))
        .route("/admin/templates/{kind}/{language}", get(show).post(save))
}

/// A template as a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) language: String,
    pub(super) subject: String,
    pub(super) changed_at: Option<Moment>,
}

#[derive(askama::Template)]
#[template(path = "notice-templates.html")]
pub(super) struct Listed {
    pub(super) page: Page,
    pub(super) lines: Vec<Line>,
    pub(super) sends_letters: bool,
}

/// A place with its meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct PlaceLine {
    pub(super) code: String,
    pub(super) meaning: String,
    pub(super) needed: bool,
}

#[derive(askama::Template)]
#[template(path = "notice-template.html")]
pub(super) struct Shown {
    pub(super) page: Page,
    pub(super) language: String,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) subject_most: usize,
    pub(super) body_most: usize,
    pub(super) places: Vec<PlaceLine>,
    pub(super) changed_at: Option<Moment>,
    /// Which change is shown, so that a page from before another one is known.
    pub(super) seen: String,
    pub(super) preview_subject: String,
    pub(super) preview_body: String,
}

async fn list(visitor: Visitor, State(notices): State<Notices>) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let all = notices.templates(&visitor.actor).await?;
    let lines = all
        .into_iter()
        .map(|known| Line {
            href: format!("{ADDRESS}/{}/{}", known.kind.code(), known.language.tag()),
            name: name(request, known.kind),
            language: language_name(request, known.language),
            subject: known.words.subject,
            changed_at: known.changed_at,
        })
        .collect();
    web::html(&Listed {
        page: request.page(request.t("notice-templates-title")).dense(),
        lines,
        sends_letters: notices.sends_letters(),
    })
}

fn name(request: &Request, kind: Kind) -> String {
    request
        .t(&format!("notice-kind-{}", kind.code()))
        .into_owned()
}

fn language_name(request: &Request, language: Language) -> String {
    request
        .t(&format!("notice-language-{}", language.tag()))
        .into_owned()
}

fn named(kind: &str, language: &str) -> Result<(Kind, Language), Error> {
    let kind = Kind::from_code(kind).ok_or(Error::NotFound)?;
    let language = Language::from_tag(language).ok_or(Error::NotFound)?;
    Ok((kind, language))
}

async fn show(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
) -> PageResult {
    visitor.require_sign_in()?;
    let (kind, language) = named(&kind, &language)?;
    let known = notices.template(&visitor.actor, kind, language).await?;
    let page = visitor.request.page(name(&visitor.request, kind)).dense();
    web::html(&shown(&visitor.request, page, &known))
}

pub(super) fn shown(request: &Request, page: Page, known: &KnownTemplate) -> Shown {
    let (preview_subject, preview_body) =
        known
            .words
            .filled(&sample(request, known.kind, known.language));
    let needed = known.kind.needed();
    Shown {
        page: page
            .with_label("subject", request.t("notice-template-subject"))
            .with_label("body", request.t("notice-template-body")),
        language: language_name(request, known.language),
        subject: known.words.subject.clone(),
        body: known.words.body.clone(),
        subject_most: SUBJECT_MOST,
        body_most: BODY_MOST,
        places: known
            .kind
            .places()
            .into_iter()
            .map(|place| PlaceLine {
                code: format!("{{{}}}", place.code()),
                meaning: request
                    .t(&format!("notice-place-{}", place.code()))
                    .into_owned(),
                needed: needed.contains(&place),
            })
            .collect(),
        changed_at: known.changed_at,
        seen: seen_of(known),
        preview_subject,
        preview_body,
    }
}

fn seen_of(known: &KnownTemplate) -> String {
    let changed = known.changed_at.map_or(0, Moment::micros);
    changed.to_string()
}

/// Made-up values in the letter's language.
pub(crate) fn sample(request: &Request, kind: Kind, language: Language) -> Values {
    let words = request.shell().words();
    kind.places()
        .into_iter()
        .map(|place| {
            let text = match place {
                Place::Link => format!("{}/cases/1", request.shell().settings().origin),
                Place::Operator => request.shell().settings().operator_in(language).to_owned(),
                other => words
                    .plain(language, &format!("notice-sample-{}", other.code()))
                    .into_owned(),
            };
            (place, text)
        })
        .collect()
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    seen: String,
}

/// Saves, shows the preview of what is not saved yet, or puts back the words that came.
async fn save(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path((kind, language)): Path<(String, String)>,
    Form(written): Form<Written>,
) -> Result<Response, web::PageError> {
    visitor.require_sign_in()?;
    let (kind, language) = named(&kind, &language)?;
    let request = &visitor.request;
    let address = format!("{ADDRESS}/{}/{}", kind.code(), language.tag());
    let mut known = notices.template(&visitor.actor, kind, language).await?;
    if written.act == "restore" {
        notices
            .change_template(&visitor.actor, kind, language, None)
            .await?;
        return Ok(request.redirect_saying(&address, "notice-template-restored"));
    }
    let page = request.page(name(request, kind)).dense();
    let overtaken = !written.seen.is_empty() && written.seen != seen_of(&known);
    let saved = known.clone();
    known.words = Template {
        subject: written.subject,
        body: written.body,
    };
    let checked = Template::checked(kind, &known.words.subject, &known.words.body);
    match checked {
        Err(Error::Invalid(errors)) => {
            let page = page.with_errors(errors);
            let text = shown(request, page, &known);
            Ok(web::html_with(
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                &text,
            )?)
        }
        Err(other) => Err(other.into()),
        Ok(words) if written.act == "preview" => {
            known.words = words;
            Ok(web::html(&shown(request, page, &known))?.into_response())
        }
        Ok(words) if overtaken => {
            // The words typed stand in the fields, those saved meanwhile in the preview.
            known.words = words;
            let error = FieldError::new("", "notice-error-overtaken");
            let values = sample(request, kind, language);
            let (preview_subject, preview_body) = saved.words.filled(&values);
            let text = Shown {
                preview_subject,
                preview_body,
                ..shown(request, page.with_errors(vec![error]), &known)
            };
            Ok(web::html_with(
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                &text,
            )?)
        }
        Ok(words) => {
            notices
                .change_template(&visitor.actor, kind, language, Some(words))
                .await?;
            Ok(request.redirect_saying(&address, "notice-template-saved"))
        }
    }
}
