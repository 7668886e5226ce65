//! A draft thrown away: the page that asks first, and the deed. Both work without scripts; a draft
//! that was filed meanwhile leads to its case instead.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, Moment};
use people::Visitor;
use web::{Page, PageResult};

use super::filing::{Filling, later, open, sent};
use crate::Cases;
use crate::model::Draft;

/// The name of the page in addresses.
pub(super) const STEP: &str = "drop";

#[derive(Template)]
#[template(path = "filing-drop.html")]
pub(super) struct FilingDrop {
    pub(super) page: Page,
    pub(super) service: String,
    pub(super) topic: String,
    pub(super) saved: Moment,
    /// Names of the documents that go with it.
    pub(super) documents: Vec<String>,
    /// Where the draft is gone on with.
    pub(super) back: String,
    pub(super) action: String,
}

pub(super) async fn ask(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    let request = &visitor.request;
    let definition = filling.definition();
    let documents = cases.draft_documents(&draft).await?;
    web::html_with(
        StatusCode::OK,
        &FilingDrop {
            page: request.page(request.t("file-drop-title")),
            service: definition.name(request.language).to_owned(),
            topic: topic(&draft),
            saved: draft.saved_at,
            documents: documents
                .into_iter()
                .map(|document| document.name)
                .collect(),
            back: format!("/file/{}/{}", definition.code, draft.id),
            action: filling.address(draft.id, STEP),
        },
    )
}

pub(super) async fn drop(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let request = &visitor.request;
    let gone = |address: &str, key: &str| Ok(request.redirect_saying(address, key));
    let draft = match open(&cases, &visitor, &mut filling, &draft).await {
        Ok(draft) => draft,
        // Pressed twice: there is nothing left to throw away, and a list to go on from.
        Err(Error::NotFound) if visitor.viewer.is_some() => {
            return gone("/cabinet", "file-drop-gone");
        }
        Err(other) => return Err(other.into()),
    };
    match cases.drop_draft(&draft).await {
        Ok(()) => {}
        // Filed meanwhile, on another device.
        Err(Error::Conflict(_)) => {
            return Ok(request.redirect(&filling.address(draft.id, "review")));
        }
        Err(other) => return Err(other.into()),
    }
    let list = later(&visitor, draft.intake.as_ref());
    if list.is_empty() {
        let service = format!("/services/{}", filling.definition().code);
        return gone(&service, "file-drop-done");
    }
    gone(&list, "file-drop-done")
}

/// What it is about, as far as that was written.
fn topic(draft: &Draft) -> String {
    let subject = draft.answers.get("subject").and_then(|said| said.as_str());
    subject.unwrap_or_default().to_owned()
}
