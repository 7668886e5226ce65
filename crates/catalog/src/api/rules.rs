//! Routing rules for programs: the rules in order, a new one, one of them, and a trial.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::id::UnitId;
use base::{Actor, Error, Result};
use people::Units;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::api::{
    Asking, IfMatch, OfChange, OfDeed, OfEntry, OfList, OfMaking, OfRemoval, Refused, Sent,
};

use crate::administration::{Administration, RuleWish, TrialOf};
use crate::catalog::Contents;
use crate::phrase::Phrase;
use crate::routing::RouteRule;

/// A routing rule. Any part that is left out means any.
#[derive(Serialize, ToSchema)]
#[schema(as = RouteRule)]
pub(super) struct RuleBody {
    id: Uuid,
    /// Place in the order: the first rule that matches wins.
    position: i64,
    /// Code of the subject; those below it are meant too.
    #[schema(nullable = false, example = "roads")]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// Code of the territory; those inside it are meant too.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    territory: Option<String>,
    /// Code of the service.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    /// Code of the unit that gets the case.
    unit: String,
    /// Whether the unit takes no cases any more, so that the rule is passed over.
    idle: bool,
    reason_ru: String,
    reason_en: String,
}

impl RuleBody {
    fn of(rule: &RouteRule, contents: &Contents, units: &Units) -> Self {
        let category = rule.category.and_then(|id| contents.categories().by_id(id));
        let territory = rule.territory.and_then(|id| units.territory(id));
        let service = rule.service.and_then(|id| contents.service_by_id(id));
        let unit = units.unit(rule.unit);
        Self {
            id: rule.id,
            position: rule.position,
            category: category.map(|one| one.code.clone()),
            territory: territory.map(|one| one.code.clone()),
            service: service.map(|one| one.definition.code.clone()),
            unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
            idle: unit.is_none_or(|unit| !unit.active),
            reason_ru: rule.reason.ru.clone(),
            reason_en: rule.reason.en.clone(),
        }
    }
}

/// A routing rule as it is to be. Any part that is left out means any.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteRuleWish)]
pub(super) struct WishBody {
    /// Place in the order: the first rule that matches wins.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 50)]
    position: i64,
    /// Code of the subject; those below it are meant too.
    #[schema(max_length = 64, example = "roads")]
    category: Option<String>,
    /// Code of the territory; those inside it are meant too.
    #[schema(max_length = 64)]
    territory: Option<String>,
    /// Code of the service.
    #[schema(max_length = 64)]
    service: Option<String>,
    /// Code of the unit that gets the case.
    #[schema(max_length = 64, example = "roads")]
    unit: String,
    #[schema(min_length = 1, max_length = 300)]
    reason_ru: String,
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Roads go to the road unit"
    )]
    reason_en: String,
}

impl WishBody {
    fn wish(self) -> RuleWish {
        RuleWish {
            position: self.position,
            category: self.category,
            territory: self.territory,
            service: self.service,
            unit: Some(self.unit),
            reason: Phrase::new(self.reason_ru, self.reason_en),
        }
    }
}

/// What is tried. Without a rule: where the newest cases are, beside where the rules in force would send them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteTrialOf)]
pub(super) struct TrialBody {
    /// The rule that is to be among the others.
    rule: Option<WishBody>,
    /// `id` of the rule in whose place it is to be.
    replaces: Option<Uuid>,
}

/// A case that would go elsewhere.
#[derive(Serialize, ToSchema)]
#[schema(as = RouteTrialCase)]
struct MovedBody {
    /// Number of the case.
    number: String,
    /// Code of the unit that has it.
    has: String,
    /// Code of the unit by the rules in force.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<String>,
    /// Code of the unit by the rules on trial.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<String>,
}

/// What a trial has found.
#[derive(Serialize, ToSchema)]
#[schema(as = RouteTrial)]
pub(super) struct FoundBody {
    /// How many of the newest cases were looked at, 500 at the most.
    tried: usize,
    /// How many of them differ.
    differ: usize,
    /// The newest of those, a hundred at the most.
    moved: Vec<MovedBody>,
}

fn id_in(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::NotFound)
}

async fn card(admin: &Administration, actor: &Actor, id: Uuid) -> Result<RuleBody> {
    let contents = admin.contents(actor).await?;
    let units = admin.units().await?;
    let rule = contents.rules().iter().find(|rule| rule.id == id);
    let rule = rule.ok_or(Error::NotFound)?;
    Ok(RuleBody::of(rule, &contents, &units))
}

