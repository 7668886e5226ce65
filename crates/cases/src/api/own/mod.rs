//! The applicant's side: their cases and drafts, what they send and what they do with a case, and
//! the papers of it. What may be done and when is the service's to say: an operation reads, asks
//! the service, and answers what its caller may see then.

mod deed;
mod deeds;
mod documents;
mod draft_shape;
mod drafts;
mod history;
mod list;
mod papers;
mod ranges;
mod received;
mod uploads;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Api;

/// The operations of applicants.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list::list_own_cases))
        .routes(routes!(history::list_case_history))
        .routes(routes!(deeds::write_message))
        .routes(routes!(deeds::withdraw_case))
        .routes(routes!(deeds::correct_case))
        .routes(routes!(deeds::rate_case))
        .routes(routes!(deeds::object_to_answer))
        .routes(routes!(deeds::add_case_party))
        .routes(routes!(deeds::remove_case_party))
        .routes(routes!(
            documents::list_case_documents,
            documents::send_document
        ))
        .routes(routes!(documents::read_case_document))
        .routes(routes!(papers::read_receipt))
        .routes(routes!(papers::read_receipt_paper))
        .routes(routes!(papers::read_history_paper))
        .routes(routes!(papers::read_proof))
        .merge(before_filing())
}

/// What comes before a case: drafts and what is sent for them.
fn before_filing() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(drafts::list_drafts, drafts::make_draft))
        .routes(routes!(
            drafts::read_draft,
            drafts::change_draft,
            drafts::drop_draft
        ))
        .routes(routes!(drafts::file_draft))
        .routes(routes!(documents::attach_to_draft))
        .routes(routes!(
            documents::read_draft_document,
            documents::detach_from_draft
        ))
        .routes(routes!(uploads::describe_uploads, uploads::begin_upload))
        .routes(routes!(
            uploads::read_upload,
            uploads::continue_upload,
            uploads::drop_upload
        ))
}
