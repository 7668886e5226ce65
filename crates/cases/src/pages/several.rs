//! Many cases in one step: the queue with boxes to tick, one thing to do with all that are ticked,
//! what came of each, and the way back while nobody has gone on with it. Each case is a change of
//! its own, so that one that was refused holds up no other.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use base::id::AccountId;
use base::{Error, FieldError, Number, Result};
use people::{Permission, StaffMember, Visitor};
use serde::Deserialize;
use web::{Fields, Page, PageResult};

use super::address;
use super::case::latin;
use super::colleagues::{self, Colleagues};
use super::deciding;
use super::desk::Place;
use super::desk_view::{Lines, QueueLine};
use super::names::Names;
use super::parameter;
use crate::Cases;
use crate::model::State as CaseState;
use crate::reading::{QueueFilter, QueueView};
use crate::workplace::{Came, SEVERAL, Step, WayBack};

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/several", get(choose).post(carry_out))
        .route("/desk/several/undo", post(undo).get(outcome))
}

#[derive(Template)]
#[template(path = "desk-several.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own; a template can ask nothing else"
)]
struct Several {
    page: Page,
    rows: Vec<QueueLine>,
    next: String,
    first: String,
    view: &'static str,
    /// Where the form is sent: the same place of the list.
    action: String,
    whose: String,
    ticked: Vec<String>,
    /// Those of them that stand on other pages of the list.
    elsewhere: Vec<String>,
    may_take: bool,
    may_release: bool,
    /// Whether the reader joins cases about one cause.
    may_join: bool,
    /// Whether answered cases are among these.
    may_close: bool,
    /// Whether answers here wait for the reader.
    may_decide: bool,
    colleagues: Colleagues,
    account: String,
    who: String,
}

#[derive(Template)]
#[template(path = "desk-several-done.html")]
struct Done {
    page: Page,
    /// The part of the queue that it was begun from.
    view: &'static str,
    /// The list that it was begun from.
    again: String,
    lead: String,
    lines: Vec<CameLine>,
    /// What takes it back: number, who had it before, who has it now.
    way_back: Vec<String>,
}

/// What came of one case.
struct CameLine {
    number: String,
    topic: String,
    text: String,
    tone: &'static str,
}

/// Instead of a person: what nobody has taken.
const NOBODY: &str = "nobody";

#[derive(Clone, Default, Deserialize)]
struct Whose {
    person: Option<String>,
}

async fn choose(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
    Query(whose): Query<Whose>,
) -> PageResult {
    visitor.require_sign_in()?;
    draw(
        &cases,
        &visitor,
        &place,
        &whose,
        &Fields::default(),
        Vec::new(),
    )
    .await
}

