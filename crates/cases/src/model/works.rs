//! Works on the ground: problems that several cases are about, tasks of units, their stages.

use base::id::{AccountId, CaseId, CategoryId, TerritoryId, UnitId};
use base::{Moment, Number};
use files::Kind;
use jiff::civil::Date;
use uuid::Uuid;

/// Gives an enumeration of codes its list, its codes and the way back.
macro_rules! coded {
    ($kind:ident: $($one:ident = $code:literal),+ $(,)?) => {
        impl $kind {
            /// Every one, in order.
            pub const ALL: &[$kind] = &[$($kind::$one),+];

            /// The code in tables, word keys and the API.
            pub const fn code(self) -> &'static str {
                match self { $($kind::$one => $code),+ }
            }

            /// The one of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// Given to a unit; nobody has it yet.
    Set,
    /// Somebody has it.
    Taken,
    /// The works go on.
    UnderWay,
    /// Told as done, with its proof.
    Done,
    /// A head has looked and agrees.
    Confirmed,
    /// Not now: why and until when stands in public.
    PutOff,
    /// It will not be done: why stands in public.
    Dropped,
}

coded!(TaskState:
    Set = "set", Taken = "taken", UnderWay = "under_way", Done = "done",
    Confirmed = "confirmed", PutOff = "put_off", Dropped = "dropped");

impl TaskState {
    /// Whether something is still to be done or looked at.
    pub const fn is_open(self) -> bool {
        !matches!(self, TaskState::Confirmed | TaskState::Dropped)
    }

    /// Whether its day binds anybody.
    pub const fn is_running(self) -> bool {
        self.is_open() && !matches!(self, TaskState::Done)
    }
}

/// What a task came of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskSource {
    /// A problem that several cases are about.
    Problem,
    /// A case that was decided for the applicant.
    Proposal,
    /// A rating with a comment.
    Review,
    /// What an answer promised.
    Promise,
}

coded!(TaskSource:
    Problem = "problem", Proposal = "proposal", Review = "review", Promise = "promise");

/// What a photograph or a paper of works shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shows {
    /// How it was before.
    Before,
    /// How the works go.
    Works,
    /// That it is done.
    Proof,
}

coded!(Shows: Before = "before", Works = "works", Proof = "proof");

/// How a problem stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemState {
    /// It is worked on.
    Open,
    /// It is solved, with its proof.
    Closed,
}

coded!(ProblemState: Open = "open", Closed = "closed");

/// A part of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TasksView {
    /// What the reader has.
    #[default]
    Mine,
    /// What the reader's units have.
    Unit,
    /// What was told as done there and waits for a head.
    ToConfirm,
    /// What was confirmed or dropped there, the newest first.
    Ended,
}

coded!(TasksView:
    Mine = "mine", Unit = "unit", ToConfirm = "to_confirm", Ended = "ended");

/// A task as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The task.
    pub id: Uuid,
    /// By which people name it.
    pub number: i64,
    /// What it came of.
    pub source: TaskSource,
    /// The problem that it solves.
    pub problem: Option<Uuid>,
    /// The case that it came of.
    pub case: Option<CaseId>,
    /// In a few words.
    pub title: String,
    /// What is to be done, for everybody to read.
    pub todo: String,
    /// Who does it.
    pub unit: UnitId,
    /// Who answers for it; none until somebody has it.
    pub owner: Option<AccountId>,
    /// The head who set it.
    pub set_by: AccountId,
    /// When.
    pub set_at: Moment,
    /// By when it is to be done.
    pub due_on: Date,
    /// How it stands.
    pub state: TaskState,
    /// The day on which the works began.
    pub begun_on: Option<Date>,
    /// The day on which they were done.
    pub done_on: Option<Date>,
    /// Who said so.
    pub done_by: Option<AccountId>,
    /// What was told last in public: how it was done, why it was put off or dropped.
    pub said: String,
    /// When it was confirmed or dropped.
    pub ended_at: Option<Moment>,
    /// The day on which the clock next speaks of it.
    pub(crate) speak_on: Option<Date>,
    /// Under which its files and entries are sealed.
    pub(crate) data_key: Uuid,
}

