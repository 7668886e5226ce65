//! The pages of the slice: home, filing, cases, cabinet, status, register, verification and the
//! specialist's desk. A handler asks the service, puts the answer into a view of plain texts and
//! gives it to a template; what may be done and by whom is decided by the service alone.

mod attaching;
mod begun;
mod cabinet;
mod callers;
mod case;
mod case_view;
mod checks_view;
mod colleagues;
mod control;
mod course_view;
mod deciding;
mod deed_forms;
mod deeds;
mod desk;
mod desk_actions;
mod desk_view;
mod documents;
pub(crate) mod documents_view;
mod dropping;
mod feedback;
mod filing;
mod finished;
mod genuine;
mod history_view;
mod home;
mod intake_view;
pub(crate) mod letterheads;
mod load;
pub(crate) mod multipart;
mod names;
mod paper_view;
pub(crate) mod papers;
mod participation;
mod prefilling;
mod proposing;
mod reception;
mod register;
mod register_files;
mod register_filter;
mod register_view;
mod renewing;
mod review;
mod rule_view;
mod scans;
mod search;
mod several;
mod sharing;
mod spreadsheets;
mod stages;
mod statistics;
mod status;
pub(crate) mod taking;
mod telling;
mod templates;
mod term;
mod upload;
mod verify;
mod verify_view;
mod works;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use base::{Error, Number, Result};
use web::Request;

use crate::Cases;
use crate::pass::{self, Pass};

pub use begun::begun;
pub(crate) use case_view::route as route_in_words;
pub(crate) use checks_view::check_in_words;
pub(crate) use history_view::history_in_words;
pub use letterheads::ADMIN;
pub use papers::answer_for_letter;
#[cfg(test)]
pub(crate) use verify_view::ACTIONS;

/// The most letters of a text in a search box or a cursor that are read at all.
const MOST_QUERY: usize = 400;

/// Every page of the slice.
pub fn router(cases: Cases) -> Router {
    Router::new()
        .merge(home::router())
        .merge(filing::router())
        .merge(attaching::router())
        .merge(case::router())
        .merge(documents::router())
        .merge(deeds::router())
        .merge(participation::router())
        .merge(cabinet::router())
        .merge(reception::router())
        .merge(callers::router())
        .merge(status::router())
        .merge(register::router())
        .merge(register_files::router())
        .merge(search::router())
        .merge(verify::router())
        .merge(papers::router())
        .merge(genuine::router())
        .merge(desk::router())
        .merge(feedback::router())
        .merge(proposing::router())
        .merge(sharing::router())
        .merge(letterheads::router())
        .merge(works::router())
        .merge(templates::router())
        .with_state(cases)
}

/// A name with its value, as lists of facts show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The address of a small drawing of it; empty for most.
    pub(crate) map: String,
    /// Whether these are the words of the appeal, which need no name.
    pub(crate) own_words: bool,
}

impl Line {
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            map: String::new(),
            own_words: false,
        }
    }

    /// An answer of a form.
    pub(crate) fn answered(line: catalog::SummaryLine) -> Self {
        Self {
            own_words: line.field == "description",
            label: line.label,
            value: line.value,
            map: line.map,
        }
    }
}

/// The number that an address names. A mistyped one is a page that does not exist.
fn number_in(text: &str) -> Result<Number> {
    text.parse().map_err(|_| Error::NotFound)
}

/// What the browser of a guest may open.
fn pass_of(cases: &Cases, request: &Request) -> Pass {
    Pass::read(
        cases.journal().keys(),
        request.cookie(web::cookies::PASS),
        request.now(),
    )
}

/// Gives the browser its pass.
fn with_pass(mut response: Response, cases: &Cases, request: &Request, pass: &Pass) -> Response {
    let value = pass.cookie(cases.journal().keys(), request.now());
    let seconds = u32::try_from(pass::SECONDS).unwrap_or(u32::MAX);
    let cookie = web::cookies::set(request.shell(), web::cookies::PASS, &value, seconds);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

/// `text` as a value inside a query.
fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes every text");
        }
        out
    })
}

/// An address with those of the parameters that say something.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query: Vec<String> = parameters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// A parameter of an address, cut to a bearable length and cleaned.
fn parameter(text: Option<&str>) -> String {
    let bounded: String = text.unwrap_or_default().chars().take(MOST_QUERY).collect();
    base::text::clean_line(&bounded)
}