pub(super) async fn draw_list(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    typed: &Fields,
    errors: Vec<FieldError>,
) -> PageResult {
    draw(cases, visitor, place, &Whose::default(), typed, errors).await
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    whose: &Whose,
    typed: &Fields,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let view = place.view().unwrap_or_default();
    let staff = staff(cases, visitor).await?;
    let person = whose.person.as_deref().filter(|person| !person.is_empty());
    let found = if let Some(person) = person {
        let filter = if person == NOBODY {
            QueueFilter {
                free: true,
                ..QueueFilter::default()
            }
        } else {
            let holder = person
                .parse::<AccountId>()
                .map_err(|_| Error::Malformed("error-malformed-do"))?;
            QueueFilter {
                holder: Some(holder),
                ..QueueFilter::default()
            }
        };
        cases.queue(&visitor.actor, filter, place.after()).await?
    } else {
        let filter = QueueFilter {
            view,
            narrowed: place.narrowed(&names),
            ..QueueFilter::default()
        };
        cases.queue(&visitor.actor, filter, place.after()).await?
    };
    let holders = Lines::holders(found.items.iter());
    let lines = Lines::of(cases, visitor, &names, holders).await?;
    let at = |after: Option<&str>| {
        let after = after.unwrap_or_default();
        match person {
            Some(person) => address("/desk/several", &[("person", person), ("after", after)]),
            None => place.address("/desk/several", view, Some(after)),
        }
    };
    let ticked: Vec<String> = typed.all("case").take(SEVERAL).map(str::to_owned).collect();
    let here: Vec<String> = found
        .items
        .iter()
        .map(|row| row.case.number.to_string())
        .collect();
    let mut elsewhere = ticked.clone();
    elsewhere.retain(|number| !here.contains(number));
    let in_agreement = person.is_none() && view == QueueView::Agreement;
    let may = |permission| people::allows_somewhere(&visitor.actor, permission);
    let title = request.t("desk-several").into_owned();
    let page = request.page(title).dense().with_errors(errors);
    let page = page
        .with_label("account", request.t("desk-assign-label"))
        .with_label("who", request.t("desk-who"));
    let whose = match person {
        Some(NOBODY) => request.t("desk-several-free").into_owned(),
        Some(person) => match called(cases, visitor, person).await? {
            name if name.is_empty() => name,
            name => request.ta("desk-several-of", &[("name", name.into())]),
        },
        None => String::new(),
    };
    web::html(&Several {
        whose,
        rows: found
            .items
            .iter()
            .map(|row| lines.line(row, "", false))
            .collect(),
        next: found
            .next
            .as_ref()
            .map(|next| next.as_str().to_owned())
            .unwrap_or_default(),
        first: place.after().map(|_| at(None)).unwrap_or_default(),
        view: view.code(),
        action: at(place.after()),
        may_take: may(Permission::TakeCase)
            && !in_agreement
            && person.is_none_or(|person| person == NOBODY),
        may_release: !in_agreement && person != Some(NOBODY),
        may_join: may(Permission::AssignCase) && !in_agreement,
        may_close: may(Permission::DraftAnswer)
            && found
                .items
                .iter()
                .any(|row| row.case.state == CaseState::Decided),
        may_decide: in_agreement && may(Permission::AgreeAnswer),
        ticked,
        elsewhere,
        colleagues: Colleagues::of(&staff, &names, typed.text("who")),
        account: typed.text("account").to_owned(),
        who: typed.text("who").to_owned(),
        page,
    })
}

/// What somebody is called; nothing when nobody knows.
async fn called(cases: &Cases, visitor: &Visitor, account: &str) -> Result<String> {
    let Ok(account) = account.parse::<AccountId>() else {
        return Ok(String::new());
    };
    let named = cases.people().named(&visitor.actor, &[account]).await?;
    let named = named.get(&account).map(|named| named.name.initials());
    Ok(named.unwrap_or_default())
}

/// Whom a head can give cases to; nobody for those who give out no work.
async fn staff(cases: &Cases, visitor: &Visitor) -> Result<Vec<StaffMember>> {
    if !people::allows_somewhere(&visitor.actor, Permission::AssignCase) {
        return Ok(Vec::new());
    }
    cases.people().staff(&visitor.actor).await
}

async fn step_in(cases: &Cases, visitor: &Visitor, fields: &Fields) -> Result<Step> {
    match fields.text("do") {
        "take" => Ok(Step::Take),
        "release" => Ok(Step::Release),
        "close" => Ok(Step::Close),
        _ => {
            let account = colleagues::chosen(cases, visitor, fields).await?;
            Ok(Step::Assign(account))
        }
    }
}

pub(super) fn numbers_in(fields: &Fields) -> Result<Vec<Number>> {
    let numbers: Vec<Number> = fields
        .all("case")
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers.len() {
        0 => Err(Error::field("case", "desk-several-none")),
        n if n > SEVERAL => Err(Error::field("case", "desk-several-too-many")),
        _ => Ok(numbers),
    }
}

