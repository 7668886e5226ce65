//! The words of the slice: what a case is, and what each reader is shown of it.

mod clocks;
mod course;
mod intake;
mod letter;
mod state;
mod works;

pub use catalog::routing::RouteReason;
pub use clocks::*;
pub use course::*;
pub use intake::*;
pub use letter::*;
pub use state::*;
pub use works::*;

use base::id::{
    AccountId, AnswerId, CaseId, CategoryId, DraftId, PersonId, ServiceId, TerritoryId, UnitId,
};
use base::{Moment, Number};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::sql::{Beside, There};

/// Where a case came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The forms of this installation.
    Web,
    /// The REST interface.
    Api,
    /// A call that an operator wrote down.
    Phone,
    /// A letter on paper that an operator entered.
    Paper,
    /// Said or handed over at the reception.
    Visit,
    /// A plain e-mail that an operator entered.
    Email,
    /// A letter that came to a mailbox of the installation.
    Mailbox,
    /// Said to the assistant: in a messenger or on the page of the dialogue.
    Messenger,
    /// A comment or a message in a social network.
    Network,
    /// Said to a voice assistant.
    Voice,
    /// Carried over from another system: «перенесено».
    Import,
}

impl Source {
    /// Every way.
    pub const ALL: [Source; 11] = [
        Source::Web,
        Source::Api,
        Source::Phone,
        Source::Paper,
        Source::Visit,
        Source::Email,
        Source::Mailbox,
        Source::Messenger,
        Source::Network,
        Source::Voice,
        Source::Import,
    ];

    /// The ways that an operator writes down.
    pub const BY_HAND: [Source; 4] = [Source::Phone, Source::Paper, Source::Visit, Source::Email];

    /// Whether an operator wrote it down.
    pub fn is_by_hand(self) -> bool {
        Self::BY_HAND.contains(&self)
    }

    /// Whether it came as a letter, whose day of receipt is not the day of writing it down.
    pub const fn is_letter(self) -> bool {
        matches!(self, Source::Paper | Source::Email)
    }

    /// Whether an appeal that came this way by hand stands under the order of its service, the law
    /// 59-FZ for most: a letter on paper does (art. 7(1)), and so does what is said at a personal
    /// reception, where people show who they are (art. 13(2) and (3)). A call is no such reception,
    /// and a plain e-mail lacks the identification that the law asks of electronic appeals since
    /// 30.03.2025 (547-FZ): both are plain messages, as a guest's are.
    pub const fn is_formal(self) -> bool {
        matches!(self, Source::Paper | Source::Visit)
    }

    /// The code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Source::Web => "web",
            Source::Api => "api",
            Source::Phone => "phone",
            Source::Paper => "paper",
            Source::Visit => "visit",
            Source::Email => "email",
            Source::Mailbox => "mailbox",
            Source::Messenger => "messenger",
            Source::Network => "network",
            Source::Voice => "voice",
            Source::Import => "import",
        }
    }

    /// The source of a code; what is unknown counts as carried over.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|source| source.code() == code)
            .unwrap_or(Source::Import)
    }
}

/// Which side of a case speaks or is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one who filed.
    Applicant,
    /// The authority.
    Staff,
}

impl Side {
    /// The code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Side::Applicant => "applicant",
            Side::Staff => "staff",
        }
    }

    /// The side of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "applicant" => Some(Side::Applicant),
            "staff" => Some(Side::Staff),
            _ => None,
        }
    }
}

/// What a case says: sealed under the case's own key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The checked answers of the form, field by field.
    pub answers: catalog::form::Answers,
    /// Who filed.
    pub applicant: Applicant,
    /// Where, in words.
    pub address: String,
    /// The answer of the system that the case was carried over from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_answer: Option<String>,
}

impl Content {
    /// A text of the form, empty when it has none.
    pub fn text(&self, field: &str) -> &str {
        self.answers
            .get(field)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
    }

    /// Whether it tells of a danger just now, by its words or by the mark of its form.
    pub fn tells_of_danger(&self) -> bool {
        let marked = self.answers.get("danger") == Some(&serde_json::Value::Bool(true));
        let mut texts = self.answers.values().filter_map(serde_json::Value::as_str);
        marked || texts.any(base::danger::is_told)
    }

