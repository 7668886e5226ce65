//! Many cases in one step: the queue with boxes to tick, one thing to do with all that are ticked,
//! what came of each, and the way back while nobody has gone on with it. Each case is a change of
//! its own, so that one that was refused holds up no other.

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
use crate::workplace::{Came, SEVERAL, Step, WayBack};

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
    lines: Vec<CameLine>,
    /// What takes it back: number, who had it before, who has it now.
    way_back: Vec<String>,
}

/// What came of one case.
struct CameLine {
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
    let view = place.view().unwrap_or_default();
    let colleagues = colleagues(cases, visitor).await?;
    let person = whose.person.as_deref().filter(|person| !person.is_empty());
    let found = if let Some(person) = person {
        let account = person
            .parse::<AccountId>()
            .map_err(|_| Error::Malformed("error-malformed-do"))?;
        let filter = QueueFilter {
            holder: Some(account),
            ..QueueFilter::default()
        };
        cases.queue(&visitor.actor, filter, None).await?
    } else {
        let filter = QueueFilter {
            view,
            ..QueueFilter::default()
        };
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
        view: view.code(),
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
    let came = cases.several(&visitor.actor, step, &numbers).await?;
    let way_back = came
        .iter()
        .filter_map(|one| one.back)
        .map(line_of)
        .collect();
    let lines = came
        .into_iter()
        .map(|one| line(&visitor, one, "desk-several-ok"))
        .collect();
    told(&visitor, "desk-several-lead", lines, way_back)
}

/// What takes a step back as one hidden field.
fn line_of(way: WayBack) -> String {
    let id = |account: Option<AccountId>| account.map(|id| id.to_string()).unwrap_or_default();
    format!("{}:{}:{}", way.number, id(way.had), id(way.has))
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
    let lines = came
        .into_iter()
        .map(|one| line(&visitor, one, "desk-several-undone"))
        .collect();
    told(&visitor, "desk-several-undo-lead", lines, Vec::new())
}

fn line(visitor: &Visitor, came: Came, said: &str) -> CameLine {
    let request = &visitor.request;
    let (text, tone) = match came.done {
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
    CameLine {
        number: came.number.to_string(),
        text,
        tone,
    }
}

fn told(visitor: &Visitor, lead: &str, lines: Vec<CameLine>, way_back: Vec<String>) -> PageResult {
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