async fn carry_out(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
    Query(whose): Query<Whose>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    if let Some(row) = fields.get("go") {
        // Another page of the list: what is ticked stays ticked.
        let place = place.on_page_after(row);
        return draw(&cases, &visitor, &place, &whose, &fields, Vec::new()).await;
    }
    match fields.text("do") {
        "read" => return deciding::read(&cases, &visitor, &place, &fields).await,
        "problem" => {
            return match numbers_in(&fields) {
                Ok(numbers) => Ok(visitor.request.redirect(&super::works::joining(&numbers))),
                Err(Error::Invalid(errors)) => {
                    draw(&cases, &visitor, &place, &whose, &fields, errors).await
                }
                Err(other) => Err(other.into()),
            };
        }
        "agree" | "return" => return deciding::decide(&cases, &visitor, &place, &fields).await,
        _ => {}
    }
    let asked = async {
        let numbers = numbers_in(&fields)?;
        Ok((numbers, step_in(&cases, &visitor, &fields).await?))
    };
    let (numbers, step) = match asked.await {
        Ok(asked) => asked,
        Err(Error::Invalid(errors)) => {
            return draw(&cases, &visitor, &place, &whose, &fields, errors).await;
        }
        Err(other) => return Err(other.into()),
    };
    let came = cases.several(&visitor.actor, step, &numbers).await?;
    let step = match step {
        Step::Take => "take".to_owned(),
        Step::Release => "release".to_owned(),
        Step::Close => "close".to_owned(),
        Step::Assign(account) => account.to_string(),
    };
    // An address tells nothing but who has the cases: what else stood there is not carried on.
    let person = whose.person.as_deref().unwrap_or_default();
    let known = person == NOBODY || person.parse::<AccountId>().is_ok();
    let what = [
        ("step", step.as_str()),
        ("view", place.view().unwrap_or_default().code()),
        ("person", if known { person } else { "" }),
    ];
    let came: Vec<(&str, &Came)> = came.iter().map(|one| ("done", one)).collect();
    Ok(told(&visitor, &what, &came))
}

/// Gives every case back to the one who had it, unless it has another holder by now.
async fn undo(visitor: Visitor, State(cases): State<Cases>, fields: Fields) -> PageResult {
    visitor.require_sign_in()?;
    let account = |text: &str| text.parse::<AccountId>().ok();
    let ways: Vec<WayBack> = fields
        .all("undo")
        .filter_map(|line| {
            let mut parts = line.split(':');
            Some(WayBack {
                number: parts.next()?.parse().ok()?,
                had: account(parts.next()?),
                has: account(parts.next()?),
            })
        })
        .take(SEVERAL)
        .collect();
    let came = cases.undo_several(&visitor.actor, &ways).await?;
    // Whoever had it has it again; what nobody had lies in the common queue, but not untouched.
    let came: Vec<(&str, &Came)> = came
        .iter()
        .zip(&ways)
        .map(|(one, way)| (if way.had.is_some() { "undone" } else { "freed" }, one))
        .collect();
    Ok(told(&visitor, &[], &came))
}

/// Leads to the page that says what came of it, which may be loaded again as often as one likes.
pub(super) fn told(visitor: &Visitor, what: &[(&str, &str)], came: &[(&str, &Came)]) -> Response {
    // Numbers in Latin, identifiers and keys: nothing that an address would have to spell otherwise.
    let what = what.iter().map(|(name, value)| format!("{name}={value}"));
    let came = came
        .iter()
        .map(|(deed, one)| format!("{deed}={}", in_address(one)));
    let told: Vec<String> = what.chain(came).collect();
    visitor
        .request
        .redirect(&format!("/desk/several/undo?{}", told.join("&")))
}

/// What came of one case, for an address: its number and what takes it back, or why it was refused.
fn in_address(came: &Came) -> String {
    let number = latin(came.number);
    match (&came.done, came.back) {
        (Ok(()), Some(way)) => {
            let id = |account: Option<AccountId>| account.map(|id| id.to_string());
            let [had, has] = [way.had, way.has].map(|holder| id(holder).unwrap_or_default());
            format!("{number}:{had}:{has}")
        }
        (Ok(()), None) => number,
        (Err(error), _) => format!("{number}:{}", refusal(error)),
    }
}

