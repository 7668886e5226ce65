//! The turns of a case: to another unit, to another body, later, closed, taken up again.

use base::Error;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::deed::deeds;

/// Where a case goes inside the installation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct RedirectionBody {
    /// Code of the unit, from `/api/v1/units`.
    #[schema(min_length = 1, max_length = 100)]
    unit: String,
    #[schema(min_length = 10, max_length = 4000)]
    reason: String,
}

/// Where a case goes outside of the installation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ForwardingBody {
    /// Name of the body.
    #[schema(min_length = 3, max_length = 300)]
    to: String,
    /// The body complained of, when there is one: the law forbids to send a complaint there.
    #[schema(max_length = 300, default = "")]
    #[serde(default)]
    about: String,
    #[schema(min_length = 10, max_length = 4000)]
    reason: String,
}

/// By how much a term is lengthened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct LengtheningBody {
    #[schema(minimum = 1, maximum = 365)]
    days: u32,
    /// Code of the ground, from `inside.extendable` of the case.
    #[schema(min_length = 1, max_length = 100)]
    ground: String,
    #[schema(min_length = 10, max_length = 4000)]
    reason: String,
}

/// Why an answer is late.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DelayBody {
    /// When it is expected.
    #[schema(value_type = String, format = "date")]
    expected_on: Date,
    #[schema(min_length = 10, max_length = 4000)]
    reason: String,
}

/// The subject that a case is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CategoryBody {
    /// Code of the subject, from `/api/v1/categories`.
    #[schema(min_length = 1, max_length = 100)]
    category: String,
    #[schema(min_length = 3, max_length = 4000)]
    reason: String,
}

/// Why a case is taken up again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReopeningBody {
    #[schema(min_length = 10, max_length = 4000)]
    reason: String,
}

deeds! { Desk:
    /// Send a case to another unit
    ///
    /// The deed `redirect`: the case joins the queue of that unit. Whoever may not read it there is
    /// answered the case from outside. The third time a head has to decide.
    post "/api/v1/desk/cases/{number}/redirection" redirect_case (body: RedirectionBody as redirection)
    |deed, cases| async {
        let units = cases.people().units().await?;
        let unit = units.by_code(&body.unit);
        let unit = unit.ok_or_else(|| Error::field("unit", "case-error-no-unit"))?;
        cases.redirect(deed.actor(), deed.number, unit.id, &body.reason).await
    };

    /// Send a case to another body
    ///
    /// The deed `forward` of a head: it ends our part (Law 59-FZ, article 8).
    post "/api/v1/desk/cases/{number}/forwarding" forward_case (body: ForwardingBody as forwarding)
    |deed, cases| cases.forward(deed.actor(), deed.number, &body.to, &body.about, &body.reason);

    /// Lengthen the term
    ///
    /// The deed `extend` of a head, on a ground that the law names.
    post "/api/v1/desk/cases/{number}/extension" extend_term (body: LengtheningBody as lengthening)
    |deed, cases| cases.extend(deed.actor(), deed.number, body.days, &body.ground, &body.reason);

    /// Tell why the answer will be late
    ///
    /// The deed `explain_delay`: the applicant is told; the term by law stays as it is.
    post "/api/v1/desk/cases/{number}/delays" explain_delay (body: DelayBody as delay)
    |deed, cases| cases.explain_delay(deed.actor(), deed.number, body.expected_on, &body.reason);

    /// Put the subject right
    ///
    /// The deed `correct`. What it was before is kept.
    post "/api/v1/desk/cases/{number}/category" correct_category (body: CategoryBody as category)
    |deed, cases| async {
        let contents = cases.catalog().contents().await?;
        let category = contents.categories().by_code(&body.category);
        let category = category.ok_or_else(|| Error::field("category", "error-choose-one"))?;
        cases.correct_category(deed.actor(), deed.number, category.id, &body.reason).await
    };

    /// Put a case away
    ///
    /// The deed `close`, after the answer.
    post "/api/v1/desk/cases/{number}/closing" close_case
    |deed, cases| cases.close(deed.actor(), deed.number);

    /// Take a closed case up again
    ///
    /// The deed `reopen` of a head: the term starts anew.
    post "/api/v1/desk/cases/{number}/reopening" reopen_case (body: ReopeningBody as reopening)
    |deed, cases| cases.reopen(deed.actor(), deed.number, &body.reason);
}