    /// The point on the map that the applicant has marked: north before east.
    pub fn point(&self) -> Option<&str> {
        let mut answers = self.answers.values();
        answers.find_map(|answer| answer.get("point")?.as_str())
    }

    /// Whether the answer is wanted on paper.
    pub fn is_wanted_on_paper(&self) -> bool {
        self.text(crate::ANSWER_BY.0) == "paper"
    }

    /// Whether an answer has to go out on paper: they asked for it, or it reaches them in no other
    /// way. Whoever filed on the site without an e-mail has its page and the code.
    pub fn is_owed_on_paper(&self, case: &CaseRow) -> bool {
        let applicant = &self.applicant;
        let on_site = matches!(
            case.source,
            Source::Web | Source::Api | Source::Messenger | Source::Voice
        );
        let has_no_page = case.person.is_none() && applicant.email.is_empty();
        self.is_wanted_on_paper()
            || has_no_page && (!on_site || !applicant.postal_address.is_empty())
    }
}

/// The one who filed, as they named themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// Фамилия.
    pub last_name: String,
    /// Имя.
    pub first_name: String,
    /// Отчество, where there is one.
    pub middle_name: String,
    /// E-mail for the answer.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Postal address, for an answer on paper.
    pub postal_address: String,
    /// The organisation for which they file; empty when they file for themselves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organisation: String,
}

impl Applicant {
    /// Surname and initials, as staff see it in lists: «Семёнова А. В.»; of an organisation its name.
    pub fn masked_name(&self) -> String {
        if !self.organisation.is_empty() {
            return self.organisation.clone();
        }
        let initials = [&self.first_name, &self.middle_name]
            .into_iter()
            .filter_map(|part| part.chars().next())
            .map(|initial| format!(" {initial}."));
        std::iter::once(self.last_name.clone())
            .chain(initials)
            .collect()
    }

    /// Who files, for those who may know: the organisation and the one who signs for it, or the
    /// person.
    pub fn title(&self) -> String {
        [self.organisation.clone(), self.full_name()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Surname, name, patronymic.
    pub fn full_name(&self) -> String {
        [&self.last_name, &self.first_name, &self.middle_name]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The running term of a case with its explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// How the day of registration came about.
    pub registration: Vec<law::Step>,
    /// The answer's term.
    pub due: law::Due,
    /// What of its pauses counts no more; none while all of them counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<PauseCut>,
}

/// Pauses that lasted longer than the rule of a term lets them: they count up to the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseCut {
    /// How many days they lasted together.
    pub days: i64,
    /// How many of these count.
    pub counted: i64,
}

/// A row of a case without what is sealed: enough for lists and for permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: Number,
    /// Under which service it was opened.
    pub service: ServiceId,
    /// The service's version at that time.
    pub service_version: i64,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Who answers.
    pub unit: UnitId,
    /// Where.
    pub territory: Option<TerritoryId>,
    /// Whose it is, when an account filed it.
    pub person: Option<PersonId>,
    /// State.
    pub state: State,
    /// Outcome, once there is one.
    pub outcome: Option<Outcome>,
    /// When it reached us (or the system it came from).
    pub received_at: Moment,
    /// The day it was registered.
    pub registered_on: Date,
    /// The day an answer is due, unless no term runs.
    pub due_on: Option<Date>,
    /// When the answer was given.
    pub answered_at: Option<Moment>,
    /// The specialist.
    pub assignee: Option<base::id::AccountId>,
    /// Who is waited for.
    pub waits_for: Option<Side>,
    /// Where it came from.
    pub source: Source,
    /// The number it had in the system it came from.
    pub outside_number: Option<String>,
    /// Key that opens its content.
    pub data_key: uuid::Uuid,
    /// Whom it is open to beside its unit and its applicant; empty in lists.
    pub shared: Shared,
    /// Its terms beside that of the answer.
    pub clocks: Clocks,
    /// Whether it was carried over from another installation and has not been woken.
    pub carried: bool,
    /// Whether an answer waits to go out on paper.
    pub to_post: bool,
    /// How often a new return code was given in place of the first.
    pub code_turn: i64,
    /// Since when words or documents of the applicant wait for somebody of staff to react.
    pub words_since: Option<Moment>,
    /// Since when the term of the answer stands still, while it does: a day that passes meanwhile is
    /// not passed.
    pub stands_since: Option<Moment>,
}

impl CaseRow {
    /// Whether it was carried over from another system or installation.
    pub fn is_carried_over(&self) -> bool {
        self.carried || self.source == Source::Import
    }
}

/// A line of the public register: no personal data, never the applicant's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    /// Number.
    pub number: Number,
    /// Kind of appeal.
    pub service: ServiceId,
    /// Subject.
    pub category: Option<CategoryId>,
    /// Who answers.
    pub unit: UnitId,
    /// State for the public.
    pub state: PublicState,
    /// When it was received.
    pub received_at: Moment,
    /// The day an answer is due.
    pub due_on: Option<Date>,
    /// Since when its term stands still, while it does.
    pub stands_since: Option<Moment>,
    /// The day on which the work began; none in cases from before that was kept.
    pub begun_on: Option<Date>,
    /// When the answer was given.
    pub answered_at: Option<Moment>,
    /// «Перенесено».
    pub carried_over: bool,
    /// How it ended, once it did.
    pub outcome: Option<Outcome>,
    /// The case, for cursors; not shown.
    pub id: CaseId,
}

