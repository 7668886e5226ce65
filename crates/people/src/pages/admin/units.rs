//! Agencies and units: the tree, a new one, and one of them with everything that can be changed.

use std::str::FromStr as _;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use base::id::{TerritoryId, UnitId};
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Choice, Fields, Form, Page, PageResult, html, html_with};

use super::{Frame, Work, chosen, unit_choices};
use crate::access::{Permission, Subject, allows, require, require_somewhere};
use crate::pages::unstored;
use crate::trees::{Unit, UnitKind};
use crate::unit_changes::{LINE_MOST, UnitDetails, UnitWish};
use crate::{NewUnit, People, Visitor};

struct Line {
    depth: usize,
    unit: Unit,
    name: String,
    territories: String,
    may_change: bool,
    /// Who works there: how many of staff and how many heads; empty for nobody.
    hands: String,
    /// Whether nobody works there, nor in what it belongs to.
    deserted: bool,
}

#[derive(Template)]
#[template(path = "admin-units.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

pub(super) async fn list(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let all = people.units().await?;
    let request = &visitor.request;
    let hands = people.hands().await?;
    let of = |id: UnitId| hands.get(&id).copied().unwrap_or_default();
    let lines = all
        .all()
        .into_iter()
        .map(|unit| {
            let names: Vec<&str> = all
                .territories_of(unit.id)
                .iter()
                .filter_map(|id| all.territory(*id))
                .map(|place| place.name(request.language))
                .collect();
            Line {
                depth: all.path(unit.id).len().saturating_sub(1),
                name: unit.name(request.language).to_owned(),
                territories: names.join(", "),
                may_change: allows(
                    &visitor.actor,
                    Permission::ManageUnits,
                    &Subject::in_unit(unit.id),
                ),
                hands: match of(unit.id) {
                    (0, 0) => String::new(),
                    (staff, heads) => request.ta(
                        "people-unit-hands-count",
                        &[("staff", staff.into()), ("heads", heads.into())],
                    ),
                },
                deserted: all.path(unit.id).iter().all(|one| of(one.id) == (0, 0)),
                unit: unit.clone(),
            }
        })
        .collect();
    html(&ListPage {
        page: request.page(request.t("people-admin-units")).dense(),
        lines,
    })
    .map(unstored)
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct NewForm {
    #[serde(default)]
    parent: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    name_ru: String,
    #[serde(default)]
    name_en: String,
}

#[derive(Template)]
#[template(path = "admin-unit-new.html")]
struct NewPage {
    page: Page,
    typed: NewForm,
    kinds: Vec<Choice>,
    parents: Vec<Choice>,
}

fn labelled(page: Page, request: &web::Request) -> Page {
    [
        ("parent", "people-unit-parent"),
        ("kind", "people-unit-kind"),
        ("code", "people-unit-code"),
        ("name_ru", "people-name-ru"),
        ("name_en", "people-name-en"),
        ("address", "people-address"),
        ("phone", "people-phone"),
        ("email", "people-email"),
        ("site", "people-unit-site"),
        ("hours", "people-unit-hours"),
    ]
    .into_iter()
    .fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    })
}

async fn new_page(
    visitor: &Visitor,
    people: &People,
    typed: NewForm,
    errors: Vec<FieldError>,
) -> PageResult {
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let request = &visitor.request;
    let all = people.units().await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(request.t("people-unit-new"))
        .dense()
        .with_errors(errors);
    html_with(
        status,
        &NewPage {
            page: labelled(page, request),
            typed,
            kinds: kinds(request),
            parents: unit_choices(&all, &visitor.actor, Permission::ManageUnits, request),
        },
    )
    .map(unstored)
}

fn kinds(request: &web::Request) -> Vec<Choice> {
    [UnitKind::Agency, UnitKind::Unit]
        .into_iter()
        .map(|kind| {
            let key = format!("people-unit-kind-{}", kind.code());
            Choice::new(kind.code(), request.t(&key))
        })
        .collect()
}

pub(super) async fn new_form(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    let typed = NewForm {
        kind: UnitKind::Unit.code().to_owned(),
        ..NewForm::default()
    };
    new_page(&visitor, &people, typed, Vec::new()).await
}

