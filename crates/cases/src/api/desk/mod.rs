//! The side of those who work on cases: lists of what there is to do, a case with everything in it,
//! and one operation for each deed. What may be done, by whom and when is the service's to say: an
//! operation reads, asks the service, and answers the case as its reader may see it then.

mod answers;
mod assignments;
mod batches;
mod case;
pub(super) mod codes;
mod figures;
pub(super) mod inside;
mod notes;
mod parts;
mod posting;
mod queue;
pub(super) mod reception;
pub(super) mod shapes;
mod stages;
mod templates;
mod terms;
mod turns;
mod waiting;

use serde::{Deserialize, Deserializer};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Api;

/// The operations of staff.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(queue::list_queue))
        .routes(routes!(queue::count_queue))
        .routes(routes!(queue::search_cases))
        .routes(routes!(figures::list_colleagues))
        .routes(routes!(figures::list_loads))
        .routes(routes!(figures::read_statistics))
        .routes(routes!(figures::list_finished_cases))
        .routes(routes!(figures::read_finished_totals))
        .routes(routes!(terms::read_terms))
        .routes(routes!(terms::list_running_terms))
        .routes(routes!(stages::list_unit_stages))
        .routes(routes!(stages::list_case_stages))
        .routes(routes!(case::read_desk_case))
        .merge(answer_templates())
        .merge(deeds())
        .routes(routes!(batches::make_batch))
        .routes(routes!(batches::undo_batch))
        .merge(reception::routes())
}

/// Templates of answers.
fn answer_templates() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(templates::list_case_templates))
        .routes(routes!(templates::fill_answer_template))
        .routes(routes!(
            templates::list_answer_templates,
            templates::add_answer_template
        ))
        .routes(routes!(
            templates::read_answer_template,
            templates::change_answer_template
        ))
        .routes(routes!(
            templates::put_answer_template_aside,
            templates::take_answer_template_back
        ))
}

/// What is done to one case.
fn deeds() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(assignments::take_case))
        .routes(routes!(assignments::start_check))
        .routes(routes!(assignments::begin_work))
        .routes(routes!(assignments::release_case))
        .routes(routes!(assignments::assign_case))
        .routes(routes!(waiting::request_documents))
        .routes(routes!(waiting::resume_case))
        .routes(routes!(waiting::check_document))
        .routes(routes!(waiting::open_original))
        .routes(routes!(waiting::write_to_applicant))
        .routes(routes!(turns::redirect_case))
        .routes(routes!(turns::forward_case))
        .routes(routes!(turns::extend_term))
        .routes(routes!(turns::explain_delay))
        .routes(routes!(turns::correct_category))
        .routes(routes!(turns::close_case))
        .routes(routes!(turns::reopen_case))
        .routes(routes!(answers::draft_answer))
        .routes(routes!(answers::send_for_agreement))
        .routes(routes!(answers::agree_answer))
        .routes(routes!(answers::approve_answer))
        .routes(routes!(answers::sign_answer))
        .routes(routes!(answers::return_answer))
        .routes(routes!(answers::recall_answer))
        .routes(routes!(answers::reply_to_rating))
        .routes(routes!(posting::post_answer))
        .routes(routes!(notes::add_note))
        .routes(routes!(notes::plan_answer))
        .routes(routes!(notes::set_priority))
        .routes(routes!(parts::add_part))
        .routes(routes!(parts::report_part))
        .routes(routes!(parts::withdraw_part))
        .routes(routes!(parts::name_party))
        .routes(routes!(parts::remove_party))
}

pub(super) use queue::at_after as queue_after;

/// A value that may be left out, and is no `null` when it is there.
pub(super) fn given<'de, D, T>(reader: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(reader).map(Some)
}
