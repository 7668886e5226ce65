//! The machine of a dialogue: where it stands and what was said give a reply and where it stands then,
//! or something that is to be done first, of which it is told what came. It reads nothing and writes
//! nothing: the catalogue, the units and the day are given to it. Whatever is said, there is a reply
//! with a way on.

use base::id::CaseId;
use base::text::clean_text;
use base::{FieldError, Number};
use catalog::form::CheckContext;
use catalog::{Access, Answers, Contents, Definition, Phrase};
use jiff::civil::Date;
use people::Units;
use serde::{Deserialize, Serialize};

use super::asking::{self, Ask};
use super::hearing::{self, Short};

/// The service of problems and whatever else people write in their own words.
const TELL: &str = "other";
/// The service of proposals.
const PROPOSE: &str = "proposal";
/// The service of messages about the portal.
const FEEDBACK: &str = "feedback";
/// The longest words that are listened to, in characters; forms take less.
const MOST_SAID: usize = 10_000;
/// The pictures that go with one filing.
const MOST_PICTURES: usize = 5;
/// The cases that a dialogue remembers.
const MOST_FILED: usize = 10;

/// What the machine is told of the world.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Services and subjects.
    pub contents: &'a Contents,
    /// Units and territories.
    pub units: &'a Units,
    /// Today where the agencies are.
    pub today: Date,
    /// Whether it is spoken and heard.
    pub aloud: bool,
    /// Whether a place on the map can be sent here.
    pub points: bool,
    /// Whether whoever talks has signed in.
    pub signed_in: bool,
    /// What is known of them, by the names of the parts of who asks.
    pub known: &'a Answers,
    /// What names this message among all of the channel.
    pub mark: &'a str,
}

impl World<'_> {
    /// The service of a code as it is filled in here; what is said aloud stands under the rules of
    /// what is said to an operator by telephone.
    pub(super) fn definition(&self, code: &str) -> Option<Definition> {
        let definition = &self.contents.service(code)?.definition;
        if definition.access == Access::SignedIn && !self.signed_in {
            return None;
        }
        Some(if self.aloud {
            cases::said_aloud(definition)
        } else {
            definition.clone()
        })
    }

    pub(super) fn context(&self) -> CheckContext<'_> {
        CheckContext {
            today: self.today,
            categories: self.contents.categories(),
            units: self.units,
            officials: self.contents.officials(),
        }
    }
}

/// What comes in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Somebody has come.
    Begin,
    /// Words.
    Words(String),
    /// A button, by its code.
    Pressed(String),
    /// A place on the map.
    Point {
        /// Degrees to the north.
        north: f64,
        /// Degrees to the east.
        east: f64,
    },
    /// A picture, by what fetches it from where it was sent.
    Picture(String),
    /// Something that cannot be read here: a sticker, a voice.
    Unreadable,
}

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it is.
    Text(String),
    /// The sentence of a key.
    Word(String),
    /// A day.
    Day(Date),
}

/// A line of a reply, to be put into words.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The sentence of a key.
    Word(&'static str, Vec<(&'static str, Part)>),
    /// What is wrong, in the words of the form.
    Wrong(FieldError),
    /// The form's own words.
    Phrase(Phrase),
    /// A hint of the form: for eyes alone.
    Hint(Phrase),
    /// The answers so far.
    Summary {
        /// The service.
        service: String,
        /// The answers.
        answers: Answers,
    },
}

impl Line {
    /// A sentence without anything in it.
    pub(super) const fn word(key: &'static str) -> Self {
        Self::Word(key, Vec::new())
    }
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What comes back when it is pressed; 64 bytes at the most.
    pub code: String,
    /// What stands on it.
    pub label: Line,
}

impl Choice {
    pub(super) fn new(code: impl Into<String>, label: Line) -> Self {
        Self {
            code: code.into(),
            label,
        }
    }

