//! Templates of answers for heads and administrators: the list of a unit, a new one, one with its
//! places and its preview over made-up values.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::{Actor, Error, FieldError, Moment, Result};
use people::{Permission, Unit, Visitor, require_somewhere};
use serde::Deserialize;
use uuid::Uuid;
use web::form::Form;
use web::{Choice, Page, PageResult, Request};

use super::names::{self, Names};
use super::taking::gap_in_words;
use super::{address, parameter};
use crate::Cases;
use crate::model::Outcome;
use crate::templates::{
    AnswerTemplate, NAME_MOST, Place, TEXT_MOST, TemplateWish, Values, filled, keeps,
};

const ADDRESS: &str = "/desk/templates";
/// Lines of a page.
const LINES: usize = 50;
/// The most units that one list of choices offers.
const MOST_UNITS: usize = 500;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/templates", get(list))
        .route("/desk/templates/new", get(ask_new).post(make))
        .route("/desk/templates/{template}", get(show).post(save))
}

/// A template as a line of the list.
pub(super) struct TemplateLine {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) unit: String,
    /// How answers by it decide; empty where that is left open.
    pub(super) outcome: String,
    pub(super) aside: bool,
    pub(super) changed_at: Moment,
}

#[derive(Template)]
#[template(path = "desk-templates.html")]
pub(super) struct Listed {
    pub(super) page: Page,
    /// The units to choose from, where they are several.
    pub(super) units: Vec<Choice>,
    pub(super) unit: String,
    pub(super) new: String,
    pub(super) lines: Vec<TemplateLine>,
    pub(super) next: String,
    pub(super) first: String,
}

/// A place with its meaning.
pub(super) struct PlaceLine {
    pub(super) code: String,
    pub(super) meaning: String,
}

#[derive(Template)]
#[template(path = "desk-template.html")]
pub(super) struct Shown {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) action: String,
    /// The unit of a template that there is; empty for a new one.
    pub(super) unit: String,
    /// The units that a new one may be of.
    pub(super) units: Vec<Choice>,
    pub(super) outcomes: Vec<Choice>,
    pub(super) written: Written,
    pub(super) name_most: usize,
    pub(super) text_most: usize,
    pub(super) places: Vec<PlaceLine>,
    /// How it will look; empty while nothing is written.
    pub(super) preview: String,
    /// Whether it is there already.
    pub(super) known: bool,
    pub(super) aside: bool,
}

/// What was written into the form.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) outcome: String,
    #[serde(default)]
    pub(super) text: String,
    /// Which change was read, so that a page from before another one is known.
    #[serde(default)]
    pub(super) seen: String,
    /// What the button said.
    #[serde(default)]
    pub(super) act: String,
}

impl Written {
    fn of(known: &AnswerTemplate) -> Self {
        Self {
            unit: String::new(),
            name: known.name.clone(),
            outcome: known
                .outcome
                .map(|outcome| outcome.code().to_owned())
                .unwrap_or_default(),
            text: known.text.clone(),
            seen: known.changed_at.micros().to_string(),
            act: String::new(),
        }
    }

    fn wish(&self) -> Result<TemplateWish> {
        let outcome = match self.outcome.as_str() {
            "" => None,
            code => {
                let known = Outcome::from_code(code);
                Some(known.ok_or_else(|| Error::field("outcome", "error-choose-one"))?)
            }
        };
        Ok(TemplateWish {
            name: self.name.clone(),
            outcome,
            text: self.text.clone(),
        })
    }

    /// Which change was read.
    fn seen(&self) -> Option<Moment> {
        self.seen.parse().ok().map(Moment::from_micros)
    }
}

/// Which part of the list is asked for.
#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
    after: Option<String>,
}

/// The open units whose templates somebody keeps.
fn kept_units<'a>(names: &'a Names, actor: &Actor) -> Vec<&'a Unit> {
    let all = names.units().all().into_iter();
    let kept = all.filter(|unit| unit.active && keeps(actor, unit.id));
    kept.take(MOST_UNITS).collect()
}

fn choices(units: &[&Unit], request: &Request) -> Vec<Choice> {
    let choice = |unit: &&Unit| Choice::new(&*unit.code, unit.name(request.language));
    units.iter().map(choice).collect()
}

async fn list(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageTemplates)?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let unit = parameter(asked.unit.as_deref());
    let unit = names.units().by_code(&unit);
    let unit = unit.filter(|unit| keeps(&visitor.actor, unit.id));
    let code = unit.map(|unit| unit.code.clone()).unwrap_or_default();
    let after: Option<Uuid> = asked.after.as_deref().and_then(|after| after.parse().ok());
    let (found, next) = cases
        .templates(&visitor.actor, unit.map(|unit| unit.id), after, LINES)
        .await?;
    let line = |one: &AnswerTemplate| TemplateLine {
        href: format!("{ADDRESS}/{}", one.id),
        name: one.name.clone(),
        unit: names.unit(one.unit),
        outcome: one
            .outcome
            .map(|outcome| names::outcome(request, outcome))
            .unwrap_or_default(),
        aside: one.archived_at.is_some(),
        changed_at: one.changed_at,
    };
    let place = |after: &str| address(ADDRESS, &[("unit", &code), ("after", after)]);
    let units = kept_units(&names, &visitor.actor);
    web::html(&Listed {
        page: request.page(request.t("templates-title")).dense(),
        units: if units.len() > 1 {
            choices(&units, request)
        } else {
            Vec::new()
        },
        new: address(&format!("{ADDRESS}/new"), &[("unit", &code)]),
        lines: found.iter().map(line).collect(),
        next: next
            .map(|next| place(&next.to_string()))
            .unwrap_or_default(),
        first: after.map(|_| place("")).unwrap_or_default(),
        unit: code,
    })
}

