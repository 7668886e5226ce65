//! Help: one topic for each page or family of pages, all in one place so that it reads as one book.
//! The layout offers every page its topic; a test of the binary fails when a route has none, so a
//! new page comes with its help. The words stand in `locales/help/`.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use base::Error;

use crate::errors::PageResult;
use crate::kept::for_everybody;
use crate::page::{Page, html};
use crate::request::Request;

/// Parts of the book, in the order of its page of contents. Key of the heading: `help-part-<name>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What everybody needs first.
    Begin,
    /// Filing and following an appeal.
    Appeal,
    /// Proofs and genuine papers.
    Proof,
    /// The account of a person.
    Account,
    /// Work on cases.
    Desk,
    /// Administration.
    Admin,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 6] = [
        Part::Begin,
        Part::Appeal,
        Part::Proof,
        Part::Account,
        Part::Desk,
        Part::Admin,
    ];

    fn name(self) -> &'static str {
        match self {
            Part::Begin => "begin",
            Part::Appeal => "appeal",
            Part::Proof => "proof",
            Part::Account => "account",
            Part::Desk => "desk",
            Part::Admin => "admin",
        }
    }
}

/// One topic. Its words are `help-<name>-title`, `help-<name>-short` (one or two sentences that
/// stand on the page itself) and `help-<name>-text`.
#[derive(Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name in addresses and keys.
    pub name: &'static str,
    /// The part of the book it stands in.
    pub part: Part,
    /// The page it is about, when that has one address; empty otherwise.
    pub go: &'static str,
    /// The routes of its pages; one that ends in `/…` means everything below it.
    pub routes: &'static [&'static str],
}

impl Topic {
    /// Key of its title.
    pub fn title(&self) -> String {
        format!("help-{}-title", self.name)
    }

    /// Key of the sentences that stand on the page itself.
    pub fn short(&self) -> String {
        format!("help-{}-short", self.name)
    }

    /// Key of its text.
    pub fn text(&self) -> String {
        format!("help-{}-text", self.name)
    }

    fn is_about(&self, route: &str) -> bool {
        self.routes.iter().any(|known| {
            known
                .strip_suffix('…')
                .map_or(*known == route, |above| route.starts_with(above))
        })
    }
}

const fn topic(
    name: &'static str,
    part: Part,
    go: &'static str,
    routes: &'static [&'static str],
) -> Topic {
    Topic {
        name,
        part,
        go,
        routes,
    }
}

