//! The pages of social networks: notices for whoever looks after services, what came for the
//! reception, and the address to which the network brings its events.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::{Error, FieldError, Moment, Result};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use people::Visitor;
use uuid::Uuid;
use web::{Choice, Fields, Page, PageResult, Request};

use crate::Channels;
use crate::networks::{
    Draft, Event, Item, ItemState, MODERATE, MOST_WORDS, Networks, PUBLISH, Post, PostState,
};

const NOTICES: &str = "/admin/networks";
const INBOX: &str = "/reception/networks";
/// Rows of a page.
const ROWS: usize = 30;
/// The longest event that is read, bytes.
const LONGEST: usize = 256 * 1024;

pub(super) fn router() -> Router<Channels> {
    Router::new()
        .route("/admin/networks", get(list).post(write))
        .route("/admin/networks/{post}/withdraw", post(withdraw))
        .route("/reception/networks", get(came))
        .route("/reception/networks/{item}/file", post(file))
        .route("/reception/networks/{item}/leave", post(leave))
        .route("/channels/vk", post(event))
}

/// A notice as a line.
pub(super) struct PostLine {
    pub(super) words: String,
    pub(super) at: Moment,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) problem: String,
    pub(super) href: String,
    /// Where it is taken back; empty once it is out.
    pub(super) withdraw: String,
    pub(super) comments: i64,
    pub(super) reposts: i64,
    pub(super) likes: i64,
    pub(super) views: i64,
}

#[derive(askama::Template)]
#[template(path = "networks-posts.html")]
pub(super) struct Posts {
    pub(super) page: Page,
    pub(super) is_configured: bool,
    pub(super) services: Vec<Choice>,
    pub(super) service: String,
    pub(super) words: String,
    pub(super) most: usize,
    pub(super) day: String,
    pub(super) hour: String,
    pub(super) preview: String,
    pub(super) lines: Vec<PostLine>,
    pub(super) next: String,
    pub(super) first: String,
}

/// Something that came, as a line.
pub(super) struct ItemLine {
    pub(super) at: Moment,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) why: String,
    pub(super) case: String,
    /// Where it is decided of; empty when it was.
    pub(super) deeds: String,
    /// Whether a reason for leaving it was asked for and not given.
    pub(super) asks_reason: bool,
}

#[derive(askama::Template)]
#[template(path = "networks-items.html")]
pub(super) struct Items {
    pub(super) page: Page,
    pub(super) is_configured: bool,
    pub(super) lines: Vec<ItemLine>,
    /// After which the page begins, so that a decision leads back to it.
    pub(super) after: String,
    pub(super) next: String,
    pub(super) first: String,
}

/// Where a list goes on.
fn after_of(query: &Fields) -> Option<Uuid> {
    query.text("after").parse().ok()
}

fn pages_of(address: &str, after: Option<Uuid>, last: Option<Uuid>) -> (String, String) {
    let next = last.map_or_else(String::new, |last| format!("{address}?after={last}"));
    let first = after.map_or_else(String::new, |_| address.to_owned());
    (next, first)
}

async fn list(
    visitor: Visitor,
    State(channels): State<Channels>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    visitor.require_sign_in()?;
    let after = after_of(&Fields(query));
    let form = Typed::default();
    draw(&visitor, channels.networks(), after, &form, Vec::new()).await
}

/// What was typed into the form.
#[derive(Default)]
struct Typed {
    service: String,
    words: String,
    day: String,
    hour: String,
    preview: String,
}

async fn write(visitor: Visitor, State(channels): State<Channels>, fields: Fields) -> PageResult {
    visitor.require_sign_in()?;
    people::require(&visitor.actor, PUBLISH, &people::Subject::default())?;
    let networks = channels.networks();
    let mut form = Typed {
        service: fields.text("service").to_owned(),
        words: fields.text("words").to_owned(),
        day: fields.text("day").to_owned(),
        hour: fields.text("hour").to_owned(),
        preview: String::new(),
    };
    let settings = visitor.request.shell().settings();
    let publish_at = match hour(&form.day, &form.hour, &settings.zone) {
        Ok(at) => at,
        Err(Error::Invalid(errors)) => return draw(&visitor, networks, None, &form, errors).await,
        Err(other) => return Err(other.into()),
    };
    let draft = Draft {
        service: form.service.clone(),
        words: form.words.clone(),
        publish_at,
    };
    let origin = &settings.origin;
    let actor = &visitor.actor;
    let outcome = if fields.text("act") == "preview" {
        networks
            .preview(actor, &draft, origin)
            .await
            .map(|preview| form.preview = preview)
    } else {
        networks.make_post(actor, &draft, origin).await.map(drop)
    };
    match outcome {
        Ok(()) if form.preview.is_empty() => Ok(visitor
            .request
            .redirect_saying(NOTICES, "network-post-made")),
        Ok(()) => draw(&visitor, networks, None, &form, Vec::new()).await,
        Err(Error::Invalid(errors)) => draw(&visitor, networks, None, &form, errors).await,
        Err(other) => Err(other.into()),
    }
}

