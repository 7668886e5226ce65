//! The history of a case in words: what happened, why, and who did it, as they were called then.

use base::id::UnitId;
use base::{Moment, Result};
use web::Request;

use super::case_view::Painter;
use super::names;
use crate::Cases;
use crate::model::{Card, Outcome, Side};

/// One thing that happened.
#[derive(Clone, Debug)]
pub(crate) struct HistoryLine {
    pub(crate) at: Moment,
    /// When it was written down here, where that was not when it happened: «перенесено».
    pub(crate) written: Option<Moment>,
    pub(crate) what: String,
    /// The reason, where one was given.
    pub(crate) detail: String,
    pub(crate) who: String,
    /// The kind of service.
    pub(super) service: String,
}

/// The most acts that stand beside the stages; the rest is in the history.
const MOST_ACTS: usize = 12;

/// What staff do among themselves: it is in the history, but no step of the case.
const INNER: [&str; 8] = [
    "case.noted",
    "case.prioritised",
    "case.part_added",
    "case.part_done",
    "case.part_withdrawn",
    "case.escalated",
    "case.reminded",
    "case.start_reminded",
];

/// What the applicant's side does itself.
const BY_APPLICANT: [&str; 10] = [
    "case.document_sent",
    "case.answer_printed",
    "case.filed",
    "case.applicant_wrote",
    "case.corrected",
    "case.party_added",
    "case.party_removed",
    "case.cancelled",
    "case.objected",
    "case.rated",
];

/// What somebody of another unit than the case's may do, too: shown with the name alone.
const BY_OTHERS: [&str; 10] = [
    "case.filed",
    "case.caller_heard",
    "case.assigned",
    "case.answered",
    "case.interim_answered",
    "case.answer_agreed",
    "case.answer_returned",
    "case.part_done",
    "case.extended",
    "case.reopened",
];

/// The history of a case in words, newest last: a line for each of its entries.
pub(crate) async fn history_in_words(
    cases: &Cases,
    request: &Request,
    card: &Card,
) -> Result<Vec<HistoryLine>> {
    let names = names::Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    Ok(painter.history(card))
}

