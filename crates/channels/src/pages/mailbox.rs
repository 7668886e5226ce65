//! Letters that came to the mailbox, for operators: what became of each, and the two decisions about
//! those that were set aside. For administrators: whether the mailbox is read.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::{Error, FieldError, Moment};
use people::{Permission, Subject, Visitor};
use serde::Deserialize;
use uuid::Uuid;
use web::admin::{Group, Section};
use web::{Form, Page, PageResult, Request};

use crate::Channels;
use crate::mailbox::model::{Fate, LetterLine, OpenLetter, State as Reading};

const ADDRESS: &str = "/reception/mailbox";

/// The state of the mailbox in the administration.
pub(crate) const SECTION: Section = Section {
    group: Group::Running,
    href: "/admin/mailbox",
    title: "mailbox-admin-title",
    note: "mailbox-admin-note",
    shown: |actor| people::allows_somewhere(actor, Permission::RunInstallation),
};

pub(super) fn router() -> Router<Channels> {
    Router::new()
        .route("/reception/mailbox", get(list))
        .route("/reception/mailbox/{letter}", get(show))
        .route("/reception/mailbox/{letter}/file", get(back).post(file))
        .route("/reception/mailbox/{letter}/leave", get(back).post(leave))
        .route("/admin/mailbox", get(state))
}

/// A letter as a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) came_at: Option<Moment>,
    pub(super) fate: String,
    pub(super) tone: &'static str,
    pub(super) reason: String,
    /// The case that it became or belongs to, and where it is looked up.
    pub(super) number: String,
    /// Another case that it names.
    pub(super) named: String,
    pub(super) refused: Vec<String>,
    pub(super) undelivered_to: String,
    pub(super) left_because: String,
}

#[derive(Template)]
#[template(path = "mailbox-letters.html")]
pub(super) struct Letters {
    pub(super) page: Page,
    pub(super) all: bool,
    pub(super) is_read: bool,
    pub(super) lines: Vec<Line>,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Template)]
#[template(path = "mailbox-letter.html")]
pub(super) struct OneLetter {
    pub(super) page: Page,
    pub(super) line: Line,
    pub(super) sender: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) files: Vec<String>,
    /// Where its decisions are sent; empty when it was decided about.
    pub(super) decide: String,
    /// Whether the letter is still here, so that it can be filed.
    pub(super) is_kept: bool,
    pub(super) reason: String,
}

#[derive(Template)]
#[template(path = "mailbox-state.html")]
pub(super) struct Standing {
    pub(super) page: Page,
    /// The address that is read; empty when none is.
    pub(super) address: String,
    pub(super) read_at: Option<Moment>,
    pub(super) failed_at: Option<Moment>,
    pub(super) failures: i64,
    pub(super) problem: String,
}

#[derive(Default, Deserialize)]
struct Place {
    all: Option<String>,
    after: Option<String>,
}

/// Operators only: a guest signs in first.
fn require_operator(visitor: &Visitor) -> base::Result<()> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::FileOnBehalf)
}

async fn list(
    visitor: Visitor,
    State(channels): State<Channels>,
    Query(place): Query<Place>,
) -> PageResult {
    require_operator(&visitor)?;
    let request = &visitor.request;
    let all = place.all.as_deref() == Some("yes");
    let after = place.after.as_deref().filter(|after| !after.is_empty());
    let found = channels.letters(&visitor.actor, !all, after, None).await?;
    let here = if all {
        format!("{ADDRESS}?all=yes")
    } else {
        ADDRESS.to_owned()
    };
    let sign = if all { '&' } else { '?' };
    let next = found
        .next
        .map(|next| format!("{here}{sign}after={}", next.as_str()));
    let mut page = letters_page(request, all, &found.items);
    page.is_read = channels.mailbox_address().is_some();
    page.next = next.unwrap_or_default();
    page.first = after.map(|_| here).unwrap_or_default();
    web::html(&page)
}

pub(super) fn letters_page(request: &Request, all: bool, letters: &[LetterLine]) -> Letters {
    Letters {
        page: request.page(request.t("mailbox-title")).dense(),
        all,
        is_read: false,
        lines: letters.iter().map(|one| line(request, one)).collect(),
        next: String::new(),
        first: String::new(),
    }
}

/// A letter by its part of an address.
fn letter_in(text: &str) -> base::Result<Uuid> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn show(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
) -> PageResult {
    require_operator(&visitor)?;
    let letter = letter_in(&letter)?;
    draw(&channels, &visitor, letter, "", Vec::new()).await
}

