//! What can be asked for, about what, with which questions, and who gets it.
//!
//! [`Catalog`] is the face: services with their versions, the tree of categories, the routing
//! rules, all in memory and read again when they change. A [`Form`] is data; its one validator
//! serves the web and the API alike. Nothing here knows what a case is.

pub mod administration;
pub mod amendments;
pub mod api;
pub mod attachments;
pub mod catalog;
pub mod categories;
pub mod changes;
pub mod decisions;
pub mod demo;
pub mod difference;
pub mod editions;
pub mod exchange;
pub mod faults;
pub mod form;
pub mod map;
pub mod model;
mod noting;
pub mod officials;
pub mod pages;
pub mod phrase;
pub mod processing;
pub mod regulation;
pub mod routing;
pub mod rulings;
pub mod search;
pub mod settings;
mod sql;
pub mod territories;
mod unreadable;
mod written;

use base::Language;

pub use administration::{
    Administration, Answered, Past, PastAnswered, PastAnswers, PastCase, PastCases,
};
pub use catalog::{Catalog, Contents, Settings};
pub use categories::{Categories, Category};
pub use changes::{
    NewCategory, NewRule, close_category, end_rule, ensure_category, find_category, find_service,
    insert_category, insert_rule, put_service,
};
pub use form::{
    Answers, CheckContext, Field, FieldKind, Form, ItemView, Shown, Step, StepView, SummaryLine,
};
pub use model::{
    Access, Decision, Definition, DefinitionError, Kind, MESSAGE_RULE, Section, Service,
};
pub use officials::{Official, Officials};
pub use phrase::Phrase;
pub use processing::{Priority, Processing};
pub use routing::{Asking, RouteReason, RouteRule, Routed};
pub use search::{Lead, Question};

/// The services that come with the product.
pub const BUILT_IN: [&str; 15] = [
    include_str!("../services/complaint.toml"),
    include_str!("../services/online.toml"),
    include_str!("../services/information.toml"),
    include_str!("../services/status.toml"),
    include_str!("../services/programme.toml"),
    include_str!("../services/proposal.toml"),
    include_str!("../services/official.toml"),
    include_str!("../services/application.toml"),
    include_str!("../services/certificate.toml"),
    include_str!("../services/details.toml"),
    include_str!("../services/works.toml"),
    include_str!("../services/payment.toml"),
    include_str!("../services/other.toml"),
    include_str!("../services/feedback.toml"),
    include_str!("../services/reference.toml"),
];

/// The rules that come with the product: code of the service, version, text. They are drafts until
/// an administrator proposes and an officer approves them.
pub const BUILT_IN_RULES: [(&str, u32, &str); 1] = [(
    "reference",
    1,
    include_str!("../services/rules/reference.toml"),
)];

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "catalog",
    files: &[
        (
            "0001_catalog",
            include_str!("../migrations/0001_catalog.sql"),
        ),
        (
            "0002_administration",
            include_str!("../migrations/0002_administration.sql"),
        ),
        ("0010_target", include_str!("../migrations/0010_target.sql")),
        (
            "0011_decisions",
            include_str!("../migrations/0011_decisions.sql"),
        ),
    ],
    small: &[
        "catalog_stamp",
        "category",
        "category_processing",
        "decision_rules",
        "law_setting",
        "official",
        "route_rule",
        "service",
        "service_origin",
        "service_proposal",
        "service_version",
    ],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[
    &sql::SERVICE,
    &sql::SERVICE_VERSION,
    &sql::CATEGORY,
    &sql::ROUTE_RULE,
    &sql::OFFICIAL,
    &sql::CATEGORY_PROCESSING,
    &sql::SERVICE_ORIGIN,
    &sql::SERVICE_PROPOSAL,
    &sql::LAW_SETTING,
    &sql::TERRITORY_OUTLINE,
    &sql::DECISION_RULES,
];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];
