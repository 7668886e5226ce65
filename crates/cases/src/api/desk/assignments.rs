//! Who works on a case: taking it, checking what was sent, giving it to a specialist and back.

use base::id::AccountId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::deed::deeds;

/// Who is given the case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AssignmentBody {
    /// Account of a specialist, from `/api/v1/desk/colleagues`.
    #[schema(value_type = String, format = "uuid")]
    account: AccountId,
}

deeds! { Desk:
    /// Take a case
    ///
    /// The deed `take`: the case is the actor's, and in work.
    post "/api/v1/desk/cases/{number}/taking" take_case
    |deed, cases| cases.take(deed.actor(), deed.number);

    /// Begin to check what was sent
    ///
    /// The deed `start_check`: the actor has the case, the work itself begins later.
    post "/api/v1/desk/cases/{number}/check" start_check
    |deed, cases| cases.start_check(deed.actor(), deed.number);

    /// Begin the work
    ///
    /// The deed `begin_work`: what was sent is in order.
    post "/api/v1/desk/cases/{number}/work" begin_work
    |deed, cases| cases.begin_work(deed.actor(), deed.number);

    /// Give a case back to the common queue
    ///
    /// The deed `release`, of whoever has the case and of heads.
    post "/api/v1/desk/cases/{number}/release" release_case
    |deed, cases| cases.release(deed.actor(), deed.number);

    /// Give a case to a specialist
    ///
    /// The deed `assign` of a head. A case that somebody has is given over by it, too.
    post "/api/v1/desk/cases/{number}/assignments" assign_case (body: AssignmentBody as assignment)
    |deed, cases| cases.assign(deed.actor(), deed.number, body.account);
}
