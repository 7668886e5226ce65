//! Receiving: what an operator writes down for somebody who calls, writes on paper or comes. The
//! draft carries how it came; filed, it is a case without an account behind it, the operator stands
//! in its entry, and nobody but the case's unit and this operator finds it again.

use base::id::{CaseId, DraftId};
use base::text::{clean_line, length};
use base::{Actor, Cursor, Error, FieldError, Moment, Number, Page, Result};
use catalog::form::{Field, FieldKind};
use catalog::{Access, Answers, Definition, Service};
use jiff::civil::Date;
use journal::DataKey;
use people::{People, Permission};
use serde::{Deserialize, Serialize};
use store::{Db, Tx};

use crate::addressee::ANSWER_BY;
use crate::colleagues::COLLEAGUE;
use crate::course::{self, PartyBody};
use crate::model::{
    CaseRow, Content, Draft, Intake, PartyRole, QueueRow, Received, Source, TakenIn,
};
use crate::reading::{limit_of, moment_cursor, read_moment_cursor};
use crate::sql::{self, IntakeRow, PartyRow};
use crate::{Cases, pass};

/// How old a letter may be that is entered, in days: an older one is a slip in the date.
const OLDEST: i64 = 60;
/// The most people who sign a letter beside the one who is answered.
const MOST_OTHERS: usize = 10;
/// The longest number of a sender's letter, in characters.
const OUTGOING_MOST: usize = 60;
/// The longest text of a letter that came by itself, in characters.
pub const LETTER_MOST: u32 = 40_000;
/// The longest name, in characters.
const NAME_MOST: usize = 300;
/// For how long the operator is shown the return code: it is the applicant's.
const CODE_SECONDS: i64 = 24 * 3600;
/// Texts without which nobody could say what is asked and by whom.
const NEEDED: [&str; 3] = ["subject", "description", "last_name"];
/// The name of an organisation that writes: the answer is addressed to it.
const ORGANISATION: (&str, &str) = ("organisation", "name");
/// The group of the form that says who asks, and the ways to reach them.
const APPLICANT: &str = "applicant";
const REACHED_BY: [&str; 3] = ["email", "phone", "postal_address"];

/// How a case came, sealed under its key.
#[derive(Serialize, Deserialize)]
pub(crate) struct IntakeBody {
    operator: String,
    intake: Intake,
}

