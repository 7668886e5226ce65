//! What is done at the desk. Each action asks the service and comes back to the case with a
//! sentence; what was typed is kept when it was refused or the case has moved on meanwhile.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use base::id::AccountId;
use base::{Error, FieldError, Number, Result};
use people::{Subject, Visitor};
use web::{Fields, Page, PageResult};

use super::case_view::{AnswerView, Painter};
use super::desk::{Place, TypedWords, draw, open};
use super::names::Names;
use super::number_in;
use crate::Cases;
use crate::model::{AnswerDraft, AnswerKind, AnswerParts, NoAnswerItem, Outcome, Promised};
use crate::states::Action;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/{number}/take", get(back).post(take))
        .route("/desk/{number}/assign", get(back).post(assign))
        .route("/desk/{number}/messages", get(back).post(write))
        .route("/desk/{number}/answer", get(back).post(answer))
        .route("/desk/{number}/agreement", get(back).post(agreement))
        .route("/desk/{number}/agree", get(ask_agree).post(agree))
        .route("/desk/{number}/return", get(back).post(return_answer))
        .route("/desk/{number}/close", get(ask_close).post(close))
}

#[derive(Template)]
#[template(path = "desk-confirm.html")]
pub(super) struct Confirm {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) action: String,
    pub(super) button: String,
    pub(super) answer: Option<AnswerView>,
}

/// Whoever comes to the address of a form that was sent, after signing in say, finds the case.
async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
    let number = number_in(&number)?;
    Ok(visitor.request.redirect(&format!("/desk/{number}")))
}

/// What follows an action: the case again with a sentence, or the form with its mistakes. A case
/// that moved on meanwhile keeps what was typed.
async fn follow(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    place: &Place,
    done: Result<()>,
    said: &str,
    typed: TypedWords,
) -> PageResult {
    let errors = match done {
        Ok(()) => {
            let view = place.view().unwrap_or_default();
            let back = place.address(&format!("/desk/{number}"), view, place.after());
            return Ok(visitor.request.redirect_saying(&back, said));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(key)) => vec![FieldError::new("", key)],
        Err(other) => return Err(other.into()),
    };
    let card = open(cases, visitor, number).await?;
    draw(cases, visitor, place, Some(&card), typed, errors).await
}

async fn take(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    let done = cases.take(&visitor.actor, number).await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-taken",
        TypedWords::default(),
    )
    .await
}

async fn assign(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let done = match fields.text("account").parse::<AccountId>() {
        Ok(account) => cases.assign(&visitor.actor, number, account).await,
        Err(_) => Err(Error::field("account", "error-choose-one")),
    };
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-assigned",
        TypedWords::default(),
    )
    .await
}

async fn write(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let typed = TypedWords {
        message: fields.text("text").to_owned(),
        expects_reply: fields.text("expects_reply") == "yes",
        ..TypedWords::default()
    };
    let done = cases
        .write_as_staff(&visitor.actor, number, &typed.message, typed.expects_reply)
        .await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-written",
        typed,
    )
    .await
}

/// Keeps the draft of the answer and, when that was the button, sends it to a head.
async fn answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let typed = TypedWords {
        outcome: fields.text("outcome").to_owned(),
        answer: fields.text("answer").to_owned(),
        interim: fields.text("interim") == "yes",
        grounds: fields.text("grounds").to_owned(),
        measures: fields.text("measures").to_owned(),
        next_steps: fields.text("next_steps").to_owned(),
        to_correct: fields.text("to_correct").to_owned(),
        promises: fields.text("promises").to_owned(),
        item: fields.text("item").to_owned(),
        ..TypedWords::default()
    };
    let to_head = fields.text("then") == "agreement";
    let said = if to_head {
        "desk-answer-sent"
    } else {
        "desk-answer-saved"
    };
    let done = match draft_of(&typed) {
        Ok(draft) if to_head => cases.send_answer(&visitor.actor, number, draft).await,
        Ok(draft) => cases.draft_answer(&visitor.actor, number, draft).await,
        Err(error) => Err(error),
    };
    let done = done.map_err(|error| at_field(error, "answer"));
    follow(&cases, &visitor, number, &place, done, said, typed).await
}