    pub(super) fn word(code: &str, key: &'static str) -> Self {
        Self::new(code, Line::word(key))
    }
}

/// A reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// What is said.
    pub lines: Vec<Line>,
    /// What may be pressed; never empty.
    pub choices: Vec<Choice>,
    /// Pages that are better for it: label and address on the portal.
    pub links: Vec<(Line, String)>,
    /// Whether a point on the map is welcome.
    pub wants_point: bool,
    /// Whether nothing more is expected.
    pub ends: bool,
}

/// Something that is to be done before there is a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// File this. The mark is the same however often it is tried.
    File {
        /// The service.
        service: String,
        /// The answers.
        answers: Answers,
        /// What makes a second try the same filing.
        mark: String,
        /// Pictures that go with it.
        pictures: Vec<String>,
    },
    /// Add a picture to a case.
    Attach {
        /// The case.
        filed: FiledHere,
        /// The picture.
        picture: String,
    },
    /// Tell how a case stands; with a code it is opened, too.
    Status {
        /// The case.
        number: Number,
        /// Its return code.
        code: Option<String>,
    },
    /// Add words to a case.
    Add {
        /// The case.
        filed: FiledHere,
        /// The words.
        words: String,
    },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is filed.
    Filed {
        /// The case.
        filed: FiledHere,
        /// The day of the answer.
        due_on: Option<Date>,
        /// The way back of a guest.
        code: Option<String>,
    },
    /// The form refuses.
    Wrong(Vec<FieldError>),
    /// How a case stands.
    Standing {
        /// The case; one that was opened may be added to.
        number: Number,
        /// Key of its state for the public.
        state: String,
        /// The day of the answer.
        due_on: Option<Date>,
        /// Whether it was answered.
        answered: bool,
        /// The case, when its code was right.
        opened: Option<FiledHere>,
    },
    /// There is no such case.
    Unknown,
    /// The words are with the case.
    Added(Number),
    /// The picture will be.
    Attached(Number),
    /// The case takes no more words.
    Closed(Number),
    /// The service is not offered any more.
    NotOffered,
    /// Not now.
    Later,
}

/// A case that this dialogue may speak for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledHere {
    /// Its number.
    pub number: Number,
    /// The case.
    pub case: CaseId,
    /// Which of its codes opened it.
    pub turn: i64,
}

/// A reply, or something to be done first.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Say this.
    Say(Reply),
    /// Do this and tell what came of it.
    Do(Effect),
}

/// Where a dialogue stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// At the beginning.
    #[default]
    Menu,
    /// A field of the form is asked.
    Field(String),
    /// Subjects are offered.
    Subject(String),
    /// A place is asked, by the field's name.
    Place(String),
    /// Its territory is asked.
    Territory(String),
    /// Everything is read out.
    Review,
    /// What is to be put right?
    Edit,
    /// The number of a case is asked.
    Number,
    /// Its return code is asked.
    Code(Number),
    /// To which case are words added?
    Which,
    /// Which words?
    Add(Number),
}

/// A dialogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Talk {
    pub(super) step: Step,
    pub(super) service: String,
    pub(super) answers: Answers,
    /// Questions that were passed over.
    pub(super) passed: Vec<String>,
    /// The message with which this filing began.
    mark: String,
    pub(super) filed: Vec<FiledHere>,
    /// Pictures that wait until there is a case.
    pictures: Vec<String>,
    /// How the matter begins, while it is too short for the form.
    pub(super) begun: String,
    /// Words that wait until it is clear that nobody is in danger.
    held: Option<String>,
    warned: bool,
}