/// A stage of works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The stage.
    pub id: Uuid,
    /// What is done in it.
    pub title: String,
    /// From when it is planned.
    pub from_on: Option<Date>,
    /// Until when.
    pub until_on: Date,
    /// When it was done.
    pub done_on: Option<Date>,
    /// What was told of it.
    pub note: String,
}

/// A photograph or a paper of works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorksDocument {
    /// The document.
    pub id: Uuid,
    /// The stage that it shows.
    pub stage: Option<Uuid>,
    /// What it shows.
    pub shows: Shows,
    /// What it is.
    pub kind: Kind,
    /// Bytes as they came.
    pub size: i64,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
    /// When it was added.
    pub added_at: Moment,
}

/// A task as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Works {
    /// The task.
    pub task: TaskRow,
    /// The number of its problem.
    pub problem: Option<i64>,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// Photographs and papers, the oldest first.
    pub documents: Vec<WorksDocument>,
}

impl Works {
    /// How much of the stages is done, in percent; none without stages.
    pub fn percent(&self) -> Option<usize> {
        let done = self.stages.iter().filter(|stage| stage.done_on.is_some());
        (done.count() * 100).checked_div(self.stages.len())
    }
}

/// «Not done», in the words of an applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// It.
    pub id: Uuid,
    /// In which case.
    pub case: Number,
    /// What they say.
    pub text: String,
    /// Their photograph, among the documents of the case.
    pub document: Option<Uuid>,
    /// When.
    pub made_at: Moment,
    /// When a head has looked.
    pub looked_at: Option<Moment>,
}

/// A task before those who work on it.
#[derive(Clone, Debug)]
pub struct TaskCard {
    /// What everybody sees.
    pub works: Works,
    /// The case that it came of.
    pub case: Option<Number>,
    /// Who answers for it, as colleagues call them.
    pub owner: String,
    /// What applicants said against it, the oldest first.
    pub disputes: Vec<Dispute>,
    /// What the reader may do with it now.
    pub may: Vec<crate::works::TaskAction>,
}

/// A task to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// What it comes of.
    pub source: TaskSource,
    /// The problem that it solves, by its number.
    pub problem: Option<i64>,
    /// The case that it comes of.
    pub case: Option<Number>,
    /// In a few words.
    pub title: String,
    /// What is to be done, for everybody to read.
    pub todo: String,
    /// Who does it.
    pub unit: UnitId,
    /// Who answers for it.
    pub owner: Option<AccountId>,
    /// By when.
    pub due_on: Date,
}

/// A stage to be planned, or planned anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStage {
    /// What is done in it.
    pub title: String,
    /// From when.
    pub from_on: Option<Date>,
    /// Until when.
    pub until_on: Date,
}

/// A problem as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// The problem.
    pub id: Uuid,
    /// By which people name it.
    pub number: i64,
    /// In a few words.
    pub title: String,
    /// What it is, for everybody to read.
    pub about: String,
    /// Where, roughly.
    pub place: String,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Its territory.
    pub territory: Option<TerritoryId>,
    /// Who answers for it.
    pub unit: UnitId,
    /// How it stands.
    pub state: ProblemState,
    /// How many cases are about it.
    pub cases: i64,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// How it was solved.
    pub closing: String,
    /// Under which its entries are sealed.
    pub(crate) data_key: Uuid,
}

/// A problem with its works, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemPage {
    /// The problem.
    pub problem: ProblemRow,
    /// Its tasks, the oldest first.
    pub works: Vec<Works>,
}

/// A problem to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProblem {
    /// In a few words.
    pub title: String,
    /// What it is, for everybody to read.
    pub about: String,
    /// Where, roughly.
    pub place: String,
    /// The cases that are about it.
    pub cases: Vec<Number>,
}

/// What narrows a list of problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemFilter {
    /// The subject, with those below it.
    pub category: Option<CategoryId>,
    /// The unit, with those below it.
    pub unit: Option<UnitId>,
    /// How it stands.
    pub state: Option<ProblemState>,
}

/// The works that a case is a part of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorksOfCase {
    /// The problem that it is about.
    pub problem: Option<ProblemRow>,
    /// The tasks that came of it or of its problem.
    pub works: Vec<Works>,
    /// The numbers of those of which its applicant has said that they are not done, until a head has
    /// looked: for them alone.
    pub disputed: Vec<i64>,
}
