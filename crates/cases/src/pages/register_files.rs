//! The register as a file and as feeds.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Result;
use jiff::civil::Date;
use people::Visitor;
use serde::{Deserialize, Serialize};
use web::{Page, PageResult, Request};

use super::names::Names;
use super::register_filter::{Asked, Chosen};
use super::register_view::{EntryView, entry};
use super::spreadsheets::{self, Batch, Spreadsheet};
use crate::Cases;
use crate::model::RegisterFilter;

/// Entries of a feed.
const NEWEST: usize = 50;
/// A feed may be kept so long by whoever stands between.
const KEPT: &str = "public, max-age=60";

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/register.csv", get(file))
        .route("/register.atom", get(atom))
        .route("/register.json", get(json))
}

#[derive(Default, Deserialize)]
struct How {
    /// `1` puts the mark in front by which spreadsheets know UTF-8.
    bom: Option<String>,
}

async fn file(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
    Query(how): Query<How>,
) -> PageResult {
    let request = visitor.request.clone();
    let names = Names::load(&cases, request.language).await?;
    let filter = Chosen::of(&asked, &names, cases.hours().zone()).filter;
    let today = cases.today();
    let head = HEAD.map(|key| request.t(key).into_owned());
    // With the mark it is for a spreadsheet, else for a program.
    let (sheet, first) = if how.bom.as_deref() == Some("1") {
        let sheet = Spreadsheet::of(request.language);
        (sheet, sheet.marked_head(&head))
    } else {
        (Spreadsheet::Comma, Spreadsheet::Comma.line(&head))
    };
    let house = Arc::new((cases, request, names));
    let read = move |after: Option<String>, limit| {
        let house = house.clone();
        async move {
            let (cases, request, names) = &*house;
            let Some(filter) = filter else {
                return Ok(Batch::default());
            };
            let page = cases.register(filter, after.as_deref(), limit).await?;
            Ok(Batch::of(&page, |row| {
                let shown = entry(request, names, row, today);
                sheet.line(&cells(request, shown))
            }))
        }
    };
    Ok(spreadsheets::file("register.csv", first, read))
}

/// Keys of the names of the columns.
const HEAD: [&str; 11] = [
    "register-number",
    "register-kind",
    "register-category",
    "register-unit",
    "register-received",
    "register-begun",
    "register-due",
    "register-answered",
    "register-state",
    "register-outcome",
    "case-carried-over",
];

fn cells(request: &Request, shown: EntryView) -> [String; 11] {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        shown.number,
        shown.service,
        shown.category,
        shown.unit,
        shown.received_on.to_string(),
        day(shown.begun_on),
        day(shown.due_on),
        day(shown.answered_on),
        shown.state,
        shown.outcome,
        request
            .t(if shown.carried_over {
                "register-yes"
            } else {
                "register-no"
            })
            .into_owned(),
    ]
}

/// An entry of a feed.
pub(super) struct FeedEntry {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) received: String,
    pub(super) updated: String,
}

#[derive(Template)]
#[template(path = "register-feed.xml")]
pub(super) struct Feed {
    pub(super) page: Page,
    pub(super) own: String,
    pub(super) list: String,
    pub(super) updated: String,
    pub(super) entries: Vec<FeedEntry>,
}

async fn feed(request: &Request, cases: &Cases, asked: &Asked, path: &str) -> Result<Feed> {
    let names = Names::load(cases, request.language).await?;
    let chosen = Chosen::of(asked, &names, cases.hours().zone());
    let newest = |filter: RegisterFilter| cases.register(filter, None, NEWEST);
    let rows = match chosen.filter {
        Some(filter) => newest(filter).await?.items,
        None => Vec::new(),
    };
    let today = cases.today();
    let origin = &request.shell().settings().origin;
    let entries: Vec<FeedEntry> = rows
        .iter()
        .map(|row| {
            let shown = entry(request, &names, row, today);
            let about = if shown.category.is_empty() {
                &shown.service
            } else {
                &shown.category
            };
            let words = request.shell().words();
            let begun = shown.begun_on.map_or_else(String::new, |day| {
                let date = words.date_long(request.language, day);
                request.ta("register-begun-on", &[("date", date.into())])
            });
            let parts = [
                &shown.service,
                &shown.unit,
                &shown.state,
                &shown.outcome,
                &begun,
                &shown.due,
            ];
            let said: Vec<&str> = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect();
            FeedEntry {
                href: format!("{origin}/register/{}", super::encoded(&shown.number)),
                title: format!("{about} · {}", shown.number),
                summary: said.join(" · "),
                received: row.received_at.rfc3339(),
                updated: row.answered_at.unwrap_or(row.received_at).rfc3339(),
            }
        })
        .collect();
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    Ok(Feed {
        page: request.page(request.t("register-title")),
        own: format!("{origin}{}", chosen.address(path, "")),
        list: format!("{origin}{}", chosen.address("/register", "")),
        updated: updated.unwrap_or_else(|| request.now().rfc3339()),
        entries,
    })
}

async fn atom(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let feed = feed(&visitor.request, &cases, &asked, "/register.atom").await?;
    let text = feed.render().map_err(base::Error::internal)?;
    Ok(given("application/atom+xml; charset=utf-8", text))
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    language: &'static str,
    home_page_url: &'a str,
    feed_url: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
}

async fn json(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let feed = feed(&visitor.request, &cases, &asked, "/register.json").await?;
    let items = feed.entries.iter().map(|entry| JsonItem {
        id: &entry.href,
        url: &entry.href,
        title: &entry.title,
        content_text: &entry.summary,
        date_published: &entry.received,
        date_modified: &entry.updated,
    });
    let told = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.page.title(),
        language: feed.page.tag(),
        home_page_url: &feed.list,
        feed_url: &feed.own,
        items: items.collect(),
    };
    let text = serde_json::to_string(&told).map_err(base::Error::internal)?;
    Ok(given("application/feed+json", text))
}

fn given(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, KEPT)], text).into_response()
}
