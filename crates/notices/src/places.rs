//! What the template of a letter can name: a place in braces, filled in for each letter.

/// Something that a letter can name: written `{code}` in its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// «Здравствуйте, Анна Петровна!»
    Greeting,
    /// Number of the case.
    Number,
    /// Address of the page.
    Link,
    /// Who answers.
    Unit,
    /// Who runs the installation.
    Operator,
    /// State in words.
    State,
    /// The day of registration.
    Registered,
    /// The day an answer is due.
    Due,
    /// The new day.
    NewDate,
    /// Who works on it.
    Executor,
    /// What is asked for, a line each.
    Items,
    /// How to send it.
    Instructions,
    /// Why.
    Reason,
    /// How the case was decided.
    Outcome,
    /// The words of the answer, for those who asked for them by e-mail.
    Answer,
    /// What to do next.
    NextSteps,
    /// Working days that are left.
    Days,
    /// The body that has it now, or the number of an objection.
    To,
    /// What the case is about: the name of its subject.
    Topic,
    /// Who filed.
    Applicant,
    /// How the applicant rated the work, from 1 to 5.
    Stars,
    /// The number of a post item.
    PostItem,
    /// When an answer can be collected.
    Hours,
    /// What works, a task or a problem are called.
    Works,
    /// A stage of works.
    Stage,
}

impl Place {
    /// Everything that there is.
    pub const ALL: [Place; 25] = [
        Place::Greeting,
        Place::Number,
        Place::Link,
        Place::Unit,
        Place::Operator,
        Place::State,
        Place::Registered,
        Place::Due,
        Place::NewDate,
        Place::Executor,
        Place::Items,
        Place::Instructions,
        Place::Reason,
        Place::Outcome,
        Place::Answer,
        Place::NextSteps,
        Place::Days,
        Place::To,
        Place::Topic,
        Place::Applicant,
        Place::Stars,
        Place::PostItem,
        Place::Hours,
        Place::Works,
        Place::Stage,
    ];

    /// What stands between the braces.
    pub const fn code(self) -> &'static str {
        match self {
            Place::Greeting => "greeting",
            Place::Number => "number",
            Place::Link => "link",
            Place::Unit => "unit",
            Place::Operator => "operator",
            Place::State => "state",
            Place::Registered => "registered",
            Place::Due => "due",
            Place::NewDate => "new_date",
            Place::Executor => "executor",
            Place::Items => "items",
            Place::Instructions => "instructions",
            Place::Reason => "reason",
            Place::Outcome => "outcome",
            Place::Answer => "answer",
            Place::NextSteps => "next_steps",
            Place::Days => "days",
            Place::To => "to",
            Place::Topic => "topic",
            Place::Applicant => "applicant",
            Place::Stars => "stars",
            Place::PostItem => "post_item",
            Place::Hours => "hours",
            Place::Works => "works",
            Place::Stage => "stage",
        }
    }

    /// The place of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}
