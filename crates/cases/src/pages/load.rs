//! How much everybody has: for heads, by person, with the way to what one of them holds.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use people::Visitor;
use web::{Page, PageResult};

use super::names::Names;
use crate::Cases;
use crate::workplace::Load;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/desk/load", get(load))
}

#[derive(Template)]
#[template(path = "desk-load.html")]
struct Loads {
    page: Page,
    lines: Vec<LoadLine>,
    /// What nobody has taken.
    free: Load,
}

struct LoadLine {
    account: String,
    name: String,
    unit: String,
    load: Load,
}

async fn load(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let loads = cases.loads(&visitor.actor).await?;
    let names = Names::load(&cases, request.language).await?;
    let staff = cases.people().staff(&visitor.actor).await?;
    let mut lines: Vec<LoadLine> = staff
        .into_iter()
        .map(|member| LoadLine {
            load: loads
                .get(&Some(member.account))
                .copied()
                .unwrap_or_default(),
            account: member.account.to_string(),
            name: member.name.short(),
            unit: names.unit(member.unit),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.load.overdue, line.load.open)));
    web::html(&Loads {
        page: request.page(request.t("desk-load").into_owned()),
        free: loads.get(&None).copied().unwrap_or_default(),
        lines,
    })
}