/// The sentence for a refusal.
fn refusal(error: &Error) -> &'static str {
    match error {
        // Nobody has changed it in between: it is only not a case to do that with.
        Error::Conflict("case-error-state") => "desk-several-state",
        Error::Conflict("case-error-carried-over") => "desk-several-carried-over",
        Error::Conflict(key) => key,
        Error::Invalid(errors)
            if errors
                .iter()
                .any(|error| error.key == "case-error-no-specialist") =>
        {
            "desk-several-elsewhere"
        }
        Error::Invalid(errors) => errors.first().map_or("error-something", |error| error.key),
        Error::Forbidden | Error::NotFound => "desk-several-not-yours",
        _ => "desk-several-failed",
    }
}

/// What came of a step or of taking it back, as the address tells.
async fn outcome(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(told): Query<Vec<(String, String)>>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let value = |name: &str| told.iter().find(|(known, _)| known == name);
    let step = parameter(value("step").map(|(_, step)| step.as_str()));
    let view = parameter(value("view").map(|(_, view)| view.as_str()));
    let view = QueueView::from_code(&view).unwrap_or_default();
    let person = parameter(value("person").map(|(_, person)| person.as_str()));
    let again = match person.as_str() {
        "" => ("view", view.code()),
        person => ("person", person),
    };
    let came: Vec<&(String, String)> = told
        .iter()
        .filter(|(deed, _)| ["done", "undone", "freed"].contains(&deed.as_str()))
        .take(SEVERAL)
        .collect();
    let undone = came.iter().any(|(deed, _)| deed != "done");
    let topics = topics(&cases, &visitor, &came).await?;
    let mut way_back = Vec::new();
    let mut lines = Vec::new();
    for (deed, text) in came {
        let said = match deed.as_str() {
            "undone" => "desk-several-undone",
            "freed" => "desk-several-freed",
            _ => "desk-several-ok",
        };
        let parts: Vec<&str> = text.split(':').collect();
        let Some(number) = parts
            .first()
            .and_then(|number| number.parse::<Number>().ok())
        else {
            continue;
        };
        let (key, tone) = match parts[1..] {
            [key] if request.knows(key) => (key, "warn"),
            [_] => ("error-something", "warn"),
            _ => (said, "good"),
        };
        if parts.len() == 3 {
            way_back.push(text.clone());
        }
        lines.push(CameLine {
            topic: topics.get(&number).cloned().unwrap_or_default(),
            number: number.to_string(),
            text: request.t(key).into_owned(),
            tone,
        });
    }
    if lines.is_empty() {
        return Ok(request.redirect("/desk/several"));
    }
    let done = lines.iter().filter(|line| line.tone == "good").count();
    let facts = [
        ("done", i64::try_from(done).unwrap_or(0).into()),
        ("all", i64::try_from(lines.len()).unwrap_or(0).into()),
    ];
    let (lead, whom) = match step.as_str() {
        _ if undone => ("desk-several-undo-lead", String::new()),
        "take" => ("desk-several-taken", String::new()),
        "release" => ("desk-several-released", String::new()),
        "close" => ("desk-several-closed", String::new()),
        "agree" => ("desk-several-agreed", String::new()),
        "return" => ("desk-several-returned", String::new()),
        account => match called(&cases, &visitor, account).await? {
            name if name.is_empty() => ("desk-several-lead", name),
            name => ("desk-several-assigned", name),
        },
    };
    let mut facts = facts.to_vec();
    facts.push(("name", whom.as_str().into()));
    web::html(&Done {
        page: request.page(request.t("desk-several")).dense(),
        view: view.code(),
        again: address("/desk/several", &[again]),
        lead: request.ta(lead, &facts),
        lines,
        way_back,
    })
}

/// What the cases are about, of those that the reader may still open.
async fn topics(
    cases: &Cases,
    visitor: &Visitor,
    came: &[&(String, String)],
) -> Result<HashMap<Number, String>> {
    let names = Names::load(cases, visitor.request.language).await?;
    let numbers: Vec<Number> = came
        .iter()
        .filter_map(|(_, text)| text.split(':').next()?.parse().ok())
        .collect();
    let rows = cases.lines_of(&visitor.actor, &numbers).await?;
    let told = rows.iter().map(|row| {
        let topic = names.topic(&row.case, &row.topic, &row.answers);
        (row.case.number, topic)
    });
    Ok(told.collect())
}
