//! The regulation: every term of every service in plain words, with the article that sets it, made
//! from the rules that cases are counted by. For anybody to read and to print.

use askama::Template;
use axum::extract::State;
use law::{Unit, Words};
use web::{Page, PageResult, Request};

use super::formal;
use crate::catalog::Catalog;
use crate::regulation::{ServiceTerm, TermKind, guest_terms_of, term, terms_of};

/// A term.
struct Line {
    what: String,
    length: String,
    article: String,
    /// Whether the installation set it, not a law.
    own: bool,
}

/// A service with its terms.
struct ServiceLines {
    code: String,
    name: String,
    formal: String,
    lines: Vec<Line>,
    /// The terms of the plain message that it is for a guest; empty where nobody files it as one.
    guest: Vec<Line>,
}

#[derive(Template)]
#[template(path = "regulation.html")]
struct Regulation {
    page: Page,
    services: Vec<ServiceLines>,
    /// The terms that subjects have of their own, whatever the service.
    subjects: Vec<Line>,
    /// What holds for every service.
    common: Vec<Line>,
}

/// What the house keeps beside the law, whatever the service. A rule that no case is held to yet does
/// not stand here: the page would promise it.
const OWN: [&str; 1] = ["documents_window"];

pub(super) async fn regulation(request: Request, State(catalog): State<Catalog>) -> PageResult {
    let contents = catalog.contents().await?;
    let today = request.now().date(&request.shell().settings().zone);
    let told = |terms: Vec<ServiceTerm>| {
        let lines = terms.iter().map(|term| line(&request, term));
        lines.collect::<Vec<_>>()
    };
    let services = contents
        .services()
        .map(|service| {
            let definition = &service.definition;
            ServiceLines {
                code: definition.code.clone(),
                name: definition.name(request.language).to_owned(),
                formal: formal(&request, definition),
                lines: told(terms_of(definition, today)),
                guest: told(guest_terms_of(definition, today)),
            }
        })
        .collect();
    let categories = contents.categories();
    let mut subjects = Vec::new();
    for category in categories.all().iter().filter(|category| category.active) {
        let Some(own) = contents.handling().own(category.id) else {
            continue;
        };
        for (regime, name) in &own.terms {
            let Some(own_term) = term(regime, name, today) else {
                continue;
            };
            let told = line(&request, &own_term);
            let path = categories.path(category.id, request.language);
            let what = format!("{}: {path}", told.what);
            subjects.push(Line { what, ..told });
        }
    }
    let common = OWN.into_iter().filter_map(|own| term("own", own, today));
    let common = told(common.collect());
    web::html(&Regulation {
        page: request.page(request.t("catalog-regulation")),
        services,
        subjects,
        common,
    })
}

/// A term, told to a reader.
fn line(request: &Request, term: &ServiceTerm) -> Line {
    let words = |words: &Words| words.in_language(request.language.tag()).to_owned();
    let most = "catalog-regulation-at-most";
    let (what, key) = match term.kind {
        TermKind::Limit => (words(&term.rule.title), "catalog-regulation-within"),
        TermKind::Extension => (request.t("catalog-regulation-extension").into_owned(), most),
        TermKind::Pause => (request.t("catalog-regulation-pause").into_owned(), most),
    };
    Line {
        what,
        length: match (term.kind, term.days) {
            (TermKind::Limit, 0) => request.t("catalog-regulation-at-once").into_owned(),
            _ => days(request, key, term.days, term.unit),
        },
        article: words(term.article),
        own: term.is_own(),
    }
}

/// «не позже чем через 30 календарных дней».
fn days(request: &Request, key: &str, days: u32, unit: Unit) -> String {
    let length = match unit {
        Unit::CalendarDays => "catalog-admin-days",
        Unit::WorkingDays => "catalog-admin-working-days",
    };
    let length = request.ta(length, &[("days", days.into())]);
    request.ta(key, &[("length", length.into())])
}
