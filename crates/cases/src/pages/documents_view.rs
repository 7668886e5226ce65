//! Documents in words: what each is, who sent it, how it stands; and the answer that carries one.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, FieldError, Result};
use files::Kind;
use web::{Choice, Request};

use super::encoded;
use crate::documents::{Checked, Document, Form, NotKept, Opened, Slot};
use crate::model::Side;

/// A document as a list shows it.
#[derive(Clone, Debug)]
pub(super) struct DocumentLine {
    pub(super) id: String,
    pub(super) name: String,
    /// «PDF, 3 страницы, 120 КБ».
    pub(super) facts: String,
    /// Who sent it and when.
    pub(super) from: String,
    /// What it was sent for; may be empty.
    pub(super) slot: String,
    /// The state in a word; empty before it is filed.
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) reason: String,
    /// Where the file is downloaded.
    pub(super) href: String,
    /// Where the picture is looked at; empty for what is no picture.
    pub(super) view: String,
    /// Where the small picture is; empty where there is none.
    pub(super) small: String,
    /// Whether the reader may check it.
    pub(super) can_check: bool,
    /// Whether what the reader downloads is a cleaned copy, and the original is to be asked for.
    pub(super) is_copy: bool,
}

/// Something that is asked for.
#[derive(Clone, Debug)]
pub(super) struct SlotLine {
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) reason: String,
}

/// A document of a case, or of a draft when it was not filed yet; `base` is the address below which
/// its forms lie.
pub(super) fn line(
    request: &Request,
    base: &str,
    document: &Document,
    slots: &[Choice],
    filed: bool,
) -> DocumentLine {
    let href = format!("{base}/{}", document.id);
    let author = match document.side {
        Side::Applicant if document.author.is_empty() => {
            request.t("case-side-applicant").into_owned()
        }
        Side::Applicant => {
            let name = [("name", document.author.as_str().into())];
            request.ta("case-document-scanned", &name)
        }
        Side::Staff if document.author.is_empty() => request.t("case-side-staff").into_owned(),
        Side::Staff => document.author.clone(),
    };
    let shell = request.shell();
    let zone = &shell.settings().zone;
    let year = request.now().date(zone).year();
    let when = shell
        .words()
        .moment(request.language, document.added_at, zone, Some(year));
    let slot = document.slot.as_deref().unwrap_or_default();
    let slot = slots.iter().find(|known| known.value == slot);
    DocumentLine {
        id: document.id.to_string(),
        name: document.name.clone(),
        facts: facts(request, document),
        from: format!("{author}, {when}"),
        slot: slot.map(|slot| slot.label.clone()).unwrap_or_default(),
        state: if filed && document.side == Side::Applicant {
            state(request, document.state)
        } else {
            String::new()
        },
        tone: tone(document.state),
        reason: document.reason.clone(),
        view: if document.kind.is_image() {
            format!("{href}/view")
        } else {
            String::new()
        },
        small: if document.has_thumbnail {
            format!("{href}/small")
        } else {
            String::new()
        },
        href,
        can_check: false,
        is_copy: false,
    }
}

/// What is asked for and how it stands.
pub(super) fn slot_line(request: &Request, slot: &Slot) -> SlotLine {
    let optional = slot.state == Checked::Required && !slot.required;
    SlotLine {
        title: slot.title.clone(),
        hint: slot.hint.clone(),
        state: if optional {
            request.t("case-document-optional").into_owned()
        } else {
            state(request, slot.state)
        },
        tone: if optional { "calm" } else { tone(slot.state) },
        reason: slot.reason.clone(),
    }
}

fn facts(request: &Request, document: &Document) -> String {
    let kilobytes = document.size.div_ceil(1024);
    let size = if kilobytes < 1024 {
        request.ta("case-document-kb", &[("size", number(kilobytes).into())])
    } else {
        let megabytes = (kilobytes + 512) / 1024;
        request.ta("case-document-mb", &[("size", number(megabytes).into())])
    };
    let pages = document.pages.map(|pages| {
        let pages = number(pages as u64);
        request.ta("case-document-pages", &[("pages", pages.into())])
    });
    let parts = [Some(document.kind.label().to_owned()), pages, Some(size)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn state(request: &Request, state: Checked) -> String {
    request
        .t(&format!("case-document-{}", state.code()))
        .into_owned()
}

const fn tone(state: Checked) -> &'static str {
    match state {
        Checked::Required => "warn",
        Checked::Received => "calm",
        Checked::Good => "good",
        Checked::Faulty => "bad",
    }
}

/// What the file dialog of a browser is asked for.
pub(super) fn accept(kinds: &[Kind]) -> String {
    kinds
        .iter()
        .flat_map(|kind| {
            let extra = (*kind == Kind::Jpeg).then_some(".jpeg".to_owned());
            [Some(format!(".{}", kind.extension())), extra]
        })
        .flatten()
        .collect::<Vec<_>>()
        .join(",")
}

/// A mistake of a form with files, and the status of the page that tells it.
pub(super) fn told(errors: &mut Vec<FieldError>, why: NotKept) -> Result<StatusCode> {
    let (error, status) = match why {
        NotKept::Refused(error) => (error, StatusCode::UNPROCESSABLE_ENTITY),
        NotKept::Down => (
            FieldError::new("", "case-files-down"),
            StatusCode::SERVICE_UNAVAILABLE,
        ),
        NotKept::Other(Error::Conflict(key)) => (FieldError::new("", key), StatusCode::CONFLICT),
        NotKept::Other(other) => return Err(other),
    };
    errors.push(error);
    Ok(status)
}

/// The answer that carries a file. Only what we have drawn ourselves is shown by the browser, and
/// even that with no rights; all else is kept as a file.
pub(crate) fn file(opened: Opened, form: Form) -> Response {
    let shown = matches!(form, Form::Cleaned | Form::Thumbnail);
    let inline = shown && opened.kind.is_image();
    let disposition = if inline { "inline" } else { "attachment" };
    // A name in Latin letters for old programs, the real one beside it (RFC 6266, RFC 8187).
    let plain = format!("document.{}", opened.kind.extension());
    let name = encoded(&opened.name);
    let disposition = format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{name}");
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static(opened.kind.media_type()),
        ),
        (CONTENT_DISPOSITION, disposition),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, opened.bytes).into_response()
}
