//! The follower: from an entry of a case to the notices of everybody whom it concerns. A line in the
//! cabinet and a letter are made in one commit with the follower's position; the unique key over
//! entry, addressee, channel and kind keeps a second run from telling anything again.

use base::id::PersonId;
use base::{Language, Result};
use cases::printing::LetterPaper;
use cases::{Cases, Happening};
use journal::{Follower, Placed};
use mail::{Letter, Mail};
use people::People;
use store::Tx;
use uuid::Uuid;
use web::Shell;

use crate::facts::Facts;
use crate::kinds::{Audience, Channel, Kind, Place};
use crate::letters::Values;
use crate::marked::marked;
use crate::sql::{self, NewNotice};
use crate::{templates, wishes};

/// An entry older than this is told in the cabinet alone: whoever starts with a long history is not
/// sent all of it.
const LETTERS_FOR_SECONDS: i64 = 7 * 24 * 3600;

/// The longest words of an answer that a letter repeats, in characters.
const ANSWER_MOST: usize = 20_000;

/// Follows the log and tells people.
pub struct NoticesFollower {
    cases: Cases,
    mail: Mail,
    shell: Shell,
}

/// One who is told.
struct Addressee {
    /// The person, or the case of a guest.
    id: Uuid,
    /// None for a guest.
    person: Option<PersonId>,
    /// Where letters go; empty when nowhere.
    email: String,
    /// In which language.
    language: Language,
    /// For the greeting of a letter; empty when unknown.
    name: String,
}

impl NoticesFollower {
    /// A follower over cases that writes letters in the words of `shell`.
    pub fn new(cases: Cases, mail: Mail, shell: Shell) -> Self {
        Self { cases, mail, shell }
    }

    fn tell(&self, tx: &mut Tx<'_>, entry: &Placed) -> Result<()> {
        let Some(person) = Cases::whose(tx, entry.entity.into())? else {
            return Ok(());
        };
        // Nobody can be told, so nothing is opened.
        if person.is_none() && !self.mail.is_configured() && entry.action == "case.filed" {
            return Ok(());
        }
        let Some(happening) = self.cases.happening(tx, entry)? else {
            return Ok(());
        };
        // What is told of a time before it was written down was carried over, whoever it was for.
        if happening.carried_over || entry.occurred_at < entry.recorded_at {
            return Ok(());
        }
        for kind in Kind::of(&happening) {
            let facts = self.facts(tx, kind, &happening)?;
            for addressee in self.addressees(tx, kind, &happening)? {
                self.tell_one(tx, entry, kind, &happening, &facts, &addressee)?;
            }
        }
        Ok(())
    }

    /// What a notice of this kind says.
    fn facts(&self, tx: &mut Tx<'_>, kind: Kind, happening: &Happening) -> Result<Facts> {
        let entry = &happening.entry;
        let field = |name: &str| entry.field(name).unwrap_or_default().to_owned();
        let date = |name: &str| entry.field(name).and_then(|text| text.parse().ok());
        let mut facts = Facts {
            number: happening.number.to_string(),
            state: happening.state.code().to_owned(),
            due_on: happening.due_on,
            reason: [field("reason"), field("remark")]
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            ..Facts::default()
        };
        match kind {
            Kind::Executor => facts.executor = field("specialist"),
            Kind::Extended => facts.new_date = date("due_on").or(happening.due_on),
            Kind::Delayed => facts.new_date = date("expected_on").or_else(|| date("due_on")),
            Kind::Forwarded => facts.to = field("to"),
            Kind::Reminder => facts.days = field("days").parse().ok(),
            Kind::Documents if entry.action == "case.document_faulty" => {
                facts.items = vec![field("items")];
            }
            Kind::Documents | Kind::DocumentsAgain => {
                if let Some(asked) = self.cases.asked(tx, happening.case)? {
                    facts.items = asked.items;
                    facts.instructions = asked.instructions;
                    facts.new_date = asked.send_by;
                }
            }
            Kind::Begin => facts.new_date = date("begin_by"),
            Kind::Interim | Kind::Answer | Kind::Closed => {
                let told = entry.field("outcome");
                let known = happening.outcome.map(cases::model::Outcome::code);
                told.or(known)
                    .unwrap_or_default()
                    .clone_into(&mut facts.outcome);
            }
            _ => {}
        }
        Ok(facts)
    }

