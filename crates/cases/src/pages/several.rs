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
use people::{Permission, Visitor};
use serde::Deserialize;
use web::{Choice, Fields, Page, PageResult};

use super::desk::Place;
use super::desk_view::{self, QueueLine};
use super::names::Names;
use crate::Cases;
use crate::reading::QueueFilter;
use crate::workplace::SEVERAL;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/several", get(choose).post(carry_out))
        .route("/desk/several/undo", post(undo).get(back))
}

#[derive(Template)]
#[template(path = "desk-several.html")]
struct Several {
    page: Page,
    rows: Vec<QueueLine>,
    next: String,
    first: String,
    view: &'static str,
    /// The person whose cases are shown; empty for a part of the queue.
    person: String,
    whose: String,
    ticked: Vec<String>,
    may_take: bool,
    colleagues: Vec<Choice>,
    account: String,
}

#[derive(Template)]
#[template(path = "desk-several-done.html")]
struct Done {
    page: Page,
    lead: String,
    lines: Vec<Came>,
    /// What takes it back: number, who had it before, who has it now.
    way_back: Vec<String>,
}

/// What came of one case.
struct Came {
    number: String,
    text: String,
    tone: &'static str,
}

#[derive(Clone, Default, Deserialize)]
struct Whose {
    person: Option<String>,
}

async fn back(visitor: Visitor) -> PageResult {
    Ok(visitor.request.redirect("/desk/several"))
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
    let view = desk_view::view_of(place.view.as_deref()).unwrap_or_default();
    let colleagues = colleagues(cases, visitor).await?;
    let person = whose.person.as_deref().filter(|person| !person.is_empty());
    let found = if let Some(person) = person {
        let account = person
            .parse::<AccountId>()
            .map_err(|_| Error::Malformed("error-malformed-do"))?;
        cases.queue_of(&visitor.actor, account).await?
    } else {
        let filter = QueueFilter { view, number: None };
        cases.queue(&visitor.actor, filter, place.after()).await?
    };
    let today = cases.today();
    let next = found.next.as_ref().filter(|_| person.is_none());
    let title = request.t("desk-several").into_owned();
    let page = request.page(title).with_errors(errors);
    let chosen = colleagues
        .iter()
        .find(|choice| person.is_some_and(|p| choice.is(p)));
    web::html(&Several {
        whose: chosen
            .map(|choice| choice.label.clone())
            .unwrap_or_default(),
        rows: found
            .items
            .iter()
            .map(|row| desk_view::line(request, &names, row, today, "", false))
            .collect(),
        next: next
            .map(|next| place.address("/desk/several", view, Some(next.as_str())))
            .unwrap_or_default(),
        first: place
            .after()
            .map(|_| place.address("/desk/several", view, None))
            .unwrap_or_default(),
        view: desk_view::view_code(view),
        person: person.unwrap_or_default().to_owned(),
        ticked: typed.all("case").map(str::to_owned).collect(),
        may_take: people::allows_somewhere(&visitor.actor, Permission::TakeCase)
            && person.is_none(),
        colleagues,
        account: typed.text("account").to_owned(),
        page,
    })
}

/// Whom a head can give cases to; nobody for those who give out no work.
async fn colleagues(cases: &Cases, visitor: &Visitor) -> Result<Vec<Choice>> {
    if !people::allows_somewhere(&visitor.actor, Permission::AssignCase) {
        return Ok(Vec::new());
    }
    let staff = cases.people().staff(&visitor.actor).await?;
    Ok(staff
        .into_iter()
        .map(|member| Choice::new(member.account.to_string(), member.name.short()))
        .collect())
}

/// What is done with all that are ticked.
#[derive(Clone, Copy)]
enum Step {
    Take,
    Assign(AccountId),
    Release,
}

fn step_in(fields: &Fields) -> Result<Step> {
    match fields.text("do") {
        "take" => Ok(Step::Take),
        "release" => Ok(Step::Release),
        _ => fields
            .text("account")
            .parse()
            .map(Step::Assign)
            .map_err(|_| Error::field("account", "error-choose-one")),
    }
}

