//! What is done at the desk. Each action asks the service and comes back to the case with a
//! sentence; what was typed is kept when it was refused or the case has moved on meanwhile.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::{Error, FieldError, Number, Result};
use jiff::civil::Date;
use people::{Subject, Visitor};
use web::{Fields, Page, PageResult};

use super::case_view::{AnswerView, Painter, topic};
use super::colleagues;
use super::desk::{Place, TypedWords, draw, draw_refused, open};
use super::names::Names;
use super::number_in;
use crate::Cases;
use crate::REWRITTEN;
use crate::model::{
    AnswerDraft, AnswerKind, AnswerParts, Card, NoAnswerItem, Outcome, PartState, Promised,
    SentBack, Side,
};
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
    /// What the case is about.
    pub(super) topic: String,
    pub(super) text: String,
    /// What is to be done with an answer on paper; empty where none is owed.
    pub(super) paper: String,
    /// What was asked, in the applicant's words.
    pub(super) question: String,
    pub(super) asked: Asked,
    /// When the applicant wrote after the answer was written.
    pub(super) wrote: Option<base::Moment>,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) button: String,
    pub(super) answer: Option<AnswerView>,
    /// The mark of that answer; what is agreed to is what was read.
    pub(super) mark: String,
    /// What a head sent back before it was written anew.
    pub(super) before: Option<SentBack>,
}

/// What a head holds an answer against, beside the question: whom it speaks to, what they want, and
/// whether somebody still works on a part of it.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) by: String,
    /// What they wish to come of it; empty where the form does not ask.
    pub(super) wish: String,
    pub(super) parts: bool,
}

impl Asked {
    pub(super) fn of(card: &Card) -> Self {
        let mut parts = card.course.parts.iter();
        Self {
            by: card.content.applicant.title(),
            wish: card.content.text("expected").to_owned(),
            parts: parts.any(|part| part.state == PartState::Open),
        }
    }
}

/// Whoever comes to the address of a form that was sent, after signing in say, finds the case.
pub(super) async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
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
    let rewritten = matches!(done, Err(Error::Conflict(REWRITTEN)));
    let typed = if rewritten && typed.has_answer() {
        typed.set_aside()
    } else {
        typed
    };
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
    let done = match colleagues::chosen(&cases, &visitor, &fields).await {
        Ok(account) => cases.assign(&visitor.actor, number, account).await,
        Err(error) => Err(error),
    };
    let typed = TypedWords {
        who: fields.text("who").to_owned(),
        ..TypedWords::default()
    };
    follow(
        &cases,
        &visitor,
        number,
        &place,
        done,
        "desk-assigned",
        typed,
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
    let typed = typed_in(&fields);
    // The answer is begun in the same form: sending a message keeps it.
    let mut done = Ok(());
    let known = open(&cases, &visitor, number).await?;
    let known = known.open_answer();
    if typed.has_answer() && !known.is_some_and(|known| typed.is_kept_as(known)) {
        done = keep_draft(&cases, &visitor, number, &typed, &fields).await;
    }
    if done.is_ok() {
        done = cases
            .write_as_staff(&visitor.actor, number, &typed.message, typed.expects_reply)
            .await;
    }
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
    let typed = typed_in(&fields);
    let to_head = fields.text("then") == "agreement";
    let said = if to_head {
        "desk-answer-sent"
    } else {
        "desk-answer-saved"
    };
    let done = if to_head {
        match draft_of(&typed) {
            Ok((_, false)) => Err(Error::field("outcome", "error-choose-one")),
            Ok((draft, true)) => {
                let cases = cases.at_answer(fields.get("mark"));
                let done = cases.send_answer(&visitor.actor, number, draft).await;
                done.map_err(|error| at_field(error, "answer"))
            }
            Err(error) => Err(error),
        }
    } else {
        keep_draft(&cases, &visitor, number, &typed, &fields).await
    };
    if done.is_ok() && !typed.message.trim().is_empty() {
        // A message that was begun in the same form stays in it.
        let begun = TypedWords {
            message: typed.message,
            expects_reply: typed.expects_reply,
            done: said,
            ..TypedWords::default()
        };
        let card = open(&cases, &visitor, number).await?;
        return draw(&cases, &visitor, &place, Some(&card), begun, Vec::new()).await;
    }
    follow(&cases, &visitor, number, &place, done, said, typed).await
}

/// Puts away what was typed of an answer, however little it is.
async fn keep_draft(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    typed: &TypedWords,
    fields: &Fields,
) -> Result<()> {
    let (draft, decided) = draft_of(typed)?;
    let done = cases
        .at_answer(fields.get("mark"))
        .keep_draft(&visitor.actor, number, draft, decided)
        .await;
    done.map_err(|error| at_field(error, "answer"))
}

/// What was typed into the message and the answer, which are one form.
pub(super) fn typed_in(fields: &Fields) -> TypedWords {
    TypedWords {
        message: fields.text("text").to_owned(),
        expects_reply: fields.text("expects_reply") == "yes",
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
    }
}

