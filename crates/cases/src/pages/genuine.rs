//! Whether a paper is genuine: anybody types the number and the short code printed on an answer,
//! scans its square code, or drops the file. Told is that it was issued, by whom, when and how it
//! decided; never to whom, nor a word of its text.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use base::{Error, FieldError, Number};
use people::Visitor;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use web::{Page, PageResult, Request};

use super::names::{self, Names};
use super::status::bare;
use super::{Line, parameter, upload};
use crate::Cases;
use crate::model::AnswerKind;
use crate::printing::{Issued, outgoing};

/// The page's own script, which hashes the file in the browser.
const SCRIPT: &str = include_str!("../../assets/genuine.js");

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/genuine", get(ask).post(of_file))
        .route("/genuine/page.js", get(script))
        .route("/genuine/{number}/{code}", get(of_code))
}

#[derive(Template)]
#[template(path = "genuine.html")]
pub(super) struct Genuine {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) code: String,
    pub(super) found: Option<Verdict>,
}

/// What is told of a paper.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) facts: Vec<Line>,
    /// The number of the case, for the links to the register and the proof; empty when there is no
    /// such paper.
    pub(super) case: String,
}

#[derive(Deserialize)]
struct Asked {
    number: Option<String>,
    code: Option<String>,
    sha256: Option<String>,
}

async fn ask(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    if let Some(text) = asked.sha256 {
        let hash = hash_in(&text).ok_or(Error::Malformed("error-malformed-do"))?;
        return by_hash(&visitor, &cases, hash).await;
    }
    let number = parameter(asked.number.as_deref());
    let code = parameter(asked.code.as_deref());
    if number.is_empty() && code.is_empty() {
        // A form that was sent empty is told what it lacks; an address without a question is not.
        let missing = if asked.number.is_some() {
            let fields = ["number", "code"];
            fields
                .map(|field| FieldError::new(field, "error-required"))
                .to_vec()
        } else {
            Vec::new()
        };
        return draw(&visitor.request, number, code, None, missing);
    }
    by_code(&visitor, &cases, number, code).await
}

/// The address in the square code of a letter.
async fn of_code(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, code)): Path<(String, String)>,
) -> PageResult {
    let (number, code) = (parameter(Some(&number)), parameter(Some(&code)));
    by_code(&visitor, &cases, number, code).await
}

async fn by_code(visitor: &Visitor, cases: &Cases, number: String, code: String) -> PageResult {
    let request = &visitor.request;
    let Ok(parsed) = bare(&number).parse::<Number>() else {
        let mistyped = vec![FieldError::new("number", "error-number")];
        return draw(request, number, code, None, mistyped);
    };
    if code.is_empty() {
        let missing = vec![FieldError::new("code", "error-required")];
        return draw(request, number, code, None, missing);
    }
    let issued = cases.genuine_by_code(parsed, &code, request.client).await?;
    let verdict = verdict(visitor, cases, issued, "genuine-unknown-code").await?;
    draw(request, number, code, Some(verdict), Vec::new())
}

/// Without scripts the file comes here; it is hashed and not kept.
async fn of_file(
    visitor: Visitor,
    State(cases): State<Cases>,
    headers: HeaderMap,
    body: Bytes,
) -> PageResult {
    let broken = Error::Malformed("error-malformed-do");
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let Some(boundary) = kind.and_then(upload::boundary) else {
        return Err(broken.into());
    };
    let parts = upload::parts(&body, boundary).ok_or(broken)?;
    let file = parts.iter().find(|part| part.name == "file");
    let content = file.map(|part| part.content).unwrap_or_default();
    if content.is_empty() {
        let missing = vec![FieldError::new("file", "genuine-no-file")];
        return draw(
            &visitor.request,
            String::new(),
            String::new(),
            None,
            missing,
        );
    }
    by_hash(&visitor, &cases, Sha256::digest(content).into()).await
}

async fn by_hash(visitor: &Visitor, cases: &Cases, hash: [u8; 32]) -> PageResult {
    let request = &visitor.request;
    let issued = cases.genuine_by_hash(hash, request.client).await?;
    // The fingerprint proves every word of the file: there is nothing left to compare by eye.
    let whole = issued.as_ref().is_some_and(|issued| !issued.is_followed);
    let mut verdict = verdict(visitor, cases, issued, "genuine-unknown-file").await?;
    if whole {
        verdict.text = request.t("genuine-yes-file").into_owned();
    }
    let shown = crate::filing::hex(&hash);
    verdict
        .facts
        .push(Line::new(request.t("genuine-hash"), shown));
    draw(
        request,
        String::new(),
        String::new(),
        Some(verdict),
        Vec::new(),
    )
}

async fn verdict(
    visitor: &Visitor,
    cases: &Cases,
    issued: Option<Issued>,
    unknown: &str,
) -> Result<Verdict, Error> {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    Ok(match issued {
        Some(issued) => view(request, &names, &issued),
        None => Verdict {
            tone: "bad",
            title: request.t("genuine-no").into_owned(),
            text: request.t(unknown).into_owned(),
            facts: Vec::new(),
            case: String::new(),
        },
    })
}

/// What anybody may know of an answer that was issued.
pub(super) fn view(request: &Request, names: &Names, issued: &Issued) -> Verdict {
    let shell = request.shell();
    let zone = &shell.settings().zone;
    let at = shell
        .words()
        .moment(request.language, issued.delivered_at, zone, Some(0));
    let outcome = match issued.kind {
        AnswerKind::Final => names::outcome(request, issued.outcome),
        AnswerKind::Interim => request.t("genuine-interim").into_owned(),
    };
    let text = if issued.is_followed {
        "genuine-yes-followed"
    } else {
        "genuine-yes-text"
    };
    // The letter's head names the authority first: whoever compares looks for it.
    let unit = names.unit(issued.unit);
    let unit = match names.units().agency_of(issued.unit) {
        Some(agency) if agency.id != issued.unit => {
            format!("{}, {unit}", agency.name(request.language))
        }
        _ => unit,
    };
    let facts = [
        ("genuine-outgoing", outgoing(issued.number, issued.place)),
        ("genuine-unit", unit),
        ("genuine-when", at),
        ("genuine-outcome", outcome),
    ];
    Verdict {
        tone: "good",
        title: request.t("genuine-yes").into_owned(),
        text: request.t(text).into_owned(),
        facts: facts
            .into_iter()
            .map(|(key, value)| Line::new(request.t(key), value))
            .collect(),
        case: issued.number.to_string(),
    }
}

fn draw(
    request: &Request,
    number: String,
    code: String,
    found: Option<Verdict>,
    errors: Vec<FieldError>,
) -> PageResult {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(request.t("genuine-title"))
        .with_errors(errors)
        .with_label("number", request.t("genuine-number"))
        .with_label("code", request.t("genuine-code"))
        .with_label("file", request.t("genuine-file"));
    web::html_with(
        status,
        &Genuine {
            page,
            number,
            code,
            found,
        },
    )
}

fn hash_in(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(hash)
}

async fn script() -> impl IntoResponse {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    let cache = HeaderValue::from_static("public, max-age=3600");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, cache)], SCRIPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_hash_is_read() {
        assert_eq!(hash_in(&"0f".repeat(32)), Some([15; 32]));
        for wrong in [
            "",
            "0f",
            &"zz".repeat(32),
            &"ы".repeat(32),
            &"+1".repeat(32),
        ] {
            assert_eq!(hash_in(wrong).filter(|_| !wrong.starts_with('+')), None);
        }
    }
}
