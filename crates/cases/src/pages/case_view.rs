//! A case as its page shows it: who has it, what is done and what is ahead, what was said. The
//! card of the service goes in, plain texts come out; nothing is decided here.

use base::Moment;
use catalog::{Definition, Shown};
use jiff::civil::Date;
use web::Request;

use super::Line;
use super::course_view::CourseView;
use super::intake_view;
use super::names::{self, Names};
use super::term::{self, DueView};
use crate::model::{Answer, AnswerKind, AnswerState, Card, RouteReason, Side, State};
use crate::states::Action;

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: String,
}

/// One stage of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stage {
    /// `done`, `now` or `ahead`.
    pub(super) state: &'static str,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) link: Option<Link>,
}

/// One message.
#[derive(Clone, Debug)]
pub(super) struct MessageView {
    pub(super) author: String,
    pub(super) place: String,
    pub(super) text: String,
    pub(super) sent_at: Moment,
    pub(super) own: bool,
}

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct AnswerView {
    pub(super) outcome: String,
    pub(super) tone: &'static str,
    pub(super) text: String,
    pub(super) author: String,
    pub(super) head: String,
    pub(super) signer: String,
    /// Grounds, measures, next steps, promises: what there is of them.
    pub(super) parts: Vec<Line>,
    pub(super) delivered_at: Option<Moment>,
    /// Address of the letter; empty where there is none.
    pub(super) paper: String,
}

/// The whole case.
#[derive(Clone, Debug)]
pub(super) struct CaseView {
    pub(super) number: String,
    pub(super) service: String,
    pub(super) category: String,
    pub(super) topic: String,
    pub(super) applicant: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) holder: String,
    pub(super) received_at: Moment,
    pub(super) received_on: Date,
    pub(super) carried_over: bool,
    pub(super) waits_for_applicant: bool,
    pub(super) can_write: bool,
    pub(super) answer: Option<AnswerView>,
    pub(super) stages: Vec<Stage>,
    pub(super) lines: Vec<Line>,
    pub(super) messages: Vec<MessageView>,
    pub(super) due: Option<DueView>,
    pub(super) facts: Vec<Line>,
    pub(super) course: CourseView,
    /// What the reader may do on pages of their own.
    pub(super) deeds: Vec<Link>,
}

/// What a view is made with.
pub(super) struct Painter<'a> {
    pub(super) request: &'a Request,
    pub(super) names: &'a Names,
    pub(super) today: Date,
}

