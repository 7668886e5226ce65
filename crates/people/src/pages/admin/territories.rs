//! Territories: the tree with a form for one more, and one of them to rename or move.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr as _;

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use base::id::TerritoryId;
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Choice, Form, Page, PageResult, html_with};

use super::{chosen, territory_choices};
use crate::access::{Permission, Subject, allows, require_somewhere};
use crate::pages::unstored;
use crate::{NewTerritory, People, Visitor};

#[derive(Clone, Default, Deserialize)]
pub(super) struct PlaceForm {
    #[serde(default)]
    parent: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    name_ru: String,
    #[serde(default)]
    name_en: String,
    /// The mark of what the page showed.
    #[serde(default)]
    seen: String,
}

impl PlaceForm {
    fn read(&self) -> base::Result<NewTerritory> {
        Ok(NewTerritory {
            parent: chosen(&self.parent, "parent")?,
            code: self.code.trim().to_owned(),
            name_ru: self.name_ru.clone(),
            name_en: self.name_en.clone(),
        })
    }
}

struct Line {
    depth: usize,
    id: TerritoryId,
    code: String,
    name: String,
}

#[derive(Template)]
#[template(path = "admin-territories.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    typed: PlaceForm,
    parents: Vec<Choice>,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "admin-territory.html")]
struct PlacePage {
    page: Page,
    code: String,
    seen: String,
    typed: PlaceForm,
    parents: Vec<Choice>,
}

fn page_with(visitor: &Visitor, title: String, errors: Vec<FieldError>) -> Page {
    let request = &visitor.request;
    [
        ("parent", "people-territory-parent"),
        ("code", "people-territory-code"),
        ("name_ru", "people-name-ru"),
        ("name_en", "people-name-en"),
    ]
    .into_iter()
    .fold(
        request.page(title).dense().with_errors(errors),
        |page, (field, key)| page.with_label(field, request.t(key)),
    )
}

fn status_of(page: &Page) -> StatusCode {
    if page.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

async fn list_page(
    visitor: &Visitor,
    people: &People,
    typed: PlaceForm,
    errors: Vec<FieldError>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let request = &visitor.request;
    let all = people.units().await?;
    let lines = all
        .territories_in_order()
        .into_iter()
        .map(|(depth, place)| Line {
            depth,
            id: place.id,
            name: place.name(request.language).to_owned(),
            code: place.code.clone(),
        })
        .collect();
    let title = request.t("people-admin-territories").into_owned();
    let page = page_with(visitor, title, errors);
    html_with(
        status_of(&page),
        &ListPage {
            page,
            lines,
            typed,
            parents: territory_choices(&all, request),
            may_change: allows(&visitor.actor, Permission::ManageUnits, &Subject::default()),
        },
    )
    .map(unstored)
}

pub(super) async fn list(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    list_page(&visitor, &people, PlaceForm::default(), Vec::new()).await
}

pub(super) async fn add(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<PlaceForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let added = async { people.add_territory(&visitor.actor, form.read()?).await }.await;
    match added {
        Ok(_) => Ok(visitor
            .request
            .redirect_saying("/admin/territories", "people-territory-added")),
        Err(Error::Invalid(errors)) => list_page(&visitor, &people, form, errors).await,
        Err(other) => Err(other.into()),
    }
}

/// A mark of what a page shows of a territory, by which a change behind its back is known.
fn mark(parent: Option<TerritoryId>, name_ru: &str, name_en: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (parent, name_ru, name_en).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

async fn place_page(
    visitor: &Visitor,
    people: &People,
    id: TerritoryId,
    typed: Option<PlaceForm>,
    errors: Vec<FieldError>,
) -> PageResult {
    visitor.require_sign_in()?;
    crate::require(&visitor.actor, Permission::ManageUnits, &Subject::default())?;
    let request = &visitor.request;
    let all = people.units().await?;
    let place = all.territory(id).ok_or(Error::NotFound)?;
    let typed = typed.unwrap_or_else(|| PlaceForm {
        parent: place.parent.map(|id| id.to_string()).unwrap_or_default(),
        code: place.code.clone(),
        name_ru: place.name_ru.clone(),
        name_en: place.name_en.clone(),
        seen: String::new(),
    });
    let page = page_with(visitor, place.name(request.language).to_owned(), errors);
    html_with(
        status_of(&page),
        &PlacePage {
            page,
            code: place.code.clone(),
            seen: mark(place.parent, &place.name_ru, &place.name_en),
            typed,
            parents: territory_choices(&all, request),
        },
    )
    .map(unstored)
}

pub(super) async fn show(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(territory): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let id = TerritoryId::from_str(&territory).map_err(|_| Error::NotFound)?;
    place_page(&visitor, &people, id, None, Vec::new()).await
}

pub(super) async fn save(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(territory): Path<String>,
    Form(form): Form<PlaceForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let id = TerritoryId::from_str(&territory).map_err(|_| Error::NotFound)?;
    let saved = async {
        let wish = form.read()?;
        let all = people.units().await?;
        let place = all.territory(id).ok_or(Error::NotFound)?;
        let now = mark(place.parent, &place.name_ru, &place.name_en);
        let wished = mark(wish.parent, wish.name_ru.trim(), wish.name_en.trim());
        if !form.seen.is_empty() && form.seen != now && wished != now {
            return Err(Error::field("", "people-error-overtaken"));
        }
        people.save_territory(&visitor.actor, id, &wish).await
    }
    .await;
    match saved {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying("/admin/territories", "people-saved")),
        Err(Error::Invalid(errors)) => place_page(&visitor, &people, id, Some(form), errors).await,
        Err(other) => Err(other.into()),
    }
}