    /// Everybody whom this kind concerns.
    fn addressees(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        let mut found = Vec::new();
        match kind.audience() {
            Audience::Applicant => {
                let mut owner = Addressee {
                    id: happening.case.0,
                    person: None,
                    email: happening.email.clone(),
                    language: happening.language,
                    name: happening.name.clone(),
                };
                if let Some(person) = happening.person {
                    owner.id = person.0;
                    owner.person = Some(person);
                    if let Some(known) = self.person(tx, person, happening.language)? {
                        owner.language = known.language;
                        if owner.email.is_empty() {
                            owner.email = known.email;
                        }
                    }
                }
                found.push(owner);
                for other in &happening.others {
                    found.extend(self.person(tx, *other, happening.language)?);
                }
            }
            Audience::Specialist => {
                let person = match happening.assignee {
                    Some(account) => People::person_of(tx, account)?,
                    None => None,
                };
                let language = self.shell.settings().language;
                match person {
                    Some(person) => found.extend(self.person(tx, person, language)?),
                    // A case that nobody has is its heads' business.
                    None if kind == Kind::Reminder => {
                        for head in People::heads_of(tx, happening.unit)? {
                            found.extend(self.person(tx, head, language)?);
                        }
                    }
                    None => {}
                }
            }
            Audience::Heads => {
                let named = happening.entry.field("to_unit");
                let unit = match named {
                    Some(code) => people::units::find(tx, code)?.unwrap_or(happening.unit),
                    None => happening.unit,
                };
                let language = self.shell.settings().language;
                for above in People::units_above(tx, unit)? {
                    for head in People::heads_of(tx, above)? {
                        found.extend(self.person(tx, head, language)?);
                    }
                    if !found.is_empty() {
                        break;
                    }
                }
            }
        }
        Ok(found)
    }

