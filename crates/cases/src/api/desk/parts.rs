//! Parts of the work with other units, and parties beside the applicant.

use base::Error;
use base::id::AccountId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::codes::roles;
use super::given;
use crate::api::deed::deeds;
use crate::model::PartyRole;
use crate::{NewPart, NewParty};

/// A part of the work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewPartBody {
    /// Code of the unit that does it, from `/api/v1/units`.
    #[schema(min_length = 1, max_length = 100)]
    unit: String,
    /// Account of somebody there, where the head may name one.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    account: Option<AccountId>,
    /// What is to be done.
    #[schema(min_length = 3, max_length = 4000)]
    task: String,
    /// By when.
    #[schema(value_type = String, format = "date", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    due_on: Option<Date>,
}

/// What came of a part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReportBody {
    #[schema(min_length = 3, max_length = 4000)]
    result: String,
}

/// Somebody beside the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewPartyBody {
    #[schema(schema_with = roles)]
    role: String,
    #[schema(min_length = 3, max_length = 300)]
    name: String,
    /// Whatever else is to be said of them: the paper that they act by, say.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    note: String,
}

deeds! { Desk:
    /// Give a part of the work to another unit
    ///
    /// The deed `add_part` of a head.
    post "/api/v1/desk/cases/{number}/parts" add_part (body: NewPartBody as part)
    |deed, cases| async {
        let units = cases.people().units().await?;
        let unit = units.by_code(&body.unit);
        let part = NewPart {
            unit: unit.ok_or_else(|| Error::field("unit", "case-error-no-unit"))?.id,
            account: body.account,
            task: body.task,
            due_on: body.due_on,
        };
        cases.add_part(deed.actor(), deed.number, part).await
    };

    /// Tell what came of a part
    ///
    /// The deed `report_part`, of the unit that does it.
    post "/api/v1/desk/cases/{number}/parts/{part}/report" report_part (body: ReportBody as report)
    ["part": "Identifier of the part"]
    |deed, cases| async {
        cases.report_part(deed.actor(), deed.number, deed.id("part")?, &body.result).await
    };

    /// Take a part back
    ///
    /// The deed `withdraw_part` of a head.
    post "/api/v1/desk/cases/{number}/parts/{part}/withdrawal" withdraw_part
    ["part": "Identifier of the part"]
    |deed, cases| async {
        cases.withdraw_part(deed.actor(), deed.number, deed.id("part")?).await
    };

    /// Name a party
    ///
    /// The deed `add_party`. Only the applicant's side opens a case to an account.
    post "/api/v1/desk/cases/{number}/parties" name_party (body: NewPartyBody as party)
    |deed, cases| async {
        let role = PartyRole::from_code(&body.role);
        let party = NewParty {
            role: role.ok_or_else(|| Error::field("role", "error-choose-one"))?,
            name: body.name,
            email: String::new(),
            note: body.note,
        };
        cases.add_party_as_staff(deed.actor(), deed.number, party).await
    };

    /// Take a party off
    ///
    /// For those who may `add_party`.
    delete "/api/v1/desk/cases/{number}/parties/{party}" remove_party
    ["party": "Identifier of the party"]
    |deed, cases| async {
        let party = deed.id("party")?;
        cases.remove_party_as_staff(deed.actor(), deed.number, party).await
    };
}
