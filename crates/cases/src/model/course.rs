//! The course of a case beside letters and answers: what is asked of the applicant, how its term
//! was changed, who works on it and who stands on the applicant's side, which turns it took and why.

use base::id::{AccountId, CaseId, PersonId, UnitId};
use base::{Moment, Number};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Note, Side, State};

/// The applicant was asked for documents or for something that only they know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The request.
    pub id: Uuid,
    /// When it was made.
    pub asked_at: Moment,
    /// Who asked, as they were called then.
    pub author: String,
    /// What is asked, thing by thing.
    pub items: Vec<String>,
    /// How to send it.
    pub instructions: String,
    /// Where the case goes back to.
    pub returns_to: State,
    /// The ground on which the term stands still, where the law allows that.
    pub ground: Option<String>,
    /// When the applicant replied, or staff went on without a reply.
    pub ended_at: Option<Moment>,
    /// Until when it is asked to be sent; none in requests from before that was kept.
    pub send_by: Option<Date>,
}

/// A term that was lengthened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// When the head decided.
    pub decided_at: Moment,
    /// The day of it in the agency's zone.
    pub decided_on: Date,
    /// By how many days.
    pub days: u32,
    /// The ground, by its id in the rule.
    pub ground: String,
    /// When the answer was due before.
    pub due_before: Date,
    /// When it is due since.
    pub due_on: Date,
    /// Who decided.
    pub author: String,
    /// Why, for the applicant.
    pub reason: String,
}

/// A part of the work with a unit beside the one that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part.
    pub id: Uuid,
    /// Who does it.
    pub unit: UnitId,
    /// The person, where one was named.
    pub account: Option<AccountId>,
    /// Their name, as it was then; empty without one.
    pub executor: String,
    /// When it was given.
    pub asked_at: Moment,
    /// Who gave it.
    pub author: String,
    /// What is to be done.
    pub task: String,
    /// By when, an aim of the agency.
    pub due_on: Option<Date>,
    /// How it stands.
    pub state: PartState,
    /// What came of it, once it is done.
    pub result: String,
    /// When it was done or taken back.
    pub ended_at: Option<Moment>,
}

/// How a part of the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartState {
    /// Under way.
    Open,
    /// Done, with a result.
    Done,
    /// Not needed any more.
    Withdrawn,
}

impl PartState {
    /// Every state.
    pub const ALL: [PartState; 3] = [PartState::Open, PartState::Done, PartState::Withdrawn];

    /// The code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            PartState::Open => "open",
            PartState::Done => "done",
            PartState::Withdrawn => "withdrawn",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What somebody is in a case beside the one who filed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyRole {
    /// Asks for the same: reads and writes.
    CoApplicant,
    /// Acts for the applicant: may do whatever the applicant may.
    Representative,
    /// The one complained of, say: named in the case, and sees what the register shows.
    OtherSide,
}

impl PartyRole {
    /// Every role.
    pub const ALL: [PartyRole; 3] = [
        PartyRole::CoApplicant,
        PartyRole::Representative,
        PartyRole::OtherSide,
    ];

    /// The code in tables and forms.
    pub const fn code(self) -> &'static str {
        match self {
            PartyRole::CoApplicant => "co_applicant",
            PartyRole::Representative => "representative",
            PartyRole::OtherSide => "other_side",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether somebody of this role reads the case.
    pub const fn reads(self) -> bool {
        !matches!(self, PartyRole::OtherSide)
    }
}

/// Somebody beside the one who filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The entry in the list.
    pub id: Uuid,
    /// What they are.
    pub role: PartyRole,
    /// Their account's person, where they have one and may read.
    pub person: Option<PersonId>,
    /// Their name, or the e-mail that they were added by.
    pub name: String,
    /// Whatever else was said of them.
    pub note: String,
    /// When they were added.
    pub added_at: Moment,
    /// Since when they agree to stand in the case; of those with accounts alone.
    pub agreed_at: Option<Moment>,
}

/// Whom a case is open to beside its unit and the one who filed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Units that do a part of the work.
    pub units: Vec<UnitId>,
    /// Those of them whose part is under way.
    pub at_work: Vec<UnitId>,
    /// Parties with accounts who agree to stand in it.
    pub persons: Vec<(PersonId, PartyRole)>,
    /// Those who were named and have not answered: they read the words of the appeal alone.
    pub asked: Vec<(PersonId, PartyRole)>,
}

/// A turn that a case took, with who made it and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub made_at: Moment,
    /// Which side made it.
    pub side: Side,
    /// Their name, as it was then.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What it was.
    pub what: TurnKind,
}