/// Every topic. The first is the one of pages that have no other, as an error has not.
pub const TOPICS: &[Topic] = &[
    topic(
        "start",
        Part::Begin,
        "/",
        &["/", "/find", "/help", "/help/{topic}"],
    ),
    topic("pos", Part::Begin, "/pos", &["/pos", "/glossary"]),
    topic("access", Part::Begin, "/access", &["/access"]),
    topic(
        "app",
        Part::Begin,
        "/app",
        &["/app", "/app/kept", "/app/proposal"],
    ),
    topic(
        "services",
        Part::Appeal,
        "/services",
        &["/services", "/services/{code}", "/regulation"],
    ),
    topic("file", Part::Appeal, "/file", &["/file", "/file/…"]),
    topic("feedback", Part::Appeal, "/feedback", &["/feedback"]),
    topic(
        "dialogue",
        Part::Appeal,
        "/dialogue",
        &["/dialogue", "/dialogue/consent"],
    ),
    topic("receipt", Part::Appeal, "", &["/cases/{number}/receipt"]),
    topic("status", Part::Appeal, "/status", &["/status"]),
    topic(
        "case",
        Part::Appeal,
        "",
        &["/cases/{number}", "/cases/{number}/messages"],
    ),
    topic(
        "deeds",
        Part::Appeal,
        "",
        &[
            "/cases/{number}/do/{deed}",
            "/cases/{number}/parties",
            "/cases/{number}/participation",
        ],
    ),
    topic(
        "documents",
        Part::Appeal,
        "",
        &["/cases/{number}/documents"],
    ),
    topic("why", Part::Appeal, "", &["/cases/{number}/why"]),
    topic("history", Part::Appeal, "", &["/cases/{number}/history"]),
    topic(
        "register",
        Part::Appeal,
        "/register",
        &["/register", "/register/{number}", "/register/places"],
    ),
    topic(
        "works",
        Part::Appeal,
        "/problems",
        &[
            "/problems",
            "/problems/{code}",
            "/works/{task}",
            "/cases/{number}/works/{task}",
        ],
    ),
    topic("verify", Part::Proof, "/verify", &["/verify"]),
    topic(
        "genuine",
        Part::Proof,
        "/genuine",
        &["/genuine", "/genuine/{number}/{code}"],
    ),
    topic(
        "sign-in",
        Part::Account,
        "/sign-in",
        &[
            "/sign-in",
            "/sign-in/code",
            "/sign-up",
            "/reset",
            "/reset/{token}",
            "/confirm/{token}",
            "/invite/{token}",
            "/change-email/{token}",
        ],
    ),
    topic("cabinet", Part::Account, "/cabinet", &["/cabinet"]),
    topic(
        "notices",
        Part::Account,
        "/cabinet/notices",
        &[
            "/cabinet/notices",
            "/cabinet/notices/settings",
            "/letters/{link}",
        ],
    ),
    topic(
        "profile",
        Part::Account,
        "/profile",
        &["/profile", "/profile/consents", "/profile/tokens"],
    ),
    topic(
        "safety",
        Part::Account,
        "/profile/second-factor",
        &[
            "/profile/password",
            "/profile/email",
            "/profile/second-factor",
        ],
    ),
    topic(
        "programs",
        Part::Account,
        "/docs/api",
        &["/docs/api", "/docs/api/{subject}"],
    ),
    topic(
        "letters",
        Part::Desk,
        "/reception/mailbox",
        &[
            "/reception/mailbox",
            "/reception/mailbox/{letter}",
            "/reception/mailbox/{letter}/file",
            "/reception/mailbox/{letter}/leave",
        ],
    ),
    topic(
        "reception",
        Part::Desk,
        "/reception",
        &[
            "/reception",
            "/reception/found",
            "/reception/networks…",
            "/reception/new/…",
            "/reception/{number}…",
        ],
    ),
    topic(
        "desk",
        Part::Desk,
        "/desk",
        &[
            "/desk",
            "/desk/search",
            "/desk/several",
            "/desk/several/undo",
        ],
    ),
    topic(
        "desk-tasks",
        Part::Desk,
        "/desk/tasks",
        &["/desk/tasks", "/desk/tasks/…", "/desk/problems/…"],
    ),
    topic(
        "desk-control",
        Part::Desk,
        "/desk/terms",
        &[
            "/desk/terms",
            "/desk/journal",
            "/desk/statistics",
            "/desk/stages",
            "/desk/load",
        ],
    ),
    topic(
        "desk-case",
        Part::Desk,
        "",
        &[
            "/desk/{number}",
            "/desk/{number}/take",
            "/desk/{number}/assign",
            "/desk/{number}/messages",
            "/desk/{number}/do/{deed}",
        ],
    ),
    topic(
        "desk-answer",
        Part::Desk,
        "",
        &[
            "/desk/{number}/answer",
            "/desk/{number}/template",
            "/desk/{number}/agreement",
            "/desk/{number}/agree",
            "/desk/{number}/return",
            "/desk/{number}/close",
        ],
    ),
    topic(
        "desk-templates",
        Part::Desk,
        "/desk/templates",
        &["/desk/templates", "/desk/templates/…"],
    ),
    topic(
        "admin",
        Part::Admin,
        "/admin",
        &["/admin", "/admin/rights", "/admin/settings"],
    ),
    topic(
        "admin-people",
        Part::Admin,
        "/admin/staff",
        &[
            "/admin/units",
            "/admin/units/…",
            "/admin/territories",
            "/admin/territories/…",
            "/admin/staff",
            "/admin/staff/…",
        ],
    ),
    topic(
        "rules",
        Part::Admin,
        "/desk/rules",
        &[
            "/desk/rules",
            "/desk/rules/{service}/{version}",
            "/admin/services/{service}/rules",
            "/admin/services/{service}/rules/edit",
            "/admin/services/{service}/rules/{version}",
        ],
    ),
    topic(
        "admin-services",
        Part::Admin,
        "/admin/services",
        &[
            "/admin/services",
            "/admin/services/new",
            "/admin/services/{service}",
            "/admin/services/{service}/edit",
            "/admin/services/{service}/proposal",
            "/admin/services/{service}/versions/…",
            "/admin/categories",
            "/admin/categories/…",
            "/admin/officials",
            "/admin/officials/…",
        ],
    ),
    topic(
        "admin-routes",
        Part::Admin,
        "/admin/routes",
        &[
            "/admin/routes",
            "/admin/routes/…",
            "/admin/terms",
            "/admin/terms/…",
        ],
    ),
    topic(
        "admin-letters",
        Part::Admin,
        "/admin/templates",
        &[
            "/admin/templates",
            "/admin/templates/…",
            "/admin/letterheads",
            "/admin/letterheads/…",
        ],
    ),
    topic(
        "admin-networks",
        Part::Admin,
        "/admin/networks",
        &["/admin/networks"],
    ),
    topic(
        "admin-running",
        Part::Admin,
        "/admin/log",
        &["/admin/log", "/admin/jobs", "/admin/mailbox"],
    ),
];

