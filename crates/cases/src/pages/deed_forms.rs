//! What each deed asks for, field by field, with what the case already says; and how what was
//! filled in is read.

use base::id::{CategoryId, UnitId};
use base::{Error, Result};
use catalog::Priority;
use jiff::civil::Date;
use people::StaffMember;
use people::unit_changes::UnitDetails;
use uuid::Uuid;
use web::{Choice, Fields};

use super::case_view::Painter;
use super::colleagues::Colleagues;
use crate::model::{Card, Dispatch, PartState, PartyRole, Side};
use crate::states::Action;
use crate::term::forward_by;
use crate::{Cases, NewParty};

const TEXT_MOST: usize = 4_000;
const LINE_MOST: usize = 300;

/// A field of a deed's form.
pub(super) struct DeedField {
    /// `text`, `email`, `area`, `select`, `radios` or `date`.
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) value: String,
    pub(super) options: Vec<Choice>,
    pub(super) max: usize,
    pub(super) required: bool,
}

impl DeedField {
    fn hinted(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    fn of(mut self, options: Vec<Choice>) -> Self {
        self.options = options;
        self
    }

    /// What stands in it unless something was typed already.
    fn or_else(mut self, known: &str) -> Self {
        if self.value.is_empty() {
            known.clone_into(&mut self.value);
        }
        self
    }
}

/// What a form is made of.
pub(super) struct DeedForm<'a> {
    pub(super) painter: &'a Painter<'a>,
    pub(super) card: &'a Card,
    pub(super) typed: Option<&'a Fields>,
    pub(super) colleagues: Vec<StaffMember>,
    /// How the unit of the case is found.
    pub(super) contacts: UnitDetails,
}

