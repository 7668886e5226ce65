//! The interface for programs: filing a case, its state, the open register, and the lists that a
//! client needs to fill in a form. Every answer and every refusal is described in the document at
//! `/openapi.json`, which the binary composes of [`description`] and [`routes`].
//!
//! Bodies, parameters and refusals are those of `web::api`; a case is filed by `filing`;
//! `case`, `register` and `lists` answer reads; `shapes` and `examples` are what clients see.

mod case;
mod deed;
mod desk;
mod drafts;
mod examples;
mod filing;
mod find;
mod history;
mod letterheads;
mod lists;
mod own;
mod papers;
mod received;
mod refused;
mod register;
mod schema;
mod service_terms;
mod shapes;
mod works;

use base::{Error, Language, Number};
use utoipa::PartialSchema;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Limiter;

use crate::Cases;

pub use letterheads::letterheads;

/// The words of this interface.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../../locales/api.ru.ftl")),
    (Language::En, include_str!("../../locales/api.en.ftl")),
];

/// How often somebody who is not signed in may file, for each client address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuestLimit {
    /// So many at once …
    pub burst: u32,
    /// … and so many in each second from then on.
    pub per_second: f64,
}

impl Default for GuestLimit {
    fn default() -> Self {
        Self {
            burst: 30,
            per_second: 0.1,
        }
    }
}

/// What the endpoints need.
#[derive(Clone)]
struct Api {
    cases: Cases,
    guests: Limiter,
}

/// The endpoints with their descriptions. They go inside `people::visitor::layer` and `web::layers`.
pub fn routes(cases: Cases, guests: GuestLimit) -> OpenApiRouter {
    let clock = cases.journal().store().clock().clone();
    OpenApiRouter::new()
        .routes(routes!(filing::file_case))
        .routes(routes!(case::read_case))
        .routes(routes!(papers::read_answer_letter))
        .routes(routes!(register::read_register))
        .routes(routes!(find::find))
        .routes(routes!(find::check_paper))
        .routes(routes!(lists::list_services))
        .routes(routes!(lists::read_service))
        .routes(routes!(service_terms::read_service_terms))
        .routes(routes!(lists::list_categories))
        .routes(routes!(lists::list_units))
        .routes(routes!(lists::list_territories))
        .merge(desk::routes())
        .merge(own::routes())
        .merge(works::routes())
        .merge(drafts::routes())
        .routes(routes!(history::list_case_history))
        .routes(routes!(history::list_history))
        .with_state(Api {
            cases,
            guests: Limiter::new(clock, guests.burst, guests.per_second),
        })
}

/// What the document says before its first path: title, licence, tags, and the one shape of errors.
pub fn description() -> OpenApi {
    let tag = |name: &str, text: &str| TagBuilder::new().name(name).description(Some(text)).build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Okno")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Appeals to authorities: filing, state, answers, and the open register. Sentences come in \
                     Russian or English, as `Accept-Language` asks. Every refusal is a problem document (RFC 9457).",
                ))
                .license(Some(
                    LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build(),
                ))
                .build(),
        )
        .tags(Some([
            tag("cases", "Filing a case and following it."),
            tag("documents", "What belongs to a case on paper."),
            tag("drafts", "Appeals that are written step by step before they are filed."),
            tag("uploads", "Files that come piece by piece, by the protocol tus 1.0.0."),
            tag("profile", "One's own profile: name, contacts, consents, sign-ins, notices."),
            tag("journal", "Proofs that nothing was changed or taken away."),
            tag("register", "The open register: no personal data."),
            tag("catalog", "What can be filed, and the codes that a filing names."),
            tag("desk", "For staff: what there is to do, a case with everything in it, and figures."),
            tag("deeds", "For staff: one operation for each deed; which may be done now says `inside.allowed` of a case."),
            tag("works", "Problems that many write about, tasks of units and works on the ground."),
            tag("reception", "For operators: what comes by phone, on paper, in person and by e-mail."),
            tag("administration", "What administrators do: units, people, services, routes, terms, letters, running."),
        ]))
        .components(Some(
            ComponentsBuilder::new()
                .schema("Problem", web::Problem::schema())
                .schema("ProblemField", web::ProblemField::schema())
                .schema("StateConflict", refused::StateConflict::schema())
                .build(),
        ))
        .build()
}

/// The number that an address names, as people type it.
fn number_in(text: &str) -> Result<Number, Error> {
    text.parse()
        .map_err(|_| Error::field("number", "error-number"))
}

/// A number inside an address: with the Latin letter that looks the same.
fn latin(number: Number) -> String {
    number.to_string().replacen('\u{410}', "A", 1)
}