/// The turns that a case can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TurnKind {
    /// To another unit of the house.
    Redirected {
        /// Who had it.
        from: UnitId,
        /// Who has it since.
        to: UnitId,
    },
    /// To a body outside this installation, which ends our part.
    Forwarded {
        /// The body's name.
        to: String,
        /// Whether the days that the law gives for it had passed.
        late: bool,
    },
    /// Taken back by the applicant.
    Cancelled,
    /// Taken up again after it was closed.
    Reopened,
    /// The answer will be late, and this is when it is expected.
    Delayed {
        /// The day.
        expected_on: Date,
    },
    /// What was filed was put right.
    Corrected {
        /// What it said before and says since.
        changes: Vec<Change>,
    },
    /// The answer was posted.
    Posted {
        /// The day.
        on: Date,
        /// To which address.
        to: String,
        /// The number of the post item; may be empty.
        item: String,
    },
    /// The answer lies ready to be collected.
    Ready {
        /// Where.
        place: String,
        /// When; may be empty.
        hours: String,
    },
}

/// How an answer goes out on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// By post.
    Posted {
        /// The day.
        on: Date,
        /// To which address.
        to: String,
        /// The number of the post item; may be empty.
        item: String,
    },
    /// It lies ready to be collected.
    Ready {
        /// Where.
        place: String,
        /// When; may be empty.
        hours: String,
    },
}

impl From<Dispatch> for TurnKind {
    fn from(sent: Dispatch) -> Self {
        match sent {
            Dispatch::Posted { on, to, item } => TurnKind::Posted { on, to, item },
            Dispatch::Ready { place, hours } => TurnKind::Ready { place, hours },
        }
    }
}

impl TurnKind {
    /// The code in tables.
    pub const fn code(&self) -> &'static str {
        match self {
            TurnKind::Redirected { .. } => "redirected",
            TurnKind::Forwarded { .. } => "forwarded",
            TurnKind::Cancelled => "cancelled",
            TurnKind::Reopened => "reopened",
            TurnKind::Delayed { .. } => "delayed",
            TurnKind::Corrected { .. } => "corrected",
            TurnKind::Posted { .. } => "posted",
            TurnKind::Ready { .. } => "ready",
        }
    }
}

/// A thing that was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which: `email`, `phone`, `postal_address`, `address`, `addition`, `category`.
    pub field: String,
    /// What it said.
    pub before: String,
    /// What it says since.
    pub after: String,
}

/// What the applicant puts right; nothing where it stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// E-mail for the answer.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Postal address.
    pub postal_address: Option<String>,
    /// The place that the case is about.
    pub address: Option<String>,
    /// What is added to what was written.
    pub addition: Option<String>,
}

/// What the applicant thinks of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    /// In their words; may be empty.
    pub comment: String,
    /// When.
    pub rated_at: Moment,
    /// The reply; empty while there is none.
    pub reply: String,
    /// Who replied.
    pub replied_by: String,
    /// When.
    pub replied_at: Option<Moment>,
}

/// A case that belongs to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other case.
    pub case: CaseId,
    /// Its number.
    pub number: Number,
    /// Whether the other one is an objection against the answer to this one; otherwise this one
    /// is an objection against the answer to the other.
    pub objects_to_this: bool,
}

/// Everything of the course of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Requests for documents, oldest first.
    pub waits: Vec<Wait>,
    /// Extensions of the term, oldest first.
    pub extensions: Vec<Extension>,
    /// Parts of the work, oldest first; applicants are told of none.
    pub parts: Vec<Part>,
    /// Parties beside the applicant.
    pub parties: Vec<Party>,
    /// Turns, oldest first.
    pub turns: Vec<Turn>,
    /// What the applicant thinks of the work.
    pub rating: Option<Rating>,
    /// Cases that belong to this one.
    pub links: Vec<Link>,
    /// Notes among colleagues, oldest first; applicants are told of none.
    pub notes: Vec<Note>,
}

impl Course {
    /// The request that still waits for the applicant.
    pub fn open_wait(&self) -> Option<&Wait> {
        self.waits.iter().rev().find(|wait| wait.ended_at.is_none())
    }

    /// The last explanation of a delay.
    pub fn delay(&self) -> Option<(&Turn, Date)> {
        self.turns.iter().rev().find_map(|turn| match turn.what {
            TurnKind::Delayed { expected_on } => Some((turn, expected_on)),
            _ => None,
        })
    }
}
