//! Works on the ground for programs: problems and what is done about them for everybody, tasks and
//! their deeds for those who work, «not done» for an applicant. What may be done is the table of
//! moves' to say.

mod disputing;
mod problems;
mod shapes;
mod tasks;

use base::Error;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Api;

/// The operations of works.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(problems::list_problems))
        .routes(routes!(problems::read_problem))
        .routes(routes!(tasks::read_works))
        .routes(routes!(tasks::read_works_file))
        .routes(routes!(disputing::dispute_works))
        .routes(routes!(tasks::list_tasks, tasks::set_task))
        .routes(routes!(tasks::read_task))
        .routes(routes!(tasks::take_task))
        .routes(routes!(tasks::give_task))
        .routes(routes!(tasks::begin_works))
        .routes(routes!(tasks::plan_stage))
        .routes(routes!(tasks::replan_stage))
        .routes(routes!(tasks::finish_stage))
        .routes(routes!(tasks::show_works))
        .routes(routes!(tasks::report_works))
        .routes(routes!(tasks::confirm_works))
        .routes(routes!(tasks::uphold_works))
        .routes(routes!(tasks::send_works_back))
        .routes(routes!(tasks::put_works_off))
        .routes(routes!(tasks::drop_works))
        .routes(routes!(problems::open_problem))
        .routes(routes!(problems::join_problem))
        .routes(routes!(problems::leave_problem))
        .routes(routes!(problems::close_problem))
}

/// The number of a task or a problem in an address.
fn number_of(text: &str) -> Result<i64, Error> {
    let plain = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain).ok_or(Error::NotFound)
}

/// The stage that an address names.
fn id_of(text: &str) -> Result<uuid::Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
