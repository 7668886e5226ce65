//! Several answers read and decided at once: each stands there whole, with the mark of what is shown,
//! so that none is agreed to that was written anew meanwhile.

use askama::Template;
use base::{Error, FieldError, Moment, Number};
use people::Visitor;
use web::{Fields, Page, PageResult};

use super::case_view::{AnswerView, Painter, topic};
use super::desk::{Place, open};
use super::desk_actions::{Asked, wrote_since};
use super::names::Names;
use super::several;
use crate::Cases;
use crate::model::{Card, SentBack};
use crate::reading::QueueView;
use crate::states::Action;
use crate::workplace::{Came, Verdict};

/// An answer that waits, as its head reads it.
pub(super) struct WaitingAnswer {
    pub(super) number: String,
    pub(super) topic: String,
    /// What was asked, in the applicant's words.
    pub(super) question: String,
    pub(super) asked: Asked,
    /// When the applicant wrote after the answer was written.
    pub(super) wrote: Option<Moment>,
    pub(super) before: Option<SentBack>,
    pub(super) answer: AnswerView,
    /// What is to be done with it on paper; empty where none is owed.
    pub(super) paper: String,
    pub(super) mark: String,
    pub(super) ticked: bool,
}

#[derive(Template)]
#[template(path = "desk-several-decide.html")]
pub(super) struct Deciding {
    pub(super) page: Page,
    pub(super) answers: Vec<WaitingAnswer>,
    /// Those that were ticked and wait for nobody's decision, or for another's.
    pub(super) others: Vec<String>,
    pub(super) remark: String,
    /// Where it leads back to.
    pub(super) back: String,
}

/// Shows the ticked answers, each whole.
pub(super) async fn read(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    fields: &Fields,
) -> PageResult {
    match several::numbers_in(fields) {
        Ok(numbers) => draw(cases, visitor, place, &numbers, fields, Vec::new()).await,
        Err(Error::Invalid(errors)) => {
            several::draw_list(cases, visitor, place, fields, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Decides about those that are still ticked, as they were read.
pub(super) async fn decide(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    fields: &Fields,
) -> PageResult {
    let step = fields.text("do");
    let verdict = match step {
        "agree" => Verdict::Agree,
        _ => Verdict::Return(fields.text("remark").to_owned()),
    };
    let done = match several::numbers_in(fields) {
        Ok(numbers) => {
            let read = as_read(fields, &numbers);
            cases.decide_several(&visitor.actor, &verdict, &read).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(came) => {
            let what = [("step", step), ("view", QueueView::Agreement.code())];
            let came: Vec<(&str, &Came)> = came.iter().map(|one| ("done", one)).collect();
            Ok(several::told(visitor, &what, &came))
        }
        Err(Error::Invalid(errors)) => {
            let shown: Vec<Number> = marks(fields).map(|(number, _)| number).collect();
            draw(cases, visitor, place, &shown, fields, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The marks of the answers that the page has shown.
fn marks(fields: &Fields) -> impl Iterator<Item = (Number, &str)> {
    fields.all("mark").filter_map(|line| {
        let (number, mark) = line.rsplit_once(':')?;
        Some((number.parse().ok()?, mark))
    })
}

/// What was read of these cases; of a case that the page has not shown, nothing.
fn as_read(fields: &Fields, numbers: &[Number]) -> Vec<(Number, String)> {
    let read = |number: &Number| {
        let mut shown = marks(fields);
        let mark = shown.find(|(known, _)| known == number);
        mark.map_or("", |(_, mark)| mark).to_owned()
    };
    numbers
        .iter()
        .map(|number| (*number, read(number)))
        .collect()
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    numbers: &[Number],
    fields: &Fields,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let ticked: Vec<&str> = fields.all("case").collect();
    let (mut answers, mut others) = (Vec::new(), Vec::new());
    for number in numbers.iter().copied() {
        let card = match open(cases, visitor, number).await {
            Ok(card) => card,
            Err(Error::NotFound) => {
                others.push(number.to_string());
                continue;
            }
            Err(other) => return Err(other.into()),
        };
        match waiting(&painter, &card, &ticked) {
            Some(answer) => answers.push(answer),
            None => others.push(number.to_string()),
        }
    }
    let status = super::reception::status_for(&errors);
    let page = request.page(request.t("desk-decide"));
    let page = page.with_errors(errors);
    web::html_with(
        status,
        &Deciding {
            page: page.with_label("remark", request.t("desk-remark-label")),
            answers,
            others,
            remark: fields.text("remark").to_owned(),
            back: place.kept("/desk/several"),
        },
    )
}

fn waiting(painter: &Painter<'_>, card: &Card, ticked: &[&str]) -> Option<WaitingAnswer> {
    let answer = card.open_answer()?;
    let number = card.case.number.to_string();
    card.allows(Action::Agree).then(|| WaitingAnswer {
        topic: topic(card, painter.names, painter.request),
        question: Painter::question(card),
        asked: Asked::of(card),
        wrote: wrote_since(card),
        before: answer.before.clone(),
        answer: painter.answer(answer),
        paper: if card.content.is_owed_on_paper(&card.case) {
            painter.to_be_sent(card, "desk-agree-paper")
        } else {
            String::new()
        },
        mark: answer.mark.clone(),
        ticked: ticked.contains(&&*number),
        number,
    })
}
