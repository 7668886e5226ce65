//! Terms: every rule of the law with its length and article, who uses it, and a new version of a
//! rule that the law leaves to the installation.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Language};
use law::{Count, Rule, Source, Unit};
use people::Visitor;
use web::{Choice, Fields, Page, PageResult, Request};

use super::unstored;
use crate::administration::{Administration, TermWish, users};
use crate::settings::unit_code;

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

pub(super) async fn list(visitor: Visitor, State(admin): State<Administration>) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let request = &visitor.request;
    let today = request.now().date(&request.shell().settings().zone);
    let rules = admin.rules(&visitor.actor, today).await?;
    let lines = rules
        .into_iter()
        .map(|rule| Line {
            rule: rule.id(),
            title: words(&rule.title, request.language),
            length: length(request, rule),
            article: words(&rule.article, request.language),
            version: rule.version,
            setting: rule.source == Source::Setting,
            target: target(request, rule),
            used: users(&contents, rule, request.language).join(", "),
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

impl Typed {
    /// What is wished for. Of a term of the law the page asks for the aim alone.
    fn wish(&self) -> base::Result<TermWish> {
        let wrong = |field: &'static str, key| move || Error::field(field, key);
        let number = |text: &str, field, key| match text {
            "" => Ok(None),
            days => days.parse().map(Some).map_err(|_| wrong(field, key)()),
        };
        let units = [Unit::CalendarDays, Unit::WorkingDays];
        let mut units = units.into_iter();
        let unit = match &*self.unit {
            "" => None,
            code => Some(
                units
                    .find(|unit| unit_code(*unit) == code)
                    .ok_or_else(wrong("unit", "catalog-error-choice"))?,
            ),
        };
        if self.valid_from.is_empty() {
            return Err(Error::field("valid_from", "catalog-error-required"));
        }
        let valid_from = self.valid_from.parse();
        Ok(TermWish {
            valid_from: valid_from.map_err(|_| wrong("valid_from", "catalog-error-date-form")())?,
            length: number(&self.length, "length", "catalog-error-setting-length")?,
            unit,
            reason: self.reason.clone(),
            target: number(&self.target, "target", "catalog-error-setting-target")?,
        })
    }
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

async fn draw(
    visitor: &Visitor,
    admin: &Administration,
    id: &str,
    typed: Option<Typed>,
    errors: Vec<FieldError>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let rule = admin.rule(&visitor.actor, id)?;
    let request = &visitor.request;
    let language = request.language;
    let today = request.now().date(&request.shell().settings().zone);
    let versions = admin.versions_of(&visitor.actor, rule).await?;
    let versions = versions
        .into_iter()
        .map(|(rule, reason)| VersionLine {
            version: rule.version,
            valid_from: rule.valid_from,
            length: length(request, rule),
            target: target(request, rule),
            reason: reason.unwrap_or_default(),
        })
        .collect();
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
            used: users(&contents, rule, language),
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
    State(admin): State<Administration>,
    Path(id): Path<String>,
) -> PageResult {
    draw(&visitor, &admin, &id, None, Vec::new()).await
}

pub(super) async fn set(
    visitor: Visitor,
    State(admin): State<Administration>,
    Path(id): Path<String>,
    fields: Fields,
) -> PageResult {
    // A rule that is not there is answered before anything is read.
    admin.rule(&visitor.actor, &id)?;
    let text = |name: &str| fields.text(name).trim().to_owned();
    let typed = Typed {
        valid_from: text("valid_from"),
        length: text("length"),
        unit: text("unit"),
        reason: text("reason"),
        target: text("target"),
    };
    let request = &visitor.request;
    let today = request.now().date(&request.shell().settings().zone);
    let done = async {
        let mut wish = typed.wish()?;
        // The form shows the aim: whoever empties the field wants none.
        if wish.target.is_none() && fields.get("target").is_some() {
            wish.target = admin.rule(&visitor.actor, &id)?.target.as_ref().map(|_| 0);
        }
        admin
            .set_term(&visitor.actor, &id, &wish, today)
            .await
            .map(|_| ())
    }
    .await;
    match done {
        Ok(()) => Ok(request.redirect_saying(&format!("/admin/terms/{id}"), "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => draw(&visitor, &admin, &id, Some(typed), errors).await,
        Err(other) => Err(other.into()),
    }
}