fn numbers_in(fields: &Fields) -> Result<Vec<Number>> {
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
    let asked = numbers_in(&fields).and_then(|numbers| Ok((numbers, step_in(&fields)?)));
    let (numbers, step) = match asked {
        Ok(asked) => asked,
        Err(Error::Invalid(errors)) => {
            return draw(&cases, &visitor, &place, &whose, &fields, errors).await;
        }
        Err(other) => return Err(other.into()),
    };
    let me = visitor.actor.account().ok_or(Error::Unauthenticated)?;
    let before = holders(&cases, &visitor, &numbers).await?;
    let mut lines = Vec::new();
    let mut way_back = Vec::new();
    for number in numbers {
        let done = match step {
            Step::Take => cases.take(&visitor.actor, number).await,
            Step::Assign(account) => cases.assign(&visitor.actor, number, account).await,
            Step::Release => cases.release(&visitor.actor, number).await,
        };
        if done.is_ok() {
            let had = before.get(&number).copied().flatten();
            let has = match step {
                Step::Take => Some(me),
                Step::Assign(account) => Some(account),
                Step::Release => None,
            };
            way_back.push(format!("{number}:{}:{}", id(had), id(has)));
        }
        lines.push(came(&visitor, number, done, "desk-several-ok"));
    }
    told(&visitor, "desk-several-lead", lines, way_back)
}

fn id(account: Option<AccountId>) -> String {
    account
        .map(|account| account.to_string())
        .unwrap_or_default()
}

async fn holders(
    cases: &Cases,
    visitor: &Visitor,
    numbers: &[Number],
) -> Result<HashMap<Number, Option<AccountId>>> {
    let rows = cases.rows_of(&visitor.actor, numbers).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.assignee))
        .collect())
}

/// Gives every case back to the one who had it, unless it has another holder by now.
async fn undo(visitor: Visitor, State(cases): State<Cases>, fields: Fields) -> PageResult {
    visitor.require_sign_in()?;
    let account = |text: &str| text.parse::<AccountId>().ok();
    let asked: Vec<(Number, Option<AccountId>, Option<AccountId>)> = fields
        .all("undo")
        .filter_map(|line| {
            let mut parts = line.split(':');
            let number = parts.next()?.parse().ok()?;
            Some((number, account(parts.next()?), account(parts.next()?)))
        })
        .take(SEVERAL)
        .collect();
    let numbers: Vec<Number> = asked.iter().map(|(number, ..)| *number).collect();
    let now = holders(&cases, &visitor, &numbers).await?;
    let mut lines = Vec::new();
    for (number, had, has) in asked {
        let done = match (now.get(&number), had) {
            (Some(holder), _) if *holder != has => Err(Error::Conflict("desk-several-moved-on")),
            (Some(_), Some(had)) => cases.assign(&visitor.actor, number, had).await,
            (Some(_), None) => cases.release(&visitor.actor, number).await,
            (None, _) => Err(Error::NotFound),
        };
        lines.push(came(&visitor, number, done, "desk-several-undone"));
    }
    told(&visitor, "desk-several-undo-lead", lines, Vec::new())
}

fn came(visitor: &Visitor, number: Number, done: Result<()>, said: &str) -> Came {
    let request = &visitor.request;
    let (text, tone) = match done {
        Ok(()) => (request.t(said).into_owned(), "good"),
        Err(Error::Conflict(key)) => (request.t(key).into_owned(), "warn"),
        Err(Error::Invalid(errors)) => {
            let key = errors.first().map_or("error-something", |error| error.key);
            (request.t(key).into_owned(), "warn")
        }
        Err(Error::Forbidden | Error::NotFound) => {
            (request.t("desk-several-not-yours").into_owned(), "warn")
        }
        Err(_) => (request.t("desk-several-failed").into_owned(), "bad"),
    };
    Came {
        number: number.to_string(),
        text,
        tone,
    }
}

fn told(visitor: &Visitor, lead: &str, lines: Vec<Came>, way_back: Vec<String>) -> PageResult {
    let request = &visitor.request;
    let done = lines.iter().filter(|line| line.tone == "good").count();
    let facts = [
        ("done", i64::try_from(done).unwrap_or(0).into()),
        ("all", i64::try_from(lines.len()).unwrap_or(0).into()),
    ];
    let lead = request.ta(lead, &facts);
    let response: Response = web::html(&Done {
        page: request.page(request.t("desk-several").into_owned()),
        lead,
        lines,
        way_back,
    })?;
    Ok(response)
}
