//! The text editor of a service: its definition as text, what is wrong with it beside the line, how
//! each page of the form will look, what differs from the version in force, and publishing. What
//! was published stays: cases keep the version that they were filed under.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base::Error;
use people::{People, Units, Visitor};
use web::{Fields, Page, PageResult};

use super::unstored;
// The template of a step names the slice as others do, in whichever crate it is used.
use crate as catalog;
use crate::administration::{Administration, Publication, read_text, with_version_of};
use crate::catalog::Contents;
use crate::difference::{Line as Changed, difference};
use crate::faults::TextFault;
use crate::form::{Answers, Form, Shown, StepView};
use crate::model::Definition;

/// Height of the editor in lines.
const ROWS: usize = 30;

/// The mistake, with the lines around it.
struct FaultView {
    sentence: String,
    line: usize,
    lines: Vec<(usize, String)>,
}

/// What stands when the text can be read.
struct Checked<'a> {
    steps: Vec<StepView>,
    changed: Vec<Changed<'a>>,
}

#[derive(Template)]
#[template(path = "admin-edit.html")]
struct EditPage<'a> {
    page: Page,
    /// Where the form is sent.
    action: String,
    /// The service that is edited, with its name; none for a new one.
    code: Option<String>,
    name: String,
    base: String,
    /// The version that somebody else published meanwhile.
    overtaken: Option<u32>,
    written: &'a str,
    rows: usize,
    fault: Option<FaultView>,
    checked: Option<Checked<'a>>,
}

/// What is edited: a service that is there, or a new one.
struct Edited<'a> {
    visitor: &'a Visitor,
    contents: &'a Contents,
    units: &'a Units,
    /// The definition in force when editing began; none for a new service.
    known: Option<&'a Definition>,
}

impl Edited<'_> {
    /// Every page of a form as it will look, questions under a condition too.
    fn steps(&self, form: &Form) -> Vec<StepView> {
        let request = &self.visitor.request;
        let shown = Shown {
            language: request.language,
            words: request.shell().words(),
            categories: self.contents.categories(),
            units: self.units,
            officials: self.contents.officials(),
            map: None,
        };
        let mut whole = form.clone();
        for field in whole.steps.iter_mut().flat_map(|step| &mut step.fields) {
            field.when = None;
        }
        let today = request.now().date(&request.shell().settings().zone);
        whole
            .steps
            .iter()
            .map(|step| StepView::new(&whole, step, &Answers::new(), today, &shown))
            .collect()
    }

    fn draw(
        &self,
        text: &str,
        overtaken: bool,
        found: Option<&std::result::Result<Definition, TextFault>>,
    ) -> PageResult {
        let request = &self.visitor.request;
        let old = self.known.map(Definition::to_toml).unwrap_or_default();
        let new = found
            .and_then(|found| found.as_ref().ok())
            .map(|definition| with_version_of(definition, self.known).to_toml())
            .unwrap_or_default();
        let (fault, checked) = match found {
            None => (None, None),
            Some(Err(fault)) => (Some(self.fault(fault, text)), None),
            Some(Ok(definition)) => {
                let checked = Checked {
                    steps: self.steps(&definition.form),
                    changed: difference(&old, &new),
                };
                (None, Some(checked))
            }
        };
        // Whoever pressed twice differs from nothing any more.
        let overtaken = overtaken
            && checked
                .as_ref()
                .is_none_or(|checked| !checked.changed.is_empty());
        let status = if fault.is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else if overtaken {
            StatusCode::CONFLICT
        } else {
            StatusCode::OK
        };
        let now = self.known.map(|known| known.version);
        let (title, code, name, action) = match self.known {
            Some(known) => (
                request.t("catalog-admin-edit"),
                Some(known.code.clone()),
                known.name(request.language).to_owned(),
                format!("/admin/services/{}/edit", known.code),
            ),
            None => (
                request.t("catalog-admin-service-new"),
                None,
                String::new(),
                "/admin/services/new".to_owned(),
            ),
        };
        unstored(web::html_with(
            status,
            &EditPage {
                page: request.page(title).dense(),
                action,
                code,
                name,
                base: now.map(|version| version.to_string()).unwrap_or_default(),
                overtaken: now.filter(|_| overtaken),
                written: text,
                rows: ROWS,
                fault,
                checked,
            },
        ))
    }

    fn fault(&self, fault: &TextFault, text: &str) -> FaultView {
        let request = &self.visitor.request;
        FaultView {
            sentence: fault.text(request.shell().words(), request.language),
            line: fault.line.unwrap_or_default(),
            lines: fault
                .lines(text)
                .into_iter()
                .map(|(number, line)| (number, line.to_owned()))
                .collect(),
        }
    }
}

