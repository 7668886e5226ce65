//! Administration for programs: units, territories, staff and their roles, what administrators did,
//! jobs and settings. The same services stand behind it as behind the pages under `/admin`.
//!
//! `common` is what the other slices' operations for administrators are made of too.

mod common;
mod corrections;
mod running;
mod staff;
mod staff_bodies;
mod territories;
mod units;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use common::{Administrator, Listing, PageOf};

use crate::People;
use crate::pages::admin::Setting;

/// An example of the document.
fn example(name: &str) -> serde_json::Value {
    web::api::example(include_str!("examples.json"), name)
}

/// What the operations need.
#[derive(Clone)]
struct Api {
    people: People,
    settings: Arc<Vec<Setting>>,
}

/// The operations with their descriptions. They go inside `visitor::layer` and `web::layers`.
pub fn routes(people: People, settings: Vec<Setting>) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(units::list_units, units::add_unit))
        .routes(routes!(units::read_unit, units::change_unit))
        .routes(routes!(units::close_unit, units::reopen_unit))
        .routes(routes!(
            territories::list_territories,
            territories::add_territory
        ))
        .routes(routes!(
            territories::read_territory,
            territories::change_territory
        ))
        .routes(routes!(staff::list_staff, staff::invite_person))
        .routes(routes!(staff::find_person))
        .routes(routes!(staff::read_person))
        .routes(routes!(staff::give_role))
        .routes(routes!(staff::change_post, staff::take_role))
        .routes(routes!(staff::block_person, staff::unblock_person))
        .routes(routes!(staff::make_link))
        .routes(routes!(staff::drop_second_factor))
        .routes(routes!(corrections::list_former))
        .routes(routes!(corrections::correct_name))
        .routes(routes!(corrections::correct_email))
        .routes(routes!(corrections::end_sessions))
        .routes(routes!(running::list_rights))
        .routes(routes!(running::list_acts))
        .routes(routes!(running::list_actors))
        .routes(routes!(running::list_waiting_jobs))
        .routes(routes!(running::list_dead_letters))
        .routes(routes!(running::revive_dead_letter))
        .routes(routes!(running::list_settings))
        .with_state(Api {
            people,
            settings: Arc::new(settings),
        })
}