impl Cases {
    /// Begins a card: a draft of this service that carries how the appeal came.
    pub async fn begin_intake(
        &self,
        actor: &Actor,
        service: &str,
        intake: &Intake,
    ) -> Result<DraftId> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let contents = self.0.catalog.contents().await?;
        let mut errors = Vec::new();
        let offered = contents
            .service(service)
            .is_some_and(|service| is_taken_in(service, intake.way));
        if !offered {
            errors.push(FieldError::new("service", "error-choose-one"));
        }
        let intake = sound(intake, self.today(), &mut errors);
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let now = self.0.journal.store().now();
        let id = DraftId::new(now);
        let json = serde_json::to_vec(&intake).map_err(Error::internal)?;
        let keys = self.0.journal.keys();
        let body = keys.installation().seal(&draft_context(id), &json)?;
        let row = sql::DraftRow {
            id,
            person: actor.person(),
            service: service.to_owned(),
            saved_at: now,
            case: None,
            content: self.sealed_answers(id, &Answers::new())?,
        };
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                sql::put_draft(tx, &row)?;
                sql::insert_draft_intake(tx, id, account, &body)
            })
            .await?;
        Ok(id)
    }

    /// How the appeal of a draft came; none for an applicant's own. Only the operator who began it
    /// goes on with it.
    pub(crate) async fn intake_of_draft(
        &self,
        actor: &Actor,
        id: DraftId,
    ) -> Result<Option<Intake>> {
        let kept = self
            .0
            .journal
            .store()
            .read(move |db| sql::draft_intake(db, id))
            .await?;
        let Some((operator, body)) = kept else {
            return Ok(None);
        };
        match actor.account() {
            Some(account) if account == operator => {}
            Some(_) => return Err(Error::NotFound),
            // Whose sign-in has ended signs in and goes on.
            None => return Err(Error::Unauthenticated),
        }
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        self.open_draft_intake(id, &body).map(Some)
    }

    fn open_draft_intake(&self, id: DraftId, body: &[u8]) -> Result<Intake> {
        let key = self.0.journal.keys().installation();
        let json = key.open(&draft_context(id), body)?;
        serde_json::from_slice(&json).map_err(Error::internal)
    }

    /// The cards that an operator has begun and not registered, newest first, 50 at the most.
    pub async fn begun(&self, actor: &Actor) -> Result<Vec<Draft>> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let store = self.0.journal.store();
        let rows = store.read(move |db| sql::begun(db, account)).await?;
        rows.into_iter()
            .map(|(row, body)| {
                let intake = Some(self.open_draft_intake(row.id, &body)?);
                Ok(Draft {
                    intake,
                    ..self.opened(row)?
                })
            })
            .collect()
    }

    /// What the operator took in, newest first; with a day, what they took in on it.
    pub async fn taken_in(
        &self,
        actor: &Actor,
        on: Option<Date>,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<QueueRow>> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let limit = limit_of(limit);
        let mut after = after.map(read_moment_cursor).transpose()?;
        let mut since = Moment::from_micros(0);
        if let Some(day) = on {
            since = self.begins(day);
            // Before the first moment of the day after, whatever is below every identifier.
            let end = self.begins(day.saturating_add(jiff::Span::new().days(1)));
            let end = (end, CaseId(uuid::Uuid::nil()));
            after = Some(after.map_or(end, |after| after.min(end)));
        }
        let store = self.0.journal.store();
        let rows = store
            .read(move |db| sql::taken_in(db, account, since, after, limit + 1))
            .await?;
        self.listed(Page::of(rows, limit, |row| -> Cursor {
            moment_cursor(row.case.received_at, row.case.id)
        }))
    }

    /// How many the operator took in on a day, by the way they came; ways by which none came are
    /// left out.
    pub async fn taken_in_by_way(&self, actor: &Actor, on: Date) -> Result<Vec<(Source, u64)>> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let since = self.begins(on);
        let end = self.begins(on.saturating_add(jiff::Span::new().days(1)));
        let store = self.0.journal.store();
        store
            .read(move |db| sql::taken_in_by_way(db, account, since, end))
            .await
    }

    /// The number of the case that a draft became; none when the case is no more.
    pub async fn number_of(&self, case: CaseId) -> Result<Option<Number>> {
        let store = self.0.journal.store();
        let row = store.read(move |db| sql::case_by_id(db, case)).await?;
        Ok(row.map(|row| row.number))
    }

    /// A case that the operator took in, as it was written down. The reading is written down first.
    pub async fn received(&self, actor: &Actor, number: Number) -> Result<Received> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let this = self.clone();
        let (case, content, taken) = self
            .0
            .journal
            .store()
            .read(move |db| {
                let case = Self::row(db, number)?;
                let key = this.0.journal.keys().load(db, case.data_key)?;
                let taken = Self::open_intake(db, &key, case.id)?;
                let taken = taken.filter(|taken| taken.account == account);
                let taken = taken.ok_or(Error::NotFound)?;
                let content: Content =
                    Self::open_content(&key, case.id, &sql::inside(db, case.id)?.content)?;
                Ok((case, content, taken))
            })
            .await?;
        self.log_reading(account, case.id).await?;
        let fresh = self.0.journal.store().now().seconds_since(taken.at) < CODE_SECONDS;
        let code = || pass::return_code(self.0.journal.keys(), &case);
        Ok(Received {
            return_code: fresh.then(code),
            case,
            content,
            taken,
        })
    }

    /// How an operator took a case in; none when its applicant filed it.
    pub(crate) fn open_intake(
        db: &mut Db<'_>,
        key: &DataKey,
        case: CaseId,
    ) -> Result<Option<TakenIn>> {
        let Some(row) = sql::intake(db, case)? else {
            return Ok(None);
        };
        let body: IntakeBody = course::open(key, case, "intake", case.0, &row.body)?;
        Ok(Some(TakenIn {
            intake: body.intake,
            account: row.operator,
            operator: body.operator,
            at: row.taken_at,
        }))
    }

    /// Writes down how a new case came and who signed it beside the one who is answered; what its
    /// entry says of that.
    pub(crate) fn take_in(
        &self,
        tx: &mut Tx<'_>,
        key: &DataKey,
        case: &CaseRow,
        intake: &Intake,
    ) -> Result<Vec<(&'static str, String)>> {
        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
        let account = tx.actor().account().ok_or(Error::Unauthenticated)?;
        let operator = People::name_of(tx, &self.0.journal, person)?.short();
        let body = IntakeBody {
            operator: operator.clone(),
            intake: intake.clone(),
        };
        let row = IntakeRow {
            operator: account,
            // The list of an operator goes by the moment that the case itself knows.
            taken_at: case.received_at,
            body: course::seal(key, case.id, "intake", case.id.0, &body)?,
        };
        sql::insert_intake(tx, case.id, &row)?;
        // Of one moment they are listed by identifier: as they stand under the letter.
        let mut ids: Vec<_> = intake
            .others
            .iter()
            .map(|_| base::id::new_uuid(tx.now()))
            .collect();
        ids.sort_unstable();
        for (name, id) in intake.others.iter().zip(ids) {
            let body = PartyBody {
                name: name.clone(),
                note: String::new(),
                email: String::new(),
            };
            let row = PartyRow {
                id,
                role: PartyRole::CoApplicant,
                person: None,
                added_by: Some(account),
                added_at: tx.now(),
                agreed_at: None,
                body: course::seal(key, case.id, "party", id, &body)?,
            };
            sql::insert_party(tx, case.id, &row)?;
        }
        let came_on = intake.came_on.map(|day| ("came_on", day.to_string()));
        let colleague = self.colleague(tx)?.map(|name| (COLLEAGUE, name));
        Ok(std::iter::once(("by", operator))
            .chain(colleague)
            .chain(came_on)
            .collect())
    }
}

