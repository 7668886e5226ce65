//! How the installation runs: who may do what, what administrators did, jobs, settings.

use std::str::FromStr as _;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::id::{AccountId, JobId, TerritoryId, UnitId};
use base::{Error, Role};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::api::{Asking, OfBareDeed, OfList, Refused};

use super::Api;
use super::common::{Administrator, Listing, PageOf};
use crate::access::{Permission, Reach, Right, Subject, require, table};
use crate::acts::{Asked as AskedActs, Done, KINDS};
use crate::model::PersonName;
use crate::trees::Units;

/// How far a role reaches with a permission.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Reach)]
enum ReachCode {
    Nothing,
    Own,
    Unit,
    Installation,
    Anyone,
}

impl ReachCode {
    const fn of(reach: Reach) -> Self {
        match reach {
            Reach::Nothing => Self::Nothing,
            Reach::Own => Self::Own,
            Reach::Unit => Self::Unit,
            Reach::Installation => Self::Installation,
            Reach::Anyone => Self::Anyone,
        }
    }
}

/// A permission, and how far each role reaches with it.
#[derive(Serialize, ToSchema)]
#[schema(as = Right)]
pub(super) struct RightBody {
    #[schema(example = "manage-units")]
    permission: &'static str,
    guest: ReachCode,
    applicant: ReachCode,
    operator: ReachCode,
    specialist: ReachCode,
    head: ReachCode,
    administrator: ReachCode,
}

impl RightBody {
    const fn of(right: &Right) -> Self {
        Self {
            permission: right.code,
            guest: ReachCode::of(right.guest),
            applicant: ReachCode::of(right.reach(Role::Applicant)),
            operator: ReachCode::of(right.reach(Role::Operator)),
            specialist: ReachCode::of(right.reach(Role::Specialist)),
            head: ReachCode::of(right.reach(Role::Head)),
            administrator: ReachCode::of(right.reach(Role::Administrator)),
        }
    }
}

/// How somebody is called.
#[derive(Serialize, ToSchema)]
#[schema(as = ActorName)]
#[expect(
    clippy::struct_field_names,
    reason = "the names that a person has in every other answer"
)]
struct NameBody {
    last_name: String,
    first_name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<String>,
}

impl NameBody {
    fn of(name: PersonName) -> Self {
        Self {
            last_name: name.last,
            first_name: name.first,
            middle_name: name.middle,
        }
    }
}

/// Somebody who did something as an administrator.
#[derive(Serialize, ToSchema)]
#[schema(as = Actor)]
pub(super) struct ActorBody {
    account: Uuid,
    name: NameBody,
}

/// A field that an act changed.
#[derive(Serialize, ToSchema)]
#[schema(as = ActChange)]
struct ChangeBody {
    #[schema(example = "name_ru")]
    field: String,
    before: String,
    after: String,
}

/// Something that an administrator did.
#[derive(Serialize, ToSchema)]
#[schema(as = Act)]
pub(super) struct ActBody {
    id: Uuid,
    #[schema(format = "date-time")]
    at: String,
    /// Who did it; absent when a command of the operator did, or the person was erased.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<NameBody>,
    /// Kind of what was changed.
    #[schema(example = "unit")]
    kind: String,
    /// Identifier of what was changed.
    entity: Uuid,
    /// The code of what was changed, or the name of the person.
    #[schema(nullable = false, example = "roads")]
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// What was done, as the journal names it.
    #[schema(example = "unit.changed")]
    action: String,
    changes: Vec<ChangeBody>,
}

impl ActBody {
    fn of(done: Done, all: &Units) -> Self {
        let code = match done.kind.as_str() {
            "unit" => all.unit(UnitId(done.entity)).map(|unit| &unit.code),
            "territory" => all
                .territory(TerritoryId(done.entity))
                .map(|place| &place.code),
            _ => None,
        };
        let subject = code.cloned().unwrap_or(done.subject);
        Self {
            id: done.id,
            at: done.at.rfc3339(),
            actor: done.actor.map(NameBody::of),
            kind: done.kind,
            entity: done.entity,
            subject: Some(subject).filter(|subject| !subject.is_empty()),
            action: done.action,
            changes: done
                .changes
                .into_iter()
                .map(|(field, before, after)| ChangeBody {
                    field,
                    before,
                    after,
                })
                .collect(),
        }
    }
}

/// Work that waits, of one kind.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingJobs)]
pub(super) struct WaitingBody {
    #[schema(example = "mail.send")]
    kind: String,
    count: i64,
    /// How many of them failed at least once.
    tried: i64,
    /// When the oldest was queued.
    #[schema(format = "date-time")]
    since: String,
}

/// A job that was given up.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLetter)]
pub(super) struct DeadBody {
    id: Uuid,
    #[schema(example = "mail.send")]
    kind: String,
    attempts: i64,
    /// Why the last try failed.
    problem: String,
}

/// A setting in force.
#[derive(Serialize, ToSchema)]
#[schema(as = Setting)]
pub(super) struct SettingBody {
    #[schema(example = "origin")]
    name: &'static str,
    /// A secret is never told.
    value: String,
}