impl Painter<'_> {
    /// Everything that happened, newest last.
    pub(super) fn history(&self, card: &Card) -> Vec<HistoryLine> {
        // Who had the case when it happened, not who has it now.
        let known = |code: Option<&str>| {
            code.and_then(|code| self.names.units().by_code(code))
                .map(|unit| unit.id)
        };
        let first = card.history.iter().find_map(|told| told.field("unit"));
        let mut unit = known(first).unwrap_or(card.case.unit);
        let mut lines = Vec::with_capacity(card.history.len());
        for told in &card.history {
            lines.push(HistoryLine {
                at: told.occurred_at,
                written: is_carried_over(told).then_some(told.recorded_at),
                what: self.happened(card, told),
                detail: self.detail(card, told),
                who: self.who(card, told, unit),
                service: self.names.service(card.case.service),
            });
            unit = known(told.field("unit")).unwrap_or(unit);
        }
        lines
    }

    /// What staff have done with the case, the newest first.
    pub(super) fn acts(&self, card: &Card) -> Vec<HistoryLine> {
        let lines = card.history.iter().zip(self.history(card)).rev();
        lines
            .filter(|(told, _)| {
                let own = told.field("by").is_none() && BY_APPLICANT.contains(&&*told.action);
                !own && !INNER.contains(&&*told.action)
            })
            .map(|(_, line)| line)
            .take(MOST_ACTS)
            .collect()
    }

    /// An entry in words; one of an unknown kind is told as a change.
    fn happened(&self, card: &Card, told: &journal::Told) -> String {
        let mut key = format!("case-did-{}", told.action.replace('.', "-"));
        if told.action == "case.filed" && told.field("by").is_some() {
            key.push_str("-for");
        }
        if let Some(variant) = carried_variant(told) {
            key.push('-');
            key.push_str(variant);
        }
        if !self
            .request
            .shell()
            .words()
            .has(self.request.language, &key)
        {
            return self.request.t("case-did-something").into_owned();
        }
        let text = |field: &str| told.field(field).unwrap_or_default().to_owned();
        let unit_of = |field: &str| {
            told.field(field)
                .and_then(|code| self.names.units().by_code(code))
                .map(|unit| unit.name(self.request.language).to_owned())
        };
        let unit = unit_of("unit").unwrap_or_else(|| self.names.unit(card.case.unit));
        let outcome = told
            .field("outcome")
            .and_then(Outcome::from_code)
            .map(|outcome| names::outcome(self.request, outcome));
        let date = ["expected_on", "planned_on", "begin_by", "send_by", "due_on"]
            .into_iter()
            .find_map(|field| told.field(field))
            .and_then(|date| date.parse().ok())
            .map(|date| self.date(date));
        let what: Vec<String> = text("what")
            .split(", ")
            .filter(|field| !field.is_empty())
            .map(|field| {
                self.request
                    .t(&format!("case-field-{field}"))
                    .to_lowercase()
            })
            .collect();
        let tree = self.names.contents().categories();
        let category = tree
            .by_code(&text("category"))
            .map(|known| tree.path(known.id, self.request.language));
        let role = told
            .field("role")
            .map(|role| self.request.t(&format!("case-role-{role}")).to_lowercase());
        let priority = told
            .field("priority")
            .and_then(catalog::Priority::from_code)
            .map(|priority| self.request.t(priority.key()).to_lowercase());
        self.request.ta(
            &key,
            &[
                ("priority", priority.unwrap_or_default().into()),
                ("unit", unit.into()),
                ("outcome", outcome.unwrap_or_default().into()),
                ("name", text("specialist").into()),
                ("by", text("by").into()),
                ("source", text("source").into()),
                ("items", text("items").into()),
                ("to", text("to").into()),
                ("from", text("from").into()),
                ("date", date.unwrap_or_default().into()),
                ("days", text("days").into()),
                ("what", what.join(", ").into()),
                ("category", category.unwrap_or_default().into()),
                ("part_unit", unit_of("part_unit").unwrap_or_default().into()),
                ("role", role.unwrap_or_default().into()),
                ("number", text("objection").into()),
                ("stars", text("stars").into()),
            ],
        )
    }

    /// The reason of an entry; a head's remark to a draft is for staff alone.
    fn detail(&self, card: &Card, told: &journal::Told) -> String {
        let day = |field: &str| told.field(field).and_then(|date| date.parse().ok());
        if let (true, Some(before), Some(since)) = (
            is_carried_over(told) && told.field("days").is_none(),
            day("due_before"),
            day("due_on"),
        ) {
            let days = [
                ("before", self.date(before).into()),
                ("date", self.date(since).into()),
            ];
            return self.request.ta("case-did-term", &days);
        }
        let reason = told.field("reason").filter(|reason| !reason.is_empty());
        let remark = told.field("remark").filter(|_| card.side == Side::Staff);
        match (reason, remark) {
            (Some(known_by), _) if told.action == "case.caller_heard" => self
                .request
                .ta("case-did-known-by", &[("known_by", known_by.into())]),
            (Some(reason), _) => self
                .request
                .ta("case-did-reason", &[("reason", reason.into())]),
            (None, Some(remark)) => self
                .request
                .ta("case-did-remark", &[("remark", remark.into())]),
            (None, None) => String::new(),
        }
    }

    /// Who did it: the applicant, or the unit that had the case with the name of the one who acted
    /// where an entry, a message or an answer of the same moment knows it.
    fn who(&self, card: &Card, told: &journal::Told, unit: UnitId) -> String {
        let by_applicant =
            told.field("by").is_none() && BY_APPLICANT.contains(&told.action.as_str());
        if by_applicant {
            return match card.side {
                _ if card.case.is_carried_over() => {
                    self.request.t("case-side-applicant").into_owned()
                }
                Side::Applicant => self.request.t("case-you").into_owned(),
                Side::Staff => card.content.applicant.full_name(),
            };
        }
        let unit = self.names.unit(unit);
        match actor_of(card, told) {
            Some(name) if BY_OTHERS.contains(&told.action.as_str()) => name.to_owned(),
            Some(name) => format!("{unit}, {name}"),
            None => unit,
        }
    }
}

/// Whether an entry was carried over: it tells of a time before it was written down. What happens
/// here is written down at the moment at which it happens.
pub(super) fn is_carried_over(told: &journal::Told) -> bool {
    told.occurred_at != told.recorded_at
}

/// How an entry of another system is said where it knows less, or other things, than ours do.
fn carried_variant(told: &journal::Told) -> Option<&'static str> {
    let has = |field: &str| told.field(field).is_some_and(|value| !value.is_empty());
    match told.action.as_str() {
        _ if !is_carried_over(told) => None,
        "case.answered" if !has("outcome") => Some("plain"),
        "case.reopened" if !has("due_on") => Some("plain"),
        "case.recategorised" if has("to") => Some("plain"),
        "case.closed" => match told.field("ended") {
            Some("silence") => Some("silence"),
            Some("agreed") => Some("agreed"),
            Some("confirmed") => Some("confirmed"),
            _ => None,
        },
        _ => None,
    }
}

/// The name of the member of staff behind an entry, as far as the card knows it.
fn actor_of<'a>(card: &'a Card, told: &'a journal::Told) -> Option<&'a str> {
    let at = told.recorded_at;
    let name = match told.action.as_str() {
        "case.taken" => told.field("specialist"),
        _ if told.field("by").is_some() => told.field("by"),
        "case.staff_wrote" => card
            .messages
            .iter()
            .find(|message| message.side == Side::Staff && message.sent_at == at)
            .map(|message| message.author.as_str()),
        "case.answered" => card
            .answers
            .iter()
            .find(|answer| answer.delivered_at == Some(at))
            .and_then(|answer| answer.head.as_deref()),
        "case.answer_drafted" => card
            .answers
            .iter()
            .find(|answer| answer.written_at == at)
            .map(|answer| answer.author.as_str()),
        _ => None,
    };
    name.filter(|name| !name.is_empty())
}
