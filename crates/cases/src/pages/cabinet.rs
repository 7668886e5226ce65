//! The applicant's cabinet: own cases, newest first, and drafts to go on with.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use base::Moment;
use people::Visitor;
use serde::Deserialize;
use web::{Page, PageResult};

use super::names::{self, Names};
use super::participation::{self, NamedView};
use super::{address, term};
use crate::Cases;
use crate::model::{QueueRow, Side};

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/cabinet", get(cabinet))
        .route("/cabinet/live", get(live))
}

/// A draft as a line.
pub(super) struct DraftLine {
    pub(super) href: String,
    pub(super) topic: String,
    pub(super) service: String,
    pub(super) saved_at: Moment,
}

/// A case as a line.
pub(super) struct OwnLine {
    pub(super) number: String,
    pub(super) topic: String,
    /// The kind: a certificate is not known by the words about it.
    pub(super) service: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) due: String,
    pub(super) waits_for_applicant: bool,
    /// Whether somebody else filed it and named the reader.
    pub(super) beside: bool,
    /// Where the answer is read; empty while there is none.
    pub(super) answer: String,
}

#[derive(Template)]
#[template(path = "cabinet.html")]
pub(super) struct Cabinet {
    pub(super) page: Page,
    /// Whether their e-mail is not known to be theirs, so that what they file is a message.
    pub(super) unconfirmed: bool,
    pub(super) drafts: Vec<DraftLine>,
    /// Cases in which they were named and have not answered.
    pub(super) named: Vec<NamedView>,
    pub(super) rows: Vec<OwnLine>,
    pub(super) next: String,
    pub(super) first: String,
    /// Where the page hears of changes.
    pub(super) live: String,
    /// The page itself, to load it again.
    pub(super) here: String,
}

#[derive(Deserialize)]
struct Place {
    after: Option<String>,
}

/// Tells the list when one of its cases changed, or a case was added.
async fn live(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let person = visitor.actor.person().ok_or(base::Error::Unauthenticated)?;
    let after = place.after.as_deref().filter(|after| !after.is_empty());
    let own = cases.own(&visitor.actor, after).await?;
    let cases = own.items.iter().map(|row| format!("case:{}", row.case.id));
    let topics = cases.chain([web::live::of_person(person.0)]).collect();
    Ok(visitor.request.shell().live().stream_all(topics)?)
}

async fn cabinet(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let after = place.after.as_deref().filter(|after| !after.is_empty());
    let own = cases.own(&visitor.actor, after).await?;
    let asked = match after {
        None => participation::waiting(&cases, &visitor, &names).await?,
        Some(_) => Vec::new(),
    };
    let drafts = if after.is_none() {
        cases.drafts(&visitor.actor).await?
    } else {
        Vec::new()
    };
    let drafts = drafts
        .into_iter()
        .filter(|draft| draft.filed.is_none())
        .map(|draft| {
            let service = names
                .contents()
                .service(&draft.service)
                .map(|service| service.definition.name(request.language).to_owned())
                .unwrap_or_default();
            let subject = draft
                .answers
                .get("subject")
                .and_then(|value| value.as_str());
            DraftLine {
                href: format!("/file/{}/{}", draft.service, draft.id),
                topic: subject.map_or_else(|| service.clone(), str::to_owned),
                service,
                saved_at: draft.saved_at,
            }
        })
        .collect();
    let next = own
        .next
        .as_ref()
        .map(|next| address("/cabinet", &[("after", next.as_str())]))
        .unwrap_or_default();
    let today = cases.today();
    let mut rows: Vec<OwnLine> = own
        .items
        .iter()
        .map(|row| OwnLine {
            beside: row.case.person != visitor.actor.person(),
            ..line(request, &names, row, today)
        })
        .collect();
    // What waits for the reader goes before the rest of its page.
    rows.sort_by_key(|row| !row.waits_for_applicant);
    let page = request.page(request.t("case-cabinet-title"));
    let at = |path: &str| address(path, &[("after", after.unwrap_or_default())]);
    web::for_whoever_asked(web::html(&Cabinet {
        live: at("/cabinet/live"),
        here: at("/cabinet"),
        page,
        unconfirmed: cases.people().standing(&visitor.actor).await?
            == people::Standing::Provisional,
        drafts,
        named: asked,
        rows,
        next,
        first: after.map(|_| "/cabinet".to_owned()).unwrap_or_default(),
    }))
}

fn line(
    request: &web::Request,
    names: &Names,
    row: &QueueRow,
    today: jiff::civil::Date,
) -> OwnLine {
    let case = &row.case;
    OwnLine {
        number: case.number.to_string(),
        topic: names.topic(case, &row.topic, &row.answers),
        service: names.service(case.service),
        state: names::state(request, case.state),
        tone: names::tone_of(case),
        due: term::line(request, case, today),
        waits_for_applicant: case.waits_for == Some(Side::Applicant) && case.state.is_open(),
        beside: false,
        answer: match case.answered_at {
            Some(_) if !case.state.is_open() => format!("/cases/{}#answer", case.number),
            _ => String::new(),
        },
    }
}
