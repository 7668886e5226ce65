//! The home page: one search line, the commonest actions, and how the authorities did lately.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use people::Visitor;
use web::{Page, PageResult};

use super::names::Names;
use crate::Cases;
use crate::model::Figures;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/", get(home))
}

/// A service as a tile.
pub(super) struct Tile {
    pub(super) href: String,
    pub(super) icon: &'static str,
    pub(super) action: String,
    pub(super) summary: String,
}

#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home {
    pub(super) page: Page,
    pub(super) services: Vec<Tile>,
    pub(super) figures: Option<Figures>,
    /// In how long rules and people answer, where rules do.
    pub(super) by_rule: Option<String>,
    pub(super) by_people: Option<String>,
}

impl Figures {
    /// How many answers of a hundred came within the term; none before the first answer. Never
    /// rounded up to a hundred.
    fn share_in_term(&self) -> Option<String> {
        if self.answered <= 0 {
            return None;
        }
        let tenths = self.in_term.clamp(0, self.answered) * 1000 / self.answered;
        Some(match tenths % 10 {
            0 => (tenths / 10).to_string(),
            part => format!("{},{part}", tenths / 10),
        })
    }
}

async fn home(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    let request = visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let services = names
        .services()
        .filter(|service| service.public && service.definition.often)
        .map(|service| Tile {
            href: format!("/services/{}", service.definition.code),
            icon: icon(service.definition.kind),
            action: service.definition.action.text(request.language).to_owned(),
            summary: service.definition.summary.text(request.language).to_owned(),
        })
        .collect();
    // The page stands without its figures too.
    let figures = cases.figures().await.ok();
    let minutes = |of: fn(&Figures) -> Option<i64>| {
        let minutes = figures.as_ref().and_then(of)?;
        Some(super::rule_view::time(&request, minutes))
    };
    let page = request.page("");
    web::for_everybody(web::html(&Home {
        page,
        services,
        by_rule: minutes(|figures| figures.rule_minutes),
        by_people: minutes(|figures| figures.people_minutes),
        figures,
    }))
}

/// The drawing of a kind of appeal, as the path of a 24 × 24 picture.
const fn icon(kind: catalog::Kind) -> &'static str {
    match kind {
        catalog::Kind::Complaint => "M4 5h16v11H9l-5 4z",
        catalog::Kind::Proposal => "M12 4a6 6 0 0 1 3 11v3H9v-3a6 6 0 0 1 3-11zM10 21h4",
        catalog::Kind::Works => "M4 20L10 4h4l6 16M12 8v2M12 13v2M12 18v2",
        _ => "M6 3h9l4 4v14H6zM9 12h7M9 16h7",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_in_term_is_never_rounded_up() {
        let figures = |answered, in_term| Figures {
            answered,
            in_term,
            ..Figures::default()
        };
        assert_eq!(figures(0, 0).share_in_term(), None);
        assert_eq!(figures(3, 3).share_in_term().unwrap(), "100");
        assert_eq!(figures(10_000, 9_999).share_in_term().unwrap(), "99,9");
        assert_eq!(figures(200, 1).share_in_term().unwrap(), "0,5");
    }
}
