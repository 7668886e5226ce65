//! The desk in words: lines of the queue with what is left of their terms, the drafts of answers,
//! and which of the tools are drawn.

use std::collections::HashMap;

use base::id::AccountId;
use base::{Moment, Result};
use catalog::Priority;
use jiff::civil::Date;
use people::{Named, Visitor};
use web::Request;

use super::case_view::{AnswerView, Painter};
use super::names::{self, Names};
use super::term;
use crate::Cases;
use crate::model::{AnswerState, Card, QueueRow, SentBack, Side, State};
use crate::reading::{COUNTED, QueueCounts, QueueView};
use crate::states::Action;

/// A part of the queue in the top bar.
pub(super) struct ViewTab {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) count: String,
    pub(super) here: bool,
}

/// A line of the queue.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own; a template can ask nothing else"
)]
pub(super) struct QueueLine {
    pub(super) href: String,
    pub(super) here: bool,
    pub(super) number: String,
    pub(super) topic: String,
    pub(super) service: String,
    pub(super) applicant: String,
    /// Where it is, as the applicant wrote; may be empty.
    pub(super) place: String,
    /// Its state, where the tag says what is left instead.
    pub(super) state: String,
    /// Who has it: empty for one's own.
    pub(super) holder: String,
    /// Whose it is, for those who see several units.
    pub(super) unit: String,
    pub(super) waits_for_us: bool,
    /// Whether the applicant was asked something, where its state does not say so.
    pub(super) waits_for_them: bool,
    pub(super) carried_over: bool,
    pub(super) left: String,
    pub(super) tone: &'static str,
    /// How much of the term has passed, of a hundred; none when no term runs.
    pub(super) share: Option<i64>,
    /// Whether heads were told that its term is in danger.
    pub(super) escalated: bool,
    pub(super) danger: bool,
    /// «Взять до 27 ноября»; empty once the work has begun.
    pub(super) begin: String,
    /// Whether that day has passed.
    pub(super) begin_late: bool,
    /// «План: 12 декабря»; empty without one.
    pub(super) planned: String,
    /// How urgent it is, where that is more than usual.
    pub(super) priority: String,
}

/// An answer with its state.
pub(super) struct AnswerLine {
    pub(super) state: String,
    pub(super) author: String,
    pub(super) written_at: Moment,
    pub(super) remark: String,
    /// What a head sent back before it was written anew.
    pub(super) before: Option<SentBack>,
    /// Whether its words stand in the form of whoever may write it.
    pub(super) in_form: bool,
    pub(super) shown: AnswerView,
}

/// Which tools are drawn: what the service says this actor may do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each tool; a template can ask nothing else"
)]
pub(super) struct Tools {
    pub(super) take: bool,
    pub(super) assign: bool,
    pub(super) write: bool,
    pub(super) draft_answer: bool,
    pub(super) send_for_agreement: bool,
    pub(super) agree: bool,
    pub(super) return_answer: bool,
    pub(super) close: bool,
}

impl Tools {
    /// The tools for a card; a case that somebody has is not taken again.
    pub(super) fn of(card: &Card) -> Self {
        let may = |action| card.allows(action);
        Self {
            take: may(Action::Take),
            assign: may(Action::Assign),
            write: may(Action::Write),
            draft_answer: may(Action::DraftAnswer),
            send_for_agreement: may(Action::SendForAgreement),
            agree: may(Action::Agree),
            return_answer: may(Action::Return),
            close: may(Action::Close),
        }
    }

    /// Whether the case asks nothing more of its reader: there is a next one to go to.
    pub(super) fn is_done(self) -> bool {
        !(self.take || self.draft_answer || self.agree || self.return_answer || self.close)
    }

    /// Whether no tool is drawn at all.
    pub(super) fn nothing(self) -> bool {
        self == Self::default()
    }
}

/// The parts of the queue; that of agreement only for those who agree.
pub(super) fn tabs(
    request: &Request,
    counts: &QueueCounts,
    at: QueueView,
    head: bool,
) -> Vec<ViewTab> {
    let all = [
        (QueueView::Mine, "desk-mine", counts.mine),
        (QueueView::Unit, "desk-unit", counts.unit),
        (QueueView::Urgent, "desk-urgent", counts.urgent),
        (QueueView::Agreement, "desk-agreement", counts.agreement),
        (QueueView::Parts, "desk-parts", counts.parts),
        (QueueView::Words, "desk-words", counts.words),
        (QueueView::Posting, "desk-posting", counts.posting),
    ];
    all.into_iter()
        .filter(|(view, ..)| head || *view != QueueView::Agreement)
        // Few have parts of other units' cases, urgent ones or letters: the rest are spared the tabs.
        .filter(|(view, _, count)| {
            use QueueView::{Parts, Posting, Urgent, Words};
            let seldom = [Parts, Urgent, Words, Posting].contains(view);
            !seldom || *count > 0 || at == *view
        })
        .map(|(view, key, count)| ViewTab {
            code: view.code(),
            name: request.t(key).into_owned(),
            count: if count >= COUNTED {
                request.ta("desk-more-than", &[("count", COUNTED.into())])
            } else {
                web::Words::number(request.language, count)
            },
            here: view == at,
        })
        .collect()
}