impl Talk {
    /// Hears what was said.
    pub fn hear(&mut self, said: &Said, world: &World<'_>) -> Next {
        let held = self.held.take();
        match said {
            Said::Begin => Next::Say(self.menu(Line::word("dialogue-hello"))),
            Said::Unreadable => {
                let again = self.again(world);
                Next::Say(with(Line::word("dialogue-unreadable"), again))
            }
            Said::Point { .. } => self.at_step(said, world),
            Said::Picture(picture) => self.shown(picture, world),
            Said::Pressed(code) => match code.as_str() {
                "cancel" => Next::Say(self.menu(Line::word("dialogue-cancelled"))),
                "menu" => Next::Say(self.menu(Line::word("dialogue-menu"))),
                "go_on" => match held {
                    Some(words) => self.at_step(&Said::Words(words), world),
                    None => Next::Say(self.again(world)),
                },
                _ => self.at_step(said, world),
            },
            Said::Words(words) => {
                let words: String = clean_text(words).chars().take(MOST_SAID).collect();
                if words.is_empty() {
                    return Next::Say(self.again(world));
                }
                if hearing::is(&words, Short::Cancel) {
                    return Next::Say(self.menu(Line::word("dialogue-cancelled")));
                }
                if hearing::is(&words, Short::Begin) {
                    return Next::Say(self.menu(Line::word("dialogue-hello")));
                }
                if !self.warned && base::danger::is_told(&words) {
                    return Next::Say(self.warn(words));
                }
                self.at_step(&Said::Words(words), world)
            }
        }
    }

    /// Danger comes before everything; what was said is not lost.
    pub fn warn(&mut self, words: String) -> Reply {
        self.warned = true;
        self.held = Some(words);
        Reply {
            lines: vec![Line::word("dialogue-emergency")],
            choices: vec![
                Choice::word("go_on", "dialogue-go-on"),
                Choice::word("cancel", "dialogue-cancel"),
            ],
            ..Reply::default()
        }
    }

    fn at_step(&mut self, said: &Said, world: &World<'_>) -> Next {
        if self.is_number_for_story(said, world) {
            return self.at_number(said, world);
        }
        match self.step.clone() {
            Step::Menu => self.at_menu(said, world),
            Step::Review => self.at_review(said, world),
            Step::Edit => self.at_edit(said, world),
            Step::Number => self.at_number(said, world),
            Step::Code(number) => self.at_code(number, said, world),
            Step::Which => self.at_which(said, world),
            Step::Add(number) => self.at_add(number, said, world),
            step => Next::Say(self.at_question(&step, said, world)),
        }
    }

    /// Whether the bare number of a case was said where the story is asked, before anything was told:
    /// that is a question about the case.
    fn is_number_for_story(&self, said: &Said, world: &World<'_>) -> bool {
        let (Step::Field(path), Said::Words(words)) = (&self.step, said) else {
            return false;
        };
        let definition = world.definition(&self.service);
        let main = definition
            .as_ref()
            .and_then(|definition| asking::main(&definition.form));
        self.begun.is_empty()
            && words.parse::<Number>().is_ok()
            && main.is_some_and(|main| main.name == *path && !self.answers.contains_key(path))
    }

    /// A picture goes to the case that is being written or was written last.
    fn shown(&mut self, picture: &str, world: &World<'_>) -> Next {
        let wanted = match &self.step {
            Step::Add(number) => self.filed.iter().find(|filed| filed.number == *number),
            Step::Menu => self.filed.last(),
            _ => None,
        };
        if let Some(filed) = wanted {
            return Next::Do(Effect::Attach {
                filed: filed.clone(),
                picture: picture.to_owned(),
            });
        }
        let unasked = matches!(self.step, Step::Number | Step::Code(_) | Step::Which);
        let key = match () {
            () if unasked => "dialogue-unreadable",
            () if self.pictures.len() >= MOST_PICTURES => "dialogue-picture-most",
            () => {
                self.pictures.push(picture.to_owned());
                "dialogue-picture-kept"
            }
        };
        let reply = match self.step {
            Step::Menu => self.begin(TELL, None, world),
            _ => self.again(world),
        };
        Next::Say(with(Line::word(key), reply))
    }

