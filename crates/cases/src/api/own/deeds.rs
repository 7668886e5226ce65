//! What an applicant does with a case of theirs: writes, takes it back, puts data right, rates the
//! work, does not agree with the answer, names who acts beside them. Each answers the case as it
//! is then.

use base::Error;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::api::{OfDeed, Sent};

use crate::api::deed::{Address, Deed, Done, Own, deeds};
use crate::api::examples;
use crate::api::filing::filed_as;
use crate::api::shapes::{FiledBody, one_of};
use crate::model::{Correction, PartyRole};
use crate::work::NewParty;

/// A message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewMessage {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Why something is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Withdrawal {
    /// Why, for those who worked on it.
    #[schema(min_length = 3, max_length = 4000)]
    reason: String,
}

/// What is put right; names that are left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CorrectionBody {
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    #[schema(max_length = 40, nullable = false)]
    phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    postal_address: Option<String>,
    /// Address or landmark of the place that the case is about.
    #[schema(max_length = 300, nullable = false)]
    address: Option<String>,
    /// What is added to what was written.
    #[schema(max_length = 4000, nullable = false)]
    addition: Option<String>,
}

/// What the applicant thinks of the work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewRating {
    #[schema(minimum = 1, maximum = 5)]
    stars: u8,
    #[schema(max_length = 4000, nullable = false)]
    comment: Option<String>,
}

/// That a person is to review what a rule has decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReviewWish {
    /// Why; nobody has to say.
    #[schema(max_length = 4000, nullable = false)]
    reason: Option<String>,
}

/// Why the applicant does not agree.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Objection {
    #[schema(min_length = 20, max_length = 4000)]
    reasons: String,
}

/// Somebody beside the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewCaseParty {
    /// What they are in the case.
    #[schema(schema_with = roles)]
    role: String,
    #[schema(min_length = 3, max_length = 300)]
    name: String,
    /// The e-mail of their account; it opens the case to them, and whether there is such an account
    /// is not told.
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    /// The paper that they act by, say.
    #[schema(max_length = 4000, nullable = false)]
    note: Option<String>,
}

/// The answer of somebody who was named beside the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Participation {
    /// Whether they stand in the case.
    agrees: bool,
}

fn roles() -> Object {
    one_of(PartyRole::ALL.map(PartyRole::code))
}

deeds! { Own:
    /// Write a message
    ///
    /// Either side of the case may. What the applicant writes answers a request for documents too: also
    /// that something cannot be sent, and why.
    post "/api/v1/cases/{number}/messages" write_message (body: NewMessage as new_message)
    |deed, cases| cases.write(deed.actor(), &deed.pass, deed.number, &body.text, false);

    /// Withdraw a case
    ///
    /// While it is open. The case is closed without an answer and stays in the register.
    post "/api/v1/cases/{number}/withdrawal" withdraw_case (body: Withdrawal as withdrawal)
    |deed, cases| async {
        // On the page nobody has to say why; of a program the contract asks it.
        if base::text::length(&base::text::clean_text(&body.reason)) < 3 {
            return Err(Error::field("reason", "error-required"));
        }
        cases.cancel(deed.actor(), &deed.pass, deed.number, &body.reason).await
    };

    /// Put data of a case right
    ///
    /// While it is open. What it said before stays in the history.
    post "/api/v1/cases/{number}/corrections" correct_case (body: CorrectionBody as correction)
    |deed, cases| {
        let correction = Correction {
            email: body.email,
            phone: body.phone,
            postal_address: body.postal_address,
            address: body.address,
            addition: body.addition,
        };
        cases.correct(deed.actor(), &deed.pass, deed.number, correction)
    };

    /// Ask a person to review an answer by rule
    ///
    /// Within thirty days of an answer that a rule has decided. The case comes back to a specialist,
    /// and its term is counted on.
    post "/api/v1/cases/{number}/review" ask_person (body: ReviewWish as review_wish)
    |deed, cases| async {
        let reason = body.reason.unwrap_or_default();
        cases.ask_person(deed.actor(), &deed.pass, deed.number, &reason).await
    };

    /// Rate the work
    ///
    /// Once, after the answer.
    post "/api/v1/cases/{number}/rating" rate_case (body: NewRating as new_rating)
    |deed, cases| async {
        let comment = body.comment.unwrap_or_default();
        cases.rate(deed.actor(), &deed.pass, deed.number, body.stars, &comment).await
    };

    /// Name somebody beside the applicant
    post "/api/v1/cases/{number}/parties" add_case_party (body: NewCaseParty as new_party)
    |deed, cases| async {
        let role = PartyRole::from_code(&body.role);
        let party = NewParty {
            role: role.ok_or_else(|| Error::field("role", "error-unknown-value"))?,
            name: body.name,
            email: body.email.unwrap_or_default(),
            note: body.note.unwrap_or_default(),
        };
        cases.add_party(deed.actor(), &deed.pass, deed.number, party).await
    };

    /// Agree to stand in a case, or decline
    ///
    /// For somebody who was named beside the applicant. Who declines has left the case, also when they had agreed,
    /// and is not named there again; the applicant and the specialist are told.
    post "/api/v1/cases/{number}/participation" answer_to_name (body: Participation as participation)
    |deed, cases| async {
        if body.agrees {
            cases.agree_to_stand(deed.actor(), deed.number).await
        } else {
            cases.decline_to_stand(deed.actor(), deed.number).await
        }
    };

    /// Take a party off a case
    delete "/api/v1/cases/{number}/parties/{party}" remove_case_party
    ["party": "The party, by its `id`"]
    |deed, cases| async {
        let party = deed.id("party")?;
        cases.remove_party(deed.actor(), &deed.pass, deed.number, party).await
    };
}

/// Object to an answer
///
/// A new case opens with the unit above the one that answered; it is answered as a filing is.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/objection",
    operation_id = "object_to_answer",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(Address<Own>),
    request_body(content = Objection, example = json!(examples::objection())),
    responses(
        (status = 201, description = "The new case", body = FiledBody,
            headers(("Location" = String, description = "Where it can be read")),
            example = json!(examples::filed())),
        OfDeed,
    )
)]
pub(in crate::api) async fn object_to_answer(deed: Deed<Own>, Sent(body): Sent<Objection>) -> Done {
    let (actor, cases) = (deed.actor(), &deed.api.cases);
    let made = cases.object(actor, &deed.pass, deed.number, &body.reasons);
    filed_as(made.await?)
}
