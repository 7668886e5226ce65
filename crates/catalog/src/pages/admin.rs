//! The administration of the catalogue: subjects, officials, services with their forms, routes and
//! terms. Every page needs the right to manage the catalogue; every change is an entry with what
//! stood before and what stands after.

mod categories;
mod decisions;
mod editor;
mod in_words;
mod officials;
mod routes;
mod services;
mod terms;

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::Router;
use axum::routing::{get, post};
use base::{Error, Language};
use people::{Permission, Units};
use web::admin::{Group, Section};
use web::{Choice, PageResult};

use crate::administration::Administration;
use crate::catalog::Contents;
use crate::territories;

/// The sections of this slice.
pub const SECTIONS: &[Section] = &[
    section(
        "/admin/services",
        "catalog-admin-services",
        "catalog-admin-services-note",
    ),
    section(
        "/admin/categories",
        "catalog-admin-categories",
        "catalog-admin-categories-note",
    ),
    section(
        "/admin/officials",
        "catalog-admin-officials",
        "catalog-admin-officials-note",
    ),
    section(
        "/admin/routes",
        "catalog-admin-routes",
        "catalog-admin-routes-note",
    ),
    section(
        "/admin/terms",
        "catalog-admin-terms",
        "catalog-admin-terms-note",
    ),
];

const fn section(href: &'static str, title: &'static str, note: &'static str) -> Section {
    Section {
        group: Group::Services,
        href,
        title,
        note,
        shown: |actor| people::allows_somewhere(actor, Permission::ManageCatalog),
    }
}

/// The routes of the administration of the catalogue.
pub fn router(administration: Administration) -> Router {
    Router::new()
        .route("/admin/categories", get(categories::list))
        .route(
            "/admin/categories/new",
            get(categories::new_form).post(categories::add),
        )
        .route(
            "/admin/categories/{category}",
            get(categories::show).post(categories::save),
        )
        .route("/admin/officials", get(officials::list))
        .route(
            "/admin/officials/new",
            get(officials::new_form).post(officials::add),
        )
        .route(
            "/admin/officials/{official}",
            get(officials::show).post(officials::save),
        )
        .route("/admin/services", get(services::list))
        .route(
            "/admin/services/new",
            get(editor::new_form).post(editor::add),
        )
        .route("/admin/services/{service}", get(services::show))
        .route("/admin/services/{service}/state", post(services::set_state))
        .route(
            "/admin/services/{service}/proposal",
            get(services::proposal).post(services::decide),
        )
        .route(
            "/admin/services/{service}/versions/{version}",
            get(services::version),
        )
        .route(
            "/admin/services/{service}/edit",
            get(editor::show).post(editor::save),
        )
        .route("/admin/services/{service}/rules", get(decisions::list))
        .route(
            "/admin/services/{service}/rules/edit",
            get(decisions::edit).post(decisions::save),
        )
        .route(
            "/admin/services/{service}/rules/{version}",
            get(decisions::version).post(decisions::act),
        )
        .route("/desk/rules", get(decisions::desk))
        .route(
            "/desk/rules/{service}/{version}",
            get(decisions::desk_version).post(decisions::desk_act),
        )
        .route("/admin/routes", get(routes::list))
        .route("/admin/routes/trial", get(routes::trial))
        .route("/admin/routes/new", get(routes::new_form).post(routes::add))
        .route("/admin/routes/{rule}", get(routes::show).post(routes::save))
        .route("/admin/routes/{rule}/end", post(routes::end))
        .route("/admin/terms", get(terms::list))
        .route("/admin/terms/{rule}", get(terms::show).post(terms::set))
        .with_state(administration)
}

/// Pages of the administration are not kept by browsers.
fn unstored(page: PageResult) -> PageResult {
    page.map(|mut response| {
        response.headers_mut().insert(
            axum::http::header::CACHE_CONTROL,
            axum::http::HeaderValue::from_static("no-store"),
        );
        response
    })
}

/// A mark of what a form showed, by which saving knows that it was changed since.
fn mark(shown: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    shown.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Whether somebody else changed what a form showed, to something else than is wished now. A form
/// without a mark is taken as it is.
fn is_overtaken(seen: &str, now: &str, wished: &str) -> bool {
    !seen.is_empty() && seen != now && wished != now
}

/// What whoever was overtaken is told.
fn overtaken() -> Error {
    Error::field("", "catalog-error-form-overtaken")
}

/// The units that take cases, each with its place in the tree.
fn unit_choices(units: &Units, language: Language) -> Vec<Choice> {
    let all = units.all();
    let active = all.into_iter().filter(|unit| unit.active);
    active
        .map(|unit| {
            let depth = units.path(unit.id).len().saturating_sub(1);
            Choice::new(
                unit.code.as_str(),
                format!("{}{}", indent(depth), unit.name(language)),
            )
        })
        .collect()
}

fn territory_choices(units: &Units, language: Language) -> Vec<Choice> {
    territories::in_order(units)
        .into_iter()
        .map(|(depth, territory)| {
            Choice::new(
                territory.code.as_str(),
                format!("{}{}", indent(depth), territory.name(language)),
            )
        })
        .collect()
}

fn service_choices(contents: &Contents, language: Language) -> Vec<Choice> {
    contents
        .all_services()
        .iter()
        .map(|service| {
            let definition = &service.definition;
            Choice::new(definition.code.as_str(), definition.name(language))
        })
        .collect()
}

/// The open subjects in the order of the tree.
fn category_choices(contents: &Contents, language: Language) -> Vec<Choice> {
    contents
        .categories()
        .in_order()
        .into_iter()
        .filter(|(_, category)| category.active)
        .map(|(depth, category)| {
            Choice::new(
                category.code.as_str(),
                format!("{}{}", indent(depth), category.name.text(language)),
            )
        })
        .collect()
}

fn indent(depth: usize) -> String {
    "\u{a0}\u{a0}\u{a0}".repeat(depth)
}
