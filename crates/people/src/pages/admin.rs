//! The administration: its home page, and the pages about people, agencies and the running of the
//! installation. Other slices add their own pages and name them by `web::admin::Section`.

mod corrections;
mod former;
mod posts;
mod running;
mod staff;
mod territories;
mod units;

use std::pin::Pin;
use std::sync::Arc;

use askama::Template;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::id::{AccountId, UnitId};
use base::{Actor, Error, Result, Role};
use web::admin::{Group, Section};
use web::{Choice, Page, PageResult, html};

pub use running::Setting;

use super::unstored;
use crate::Visitor;
use crate::access::{Permission, Reach, Right, allows_somewhere, table};
use crate::trees::Units;

/// The sections of this slice.
pub const SECTIONS: &[Section] = &[
    Section {
        group: Group::People,
        href: "/admin/units",
        title: "people-admin-units",
        note: "people-admin-units-note",
        shown: |actor| allows_somewhere(actor, Permission::ManageUnits),
    },
    Section {
        group: Group::People,
        href: "/admin/territories",
        title: "people-admin-territories",
        note: "people-admin-territories-note",
        shown: |actor| allows_somewhere(actor, Permission::ManageUnits),
    },
    Section {
        group: Group::People,
        href: "/admin/staff",
        title: "people-admin-staff",
        note: "people-admin-staff-note",
        shown: |actor| allows_somewhere(actor, Permission::ManageUsers),
    },
    Section {
        group: Group::People,
        href: "/admin/rights",
        title: "people-admin-rights",
        note: "people-admin-rights-note",
        shown: |actor| allows_somewhere(actor, Permission::ManageUsers),
    },
    Section {
        group: Group::Running,
        href: "/admin/log",
        title: "people-admin-log",
        note: "people-admin-log-note",
        shown: |actor| allows_somewhere(actor, Permission::ReadJournal),
    },
    Section {
        group: Group::Running,
        href: "/admin/jobs",
        title: "people-admin-jobs",
        note: "people-admin-jobs-note",
        shown: |actor| allows_somewhere(actor, Permission::RunInstallation),
    },
    Section {
        group: Group::Running,
        href: "/admin/settings",
        title: "people-admin-settings",
        note: "people-admin-settings-note",
        shown: |actor| allows_somewhere(actor, Permission::RunInstallation),
    },
];

/// How many, once they are counted.
pub type Counted = Pin<Box<dyn Future<Output = Result<u64>> + Send>>;

/// Whoever knows cases: people are administered without, and ask how many open ones somebody leaves.
pub trait OpenCases: Send + Sync {
    /// Those that an account works on.
    fn with(&self, account: AccountId) -> Counted;
    /// Those that a unit has.
    fn in_unit(&self, unit: UnitId) -> Counted;
}

/// The cases of the installation; none where there are only people.
#[derive(Clone, Default)]
pub struct Work(pub Option<Arc<dyn OpenCases>>);

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Work").field(&self.0.is_some()).finish()
    }
}

impl Work {
    /// Open cases that an account works on.
    pub(crate) async fn with(&self, account: AccountId) -> Result<u64> {
        match &self.0 {
            Some(cases) => cases.with(account).await,
            None => Ok(0),
        }
    }

    /// Open cases that a unit has.
    pub(crate) async fn in_unit(&self, unit: UnitId) -> Result<u64> {
        match &self.0 {
            Some(cases) => cases.in_unit(unit).await,
            None => Ok(0),
        }
    }
}

/// What the binary gives to the administration.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The sections of every slice.
    pub sections: Vec<Section>,
    /// What the installation runs with, secrets left out.
    pub settings: Vec<Setting>,
    /// Who is asked about open cases.
    pub work: Work,
}

/// The routes of the administration; they need [`visitor::layer`](crate::visitor::layer) around
/// them like those of [`super::router`].
pub fn router(frame: Frame) -> Router {
    Router::new()
        .route("/admin", get(home))
        .route("/admin/rights", get(rights))
        .route("/admin/units", get(units::list))
        .route("/admin/units/new", get(units::new_form).post(units::add))
        .route("/admin/units/{unit}", get(units::show).post(units::save))
        .route("/admin/units/{unit}/end", post(units::end))
        .route(
            "/admin/territories",
            get(territories::list).post(territories::add),
        )
        .route(
            "/admin/territories/{territory}",
            get(territories::show).post(territories::save),
        )
        .route("/admin/staff", get(staff::list).post(staff::find))
        .route("/admin/staff/new", get(staff::new_form).post(staff::invite))
        .route("/admin/staff/former", get(former::list).post(former::find))
        .route("/admin/staff/{account}", get(staff::show))
        .route("/admin/staff/{account}/corrections", get(corrections::form))
        .route("/admin/staff/{account}/name", post(corrections::name))
        .route("/admin/staff/{account}/email", post(corrections::email))
        .route(
            "/admin/staff/{account}/sessions",
            post(former::end_sessions),
        )
        .route("/admin/staff/{account}/roles", post(staff::give_role))
        .route("/admin/staff/{account}/roles/take", post(staff::take_role))
        .route(
            "/admin/staff/{account}/roles/post",
            post(posts::change_post),
        )
        .route("/admin/staff/{account}/switch", post(staff::switch))
        .route("/admin/staff/{account}/link", post(staff::link))
        .route(
            "/admin/staff/{account}/second-factor",
            post(staff::drop_second_factor),
        )
        .route("/admin/log", get(running::log))
        .route("/admin/jobs", get(running::jobs))
        .route("/admin/jobs/revive", post(running::revive))
        .route("/admin/settings", get(running::settings))
        .layer(Extension(std::sync::Arc::new(frame)))
}

