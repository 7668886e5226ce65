//! What a letter of the mailbox is for those who look after it.

use base::{FieldError, Moment, Number};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::reading::{Bounce, Letter, Mark};

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is a case of its own.
    Filed,
    /// It is a message in a case.
    Added,
    /// It was set aside: somebody may decide about it.
    Aside,
    /// Somebody has decided that it gets no answer.
    Left,
}

impl Fate {
    /// Every one of them.
    pub const ALL: [Fate; 4] = [Fate::Filed, Fate::Added, Fate::Aside, Fate::Left];

    /// The code in tables and in the interface for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Fate::Filed => "filed",
            Fate::Added => "added",
            Fate::Aside => "aside",
            Fate::Left => "left",
        }
    }

    /// The fate of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.code() == code)
    }
}

/// Why a letter was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A machine has written it.
    Automatic,
    /// It was sent to many.
    List,
    /// A letter could not be delivered.
    Bounce,
    /// The mail server says that its sender is made up.
    MadeUp,
    /// It comes from the installation itself.
    Own,
    /// It does not say where it comes from.
    Nobody,
    /// It says nothing and brings nothing.
    Empty,
    /// It is too big.
    TooBig,
    /// It cannot be read.
    Unreadable,
    /// Its sender has sent too many within a day.
    TooMany,
    /// The form of the service takes it not.
    Refused,
}

impl Reason {
    /// Every one of them.
    pub const ALL: [Reason; 11] = [
        Reason::Automatic,
        Reason::List,
        Reason::Bounce,
        Reason::MadeUp,
        Reason::Own,
        Reason::Nobody,
        Reason::Empty,
        Reason::TooBig,
        Reason::Unreadable,
        Reason::TooMany,
        Reason::Refused,
    ];

    /// The code in tables and in the interface for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::Automatic => "automatic",
            Reason::List => "list",
            Reason::Bounce => "bounce",
            Reason::MadeUp => "made_up",
            Reason::Own => "own",
            Reason::Nobody => "nobody",
            Reason::Empty => "empty",
            Reason::TooBig => "too_big",
            Reason::Unreadable => "unreadable",
            Reason::TooMany => "too_many",
            Reason::Refused => "refused",
        }
    }

    /// Why a letter with such a mark is set aside.
    pub(super) fn of(mark: &Mark) -> Self {
        match mark {
            Mark::Automatic => Reason::Automatic,
            Mark::List => Reason::List,
            Mark::Bounce(_) => Reason::Bounce,
            Mark::MadeUp => Reason::MadeUp,
        }
    }
}

/// What of a letter is sealed beside its fate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Body {
    pub(super) from: String,
    pub(super) name: String,
    pub(super) subject: String,
    /// The number of the case that it became or belongs to.
    pub(super) number: Option<String>,
    /// What was enclosed and not kept, each with the reason in the words of that day.
    pub(super) refused: Vec<String>,
    /// The number of a case that the subject names.
    pub(super) named: Option<String>,
    /// To whom a letter of ours could not be delivered.
    pub(super) undelivered_to: String,
    /// Why nobody answers it: words of the operator.
    pub(super) left_because: String,
}

impl Body {
    /// What is kept of a letter.
    pub(super) fn of(letter: &Letter) -> Self {
        let undelivered = match &letter.mark {
            Some(Mark::Bounce(Bounce { to, .. })) => to.clone(),
            _ => String::new(),
        };
        Self {
            from: letter.from.clone(),
            name: letter.name.clone(),
            subject: letter.subject.clone(),
            named: super::reading::number_in(&letter.subject).map(|number| number.to_string()),
            undelivered_to: undelivered,
            ..Self::default()
        }
    }
}

/// A letter as a line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterLine {
    /// The letter.
    pub id: Uuid,
    /// When it was taken out of the mailbox.
    pub came_at: Moment,
    /// Where it comes from, masked.
    pub from: String,
    /// What it is about.
    pub subject: String,
    /// What became of it.
    pub fate: Fate,
    /// Why it was set aside; empty for the others.
    pub reason: String,
    /// The case that it became or belongs to.
    pub case: Option<Number>,
    /// The case that it names in its subject, when it is another.
    pub named: Option<Number>,
    /// What was enclosed and not kept, with the reason.
    pub refused: Vec<String>,
    /// To whom a letter of ours could not be delivered, masked.
    pub undelivered_to: String,
    /// Why nobody answers it, in the words of whoever decided it.
    pub left_because: String,
    /// When somebody decided about it.
    pub decided_at: Option<Moment>,
    /// Whether the letter itself is still here.
    pub is_kept: bool,
}

/// A letter that somebody opens to decide about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLetter {
    /// Its line.
    pub line: LetterLine,
    /// How its sender is called and where they are reached, in full.
    pub sender: String,
    /// What it says; empty when the letter is not kept.
    pub text: String,
    /// What is enclosed, by name.
    pub files: Vec<String>,
}

/// How the reading of the mailbox stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When it was last read to its end.
    pub read_at: Option<Moment>,
    /// When it last could not be read.
    pub failed_at: Option<Moment>,
    /// How often in a row it could not be read.
    pub failures: i64,
    /// What is wrong, as a code; empty when nothing is.
    pub problem: String,
}

/// What was enclosed and not kept.
pub(super) type RefusedFile = (String, FieldError);

/// An address that shows whose it may be and not which it is: `a…@example.ru`.
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((name, host)) => {
            let first = name.chars().next().map(String::from).unwrap_or_default();
            format!("{first}\u{2026}@{host}")
        }
        None => String::new(),
    }
}
