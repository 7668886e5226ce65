//! What can be asked for, about what, with which questions, and who gets it.
//!
//! [`Catalog`] is the face: services with their versions, the tree of categories, the routing
//! rules, all in memory and read again when they change. A [`Form`] is data; its one validator
//! serves the web and the API alike. Nothing here knows what a case is.

pub mod catalog;
pub mod categories;
pub mod changes;
pub mod demo;
pub mod form;
pub mod model;
pub mod pages;
pub mod phrase;
pub mod routing;
pub mod search;
mod sql;
pub mod territories;

use base::Language;

pub use catalog::{Catalog, Contents, Settings};
pub use categories::{Categories, Category};
pub use changes::{
    NewCategory, NewRule, close_category, end_rule, ensure_category, find_category, find_service,
    insert_category, insert_rule, put_service,
};
pub use form::{
    Answers, CheckContext, Field, FieldKind, Form, ItemView, Shown, Step, StepView, SummaryLine,
};
pub use model::{Access, Definition, DefinitionError, Kind, MESSAGE_RULE, Service};
pub use phrase::Phrase;
pub use routing::{Asking, RouteReason, RouteRule, Routed};
pub use search::Question;

/// The services that come with the product.
pub const BUILT_IN: [&str; 3] = [
    include_str!("../services/complaint.toml"),
    include_str!("../services/proposal.toml"),
    include_str!("../services/information.toml"),
];

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "catalog",
    files: &[(
        "0001_catalog",
        include_str!("../migrations/0001_catalog.sql"),
    )],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[
    &sql::SERVICE,
    &sql::SERVICE_VERSION,
    &sql::CATEGORY,
    &sql::ROUTE_RULE,
];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];