impl Painter<'_> {
    /// The case; `definition` is the service as it was when the case was filed, where it is known.
    pub(super) fn case(&self, card: &Card, definition: Option<&Definition>) -> CaseView {
        let row = &card.case;
        let zone = &self.request.shell().settings().zone;
        let topic = topic(card, self.names, self.request);
        CaseView {
            number: row.number.to_string(),
            service: self.names.service(row.service),
            category: self.names.category_path(row.category),
            topic,
            applicant: card.content.applicant.title(),
            state: names::state_of(self.request, row),
            tone: names::state_tone(row.state),
            holder: self.holder(card),
            received_at: row.received_at,
            received_on: row.received_at.date(zone),
            carried_over: row.is_carried_over(),
            waits_for_applicant: row.waits_for == Some(Side::Applicant) && row.state.is_open(),
            can_write: card.actions.contains(&Action::Write),
            answer: self.delivered(card),
            stages: self.stages(card),
            lines: self.lines(card, definition),
            messages: self.messages(card),
            due: term::view(self.request, row, card.term.as_ref(), self.today),
            facts: self.facts(card),
            course: self.course(card),
            deeds: super::deeds::links(self.request, card),
        }
    }

    /// The unit and, for those who are let into the case, the specialist.
    fn holder(&self, card: &Card) -> String {
        let unit = self.names.unit(card.case.unit);
        match card.specialist() {
            Some(name) => format!("{unit}, {name}"),
            None => unit,
        }
    }

    /// The answer that the applicant has; one carried over from another system counts too.
    fn delivered(&self, card: &Card) -> Option<AnswerView> {
        // The answer from before a case was reopened is history.
        let own = self
            .on_paper(card, AnswerKind::Final)
            .pop()
            .filter(|_| !card.case.state.is_open());
        own.or_else(|| {
            let text = card.content.carried_answer.clone()?;
            let outcome = card.case.outcome;
            Some(AnswerView {
                outcome: outcome.map_or_else(
                    || self.request.t("case-answer").into_owned(),
                    |outcome| names::outcome(self.request, outcome),
                ),
                tone: outcome.map_or("calm", names::outcome_tone),
                text,
                author: String::new(),
                head: String::new(),
                signer: String::new(),
                parts: Vec::new(),
                delivered_at: card.case.answered_at,
                paper: String::new(),
            })
        })
    }

    /// The delivered answers of a kind, oldest first, each with the address of its letter.
    pub(super) fn on_paper(&self, card: &Card, kind: AnswerKind) -> Vec<AnswerView> {
        card.answers
            .iter()
            .filter(|answer| answer.state == AnswerState::Delivered)
            .zip(1..)
            .filter(|(answer, _)| answer.kind == kind)
            .map(|(answer, place)| AnswerView {
                paper: format!("/cases/{}/answers/{place}.pdf", card.case.number),
                ..self.answer(answer)
            })
            .collect()
    }

    pub(super) fn answer(&self, answer: &Answer) -> AnswerView {
        AnswerView {
            outcome: names::outcome(self.request, answer.outcome),
            tone: names::outcome_tone(answer.outcome),
            text: answer.text.clone(),
            author: answer.author.clone(),
            head: answer.head.clone().unwrap_or_default(),
            signer: [
                answer.post.as_str(),
                answer.signer.as_deref().unwrap_or_default(),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
            parts: self.parts_of(answer),
            delivered_at: answer.delivered_at,
            paper: String::new(),
        }
    }

    /// The parts of an answer that say something.
    fn parts_of(&self, answer: &Answer) -> Vec<Line> {
        let parts = &answer.parts;
        let promises: Vec<String> = parts
            .promises
            .iter()
            .map(|promise| {
                self.request.ta(
                    "case-answer-promise",
                    &[
                        ("date", self.date(promise.on).into()),
                        ("text", promise.text.as_str().into()),
                    ],
                )
            })
            .collect();
        let item = parts.item.map_or_else(String::new, |item| {
            self.request
                .t(&format!("case-item-{}", item.code()))
                .into_owned()
        });
        [
            ("case-answer-item", item),
            ("case-answer-grounds", parts.grounds.clone()),
            ("case-answer-measures", parts.measures.clone()),
            ("case-answer-promises", promises.join("\n")),
            ("case-answer-to_correct", parts.to_correct.clone()),
            ("case-answer-next_steps", parts.next_steps.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Line::new(self.request.t(key), value))
        .collect()
    }

    fn messages(&self, card: &Card) -> Vec<MessageView> {
        let unit = self.names.unit(card.case.unit);
        card.messages
            .iter()
            .map(|message| {
                let own = message.side == card.side;
                let staff = message.side == Side::Staff;
                MessageView {
                    author: if own && !staff || message.author.is_empty() {
                        let key = match (own, staff) {
                            (true, _) => "case-you",
                            (false, true) => "case-side-staff",
                            (false, false) => "case-side-applicant",
                        };
                        self.request.t(key).into_owned()
                    } else {
                        message.author.clone()
                    },
                    place: match &message.heard {
                        Some(heard) => intake_view::heard(self.request, heard),
                        None if staff => unit.clone(),
                        None => String::new(),
                    },
                    text: message.text.clone(),
                    sent_at: message.sent_at,
                    own,
                }
            })
            .collect()
    }

    /// What was filed, field by field; what is said elsewhere on the page is left out.
    fn lines(&self, card: &Card, definition: Option<&Definition>) -> Vec<Line> {
        let shown = Shown {
            language: self.request.language,
            words: self.request.shell().words(),
            categories: self.names.contents().categories(),
            units: self.names.units(),
            officials: self.names.contents().officials(),
            map: None,
        };
        let lines: Vec<Line> = definition
            .map(|definition| definition.form.summary(&card.content.answers, &shown))
            .unwrap_or_default()
            .into_iter()
            .filter(|line| !["subject", "category"].contains(&line.field.as_str()))
            .filter(|line| card.side == Side::Applicant || !is_name(&line.field))
            .map(|line| Line::new(line.label, line.value))
            .chain(self.came(card))
            .collect();
        if !lines.is_empty() {
            return lines;
        }
        let text = card.content.text("description");
        if text.is_empty() {
            return Vec::new();
        }
        vec![Line::new(self.request.t("case-text"), text)]
    }

    /// How it came, when an operator took it in.
    fn came(&self, card: &Card) -> Option<Line> {
        let taken = card.taken.as_ref()?;
        let came = intake_view::taken(self.request, taken);
        Some(Line::new(self.request.t("reception-came"), came))
    }

    fn facts(&self, card: &Card) -> Vec<Line> {
        let row = &card.case;
        let place = [
            self.names.territory(row.territory),
            card.content.address.clone(),
        ];
        let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
        let regime = card
            .term
            .as_ref()
            .map(|term| regime(self.request, &term.due.rule.regime))
            .unwrap_or_default();
        let facts = [
            ("case-fact-category", self.names.category_path(row.category)),
            ("case-fact-regime", regime),
            ("case-fact-place", place.join(", ")),
            ("case-fact-unit", self.names.unit(row.unit)),
            ("case-fact-registered", self.date(row.registered_on)),
            (
                "case-fact-outside",
                row.outside_number.clone().unwrap_or_default(),
            ),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| Line::new(self.request.t(key), value))
            .collect()
    }

    /// What is done, what is happening and what is ahead.
    fn stages(&self, card: &Card) -> Vec<Stage> {
        let row = &card.case;
        let unit = self.names.unit(row.unit);
        let why = Link {
            href: format!("/cases/{}/why#route", row.number),
            text: self.request.t("case-why-here-short").into_owned(),
        };
        let mut stages = vec![
            self.stage(
                "done",
                "case-stage-registered",
                self.moment(row.received_at),
            ),
            Stage {
                state: if row.state == State::Registered {
                    "now"
                } else {
                    "done"
                },
                title: self
                    .request
                    .ta("case-stage-routed", &[("unit", unit.into())]),
                note: self.moment(row.received_at),
                link: Some(why),
            },
        ];
        let ended = [State::Forwarded, State::Cancelled].contains(&row.state);
        for state in [
            State::Checking,
            State::InWork,
            State::Waiting,
            State::InAgreement,
        ] {
            // A case goes through these two only when there is a reason to.
            let by_the_way = [State::Checking, State::Waiting].contains(&state);
            let came = reached(card, state);
            if (by_the_way || ended) && (came.is_none() || (row.state < state && !ended)) {
                continue;
            }
            let key = format!("case-stage-{}", state.code());
            let note = match came {
                Some(moment) if row.state >= state => self.moment(moment),
                _ if row.state < state => self.request.t(&format!("{key}-ahead")).into_owned(),
                _ => String::new(),
            };
            stages.push(self.stage(place(row.state, state), &key, note));
        }
        if ended {
            let note = reached(card, row.state).map(|moment| self.moment(moment));
            let key = format!("case-stage-{}", row.state.code());
            stages.push(self.stage("done", &key, note.unwrap_or_default()));
            return stages;
        }
        let note = match (row.answered_at, row.due_on) {
            (Some(moment), _) => self.moment(moment),
            (None, Some(due)) if row.state.is_open() => self
                .request
                .shell()
                .words()
                .until(self.request.language, due),
            _ => String::new(),
        };
        let answered = if row.state.is_open() { "ahead" } else { "done" };
        stages.push(self.stage(answered, "case-stage-decided", note));
        if row.state == State::Closed {
            let note = reached(card, State::Closed).map(|moment| self.moment(moment));
            stages.push(self.stage("done", "case-stage-closed", note.unwrap_or_default()));
        }
        stages
    }

    fn stage(&self, state: &'static str, key: &str, note: String) -> Stage {
        Stage {
            state,
            title: self.request.t(key).into_owned(),
            note,
            link: None,
        }
    }

    fn moment(&self, moment: Moment) -> String {
        let shell = self.request.shell();
        let zone = &shell.settings().zone;
        let year = self.request.now().date(zone).year();
        shell
            .words()
            .moment(self.request.language, moment, zone, Some(year))
    }

    pub(super) fn date(&self, date: Date) -> String {
        self.request
            .shell()
            .words()
            .date_long(self.request.language, date)
    }
}

/// The topic in the applicant's words, the subject where there are none.
pub(super) fn topic(card: &Card, names: &Names, request: &Request) -> String {
    let own = card.content.text("subject");
    let category = names.category(card.case.category);
    // A service that asks for neither is what its messages are about.
    let service = names.service(card.case.service);
    if !own.is_empty() {
        own.to_owned()
    } else if !category.is_empty() {
        category
    } else if !service.is_empty() {
        service
    } else {
        request.t("case-no-topic").into_owned()
    }
}

/// Why a case is where it is, in words.
pub(crate) fn route(request: &Request, reason: &RouteReason) -> String {
    let args: Vec<(&str, web::WordArg<'_>)> = reason
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), value.into()))
        .collect();
    request.ta(&reason.key, &args)
}

/// The law that a case runs under.
pub(super) fn regime(request: &Request, regime: &str) -> String {
    let key = format!("law-regime-{regime}");
    if request.shell().words().has(request.language, &key) {
        request.t(&key).into_owned()
    } else {
        request.t("law-regime-own").into_owned()
    }
}

/// When the case came into `state` the last time: the first of the entries that it has been in that
/// state since.
fn reached(card: &Card, state: State) -> Option<Moment> {
    let is_in = |told: &&journal::Told| told.field("state") == Some(state.code());
    let mut newest = card.history.iter().rev().skip_while(|told| !is_in(told));
    let mut came = newest.next()?;
    for told in newest {
        if !is_in(&told) {
            break;
        }
        came = told;
    }
    Some(came.occurred_at)
}

/// Where `stage` stands for a case that is in `at`.
fn place(at: State, stage: State) -> &'static str {
    match at.cmp(&stage) {
        std::cmp::Ordering::Less => "ahead",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "done",
    }
}

/// Whether a line says who filed, which the desk shows in its own place.
fn is_name(field: &str) -> bool {
    [
        "applicant.last_name",
        "applicant.first_name",
        "applicant.middle_name",
    ]
    .contains(&field)
}