/// Whoever comes back to the address of a decision is shown the letter.
async fn back(visitor: Visitor, Path(letter): Path<String>) -> PageResult {
    require_operator(&visitor)?;
    let letter = letter_in(&letter)?;
    Ok(visitor.request.redirect(&format!("{ADDRESS}/{letter}")))
}

async fn file(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
) -> PageResult {
    require_operator(&visitor)?;
    let letter = letter_in(&letter)?;
    let shell = visitor.request.shell();
    match channels.file_letter(&visitor.actor, shell, letter).await {
        // The letter names its case; the operator goes on with the others from there.
        Ok(_) => Ok(visitor
            .request
            .redirect_saying(&format!("{ADDRESS}/{letter}"), "mailbox-filed")),
        Err(Error::Invalid(errors)) => {
            // The form of the service was changed so that no letter fits: a card is written by hand.
            tracing::warn!(
                count = errors.len(),
                "a letter does not fit the form of its service"
            );
            let errors = vec![FieldError::new("", "mailbox-error-unfit")];
            draw(&channels, &visitor, letter, "", errors).await
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Default, Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

async fn leave(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(letter): Path<String>,
    Form(form): Form<Reason>,
) -> PageResult {
    require_operator(&visitor)?;
    let letter = letter_in(&letter)?;
    let left = channels.leave_letter(&visitor.actor, letter, &form.reason);
    match left.await {
        Ok(()) => Ok(visitor.request.redirect_saying(ADDRESS, "mailbox-left")),
        Err(Error::Invalid(errors)) => {
            draw(&channels, &visitor, letter, &form.reason, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    channels: &Channels,
    visitor: &Visitor,
    letter: Uuid,
    reason: &str,
    errors: Vec<FieldError>,
) -> PageResult {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let found = channels.letter(&visitor.actor, letter).await?;
    let page = one(&visitor.request, &found, reason, errors);
    web::html_with(status, &page)
}

pub(super) fn one(
    request: &Request,
    found: &OpenLetter,
    reason: &str,
    errors: Vec<FieldError>,
) -> OneLetter {
    let line = line(request, &found.line);
    let is_open = found.line.fate == Fate::Aside;
    OneLetter {
        page: request
            .page(line.subject.clone())
            .with_errors(errors)
            .with_label("reason", request.t("mailbox-reason")),
        sender: found.sender.clone(),
        paragraphs: match found.text.trim() {
            "" => Vec::new(),
            text => text.split('\n').map(str::to_owned).collect(),
        },
        files: found.files.clone(),
        decide: if is_open {
            line.href.clone()
        } else {
            String::new()
        },
        is_kept: found.line.is_kept,
        reason: reason.to_owned(),
        line,
    }
}

pub(super) fn line(request: &Request, letter: &LetterLine) -> Line {
    let number = |number: Option<base::Number>| number.map(|number| number.to_string());
    let subject = if letter.subject.is_empty() {
        request.t("mailbox-no-subject").into_owned()
    } else {
        letter.subject.clone()
    };
    let reason = if letter.reason.is_empty() {
        String::new()
    } else {
        let key = format!("mailbox-aside-{}", letter.reason.replace('_', "-"));
        request.t(&key).into_owned()
    };
    Line {
        href: format!("{ADDRESS}/{}", letter.id),
        subject,
        from: letter.from.clone(),
        came_at: Some(letter.came_at),
        fate: request
            .t(&format!("mailbox-fate-{}", letter.fate.code()))
            .into_owned(),
        tone: match letter.fate {
            Fate::Filed | Fate::Added => "good",
            Fate::Aside => "warn",
            Fate::Left => "",
        },
        reason,
        number: number(letter.case).unwrap_or_default(),
        named: number(letter.named).unwrap_or_default(),
        refused: letter.refused.clone(),
        undelivered_to: letter.undelivered_to.clone(),
        left_because: letter.left_because.clone(),
    }
}

async fn state(visitor: Visitor, State(channels): State<Channels>) -> PageResult {
    visitor.require_sign_in()?;
    people::require(
        &visitor.actor,
        Permission::RunInstallation,
        &Subject::default(),
    )?;
    let request = &visitor.request;
    let known = channels.mailbox_state().await?;
    let address = channels.mailbox_address();
    web::html(&standing(request, address.unwrap_or_default(), &known))
}

pub(super) fn standing(request: &Request, address: &str, known: &Reading) -> Standing {
    let problem = if known.problem.is_empty() {
        String::new()
    } else {
        let key = format!("mailbox-problem-{}", known.problem.replace('_', "-"));
        request.t(&key).into_owned()
    };
    Standing {
        page: request.page(request.t("mailbox-admin-title")).dense(),
        address: address.to_owned(),
        read_at: known.read_at,
        failed_at: known.failed_at,
        failures: known.failures,
        problem,
    }
}
