//! Letterheads for the administrator: which unit writes on which, one of them with its words and its
//! mark, and a sample letter as it comes out of the printer. Kept by `people`; here because papers
//! and pictures are.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::id::UnitId;
use base::{Error, FieldError, Result};
use files::{Kind, Refusal};
use people::letterheads::{BLOCK_MOST, LINES_MOST};
use people::unit_changes::UnitDetails;
use people::{Letterhead, Permission, Subject, Visitor, allows, require_somewhere};
use web::admin::{Group, Section};
use web::{Page, PageResult, Request, html, html_with};

use super::documents_view::accept;
use super::names::Names;
use super::paper_view::Clerk;
use super::{multipart, papers};
use crate::Cases;
use crate::documents::{FIELD, labels};

const ADDRESS: &str = "/admin/letterheads";
/// What a mark may be.
const KINDS: [Kind; 2] = [Kind::Png, Kind::Jpeg];

/// The part of the administration that this slice has. Heads come to the templates from their desk.
pub const ADMIN: &[Section] = &[
    Section {
        group: Group::Letters,
        href: ADDRESS,
        title: "letterheads-title",
        note: "letterheads-note",
        shown: |actor| people::allows_somewhere(actor, Permission::ManageUnits),
    },
    Section {
        group: Group::Letters,
        href: "/desk/templates",
        title: "templates-title",
        note: "templates-note",
        shown: |actor| people::allows_somewhere(actor, Permission::ManageUnits),
    },
];

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/admin/letterheads", get(list))
        .route(
            "/admin/letterheads/{unit}",
            get(show).post(save).layer(DefaultBodyLimit::disable()),
        )
        .route("/admin/letterheads/{unit}/sample.pdf", get(sample))
        .route("/admin/letterheads/{unit}/small", get(mark))
}

/// A unit and the letterhead that it writes on.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) depth: usize,
    /// Whose letterhead; empty when there is none anywhere above.
    pub(super) of: String,
    pub(super) own: bool,
}

#[derive(Template)]
#[template(path = "letterheads.html")]
pub(super) struct Listed {
    pub(super) page: Page,
    pub(super) lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "letterhead.html")]
pub(super) struct Shown {
    pub(super) page: Page,
    pub(super) address: String,
    pub(super) unit: String,
    pub(super) words: Letterhead,
    /// Whether a mark is kept.
    pub(super) has_mark: bool,
    /// Whose letterhead is used while this unit has none; empty when nobody's.
    pub(super) used: String,
    pub(super) contacts: Vec<super::Line>,
    pub(super) block_most: usize,
    pub(super) lines_most: usize,
    pub(super) formats: String,
    pub(super) accept: String,
}

async fn list(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let request = &visitor.request;
    let units = cases.people().units().await?;
    let own = cases.people().with_letterhead().await?;
    let lines = units
        .all()
        .into_iter()
        .filter(|unit| unit.active)
        .filter(|unit| {
            let subject = Subject::in_unit(unit.id);
            allows(&visitor.actor, Permission::ManageUnits, &subject)
        })
        .map(|unit| {
            let path = units.path(unit.id);
            let of = path.iter().rev().find(|above| own.contains(&above.id));
            Line {
                href: format!("{ADDRESS}/{}", unit.id),
                name: unit.name(request.language).to_owned(),
                depth: path.len().saturating_sub(1),
                own: of.is_some_and(|of| of.id == unit.id),
                of: of.map_or_else(String::new, |of| of.name(request.language).to_owned()),
            }
        })
        .collect();
    html(&Listed {
        page: request.page(request.t("letterheads-title")).dense(),
        lines,
    })
}

fn unit_in(text: &str) -> Result<UnitId> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let unit = unit_in(&unit)?;
    let known = cases.people().own_letterhead(&visitor.actor, unit).await?;
    let has_mark = known.mark.is_some();
    draw(&cases, &visitor, unit, known, has_mark, Vec::new()).await
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    unit: UnitId,
    words: Letterhead,
    has_mark: bool,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let units = cases.people().units().await?;
    let shown = units.unit(unit).ok_or(Error::NotFound)?;
    let used = cases.people().letterhead_in_use(unit).await?;
    let used = used
        .filter(|used| used.unit != unit)
        .and_then(|used| units.unit(used.unit))
        .map_or_else(String::new, |above| above.name(request.language).to_owned());
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = [
        ("head_ru", "letterhead-head-ru"),
        ("head_en", "letterhead-head-en"),
        ("foot_ru", "letterhead-foot-ru"),
        ("foot_en", "letterhead-foot-en"),
        (FIELD, "letterhead-mark"),
    ]
    .into_iter()
    .fold(
        request
            .page(shown.name(request.language))
            .dense()
            .with_errors(errors),
        |page, (field, key)| page.with_label(field, request.t(key)),
    );
    html_with(
        status,
        &Shown {
            page,
            address: format!("{ADDRESS}/{unit}"),
            unit: unit.to_string(),
            words,
            has_mark,
            used,
            contacts: contacts(request, &cases.people().unit_details(unit).await?),
            block_most: BLOCK_MOST,
            lines_most: LINES_MOST,
            formats: labels(&KINDS),
            accept: accept(&KINDS),
        },
    )
}

