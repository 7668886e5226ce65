//! Services: the list, one of them with its versions, what came with the product and waits, and
//! whether it is offered.

use askama::Template;
use axum::extract::{Path, State};
use base::Error;
use law::Law;
use people::Visitor;
use web::{Fields, Page, PageResult};

use super::unstored;
use crate::administration::Administration;
use crate::difference::{Line as Changed, difference};
use crate::model::Service;

/// The most versions that are shown.
const MOST_VERSIONS: usize = 100;

struct Line {
    code: String,
    name: String,
    /// Key of its section.
    section: &'static str,
    version: u32,
    public: bool,
    /// Whether a newer version that came with the product waits.
    waits: bool,
}

#[derive(Template)]
#[template(path = "admin-services.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

pub(super) async fn list(visitor: Visitor, State(admin): State<Administration>) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let proposals = admin.proposals(&visitor.actor).await?;
    let language = visitor.request.language;
    let lines = contents
        .all_services()
        .iter()
        .map(|service| Line {
            code: service.definition.code.clone(),
            name: service.definition.name(language).to_owned(),
            section: service.definition.kind.section().key(),
            version: service.definition.version,
            public: service.public,
            waits: proposals.contains_key(&service.id),
        })
        .collect();
    let title = visitor.request.t("catalog-admin-services");
    unstored(web::html(&ListPage {
        page: visitor.request.page(title).dense(),
        lines,
    }))
}

struct VersionLine {
    version: u32,
    /// The version of the product that it is; none when it was written here.
    shipped: Option<u32>,
}

struct TermLine {
    limited: String,
    rule: String,
    title: String,
    length: String,
    article: String,
}

#[derive(Template)]
#[template(path = "admin-service.html")]
struct ServicePage {
    page: Page,
    service: std::sync::Arc<Service>,
    versions: Vec<VersionLine>,
    terms: Vec<TermLine>,
    waits: bool,
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let service = contents
        .known_service(&code)
        .ok_or(Error::NotFound)?
        .clone();
    let proposals = admin.proposals(&visitor.actor).await?;
    let waits = proposals.contains_key(&service.id);
    let versions = admin
        .editions(&visitor.actor, &code, None, MOST_VERSIONS)
        .await?;
    let request = &visitor.request;
    let today = request.now().date(&request.shell().settings().zone);
    let terms = service.definition.terms.keys().filter_map(|limited| {
        let (regime, term) = service.definition.rule_of(limited)?;
        let rule = Law::current().rule(regime, term, today)?;
        Some(TermLine {
            limited: limited.clone(),
            rule: rule.id(),
            title: super::terms::words(&rule.title, request.language),
            length: super::terms::length(request, rule),
            article: super::terms::words(&rule.article, request.language),
        })
    });
    let page = request
        .page(service.definition.name(request.language))
        .dense();
    unstored(web::html(&ServicePage {
        page,
        versions: versions
            .into_iter()
            .map(|row| VersionLine {
                version: row.version,
                shipped: row.shipped,
            })
            .collect(),
        terms: terms.collect(),
        waits,
        service,
    }))
}

pub(super) async fn set_state(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    admin.service(&visitor.actor, &code).await?;
    let public = match fields.text("state") {
        "public" => true,
        "suspended" => false,
        _ => return Err(Error::field("state", "catalog-error-choice").into()),
    };
    admin.offer(&visitor.actor, &code, public).await?;
    Ok(visitor
        .request
        .redirect_saying(&format!("/admin/services/{code}"), "catalog-admin-saved"))
}

#[derive(Template)]
#[template(path = "admin-version.html")]
struct VersionPage {
    page: Page,
    code: String,
    name: String,
    /// Its number when it is a former one, which can be put in force again.
    former: Option<u32>,
    text: String,
}

/// The whole text of a version that was ever in force.
pub(super) async fn version(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
) -> PageResult {
    let service = admin.service(&visitor.actor, &code).await?;
    let version: u32 = version.parse().map_err(|_| Error::NotFound)?;
    let definition = admin.version(&visitor.actor, &code, version).await?;
    let request = &visitor.request;
    let title = request.ta("catalog-admin-version", &[("version", version.into())]);
    unstored(web::html(&VersionPage {
        page: request.page(title).dense(),
        code,
        name: service.definition.name(request.language).to_owned(),
        former: (version != service.definition.version).then_some(version),
        text: definition.to_toml(),
    }))
}

#[derive(Template)]
#[template(path = "admin-proposal.html")]
struct ProposalPage<'a> {
    page: Page,
    code: String,
    name: String,
    base: u32,
    shipped: u32,
    changed: Vec<Changed<'a>>,
}

/// What came with the product for a service that was changed here, beside what is in force.
pub(super) async fn proposal(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
) -> PageResult {
    let service = admin.service(&visitor.actor, &code).await?;
    let proposed = admin.proposal(&visitor.actor, &code).await?;
    let (old, new) = (service.definition.to_toml(), proposed.to_toml());
    let request = &visitor.request;
    let title = request.t("catalog-admin-proposal").into_owned();
    unstored(web::html(&ProposalPage {
        page: request.page(title).dense(),
        name: service.definition.name(request.language).to_owned(),
        code,
        base: service.definition.version,
        shipped: proposed.version,
        changed: difference(&old, &new),
    }))
}

pub(super) async fn decide(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    admin.service(&visitor.actor, &code).await?;
    let base: u32 = fields
        .text("base")
        .parse()
        .map_err(|_| Error::field("base", "catalog-error-choice"))?;
    let take = match fields.text("do") {
        "take" => true,
        "keep" => false,
        _ => return Err(Error::field("do", "catalog-error-choice").into()),
    };
    admin.decide(&visitor.actor, &code, base, take).await?;
    Ok(visitor
        .request
        .redirect_saying(&format!("/admin/services/{code}"), "catalog-admin-saved"))
}
