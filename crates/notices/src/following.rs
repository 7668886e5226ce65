//! The follower: from an entry of a case to the notices of everybody whom it concerns. A line in the
//! cabinet and a letter are made in one commit with the follower's position; the unique key over
//! entry, addressee, channel and kind keeps a second run from telling anything again.

use base::id::{AccountId, PersonId, UnitId};
use base::{Language, Result};
use cases::model::Source;
use cases::printing::LetterPaper;
use cases::{Cases, Happening};
use catalog::Catalog;
use journal::{Follower, Placed};
use mail::{Letter, Mail};
use people::People;
use store::Tx;
use uuid::Uuid;
use web::Shell;

use crate::facts::Facts;
use crate::kinds::{Audience, Channel, Kind};
use crate::letters::Values;
use crate::marked::marked;
use crate::places::Place;
use crate::sql::{self, NewNotice};
use crate::{named, templates, wishes};

/// An entry older than this is told in the cabinet alone: whoever starts with a long history is not
/// sent all of it.
const LETTERS_FOR_SECONDS: i64 = 7 * 24 * 3600;

/// What comes in a row within so many seconds is told once.
const TOGETHER_SECONDS: i64 = 60;

/// The longest words of an answer that a letter repeats, in characters.
const ANSWER_MOST: usize = 20_000;

/// Follows the log and tells people.
pub struct NoticesFollower {
    pub(crate) cases: Cases,
    pub(crate) mail: Mail,
    pub(crate) shell: Shell,
}

/// One who is told.
pub(crate) struct Addressee {
    /// The person, or the case of a guest.
    pub(crate) id: Uuid,
    /// None for a guest.
    pub(crate) person: Option<PersonId>,
    /// Where letters go; empty when nowhere.
    pub(crate) email: String,
    /// In which language.
    pub(crate) language: Language,
    /// For the greeting of a letter; empty when unknown.
    pub(crate) name: String,
    /// Whether somebody else gave the address.
    pub(crate) named: bool,
}

impl NoticesFollower {
    /// A follower over cases that writes letters in the words of `shell`.
    pub fn new(cases: Cases, mail: Mail, shell: Shell) -> Self {
        Self { cases, mail, shell }
    }

