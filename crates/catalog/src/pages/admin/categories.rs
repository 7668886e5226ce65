//! The tree of subjects: all of it, a new one, and one of them with its name, its place and how its
//! cases are handled.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base::{Error, FieldError, Language, Result};
use people::{People, Units, Visitor};
use web::{Choice, Fields, Page, PageResult};

use super::{
    category_choices, is_overtaken, mark, overtaken, service_choices, unit_choices, unstored,
};
use crate::administration::{Administration, CategoryWish};
use crate::catalog::Contents;
use crate::categories::Category;
use crate::phrase::Phrase;
use crate::processing::Priority;

/// The most subjects that one page shows.
const MOST_SHOWN: usize = 2_000;
/// Where new siblings stand: after those that came before.
const STEP: u32 = 10;

struct Line {
    depth: usize,
    code: String,
    name: String,
    open: bool,
    service: String,
    unit: String,
    /// Whether that unit takes no cases any more.
    idle: bool,
    /// Key of the priority.
    priority: &'static str,
}

#[derive(Template)]
#[template(path = "admin-categories.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

pub(super) async fn list(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let language = visitor.request.language;
    let (tree, handling) = (contents.categories(), contents.handling());
    let lines = tree
        .in_order()
        .into_iter()
        .take(MOST_SHOWN)
        .map(|(depth, category)| Line {
            depth,
            code: category.code.clone(),
            name: category.name.text(language).to_owned(),
            open: category.active,
            service: contents
                .service_of(category.id)
                .map(|service| service.definition.name(language).to_owned())
                .unwrap_or_default(),
            unit: handling
                .unit(tree, Some(category.id))
                .and_then(|(_, unit)| units.unit(unit))
                .map(|unit| unit.name(language).to_owned())
                .unwrap_or_default(),
            idle: handling
                .unit(tree, Some(category.id))
                .and_then(|(_, unit)| units.unit(unit))
                .is_some_and(|unit| !unit.active),
            priority: contents.priority(Some(category.id)).key(),
        })
        .collect();
    let title = visitor.request.t("catalog-admin-categories");
    unstored(web::html(&ListPage {
        page: visitor.request.page(title).dense(),
        lines,
    }))
}

/// What a form of a category holds.
#[derive(Clone, Debug, Default, Hash)]
struct Typed {
    code: String,
    parent: String,
    position: String,
    name_ru: String,
    name_en: String,
    open: bool,
    service: String,
    unit: String,
    priority: String,
    fast: bool,
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).trim().to_owned();
        Self {
            code: text("code"),
            parent: text("parent"),
            position: text("position"),
            name_ru: text("name_ru"),
            name_en: text("name_en"),
            open: fields.get("open").is_some(),
            service: text("service"),
            unit: text("unit"),
            priority: text("priority"),
            fast: fields.get("fast").is_some(),
        }
    }

    fn of(category: &Category, contents: &Contents, units: &Units, position: u32) -> Self {
        let own = contents
            .handling()
            .own(category.id)
            .cloned()
            .unwrap_or_default();
        let tree = contents.categories();
        Self {
            code: category.code.clone(),
            parent: category
                .parent
                .and_then(|id| tree.by_id(id))
                .map(|above| above.code.clone())
                .unwrap_or_default(),
            position: position.to_string(),
            name_ru: category.name.ru.clone(),
            name_en: category.name.en.clone(),
            open: category.active,
            service: own
                .service
                .and_then(|id| contents.service_by_id(id))
                .map(|service| service.definition.code.clone())
                .unwrap_or_default(),
            unit: own
                .unit
                .and_then(|id| units.unit(id))
                .map(|unit| unit.code.clone())
                .unwrap_or_default(),
            priority: own
                .priority
                .map(Priority::code)
                .unwrap_or_default()
                .to_owned(),
            fast: own.terms.get(FAST.0).is_some_and(|term| term == FAST.1),
        }
    }

    /// What is wished for. Terms that this page does not ask about stay.
    fn wish(&self, old: &BTreeMap<String, String>) -> Result<CategoryWish> {
        let mut terms = old.clone();
        if self.fast {
            terms.insert(FAST.0.to_owned(), FAST.1.to_owned());
        } else {
            terms.remove(FAST.0);
        }
        let position = self.position.parse();
        let priority = said(&self.priority).map(|code| {
            let priority = Priority::from_code(&code);
            priority.ok_or_else(|| Error::field("priority", "catalog-error-choice"))
        });
        Ok(CategoryWish {
            parent: said(&self.parent),
            position: position.map_err(|_| Error::field("position", "catalog-error-position"))?,
            name: Phrase::new(self.name_ru.as_str(), self.name_en.as_str()),
            open: self.open,
            service: said(&self.service),
            unit: said(&self.unit),
            priority: priority.transpose()?,
            terms,
        })
    }
}

