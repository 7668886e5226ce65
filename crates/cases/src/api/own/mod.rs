//! The applicant's side: their cases, what they send and what they do with a case, and
//! the papers of it. What may be done and when is the service's to say: an operation reads, asks
//! the service, and answers what its caller may see then.

mod deeds;
pub(super) mod documents;
mod list;
mod papers;
mod ranges;
mod uploads;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Api;

/// The operations of applicants.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list::list_own_cases))
        .routes(routes!(deeds::write_message))
        .routes(routes!(deeds::withdraw_case))
        .routes(routes!(deeds::correct_case))
        .routes(routes!(deeds::rate_case))
        .routes(routes!(deeds::ask_person))
        .routes(routes!(deeds::object_to_answer))
        .routes(routes!(deeds::add_case_party))
        .routes(routes!(deeds::remove_case_party))
        .routes(routes!(deeds::answer_to_name))
        .routes(routes!(documents::read_case_document))
        .routes(routes!(papers::read_receipt))
        .routes(routes!(papers::read_receipt_paper))
        .routes(routes!(papers::read_history_paper))
        .routes(routes!(papers::read_proof))
        .routes(routes!(uploads::describe_uploads, uploads::begin_upload))
        .routes(routes!(
            uploads::read_upload,
            uploads::continue_upload,
            uploads::drop_upload
        ))
        .merge(
            // Files are bounded where they are read.
            OpenApiRouter::new()
                .routes(routes!(
                    documents::list_case_documents,
                    documents::send_document
                ))
                .layer(DefaultBodyLimit::disable()),
        )
}