/// Filters of the register and of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    /// Subject, those below it included.
    pub category: Option<CategoryId>,
    /// Unit, those below it included.
    pub unit: Option<UnitId>,
    /// State for the public.
    pub state: Option<PublicState>,
    /// Kind of appeal.
    pub service: Option<ServiceId>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Received at this moment or later.
    pub from: Option<Moment>,
    /// Received before this moment.
    pub until: Option<Moment>,
}

/// A case as it lies open before the applicant or a specialist.
#[derive(Clone, Debug)]
pub struct Card {
    /// The row.
    pub case: CaseRow,
    /// What it says.
    pub content: Content,
    /// Its term, with every step of the explanation.
    pub term: Option<Term>,
    /// Why it is where it is.
    pub route: RouteReason,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// Answers, oldest first; applicants are given delivered ones only.
    pub answers: Vec<Answer>,
    /// What happened beside letters: requests, extensions, parts, parties, turns, the rating.
    pub course: Course,
    /// Everything that happened, oldest first.
    pub history: Vec<journal::Told>,
    /// What this actor may do now.
    pub actions: Vec<crate::states::Action>,
    /// How an operator took it in, when one did.
    pub taken: Option<TakenIn>,
    /// Which side the reader is on.
    pub side: Side,
    /// Whether the reader is the one who filed, and not somebody else on the applicant's side.
    pub is_owner: bool,
    /// What the reader is beside the one who filed, when they are.
    pub party: Option<PartyRole>,
    /// The reader's account.
    pub reader: Option<AccountId>,
    /// How often the case was changed: a deed may ask that it still be at this version.
    pub version: i64,
    /// What there is beside it.
    pub(crate) there: There,
}

impl Card {
    /// Whether heads were told that the term which it has now runs out.
    pub(crate) const fn is_escalated(&self) -> bool {
        self.there.has(Beside::Escalation)
    }
}

/// A case in which somebody was named beside the one who filed, as it lies before them until they
/// agree or decline.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The row.
    pub case: CaseRow,
    /// What they were named as.
    pub role: PartyRole,
    /// Who filed.
    pub by: String,
    /// The words of the appeal, and nothing else of it.
    pub answers: catalog::form::Answers,
}