struct Shown {
    heading: String,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "admin-home.html")]
struct HomePage {
    page: Page,
    groups: Vec<Shown>,
}

/// Refuses whoever administers nothing at all.
pub(crate) fn require_administrator(visitor: &Visitor) -> Result<()> {
    visitor.require_sign_in()?;
    let administers = [
        Permission::ManageUsers,
        Permission::ManageUnits,
        Permission::ManageCatalog,
        Permission::RunInstallation,
    ]
    .into_iter()
    .any(|permission| allows_somewhere(&visitor.actor, permission));
    if administers {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

async fn home(visitor: Visitor, Extension(frame): Extension<std::sync::Arc<Frame>>) -> PageResult {
    require_administrator(&visitor)?;
    let request = &visitor.request;
    let groups = Group::ALL
        .into_iter()
        .map(|group| Shown {
            heading: request.t(group.title()).into_owned(),
            sections: frame
                .sections
                .iter()
                .filter(|one| one.group == group && (one.shown)(&visitor.actor))
                .copied()
                .collect(),
        })
        .filter(|shown| !shown.sections.is_empty())
        .collect();
    html(&HomePage {
        page: request.page(request.t("web-admin")).dense(),
        groups,
    })
    .map(unstored)
}

#[derive(Template)]
#[template(path = "admin-rights.html")]
struct RightsPage {
    page: Page,
    rights: &'static [Right],
}

impl RightsPage {
    fn sentence(&self, right: &Right) -> String {
        let key = format!("people-permission-{}", right.code);
        self.page.t(&key).into_owned()
    }

    /// The columns: a guest, then every role.
    fn roles(&self) -> Vec<String> {
        let roles = Role::ALL.map(|role| format!("people-role-{}", role.code()));
        std::iter::once("people-guest".to_owned())
            .chain(roles)
            .map(|key| self.page.t(&key).into_owned())
            .collect()
    }

    fn reaches(&self, right: &Right) -> Vec<(String, String)> {
        let reaches = Role::ALL.map(|role| right.reach(role));
        let reaches = std::iter::once(right.guest)
            .chain(reaches)
            .map(|reach| self.page.t(reach_key(reach)).into_owned());
        self.roles().into_iter().zip(reaches).collect()
    }
}

const fn reach_key(reach: Reach) -> &'static str {
    match reach {
        Reach::Nothing => "people-reach-nothing",
        Reach::Own => "people-reach-own",
        Reach::Unit => "people-reach-unit",
        Reach::Installation => "people-reach-installation",
        Reach::Anyone => "people-reach-anyone",
    }
}

async fn rights(visitor: Visitor) -> PageResult {
    visitor.require_sign_in()?;
    crate::require_somewhere(&visitor.actor, Permission::ManageUsers)?;
    let request = &visitor.request;
    html(&RightsPage {
        page: request.page(request.t("people-admin-rights")).dense(),
        rights: table(),
    })
    .map(unstored)
}

/// Every unit as a choice, indented by its depth; those that the actor may pick.
fn unit_choices(
    all: &Units,
    actor: &Actor,
    permission: Permission,
    request: &web::Request,
) -> Vec<Choice> {
    all.all()
        .into_iter()
        .filter(|unit| unit.active)
        .filter(|unit| crate::allows(actor, permission, &crate::Subject::in_unit(unit.id)))
        .map(|unit| {
            let depth = all.path(unit.id).len().saturating_sub(1);
            let label = format!("{}{}", "— ".repeat(depth), unit.name(request.language));
            Choice::new(unit.id.to_string(), label)
        })
        .collect()
}

/// Every territory as a choice, indented by its depth.
fn territory_choices(all: &Units, request: &web::Request) -> Vec<Choice> {
    all.territories_in_order()
        .into_iter()
        .map(|(depth, place)| {
            let label = format!("{}{}", "— ".repeat(depth), place.name(request.language));
            Choice::new(place.id.to_string(), label)
        })
        .collect()
}

/// An identifier of a form; none when nothing was chosen.
fn chosen<T: std::str::FromStr>(text: &str, field: &'static str) -> Result<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Error::field(field, "people-error-choice"))
}