/// The moment of a day and an hour in the zone of the agencies; none when neither is given.
fn hour(day: &str, hour: &str, zone: &TimeZone) -> Result<Option<Moment>> {
    if day.is_empty() && hour.is_empty() {
        return Ok(None);
    }
    let wrong = |field: &str| Error::Invalid(vec![FieldError::new(field, "network-error-hour")]);
    let date: Date = day.parse().map_err(|_| wrong("day"))?;
    let hour = if hour.is_empty() { "09:00" } else { hour };
    let time = Time::strptime("%H:%M", hour).map_err(|_| wrong("hour"))?;
    let there = date.to_datetime(time).to_zoned(zone.clone());
    let there = there.map_err(|_| wrong("day"))?;
    Ok(Some(Moment::from(there.timestamp())))
}

async fn withdraw(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(post): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let id = id_in(&post)?;
    channels
        .networks()
        .withdraw_post(&visitor.actor, id)
        .await?;
    Ok(visitor
        .request
        .redirect_saying(NOTICES, "network-post-was-withdrawn"))
}

/// What is no identifier names nothing.
fn id_in(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn draw(
    visitor: &Visitor,
    networks: &Networks,
    after: Option<Uuid>,
    form: &Typed,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    // The form has a day and an hour where a notice has a moment.
    let on_page = |mut error: FieldError| {
        if error.field == "publish_at" {
            error.field = "day".into();
        }
        error
    };
    let errors: Vec<FieldError> = errors.into_iter().map(on_page).collect();
    let posts = networks.posts(&visitor.actor, after, ROWS + 1).await?;
    let last = posts.get(ROWS - 1).filter(|_| posts.len() > ROWS);
    let (next, first) = pages_of(NOTICES, after, last.map(|post| post.id));
    let contents = networks.cases().catalog().contents().await?;
    let services = contents
        .services()
        .map(|service| {
            let definition = &service.definition;
            Choice::new(&definition.code, definition.name(request.language))
        })
        .collect();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let group = networks.group().unwrap_or_default();
    web::html_with(
        status,
        &Posts {
            page: request
                .page(request.t("network-posts-title"))
                .dense()
                .with_errors(errors)
                .with_label("service", request.t("network-service"))
                .with_label("words", request.t("network-words"))
                .with_label("day", request.t("network-day"))
                .with_label("hour", request.t("network-hour")),
            is_configured: networks.is_configured(),
            services,
            service: form.service.clone(),
            words: form.words.clone(),
            most: MOST_WORDS,
            day: form.day.clone(),
            hour: form.hour.clone(),
            preview: form.preview.clone(),
            lines: posts
                .into_iter()
                .take(ROWS)
                .map(|post| post_line(request, group, post))
                .collect(),
            next,
            first,
        },
    )
}

fn post_line(request: &Request, group: i64, post: Post) -> PostLine {
    let tone = match post.state {
        PostState::Planned => "warn",
        PostState::Published => "good",
        PostState::Withdrawn => "",
    };
    let problem = match post.problem.as_str() {
        "" => String::new(),
        known @ ("away" | "busy" | "refused" | "captcha") => {
            request.t(&format!("network-problem-{known}")).into_owned()
        }
        other => request.ta("network-problem-other", &[("code", other.into())]),
    };
    let href = post
        .outer
        .map(|outer| format!("https://vk.com/wall-{group}_{outer}"));
    PostLine {
        at: post.published_at.unwrap_or(post.publish_at),
        state: request
            .t(&format!("network-post-{}", post.state.code()))
            .into_owned(),
        tone,
        problem,
        href: href.unwrap_or_default(),
        withdraw: if post.state == PostState::Planned {
            format!("{NOTICES}/{}/withdraw", post.id)
        } else {
            String::new()
        },
        words: post.words,
        comments: post.comments,
        reposts: post.reposts,
        likes: post.likes,
        views: post.views,
    }
}

async fn came(
    visitor: Visitor,
    State(channels): State<Channels>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, MODERATE)?;
    let after = after_of(&Fields(query));
    show_items(&visitor, channels.networks(), after, None, Vec::new()).await
}

