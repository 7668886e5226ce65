//! What an operator reads out to the one who asks about their case: what is awaited of them, the
//! messages and the answers; and the answer as a letter, for those who want it on paper.

use axum::extract::{Path, State};
use base::{Error, Number, Result};
use jiff::civil::Date;
use people::Visitor;
use web::PageResult;

use super::case::latin;
use super::case_view::{AnswerView, MessageView, Painter};
use super::course_view::CourseView;
use super::names::Names;
use super::papers::{answer_pdf, given};
use super::{number_in, reception};
use crate::Cases;
use crate::model::{AnswerKind, Card, Side};

/// What the applicant would see of their case.
pub(super) struct ToldView {
    pub(super) course: CourseView,
    /// The day on which the specialist means to answer.
    pub(super) planned: Option<Date>,
    pub(super) messages: Vec<MessageView>,
    /// Interim and final answers, the newest last.
    pub(super) answers: Vec<AnswerView>,
    /// Where the answer is to be sent on paper; empty when nothing waits to be sent.
    pub(super) send_to: String,
    /// The telephone of an applicant without e-mail to whom nobody has said yet what is new; empty
    /// where there is nothing to say.
    pub(super) call: String,
}

/// What is told of a case that the operator took in. The reading is written down.
pub(super) async fn told(
    cases: &Cases,
    visitor: &Visitor,
    names: &Names,
    number: Number,
) -> Result<ToldView> {
    let card = cases.card_to_tell(&visitor.actor, number).await?;
    let painter = Painter {
        request: &visitor.request,
        names,
        today: cases.today(),
    };
    let mut answers = painter.on_paper(&card, AnswerKind::Interim);
    answers.extend(painter.on_paper(&card, AnswerKind::Final));
    for answer in &mut answers {
        answer.paper = answer.paper.replacen("/cases/", "/reception/", 1);
    }
    let mut course = painter.course(&card);
    if let Some(asked) = &mut course.asked {
        // The page speaks to the operator, not to whom the papers are awaited from.
        asked.title = visitor.request.t("case-asked-staff").into_owned();
    }
    let call = if is_news(&card, &course) && card.content.applicant.email.is_empty() {
        card.content.applicant.phone.clone()
    } else {
        String::new()
    };
    Ok(ToldView {
        call,
        course,
        planned: card
            .case
            .clocks
            .planned_on
            .filter(|_| card.case.answered_at.is_none() && card.case.state.is_open()),
        messages: painter.messages(&card),
        answers,
        send_to: if card.case.to_post {
            painter.to_be_sent(&card, "desk-posting")
        } else {
            String::new()
        },
    })
}

/// Whether something was said to the applicant since they were heard last.
fn is_news(card: &Card, course: &CourseView) -> bool {
    let last = |side: Side| {
        let said = card.messages.iter().filter(|message| message.side == side);
        said.map(|message| message.sent_at).max()
    };
    let shown = course.asked.iter().map(|asked| asked.at);
    let shown = shown.chain(course.notes.iter().map(|note| note.at)).max();
    shown.max(last(Side::Staff)) > last(Side::Applicant)
}

/// An answer as a letter, printed by the operator who took the case in: the entry names them.
pub(super) async fn answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, file)): Path<(String, String)>,
) -> PageResult {
    reception::require_operator(&visitor)?;
    let place = file.strip_suffix(".pdf").ok_or(Error::NotFound)?;
    let place: usize = place.parse().map_err(|_| Error::NotFound)?;
    let number = number_in(&number)?;
    let mut card = cases.card_to_tell(&visitor.actor, number).await?;
    card.side = Side::Staff;
    let pdf = answer_pdf(&cases, &visitor, &card, place).await?;
    Ok(given(pdf, &format!("{}-{place}", latin(number))))
}