/// List the routing rules
///
/// In the order in which they are tried.
#[utoipa::path(
    get,
    path = "/api/v1/admin/routes",
    operation_id = "list_route_rules",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<RuleBody>), OfList)
)]
pub(super) async fn list_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<RuleBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let contents = admin.contents(&visitor.actor).await?;
    let units = admin.units().await?;
    Ok(Json(listing.page(
        contents.rules(),
        |rule| rule.id.to_string(),
        |rule| RuleBody::of(rule, &contents, &units),
    )?))
}

/// Make a routing rule
#[utoipa::path(
    post,
    path = "/api/v1/admin/routes",
    operation_id = "add_route_rule",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = WishBody, example = json!(super::example("add_rule"))),
    responses(
        (status = 201, description = "The rule", body = RuleBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_rule(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<Response, Refused> {
    let id = admin.add_rule(&visitor.actor, &body.wish()).await?;
    let made = card(&admin, &visitor.actor, id).await?;
    let place = [(LOCATION, format!("/api/v1/admin/routes/{id}"))];
    Ok((StatusCode::CREATED, place, Json(made)).into_response())
}

/// Try routing rules
///
/// Where the newest cases would go if the rule stood among the others. Nothing is changed.
#[utoipa::path(
    post,
    path = "/api/v1/admin/routes/trials",
    operation_id = "try_route_rules",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    request_body(content = TrialBody, example = json!(super::example("try_rules"))),
    responses((status = 200, description = "What differs", body = FoundBody), OfDeed)
)]
pub(super) async fn try_rules(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<TrialBody>,
) -> std::result::Result<Json<FoundBody>, Refused> {
    let of = match (body.rule, body.replaces) {
        (None, None) => TrialOf::InForce,
        (Some(rule), None) => TrialOf::Added(rule.wish()),
        (Some(rule), Some(id)) => TrialOf::Changed(id, rule.wish()),
        (None, Some(_)) => return Err(Error::field("rule", "error-required").into()),
    };
    let found = admin.try_rules(&visitor.actor, of).await?;
    let units = admin.units().await?;
    let code = |id: UnitId| units.unit(id).map(|unit| unit.code.clone());
    let moved = found.moved.into_iter();
    Ok(Json(FoundBody {
        tried: found.tried,
        differ: found.differ,
        moved: moved
            .map(|moved| MovedBody {
                number: moved.number,
                has: code(moved.has).unwrap_or_default(),
                now: moved.now.and_then(code),
                then: moved.then.and_then(code),
            })
            .collect(),
    }))
}

/// Read a routing rule
#[utoipa::path(
    get,
    path = "/api/v1/admin/routes/{rule}",
    operation_id = "read_route_rule",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("rule" = Uuid, Path, description = "`id` of the rule")),
    responses((status = 200, description = "The rule", body = RuleBody), OfEntry)
)]
pub(super) async fn read_rule(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(rule): Path<String>,
) -> std::result::Result<Json<RuleBody>, Refused> {
    let id = id_in(&rule)?;
    Ok(Json(card(&admin, &visitor.actor, id).await?))
}

/// Change a routing rule
///
/// The body is the whole of it. Cases that were routed already stay where they are.
#[utoipa::path(
    put,
    path = "/api/v1/admin/routes/{rule}",
    operation_id = "change_route_rule",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("rule" = Uuid, Path, description = "`id` of the rule")),
    request_body(content = WishBody, example = json!(super::example("change_rule"))),
    responses((status = 200, description = "The rule as it is now", body = RuleBody), OfChange)
)]
pub(super) async fn change_rule(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(rule): Path<String>,
    held: IfMatch,
    Sent(body): Sent<WishBody>,
) -> std::result::Result<Json<RuleBody>, Refused> {
    let id = id_in(&rule)?;
    held.check(&card(&admin, &visitor.actor, id).await?)?;
    admin.save_rule(&visitor.actor, id, &body.wish()).await?;
    Ok(Json(card(&admin, &visitor.actor, id).await?))
}

/// End a routing rule
#[utoipa::path(
    delete,
    path = "/api/v1/admin/routes/{rule}",
    operation_id = "end_route_rule",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("rule" = Uuid, Path, description = "`id` of the rule")),
    responses((status = 204, description = "Ended"), OfRemoval)
)]
pub(super) async fn end_rule(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(rule): Path<String>,
    held: IfMatch,
) -> std::result::Result<StatusCode, Refused> {
    let id = id_in(&rule)?;
    held.check(&card(&admin, &visitor.actor, id).await?)?;
    admin.end_rule(&visitor.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
