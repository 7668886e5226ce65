//! Rules by which cases are decided, for programs: the versions of a service, a draft, a replay,
//! proposing; and for officers what waits for them, approving and stopping.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::{Error, Moment, Result};
use jiff::civil::Date;
use people::api::administration::{Administrator, Listing, PageOf};
use people::{Units, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, OfBareDeed, OfDeed, OfEntry, OfList, OfMaking, Refused, Sent};

use crate::administration::{Administration, Proposal, Replay};
use crate::rulings::Version;

type Answered<T> = std::result::Result<T, Refused>;

/// A version of the rules of a service.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionRules)]
pub(super) struct VersionBody {
    /// Code of the service.
    #[schema(example = "reference")]
    service: String,
    /// Its number, from 1.
    version: u32,
    /// `draft`, `proposed`, `approved` or `withdrawn`.
    state: &'static str,
    /// The rules, TOML.
    text: String,
    /// When the text was written: what a change of a draft gives back as `seen`.
    #[schema(format = "date-time")]
    written_at: String,
    /// The version of the product that it is.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    shipped: Option<u32>,
    /// Code of the unit in whose name it decides.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The first day on which it decides.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_at: Option<String>,
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<String>,
    /// Why it was stopped.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl VersionBody {
    fn of(version: &Version, service: &str, units: &Units) -> Self {
        let unit = version.unit.and_then(|unit| units.unit(unit));
        Self {
            service: service.to_owned(),
            version: version.number,
            state: version.stage.code(),
            text: version.text.clone(),
            written_at: version.written_at.rfc3339(),
            shipped: version.shipped,
            unit: unit.map(|unit| unit.code.clone()),
            valid_from: version.valid_from.map(|day| day.to_string()),
            approved_at: version.approved_at.map(Moment::rfc3339),
            withdrawn_at: version.withdrawn_at.map(Moment::rfc3339),
            reason: Some(version.reason.clone()).filter(|reason| !reason.is_empty()),
        }
    }
}

/// A draft of rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionRulesDraft)]
pub(super) struct DraftBody {
    /// The rules, TOML.
    #[schema(min_length = 1, max_length = 200_000)]
    text: String,
    /// The draft that was seen, by its `version`; nothing when there is none.
    #[schema(nullable = false)]
    over: Option<u32>,
}

/// Rules on trial.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionRulesTrialOf)]
pub(super) struct TrialBody {
    /// The rules, TOML.
    #[schema(min_length = 1, max_length = 200_000)]
    text: String,
}

/// In whose name and since when rules are to decide.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionRulesProposal)]
pub(super) struct ProposalBody {
    /// Code of the unit.
    #[schema(max_length = 64, example = "reception")]
    unit: String,
    /// The first day; today when absent.
    #[schema(value_type = Option<String>, format = "date", nullable = false)]
    valid_from: Option<Date>,
}

/// Why rules are stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionRulesStop)]
pub(super) struct StopBody {
    #[schema(min_length = 5, max_length = 1000)]
    reason: String,
}

/// How many cases a rule would decide.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionRulesTrialRule)]
struct RuleCount {
    /// Code of the rule.
    rule: String,
    cases: usize,
}

/// A case that came out otherwise than people decided.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionRulesTrialCase)]
struct DifferenceBody {
    /// Number of the case.
    number: String,
    /// Code of the rule.
    rule: String,
    /// How the rule decides: `granted`, `explained` or `refused`.
    would: &'static str,
    /// How people did, where rules know an outcome like it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    did: Option<&'static str>,
}

/// What a replay over past cases has found.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionRulesTrial)]
pub(super) struct ReplayBody {
    /// How many of the newest cases of the service were looked at, 500 at the most.
    tried: usize,
    by_rule: Vec<RuleCount>,
    /// How many a person would decide.
    by_person: usize,
    /// How many that people decided a rule would have.
    sooner: usize,
    /// Seconds from receipt to answer that these took together.
    saved_seconds: i64,
    /// How many came out otherwise than people decided.
    differ: usize,
    /// The newest of those, a hundred at the most.
    differences: Vec<DifferenceBody>,
}

impl From<Replay> for ReplayBody {
    fn from(replay: Replay) -> Self {
        let counts = replay.by_rule.into_iter();
        let differences = replay.differences.into_iter();
        Self {
            tried: replay.tried,
            by_rule: counts
                .map(|(rule, cases)| RuleCount { rule, cases })
                .collect(),
            by_person: replay.by_person,
            sooner: replay.sooner,
            saved_seconds: replay.saved_seconds,
            differ: replay.differ,
            differences: differences
                .map(|one| DifferenceBody {
                    number: one.number,
                    rule: one.rule,
                    would: one.verdict.code(),
                    did: one.decided.map(crate::decisions::Verdict::code),
                })
                .collect(),
        }
    }
}

fn today(visitor: &Visitor) -> Date {
    let request = &visitor.request;
    request.now().date(&request.shell().settings().zone)
}

fn number_in(text: &str) -> Result<u32> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn card(
    admin: &Administration,
    visitor: &Visitor,
    code: &str,
    number: u32,
) -> Result<VersionBody> {
    let version = admin.rule_version(&visitor.actor, code, number).await?;
    let units = admin.units().await?;
    Ok(VersionBody::of(&version, code, &units))
}

/// List the decision rules of a service
///
/// Its versions, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/rules",
    operation_id = "list_decision_rules",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<VersionBody>), OfList)
)]
pub(super) async fn list_decision_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    asking: Asking,
) -> Answered<Json<PageOf<VersionBody>>> {
    let listing = Listing::of(asking, &[])?;
    let listed = admin
        .rule_versions(&visitor.actor, &code, today(&visitor))
        .await?;
    let units = admin.units().await?;
    Ok(Json(listing.page(
        &listed,
        |one| one.version.number.to_string(),
        |one| VersionBody::of(&one.version, &code, &units),
    )?))
}