    fn at_menu(&mut self, said: &Said, world: &World<'_>) -> Next {
        match said {
            Said::Pressed(code) => self.chosen(code, world),
            Said::Words(words) => {
                if words.parse::<Number>().is_ok() {
                    return self.at_number(said, world);
                }
                let wish = hearing::wish(words);
                // Whoever asks how an appeal stands and names it is not asked for its number again.
                let mut parts = words.split_whitespace();
                let named = parts.find_map(|part| {
                    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
                    part.parse::<Number>().is_ok().then(|| part.to_owned())
                });
                if let (Some("status"), Some(number)) = (wish, named) {
                    return self.at_number(&Said::Words(number), world);
                }
                match wish {
                    Some(code) => self.chosen(code, world),
                    // Whoever begins with what happened need not choose first.
                    None if hearing::plain(words).split(' ').count() > 2 => {
                        Next::Say(self.begin(TELL, Some(words), world))
                    }
                    None => Next::Say(self.menu(Line::word("dialogue-not-understood"))),
                }
            }
            _ => Next::Say(self.menu(Line::word("dialogue-menu"))),
        }
    }

    fn chosen(&mut self, code: &str, world: &World<'_>) -> Next {
        Next::Say(match code {
            "tell" => self.begin(TELL, None, world),
            "propose" => self.begin(PROPOSE, None, world),
            "feedback" => self.begin(FEEDBACK, None, world),
            "status" => {
                self.step = Step::Number;
                self.again(world)
            }
            "add" => {
                self.step = match self.filed.as_slice() {
                    [only] => Step::Add(only.number),
                    [] => Step::Number,
                    _ => Step::Which,
                };
                self.again(world)
            }
            "official" => {
                let mut menu = self.menu(Line::word("dialogue-official"));
                let label = Line::word("dialogue-official-open");
                menu.links.push((label, "/services".to_owned()));
                menu
            }
            _ => self.menu(Line::word("dialogue-menu")),
        })
    }

    /// The beginning: what was done is forgotten, what was filed is not.
    fn menu(&mut self, first: Line) -> Reply {
        *self = Self {
            filed: std::mem::take(&mut self.filed),
            ..Self::default()
        };
        let mut choices = vec![
            Choice::word("tell", "dialogue-do-tell"),
            Choice::word("propose", "dialogue-do-propose"),
            Choice::word("status", "dialogue-do-status"),
        ];
        if !self.filed.is_empty() {
            choices.push(Choice::word("add", "dialogue-do-add"));
        }
        choices.push(Choice::word("feedback", "dialogue-do-feedback"));
        choices.push(Choice::word("official", "dialogue-do-official"));
        Reply {
            lines: vec![first],
            choices,
            ..Reply::default()
        }
    }

    fn begin(&mut self, service: &str, words: Option<&str>, world: &World<'_>) -> Reply {
        let Some(definition) = world.definition(service) else {
            return self.menu(Line::word("dialogue-not-offered"));
        };
        service.clone_into(&mut self.service);
        self.answers = asking::known(&definition.form, world.known);
        self.passed = Vec::new();
        self.begun = String::new();
        world.mark.clone_into(&mut self.mark);
        if let (Some(words), Some(main)) = (words, asking::main(&definition.form)) {
            self.step = Step::Field(main.name.clone());
            return self.at_question(&self.step.clone(), &Said::Words(words.to_owned()), world);
        }
        self.go_on(&definition, world)
    }

    /// The next question, or everything read out.
    pub(super) fn go_on(&mut self, definition: &Definition, world: &World<'_>) -> Reply {
        match asking::next(self, definition, world) {
            Some(Ask::Field(path)) => self.step = Step::Field(path),
            Some(Ask::Subject(name)) => self.step = Step::Subject(name),
            Some(Ask::Place(name)) => self.step = Step::Place(name),
            Some(Ask::Elsewhere) => return self.elsewhere(),
            None => self.step = Step::Review,
        }
        self.again(world)
    }

