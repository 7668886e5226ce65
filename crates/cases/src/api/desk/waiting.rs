//! Between staff and the applicant: messages, requests for documents and the look at what came.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use web::api::Sent;

use super::given;
use crate::api::deed::{Address, Deed, Desk, Done, deeds};
use crate::api::examples;
use crate::api::received::not_kept;
use crate::api::refused::OfDeedInCase;
use crate::documents::Form;
use crate::pages::documents_view;

/// A message to the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct LetterBody {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// Whether the applicant is waited for then.
    #[schema(default = false)]
    #[serde(default)]
    expects_reply: bool,
}

/// What the applicant is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DocumentRequestBody {
    /// Thing by thing.
    #[schema(min_items = 1, max_items = 20, min_length = 1, max_length = 300)]
    items: Vec<String>,
    /// How to send it.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    instructions: String,
    /// Until when; the house's own window when absent.
    #[schema(value_type = String, format = "date", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    send_by: Option<Date>,
}

/// What was found of a document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct LookBody {
    /// What is wrong with it; absent when it is in order.
    #[schema(min_length = 3, max_length = 4000, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    fault: Option<String>,
}

/// What an original is needed for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PurposeBody {
    #[schema(min_length = 3, max_length = 4000)]
    purpose: String,
}

/// Get the original of a document
///
/// As it was sent, with the place and the device of a picture. For those who work on the case; what they need
/// it for becomes an entry of the case, which the applicant reads in its history.
#[utoipa::path(
    post,
    path = "/api/v1/desk/cases/{number}/documents/{document}/original",
    operation_id = "open_original",
    tag = "deeds",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(
        Address<Desk>,
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
    ),
    request_body(content = PurposeBody, example = json!(examples::purpose())),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        OfDeedInCase,
    )
)]
pub(in crate::api) async fn open_original(deed: Deed<Desk>, Sent(body): Sent<PurposeBody>) -> Done {
    let cases = deed.cases().await?;
    let id = deed.id("document")?;
    let opened = cases.open_original(deed.actor(), deed.number, id, &body.purpose);
    match opened.await.map_err(not_kept) {
        Ok(opened) => Ok(documents_view::file(opened, Form::Original)),
        Err(error) => deed.after(Err(error)).await,
    }
}

deeds! { Desk:
    /// Write to the applicant
    ///
    /// The deed `write`.
    post "/api/v1/desk/cases/{number}/messages" write_to_applicant (body: LetterBody as letter)
    |deed, cases| cases.write_as_staff(deed.actor(), deed.number, &body.text, body.expects_reply);

    /// Ask the applicant for documents
    ///
    /// The deed `request_documents`: the case waits; its term stands still where the law allows that.
    post "/api/v1/desk/cases/{number}/document-requests" request_documents
    (body: DocumentRequestBody as document_request)
    |deed, cases| cases.request_documents_by(
        deed.actor(), deed.number, &body.items, &body.instructions, body.send_by,
    );

    /// Go on without what was asked for
    ///
    /// The deed `resume`.
    post "/api/v1/desk/cases/{number}/resumption" resume_case
    |deed, cases| cases.resume(deed.actor(), deed.number);

    /// Tell what a document is like
    ///
    /// For those who may `write`. A document of the applicant is in order, or `fault` says what is wrong.
    post "/api/v1/desk/cases/{number}/documents/{document}/check" check_document
    (body: LookBody as look)
    ["document": "Identifier of the document"]
    |deed, cases| async {
        let document = deed.id("document")?;
        let fault = body.fault.as_deref();
        cases.check_document(deed.actor(), deed.number, document, fault).await
    };
}