pub(super) async fn add(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<NewForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let added = async {
        let new = NewUnit {
            parent: chosen(&form.parent, "parent")?,
            kind: UnitKind::from_code(&form.kind)
                .ok_or_else(|| Error::field("kind", "people-error-choice"))?,
            code: form.code.trim().to_owned(),
            name_ru: form.name_ru.clone(),
            name_en: form.name_en.clone(),
            territories: Vec::new(),
        };
        people.add_unit(&visitor.actor, new).await
    }
    .await;
    match added {
        Ok(unit) => Ok(visitor
            .request
            .redirect_saying(&format!("/admin/units/{unit}"), "people-unit-added")),
        Err(Error::Invalid(errors)) => new_page(&visitor, &people, form, errors).await,
        // The administrator of one agency keeps what was typed.
        Err(Error::Forbidden) if form.parent.is_empty() => {
            let error = FieldError::new("parent", "people-error-unit-above");
            new_page(&visitor, &people, form, vec![error]).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A territory that can be ticked.
struct Ticked {
    id: TerritoryId,
    label: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "admin-unit.html")]
struct UnitPage {
    page: Page,
    unit: Unit,
    parent: String,
    parents: Vec<Choice>,
    name_ru: String,
    name_en: String,
    boxes: Vec<Ticked>,
    details: UnitDetails,
    /// What the unit is now, so that a form from before a change is known.
    seen: String,
    /// Open cases that it has.
    open: u64,
}

async fn unit_page(
    visitor: &Visitor,
    people: &People,
    work: &Work,
    id: UnitId,
    wish: Option<UnitWish>,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let all = people.units().await?;
    let unit = all.unit(id).ok_or(Error::NotFound)?.clone();
    require(
        &visitor.actor,
        Permission::ManageUnits,
        &Subject::in_unit(id),
    )?;
    let wish = match wish {
        Some(wish) => wish,
        None => UnitWish {
            parent: unit.parent,
            name_ru: unit.name_ru.clone(),
            name_en: unit.name_en.clone(),
            territories: all.territories_of(id).to_vec(),
            details: people.unit_details(id).await?,
            seen: String::new(),
        },
    };
    let below = all.within(id);
    let parents = unit_choices(&all, &visitor.actor, Permission::ManageUnits, request)
        .into_iter()
        .filter(|choice| {
            UnitId::from_str(&choice.value).is_ok_and(|parent| !below.contains(&parent))
        })
        .collect();
    let boxes = all
        .territories_in_order()
        .into_iter()
        .map(|(depth, place)| Ticked {
            label: format!("{}{}", "— ".repeat(depth), place.name(request.language)),
            checked: wish.territories.contains(&place.id),
            id: place.id,
        })
        .collect();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(unit.name(request.language))
        .dense()
        .with_errors(errors);
    html_with(
        status,
        &UnitPage {
            page: labelled(page, request),
            parent: wish.parent.map(|id| id.to_string()).unwrap_or_default(),
            parents,
            name_ru: wish.name_ru,
            name_en: wish.name_en,
            boxes,
            details: wish.details,
            seen: people.seen_of(&unit).await?,
            open: work.in_unit(id).await?,
            unit,
        },
    )
    .map(unstored)
}

pub(super) async fn show(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(unit): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageUnits)?;
    let id = UnitId::from_str(&unit).map_err(|_| Error::NotFound)?;
    unit_page(&visitor, &people, &frame.work, id, None, Vec::new()).await
}

pub(super) async fn save(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(unit): Path<String>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let id = UnitId::from_str(&unit).map_err(|_| Error::NotFound)?;
    let text = |name: &str| fields.text(name).to_owned();
    let wish = UnitWish {
        parent: chosen(fields.text("parent"), "parent")?,
        name_ru: text("name_ru"),
        name_en: text("name_en"),
        territories: fields
            .all("territories")
            .filter_map(|id| TerritoryId::from_str(id).ok())
            .collect(),
        details: UnitDetails {
            address: text("address"),
            phone: text("phone"),
            email: text("email"),
            site: text("site"),
            hours: text("hours"),
        },
        seen: text("seen"),
    };
    match people.save_unit(&visitor.actor, id, wish.clone()).await {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying(&format!("/admin/units/{id}"), "people-saved")),
        Err(Error::Invalid(errors)) => {
            unit_page(&visitor, &people, &frame.work, id, Some(wish), errors).await
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct EndForm {
    #[serde(default)]
    active: String,
}

pub(super) async fn end(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(unit): Path<String>,
    Form(form): Form<EndForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let id = UnitId::from_str(&unit).map_err(|_| Error::NotFound)?;
    let active = form.active == "yes";
    people.end_unit(&visitor.actor, id, active).await?;
    let said = if active {
        "people-unit-reopened"
    } else {
        "people-unit-ended"
    };
    Ok(visitor
        .request
        .redirect_saying(&format!("/admin/units/{id}"), said))
}
