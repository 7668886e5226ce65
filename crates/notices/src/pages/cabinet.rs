//! A person's notices, newest first. Opening one marks it as read and leads to its case.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use base::{Error, Moment};
use people::Visitor;
use serde::Deserialize;
use uuid::Uuid;
use web::form::Form;
use web::{Page, PageResult, Request};

use crate::kinds::{Audience, Kind};
use crate::{Notice, Notices};

pub(super) fn router() -> Router<Notices> {
    Router::new()
        .route("/cabinet/notices", get(list))
        .route("/cabinet/notices/live", get(live))
        .route("/cabinet/notices/read", post(read_all))
        .route("/cabinet/notices/{id}/open", post(open))
}

/// A notice as a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) made_at: Option<Moment>,
    pub(crate) unread: bool,
}

#[derive(Template)]
#[template(path = "notices.html")]
pub(super) struct Listed {
    pub(super) page: Page,
    pub(super) lines: Vec<Line>,
    pub(super) newest: String,
    pub(super) has_unread: bool,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Deserialize)]
struct Place {
    after: Option<String>,
}

async fn list(
    visitor: Visitor,
    State(notices): State<Notices>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let after = place.after.as_deref().filter(|after| !after.is_empty());
    let found = notices.list(&visitor.actor, after).await?;
    let next = found
        .next
        .as_ref()
        .map(|next| format!("/cabinet/notices?after={}", next.as_str()))
        .unwrap_or_default();
    let lines: Vec<Line> = found.items.iter().map(|one| line(request, one)).collect();
    web::html(&Listed {
        page: request.page(request.t("notice-title")),
        newest: found
            .items
            .first()
            .map(|notice| notice.idx.to_string())
            .unwrap_or_default(),
        has_unread: lines.iter().any(|line| line.unread),
        lines,
        next,
        first: after
            .map(|_| "/cabinet/notices".to_owned())
            .unwrap_or_default(),
    })
}

async fn live(visitor: Visitor, State(notices): State<Notices>) -> PageResult {
    visitor.require_sign_in()?;
    let topic = notices.topic(&visitor.actor)?;
    Ok(visitor.request.shell().live().stream(&topic)?)
}

async fn open(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path(id): Path<String>,
) -> Result<Response, web::PageError> {
    visitor.require_sign_in()?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let notice = notices.open(&visitor.actor, id).await?;
    Ok(visitor.request.redirect(&way(&notice)))
}

#[derive(Deserialize)]
struct Newest {
    #[serde(default)]
    newest: String,
}

async fn read_all(
    visitor: Visitor,
    State(notices): State<Notices>,
    Form(form): Form<Newest>,
) -> Result<Response, web::PageError> {
    visitor.require_sign_in()?;
    let newest: i64 = form
        .newest
        .parse()
        .map_err(|_| Error::Malformed("error-malformed-do"))?;
    notices.open_all(&visitor.actor, newest).await?;
    Ok(visitor
        .request
        .redirect_saying("/cabinet/notices", "notice-all-read"))
}

/// Where a notice leads.
fn way(notice: &Notice) -> String {
    let number = &notice.facts.number;
    if number.is_empty() {
        return "/cabinet/notices".to_owned();
    }
    match notice.kind.audience() {
        Audience::Applicant => format!("/cases/{number}"),
        Audience::Specialist | Audience::Heads | Audience::PartDoers => format!("/desk/{number}"),
        Audience::TaskDoers => format!("/desk/tasks/{}", notice.facts.task),
    }
}

/// How the new day of a notice is called.
const fn key_of_day(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Extended | Kind::Delayed | Kind::Reopened | Kind::WorkAgain | Kind::TermChanged => {
            Some("notice-line-new-date")
        }
        Kind::Documents | Kind::DocumentsAgain => Some("notice-line-send-by"),
        Kind::Part | Kind::Plan | Kind::PartGiven => Some("notice-line-day"),
        Kind::TaskSet | Kind::TaskDay | Kind::WorksPutOff | Kind::WorksBack => {
            Some("notice-line-task-day")
        }
        Kind::WorksDone | Kind::WorksStage => Some("notice-line-done-on"),
        Kind::Begin => Some("notice-line-begin-by"),
        Kind::Message => Some("notice-line-reply-by"),
        Kind::Posted => Some("notice-line-posted-on"),
        _ => None,
    }
}