async fn show_items(
    visitor: &Visitor,
    networks: &Networks,
    after: Option<Uuid>,
    wrong: Option<Uuid>,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let items = networks.items(&visitor.actor, after, ROWS + 1).await?;
    let last = items.get(ROWS - 1).filter(|_| items.len() > ROWS);
    let (next, first) = pages_of(INBOX, after, last.map(|item| item.id));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    web::html_with(
        status,
        &Items {
            page: request
                .page(request.t("network-items-title"))
                .dense()
                .with_errors(errors)
                .with_label("reason", request.t("network-reason")),
            is_configured: networks.is_configured(),
            lines: items
                .into_iter()
                .take(ROWS)
                .map(|item| item_line(request, item, wrong))
                .collect(),
            after: after.map_or_else(String::new, |after| after.to_string()),
            next,
            first,
        },
    )
}

fn item_line(request: &Request, item: Item, wrong: Option<Uuid>) -> ItemLine {
    let said = |key: String| request.t(&key).into_owned();
    let why = match item.state {
        ItemState::Left => item.reason,
        ItemState::Counted if !item.verdict.is_empty() => {
            said(format!("network-verdict-{}", item.verdict))
        }
        ItemState::Filed if ["number", "answer"].contains(&item.told.as_str()) => {
            said(format!("network-told-{}", item.told))
        }
        _ => String::new(),
    };
    let may_decide = matches!(item.state, ItemState::New | ItemState::Counted);
    ItemLine {
        asks_reason: wrong == Some(item.id),
        at: item.came_at,
        kind: said(format!("network-kind-{}", item.kind.code())),
        name: item.name,
        text: if item.is_forgotten {
            said("network-forgotten".to_owned())
        } else {
            item.text
        },
        state: said(format!("network-item-{}", item.state.code())),
        tone: match item.state {
            ItemState::Filed => "good",
            ItemState::Counted => "warn",
            ItemState::New | ItemState::Left => "",
        },
        why,
        case: item.case.unwrap_or_default(),
        deeds: if may_decide && !item.is_forgotten {
            format!("{INBOX}/{}", item.id)
        } else {
            String::new()
        },
    }
}

async fn file(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(item): Path<String>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let (id, after) = (id_in(&item)?, after_of(&fields));
    match channels.networks().file_item(&visitor.actor, id).await {
        Ok(_) => Ok(decided(&visitor, after, "network-item-was-filed")),
        Err(Error::Invalid(errors)) => {
            show_items(&visitor, channels.networks(), after, None, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn leave(
    visitor: Visitor,
    State(channels): State<Channels>,
    Path(item): Path<String>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let (id, after) = (id_in(&item)?, after_of(&fields));
    let left = channels
        .networks()
        .leave_item(&visitor.actor, id, fields.text("reason"));
    match left.await {
        Ok(_) => Ok(decided(&visitor, after, "network-item-was-left")),
        Err(Error::Invalid(errors)) => {
            show_items(&visitor, channels.networks(), after, Some(id), errors).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Back to the page of the list on which it was decided.
fn decided(visitor: &Visitor, after: Option<Uuid>, key: &str) -> Response {
    let back = after.map_or_else(
        || INBOX.to_owned(),
        |after| format!("{INBOX}?after={after}"),
    );
    visitor.request.redirect_saying(&back, key)
}

/// Takes an event of the Callback API. Whoever does not know the secret learns nothing; everything
/// else is answered `ok` once it is taken down, for else it comes again.
async fn event(State(channels): State<Channels>, body: Bytes) -> PageResult {
    let networks = channels.networks();
    let settings = networks.settings().ok_or(Error::NotFound)?;
    if body.len() > LONGEST {
        return Err(Error::Malformed("error-too-large-do").into());
    }
    let event: Event =
        serde_json::from_slice(&body).map_err(|_| Error::Malformed("error-malformed-do"))?;
    if event.group_id != settings.group {
        return Err(Error::Forbidden.into());
    }
    if event.kind == "confirmation" {
        return Ok(plain(settings.confirmation.clone()));
    }
    if !same(event.secret.as_bytes(), settings.secret.as_bytes()) {
        return Err(Error::Forbidden.into());
    }
    if let Some(heard) = event.heard(settings.group) {
        networks.take_in(heard).await?;
    }
    Ok(plain("ok".to_owned()))
}

fn plain(text: String) -> Response {
    text.into_response()
}

/// Compares without telling by time where two texts part.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_the_same_or_not() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
        assert!(!same(b"", b"a"));
    }

    #[test]
    fn an_hour_is_that_of_the_agencies() {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        assert_eq!(hour("", "", &zone).unwrap(), None);
        let at = hour("2026-11-24", "12:30", &zone).unwrap().unwrap();
        assert_eq!(at.rfc3339(), "2026-11-24T09:30:00Z");
        assert!(hour("tomorrow", "12:30", &zone).is_err());
        assert!(hour("2026-11-24", "half past", &zone).is_err());
    }
}