/// Write a draft of decision rules
///
/// Over the draft that there is, or as the next version. Everything that is wrong is told at once.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/rules",
    operation_id = "write_decision_rules",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference")),
    request_body(content = DraftBody, example = json!(super::examples::rules_draft())),
    responses(
        (status = 201, description = "The draft", body = VersionBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn write_decision_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    Sent(body): Sent<DraftBody>,
) -> Answered<Response> {
    let seen = match body.over {
        Some(number) => {
            let version = admin.rule_version(&visitor.actor, &code, number).await?;
            Some(version.written_at)
        }
        None => None,
    };
    let number = admin
        .write_rules(&visitor.actor, &code, &body.text, seen, today(&visitor))
        .await?;
    let made = card(&admin, &visitor, &code, number).await?;
    let place = format!("/api/v1/admin/services/{code}/rules/{number}");
    Ok((StatusCode::CREATED, [(LOCATION, place)], Json(made)).into_response())
}

/// Replay decision rules over past cases
///
/// Nothing is changed.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/rules/trial",
    operation_id = "replay_decision_rules",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference")),
    request_body(content = TrialBody, example = json!(super::examples::rules_trial())),
    responses((status = 200, description = "What would have become of them", body = ReplayBody), OfDeed)
)]
pub(super) async fn replay_decision_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    Sent(body): Sent<TrialBody>,
) -> Answered<Json<ReplayBody>> {
    let day = today(&visitor);
    let replay = admin.replay_rules(&visitor.actor, &code, &body.text, day);
    Ok(Json(replay.await?.into()))
}

/// Read a version of decision rules
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/rules/{version}",
    operation_id = "read_decision_rules",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference"),
        ("version" = u32, Path, description = "Its number"),
    ),
    responses((status = 200, description = "The version", body = VersionBody), OfEntry)
)]
pub(super) async fn read_decision_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
) -> Answered<Json<VersionBody>> {
    let number = number_in(&version)?;
    Ok(Json(card(&admin, &visitor, &code, number).await?))
}

/// Propose decision rules
///
/// To the officers who sign answers of a unit. 409 when it is no draft.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/rules/{version}/proposal",
    operation_id = "propose_decision_rules",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference"),
        ("version" = u32, Path, description = "Its number"),
    ),
    request_body(content = ProposalBody, example = json!({ "unit": "reception" })),
    responses((status = 200, description = "The version as it is now", body = VersionBody), OfDeed)
)]
pub(super) async fn propose_decision_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
    Sent(body): Sent<ProposalBody>,
) -> Answered<Json<VersionBody>> {
    let number = number_in(&version)?;
    let proposal = Proposal {
        unit: Some(body.unit),
        from: body.valid_from,
    };
    admin
        .propose_rules(&visitor.actor, &code, number, &proposal, today(&visitor))
        .await?;
    Ok(Json(card(&admin, &visitor, &code, number).await?))
}

/// List the decision rules that an officer has to look at
///
/// What waits for them, and what decides in the name of their units.
#[utoipa::path(
    get,
    path = "/api/v1/desk/rules",
    operation_id = "list_rules_to_sign",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<VersionBody>), OfList)
)]
pub(super) async fn list_rules_to_sign(
    visitor: Visitor,
    State(admin): State<Administration>,
    asking: Asking,
) -> Answered<Json<PageOf<VersionBody>>> {
    let listing = Listing::of(asking, &[])?;
    let waiting = admin.rules_to_sign(&visitor.actor, today(&visitor)).await?;
    let units = admin.units().await?;
    Ok(Json(listing.page(
        &waiting,
        |one| one.version.id.to_string(),
        |one| VersionBody::of(&one.version, &one.service.definition.code, &units),
    )?))
}

/// Approve decision rules
///
/// By an officer who may sign answers of the unit; never by whoever wrote or proposed them, 409 then.
#[utoipa::path(
    post,
    path = "/api/v1/desk/rules/{code}/{version}/approval",
    operation_id = "approve_decision_rules",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference"),
        ("version" = u32, Path, description = "Its number"),
    ),
    responses((status = 200, description = "The version as it is now", body = VersionBody), OfBareDeed)
)]
pub(super) async fn approve_decision_rules(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
) -> Answered<Json<VersionBody>> {
    let number = number_in(&version)?;
    admin
        .approve_rules(&visitor.actor, &code, number, today(&visitor))
        .await?;
    Ok(Json(card(&admin, &visitor, &code, number).await?))
}

/// Stop decision rules
///
/// At once, by an officer of the unit or an administrator of the catalogue: people decide from then on.
#[utoipa::path(
    post,
    path = "/api/v1/desk/rules/{code}/{version}/withdrawal",
    operation_id = "stop_decision_rules",
    tag = "desk",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "reference"),
        ("version" = u32, Path, description = "Its number"),
    ),
    request_body(content = StopBody, example = json!({ "reason": "The description of the service is out of date" })),
    responses((status = 200, description = "The version as it is now", body = VersionBody), OfDeed)
)]
pub(super) async fn stop_decision_rules(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
    Sent(body): Sent<StopBody>,
) -> Answered<Json<VersionBody>> {
    let number = number_in(&version)?;
    admin
        .withdraw_rules(&visitor.actor, &code, number, &body.reason, today(&visitor))
        .await?;
    Ok(Json(card(&admin, &visitor, &code, number).await?))
}
