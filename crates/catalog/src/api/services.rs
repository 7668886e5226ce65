//! Services for programs: the list, one of them, whether it is offered, and what came with the
//! product and waits.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Actor, Result};
use people::Visitor;
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{Asking, OfBareDeed, OfDeed, OfEntry, OfList, Refused, Sent};

use super::versions::ChangeBody;
use crate::administration::Administration;
use crate::model::{Access, Definition, Kind, Service};

/// A service.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminService)]
pub(super) struct ServiceRow {
    #[schema(example = "complaint")]
    code: String,
    kind: Kind,
    name_ru: String,
    name_en: String,
    /// The version in force.
    version: u32,
    /// Whether it is offered.
    offered: bool,
    /// Whether a newer version that came with the product waits for a decision.
    proposal: bool,
}

impl ServiceRow {
    fn of(service: &Service, proposal: bool) -> Self {
        let definition = &service.definition;
        Self {
            code: definition.code.clone(),
            kind: definition.kind,
            name_ru: definition.name.ru.clone(),
            name_en: definition.name.en.clone(),
            version: definition.version,
            offered: service.public,
            proposal,
        }
    }
}

/// A service with what it stands under.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminServiceCard)]
pub(super) struct ServiceBody {
    #[serde(flatten)]
    row: ServiceRow,
    /// The order by law.
    regime: String,
    /// The terms that its cases have, by what they limit.
    terms: BTreeMap<String, String>,
    access: Access,
    /// Whether its cases stand in the public register.
    publish: bool,
    /// The states that its cases may have, beside those that no case can do without.
    states: Vec<String>,
}

/// What came with the product for a service that was changed here.
#[derive(Serialize, ToSchema)]
#[schema(as = ServiceProposal)]
pub(super) struct ProposalBody {
    /// The version in force: `base` of a decision.
    base: u32,
    definition: Definition,
    /// The same as text.
    text: String,
    /// What differs from the version in force.
    changes: Vec<ChangeBody>,
}

/// What is to become of what came with the product.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProposalDecision)]
enum DecisionCode {
    /// It is put in force.
    Take,
    /// What was written here stays.
    Keep,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProposalDecided)]
pub(super) struct DecisionBody {
    /// The version in force that whoever decides has seen.
    #[schema(minimum = 1)]
    base: u32,
    decision: DecisionCode,
}

async fn card(admin: &Administration, actor: &Actor, code: &str) -> Result<ServiceBody> {
    let service = admin.service(actor, code).await?;
    let proposals = admin.proposals(actor).await?;
    let definition = &service.definition;
    Ok(ServiceBody {
        row: ServiceRow::of(&service, proposals.contains_key(&service.id)),
        regime: definition.regime.clone(),
        terms: definition.terms.clone(),
        access: definition.access,
        publish: definition.publish,
        states: definition.states.clone(),
    })
}

/// List the services to manage
///
/// In the order of the catalogue, those that are not offered too.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services",
    operation_id = "list_admin_services",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<ServiceRow>), OfList)
)]
pub(super) async fn list_services(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<ServiceRow>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let contents = admin.contents(&visitor.actor).await?;
    let proposals = admin.proposals(&visitor.actor).await?;
    Ok(Json(listing.page(
        contents.all_services(),
        |service| service.definition.code.clone(),
        |service| ServiceRow::of(service, proposals.contains_key(&service.id)),
    )?))
}

/// Read a service to manage
///
/// Its definition is told by `read_service_version`.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}",
    operation_id = "read_admin_service",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses((status = 200, description = "The service", body = ServiceBody), OfEntry)
)]
pub(super) async fn read_service(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<ServiceBody>, Refused> {
    Ok(Json(card(&admin, &visitor.actor, &code).await?))
}

async fn set_offered(
    admin: &Administration,
    visitor: &Visitor,
    code: &str,
    offered: bool,
) -> std::result::Result<Json<ServiceBody>, Refused> {
    admin.offer(&visitor.actor, code, offered).await?;
    Ok(Json(card(admin, &visitor.actor, code).await?))
}

/// Offer a service
///
/// 409 when it is offered already.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/offer",
    operation_id = "offer_service",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses((status = 200, description = "The service as it is now", body = ServiceBody), OfBareDeed)
)]
pub(super) async fn offer_service(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<ServiceBody>, Refused> {
    set_offered(&admin, &visitor, &code, true).await
}

/// Stop offering a service
///
/// Its cases go on. 409 when it is not offered.
#[utoipa::path(
    delete,
    path = "/api/v1/admin/services/{code}/offer",
    operation_id = "withhold_service",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses((status = 200, description = "The service as it is now", body = ServiceBody), OfBareDeed)
)]
pub(super) async fn withhold_service(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<ServiceBody>, Refused> {
    set_offered(&admin, &visitor, &code, false).await
}

/// Read what came with the product
///
/// For a service that was changed here; 404 when nothing waits.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/proposal",
    operation_id = "read_service_proposal",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    responses((status = 200, description = "What waits", body = ProposalBody), OfEntry)
)]
pub(super) async fn read_proposal(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> std::result::Result<Json<ProposalBody>, Refused> {
    let (base, definition, changes) = admin.proposal_beside(&visitor.actor, &code).await?;
    Ok(Json(ProposalBody {
        base,
        text: definition.to_toml(),
        definition,
        changes: changes.into_iter().map(ChangeBody::of).collect(),
    }))
}

/// Decide about what came with the product
///
/// 409 when nothing waits, or another version is in force than whoever decides has seen.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/proposal/decision",
    operation_id = "decide_service_proposal",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    request_body(content = DecisionBody, example = json!(super::example("decide_proposal"))),
    responses((status = 204, description = "Decided"), OfDeed)
)]
pub(super) async fn decide_proposal(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    Sent(body): Sent<DecisionBody>,
) -> std::result::Result<StatusCode, Refused> {
    let take = matches!(body.decision, DecisionCode::Take);
    admin.decide(&visitor.actor, &code, body.base, take).await?;
    Ok(StatusCode::NO_CONTENT)
}