/// List the rights
///
/// The table of permissions: how far each role reaches.
#[utoipa::path(
    get,
    path = "/api/v1/admin/rights",
    operation_id = "list_rights",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<RightBody>), OfList)
)]
pub(super) async fn list_rights(
    Administrator(visitor): Administrator,
    asking: Asking,
) -> Result<Json<PageOf<RightBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    crate::require_somewhere(&visitor.actor, Permission::ManageUsers)?;
    Ok(Json(listing.page(
        table(),
        |right| right.code.to_owned(),
        RightBody::of,
    )?))
}

/// List what administrators did
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/v1/admin/log",
    operation_id = "list_acts",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("kind" = inline(Option<String>), Query, nullable = false,
            pattern = "^(unit|territory|person|service|category|route_rule|law_setting|decision_rules|official|template|answer_template|job|export|import)$",
            description = "Only of this kind of thing", example = "unit"),
        ("actor" = inline(Option<Uuid>), Query, nullable = false, description = "Only of this account"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<ActBody>), OfList)
)]
pub(super) async fn list_acts(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<PageOf<ActBody>>, Refused> {
    let mut listing = Listing::of(asking, &["kind", "actor"])?;
    let actor = listing.known("actor", |text| AccountId::from_str(text).ok());
    let kind = listing.known("kind", |kind| {
        KINDS.contains(&kind).then(|| kind.to_owned())
    });
    let (limit, before) = listing.place(Uuid::parse_str)?;
    let wanted = AskedActs {
        actor,
        kind,
        before,
    };
    let (acts, next) = api.people.acts(&visitor.actor, wanted, limit).await?;
    let all = api.people.units().await?;
    let items = acts.into_iter();
    Ok(Json(PageOf {
        items: items.map(|done| ActBody::of(done, &all)).collect(),
        next: next.map(|id| id.to_string()),
    }))
}

/// List those who did something as administrators
///
/// What `list_acts` can be filtered by.
#[utoipa::path(
    get,
    path = "/api/v1/admin/log/actors",
    operation_id = "list_actors",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<ActorBody>), OfList)
)]
pub(super) async fn list_actors(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<PageOf<ActorBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let actors = api.people.actors(&visitor.actor).await?;
    Ok(Json(listing.page(
        &actors,
        |(account, _)| account.to_string(),
        |(account, name)| ActorBody {
            account: account.0,
            name: NameBody::of(name.clone()),
        },
    )?))
}

/// List the work that waits
///
/// Kind by kind; no more than ten thousand jobs are counted.
#[utoipa::path(
    get,
    path = "/api/v1/admin/jobs",
    operation_id = "list_waiting_jobs",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<WaitingBody>), OfList)
)]
pub(super) async fn list_waiting_jobs(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<PageOf<WaitingBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let waiting = api.people.waiting_jobs(&visitor.actor).await?;
    Ok(Json(listing.page(
        &waiting,
        |waiting| waiting.kind.clone(),
        |waiting| WaitingBody {
            kind: waiting.kind.clone(),
            count: waiting.count,
            tried: waiting.tried,
            since: waiting.since.rfc3339(),
        },
    )?))
}

/// List the jobs that were given up
///
/// Oldest first; the two hundred oldest are looked at.
#[utoipa::path(
    get,
    path = "/api/v1/admin/dead-letters",
    operation_id = "list_dead_letters",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<DeadBody>), OfList)
)]
pub(super) async fn list_dead_letters(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<PageOf<DeadBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    let dead = api.people.dead_letters(&visitor.actor).await?;
    Ok(Json(listing.page(
        &dead,
        |job| job.id.to_string(),
        |job| DeadBody {
            id: job.id,
            kind: job.kind.clone(),
            attempts: job.attempts,
            problem: job.problem.clone(),
        },
    )?))
}

/// Send a given-up job off again
#[utoipa::path(
    post,
    path = "/api/v1/admin/dead-letters/{job}/revival",
    operation_id = "revive_dead_letter",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("job" = Uuid, Path, description = "`id` of the job")),
    responses((status = 204, description = "It is queued again"), OfBareDeed)
)]
pub(super) async fn revive_dead_letter(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    Path(job): Path<String>,
) -> Result<StatusCode, Refused> {
    let job = JobId::from_str(&job).map_err(|_| Error::NotFound)?;
    api.people.revive_job(&visitor.actor, job).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the settings in force
#[utoipa::path(
    get,
    path = "/api/v1/admin/settings",
    operation_id = "list_settings",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<SettingBody>), OfList)
)]
pub(super) async fn list_settings(
    Administrator(visitor): Administrator,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<PageOf<SettingBody>>, Refused> {
    let listing = Listing::of(asking, &[])?;
    require(
        &visitor.actor,
        Permission::RunInstallation,
        &Subject::default(),
    )?;
    Ok(Json(listing.page(
        &api.settings,
        |setting| setting.name.to_owned(),
        |setting| SettingBody {
            name: setting.name,
            value: setting.value.clone(),
        },
    )?))
}