/// The text in force; or that of a former version, checked and ready to be put in force again.
pub(super) async fn show(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Path(code): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let known = &contents
        .known_service(&code)
        .ok_or(Error::NotFound)?
        .definition;
    let edited = Edited {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        known: Some(known),
    };
    let from = Fields(query).text("from").to_owned();
    if from.is_empty() {
        return edited.draw(&known.to_toml(), false, None);
    }
    let from: u32 = from.parse().map_err(|_| Error::NotFound)?;
    let former = admin.version(&visitor.actor, &code, from).await?;
    let text = with_version_of(&former, Some(known)).to_toml();
    let found = read_text(&contents, Some(known), &text);
    edited.draw(&text, false, Some(&found))
}

/// A new service begins as a copy: of the one that was named, of a plain appeal otherwise.
pub(super) async fn new_form(
    visitor: Visitor,
    State(admin): State<Administration>,
    Extension(people): Extension<People>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let from = Fields(query).text("from").to_owned();
    let from = contents.known_service(&from);
    let pattern = from.or_else(|| contents.known_service("other"));
    let pattern = pattern.or_else(|| contents.all_services().first());
    let mut copy = pattern.ok_or(Error::NotFound)?.definition.clone();
    copy.code = format!("{}-copy", copy.code);
    copy.version = 1;
    let edited = Edited {
        visitor: &visitor,
        contents: &contents,
        units: &units,
        known: None,
    };
    edited.draw(&copy.to_toml(), false, None)
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
    Path(code): Path<String>,
    fields: Fields,
) -> PageResult {
    accept(&visitor, &admin, &people, Some(&code), &fields).await
}

/// Looks the text over, and publishes it when that was the button and nothing is wrong.
async fn accept(
    visitor: &Visitor,
    admin: &Administration,
    people: &People,
    code: Option<&str>,
    fields: &Fields,
) -> PageResult {
    let contents = admin.contents(&visitor.actor).await?;
    let units = people.units().await?;
    let known = match code {
        Some(code) => Some(
            &contents
                .known_service(code)
                .ok_or(Error::NotFound)?
                .definition,
        ),
        None => None,
    };
    let edited = Edited {
        visitor,
        contents: &contents,
        units: &units,
        known,
    };
    // Browsers send line ends as CR LF.
    let text = fields.text("written").replace("\r\n", "\n");
    let found = read_text(&contents, known, &text);
    // Whoever was overtaken keeps the text, sees it beside what is in force now, and decides anew.
    let seen: Option<u32> = fields.text("base").parse().ok();
    let overtaken = known.is_some_and(|known| seen != Some(known.version));
    let (Ok(definition), "publish", false) = (&found, fields.text("do"), overtaken) else {
        return edited.draw(&text, overtaken, Some(&found));
    };
    let target = format!("/admin/services/{}", definition.code);
    let published = admin
        .publish(&visitor.actor, code, definition.clone(), seen)
        .await?;
    match published {
        Publication::Same => edited.draw(&text, false, Some(&found)),
        Publication::Published(_) => Ok(visitor
            .request
            .redirect_saying(&target, "catalog-admin-published")),
    }
}