    /// Somebody with an account; none when they were erased.
    fn person(
        &self,
        tx: &mut Tx<'_>,
        person: PersonId,
        language: Language,
    ) -> Result<Option<Addressee>> {
        match self.cases.people().profile_of(tx, person) {
            Ok(profile) => Ok(Some(Addressee {
                id: person.0,
                person: Some(person),
                email: profile.contacts.email,
                language: profile.contacts.language.unwrap_or(language),
                name: [Some(profile.name.first), profile.name.middle]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            })),
            Err(base::Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn tell_one(
        &self,
        tx: &mut Tx<'_>,
        entry: &Placed,
        kind: Kind,
        happening: &Happening,
        facts: &Facts,
        addressee: &Addressee,
    ) -> Result<()> {
        let unwanted = match addressee.person {
            Some(person) => wishes::read(tx, person)?,
            None => wishes::Wishes::default(),
        };
        let new = |channel: Channel, id: Uuid, body: Vec<u8>| NewNotice {
            id,
            idx: entry.idx,
            addressee: addressee.id,
            channel,
            kind,
            case: happening.case,
            data_key: happening.data_key,
            body,
        };
        if addressee.person.is_some() && unwanted.wants(kind, Channel::Cabinet) {
            let id = base::id::new_uuid(tx.now());
            let key = self.cases.journal().keys().load(tx, happening.data_key)?;
            let body = facts.seal(&key, id)?;
            sql::insert(tx, &new(Channel::Cabinet, id, body))?;
        }
        let fresh = tx.now().seconds_since(entry.recorded_at) <= LETTERS_FOR_SECONDS;
        if fresh
            && self.mail.is_configured()
            && mail::is_address(&addressee.email)
            && unwanted.wants(kind, Channel::Email)
        {
            let id = base::id::new_uuid(tx.now());
            if sql::insert(tx, &new(Channel::Email, id, Vec::new()))? {
                let letter = self.letter(tx, id, kind, happening, facts, addressee)?;
                self.mail.queue(tx, &letter)?;
            }
        }
        Ok(())
    }

    /// The letter of a notice.
    fn letter(
        &self,
        tx: &mut Tx<'_>,
        id: Uuid,
        kind: Kind,
        happening: &Happening,
        facts: &Facts,
        addressee: &Addressee,
    ) -> Result<Letter> {
        let template = templates::in_force(tx, kind, addressee.language)?;
        let values = self.values(tx, kind, happening, facts, addressee)?;
        let (subject, mut text) = template.filled(&values);
        let origin = &self.shell.settings().origin;
        let settings = format!("{origin}/cabinet/notices/settings");
        let words = self.shell.words();
        let foot = match addressee.person {
            Some(_) => words.text(
                addressee.language,
                "notice-letter-foot",
                &[("address", settings.as_str().into())],
            ),
            None => words
                .plain(addressee.language, "notice-letter-foot-guest")
                .into_owned(),
        };
        let html = marked(addressee.language, &subject, &text, &foot, origin)?;
        text.push_str("\n\n-- \n");
        text.push_str(&foot);
        Ok(Letter {
            to: addressee.email.clone(),
            subject,
            text,
            html: Some(html),
            id,
            unsubscribe: addressee.person.map(|_| settings),
            automatic: true,
            paper: self.paper(tx, kind, happening, addressee)?,
        })
    }

    /// The answer itself, for those who asked for it by e-mail.
    fn paper(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
        addressee: &Addressee,
    ) -> Result<Option<mail::Paper>> {
        if !happening.answer_by_email || !matches!(kind, Kind::Answer | Kind::Interim) {
            return Ok(None);
        }
        let Some(answer) = self.cases.delivered(tx, happening.case)? else {
            return Ok(None);
        };
        let which = LetterPaper {
            case: happening.case,
            place: answer.place,
            language: addressee.language,
        };
        Ok(Some(mail::Paper {
            name: cases::printing::file_name(happening.number, answer.place),
            which: serde_json::to_string(&which).map_err(base::Error::internal)?,
        }))
    }

    fn values(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
        facts: &Facts,
        addressee: &Addressee,
    ) -> Result<Values> {
        let words = self.shell.words();
        let language = addressee.language;
        let settings = self.shell.settings();
        let day = |date: Option<jiff::civil::Date>| {
            date.map(|date| words.date_long(language, date))
                .unwrap_or_default()
        };
        let named = |prefix: &str, code: &str| {
            let key = format!("{prefix}-{code}");
            if !code.is_empty() && words.has(language, &key) {
                words.plain(language, &key).into_owned()
            } else {
                String::new()
            }
        };
        let greeting = if addressee.name.is_empty() {
            words.plain(language, "notice-greeting-nobody").into_owned()
        } else {
            let name = [("name", addressee.name.as_str().into())];
            words.text(language, "notice-greeting", &name)
        };
        let unit = People::unit_names(tx, happening.unit)?
            .map(|(_, ru, en)| match language {
                Language::Ru => ru,
                Language::En => en,
            })
            .unwrap_or_default();
        let link = match (kind.audience(), addressee.person) {
            (Audience::Applicant, Some(_)) => format!("/cases/{}", happening.number),
            (Audience::Applicant, None) => format!("/status?number={}", happening.number),
            _ => format!("/desk/{}", happening.number),
        };
        let mut values = Values::from([
            (Place::Greeting, greeting),
            (Place::Number, facts.number.clone()),
            (
                Place::Link,
                format!("{}{}", settings.origin, encoded(&link)),
            ),
            (Place::Unit, unit),
            (Place::Operator, settings.operator_in(language).to_owned()),
            (Place::State, named("case-state", &facts.state)),
            (Place::Registered, day(Some(happening.registered_on))),
            (Place::Due, day(facts.due_on)),
            (Place::NewDate, day(facts.new_date)),
            (Place::Executor, facts.executor.clone()),
            (Place::Items, listed(&facts.items)),
            (Place::Instructions, facts.instructions.clone()),
            (Place::Reason, facts.reason.clone()),
            (Place::To, facts.to.clone()),
            (Place::Outcome, named("case-outcome", &facts.outcome)),
            (
                Place::Days,
                facts.days.map(|days| days.to_string()).unwrap_or_default(),
            ),
        ]);
        if matches!(kind, Kind::Answer | Kind::Interim)
            && let Some(answer) = self.cases.delivered(tx, happening.case)?
        {
            if happening.answer_by_email {
                let text: String = answer.text.chars().take(ANSWER_MOST).collect();
                values.insert(Place::Answer, text);
            }
            values.insert(Place::NextSteps, answer.next_steps);
        }
        Ok(values)
    }
}

impl Follower for NoticesFollower {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        for entry in entries.iter().filter(|entry| entry.kind == cases::KIND) {
            self.tell(tx, entry)?;
        }
        Ok(())
    }
}

/// A line each.
fn listed(items: &[String]) -> String {
    items
        .iter()
        .map(|item| format!("\u{2014} {item}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Letters outside ASCII, as in the number of a case, as addresses in letters want them.
fn encoded(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
        out
    })
}
