//! Routes: the rules in order, a new one, one of them, and a trial: where the newest cases would go
//! by the rules as they would be.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Language, Result};
use people::{People, Units, Visitor};
use uuid::Uuid;
use web::{Choice, Fields, Page, PageResult};

use super::categories::said;
use super::{
    category_choices, is_overtaken, mark, overtaken, service_choices, territory_choices,
    unit_choices, unstored,
};
use crate::administration::{Administration, RuleWish, Trial as Found, TrialOf};
use crate::catalog::Contents;
use crate::phrase::Phrase;
use crate::routing::{RouteRule, overshadowed};

/// The distance between positions, so that a rule fits between two others.
const STEP: i64 = 10;

struct Line {
    id: Uuid,
    position: i64,
    category: String,
    territory: String,
    service: String,
    unit: String,
    /// Whether its unit takes no cases any more, so that the rule is passed over.
    idle: bool,
    /// Whether it takes everything, so that the rules below it never apply.
    covers: bool,
    /// The place of an earlier rule that takes all of its cases, so that it never applies.
    behind: Option<i64>,
    reason: String,
}

#[derive(Template)]
#[template(path = "admin-routes.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

/// The parts of a rule in words; empty for any.
fn line(rule: &RouteRule, contents: &Contents, units: &Units, language: Language) -> Line {
    let unit = units.unit(rule.unit);
    Line {
        id: rule.id,
        position: rule.position,
        category: rule
            .category
            .map(|id| contents.categories().path(id, language))
            .unwrap_or_default(),
        territory: rule
            .territory
            .and_then(|id| units.territory(id))
            .map(|territory| territory.name(language).to_owned())
            .unwrap_or_default(),
        service: rule
            .service
            .and_then(|id| contents.service_by_id(id))
            .map(|service| service.definition.name(language).to_owned())
            .unwrap_or_default(),
        unit: unit
            .map(|unit| unit.name(language).to_owned())
            .unwrap_or_default(),
        idle: unit.is_none_or(|unit| !unit.active),
        covers: false,
        behind: None,
        reason: rule.reason.text(language).to_owned(),
    }
}

pub(super) async fn list(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let language = visitor.request.language;
    let rules = contents.rules().iter().take(2_000);
    let last = contents.rules().last().map(|rule| rule.id);
    let behind = overshadowed(contents.rules(), contents.categories(), &units);
    let lines = rules
        .zip(behind)
        .map(|(rule, behind)| {
            let line = line(rule, &contents, &units, language);
            Line {
                covers: rule.takes_everything() && !line.idle && Some(rule.id) != last,
                behind,
                ..line
            }
        })
        .collect();
    let title = visitor.request.t("catalog-admin-routes");
    unstored(web::html(&ListPage {
        page: visitor.request.page(title).dense(),
        lines,
    }))
}

/// A case that a trial sends elsewhere.
struct Moved {
    number: String,
    /// The unit that has it.
    has: String,
    /// The unit by the rules in force.
    now: String,
    /// The unit by the rules on trial.
    then: String,
}

/// What a trial has found.
struct Trial {
    tried: usize,
    differ: usize,
    moved: Vec<Moved>,
    /// Whether there is a draft of rules, or only the rules in force are looked at.
    draft: bool,
}

impl Trial {
    fn of(found: Found, draft: bool, units: &Units, language: Language) -> Self {
        let name = |unit| units.unit(unit).map(|unit| unit.name(language).to_owned());
        Self {
            tried: found.tried,
            differ: found.differ,
            moved: found
                .moved
                .into_iter()
                .map(|moved| Moved {
                    number: moved.number,
                    has: name(moved.has).unwrap_or_default(),
                    now: moved.now.and_then(name).unwrap_or_default(),
                    then: moved.then.and_then(name).unwrap_or_default(),
                })
                .collect(),
            draft,
        }
    }
}

#[derive(Template)]
#[template(path = "admin-trial.html")]
struct TrialPage {
    page: Page,
    trial: Trial,
}

pub(super) async fn trial(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let found = admin.try_rules(&visitor.actor, TrialOf::InForce).await?;
    let units = people.units().await?;
    let language = visitor.request.language;
    let title = visitor.request.t("catalog-admin-trial");
    unstored(web::html(&TrialPage {
        page: visitor.request.page(title).dense(),
        trial: Trial::of(found, false, &units, language),
    }))
}

