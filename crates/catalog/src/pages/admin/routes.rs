//! Routes: the rules in order, a new one, one of them, and a trial: where the newest cases would go
//! by the rules as they would be. A trial only reads, and reads no more than [`TRIED`] cases.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Language, Result};
use people::{People, Units, Visitor};
use uuid::Uuid;
use web::{Choice, Fields, Page, PageResult};

use super::categories::chosen;
use super::{
    Admin, PastCase, category_choices, service_choices, territory_choices, unit_choices, unstored,
};
use crate::amendments::change_rule;
use crate::catalog::Contents;
use crate::changes::{NewRule, end_rule, insert_rule};
use crate::phrase::Phrase;
use crate::routing::RouteRule;

/// How many of the newest cases a trial looks at.
const TRIED: usize = 500;
/// The most differences that are shown.
const MOST_SHOWN: usize = 100;
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
        reason: rule.reason.text(language).to_owned(),
    }
}

pub(super) async fn list(
    visitor: Visitor,
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let units = people.units().await?;
    let language = visitor.request.language;
    let rules = contents.rules().iter().take(2_000);
    let lines = rules
        .map(|rule| line(rule, &contents, &units, language))
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

/// Where each case goes by the rules in force and by those on trial. Without rules on trial, what
/// differs is where the case is.
fn tried(
    cases: &[PastCase],
    contents: &Contents,
    rules: Option<Vec<RouteRule>>,
    units: &Units,
    language: Language,
) -> Trial {
    let name = |unit| units.unit(unit).map(|unit| unit.name(language).to_owned());
    let draft = rules.is_some();
    let other = rules.map(|rules| contents.with_rules(rules));
    let mut trial = Trial {
        tried: cases.len(),
        differ: 0,
        moved: Vec::new(),
        draft,
    };
    for case in cases {
        let by = |contents: &Contents| {
            contents
                .route(units, case.service, case.category, case.territory)
                .ok()
                .map(|routed| routed.unit)
        };
        let now = by(contents);
        let then = other.as_ref().map_or(now, by);
        let differs = if draft {
            now != then
        } else {
            now != Some(case.unit)
        };
        if !differs {
            continue;
        }
        trial.differ += 1;
        if trial.moved.len() < MOST_SHOWN {
            trial.moved.push(Moved {
                number: case.number.clone(),
                has: name(case.unit).unwrap_or_default(),
                now: now.and_then(name).unwrap_or_default(),
                then: then.and_then(name).unwrap_or_default(),
            });
        }
    }
    trial
}

#[derive(Template)]
#[template(path = "admin-trial.html")]
struct TrialPage {
    page: Page,
    trial: Trial,
}

pub(super) async fn trial(
    visitor: Visitor,
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let units = people.units().await?;
    let cases = admin.past.newest(TRIED).await?;
    let language = visitor.request.language;
    let title = visitor.request.t("catalog-admin-trial");
    unstored(web::html(&TrialPage {
        page: visitor.request.page(title).dense(),
        trial: tried(&cases, &contents, None, &units, language),
    }))
}

#[derive(Clone, Debug, Default)]
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

    /// The rule that was typed. Nothing but the unit must be told: any part left out means any.
    fn rule(&self, id: Uuid, contents: &Contents, units: &Units) -> Result<RouteRule> {
        let position = self.position.parse::<i64>().ok();
        let unit = chosen(&self.unit, "unit", |code| {
            units.by_code(code).map(|unit| unit.id)
        })?;
        Ok(RouteRule {
            id,
            position: position
                .filter(|position| (0..=1_000_000_000).contains(position))
                .ok_or_else(|| Error::field("position", "catalog-error-position"))?,
            category: chosen(&self.category, "category", |code| {
                contents.categories().by_code(code).map(|one| one.id)
            })?,
            territory: chosen(&self.territory, "territory", |code| {
                units.territory_by_code(code).map(|one| one.id)
            })?,
            service: chosen(&self.service, "service", |code| {
                contents.known_service(code).map(|one| one.id)
            })?,
            unit: unit.ok_or_else(|| Error::field("unit", "catalog-error-choice"))?,
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
                categories: category_choices(self.contents, language),
                territories: territory_choices(self.units, language),
                services: service_choices(self.contents, language),
                units: unit_choices(self.units, language),
                trial,
            },
        ))
    }
}

pub(super) async fn new_form(
    visitor: Visitor,
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let units = people.units().await?;
    // Before the last rule, which usually takes everything.
    let last = contents.rules().last().map_or(STEP, |rule| rule.position);
    let typed = Typed {
        position: last.saturating_sub(STEP / 2).max(0).to_string(),
        ..Typed::default()
    };
    let drawn = Drawn {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        rule: None,
    };
    drawn.draw(typed, None, Vec::new())
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
    Path(id): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let units = people.units().await?;
    let rule = known(&contents, &id)?;
    let drawn = Drawn {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        rule: Some(rule.id),
    };
    let typed = Typed::of(rule, &contents, &units);
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
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
    fields: Fields,
) -> PageResult {
    accept(&visitor, &admin, &people, None, &fields).await
}

pub(super) async fn save(
    visitor: Visitor,
    State(admin): State<Admin>,
    Extension(people): Extension<People>,
    Path(id): Path<String>,
    fields: Fields,
) -> PageResult {
    accept(&visitor, &admin, &people, Some(&id), &fields).await
}

/// Tries the rules with this one among them, or keeps it, as the button says.
async fn accept(
    visitor: &Visitor,
    admin: &Admin,
    people: &People,
    id: Option<&str>,
    fields: &Fields,
) -> PageResult {
    let contents = admin.contents(visitor).await?;
    let units = people.units().await?;
    let old = id.map(|id| known(&contents, id)).transpose()?.cloned();
    let typed = Typed::read(fields);
    let drawn = Drawn {
        visitor,
        contents: &contents,
        units: &units,
        rule: old.as_ref().map(|rule| rule.id),
    };
    let wanted = typed.rule(drawn.rule.unwrap_or_default(), &contents, &units);
    let rule = match wanted {
        Ok(rule) => rule,
        Err(Error::Invalid(errors)) => return drawn.draw(typed, None, errors),
        Err(other) => return Err(other.into()),
    };
    if fields.text("do") == "try" {
        let id = rule.id;
        let others = contents.rules().iter().filter(|one| one.id != id);
        let rules = others.cloned().chain([rule]).collect();
        let cases = admin.past.newest(TRIED).await?;
        let language = visitor.request.language;
        let trial = tried(&cases, &contents, Some(rules), &units, language);
        return drawn.draw(typed, Some(trial), Vec::new());
    }
    let change = admin.change(visitor, move |tx, journal| {
        if let Some(old) = &old {
            return change_rule(tx, journal, old, &rule);
        }
        let new = NewRule {
            position: rule.position,
            category: rule.category,
            territory: rule.territory,
            service: rule.service,
            unit: rule.unit,
            reason: rule.reason.clone(),
        };
        insert_rule(tx, journal, &new).map(|_| ())
    });
    match change.await {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying("/admin/routes", "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => drawn.draw(typed, None, errors),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn end(
    visitor: Visitor,
    State(admin): State<Admin>,
    Path(id): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let id = known(&contents, &id)?.id;
    admin
        .change(&visitor, move |tx, journal| end_rule(tx, journal, id))
        .await?;
    Ok(visitor
        .request
        .redirect_saying("/admin/routes", "catalog-admin-route-ended"))
}