/// A message inside a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whether the reader wrote it.
    pub own: bool,
    /// Who speaks.
    pub side: Side,
    /// The specialist's or applicant's name.
    pub author: String,
    /// The words.
    pub text: String,
    /// When.
    pub sent_at: Moment,
    /// How somebody else wrote them down for the applicant, when they did.
    pub heard: Option<Heard>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub id: AnswerId,
    /// State.
    pub state: AnswerState,
    /// Interim or final.
    pub kind: AnswerKind,
    /// How it decides.
    pub outcome: Outcome,
    /// The words.
    pub text: String,
    /// Grounds, measures, next steps, promises.
    pub parts: AnswerParts,
    /// Who signed it.
    pub signer: Option<String>,
    /// What the signer was then; empty when nobody had said.
    pub post: String,
    /// Who wrote it.
    pub author: String,
    /// Who agreed or returned it.
    pub head: Option<String>,
    /// The head's remark when it was returned.
    pub remark: String,
    /// What it said when a head last sent it back, while it is written anew.
    pub before: Option<SentBack>,
    /// By which rule it came about, when one decided or proposed it.
    pub rule: Option<crate::ByRule>,
    /// Whether the decision is not chosen yet.
    pub undecided: bool,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Another with every writing: who decides by what they have read sends it back.
    pub mark: String,
    /// When it was written.
    pub written_at: Moment,
    /// When the applicant got it.
    pub delivered_at: Option<Moment>,
}

/// An answer as a head sent it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    /// What is to be put right.
    pub remark: String,
    /// The head who said so.
    pub head: String,
    /// The words as they were then.
    pub text: String,
}

/// A filing, from whatever channel.
#[derive(Clone, Debug)]
pub struct Filing {
    /// Code of the service.
    pub service: String,
    /// Answers of the form, the applicant's and the place's fields among them.
    pub answers: catalog::form::Answers,
    /// The text of the consent that was accepted, by its version.
    pub consent: bool,
    /// Channel.
    pub source: Source,
    /// The draft it comes from.
    pub draft: Option<DraftId>,
    /// The caller's key and the hash of what was sent, for repeated requests.
    pub idempotency: Option<Idempotency>,
}

/// What makes a repeated request recognisable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Hash of the caller and their key.
    pub key: [u8; 32],
    /// Hash of what was sent.
    pub body: [u8; 32],
}

/// What the applicant is told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: Number,
    /// State.
    pub state: State,
    /// When an answer is due.
    pub due_on: Option<Date>,
    /// How it came.
    pub source: Source,
    /// The signed receipt.
    pub receipt: String,
    /// The secret code by which a guest comes back.
    pub return_code: Option<String>,
}

/// A line of the specialist's queue or of the applicant's cabinet.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// The row.
    pub case: CaseRow,
    /// Whether it tells of a danger just now.
    pub danger: bool,
    /// The topic in the applicant's words, for those who may see it.
    pub topic: String,
    /// The answers of a form that asked for no topic; none where it did.
    pub answers: catalog::form::Answers,
    /// Name of the applicant, masked («Семёнова А. В.») for staff.
    pub applicant: String,
    /// The address of what it is about; empty where none was asked or given.
    pub place: String,
}

/// A draft that its owner can go on with.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The draft.
    pub id: DraftId,
    /// Code of the service.
    pub service: String,
    /// What was filled in so far.
    pub answers: catalog::form::Answers,
    /// When it was last saved.
    pub saved_at: Moment,
    /// The case that was made of it, when it was sent already.
    pub filed: Option<CaseId>,
    /// How the appeal came, when an operator writes it down for somebody.
    pub intake: Option<Intake>,
}

impl Draft {
    /// The draft as a filing.
    pub fn filing(&self, consent: bool) -> Filing {
        Filing {
            service: self.service.clone(),
            answers: self.answers.clone(),
            consent,
            source: Source::Web,
            draft: Some(self.id),
            idempotency: None,
        }
    }
}

/// Figures of the last thirty days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Cases filed.
    pub filed: i64,
    /// Answers given.
    pub answered: i64,
    /// Of these within the term.
    pub in_term: i64,
    /// Half of the answers took at most so many days.
    pub median_days: Option<i64>,
    /// Half of the answers by rule took at most so many minutes.
    pub rule_minutes: Option<i64>,
    /// The same of answers by people.
    pub people_minutes: Option<i64>,
    /// Of a hundred answers those given within a day.
    pub within_day: Option<i64>,
}