#[derive(Clone, Debug, Default, Hash)]
struct Typed {
    position: String,
    category: String,
    territory: String,
    service: String,
    unit: String,
    reason_ru: String,
    reason_en: String,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).trim().to_owned();
        Self {
            position: text("position"),
            category: text("category"),
            territory: text("territory"),
            service: text("service"),
            unit: text("unit"),
            reason_ru: text("reason_ru"),
            reason_en: text("reason_en"),
        }
    }

    fn of(rule: &RouteRule, contents: &Contents, units: &Units) -> Self {
        let category = rule.category.and_then(|id| contents.categories().by_id(id));
        let territory = rule.territory.and_then(|id| units.territory(id));
        let service = rule.service.and_then(|id| contents.service_by_id(id));
        Self {
            position: rule.position.to_string(),
            category: category.map(|one| one.code.clone()).unwrap_or_default(),
            territory: territory.map(|one| one.code.clone()).unwrap_or_default(),
            service: service
                .map(|one| one.definition.code.clone())
                .unwrap_or_default(),
            unit: units
                .unit(rule.unit)
                .map(|unit| unit.code.clone())
                .unwrap_or_default(),
            reason_ru: rule.reason.ru.clone(),
            reason_en: rule.reason.en.clone(),
        }
    }

    fn wish(&self) -> Result<RuleWish> {
        let position = self.position.parse();
        Ok(RuleWish {
            position: position.map_err(|_| Error::field("position", "catalog-error-position"))?,
            category: said(&self.category),
            territory: said(&self.territory),
            service: said(&self.service),
            unit: said(&self.unit),
            reason: Phrase::new(self.reason_ru.as_str(), self.reason_en.as_str()),
        })
    }
}

#[derive(Template)]
#[template(path = "admin-route.html")]
struct RoutePage {
    page: Page,
    typed: Typed,
    /// The rule; none for a new one.
    rule: Option<Uuid>,
    /// The mark of what was shown; empty for a new one.
    seen: String,
    categories: Vec<Choice>,
    territories: Vec<Choice>,
    services: Vec<Choice>,
    units: Vec<Choice>,
    trial: Option<Trial>,
}

/// What a page of a rule stands on.
struct Drawn<'a> {
    visitor: &'a Visitor,
    contents: &'a Contents,
    units: &'a Units,
    rule: Option<Uuid>,
    seen: String,
}

impl Drawn<'_> {
    fn draw(self, typed: Typed, trial: Option<Trial>, errors: Vec<FieldError>) -> PageResult {
        let request = &self.visitor.request;
        let language = request.language;
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let title = match self.rule {
            Some(_) => "catalog-admin-route",
            None => "catalog-admin-route-new",
        };
        let labels = [
            ("position", "catalog-admin-position"),
            ("category", "catalog-admin-subject"),
            ("territory", "catalog-admin-territory"),
            ("service", "catalog-admin-service"),
            ("unit", "catalog-admin-unit"),
            ("reason_ru", "catalog-admin-reason-ru"),
            ("reason_en", "catalog-admin-reason-en"),
        ];
        let page = request.page(request.t(title)).dense().with_errors(errors);
        let page = labels.into_iter().fold(page, |page, (field, key)| {
            page.with_label(field, request.t(key))
        });
        unstored(web::html_with(
            status,
            &RoutePage {
                page,
                typed,
                rule: self.rule,
                seen: self.seen,
                categories: category_choices(self.contents, language),
                territories: territory_choices(self.units, language),
                services: service_choices(self.contents, language),
                units: unit_choices(self.units, language),
                trial,
            },
        ))
    }
}

/// Where a new rule stands: at the end, but before a last rule that takes everything.
fn free_position(rules: &[RouteRule]) -> i64 {
    let Some(last) = rules.last() else {
        return STEP;
    };
    let before = rules.iter().rev().nth(1).map_or(0, |rule| rule.position);
    let middle = before.midpoint(last.position);
    let fits = middle > before || (rules.len() == 1 && middle < last.position);
    if last.takes_everything() && fits {
        middle
    } else {
        last.position.saturating_add(STEP)
    }
}

