//! The register as a file and as feeds. The file is written as it is read, a batch after another,
//! so that neither its length nor a slow reader takes memory.

use askama::Template;
use async_stream::stream;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Language, Result};
use jiff::civil::Date;
use people::Visitor;
use serde::{Deserialize, Serialize};
use web::{Page, PageResult, Request};

use super::names::Names;
use super::register_filter::{Asked, Chosen};
use super::register_view::{EntryView, entry};
use crate::Cases;
use crate::model::RegisterFilter;

/// The mark in front by which spreadsheets know UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// How the cells of a line are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spreadsheet {
    /// By commas, as the format says and programs expect.
    Comma,
    /// By semicolons, as spreadsheets of Russian systems expect.
    Semicolon,
}

impl Spreadsheet {
    /// What a spreadsheet of this language opens.
    pub(super) const fn of(language: Language) -> Self {
        match language {
            Language::Ru => Self::Semicolon,
            Language::En => Self::Comma,
        }
    }

    /// A line of the file.
    pub(super) fn line(self, cells: &[String]) -> Vec<u8> {
        let mut line = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .delimiter(match self {
                Self::Comma => b',',
                Self::Semicolon => b';',
            })
            .from_writer(Vec::new());
        // Writing into memory does not fail; what could not be written would be an empty line.
        let _ = line.write_record(cells.iter().map(|cell| harmless(cell)));
        line.into_inner().unwrap_or_default()
    }
}

/// The most rows of a file.
const MOST_ROWS: usize = 100_000;
/// Rows that are read at once.
const BATCH: usize = base::page::MOST;
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
    let chosen = Chosen::of(&asked, &names, cases.hours().zone());
    let today = cases.today();
    let mut first = Vec::new();
    // With the mark it is for a spreadsheet, else for a program.
    let mut sheet = Spreadsheet::Comma;
    if how.bom.as_deref() == Some("1") {
        first.extend_from_slice(MARK.as_bytes());
        sheet = Spreadsheet::of(request.language);
    }
    first.extend(sheet.line(&HEAD.map(|key| request.t(key).into_owned())));
    let rows = stream! {
        yield Ok::<_, std::io::Error>(first);
        let Some(filter) = chosen.filter else { return };
        let (mut after, mut left) = (None::<String>, MOST_ROWS);
        while left > 0 {
            let page = match cases.register(filter, after.as_deref(), BATCH.min(left)).await {
                Ok(page) => page,
                // The file ends torn, which its reader notices; a short one would look whole.
                Err(error) => {
                    yield Err(std::io::Error::other(error.to_string()));
                    return;
                }
            };
            left -= page.items.len().min(left);
            let batch = page.items.iter().flat_map(|row| {
                let shown = entry(&request, &names, row, today);
                sheet.line(&cells(&request, shown))
            });
            yield Ok(batch.collect());
            match page.next {
                Some(next) => after = Some(next.as_str().to_owned()),
                None => return,
            }
        }
    };
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"register.csv\""),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
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

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_line() {
        for text in ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        let written =
            Spreadsheet::Comma.line(&["а,б".to_owned(), "\"=1\"\n".to_owned(), "дом".to_owned()]);
        let mut read = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&written[..]);
        let rows: Vec<csv::StringRecord> = read.records().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(&rows[0][1], "\"=1\"\n");
    }

    #[test]
    fn a_russian_spreadsheet_parts_cells_by_semicolons() {
        let cells = ["а".to_owned(), "б;в".to_owned()];
        let written = Spreadsheet::of(Language::Ru).line(&cells);
        assert_eq!(String::from_utf8(written).unwrap(), "а;\"б;в\"\r\n");
        let written = Spreadsheet::of(Language::En).line(&cells);
        assert_eq!(String::from_utf8(written).unwrap(), "а,б;в\r\n");
    }
}