impl DeedForm<'_> {
    fn say(&self, key: &str) -> String {
        self.painter.request.t(key).into_owned()
    }

    fn field(&self, kind: &'static str, name: &'static str, label: &str) -> DeedField {
        DeedField {
            kind,
            name,
            label: self.say(label),
            hint: String::new(),
            value: self
                .typed
                .map(|typed| typed.text(name).to_owned())
                .unwrap_or_default(),
            options: Vec::new(),
            max: if kind == "area" { TEXT_MOST } else { LINE_MOST },
            required: true,
        }
    }

    fn reason(&self) -> DeedField {
        self.field("area", "reason", "deed-reason")
            .hinted(self.say("deed-reason-hint"))
    }

    fn unit(&self) -> DeedField {
        let units = self.painter.names.unit_choices("");
        self.field("select", "unit", "deed-unit").of(units)
    }

    /// What a page says beside its first sentence.
    pub(super) fn more_leads(&self, action: Action) -> Vec<String> {
        let request = self.painter.request;
        let term = self.card.term.as_ref();
        let rule = term.and_then(Cases::rule_of);
        match action {
            Action::RequestDocuments => {
                // A term that has passed stands still no more.
                let runs = self.card.case.due_on >= Some(self.painter.today);
                let paused = runs && rule.is_some_and(|rule| rule.pause.is_some());
                let key = if paused {
                    "deed-request_documents-paused"
                } else {
                    "deed-request_documents-goes-on"
                };
                vec![self.say(key)]
            }
            Action::PostAnswer => vec![self.painter.to_be_sent(self.card, "desk-posting")],
            Action::Sign => {
                let owed = self.card.content.is_owed_on_paper(&self.card.case);
                owed.then(|| self.painter.to_be_sent(self.card, "desk-agree-paper"))
                    .into_iter()
                    .collect()
            }
            Action::Extend => match rule.and_then(|rule| rule.extension.as_ref()) {
                Some(allowed) => {
                    let days = self.card.days_to_extend().unwrap_or_default();
                    let article = allowed.article.in_language(request.language.tag());
                    let most = request.ta("deed-extend-most", &[("days", days.into())]);
                    let now = self.card.case.due_on.map(|date| {
                        let date = self.painter.date(date);
                        request.ta("deed-extend-now", &[("date", date.into())])
                    });
                    let most = format!("{most} ({article})");
                    now.into_iter().chain([most]).collect()
                }
                None => vec![self.say("deed-extend-not-allowed")],
            },
            Action::Plan => {
                let due_on = self.card.case.due_on;
                let say = |date| {
                    let date = self.painter.date(date);
                    request.ta("deed-plan-most", &[("date", date.into())])
                };
                due_on.map(say).into_iter().collect()
            }
            Action::ExplainDelay => {
                let due_on = self.card.case.due_on;
                let say = |date| {
                    let date = self.painter.date(date);
                    request.ta("deed-explain_delay-due", &[("date", date.into())])
                };
                due_on.map(say).into_iter().collect()
            }
            Action::Forward => {
                let registered_on = self.card.case.registered_on;
                let deadline = term.and_then(|term| forward_by(term, registered_on));
                deadline
                    .map(|by| {
                        let key = if self.painter.today > by {
                            "deed-forward-late"
                        } else {
                            "deed-forward-by"
                        };
                        let date = self.painter.date(by);
                        request.ta(key, &[("date", date.into())])
                    })
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The fields of a deed.
    pub(super) fn fields(&self, action: Action, side: Side) -> Vec<DeedField> {
        let window = Cases::documents_window(self.painter.today)
            .map(|date| date.to_string())
            .unwrap_or_default();
        match (action, side) {
            (Action::Note, _) => vec![self.field("area", "text", "deed-note-text")],
            (Action::Plan, _) => vec![
                self.field("date", "planned_on", "deed-plan-planned_on")
                    .or_else(&self.planned()),
            ],
            (Action::Prioritise, _) => vec![
                self.field("radios", "priority", "deed-prioritise-priority")
                    .of(self.priorities())
                    .or_else(self.card.case.clocks.priority.unwrap_or_default().code()),
            ],
            (Action::RequestDocuments, _) => vec![
                self.field("area", "items", "deed-request_documents-items")
                    .hinted(self.say("deed-request_documents-items-hint")),
                self.field(
                    "area",
                    "instructions",
                    "deed-request_documents-instructions",
                )
                .optional(),
                self.field("date", "send_by", "deed-request_documents-send_by")
                    .hinted(self.say("deed-request_documents-send_by-hint"))
                    .or_else(&window)
                    .optional(),
            ],
            (Action::PostAnswer, _) => self.posting(),
            (Action::Redirect, _) => vec![self.unit(), self.reason()],
            (Action::Forward, _) => vec![
                self.field("text", "to", "deed-forward-to")
                    .hinted(self.say("deed-forward-to-hint")),
                self.field("text", "about", "deed-forward-about")
                    .hinted(self.say("deed-forward-about-hint"))
                    .optional(),
                self.reason(),
            ],
            (Action::Extend, _) => vec![
                self.field("text", "days", "deed-extend-days"),
                self.field("radios", "ground", "deed-extend-ground")
                    .of(self.grounds()),
                self.reason(),
            ],
            (Action::ExplainDelay, _) => vec![
                self.field("date", "expected_on", "deed-explain_delay-expected_on"),
                self.reason(),
            ],
            (Action::Correct, Side::Staff) => {
                let subjects = self.painter.names.category_choices("");
                vec![
                    self.field("select", "category", "deed-correct-category")
                        .of(subjects),
                    self.reason(),
                ]
            }
            (Action::Correct, Side::Applicant) => self.own_data(),
            (Action::AddPart, _) => self.part(),
            (Action::ReportPart, _) => vec![
                Self::the_only(
                    self.field("radios", "part", "deed-report_part-part")
                        .of(self.open_parts()),
                ),
                self.field("area", "result", "deed-report_part-result"),
            ],
            (Action::WithdrawPart, _) => vec![Self::the_only(
                self.field("radios", "part", "deed-withdraw_part-part")
                    .of(self.open_parts()),
            )],
            (Action::AddParty, side) => self.party(side),
            (Action::Reopen, _) => vec![self.reason()],
            (Action::Cancel, _) => vec![
                self.reason()
                    .hinted(self.say("deed-cancel-reason-hint"))
                    .optional(),
            ],
            (Action::AskPerson, _) => vec![
                self.field("area", "reason", "deed-ask_person-reason")
                    .hinted(self.say("deed-ask_person-reason-hint"))
                    .optional(),
            ],
            (Action::ReplyToRating, _) => vec![self.field("area", "text", "deed-text")],
            (Action::Object, _) => vec![self.field("area", "reasons", "deed-object-reasons")],
            (Action::Rate, _) => vec![
                self.field("radios", "stars", "deed-rate-stars")
                    .of(self.stars()),
                self.field("area", "comment", "deed-rate-comment")
                    .optional(),
            ],
            _ => Vec::new(),
        }
    }

    /// A choice of one is made already.
    fn the_only(field: DeedField) -> DeedField {
        match &field.options[..] {
            [only] => {
                let value = only.value.clone();
                field.or_else(&value)
            }
            _ => field,
        }
    }

    fn part(&self) -> Vec<DeedField> {
        let typed = self.typed.map(|typed| typed.text("who"));
        let names = self.painter.names;
        let staff = Colleagues::of(&self.colleagues, names, typed.unwrap_or_default());
        let account = self.field("select", "account", "desk-assign-label");
        let mut fields = vec![self.unit(), account.of(staff.choices).optional()];
        if staff.many {
            let who = self.field("text", "who", "desk-who").optional();
            fields.push(who.hinted(self.say("desk-who-hint")));
        }
        fields.push(self.field("area", "task", "deed-add_part-task"));
        let due_on = self.field("date", "due_on", "deed-add_part-due_on");
        fields.push(due_on.optional());
        fields
    }

    /// How the answer went out: as the applicant and the unit are found, unless said otherwise.
    fn posting(&self) -> Vec<DeedField> {
        let applicant = &self.card.content.applicant;
        let has_address = !applicant.postal_address.is_empty();
        let ways = WAYS.map(|way| {
            let name = self.say(&format!("deed-post_answer-{way}"));
            Choice::new(way, name)
        });
        let unit = self.painter.names.unit(self.card.case.unit);
        let place = [unit, self.contacts.address.clone()];
        let place = place.into_iter().filter(|part| !part.is_empty());
        let place = place.collect::<Vec<_>>().join(", ");
        let to = [applicant.title(), applicant.postal_address.clone()].join(", ");
        let line = |name, of: &str| self.field("text", name, &format!("deed-post_answer-{of}"));
        vec![
            self.field("radios", "way", "deed-post_answer-way")
                .of(ways.to_vec())
                .or_else(if has_address { WAYS[0] } else { WAYS[1] }),
            self.field("date", "posted_on", "deed-post_answer-posted_on")
                .or_else(&self.painter.today.to_string())
                .optional(),
            line("to", "to")
                .or_else(if has_address { &to } else { "" })
                .optional(),
            line("post_item", "item").optional(),
            line("place", "place").or_else(&place).optional(),
            line("hours", "hours")
                .or_else(&self.contacts.hours)
                .optional(),
        ]
    }

    fn own_data(&self) -> Vec<DeedField> {
        let content = &self.card.content;
        let applicant = &content.applicant;
        vec![
            self.field("email", "email", "case-field-email")
                .or_else(&applicant.email)
                .optional(),
            self.field("text", "phone", "case-field-phone")
                .or_else(&applicant.phone)
                .optional(),
            self.field("text", "postal_address", "case-field-postal_address")
                .or_else(&applicant.postal_address)
                .optional(),
            self.field("text", "address", "case-field-address")
                .or_else(&content.address)
                .optional(),
            self.field("area", "addition", "deed-own-correct-addition")
                .optional(),
        ]
    }

    fn party(&self, side: Side) -> Vec<DeedField> {
        let roles = PartyRole::ALL
            .into_iter()
            .map(|role| {
                let name = self.say(&format!("case-role-{}", role.code()));
                Choice::new(role.code(), name)
            })
            .collect();
        let mut fields = vec![
            self.field("radios", "role", "deed-add_party-role")
                .of(roles),
            self.field("text", "name", "deed-add_party-name"),
        ];
        if side == Side::Applicant {
            fields.push(
                self.field("email", "email", "deed-add_party-email")
                    .hinted(self.say("deed-add_party-email-hint"))
                    .optional(),
            );
        }
        fields.push(
            self.field("area", "note", "deed-add_party-note")
                .hinted(self.say("deed-add_party-note-hint"))
                .optional(),
        );
        fields
    }

    fn planned(&self) -> String {
        let planned = self.card.case.clocks.planned_on;
        planned.map(|date| date.to_string()).unwrap_or_default()
    }

    fn priorities(&self) -> Vec<Choice> {
        Priority::ALL
            .into_iter()
            .rev()
            .map(|priority| Choice::new(priority.code(), self.say(priority.key())))
            .collect()
    }

    fn grounds(&self) -> Vec<Choice> {
        let language = self.painter.request.language.tag();
        let rule = self.card.term.as_ref().and_then(Cases::rule_of);
        rule.and_then(|rule| rule.extension.as_ref())
            .map(|allowed| &allowed.grounds[..])
            .unwrap_or_default()
            .iter()
            .map(|ground| Choice::new(&*ground.id, ground.title.in_language(language)))
            .collect()
    }

    fn open_parts(&self) -> Vec<Choice> {
        self.card
            .course
            .parts
            .iter()
            .filter(|part| part.state == PartState::Open)
            .map(|part| {
                Choice::new(part.id.to_string(), self.painter.names.unit(part.unit))
                    .with_hint(&part.task)
            })
            .collect()
    }

    fn stars(&self) -> Vec<Choice> {
        (1..=5_i64)
            .rev()
            .map(|stars| {
                let name = self
                    .painter
                    .request
                    .ta("deed-rate-star", &[("stars", stars.into())]);
                Choice::new(stars.to_string(), name)
            })
            .collect()
    }
}

/// The unit of a code that was chosen.
pub(super) async fn chosen_unit(cases: &Cases, code: &str) -> Result<UnitId> {
    let units = cases.people().units().await?;
    units
        .by_code(code)
        .map(|unit| unit.id)
        .ok_or_else(|| Error::field("unit", "error-choose-one"))
}

/// The subject of a code that was chosen.
pub(super) async fn chosen_category(cases: &Cases, code: &str) -> Result<CategoryId> {
    let contents = cases.catalog().contents().await?;
    contents
        .categories()
        .by_code(code)
        .map(|category| category.id)
        .ok_or_else(|| Error::field("category", "error-choose-one"))
}

/// The day that a field holds; none when it is empty.
pub(super) fn day_in(field: &'static str, text: &str) -> Result<Option<Date>> {
    match text.trim() {
        "" => Ok(None),
        day => day
            .parse()
            .map(Some)
            .map_err(|_| Error::field(field, "catalog-error-date-form")),
    }
}

/// By post, or ready to be collected.
const WAYS: [&str; 2] = ["posted", "ready"];

/// How an answer went out, as it was filled in.
pub(super) fn dispatch_in(fields: &Fields) -> Result<Dispatch> {
    let text = |name: &str| fields.text(name).to_owned();
    match fields.text("way") {
        "posted" => Ok(Dispatch::Posted {
            on: day_in("posted_on", fields.text("posted_on"))?
                .ok_or_else(|| Error::field("posted_on", "error-required"))?,
            to: text("to"),
            item: text("post_item"),
        }),
        "ready" => Ok(Dispatch::Ready {
            place: text("place"),
            hours: text("hours"),
        }),
        _ => Err(Error::field("way", "error-choose-one")),
    }
}

/// The part of the work that was chosen.
pub(super) fn part_in(fields: &Fields) -> Result<Uuid> {
    fields
        .text("part")
        .parse()
        .map_err(|_| Error::field("part", "error-choose-one"))
}

/// The party that was filled in.
pub(super) fn party_in(fields: &Fields) -> Result<NewParty> {
    Ok(NewParty {
        role: PartyRole::from_code(fields.text("role"))
            .ok_or_else(|| Error::field("role", "error-choose-one"))?,
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        note: fields.text("note").to_owned(),
    })
}
