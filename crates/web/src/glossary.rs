//! The words of the product in one place: `/glossary` tells what each word means here and every
//! reading of «ПОС» with what it does; `/pos` is the page behind the button of the home page.
//! What is said of a reading and where it stands in the product are kept together in this table.

use askama::Template;
use axum::Router;
use axum::routing::get;

use crate::errors::PageResult;
use crate::help::{Block, blocks};
use crate::kept::for_everybody;
use crate::page::{Page, html};
use crate::request::Request;

/// How much of a reading works in this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Works,
    Partly,
    Ahead,
}

impl Standing {
    fn key(self) -> &'static str {
        match self {
            Standing::Works => "glossary-works",
            Standing::Partly => "glossary-partly",
            Standing::Ahead => "glossary-ahead",
        }
    }

    fn tone(self) -> &'static str {
        match self {
            Standing::Works => "good",
            Standing::Partly => "warn",
            Standing::Ahead => "calm",
        }
    }
}

/// A page that a reading leads to, with the key of its name.
type Way = (&'static str, &'static str);

/// One reading. Its words: `pos-<name>` (the reading itself, Russian in every language),
/// `pos-<name>-en` (what it is called in English; not shown in Russian), `pos-<name>-what`, and
/// `pos-<name>-does` (what it does, a line each).
struct Reading {
    name: &'static str,
    standing: Standing,
    ways: &'static [Way],
}

const FILE: Way = ("/file", "pos-go-file");
const SERVICES: Way = ("/services", "pos-go-services");
const STATUS: Way = ("/status", "pos-go-status");
const CABINET: Way = ("/cabinet", "pos-go-cabinet");
const NOTICES: Way = ("/cabinet/notices", "pos-go-notices");
const REGISTER: Way = ("/register", "pos-go-register");
const VERIFY: Way = ("/verify", "pos-go-verify");
const API: Way = ("/docs/api", "pos-go-api");

const fn reading(name: &'static str, standing: Standing, ways: &'static [Way]) -> Reading {
    Reading {
        name,
        standing,
        ways,
    }
}

/// Every reading, those that people mean most often first.
const READINGS: &[Reading] = &[
    reading("feedback", Standing::Works, &[FILE, STATUS]),
    reading(
        "public-online",
        Standing::Works,
        &[FILE, SERVICES, REGISTER],
    ),
    reading("personal", Standing::Works, &[CABINET, NOTICES]),
    reading("portal", Standing::Works, &[SERVICES, CABINET]),
    reading("prompt", Standing::Works, &[STATUS]),
    reading("operator", Standing::Works, &[FILE]),
    reading("special", Standing::Works, &[FILE, REGISTER]),
    reading("open-portal", Standing::Works, &[SERVICES, API]),
    reading("open-platform", Standing::Partly, &[API, VERIFY]),
    reading("open-service", Standing::Partly, &[REGISTER, VERIFY]),
    reading("public-open", Standing::Partly, &[SERVICES]),
    reading("digital", Standing::Partly, &[SERVICES, VERIFY]),
    reading("centre", Standing::Partly, &[SERVICES, CABINET]),
    reading("poll", Standing::Ahead, &[]),
    reading("acts", Standing::Ahead, &[]),
    reading("point", Standing::Ahead, &[]),
    reading("payment", Standing::Ahead, &[]),
    reading("sale", Standing::Ahead, &[]),
];

/// Words of the product, `term-<name>` and `term-<name>-what`.
const TERMS: &[&str] = &[
    "appeal",
    "message",
    "kind",
    "number",
    "code",
    "draft",
    "case",
    "stage",
    "due",
    "unit",
    "specialist",
    "agreement",
    "register",
    "journal",
    "receipt",
    "proof",
    "checkpoint",
];

/// Everything that stands in the glossary, for the search: its anchor, the key of its name and the
/// key of what it means.
pub fn told() -> impl Iterator<Item = (String, String, String)> {
    let readings = READINGS
        .iter()
        .map(|reading| format!("pos-{}", reading.name));
    let terms = TERMS.iter().map(|name| format!("term-{name}"));
    readings
        .chain(terms)
        .map(|key| (key.clone(), key.clone(), format!("{key}-what")))
}

struct ReadingShown<'a> {
    name: &'static str,
    reading: String,
    english: String,
    what: String,
    does: Vec<Block<'a>>,
    standing: String,
    tone: &'static str,
    ways: &'static [Way],
}

struct TermShown {
    name: &'static str,
    term: String,
    what: String,
}

#[derive(Template)]
#[template(path = "glossary.html")]
struct Glossary<'a> {
    page: Page,
    readings: Vec<ReadingShown<'a>>,
    terms: Vec<TermShown>,
}

#[derive(Template)]
#[template(path = "pos.html")]
struct Pos<'a> {
    page: Page,
    steps: Vec<Block<'a>>,
    country: &'a str,
}

pub(crate) fn router() -> Router {
    Router::new()
        .route("/glossary", get(glossary))
        .route("/pos", get(pos))
}

async fn glossary(request: Request) -> PageResult {
    let word = |key: String| request.t(&key).into_owned();
    let texts: Vec<String> = READINGS
        .iter()
        .map(|reading| word(format!("pos-{}-does", reading.name)))
        .collect();
    let readings = READINGS
        .iter()
        .zip(&texts)
        .map(|(reading, does)| ReadingShown {
            name: reading.name,
            reading: word(format!("pos-{}", reading.name)),
            english: word(format!("pos-{}-en", reading.name)),
            what: word(format!("pos-{}-what", reading.name)),
            does: blocks(does),
            standing: word(reading.standing.key().to_owned()),
            tone: reading.standing.tone(),
            ways: reading.ways,
        })
        .collect();
    let terms = TERMS
        .iter()
        .map(|name| TermShown {
            name,
            term: word(format!("term-{name}")),
            what: word(format!("term-{name}-what")),
        })
        .collect();
    for_everybody(html(&Glossary {
        page: request.page(request.t("glossary-title")),
        readings,
        terms,
    }))
}

async fn pos(request: Request) -> PageResult {
    let steps = request.t("pos-steps").into_owned();
    for_everybody(html(&Pos {
        page: request.page(request.t("pos-title")),
        steps: blocks(&steps),
        country: &request.shell().settings().pos_url,
    }))
}

#[cfg(test)]
mod tests {
    use base::Language;

    use super::*;
    use crate::words::Words;

    #[test]
    fn every_reading_and_every_term_has_its_words() {
        let words = Words::new(&[]).unwrap();
        let readings = READINGS.iter().flat_map(|reading| {
            ["", "-en", "-what", "-does"].map(|end| format!("pos-{}{end}", reading.name))
        });
        let terms = TERMS
            .iter()
            .flat_map(|name| [format!("term-{name}"), format!("term-{name}-what")]);
        let ways = READINGS
            .iter()
            .flat_map(|reading| reading.ways)
            .map(|(_, key)| (*key).to_owned());
        for key in readings.chain(terms).chain(ways) {
            for language in Language::ALL {
                assert!(words.has(language, &key), "{key} ({})", language.tag());
            }
        }
    }

    #[test]
    fn what_works_leads_somewhere_and_what_does_not_leads_nowhere() {
        for reading in READINGS {
            let leads = !reading.ways.is_empty();
            assert_eq!(
                leads,
                reading.standing != Standing::Ahead,
                "{}",
                reading.name
            );
        }
    }
}
