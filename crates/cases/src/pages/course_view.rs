//! The course of a case in words: what is asked of the applicant, how the term was changed and why,
//! who works on it, who stands in it, what was put right, what belongs together, how it was rated.

use base::Moment;
use uuid::Uuid;

use super::case_view::{AnswerView, Link, Painter, given};
use crate::ground_in_words;
use crate::model::{AnswerKind, Card, Change, PartState, PartyRole, Side, Turn, TurnKind, Wait};
use crate::states::Action;

/// What the applicant was asked for.
#[derive(Clone, Debug)]
pub(super) struct AskedView {
    pub(super) title: String,
    pub(super) items: Vec<String>,
    pub(super) instructions: String,
    pub(super) author: String,
    pub(super) term: String,
    /// Until when it is asked to be sent; may be empty.
    pub(super) until: String,
    pub(super) at: Moment,
}

/// A turn of the case with its reason, or an extension.
#[derive(Clone, Debug)]
pub(super) struct NoteView {
    pub(super) tone: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) reason: String,
    pub(super) at: Moment,
}

/// A part of the work.
#[derive(Clone, Debug)]
pub(super) struct PartView {
    pub(super) unit: String,
    pub(super) executor: String,
    pub(super) task: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) due: String,
    pub(super) result: String,
}

/// A party.
#[derive(Clone, Debug)]
pub(super) struct PartyView {
    pub(super) id: Uuid,
    pub(super) role: String,
    pub(super) name: String,
    pub(super) note: String,
    /// Since when they agree to stand in it; empty while it is not known.
    pub(super) agreed: String,
    /// Where the reader may take them off the case; empty where they may not.
    pub(super) removal: String,
}

/// Something that was put right.
#[derive(Clone, Debug)]
pub(super) struct ChangeView {
    pub(super) field: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) author: String,
    pub(super) at: Moment,
}

/// What the applicant thinks of the work.
#[derive(Clone, Debug)]
pub(super) struct RatingView {
    pub(super) stars: String,
    pub(super) comment: String,
    pub(super) reply: String,
    pub(super) replied_by: String,
}

/// Everything of it.
#[derive(Clone, Debug, Default)]
pub(super) struct CourseView {
    pub(super) asked: Option<AskedView>,
    pub(super) notes: Vec<NoteView>,
    pub(super) interim: Vec<AnswerView>,
    /// Answers from before the case was reopened.
    pub(super) earlier: Vec<AnswerView>,
    pub(super) parts: Vec<PartView>,
    pub(super) parties: Vec<PartyView>,
    pub(super) changes: Vec<ChangeView>,
    pub(super) links: Vec<Link>,
    pub(super) rating: Option<RatingView>,
}