/// The rule of an answer in half the time, which the region may give to a subject of messages.
const FAST: (&str, &str) = ("pos", "answer_fast");

/// What was chosen from a list; nothing when nothing was.
pub(super) fn said(code: &str) -> Option<String> {
    (!code.is_empty()).then(|| code.to_owned())
}

#[derive(Template)]
#[template(path = "admin-category.html")]
struct CategoryPage {
    page: Page,
    /// The mark of what was shown; empty for a new one.
    seen: String,
    typed: Typed,
    known: bool,
    parents: Vec<Choice>,
    services: Vec<Choice>,
    units: Vec<Choice>,
    priorities: Vec<Choice>,
}

fn draw(
    visitor: &Visitor,
    contents: &Contents,
    units: &Units,
    typed: Typed,
    seen: Option<String>,
    errors: Vec<FieldError>,
) -> PageResult {
    let known = seen.is_some();
    let request = &visitor.request;
    let language: Language = request.language;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = if known {
        Phrase::new(typed.name_ru.as_str(), typed.name_en.as_str())
            .text(language)
            .to_owned()
    } else {
        request.t("catalog-admin-category-new").into_owned()
    };
    let labels = [
        ("code", "catalog-admin-code"),
        ("name_ru", "catalog-admin-name-ru"),
        ("name_en", "catalog-admin-name-en"),
        ("parent", "catalog-admin-parent"),
        ("position", "catalog-admin-position"),
        ("service", "catalog-admin-service"),
        ("unit", "catalog-admin-unit"),
        ("priority", "catalog-admin-priority"),
    ];
    let page = request.page(title).dense().with_errors(errors);
    let page = labels.into_iter().fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    });
    let priorities = Priority::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), request.t(one.key())))
        .collect();
    unstored(web::html_with(
        status,
        &CategoryPage {
            page,
            seen: seen.unwrap_or_default(),
            known,
            parents: category_choices(contents, language)
                .into_iter()
                .filter(|choice| choice.value != typed.code)
                .collect(),
            services: service_choices(contents, language),
            units: unit_choices(units, language),
            priorities,
            typed,
        },
    ))
}

pub(super) async fn new_form(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let above = Fields(query).text("above").to_owned();
    let tree = contents.categories();
    let parent = tree.by_code(&above);
    let siblings = match parent {
        Some(parent) => tree.children(parent.id).count(),
        None => tree.roots().count(),
    };
    let typed = Typed {
        code: parent
            .map(|parent| format!("{}.", parent.code))
            .unwrap_or_default(),
        parent: parent.map(|parent| parent.code.clone()).unwrap_or_default(),
        position: (u32::try_from(siblings).unwrap_or(0).saturating_add(1) * STEP).to_string(),
        open: true,
        ..Typed::default()
    };
    draw(&visitor, &contents, &units, typed, None, Vec::new())
}

pub(super) async fn add(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    fields: Fields,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let typed = Typed::read(&fields);
    let done = async {
        let wish = typed.wish(&BTreeMap::new())?;
        admin.add_category(&visitor.actor, &typed.code, wish).await
    }
    .await;
    match done {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying("/admin/categories", "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => draw(&visitor, &contents, &units, typed, None, errors),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let category = contents
        .categories()
        .by_code(&code)
        .ok_or(Error::NotFound)?;
    let position = admin.catalog().category_position(category.id).await?;
    let typed = Typed::of(category, &contents, &units, position);
    let seen = mark(&typed);
    draw(&visitor, &contents, &units, typed, Some(seen), Vec::new())
}

pub(super) async fn save(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let category = contents
        .categories()
        .by_code(&code)
        .ok_or(Error::NotFound)?;
    let id = category.id;
    let mut typed = Typed::read(&fields);
    typed.code = code;
    let position = admin.catalog().category_position(id).await?;
    let now = mark(&Typed::of(category, &contents, &units, position));
    let late = is_overtaken(fields.text("seen"), &now, &mark(&typed));
    let seen = if late {
        now
    } else {
        fields.text("seen").to_owned()
    };
    let done = async {
        if late {
            return Err(overtaken());
        }
        let old = contents.handling().own(id).map(|own| own.terms.clone());
        let wish = typed.wish(&old.unwrap_or_default())?;
        admin.save_category(&visitor.actor, &typed.code, wish).await
    }
    .await;
    match done {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying("/admin/categories", "catalog-admin-saved")),
        Err(Error::Invalid(errors)) => draw(&visitor, &contents, &units, typed, Some(seen), errors),
        Err(other) => Err(other.into()),
    }
}
