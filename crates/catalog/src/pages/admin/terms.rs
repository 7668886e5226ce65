//! Terms: every rule of the law with its length and article, who uses it, and a new version of a
//! rule that the law leaves to the installation.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Language};
use law::{Count, Law, Rule, Source, Unit};
use people::Visitor;
use web::{Choice, Fields, Page, PageResult, Request};

use super::{Admin, unstored};
use crate::amendments::put_setting;
use crate::catalog::Contents;
use crate::settings::{Setting, unit_code};

struct Line {
    rule: String,
    title: String,
    length: String,
    article: String,
    version: u32,
    /// Whether the installation may change it.
    setting: bool,
    /// The agency's own aim; empty without one.
    target: String,
    /// The services and subjects that use it.
    used: String,
}

#[derive(Template)]
#[template(path = "admin-terms.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

/// Words of the law in a language; Russian where there are no others.
pub(super) fn words(words: &law::Words, language: Language) -> String {
    match language {
        Language::Ru => words.ru.clone(),
        Language::En => words.en.clone().unwrap_or_else(|| words.ru.clone()),
    }
}

/// «30 календарных дней».
pub(super) fn length(request: &Request, rule: &Rule) -> String {
    days(request, &rule.limit)
}

fn days(request: &Request, count: &Count) -> String {
    let key = match count.unit {
        Unit::CalendarDays => "catalog-admin-days",
        Unit::WorkingDays => "catalog-admin-working-days",
    };
    request.ta(key, &[("days", count.length.into())])
}

/// The agency's own aim within a term.
fn target(request: &Request, rule: &Rule) -> String {
    rule.target
        .as_ref()
        .map(|aim| days(request, aim))
        .unwrap_or_default()
}

/// Who uses a rule: services by their own terms, subjects by theirs.
fn users(contents: &Contents, regime: &str, term: &str, language: Language) -> Vec<String> {
    let services = contents.all_services().iter().filter(|service| {
        let definition = &service.definition;
        let own = definition.terms.keys();
        (definition.regime == regime && term == "registration")
            || own
                .filter_map(|limited| definition.rule_of(limited))
                .any(|rule| rule == (regime, term))
    });
    let services = services.map(|service| service.definition.name(language).to_owned());
    let handling = contents.handling();
    let subjects = contents.categories().all().iter().filter(|category| {
        handling
            .own(category.id)
            .is_some_and(|own| own.terms.get(regime).is_some_and(|name| name == term))
    });
    services
        .chain(subjects.map(|category| category.name.text(language).to_owned()))
        .collect()
}

pub(super) async fn list(visitor: Visitor, State(admin): State<Admin>) -> PageResult {
    let contents = admin.contents(&visitor).await?;
    let request = &visitor.request;
    let today = request.now().date(&request.shell().settings().zone);
    let lines = Law::current()
        .rules()
        .filter(|rule| {
            // Of the versions, the one that holds today.
            let now = Law::current().rule(&rule.regime, &rule.term, today);
            now.is_some_and(|now| now.version == rule.version)
        })
        .map(|rule| Line {
            rule: rule.id(),
            title: words(&rule.title, request.language),
            length: length(request, rule),
            article: words(&rule.article, request.language),
            version: rule.version,
            setting: rule.source == Source::Setting,
            target: target(request, rule),
            used: users(&contents, &rule.regime, &rule.term, request.language).join(", "),
        })
        .collect();
    let title = request.t("catalog-admin-terms");
    unstored(web::html(&ListPage {
        page: request.page(title).dense(),
        lines,
    }))
}

struct VersionLine {
    version: u32,
    valid_from: jiff::civil::Date,
    length: String,
    target: String,
    /// Why it was set here; empty for what came with the product.
    reason: String,
}

#[derive(Clone, Debug, Default)]
struct Typed {
    valid_from: String,
    length: String,
    unit: String,
    reason: String,
    target: String,
}

#[derive(Template)]
#[template(path = "admin-term.html")]
struct TermPage {
    page: Page,
    article: String,
    note: String,
    used: Vec<String>,
    versions: Vec<VersionLine>,
    setting: bool,
    today: String,
    typed: Typed,
    units: Vec<Choice>,
}

/// The rule that an address names, in its newest version.
fn named(id: &str) -> Result<&'static Rule, Error> {
    let (regime, term) = id.split_once('.').ok_or(Error::NotFound)?;
    Law::current()
        .versions(regime, term)
        .last()
        .ok_or(Error::NotFound)
}