/// What lines of the queue are made with: who has the cases, and what else a line cannot know.
pub(super) struct Lines<'a> {
    request: &'a Request,
    names: &'a Names,
    today: Date,
    me: Option<AccountId>,
    holders: HashMap<AccountId, Named>,
    /// Whether the reader sees the cases of more units than one.
    has_units: bool,
}

impl<'a> Lines<'a> {
    /// For rows of which `holders` have some.
    pub(super) async fn of(
        cases: &Cases,
        visitor: &'a Visitor,
        names: &'a Names,
        holders: Vec<AccountId>,
    ) -> Result<Self> {
        Ok(Self {
            request: &visitor.request,
            names,
            today: cases.today(),
            me: visitor.actor.account(),
            holders: cases.people().named(&visitor.actor, &holders).await?,
            has_units: visitor.actor.units().len() > 1,
        })
    }

    /// Who has these cases.
    pub(super) fn holders<'b>(rows: impl Iterator<Item = &'b QueueRow>) -> Vec<AccountId> {
        rows.filter_map(|row| row.case.assignee).collect()
    }

    /// Who has a case: nothing for one's own, and a word where nobody has it.
    fn holder(&self, row: &QueueRow) -> String {
        match row.case.assignee {
            Some(holder) if Some(holder) == self.me => String::new(),
            _ => self.named_holder(row),
        }
    }

    /// Who has a case, by name; a word where nobody has it.
    pub(super) fn named_holder(&self, row: &QueueRow) -> String {
        let Some(holder) = row.case.assignee else {
            return if row.case.state.is_open() {
                self.request.t("desk-row-free").into_owned()
            } else {
                String::new()
            };
        };
        match self.holders.get(&holder) {
            Some(named) if named.active => named.name.initials(),
            Some(named) => {
                let name = named.name.initials();
                self.request.ta("desk-row-off", &[("name", name.into())])
            }
            None => self.request.t("desk-statistics-gone").into_owned(),
        }
    }

    /// A line of the queue; `query` leads back to the same place of the list.
    pub(super) fn line(&self, row: &QueueRow, query: &str, here: bool) -> QueueLine {
        let (request, names, today) = (self.request, self.names, self.today);
        let case = &row.case;
        let open_term = case.due_on.filter(|_| case.state.is_open());
        let stands = open_term.is_some() && case.stands_since.is_some();
        let counted_from = term::counted_from(request, case.stands_since, today);
        let days = open_term.map(|due| term::days_until(today, due));
        let words = request.shell().words();
        let day = |key: &str, date: Option<Date>| {
            let date = date.filter(|_| case.state.is_open());
            date.map_or_else(String::new, |date| {
                let date = words.date_short(request.language, date);
                request.ta(key, &[("date", date.into())])
            })
        };
        let begin_by = case.clocks.waits_to_begin();
        let begin_late = begin_by.is_some_and(|by| by < today) && case.state.is_open();
        let begin = if begin_late {
            "desk-begin-late"
        } else {
            "desk-begin-by"
        };
        QueueLine {
            href: format!("/desk/{}?{query}", case.number),
            here,
            number: case.number.to_string(),
            topic: names.topic(case, &row.topic, &row.answers),
            service: names.service(case.service),
            applicant: row.applicant.clone(),
            place: names.place(case.territory, &row.place),
            state: days
                .map(|_| names::state(request, case.state))
                .unwrap_or_default(),
            holder: self.holder(row),
            unit: if self.has_units {
                names.unit(case.unit)
            } else {
                String::new()
            },
            waits_for_us: case.words_since.is_some(),
            waits_for_them: case.waits_for == Some(Side::Applicant)
                && case.state.is_open()
                && case.state != State::Waiting,
            carried_over: case.is_carried_over(),
            left: match days {
                Some(_) if stands => term::stands(request),
                Some(days) => term::short(request, days),
                None => names::state_of(request, case),
            },
            tone: days.filter(|_| !stands).map_or("calm", term::tone),
            share: open_term.map(|due| term::share(case, due, counted_from)),
            escalated: false,
            danger: row.danger && case.state.is_open(),
            begin: day(begin, begin_by),
            begin_late,
            planned: day("desk-planned", case.clocks.planned_on),
            priority: case
                .clocks
                .priority
                .filter(|priority| *priority > Priority::Usual && case.state.is_open())
                .map(|priority| {
                    let name = request.t(priority.key());
                    request.ta("desk-priority", &[("name", name.into())])
                })
                .unwrap_or_default(),
        }
    }
}

/// The answers, oldest first.
pub(super) fn answers(painter: &Painter<'_>, card: &Card) -> Vec<AnswerLine> {
    let mut given = 0_usize;
    card.answers
        .iter()
        .map(|answer| {
            let is_given = answer.state == AnswerState::Delivered;
            given += usize::from(is_given);
            AnswerLine {
                state: names::answer_state(painter.request, answer.state),
                author: answer.author.clone(),
                written_at: answer.written_at,
                remark: answer.remark.clone(),
                before: answer.before.clone(),
                in_form: [AnswerState::Draft, AnswerState::Returned].contains(&answer.state)
                    && answer.rule.is_none(),
                shown: AnswerView {
                    author: String::new(),
                    paper: if is_given {
                        format!("/cases/{}/answers/{given}.pdf", card.case.number)
                    } else {
                        String::new()
                    },
                    ..painter.answer(answer)
                },
            }
        })
        .collect()
}