/// Whether an appeal of this service can come this way: what asks for an account can be brought or
/// written, where the paper or the passport says who it is, and not told by phone.
pub(crate) fn is_taken_in(service: &Service, way: Source) -> bool {
    service.public && (service.definition.access == Access::Guest || way.is_formal())
}

/// A service as an operator fills it in. An appeal on paper must be registered whatever it leaves
/// out (59-FZ, art. 8(2)), and a caller may have no e-mail: only what says the matter, its place and
/// the name stays necessary.
pub(crate) fn on_behalf(definition: &Definition) -> Definition {
    let mut definition = definition.clone();
    for step in &mut definition.form.steps {
        // Who else has signed stands on the card, where a name is enough.
        let is_people = |field: &Field| matches!(field.kind, FieldKind::People { .. });
        step.fields.retain(|field| !is_people(field));
        step.fields.iter_mut().for_each(|field| relax(field, ""));
    }
    let slots = definition.attachments.slots.iter_mut();
    slots.for_each(|slot| slot.required = false);
    definition
}

/// A service as it is filled in aloud: what is said to a machine stands under the rules of what is said
/// to an operator by telephone.
pub fn said_aloud(definition: &Definition) -> Definition {
    on_behalf(definition)
}

/// A service as whoever sends this fills it in, where that is not the applicant on a form of ours.
pub(crate) fn relaxed(
    definition: &Definition,
    intake: Option<&Intake>,
    source: Source,
) -> Option<Definition> {
    match (intake, source) {
        (None, Source::Mailbox) => Some(as_written(definition)),
        // Who says it aloud spells no e-mail: a telephone is enough, as with an operator.
        (Some(_), _) | (None, Source::Voice) => Some(on_behalf(definition)),
        (None, _) => None,
    }
}

/// A service as a letter fills it in that came by itself: whoever wrote it saw no form, so nothing is
/// demanded but what every letter has, and its text may be as long as letters are.
pub(crate) fn as_written(definition: &Definition) -> Definition {
    let mut definition = on_behalf(definition);
    let steps = definition.form.steps.iter_mut();
    steps.flat_map(|step| &mut step.fields).for_each(loosen);
    definition
}

fn loosen(field: &mut Field) {
    field.required = false;
    match &mut field.kind {
        FieldKind::Group { fields } => fields.iter_mut().for_each(loosen),
        FieldKind::Text { min, max, lines } => {
            *min = 0;
            if *lines {
                *max = (*max).max(LETTER_MOST);
            }
        }
        _ => {}
    }
}

/// `within` is the group that the field belongs to; empty at the top.
fn relax(field: &mut Field, within: &str) {
    // The browser of an operator neither keeps the names and telephones of callers nor offers its own.
    field.autocomplete = Some("off".to_owned());
    let is_answer_by = field.name == ANSWER_BY.0;
    match &mut field.kind {
        FieldKind::Group { fields } => {
            let group = field.name.as_str();
            for inner in fields {
                relax(inner, group);
            }
        }
        FieldKind::Choice { options } if is_answer_by => {
            // An answer by e-mail needs one, now that it may be missing.
            let by_email = options
                .iter_mut()
                .find(|option| option.value == ANSWER_BY.1);
            if let Some(option) = by_email {
                option.needs = Some(format!("{APPLICANT}.email"));
            }
        }
        // By these the form takes its shape and the case finds its way.
        FieldKind::Choice { .. }
        | FieldKind::Yes
        | FieldKind::Category
        | FieldKind::Official
        | FieldKind::People { .. }
        | FieldKind::Place { .. } => {}
        FieldKind::Text { .. } => {
            let name = field.name.as_str();
            field.required &= NEEDED.contains(&name) || (within, name) == ORGANISATION;
        }
        _ => field.required = false,
    }
}

/// What is wrong when the one who asks can be reached by nothing: an e-mail, a telephone or a
/// postal address, one is enough. A form that asks for an e-mail alone leaves a caller without one
/// nothing to say, so it demands nothing.
pub(crate) fn unreachable(definition: &Definition, answers: &Answers) -> Option<FieldError> {
    let fields = definition.form.steps.iter().flat_map(|step| &step.fields);
    let asks = fields
        .filter(|field| field.name == APPLICANT)
        .any(|field| match &field.kind {
            FieldKind::Group { fields } => fields.iter().any(|inner| inner.name == REACHED_BY[1]),
            _ => false,
        });
    if !asks {
        return None;
    }
    reached_by_nothing(answers)
}

