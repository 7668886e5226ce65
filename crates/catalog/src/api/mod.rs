//! Administration of the catalogue for programs: subjects, officials, services with their
//! definitions, routing rules with their trial, terms. [`Administration`] stands behind it as
//! behind the pages under `/admin`.

mod categories;
mod decisions;
mod examples;
mod officials;
mod rules;
mod services;
mod terms;
mod versions;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::administration::Administration;

/// The operations with their descriptions. They go inside `people::visitor::layer` and
/// `web::layers`.
pub fn routes(administration: Administration) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(
            categories::list_categories,
            categories::add_category
        ))
        .routes(routes!(
            categories::read_category,
            categories::change_category
        ))
        .routes(routes!(officials::list_officials, officials::add_official))
        .routes(routes!(
            officials::read_official,
            officials::change_official
        ))
        .routes(routes!(services::list_services, versions::add_service))
        .routes(routes!(versions::check_service))
        .routes(routes!(services::read_service))
        .routes(routes!(services::offer_service, services::withhold_service))
        .routes(routes!(versions::list_versions, versions::add_version))
        .routes(routes!(versions::read_version))
        .routes(routes!(versions::read_difference))
        .routes(routes!(services::read_proposal))
        .routes(routes!(services::decide_proposal))
        .routes(routes!(
            decisions::list_decision_rules,
            decisions::write_decision_rules
        ))
        .routes(routes!(decisions::replay_decision_rules))
        .routes(routes!(decisions::read_decision_rules))
        .routes(routes!(decisions::propose_decision_rules))
        .routes(routes!(decisions::list_rules_to_sign))
        .routes(routes!(decisions::approve_decision_rules))
        .routes(routes!(decisions::stop_decision_rules))
        .routes(routes!(rules::list_rules, rules::add_rule))
        .routes(routes!(rules::try_rules))
        .routes(routes!(
            rules::read_rule,
            rules::change_rule,
            rules::end_rule
        ))
        .routes(routes!(terms::list_terms))
        .routes(routes!(terms::read_term))
        .routes(routes!(terms::set_term))
        .with_state(administration)
}

/// An example of the document.
fn example(name: &str) -> serde_json::Value {
    web::api::example(include_str!("examples.json"), name)
}
