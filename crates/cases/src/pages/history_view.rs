//! The history of a case in words: what happened, why, and who did it, as they were called then.

use base::id::UnitId;
use base::{Moment, Result};
use web::Request;

use super::case_view::{Painter, given};
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
const INNER: [&str; 15] = [
    "case.task_overdue",
    "case.task_reminded",
    "case.original_opened",
    "case.noted",
    "case.prioritised",
    "case.part_added",
    "case.part_done",
    "case.part_withdrawn",
    "case.escalated",
    "case.reminded",
    "case.start_reminded",
    "case.part_reminded",
    "case.part_overdue",
    "case.plan_reminded",
    "case.plan_overdue",
];

/// What the applicant's side does itself.
const BY_APPLICANT: [&str; 14] = [
    "case.review_asked",
    "case.works_disputed",
    "case.party_agreed",
    "case.party_declined",
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
const BY_OTHERS: [&str; 26] = [
    "case.problem_joined",
    "case.problem_left",
    "case.problem_closed",
    "case.task_set",
    "case.works_begun",
    "case.works_stage_done",
    "case.works_done",
    "case.works_confirmed",
    "case.works_upheld",
    "case.works_sent_back",
    "case.works_put_off",
    "case.works_dropped",
    "case.filed",
    "case.scan_added",
    "case.caller_heard",
    "case.code_renewed",
    "case.assigned",
    "case.answered",
    "case.interim_answered",
    "case.answer_agreed",
    "case.answer_returned",
    "case.part_done",
    "case.extended",
    "case.reopened",
    "case.corrected",
    "case.document_sent",
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
        let for_them = ["case.filed", "case.corrected", "case.document_sent"];
        if for_them.contains(&&*told.action) && told.field("by").is_some() {
            key.push_str("-for");
        }
        if told.action == "case.caller_heard" && told.field("reception").is_some() {
            key.push_str("-elsewhere");
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
        let days = [
            "expected_on",
            "planned_on",
            "posted_on",
            "begin_by",
            "task_due_on",
            "send_by",
        ];
        let date = days
            .into_iter()
            .chain(["part_due_on", "due_on"])
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
                ("reception", unit_of("reception").unwrap_or_default().into()),
                ("role", role.unwrap_or_default().into()),
                ("number", text("objection").into()),
                ("stars", text("stars").into()),
                ("works", text("works").into()),
                ("stage", text("stage").into()),
                ("item", text("post_item").into()),
                ("hours", text("hours").into()),
                (
                    "given",
                    given(&[text("post_item"), text("hours")].concat()).into(),
                ),
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
            (Some(known_by), _) if told.action == "case.code_renewed" => self
                .request
                .ta("case-did-known-by", &[("known_by", known_by.into())]),
            (Some(known_by), _) if told.action == "case.caller_heard" => {
                self.heard(card, told, known_by)
            }
            (Some(reason), _) => self
                .request
                .ta("case-did-reason", &[("reason", reason.into())]),
            (None, Some(remark)) => self
                .request
                .ta("case-did-remark", &[("remark", remark.into())]),
            (None, None) => String::new(),
        }
    }

    /// What somebody said and handed over who called or came, and how they were known.
    fn heard(&self, card: &Card, told: &journal::Told, known_by: &str) -> String {
        let mut messages = card.messages.iter();
        let said = messages
            .find(|message| message.heard.is_some() && message.sent_at == told.recorded_at)
            .map(|message| message.text.as_str());
        let said = [
            ("case-did-said", said),
            ("case-message-handed", told.field("handed")),
            ("case-did-known-by", Some(known_by)),
        ];
        let said = said.into_iter().filter_map(|(key, words)| {
            let words = words.filter(|words| !words.is_empty())?;
            let args = [("what", words.into()), ("known_by", words.into())];
            Some(self.request.ta(key, &args))
        });
        said.collect::<Vec<_>>().join(" \u{b7} ")
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
                // A letter is printed by whoever opens it, and by the house when it sends it.
                Side::Applicant if told.action == "case.answer_printed" => self.names.unit(unit),
                Side::Applicant => self.on_own_side(card, told),
                Side::Staff => match told.field("author") {
                    Some(author) => author.to_owned(),
                    None => card.content.applicant.full_name(),
                },
            };
        }
        let unit = self.names.unit(unit);
        match actor_of(card, told) {
            // What happened names them already.
            Some(_)
                if told.action == "case.caller_heard" && told.field("source") == Some("visit") =>
            {
                String::new()
            }
            Some(name) if BY_OTHERS.contains(&told.action.as_str()) => name.to_owned(),
            Some(name) => format!("{unit}, {name}"),
            None => unit,
        }
    }
}

impl Painter<'_> {
    /// Who of the applicant's side did it, as one of them reads it. Where there are several and no
    /// message tells whose deed it was, nobody is named.
    fn on_own_side(&self, card: &Card, told: &journal::Told) -> String {
        let you = || self.request.t("case-you").into_owned();
        if let Some(author) = told.field("author") {
            let reader = card.reader.map(|reader| reader.0.to_string());
            let own = reader.is_some() && told.field("doer") == reader.as_deref();
            return if own { you() } else { author.to_owned() };
        }
        let written = card.messages.iter().find(|message| {
            told.action == "case.applicant_wrote"
                && message.side == Side::Applicant
                && message.sent_at == told.recorded_at
        });
        match written {
            Some(message) if message.own => you(),
            Some(message) if !message.author.is_empty() => message.author.clone(),
            _ if told.action == "case.filed" && !card.is_owner => {
                card.content.applicant.full_name()
            }
            _ if card.is_owner && card.case.shared.persons.is_empty() => you(),
            _ if told.action == "case.filed" => you(),
            _ => self.request.t("case-side-applicant").into_owned(),
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