fn reached_by_nothing(answers: &Answers) -> Option<FieldError> {
    let said = |name: &str| {
        let text = answers.get(APPLICANT).and_then(|group| group.get(name));
        let text = text.and_then(serde_json::Value::as_str);
        text.is_some_and(|text| !clean_line(text).is_empty())
    };
    let none = !REACHED_BY.iter().any(|name| said(name));
    none.then(|| FieldError::new(format!("{APPLICANT}.phone"), "reception-error-unreachable"))
}

/// The intake made clean, with what is wrong with it.
fn sound(intake: &Intake, today: jiff::civil::Date, errors: &mut Vec<FieldError>) -> Intake {
    if !intake.way.is_by_hand() {
        errors.push(FieldError::new("way", "error-choose-one"));
    }
    if !intake.way.is_letter() {
        return Intake {
            way: intake.way,
            came_on: None,
            outgoing: String::new(),
            others: Vec::new(),
        };
    }
    let oldest = today.saturating_sub(jiff::Span::new().days(OLDEST));
    match intake.came_on {
        None => errors.push(FieldError::new("came_on", "reception-error-day")),
        Some(day) if day > today => {
            errors.push(FieldError::new("came_on", "reception-error-future"));
        }
        Some(day) if day < oldest => {
            errors.push(FieldError::new("came_on", "reception-error-old").with("days", OLDEST));
        }
        Some(_) => {}
    }
    // The pages say «исходящий №» themselves.
    let outgoing = clean_line(&intake.outgoing);
    let outgoing = outgoing.trim_start_matches(['№', ' ']).to_owned();
    if length(&outgoing) > OUTGOING_MOST {
        errors.push(FieldError::new("outgoing", "error-too-long").with("max", OUTGOING_MOST));
    }
    let others: Vec<String> = intake
        .others
        .iter()
        .map(|name| clean_line(name))
        .filter(|name| !name.is_empty())
        .collect();
    if others.len() > MOST_OTHERS {
        errors.push(FieldError::new("others", "reception-error-others").with("most", MOST_OTHERS));
    }
    if others.iter().any(|name| length(name) > NAME_MOST) {
        errors.push(FieldError::new("others", "error-too-long").with("max", NAME_MOST));
    }
    Intake {
        way: intake.way,
        came_on: intake.came_on,
        outgoing,
        others,
    }
}

fn draft_context(id: DraftId) -> String {
    format!("case.draft_intake:{id}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn letter() -> Intake {
        Intake {
            way: Source::Paper,
            came_on: Some(date(2026, 11, 18)),
            outgoing: " 15/3 ".into(),
            others: vec!["Петров И. И.".into(), "  ".into()],
        }
    }

    #[test]
    fn the_number_of_a_sender_stands_without_its_sign() {
        let typed = Intake {
            outgoing: "№ 15/3".into(),
            ..letter()
        };
        let sound = sound(&typed, date(2026, 11, 20), &mut Vec::new());
        assert_eq!(sound.outgoing, "15/3");
    }

    fn wrong(intake: &Intake) -> Vec<String> {
        let mut errors = Vec::new();
        sound(intake, date(2026, 11, 20), &mut errors);
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_letter_has_a_day_of_receipt_that_can_be_true() {
        assert_eq!(wrong(&letter()), Vec::<String>::new());
        for day in [None, Some(date(2026, 11, 21)), Some(date(2025, 11, 18))] {
            let intake = Intake {
                came_on: day,
                ..letter()
            };
            assert_eq!(wrong(&intake), ["came_on"]);
        }
    }

    #[test]
    fn a_letter_names_ten_more_senders_at_the_most_and_a_call_none() {
        let many = Intake {
            others: vec!["Петров".into(); 11],
            ..letter()
        };
        assert_eq!(wrong(&many), ["others"]);
        let call = Intake {
            way: Source::Phone,
            ..many
        };
        let mut errors = Vec::new();
        let call = sound(&call, date(2026, 11, 20), &mut errors);
        assert!(errors.is_empty() && call.others.is_empty() && call.came_on.is_none());
    }

    #[test]
    fn one_way_to_reach_somebody_is_enough() {
        let with = |name: &str, value: &str| {
            let group = serde_json::json!({ APPLICANT: { "last_name": "Иванов", name: value } });
            reached_by_nothing(group.as_object().unwrap()).is_none()
        };
        assert!(with("phone", "+7 900 000-00-00"));
        assert!(with("postal_address", "Лесная, 12"));
        assert!(!with("email", " \u{200b}"));
    }
}
