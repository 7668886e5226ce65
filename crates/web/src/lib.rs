//! What every page and endpoint shares: the layout, its components, words and dates, errors as
//! pages and as problem details, forms, assets, live updates, and the layers that every request
//! passes through (request ids, bounds, headers, protection against forged requests).
//!
//! A slice takes [`Request`] in its handler, makes a [`Page`] from it, gives the page to an Askama
//! template that extends `layout.html`, and answers with [`html`]. Every `base::Error` becomes a
//! page ([`PageError`]) or a problem document ([`ApiError`]) by `?`.

pub mod access;
pub mod admin;
pub mod api;
pub mod app;
pub mod assets;
pub mod client;
pub mod cookies;
mod dates;
mod door;
pub mod errors;
pub mod form;
pub mod glossary;
pub mod help;
mod json;
pub mod kept;
pub mod layers;
pub mod limits;
mod links;
pub mod live;
pub mod page;
pub mod reference;
pub mod request;
mod room;
mod routes;
pub mod shell;
mod waiting;
pub mod words;

pub use errors::{ApiError, PageError, PageResult, Problem, ProblemField, explain};
pub use form::{Choice, Fields, Form};
pub use json::Json;
pub use kept::{for_everybody, for_whoever_asked};
pub use layers::layers;
pub use limits::Limiter;
pub use links::{Piece, linked};
pub use live::Live;
pub use page::{Page, html, html_with};
pub use request::{Begun, Request, Viewer};
pub use routes::router;
pub use shell::{FooterFacts, Settings, Shell};
pub use words::{WordArg, Words};