/// The answer that was typed.
fn draft_of(typed: &TypedWords) -> Result<AnswerDraft> {
    Ok(AnswerDraft {
        kind: if typed.interim {
            AnswerKind::Interim
        } else {
            AnswerKind::Final
        },
        outcome: Outcome::from_code(&typed.outcome)
            .ok_or_else(|| Error::field("outcome", "error-choose-one"))?,
        text: typed.answer.clone(),
        parts: AnswerParts {
            grounds: typed.grounds.clone(),
            measures: typed.measures.clone(),
            next_steps: typed.next_steps.clone(),
            to_correct: typed.to_correct.clone(),
            promises: promises_in(&typed.promises)?,
            item: NoAnswerItem::from_code(&typed.item),
        },
    })
}

/// Promises as they are typed: each on a line of its own, the day first.
fn promises_in(text: &str) -> Result<Vec<Promised>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (day, what) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let on = jiff::civil::Date::strptime("%d.%m.%Y", day).or_else(|_| day.parse());
            match on {
                Ok(on) if !what.trim().is_empty() => Ok(Promised {
                    text: what.trim().to_owned(),
                    on,
                }),
                _ => Err(Error::field("promises", "case-error-promise")),
            }
        })
        .collect()
}

/// Names the field of the form that a mistake in a text belongs to.
fn at_field(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(mut errors) => {
            for error in errors.iter_mut().filter(|error| error.field == "text") {
                field.clone_into(&mut error.field);
            }
            Error::Invalid(errors)
        }
        other => other,
    }
}

async fn agreement(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    let done = cases.send_for_agreement(&visitor.actor, number).await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-answer-sent",
        TypedWords::default(),
    )
    .await
}

async fn return_answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let typed = TypedWords {
        remark: fields.text("remark").to_owned(),
        ..TypedWords::default()
    };
    let done = cases
        .return_answer(&visitor.actor, number, &typed.remark)
        .await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-returned",
        typed,
    )
    .await
}

async fn agree(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    let done = cases.agree(&visitor.actor, number).await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-agreed",
        TypedWords::default(),
    )
    .await
}

async fn close(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    let done = cases.close(&visitor.actor, number).await;
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-closed",
        TypedWords::default(),
    )
    .await
}

async fn ask_agree(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    confirm(&cases, &visitor, &number, Action::Agree, "agree").await
}

async fn ask_close(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    confirm(&cases, &visitor, &number, Action::Close, "close").await
}

/// The page that says what will happen, before what cannot be undone.
async fn confirm(
    cases: &Cases,
    visitor: &Visitor,
    number: &str,
    action: Action,
    name: &str,
) -> PageResult {
    visitor.require_sign_in()?;
    let card = open(cases, visitor, number_in(number)?).await?;
    if !card.actions.contains(&action) {
        // Whoever may never do it is told so; for others the case has moved on.
        if let Some(permission) = action.permission() {
            people::require(
                &visitor.actor,
                permission,
                &Subject::in_unit(card.case.unit),
            )?;
        }
        return Err(Error::Conflict("case-error-state").into());
    }
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let title = request.t(&format!("desk-{name}-title")).into_owned();
    let waiting = card.open_answer().filter(|_| action == Action::Agree);
    let page = request.page(title.clone()).dense();
    web::html(&Confirm {
        page,
        action: format!("/desk/{}/{name}", card.case.number),
        number: card.case.number.to_string(),
        title,
        text: request.t(&format!("desk-{name}-text")).into_owned(),
        button: request.t(&format!("desk-{name}-do")).into_owned(),
        answer: waiting.map(|answer| painter.answer(answer)),
    })
}