/// How the unit is reached; what is not known is a dash.
fn contacts(request: &Request, details: &UnitDetails) -> Vec<super::Line> {
    [
        ("letterhead-address", &details.address),
        ("letterhead-phone", &details.phone),
        ("letterhead-email", &details.email),
        ("letterhead-site", &details.site),
    ]
    .into_iter()
    .map(|(key, value)| {
        let value = if value.is_empty() { "—" } else { value };
        super::Line::new(request.t(key), value)
    })
    .collect()
}

async fn save(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
    form: Multipart,
) -> PageResult {
    visitor.require_sign_in()?;
    let unit = unit_in(&unit)?;
    let people = cases.people();
    // Nothing is received from whoever may not change it.
    let known = people.own_letterhead(&visitor.actor, unit).await?;
    cases.slow_down_uploads(&visitor.request)?;
    let form = multipart::read(&cases, form, &labels(&KINDS)).await?;
    let mut errors = form.refused.clone();
    let has_mark = known.mark.is_some();
    let mut wish = Letterhead {
        head_ru: form.text("head_ru").to_owned(),
        head_en: form.text("head_en").to_owned(),
        foot_ru: form.text("foot_ru").to_owned(),
        foot_en: form.text("foot_en").to_owned(),
        mark: known.mark.filter(|_| form.text("drop") != "yes"),
    };
    if let Some(upload) = form.files.first() {
        match drawn(&cases, FIELD, &upload.name, upload.bytes.clone()).await? {
            Ok(mark) => wish.mark = Some(mark),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        match people.save_letterhead(&visitor.actor, unit, &wish).await {
            Ok(()) => {
                let page = format!("{ADDRESS}/{unit}");
                return Ok(visitor.request.redirect_saying(&page, "letterhead-saved"));
            }
            Err(Error::Invalid(wrong)) => errors = wrong,
            Err(other) => return Err(other.into()),
        }
    }
    for error in &mut errors {
        if error.field == "mark" {
            FIELD.clone_into(&mut error.field);
        }
    }
    draw(&cases, &visitor, unit, wish, has_mark, errors).await
}

/// The small picture of what was sent in `field`, drawn anew; or why it is none.
pub(crate) async fn drawn(
    cases: &Cases,
    field: &'static str,
    name: &str,
    bytes: Arc<[u8]>,
) -> Result<std::result::Result<Vec<u8>, FieldError>> {
    let looked = cases.vault()?.inspect(name, bytes, &KINDS).await?;
    Ok(match looked {
        Ok(inspected) => inspected
            .thumbnail
            .ok_or_else(|| FieldError::new(field, "people-error-mark-large")),
        // What citizens are advised with other kinds of file, a PDF say, is no use here.
        Err(Refusal::NotAllowed(_)) => Err(FieldError::new(field, "letterhead-error-mark-kind")),
        Err(refusal) => Err(refusal.of_field(field, name, &labels(&KINDS))),
    })
}

async fn sample(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let unit = unit_in(&unit)?;
    Ok(sample_letter(&cases, &visitor, unit).await?)
}

/// A letter on the letterhead that a unit uses, as it comes out of the printer.
pub(crate) async fn sample_letter(
    cases: &Cases,
    visitor: &Visitor,
    unit: UnitId,
) -> Result<Response> {
    cases.people().own_letterhead(&visitor.actor, unit).await?;
    let names = Names::load(cases, visitor.request.language).await?;
    names.units().unit(unit).ok_or(Error::NotFound)?;
    let clerk = Clerk {
        request: &visitor.request,
        names: &names,
        cases,
        letterhead: cases.people().letterhead_in_use(unit).await?,
    };
    let pdf = cases.print(clerk.sample(unit, cases.today())?).await?;
    Ok(papers::given(pdf, "letterhead"))
}

/// The mark as it is kept, for the page of its letterhead.
async fn mark(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(unit): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let unit = unit_in(&unit)?;
    let known = cases.people().own_letterhead(&visitor.actor, unit).await?;
    Ok(picture(known.mark.ok_or(Error::NotFound)?))
}

/// A mark as an answer.
pub(crate) fn picture(mark: Vec<u8>) -> Response {
    let kind = if mark.starts_with(b"\x89PNG") {
        Kind::Png
    } else {
        Kind::Jpeg
    };
    (
        [
            (CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
            (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ],
        mark,
    )
        .into_response()
}