    /// What cannot be asked here is asked on its page.
    fn elsewhere(&mut self) -> Reply {
        let address = format!("/services/{}", self.service);
        let mut menu = self.menu(Line::word("dialogue-elsewhere"));
        menu.links
            .push((Line::word("dialogue-elsewhere-open"), address));
        menu
    }

    /// The question of where it stands, once more.
    pub(super) fn again(&mut self, world: &World<'_>) -> Reply {
        let cancel = Choice::word("cancel", "dialogue-cancel");
        let asked = |key: &'static str, choices: Vec<Choice>| Reply {
            lines: vec![Line::word(key)],
            choices,
            ..Reply::default()
        };
        match self.step.clone() {
            Step::Menu => self.menu(Line::word("dialogue-menu")),
            Step::Review => Reply {
                lines: vec![
                    Line::word("dialogue-review"),
                    Line::Summary {
                        service: self.service.clone(),
                        answers: self.answers.clone(),
                    },
                    Line::word("dialogue-consent"),
                ],
                choices: vec![
                    Choice::word("send", "dialogue-send"),
                    Choice::word("edit", "dialogue-edit"),
                    cancel,
                ],
                links: vec![(
                    Line::word("dialogue-consent-open"),
                    "/dialogue/consent".to_owned(),
                )],
                ..Reply::default()
            },
            Step::Edit => {
                let Some(definition) = world.definition(&self.service) else {
                    return self.menu(Line::word("dialogue-not-offered"));
                };
                let mut choices = asking::answered(&definition.form, &self.answers);
                choices.push(Choice::word("review", "dialogue-back"));
                choices.push(cancel);
                asked("dialogue-edit-what", choices)
            }
            Step::Number => asked("dialogue-ask-number", vec![cancel]),
            Step::Code(_) => asked(
                "dialogue-ask-code",
                vec![Choice::word("no_code", "dialogue-no-code"), cancel],
            ),
            Step::Which => {
                let cases = self.filed.iter().map(|filed| {
                    let number = Part::Text(filed.number.to_string());
                    let label = Line::Word("dialogue-number", vec![("number", number)]);
                    Choice::new(format!("n:{}", filed.case), label)
                });
                let choices = cases.chain([cancel]).collect();
                asked("dialogue-which", choices)
            }
            Step::Add(number) => Reply {
                lines: vec![Line::Word(
                    "dialogue-ask-words",
                    vec![("number", Part::Text(number.to_string()))],
                )],
                choices: vec![cancel],
                ..Reply::default()
            },
            step => match world.definition(&self.service) {
                Some(definition) => asking::question(self, &step, &definition, world),
                None => self.menu(Line::word("dialogue-not-offered")),
            },
        }
    }

    /// An answer to a question of the form.
    fn at_question(&mut self, step: &Step, said: &Said, world: &World<'_>) -> Reply {
        let Some(definition) = world.definition(&self.service) else {
            return self.menu(Line::word("dialogue-not-offered"));
        };
        match asking::answer(self, step, said, &definition, world) {
            Ok(()) => self.go_on(&definition, world),
            Err(lines) => {
                let mut again = self.again(world);
                again.lines.splice(0..0, lines);
                again
            }
        }
    }

    fn at_review(&mut self, said: &Said, world: &World<'_>) -> Next {
        let (yes, no) = match said {
            Said::Pressed(code) => (code == "send", code == "edit"),
            Said::Words(words) => (
                hearing::is(words, Short::Yes),
                hearing::is(words, Short::No),
            ),
            _ => (false, false),
        };
        if yes {
            return Next::Do(Effect::File {
                service: self.service.clone(),
                answers: self.answers.clone(),
                mark: self.mark.clone(),
                pictures: self.pictures.clone(),
            });
        }
        if no {
            self.step = Step::Edit;
        }
        let again = self.again(world);
        // What is neither a yes nor a no does not enter the appeal, and whoever wrote it must know.
        if !no && matches!(said, Said::Words(_)) {
            return Next::Say(with(Line::word("dialogue-not-added"), again));
        }
        Next::Say(again)
    }

    fn at_edit(&mut self, said: &Said, world: &World<'_>) -> Next {
        if let Said::Pressed(code) = said {
            if code == "review" {
                self.step = Step::Review;
            } else if let Some(path) = code.strip_prefix("e:") {
                return Next::Say(self.ask_anew(path, Vec::new(), world));
            }
        }
        Next::Say(self.again(world))
    }

    /// Asks for one answer once more.
    fn ask_anew(&mut self, path: &str, wrong: Vec<Line>, world: &World<'_>) -> Reply {
        let Some(definition) = world.definition(&self.service) else {
            return self.menu(Line::word("dialogue-not-offered"));
        };
        let Some(step) = asking::step_of(&definition.form, path) else {
            let mut elsewhere = self.elsewhere();
            elsewhere.lines.splice(0..0, wrong);
            return elsewhere;
        };
        asking::forget(self, path);
        self.step = step;
        let mut again = self.again(world);
        again.lines.splice(0..0, wrong);
        again
    }

    fn at_number(&mut self, said: &Said, world: &World<'_>) -> Next {
        let Said::Words(words) = said else {
            return Next::Say(self.again(world));
        };
        self.step = Step::Number;
        let Some(number) = hearing::number(words, world.today.year()) else {
            let wrong = Line::Wrong(FieldError::new("number", "error-number"));
            let again = self.again(world);
            return Next::Say(with(wrong, again));
        };
        let known = self.filed.iter().any(|filed| filed.number == number);
        if known || world.aloud || world.signed_in {
            return Next::Do(Effect::Status { number, code: None });
        }
        self.step = Step::Code(number);
        Next::Say(self.again(world))
    }

    fn at_code(&mut self, number: Number, said: &Said, world: &World<'_>) -> Next {
        let code = match said {
            Said::Pressed(code) if code == "no_code" => None,
            Said::Words(words) if hearing::is(words, Short::NoCode) => None,
            Said::Words(words) => Some(words.chars().take(64).collect()),
            _ => return Next::Say(self.again(world)),
        };
        Next::Do(Effect::Status { number, code })
    }

    fn at_which(&mut self, said: &Said, world: &World<'_>) -> Next {
        let meant = match said {
            Said::Pressed(code) => code.strip_prefix("n:").and_then(|id| {
                let mut filed = self.filed.iter();
                filed.find(|filed| filed.case.to_string() == id)
            }),
            Said::Words(words) => hearing::number(words, world.today.year()).and_then(|number| {
                let mut filed = self.filed.iter();
                filed.find(|filed| filed.number == number)
            }),
            _ => None,
        };
        if let Some(number) = meant.map(|filed| filed.number) {
            self.step = Step::Add(number);
        }
        Next::Say(self.again(world))
    }

    fn at_add(&mut self, number: Number, said: &Said, world: &World<'_>) -> Next {
        let filed = self.filed.iter().find(|filed| filed.number == number);
        match (said, filed) {
            (Said::Words(words), Some(filed)) => Next::Do(Effect::Add {
                filed: filed.clone(),
                words: words.clone(),
            }),
            (_, None) => Next::Say(self.menu(Line::word("dialogue-menu"))),
            _ => Next::Say(self.again(world)),
        }
    }

    /// Is told what came of an effect.
    pub fn done(&mut self, outcome: Outcome, world: &World<'_>) -> Reply {
        match outcome {
            Outcome::Filed {
                filed,
                due_on,
                code,
            } => {
                let number = ("number", Part::Text(filed.number.to_string()));
                let address = format!("/status?number={}", filed.number);
                self.remember(filed);
                let mut menu = self.menu(match due_on {
                    Some(day) => {
                        Line::Word("dialogue-filed", vec![number, ("day", Part::Day(day))])
                    }
                    None => Line::Word("dialogue-filed-only", vec![number]),
                });
                if let Some(code) = code {
                    let code = vec![("code", Part::Text(code))];
                    menu.lines.push(Line::Word("dialogue-filed-code", code));
                }
                menu.lines.push(Line::word("dialogue-what-else"));
                menu.links.push((Line::word("dialogue-open"), address));
                menu
            }
            Outcome::Wrong(errors) => self.refused(errors, world),
            Outcome::Standing {
                number,
                state,
                due_on,
                answered,
                opened,
            } => {
                let known = self.filed.iter().any(|filed| filed.number == number);
                if world.signed_in && opened.is_none() && !known && self.step == Step::Number {
                    // It is not theirs: a code may open it.
                    self.step = Step::Code(number);
                    return self.again(world);
                }
                if let Some(opened) = opened {
                    self.remember(opened);
                }
                let mut parts = vec![
                    ("number", Part::Text(number.to_string())),
                    ("state", Part::Word(state)),
                ];
                let mut menu = self.menu(match due_on.filter(|_| !answered) {
                    Some(day) => {
                        parts.push(("day", Part::Day(day)));
                        Line::Word("dialogue-standing-due", parts)
                    }
                    None => Line::Word("dialogue-standing", parts),
                });
                if answered {
                    menu.lines.push(Line::word("dialogue-answered"));
                }
                menu.lines.push(Line::word("dialogue-what-else"));
                let address = format!("/status?number={number}");
                menu.links.push((Line::word("dialogue-open"), address));
                menu
            }
            Outcome::Unknown => {
                self.step = Step::Number;
                let wrong = Line::Wrong(FieldError::new("number", "case-status-unknown"));
                with(wrong, self.again(world))
            }
            Outcome::Added(number) => {
                let number = vec![("number", Part::Text(number.to_string()))];
                let mut menu = self.menu(Line::Word("dialogue-added", number));
                menu.lines.push(Line::word("dialogue-what-else"));
                menu
            }
            Outcome::Closed(number) => {
                let number = vec![("number", Part::Text(number.to_string()))];
                let mut menu = self.menu(Line::Word("dialogue-closed", number));
                menu.lines.push(Line::word("dialogue-what-else"));
                menu
            }
            Outcome::NotOffered => self.menu(Line::word("dialogue-not-offered")),
            Outcome::Attached(number) => {
                let number = vec![("number", Part::Text(number.to_string()))];
                let again = self.again(world);
                with(Line::Word("dialogue-picture-goes", number), again)
            }
            Outcome::Later => with(Line::word("dialogue-later"), self.again(world)),
        }
    }

    /// The cases that this dialogue may speak for.
    pub(crate) fn filed_here(&self) -> Vec<cases::Opened> {
        let filed = self.filed.iter();
        filed
            .map(|filed| cases::Opened {
                case: filed.case,
                turn: filed.turn,
            })
            .collect()
    }

    fn remember(&mut self, filed: FiledHere) {
        self.filed.retain(|known| known.case != filed.case);
        self.filed.push(filed);
        let surplus = self.filed.len().saturating_sub(MOST_FILED);
        self.filed.drain(..surplus);
    }

    /// The form has refused: what is wrong is asked once more, in the form's words.
    fn refused(&mut self, errors: Vec<FieldError>, world: &World<'_>) -> Reply {
        let first = errors.first().map(|error| error.field.clone());
        let lines: Vec<Line> = errors.into_iter().map(Line::Wrong).collect();
        match (&self.step, first) {
            (Step::Review, Some(path)) if path != "consent" => self.ask_anew(&path, lines, world),
            _ => {
                let mut again = self.again(world);
                again.lines.splice(0..0, lines);
                again
            }
        }
    }
}

/// A reply with a line before it.
fn with(line: Line, mut reply: Reply) -> Reply {
    reply.lines.insert(0, line);
    reply
}