async fn ask_new(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageTemplates)?;
    let written = Written {
        unit: parameter(asked.unit.as_deref()),
        ..Written::default()
    };
    draw(&cases, &visitor, None, written, Vec::new()).await
}

async fn make(
    visitor: Visitor,
    State(cases): State<Cases>,
    Form(written): Form<Written>,
) -> PageResult {
    visitor.require_sign_in()?;
    require_somewhere(&visitor.actor, Permission::ManageTemplates)?;
    let units = cases.people().units().await?;
    let unit = units.by_code(&written.unit).map(|unit| unit.id);
    let done = match (written.wish(), unit) {
        (Err(error), _) => Err(error),
        (Ok(wish), _) if written.act == "preview" => wish.checked().map(|_| None),
        (Ok(_), None) => Err(Error::field("unit", "error-choose-one")),
        (Ok(wish), Some(unit)) => {
            let made = cases.add_template(&visitor.actor, unit, &wish).await;
            made.map(Some)
        }
    };
    let errors = match done {
        Ok(Some(id)) => {
            let page = format!("{ADDRESS}/{id}");
            return Ok(visitor.request.redirect_saying(&page, "template-saved"));
        }
        Ok(None) => Vec::new(),
        Err(error) => shown_in_form(error)?,
    };
    draw(&cases, &visitor, None, written, errors).await
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(template): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let known = cases.template(&visitor.actor, id_in(&template)?).await?;
    let written = Written::of(&known);
    draw(&cases, &visitor, Some(&known), written, Vec::new()).await
}

/// Saves, shows the preview of what is not saved yet, puts aside or takes back.
async fn save(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(template): Path<String>,
    Form(written): Form<Written>,
) -> PageResult {
    visitor.require_sign_in()?;
    let (request, actor) = (&visitor.request, &visitor.actor);
    let id = id_in(&template)?;
    let known = cases.template(actor, id).await?;
    if ["aside", "back"].contains(&written.act.as_str()) {
        let aside = written.act == "aside";
        let errors = match cases.put_template_aside(actor, id, aside).await {
            Ok(()) => {
                let said = if aside {
                    "template-was-put-aside"
                } else {
                    "template-was-taken-back"
                };
                return Ok(request.redirect_saying(&format!("{ADDRESS}/{id}"), said));
            }
            Err(error) => shown_in_form(error)?,
        };
        let written = Written::of(&known);
        return draw(&cases, &visitor, Some(&known), written, errors).await;
    }
    let done = match written.wish() {
        Ok(wish) if written.act == "preview" => wish.checked().map(|_| false),
        Ok(wish) => {
            let seen = written.seen();
            let changed = cases.change_template(actor, id, &wish, seen).await;
            changed.map(|()| true)
        }
        Err(error) => Err(error),
    };
    let errors = match done {
        Ok(true) => {
            let page = format!("{ADDRESS}/{id}");
            return Ok(request.redirect_saying(&page, "template-saved"));
        }
        Ok(false) => Vec::new(),
        Err(error) => shown_in_form(error)?,
    };
    draw(&cases, &visitor, Some(&known), written, errors).await
}

fn id_in(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Error::NotFound)
}

/// What a form tells of a refusal; the rest is a page of its own.
fn shown_in_form(error: Error) -> Result<Vec<FieldError>> {
    match error {
        Error::Invalid(errors) => Ok(errors),
        Error::Conflict(key) => Ok(vec![FieldError::new("", key)]),
        other => Err(other),
    }
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    known: Option<&AnswerTemplate>,
    written: Written,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let units = kept_units(&names, &visitor.actor);
    let mut written = written;
    if let ([only], true) = (&units[..], written.unit.is_empty()) {
        written.unit.clone_from(&only.code);
    }
    let title = known.map_or_else(
        || request.t("template-new-title").into_owned(),
        |known| known.name.clone(),
    );
    let shown = Shown {
        page: labelled(request.page(title.clone()).dense().with_errors(errors)),
        title,
        action: known.map_or_else(
            || format!("{ADDRESS}/new"),
            |known| format!("{ADDRESS}/{}", known.id),
        ),
        unit: known
            .map(|known| names.unit(known.unit))
            .unwrap_or_default(),
        units: choices(&units, request),
        outcomes: Outcome::OF_ANSWERS
            .map(|outcome| Choice::new(outcome.code(), names::outcome(request, outcome)))
            .to_vec(),
        name_most: NAME_MOST,
        text_most: TEXT_MOST,
        places: places(request),
        preview: filled(&written.text, &sample(request), &gap_in_words(request)),
        known: known.is_some(),
        aside: known.is_some_and(|known| known.archived_at.is_some()),
        written,
    };
    web::html_with(status, &shown)
}

fn labelled(page: Page) -> Page {
    let labels = [
        ("unit", "template-unit"),
        ("name", "template-name"),
        ("outcome", "template-outcome"),
        ("text", "template-text"),
    ];
    labels.into_iter().fold(page, |page, (field, key)| {
        let label = page.t(key).into_owned();
        page.with_label(field, label)
    })
}

fn places(request: &Request) -> Vec<PlaceLine> {
    let line = |place: Place| PlaceLine {
        code: format!("{{{}}}", place.code()),
        meaning: request
            .t(&format!("template-place-{}", place.code()))
            .into_owned(),
    };
    Place::ALL.into_iter().map(line).collect()
}

/// Made-up values.
fn sample(request: &Request) -> Values {
    let value = |place: Place| {
        let text = request.t(&format!("template-sample-{}", place.code()));
        (place, text.into_owned())
    };
    Place::ALL.into_iter().map(value).collect()
}