    fn tell(&self, tx: &mut Tx<'_>, entry: &Placed) -> Result<()> {
        if !Kind::may_tell(&entry.action) {
            return Ok(());
        }
        let Some(case) = Cases::of_entry(tx, entry)? else {
            return Ok(());
        };
        // Nobody can be told, so nothing is opened.
        if case.person.is_none() && !self.mail.is_configured() && entry.action == "case.filed" {
            return Ok(());
        }
        let Some(happening) = self.cases.happening(tx, entry, &case)? else {
            return Ok(());
        };
        // What is told of a time before it was written down was carried over, whoever it was for.
        if happening.carried_over || entry.occurred_at < entry.recorded_at {
            return Ok(());
        }
        let topic = match happening.category {
            Some(category) => Catalog::category_name(tx, category)?,
            None => None,
        };
        for kind in Kind::of(&happening) {
            let mut facts = self.facts(tx, kind, &happening)?;
            let kind = self.dated(kind, &happening, &mut facts);
            for addressee in self.whom(tx, kind, &happening)? {
                let mut facts = facts.clone();
                if let Some(topic) = &topic {
                    topic.text(addressee.language).clone_into(&mut facts.topic);
                }
                if addressee.named {
                    // Nobody has shown that the address is theirs: no words of anybody.
                    facts.applicant.clear();
                }
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
            Kind::Message => facts.new_date = date("reply_by"),
            Kind::Extended => facts.new_date = date("due_on").or(happening.due_on),
            Kind::Delayed => facts.new_date = date("expected_on").or_else(|| date("due_on")),
            Kind::Reopened | Kind::WorkAgain | Kind::TermChanged => {
                facts.new_date = date("due_on").or(happening.due_on);
            }
            Kind::Forwarded => facts.to = field("to"),
            Kind::Objected => facts.to = field("objection"),
            Kind::Posted => {
                facts.to = field("to");
                facts.new_date = date("posted_on");
                facts.post_item = field("post_item");
            }
            Kind::Ready => {
                facts.to = field("to");
                facts.hours = field("hours");
            }
            Kind::Rated => facts.stars = field("stars"),
            Kind::TaskSet
            | Kind::WorksBegun
            | Kind::WorksStage
            | Kind::WorksPutOff
            | Kind::WorksDone
            | Kind::WorksChecked
            | Kind::WorksBack
            | Kind::WorksDropped
            | Kind::ProblemSolved
            | Kind::TaskDay
            | Kind::WorksDisputed
            | Kind::WorksReported
            | Kind::TaskGiven
            | Kind::TaskBack => {
                facts.works = field("works");
                facts.stage = field("stage");
                facts.task = field("task");
                facts.new_date = date("task_due_on").or_else(|| date("done_on"));
            }
            Kind::Named | Kind::NamedFor => facts.applicant.clone_from(&happening.name),
            Kind::Declined | Kind::PartyLeft => facts.executor = field("author"),
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
            Kind::Part | Kind::PartGiven => facts.new_date = date("part_due_on"),
            Kind::Plan => facts.new_date = date("planned_on"),
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
    pub(crate) fn addressees(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        if kind == Kind::Agreement {
            return self.those_who_may_agree(tx, happening);
        }
        let mut found = Vec::new();
        match kind.audience() {
            Audience::Applicant => {
                let mut owner = Addressee {
                    id: happening.case.0,
                    person: None,
                    email: happening.email.clone(),
                    language: happening.language,
                    name: happening.name.clone(),
                    named: false,
                };
                if let Some(person) = happening.person {
                    owner.id = person.0;
                    owner.person = Some(person);
                    if let Some(known) = self.person(tx, person, happening.language)? {
                        owner.language = known.language;
                        if owner.email.is_empty() || self.has_moved(tx, person, happening)? {
                            owner.email = known.email;
                        }
                    }
                }
                found.push(owner);
                if kind == Kind::Filed {
                    return Ok(found);
                }
                for other in &happening.others {
                    found.extend(self.person(tx, *other, happening.language)?);
                }
                if kind.is_for_the_named() && self.mail.is_configured() {
                    self.add_named(tx, happening, &mut found)?;
                }
            }
            Audience::Specialist => {
                found.extend(self.specialist(tx, happening.assignee, happening.unit)?);
            }
            Audience::Heads => {
                let named = happening.entry.field("to_unit");
                let unit = match named {
                    Some(code) => people::units::find(tx, code)?.unwrap_or(happening.unit),
                    None => happening.unit,
                };
                found.extend(self.heads(tx, unit)?);
            }
            Audience::PartDoers => {
                let named = happening.entry.field("part").unwrap_or_default();
                let part = named.parse().ok();
                let part = part.map(|part| Cases::part_of(tx, happening.case, part));
                let Some((unit, account)) = part.transpose()?.flatten() else {
                    return Ok(found);
                };
                let mut doers = vec![(account, unit)];
                if happening.entry.action == "case.part_overdue" {
                    // Whoever answers has to know that a part is missing.
                    doers.push((happening.assignee, happening.unit));
                }
                for (account, unit) in doers {
                    found.extend(self.specialist(tx, account, unit)?);
                }
            }
            Audience::TaskDoers => found = self.task_doers(tx, happening)?,
        }
        Ok(found)
    }

    /// Whether the owner's account has got another e-mail since the case was told one: nothing more
    /// goes to the old address, as the letter about the change has said.
    fn has_moved(&self, tx: &mut Tx<'_>, person: PersonId, happening: &Happening) -> Result<bool> {
        let journal = self.cases.journal();
        let changed = journal.history(tx, person.0)?;
        let changed = changed
            .iter()
            .rfind(|told| told.action == "person.email_changed");
        let Some(changed) = changed.map(|told| told.recorded_at) else {
            return Ok(false);
        };
        let told = journal.history(tx, happening.case.0)?;
        let told = told.iter().rfind(|told| {
            told.action == "case.filed"
                || (told.action == "case.corrected"
                    && told
                        .field("what")
                        .is_some_and(|what| what.contains("email")))
        });
        Ok(told.is_none_or(|told| told.recorded_at < changed))
    }

    /// The specialist of an account, or the heads of the unit while there is none: what nobody has is
    /// its heads' business.
    pub(crate) fn specialist(
        &self,
        tx: &mut Tx<'_>,
        account: Option<AccountId>,
        unit: UnitId,
    ) -> Result<Vec<Addressee>> {
        let person = match account {
            Some(account) => People::person_of(tx, account)?,
            None => None,
        };
        let language = self.shell.settings().language;
        match person {
            Some(person) => Ok(self.person(tx, person, language)?.into_iter().collect()),
            None => self.heads(tx, unit),
        }
    }

    /// The heads of a unit, or of the nearest above that has any.
    pub(crate) fn heads(&self, tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<Addressee>> {
        let language = self.shell.settings().language;
        let mut found = Vec::new();
        for above in People::units_above(tx, unit)? {
            for head in People::heads_of(tx, above)? {
                found.extend(self.person(tx, head, language)?);
            }
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Adds co-applicants without an account whose address nobody there has already.
    pub(crate) fn add_named(
        &self,
        tx: &mut Tx<'_>,
        happening: &Happening,
        found: &mut Vec<Addressee>,
    ) -> Result<()> {
        for email in self.cases.named_addresses(tx, happening.case)? {
            let known = email.to_lowercase();
            if found.iter().all(|one| one.email.to_lowercase() != known) {
                found.push(self.unknown(happening, email));
            }
        }
        Ok(())
    }

    /// Somebody of whom there is nothing but an e-mail that another gave.
    pub(crate) fn unknown(&self, happening: &Happening, email: String) -> Addressee {
        Addressee {
            id: named::addressee(self.cases.journal().keys(), &email),
            person: None,
            email,
            language: happening.language,
            // Whatever the applicant wrote could be meant for the reader of the letter.
            name: String::new(),
            named: true,
        }
    }

    /// Somebody with an account; none when they were erased.
    pub(crate) fn person(
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
                named: false,
            })),
            Err(base::Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The heads nearest above an answer that waits: nobody agrees to what they wrote themselves.
    fn those_who_may_agree(
        &self,
        tx: &mut Tx<'_>,
        happening: &Happening,
    ) -> Result<Vec<Addressee>> {
        let author = match Cases::author_of_waiting(tx, happening.case)? {
            Some(author) => People::person_of(tx, author)?,
            None => None,
        };
        let language = self.shell.settings().language;
        let mut found = Vec::new();
        for above in People::units_above(tx, happening.unit)? {
            for head in People::heads_of(tx, above)? {
                if Some(head) != author {
                    found.extend(self.person(tx, head, language)?);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
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
            None if addressee.named => wishes::read(tx, PersonId(addressee.id))?,
            None => wishes::Wishes::default(),
        };
        if kind.is_told_together() {
            let since = entry.recorded_at.plus_seconds(-TOGETHER_SECONDS);
            if sql::told_lately(tx, addressee.id, happening.case, kind, entry.idx, since)? {
                return Ok(());
            }
        }
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
            && !is_told_by_its_channel(kind, happening)
        {
            let id = base::id::new_uuid(tx.now());
            if sql::insert(tx, &new(Channel::Email, id, Vec::new()))? {
                let letter = self.letter(tx, id, kind, happening, facts, addressee)?;
                if kind.audience() == Audience::Applicant && !addressee.named {
                    // Whoever has filed may answer by letter.
                    self.mail.queue_about(tx, &letter, happening.case.0)?;
                } else {
                    self.mail.queue(tx, &letter)?;
                }
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
        let settings = if addressee.named {
            named::path(self.cases.journal().keys(), addressee.id)
        } else {
            "/cabinet/notices/settings".to_owned()
        };
        let settings = format!("{origin}{settings}");
        let words = self.shell.words();
        let foot_with = |key| {
            let address = [("address", settings.as_str().into())];
            words.text(addressee.language, key, &address)
        };
        let foot = match addressee.person {
            Some(_) => foot_with("notice-letter-foot"),
            None if addressee.named => foot_with("notice-letter-foot-named"),
            None => {
                // Only who files on the site is given a code with the number.
                let key = match happening.source {
                    Source::Web | Source::Api | Source::Mailbox => "notice-letter-foot-guest",
                    _ => "notice-letter-foot-reception",
                };
                words.plain(addressee.language, key).into_owned()
            }
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
            unsubscribe: (addressee.person.is_some() || addressee.named).then_some(settings),
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
        if addressee.named
            || !happening.answer_by_email
            || !matches!(kind, Kind::Answer | Kind::Interim)
        {
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
        // With a Latin letter the address can be read, and the number is understood all the same.
        let number = happening.number.to_string().replacen('\u{410}', "A", 1);
        let link = match (kind.audience(), addressee.person) {
            (Audience::Applicant, Some(_)) => format!("/cases/{number}"),
            (Audience::Applicant, None) => format!("/status?number={number}"),
            (Audience::TaskDoers, _) => format!("/desk/tasks/{}", facts.task),
            _ => format!("/desk/{number}"),
        };
        let mut values = Values::from([
            (Place::Greeting, greeting),
            (Place::Number, facts.number.clone()),
            (Place::Link, format!("{}{link}", settings.origin)),
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
            (Place::Topic, facts.topic.clone()),
            (Place::Applicant, facts.applicant.clone()),
            (Place::Stars, facts.stars.clone()),
            (Place::PostItem, facts.post_item.clone()),
            (Place::Hours, facts.hours.clone()),
            (Place::Works, facts.works.clone()),
            (Place::Stage, facts.stage.clone()),
            (Place::Outcome, named("case-outcome", &facts.outcome)),
            (
                Place::Days,
                facts.days.map(|days| days.to_string()).unwrap_or_default(),
            ),
        ]);
        if addressee.named {
            // Nobody has shown that the address is theirs: facts, and no words of anybody.
            values.remove(&Place::Reason);
        } else if matches!(kind, Kind::Answer | Kind::Interim)
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

/// Whether whoever took a case in acknowledges it: a letter is answered by one letter, with the code.
fn is_told_by_its_channel(kind: Kind, happening: &Happening) -> bool {
    kind == Kind::Filed && happening.source == Source::Mailbox
}

/// A line each.
fn listed(items: &[String]) -> String {
    items
        .iter()
        .map(|item| format!("\u{2014} {item}"))
        .collect::<Vec<_>>()
        .join("\n")
}