pub(crate) fn line(request: &Request, notice: &Notice) -> Line {
    let facts = &notice.facts;
    let key = format!("notice-of-{}", notice.kind.code());
    let title = request.ta(&key, &[("number", facts.number.as_str().into())]);
    let words = request.shell().words();
    let day = |date| words.date_long(request.language, date);
    let mut texts: Vec<String> = Vec::new();
    let mut say = |key: &str, value: String| {
        if !value.is_empty() {
            texts.push(request.ta(key, &[("value", value.into())]));
        }
    };
    let named = |prefix: &str, code: &str| {
        let key = format!("{prefix}-{code}");
        if !code.is_empty() && words.has(request.language, &key) {
            request.t(&key).into_owned()
        } else {
            String::new()
        }
    };
    say("notice-line-topic", facts.topic.clone());
    say("notice-line-works", facts.works.clone());
    say("notice-line-stage", facts.stage.clone());
    if let Some(key) = key_of_day(notice.kind) {
        say(key, facts.new_date.map(day).unwrap_or_default());
    }
    match notice.kind {
        Kind::Declined | Kind::PartyLeft => say("notice-line-party", facts.executor.clone()),
        Kind::Named | Kind::NamedFor => {
            say("notice-line-applicant", facts.applicant.clone());
            say("notice-line-due", facts.due_on.map(day).unwrap_or_default());
        }
        Kind::Rated => say("notice-line-stars", facts.stars.clone()),
        Kind::Objected => say("notice-line-objection", facts.to.clone()),
        Kind::State => say("notice-line-state", named("case-state", &facts.state)),
        Kind::Executor => say("notice-line-executor", facts.executor.clone()),
        Kind::Interim | Kind::Answer | Kind::Closed => {
            say("notice-line-outcome", named("case-outcome", &facts.outcome));
        }
        Kind::Forwarded => say("notice-line-to", facts.to.clone()),
        Kind::Posted => {
            say("notice-line-post-item", facts.post_item.clone());
            say("notice-line-to", facts.to.clone());
        }
        Kind::Ready => {
            say("notice-line-place", facts.to.clone());
            say("notice-line-hours", facts.hours.clone());
        }
        Kind::Overdue => {
            say("notice-line-due", facts.due_on.map(day).unwrap_or_default());
            texts.push(request.t("notice-line-overdue-do").into_owned());
        }
        Kind::Late => {
            say("notice-line-due", facts.due_on.map(day).unwrap_or_default());
            if let Some(days) = facts.days {
                texts.push(request.ta("notice-line-late", &[("count", days.into())]));
            }
        }
        Kind::Filed
        | Kind::Assigned
        | Kind::Agreement
        | Kind::Escalated
        | Kind::ToSign
        | Kind::Arrived
        | Kind::DocumentsAdded
        | Kind::PartDone => {
            say("notice-line-due", facts.due_on.map(day).unwrap_or_default());
        }
        Kind::Reminder => {
            if let Some(days) = facts.days {
                texts.push(request.ta("notice-line-days", &[("count", days.into())]));
            }
            texts.extend(facts.due_on.map(|date| {
                let value = day(date);
                request.ta("notice-line-due", &[("value", value.into())])
            }));
        }
        _ => {}
    }
    texts.extend(
        [&facts.instructions, &facts.reason]
            .into_iter()
            .filter(|t| !t.is_empty())
            .cloned(),
    );
    Line {
        id: notice.id.to_string(),
        title,
        texts,
        items: facts.items.clone(),
        made_at: Some(notice.made_at),
        unread: !notice.read,
    }
}