/// The topic of a route as the router was told it.
pub fn topic_of(route: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.is_about(route))
}

/// A piece of a text: each line of it is a paragraph, a point (`- `) or a step (`+ `).
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    Paragraph(&'a str),
    Points(Vec<&'a str>),
    Steps(Vec<&'a str>),
}

/// The pieces of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = line.strip_prefix("- ");
        let step = line.strip_prefix("+ ");
        match (point, step, blocks.last_mut()) {
            (Some(point), _, Some(Block::Points(points))) => points.push(point),
            (Some(point), ..) => blocks.push(Block::Points(vec![point])),
            (_, Some(step), Some(Block::Steps(steps))) => steps.push(step),
            (_, Some(step), _) => blocks.push(Block::Steps(vec![step])),
            _ => blocks.push(Block::Paragraph(line)),
        }
    }
    blocks
}

struct Shelf {
    title: String,
    topics: Vec<&'static Topic>,
}

#[derive(Template)]
#[template(path = "help.html")]
struct Contents {
    page: Page,
    shelves: Vec<Shelf>,
}

#[derive(Template)]
#[template(path = "help-topic.html")]
struct Chapter<'a> {
    page: Page,
    topic: &'static Topic,
    short: String,
    blocks: Vec<Block<'a>>,
    others: Vec<&'static Topic>,
}

pub(crate) fn router() -> Router {
    Router::new()
        .route("/help", get(contents))
        .route("/help/{topic}", get(chapter))
}

async fn contents(request: Request) -> PageResult {
    let shelves = Part::ALL
        .into_iter()
        .map(|part| Shelf {
            title: request
                .t(&format!("help-part-{}", part.name()))
                .into_owned(),
            topics: of(part).collect(),
        })
        .collect();
    for_everybody(html(&Contents {
        page: request.page(request.t("help-title")),
        shelves,
    }))
}

async fn chapter(request: Request, Path(name): Path<String>) -> PageResult {
    let topic = TOPICS
        .iter()
        .find(|topic| topic.name == name)
        .ok_or(Error::NotFound)?;
    let text = request.t(&topic.text()).into_owned();
    for_everybody(html(&Chapter {
        page: request.page(request.t(&topic.title())),
        topic,
        short: request.t(&topic.short()).into_owned(),
        blocks: blocks(&text),
        others: of(topic.part)
            .filter(|other| other.name != topic.name)
            .collect(),
    }))
}

fn of(part: Part) -> impl Iterator<Item = &'static Topic> {
    TOPICS.iter().filter(move |topic| topic.part == part)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use base::Language;

    use super::*;
    use crate::words::Words;

    #[test]
    fn every_topic_has_its_words_in_every_language() {
        let words = Words::new(&[]).unwrap();
        let mut names = HashSet::new();
        for topic in TOPICS {
            assert!(names.insert(topic.name), "{} stands twice", topic.name);
            for key in [topic.title(), topic.short(), topic.text()] {
                for language in Language::ALL {
                    assert!(words.has(language, &key), "{key} ({})", language.tag());
                }
            }
        }
    }

    #[test]
    fn a_route_belongs_to_one_topic() {
        for topic in TOPICS {
            for route in topic.routes {
                let route = route.replace('…', "{x}");
                let found: Vec<_> = TOPICS
                    .iter()
                    .filter(|topic| topic.is_about(&route))
                    .map(|topic| topic.name)
                    .collect();
                assert_eq!(found, [topic.name], "{route}");
            }
        }
        assert_eq!(topic_of("/nobody/knows/{it}"), None);
        assert_eq!(topic_of("/file/{service}/{draft}").unwrap().name, "file");
    }

    #[test]
    fn lines_become_paragraphs_points_and_steps() {
        assert_eq!(
            blocks("One.\n\n- a\n- b\n+ first\n+ second\nEnd."),
            [
                Block::Paragraph("One."),
                Block::Points(vec!["a", "b"]),
                Block::Steps(vec!["first", "second"]),
                Block::Paragraph("End."),
            ]
        );
    }
}