/// The answer that was typed, and whether its decision was chosen; an interim one has none.
fn draft_of(typed: &TypedWords) -> Result<(AnswerDraft, bool)> {
    let chosen = Outcome::from_code(&typed.outcome).filter(|_| !typed.interim);
    let draft = AnswerDraft {
        kind: if typed.interim {
            AnswerKind::Interim
        } else {
            AnswerKind::Final
        },
        outcome: chosen.unwrap_or(Outcome::Explained),
        text: typed.answer.clone(),
        parts: AnswerParts {
            grounds: typed.grounds.clone(),
            measures: typed.measures.clone(),
            next_steps: typed.next_steps.clone(),
            to_correct: typed.to_correct.clone(),
            promises: promises_in(&typed.promises)?,
            item: NoAnswerItem::from_code(&typed.item).filter(|_| !typed.interim),
        },
    };
    Ok((draft, chosen.is_some() || typed.interim))
}

/// Promises as they are typed: each on a line of its own, the day first.
fn promises_in(text: &str) -> Result<Vec<Promised>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (day, what) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let on = day_of(day);
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

/// A day as people write it, with the year in two digits or in four.
fn day_of(text: &str) -> std::result::Result<Date, jiff::Error> {
    let day = Date::strptime("%d.%m.%Y", text).or_else(|_| text.parse())?;
    match day.year() {
        year @ 0..100 => Date::new(2000 + year, day.month(), day.day()),
        _ => Ok(day),
    }
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
        .at_answer(fields.get("mark"))
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
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let read = cases.at_answer(fields.get("mark"));
    let done = read.agree(&visitor.actor, number).await;
    if let Err(Error::Conflict(REWRITTEN)) = done {
        let errors = vec![FieldError::new("", REWRITTEN)];
        return confirm(&cases, &visitor, number, Action::Agree, &place, errors).await;
    }
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
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    confirm(&cases, &visitor, number, Action::Agree, &place, Vec::new()).await
}

async fn ask_close(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let number = number_in(&number)?;
    confirm(&cases, &visitor, number, Action::Close, &place, Vec::new()).await
}

/// The page that says what will happen, before what cannot be undone; once more when the answer was
/// written anew while it was read.
async fn confirm(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    action: Action,
    place: &Place,
    errors: Vec<FieldError>,
) -> PageResult {
    visitor.require_sign_in()?;
    let name = action.code();
    let card = open(cases, visitor, number).await?;
    let waiting = card.open_answer().filter(|_| action == Action::Agree);
    if card.actions.contains(&action) && waiting.is_some_and(|answer| answer.own) {
        return draw_refused(cases, visitor, place, &card, "case-error-own-answer").await;
    }
    if !card.actions.contains(&action) {
        // Whoever may never do it is told so; for others the case has moved on.
        if let Some(permission) = action.permission() {
            people::require(
                &visitor.actor,
                permission,
                &Subject::in_unit(card.case.unit),
            )?;
        }
        return draw_refused(cases, visitor, place, &card, "case-error-state").await;
    }
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let interim = waiting.is_some_and(|answer| answer.kind == AnswerKind::Interim);
    let name_of_words = if interim { "agree-interim" } else { name };
    let title = request
        .t(&format!("desk-{name_of_words}-title"))
        .into_owned();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    };
    let page = request.page(title.clone()).dense().with_errors(errors);
    let confirm = Confirm {
        page,
        action: place.kept(&format!("/desk/{}/{name}", card.case.number)),
        back: place.kept(&format!("/desk/{}", card.case.number)),
        number: card.case.number.to_string(),
        title,
        topic: topic(&card, &names, request),
        text: request
            .t(&format!("desk-{name_of_words}-text"))
            .into_owned(),
        paper: if waiting.is_some() && card.content.is_owed_on_paper(&card.case) {
            painter.to_be_sent(&card, "desk-agree-paper")
        } else {
            String::new()
        },
        wrote: (action == Action::Agree)
            .then(|| wrote_since(&card))
            .flatten(),
        question: if action == Action::Agree {
            Painter::question(&card)
        } else {
            String::new()
        },
        asked: if action == Action::Agree {
            Asked::of(&card)
        } else {
            Asked::default()
        },
        button: request.t(&format!("desk-{name}-do")).into_owned(),
        mark: waiting
            .map(|answer| answer.mark.clone())
            .unwrap_or_default(),
        before: waiting.and_then(|answer| answer.before.clone()),
        answer: waiting.map(|answer| painter.answer(answer)),
    };
    web::html_with(status, &confirm)
}

/// When the applicant wrote, if that was after the answer that waits for agreement.
pub(super) fn wrote_since(card: &Card) -> Option<base::Moment> {
    let written_at = card.open_answer()?.written_at;
    let theirs = card
        .messages
        .iter()
        .rev()
        .find(|message| message.side == Side::Applicant);
    theirs
        .map(|message| message.sent_at)
        .filter(|moment| *moment > written_at)
}
