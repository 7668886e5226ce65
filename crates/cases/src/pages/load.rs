//! How much everybody has: for heads, by person, with the way to what one of them holds.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use base::Result;
use base::id::AccountId;
use people::{NAMED_MOST, Visitor};
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

#[derive(Clone)]
struct LoadLine {
    account: String,
    /// What is wrong with the account; empty for those who work here.
    off: String,
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
            off: String::new(),
            name: member.name.initials(),
            unit: names.unit(member.unit),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.load.overdue, line.load.open)));
    // Somebody in two roles of one unit stands once.
    let mut seen = HashSet::new();
    lines.retain(|line| seen.insert(line.account.clone()));
    let lines = [gone(&cases, &visitor, &loads, &seen).await?, lines].concat();
    web::html(&Loads {
        page: request.page(request.t("desk-load")).dense(),
        free: loads.get(&None).copied().unwrap_or_default(),
        lines,
    })
}

/// Those who still have cases and work here no more: their cases wait to be given to others, so
/// that they stand before everybody.
async fn gone(
    cases: &Cases,
    visitor: &Visitor,
    loads: &HashMap<Option<AccountId>, Load>,
    staff: &HashSet<String>,
) -> Result<Vec<LoadLine>> {
    let request = &visitor.request;
    let left: Vec<(AccountId, Load)> = loads
        .iter()
        .filter_map(|(holder, load)| Some(((*holder)?, *load)))
        .filter(|(holder, _)| !staff.contains(&holder.to_string()))
        .take(NAMED_MOST)
        .collect();
    let accounts: Vec<AccountId> = left.iter().map(|(holder, _)| *holder).collect();
    let named = cases.people().named(&visitor.actor, &accounts).await?;
    let mut lines: Vec<LoadLine> = left
        .into_iter()
        .map(|(holder, load)| {
            let known = named.get(&holder);
            let off = match known {
                Some(known) if known.active => "desk-load-moved",
                _ => "desk-load-off",
            };
            LoadLine {
                account: holder.to_string(),
                off: request.t(off).into_owned(),
                name: known.map_or_else(
                    || request.t("desk-statistics-gone").into_owned(),
                    |known| known.name.initials(),
                ),
                unit: String::new(),
                load,
            }
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.load.overdue, line.load.open)));
    Ok(lines)
}
