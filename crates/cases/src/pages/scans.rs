//! Scans at the reception: the form by which an operator adds what was forgotten to a card that is
//! registered already.

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use base::FieldError;
use people::Visitor;
use web::PageResult;

use super::documents_view;
use super::reception::{Said, draw_case, require_operator};
use super::{multipart, number_in};
use crate::Cases;
use crate::documents::{FIELD, MOST_FILES, labels};
use crate::work::Scans;

/// The form that takes scans.
pub(super) struct ScanForm {
    pub(super) formats: String,
    pub(super) accept: String,
    pub(super) most: i64,
    pub(super) megabytes: i64,
}

impl ScanForm {
    /// The form, while scans are taken; an installation without a place of files takes none.
    pub(super) fn of(cases: &Cases, scans: &Scans) -> Option<Self> {
        let megabytes = super::documents::megabytes(cases).ok()?;
        scans.taken.then(|| Self {
            formats: labels(&scans.kinds),
            accept: documents_view::accept(&scans.kinds),
            most: i64::try_from(MOST_FILES).unwrap_or(i64::MAX),
            megabytes,
        })
    }
}

/// A scan that was forgotten when the card was registered.
pub(super) async fn add(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    form: Multipart,
) -> PageResult {
    require_operator(&visitor)?;
    let number = number_in(&number)?;
    let scans = cases.scans(&visitor.actor, number).await?;
    let form = multipart::read(&cases, form, &labels(&scans.kinds)).await?;
    let mut errors = form.refused.clone();
    if form.files.is_empty() && errors.is_empty() {
        errors.push(FieldError::new(FIELD, "case-error-no-file"));
    }
    for upload in &form.files {
        cases.slow_down_uploads(&visitor.request)?;
        if let Err(why) = cases.add_scan(&visitor.actor, number, upload).await
            && documents_view::told(&mut errors, why)? == StatusCode::SERVICE_UNAVAILABLE
        {
            break;
        }
    }
    if errors.is_empty() {
        let page = format!("/reception/{number}");
        return Ok(visitor.request.redirect_saying(&page, "reception-scanned"));
    }
    draw_case(&cases, &visitor, number, Said::default(), errors).await
}