async fn draw(
    visitor: &Visitor,
    admin: &Admin,
    id: &str,
    typed: Option<Typed>,
    errors: Vec<FieldError>,
) -> PageResult {
    let contents = admin.contents(visitor).await?;
    let rule = named(id)?;
    let request = &visitor.request;
    let language = request.language;
    let today = request.now().date(&request.shell().settings().zone);
    let (store, _) = admin.catalog.parts();
    let settings = store.read(crate::sql::law_settings).await?;
    let reason = |rule: &Rule| {
        let own = settings.iter().find(|own| {
            own.regime == rule.regime && own.term == rule.term && own.version == rule.version
        });
        own.map(|own| own.reason.clone()).unwrap_or_default()
    };
    let mut versions: Vec<VersionLine> = Law::current()
        .versions(&rule.regime, &rule.term)
        .map(|rule| VersionLine {
            version: rule.version,
            valid_from: rule.valid_from,
            length: length(request, rule),
            target: target(request, rule),
            reason: reason(rule),
        })
        .collect();
    versions.reverse();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let labels = [
        ("valid_from", "catalog-admin-valid-from"),
        ("length", "catalog-admin-length"),
        ("unit", "catalog-admin-length-unit"),
        ("reason", "catalog-admin-reason"),
        ("target", "catalog-admin-target"),
    ];
    let page = request
        .page(words(&rule.title, language))
        .dense()
        .with_errors(errors);
    let page = labels.into_iter().fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    });
    let units = [
        (Unit::CalendarDays, "catalog-admin-calendar"),
        (Unit::WorkingDays, "catalog-admin-working"),
    ];
    unstored(web::html_with(
        status,
        &TermPage {
            page,
            article: words(&rule.article, language),
            note: rule
                .note
                .as_ref()
                .map(|note| words(note, language))
                .unwrap_or_default(),
            used: users(&contents, &rule.regime, &rule.term, language),
            versions,
            setting: rule.source == Source::Setting,
            today: today.to_string(),
            typed: typed.unwrap_or_else(|| Typed {
                valid_from: String::new(),
                length: rule.limit.length.to_string(),
                unit: unit_code(rule.limit.unit).to_owned(),
                reason: String::new(),
                target: rule
                    .target
                    .as_ref()
                    .filter(|aim| aim.unit == rule.limit.unit)
                    .map(|aim| aim.length.to_string())
                    .unwrap_or_default(),
            }),
            units: units
                .map(|(unit, key)| Choice::new(unit_code(unit), request.t(key)))
                .to_vec(),
        },
    ))
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Admin>,
    Path(id): Path<String>,
) -> PageResult {
    draw(&visitor, &admin, &id, None, Vec::new()).await
}

pub(super) async fn set(
    visitor: Visitor,
    State(admin): State<Admin>,
    Path(id): Path<String>,
    fields: Fields,
) -> PageResult {
    Admin::permit(&visitor)?;
    let rule = named(&id)?;
    let text = |name: &str| fields.text(name).trim().to_owned();
    let mut typed = Typed {
        valid_from: text("valid_from"),
        length: text("length"),
        unit: text("unit"),
        reason: text("reason"),
        target: text("target"),
    };
    // A term of the law takes an aim of the agency's own, and keeps its length.
    if rule.source == Source::Confirmed && !typed.target.is_empty() {
        typed.length = rule.limit.length.to_string();
        unit_code(rule.limit.unit).clone_into(&mut typed.unit);
    }
    let request = &visitor.request;
    let today = request.now().date(&request.shell().settings().zone);
    let done = async {
        let unit = [Unit::CalendarDays, Unit::WorkingDays]
            .into_iter()
            .find(|unit| unit_code(*unit) == typed.unit);
        let setting = Setting {
            regime: rule.regime.clone(),
            term: rule.term.clone(),
            version: rule.version + 1,
            valid_from: typed
                .valid_from
                .parse()
                .map_err(|_| Error::field("valid_from", "catalog-error-date-form"))?,
            length: typed
                .length
                .parse()
                .map_err(|_| Error::field("length", "catalog-error-setting-length"))?,
            unit: unit.ok_or_else(|| Error::field("unit", "catalog-error-choice"))?,
            reason: typed.reason.clone(),
            target: match &*typed.target {
                "" => None,
                days => Some(
                    days.parse()
                        .map_err(|_| Error::field("target", "catalog-error-setting-target"))?,
                ),
            },
        };
        let change = admin.change(&visitor, move |tx, journal| {
            put_setting(tx, journal, &setting, today).map(|_| ())
        });
        change.await
    }
    .await;
    match done {
        Ok(()) => Ok(request.redirect_saying(&format!("/admin/terms/{id}"), "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => draw(&visitor, &admin, &id, Some(typed), errors).await,
        Err(other) => Err(other.into()),
    }
}