pub(super) async fn new_form(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let typed = Typed {
        position: free_position(contents.rules()).to_string(),
        ..Typed::default()
    };
    let drawn = Drawn {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        rule: None,
        seen: String::new(),
    };
    drawn.draw(typed, None, Vec::new())
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(id): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let rule = known(&contents, &id)?;
    let typed = Typed::of(rule, &contents, &units);
    let drawn = Drawn {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        rule: Some(rule.id),
        seen: mark(&typed),
    };
    drawn.draw(typed, None, Vec::new())
}

fn known<'a>(contents: &'a Contents, id: &str) -> Result<&'a RouteRule> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    contents
        .rules()
        .iter()
        .find(|rule| rule.id == id)
        .ok_or(Error::NotFound)
}

pub(super) async fn add(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    fields: Fields,
) -> PageResult {
    accept(&visitor, &admin, &people, None, &fields).await
}

pub(super) async fn save(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(id): Path<String>,
    fields: Fields,
) -> PageResult {
    accept(&visitor, &admin, &people, Some(&id), &fields).await
}

/// Tries the rules with this one among them, or keeps it, as the button says.
async fn accept(
    visitor: &Visitor,
    admin: &Administration,
    people: &People,
    id: Option<&str>,
    fields: &Fields,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let rule = id.map(|id| known(&contents, id)).transpose()?;
    let now = rule.map(|rule| mark(&Typed::of(rule, &contents, &units)));
    let now = now.unwrap_or_default();
    let rule = rule.map(|rule| rule.id);
    let typed = Typed::read(fields);
    let tries = fields.text("do") == "try";
    let late = !tries && is_overtaken(fields.text("seen"), &now, &mark(&typed));
    let drawn = Drawn {
        visitor,
        contents: &contents,
        units: &units,
        rule,
        seen: if late {
            now
        } else {
            fields.text("seen").to_owned()
        },
    };
    let done = async {
        let wish = typed.wish()?;
        if tries {
            let of = match rule {
                Some(id) => TrialOf::Changed(id, wish),
                None => TrialOf::Added(wish),
            };
            return admin.try_rules(&visitor.actor, of).await.map(Some);
        }
        if late {
            return Err(overtaken());
        }
        match rule {
            Some(id) => admin.save_rule(&visitor.actor, id, &wish).await?,
            None => admin.add_rule(&visitor.actor, &wish).await.map(|_| ())?,
        }
        Ok(None)
    }
    .await;
    match done {
        Ok(Some(found)) => {
            let trial = Trial::of(found, true, &units, visitor.request.language);
            drawn.draw(typed, Some(trial), Vec::new())
        }
        Ok(None) => Ok(visitor
            .request
            .redirect_saying("/admin/routes", "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => drawn.draw(typed, None, errors),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn end(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(id): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let id = known(&contents, &id)?.id;
    admin.end_rule(&visitor.actor, id).await?;
    Ok(visitor
        .request
        .redirect_saying("/admin/routes", "catalog-admin-route-ended"))
}

#[cfg(test)]
mod tests {
    use base::id::{CategoryId, UnitId};

    use super::*;

    fn rule(position: i64, takes_everything: bool) -> RouteRule {
        RouteRule {
            id: Uuid::from_u128(u128::from(position.unsigned_abs())),
            position,
            category: (!takes_everything).then_some(CategoryId(Uuid::nil())),
            territory: None,
            service: None,
            unit: UnitId(Uuid::nil()),
            reason: Phrase::new("потому", "because"),
        }
    }

    #[test]
    fn a_new_rule_stands_at_the_end_but_before_one_that_takes_everything() {
        assert_eq!(free_position(&[]), 10);
        assert_eq!(free_position(&[rule(5, false)]), 15);
        assert_eq!(free_position(&[rule(10, false), rule(20, true)]), 15);
        assert_eq!(free_position(&[rule(5, true)]), 2);
        // Where nothing fits in between, the end is shown as what it is.
        assert_eq!(free_position(&[rule(4, false), rule(5, true)]), 15);
        assert_eq!(free_position(&[rule(0, true)]), 10);
    }
}
