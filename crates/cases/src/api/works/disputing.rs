//! «Not done», said by an applicant.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::api::{OfDeed, Sent};

use super::number_of;
use crate::api::deed::{Address, Deed, Done, Own};
use crate::api::desk::given;
use crate::api::examples;
use crate::api::received::not_kept;
use crate::api::shapes::CaseBody;

/// What is not done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DisputingBody {
    #[schema(min_length = 3, max_length = 4000)]
    text: String,
    /// A photograph that was uploaded before, by the last part of its address. It is used up.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    upload: Option<Uuid>,
}

/// Say that works are not done
///
/// Of works that were told as done and wait to be confirmed: they are not until a head has looked.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/works/{task}/disputes",
    operation_id = "dispute_works",
    tag = "works",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(Address<Own>, ("task" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the task", example = "7")),
    request_body(content = DisputingBody, example = json!(examples::disputing())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfDeed)
)]
pub(in crate::api) async fn dispute_works(
    deed: Deed<Own>,
    Sent(body): Sent<DisputingBody>,
) -> Done {
    let cases = &deed.api.cases;
    let actor = deed.actor();
    let task = number_of(deed.text("task"))?;
    let mut used = None;
    let mut photo = None;
    if let Some(upload) = body.upload {
        let owner = cases.upload_owner(actor, None)?;
        photo = Some(cases.uploaded(owner, upload).await?);
        used = Some((owner, upload));
    }
    cases
        .dispute_works(
            actor,
            &deed.pass,
            deed.number,
            task,
            &body.text,
            photo.as_ref(),
        )
        .await
        .map_err(not_kept)?;
    if let Some((owner, upload)) = used {
        cases.drop_upload(owner, upload).await?;
    }
    deed.after(Ok(())).await
}
