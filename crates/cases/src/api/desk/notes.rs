//! What is for colleagues alone, or sets the order of their work.

use base::Error;
use catalog::Priority;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::codes::priorities;
use crate::api::deed::deeds;

/// A note for colleagues.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewNoteBody {
    #[schema(min_length = 2, max_length = 4000)]
    text: String,
}

/// When the specialist means to answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PlanBody {
    /// Not later than the term allows.
    #[schema(value_type = String, format = "date")]
    planned_on: Date,
}

/// How urgent a case is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PriorityBody {
    #[schema(schema_with = priorities)]
    priority: String,
}

deeds! { Desk:
    /// Leave a note for colleagues
    ///
    /// The deed `note`. Its words are in no entry of the journal and never before the applicant.
    post "/api/v1/desk/cases/{number}/notes" add_note (body: NewNoteBody as note)
    |deed, cases| cases.note(deed.actor(), deed.number, &body.text);

    /// Plan the answer
    ///
    /// The deed `plan`.
    post "/api/v1/desk/cases/{number}/plan" plan_answer (body: PlanBody as plan)
    |deed, cases| cases.plan(deed.actor(), deed.number, body.planned_on);

    /// Say how urgent a case is
    ///
    /// The deed `prioritise` of a head.
    post "/api/v1/desk/cases/{number}/priority" set_priority (body: PriorityBody as priority)
    |deed, cases| async {
        let priority = Priority::from_code(&body.priority);
        let priority = priority.ok_or_else(|| Error::field("priority", "error-choose-one"))?;
        cases.prioritise(deed.actor(), deed.number, priority).await
    };
}