impl Painter<'_> {
    /// The course of a case for whoever reads the card.
    pub(super) fn course(&self, card: &Card) -> CourseView {
        let course = &card.course;
        CourseView {
            asked: course
                .open_wait()
                .filter(|_| card.case.state.is_open())
                .map(|wait| self.asked(card, wait)),
            notes: self.notes(card),
            interim: self.on_paper(card, AnswerKind::Interim),
            earlier: {
                let mut finals = self.on_paper(card, AnswerKind::Final);
                if !card.case.state.is_open() {
                    finals.pop();
                }
                finals
            },
            parts: self.parts(card),
            parties: course
                .parties
                .iter()
                .map(|party| PartyView {
                    id: party.id,
                    role: self.say(&format!("case-role-{}", party.role.code())),
                    name: party.name.clone(),
                    note: party.note.clone(),
                    agreed: match party.agreed_at {
                        Some(at) => {
                            let zone = &self.request.shell().settings().zone;
                            let date = self.date(at.date(zone));
                            self.request
                                .ta("case-named-since", &[("date", date.into())])
                        }
                        // The same of those without an account: whether one has it is told to nobody.
                        None if party.role != PartyRole::OtherSide => {
                            self.say("case-named-not-yet")
                        }
                        None => String::new(),
                    },
                    removal: match card.side {
                        Side::Applicant if card.actions.contains(&Action::AddParty) => {
                            format!("/cases/{}/parties", card.case.number)
                        }
                        _ => String::new(),
                    },
                })
                .collect(),
            changes: course
                .turns
                .iter()
                .flat_map(|turn| self.changes(turn))
                .collect(),
            links: course
                .links
                .iter()
                .map(|link| {
                    let key = if link.objects_to_this {
                        "case-link-objection"
                    } else {
                        "case-link-against"
                    };
                    let number = link.number.to_string();
                    let place = match card.side {
                        Side::Staff => "desk",
                        Side::Applicant => "cases",
                    };
                    Link {
                        href: format!("/{place}/{number}"),
                        text: self.request.ta(key, &[("number", number.into())]),
                    }
                })
                .collect(),
            rating: course.rating.as_ref().map(|rating| RatingView {
                stars: self.request.ta(
                    "case-rating-stars",
                    &[("stars", i64::from(rating.stars).into())],
                ),
                comment: rating.comment.clone(),
                reply: rating.reply.clone(),
                replied_by: rating.replied_by.clone(),
            }),
        }
    }

    fn say(&self, key: &str) -> String {
        self.request.t(key).into_owned()
    }

    fn asked(&self, card: &Card, wait: &Wait) -> AskedView {
        let title = match card.side {
            Side::Applicant => "case-asked-title",
            Side::Staff => "case-asked-staff",
        };
        let term = if wait.ground.is_some() {
            "case-asked-paused"
        } else {
            "case-asked-goes-on"
        };
        AskedView {
            title: self.say(title),
            items: wait.items.clone(),
            instructions: wait.instructions.clone(),
            author: wait.author.clone(),
            term: self.say(term),
            until: wait.send_by.map_or_else(String::new, |date| {
                let date = self.date(date);
                self.request
                    .ta("case-asked-until", &[("date", date.into())])
            }),
            at: wait.asked_at,
        }
    }

    /// What a reader of the page must know of: extensions, delays and turns, newest first.
    fn notes(&self, card: &Card) -> Vec<NoteView> {
        let mut notes: Vec<NoteView> = card
            .course
            .extensions
            .iter()
            .map(|extension| {
                let ground = card.term.as_ref().map_or_else(String::new, |term| {
                    ground_in_words(term, extension, self.request.language)
                });
                NoteView {
                    tone: "warn",
                    title: self.request.ta(
                        "case-extended-title",
                        &[("date", self.date(extension.due_on).into())],
                    ),
                    text: self.request.ta(
                        "case-extended-text",
                        &[
                            ("before", self.date(extension.due_before).into()),
                            ("ground", ground.into()),
                            ("name", extension.author.as_str().into()),
                        ],
                    ),
                    reason: extension.reason.clone(),
                    at: extension.decided_at,
                }
            })
            .collect();
        let last_delay = card.course.delay().map(|(turn, _)| turn.made_at);
        for turn in &card.course.turns {
            // Only the last explanation of a delay counts, and none once the answer is there.
            let is_delay = matches!(turn.what, TurnKind::Delayed { .. });
            let counts = Some(turn.made_at) == last_delay && card.case.state.is_open();
            if !is_delay || counts {
                notes.extend(self.note(turn));
            }
        }
        for told in &card.history {
            if let Some(number) = told.field("objection") {
                notes.push(NoteView {
                    tone: "",
                    title: self
                        .request
                        .ta("case-objected-title", &[("number", number.into())]),
                    text: self.say("case-objected-text"),
                    reason: String::new(),
                    at: told.recorded_at,
                });
            }
        }
        notes.sort_by_key(|note| std::cmp::Reverse(note.at));
        notes
    }

    fn note(&self, turn: &Turn) -> Option<NoteView> {
        let (tone, title, text) = match &turn.what {
            TurnKind::Redirected { from, to } => (
                "",
                self.request.ta(
                    "case-redirected-title",
                    &[
                        ("from", self.names.unit(*from).into()),
                        ("to", self.names.unit(*to).into()),
                    ],
                ),
                String::new(),
            ),
            TurnKind::Forwarded { to, late } => {
                let mut text = self.say("case-forwarded-text");
                if *late {
                    text.push(' ');
                    text.push_str(&self.say("case-forwarded-late"));
                }
                let title = self
                    .request
                    .ta("case-forwarded-title", &[("to", to.as_str().into())]);
                ("", title, text)
            }
            TurnKind::Cancelled => ("", self.say("case-cancelled-title"), String::new()),
            TurnKind::Reopened => ("warn", self.say("case-reopened-title"), String::new()),
            TurnKind::Delayed { expected_on } => (
                "warn",
                self.request.ta(
                    "case-delayed-title",
                    &[("date", self.date(*expected_on).into())],
                ),
                String::new(),
            ),
            TurnKind::Posted { on, to, item } => (
                "good",
                self.request.ta(
                    "case-posted-title",
                    &[
                        ("date", self.date(*on).into()),
                        ("item", item.as_str().into()),
                        ("given", given(item).into()),
                    ],
                ),
                to.clone(),
            ),
            TurnKind::Ready { place, hours } => {
                let place = [place.as_str(), hours.as_str()].map(str::trim);
                let place = place.into_iter().filter(|part| !part.is_empty());
                let place = place.collect::<Vec<_>>().join("\n");
                ("good", self.say("case-ready-title"), place)
            }
            TurnKind::Corrected { .. } => return None,
        };
        Some(NoteView {
            tone,
            title,
            text,
            reason: turn.reason.clone(),
            at: turn.made_at,
        })
    }

    fn parts(&self, card: &Card) -> Vec<PartView> {
        card.course
            .parts
            .iter()
            .map(|part| PartView {
                unit: self.names.unit(part.unit),
                executor: part.executor.clone(),
                task: part.task.clone(),
                state: self.say(&format!("case-part-{}", part.state.code())),
                tone: match part.state {
                    PartState::Open => "",
                    PartState::Done => "good",
                    PartState::Withdrawn => "calm",
                },
                due: match (part.ended_at, part.due_on) {
                    // When it was done, no longer by when.
                    (Some(moment), _) => {
                        self.date(moment.date(&self.request.shell().settings().zone))
                    }
                    (None, Some(date)) => self
                        .request
                        .ta("case-part-due", &[("date", self.date(date).into())]),
                    (None, None) => String::new(),
                },
                result: part.result.clone(),
            })
            .collect()
    }

    fn changes(&self, turn: &Turn) -> Vec<ChangeView> {
        let TurnKind::Corrected { changes } = &turn.what else {
            return Vec::new();
        };
        changes
            .iter()
            .map(|change| {
                let (before, after) = self.before_and_after(change);
                ChangeView {
                    field: self.say(&format!("case-field-{}", change.field)),
                    before,
                    after,
                    author: turn.author.clone(),
                    at: turn.made_at,
                }
            })
            .collect()
    }

    /// What it said and says; a subject by its name.
    fn before_and_after(&self, change: &Change) -> (String, String) {
        if change.field != "category" {
            return (change.before.clone(), change.after.clone());
        }
        let tree = self.names.contents().categories();
        let name = |code: &str| {
            tree.by_code(code)
                .map(|known| tree.path(known.id, self.request.language))
                .unwrap_or_default()
        };
        (name(&change.before), name(&change.after))
    }
}
