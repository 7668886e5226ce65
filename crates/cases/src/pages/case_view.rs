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
use super::rule_view;
use super::term::{self, DueView};
use crate::model::{
    Answer, AnswerKind, AnswerState, Card, RouteReason, Side, State, Turn, TurnKind,
};
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
    /// By which rule it came about, in a sentence; empty where people decided.
    pub(super) by_rule: String,
    /// Why the rule fits: every condition that was looked at.
    pub(super) why: Vec<WhyLine>,
}

/// A rule or a condition of an explanation.
#[derive(Clone, Debug)]
pub(super) struct WhyLine {
    pub(super) text: String,
    pub(super) holds: bool,
    /// Whether it is a rule, whose conditions follow.
    pub(super) rule: bool,
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
    /// That the applicant has written and nobody has reacted, for staff alone; else empty.
    pub(super) news: String,
    /// Until when a reply is awaited; empty where no day was named.
    pub(super) reply_by: String,
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
    /// The answer that staff have to send on paper.
    pub(super) posting: Option<PostingView>,
}

/// An answer that waits to go out on paper.
#[derive(Clone, Debug)]
pub(super) struct PostingView {
    /// Where to, or what else is to be done with it.
    pub(super) text: String,
    /// Address of the letter.
    pub(super) paper: String,
    /// Where it is written down that it went; empty where the reader may not.
    pub(super) deed: String,
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
            tone: names::tone_of(row),
            holder: self.holder(card),
            received_at: row.received_at,
            received_on: row.received_at.date(zone),
            carried_over: row.is_carried_over(),
            waits_for_applicant: row.waits_for == Some(Side::Applicant) && row.state.is_open(),
            news: match (card.side, row.words_since) {
                (Side::Staff, Some(_)) => self.request.t("desk-waits").into_owned(),
                _ => String::new(),
            },
            reply_by: self.reply_by(card),
            can_write: card.actions.contains(&Action::Write),
            answer: self.delivered(card),
            stages: self.stages(card),
            lines: self.lines(card, definition),
            messages: self.messages(card),
            due: term::view(self.request, row, card.term.as_ref(), self.today),
            facts: self.facts(card),
            course: self.course(card),
            deeds: super::deeds::links(self.request, card),
            posting: self.posting(card),
        }
    }

    /// Until when the applicant is asked to reply to the newest message.
    fn reply_by(&self, card: &Card) -> String {
        let mut told = card.history.iter().rev();
        let day = told.find_map(|told| told.field("reply_by"));
        let day = day.and_then(|day| day.parse().ok());
        day.map_or_else(String::new, |day| {
            let date = [("date", self.date(day).into())];
            let key = match card.side {
                Side::Applicant => "case-waits-until",
                Side::Staff => "desk-waits-until",
            };
            self.request.ta(key, &date)
        })
    }

    /// The answer that waits to go out on paper, for those who send it.
    fn posting(&self, card: &Card) -> Option<PostingView> {
        if !card.case.to_post || card.side != Side::Staff {
            return None;
        }
        let delivered = card
            .answers
            .iter()
            .filter(|answer| answer.state == AnswerState::Delivered);
        let newest = delivered.zip(1..);
        let (_, place) = newest.max_by_key(|(answer, _)| answer.delivered_at)?;
        let number = card.case.number;
        let may = card.allows(Action::PostAnswer);
        Some(PostingView {
            text: self.to_be_sent(card, "desk-posting"),
            paper: format!("/cases/{number}/answers/{place}.pdf"),
            deed: if may {
                format!("/desk/{number}/do/{}", Action::PostAnswer.code())
            } else {
                String::new()
            },
        })
    }

    /// What is to be done with an answer on paper: `key-to` where there is an address, `key-keep`
    /// where there is none.
    pub(super) fn to_be_sent(&self, card: &Card, key: &str) -> String {
        let applicant = &card.content.applicant;
        if applicant.postal_address.is_empty() {
            let phone = applicant.phone.as_str();
            let facts = [("phone", phone.into()), ("given", given(phone).into())];
            return self.request.ta(&format!("{key}-keep"), &facts);
        }
        let to = [applicant.title(), applicant.postal_address.clone()];
        let to = to.into_iter().filter(|part| !part.is_empty());
        let to = to.collect::<Vec<_>>().join(", ");
        self.request.ta(&format!("{key}-to"), &[("to", to.into())])
    }

    /// What was asked, in the applicant's words; empty where the form asked nothing in words.
    pub(super) fn question(card: &Card) -> String {
        card.content.text("description").to_owned()
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
                by_rule: String::new(),
                why: Vec::new(),
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
        // An interim answer decides nothing, and a draft may not have been decided yet.
        let (outcome, tone) = match answer.kind {
            AnswerKind::Interim => (self.request.t("case-answer-interim").into_owned(), "calm"),
            AnswerKind::Final if answer.undecided => {
                (self.request.t("desk-undecided").into_owned(), "calm")
            }
            AnswerKind::Final => (
                names::outcome(self.request, answer.outcome),
                names::outcome_tone(answer.outcome),
            ),
        };
        AnswerView {
            outcome,
            tone,
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
            by_rule: answer
                .rule
                .as_ref()
                .map(|rule| rule_view::sentence(self.request, rule))
                .unwrap_or_default(),
            why: answer
                .rule
                .as_ref()
                .map(|rule| rule_view::why(self.request, rule))
                .unwrap_or_default(),
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
                .t(&format!("case-item-told-{}", item.code()))
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

    pub(super) fn messages(&self, card: &Card) -> Vec<MessageView> {
        let unit = self.names.unit(card.case.unit);
        card.messages
            .iter()
            .map(|message| {
                let staff = message.side == Side::Staff;
                // The authority speaks as one; on the applicant's side everybody for themselves.
                let own = message.side == card.side && (staff || message.own);
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
            map: Some(catalog::form::Drawn {
                map: self.names.contents().map(),
                pressed: None,
            }),
        };
        let lines: Vec<Line> = definition
            .map(|definition| definition.form.summary(&card.content.answers, &shown))
            .unwrap_or_default()
            .into_iter()
            .filter(|line| !["subject", "category"].contains(&line.field.as_str()))
            .filter(|line| card.side == Side::Applicant || !is_name(&line.field))
            .map(Line::answered)
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
        let registered = if row.registered_on > self.today {
            "case-fact-will-register"
        } else {
            "case-fact-registered"
        };
        let facts = [
            ("case-fact-category", self.names.category_path(row.category)),
            ("case-fact-regime", regime),
            ("case-fact-place", place.join(", ")),
            ("case-fact-unit", self.names.unit(row.unit)),
            (registered, self.date(row.registered_on)),
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
                note: self.moment(routed_at(card)),
                link: Some(why),
            },
        ];
        let ended = [State::Forwarded, State::Cancelled].contains(&row.state);
        let mut between: Vec<(Option<Moment>, Stage)> = Vec::new();
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
            // What it has gone past without was never done.
            if came.is_none() && row.state > state {
                continue;
            }
            let key = format!("case-stage-{}", state.code());
            let note = match came {
                Some(moment) if row.state >= state => self.moment(moment),
                _ if row.state < state => self.request.t(&format!("{key}-ahead")).into_owned(),
                _ => String::new(),
            };
            let place = place(row.state, state);
            let passed = came.filter(|_| place == "done");
            between.push((passed, self.stage(place, &key, note)));
        }
        // What is done stands in the order in which it was done; the rest after it.
        between.sort_by_key(|(passed, _)| (passed.is_none(), *passed));
        stages.extend(between.into_iter().map(|(_, stage)| stage));
        if ended {
            let note = reached(card, row.state).map(|moment| self.moment(moment));
            let key = format!("case-stage-{}", row.state.code());
            stages.push(self.stage("done", &key, note.unwrap_or_default()));
            return stages;
        }
        let note = match (row.answered_at, row.due_on) {
            (Some(moment), _) => self.moment(moment),
            (None, Some(_)) if row.stands_since.is_some() => term::stands(self.request),
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

/// Whether something was said, for words that differ by it.
pub(super) const fn given(text: &str) -> &'static str {
    if text.is_empty() { "no" } else { "yes" }
}

/// What the case is about, as a heading.
pub(super) fn topic(card: &Card, names: &Names, request: &Request) -> String {
    let content = &card.content;
    let topic = names.topic(&card.case, content.text("subject"), &content.answers);
    if topic.is_empty() {
        return request.t("case-no-topic").into_owned();
    }
    topic
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

/// When the case came to the unit that has it.
fn routed_at(card: &Card) -> Moment {
    let redirected = |turn: &&Turn| matches!(turn.what, TurnKind::Redirected { .. });
    let last = card.course.turns.iter().rev().find(redirected);
    last.map_or(card.case.received_at, |turn| turn.made_at)
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
