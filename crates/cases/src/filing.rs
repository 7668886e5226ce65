//! Filing: from checked answers to a number, a place, a term and a receipt, in one change.

use base::id::CaseId;
use base::{Actor, Error, FieldError, Number, Result};
use catalog::form::{CheckContext, Companion};
use journal::{DataKey, NewEntry, Recorded};
use people::{Permission, Subject};
use sha2::{Digest, Sha256};
use store::{Db, Tx};
use uuid::Uuid;

use crate::course::{self, PartyBody};
use crate::documents::{self, Brought};
use crate::model::{
    Applicant, CaseRow, Clocks, Content, Filed, Filing, Intake, PartyRole, Side, Source, State,
    Term,
};
use crate::receiving::{relaxed, unreachable};
use crate::{Cases, KIND, content_context, pass, rulings, sql, term};

/// Version of the word `file-consent-text`, kept in the entry of every case.
const CONSENT_VERSION: &str = "1";

/// A case ready to be written: everything that needs no database.
pub(crate) struct Ready {
    row: CaseRow,
    content: Vec<u8>,
    term: String,
    route: String,
    fields: Vec<(&'static str, String)>,
    /// How it came, when an operator took it in.
    intake: Option<Intake>,
    /// Those who file together with the one who sends it.
    companions: Vec<Companion>,
    /// The account that sends it.
    sent_by: Option<base::id::AccountId>,
    /// The rules that are to decide it.
    ruling: Option<sql::RulingRow>,
}

impl Ready {
    /// The same as its actor sends it, under the version of the service's rules that is in force; the
    /// entry names it.
    fn under_rules(mut self, actor: &Actor, version: Option<u32>, identified: bool) -> Self {
        self.sent_by = actor.account();
        if let Some(version) = version {
            self.fields.push(("rules_version", version.to_string()));
        }
        self.ruling = version.map(|rules_version| sql::RulingRow {
            rules_version,
            identified,
            language: actor.language,
            state: sql::RulingState::Waiting,
            rule: None,
            ruled_at: None,
        });
        self
    }

    /// The same with those who file together; the entry names how many they are.
    fn beside(mut self, companions: Vec<Companion>) -> Self {
        if !companions.is_empty() {
            self.fields
                .push(("co_applicants", companions.len().to_string()));
            self.companions = companions;
        }
        self
    }
}

impl Cases {
    /// Files a case. Refuses with one error per field; the same draft or the same key sent again
    /// gives the case that it made the first time.
    pub async fn file(&self, actor: &Actor, filing: Filing) -> Result<Filed> {
        people::require(
            actor,
            Permission::FileCase,
            &Subject {
                owner: actor.person(),
                unit: None,
            },
        )?;
        let intake = match filing.draft {
            Some(draft) => self.intake_of_draft(actor, draft).await?,
            None => None,
        };
        if let Some(filed) = self.already_filed(&filing).await? {
            return Ok(filed);
        }
        if filing.source.is_by_hand() && intake.is_none() {
            // On behalf of others an operator files, from a card.
            return Err(Error::Forbidden);
        }
        let ready = self.prepare(actor, &filing, intake).await?;
        let cases = self.clone();
        let (draft, idempotency) = (filing.draft, filing.idempotency.clone());
        let (row, recorded) = self
            .0
            .journal
            .store()
            .change(actor, move |tx| {
                if let Some(draft) = draft {
                    tx.lock("case_draft", draft.0)?;
                }
                if let Some(request) = &idempotency {
                    tx.lock("case_idempotency", uuid_of(&request.key))?;
                }
                if let Some(existing) = Self::repeated(tx, draft, idempotency.as_ref())? {
                    let row = sql::case_by_id(tx, existing)?.ok_or(Error::NotFound)?;
                    let recorded = cases.0.journal.first_entry(tx, existing.0)?;
                    return Ok((row, recorded));
                }
                let brought = match draft {
                    Some(draft) => Brought::from(tx, draft)?,
                    None => None,
                };
                let (row, recorded) = cases.put_down_with(tx, &ready, brought.as_ref())?;
                if let Some(draft) = draft {
                    sql::finish_draft(tx, draft, row.id)?;
                    sql::empty_draft(tx, draft)?;
                    sql::drop_draft_intake(tx, draft)?;
                }
                if let Some(request) = &idempotency {
                    sql::remember_request(tx, &request.key, &request.body, row.id)?;
                }
                Ok((row, recorded))
            })
            .await?;
        metrics::counter!("okno_cases_filed_total").increment(1);
        self.filed(&row, &recorded)
    }

    /// What the one who filed a case is told, now or again.
    pub(crate) fn filed(&self, row: &CaseRow, recorded: &Recorded) -> Result<Filed> {
        let code = || pass::return_code(self.0.journal.keys(), row);
        Ok(Filed {
            id: row.id,
            number: row.number,
            // A repeated request is told what the first one was told.
            state: State::Registered,
            due_on: row.due_on,
            source: row.source,
            receipt: self.0.journal.receipt(&row.number.to_string(), recorded)?,
            return_code: row.person.is_none().then(code),
        })
    }

    async fn already_filed(&self, filing: &Filing) -> Result<Option<Filed>> {
        let (draft, request) = (filing.draft, filing.idempotency.clone());
        if draft.is_none() && request.is_none() {
            return Ok(None);
        }
        let journal = self.0.journal.clone();
        let known = self
            .0
            .journal
            .store()
            .read(move |db| {
                let Some(id) = Self::repeated(db, draft, request.as_ref())? else {
                    return Ok(None);
                };
                let row = sql::case_by_id(db, id)?.ok_or(Error::NotFound)?;
                Ok(Some((row, journal.first_entry(db, id.0)?)))
            })
            .await?;
        known
            .map(|(row, recorded)| self.filed(&row, &recorded))
            .transpose()
    }

    /// The case that the same draft or request made before.
    fn repeated(
        db: &mut Db<'_>,
        draft: Option<base::id::DraftId>,
        request: Option<&crate::model::Idempotency>,
    ) -> Result<Option<CaseId>> {
        if let Some(draft) = draft
            && let Some(case) = sql::draft(db, draft)?.and_then(|row| row.case)
        {
            return Ok(Some(case));
        }
        let Some(request) = request else {
            return Ok(None);
        };
        match sql::known_request(db, &request.key)? {
            Some((body, case)) if body == request.body => Ok(Some(case)),
            Some(_) => Err(Error::field("Idempotency-Key", "case-error-key-reused")),
            None => Ok(None),
        }
    }

    /// Checks the answers, finds the unit and the term, seals nothing yet.
    async fn prepare(
        &self,
        actor: &Actor,
        filing: &Filing,
        intake: Option<Intake>,
    ) -> Result<Ready> {
        let catalogue = self.0.catalog.contents().await?;
        // What was begun may be finished though the service is offered no more.
        let service = match filing.draft {
            Some(_) => catalogue.known_service(&filing.service),
            None => catalogue.service(&filing.service),
        };
        let service = service.ok_or_else(|| Error::field("service", "case-error-no-service"))?;
        let relaxed = relaxed(&service.definition, intake.as_ref(), filing.source);
        let definition = relaxed.as_ref().unwrap_or(&service.definition);
        if definition.access == catalog::model::Access::SignedIn && actor.person().is_none() {
            return Err(Error::Unauthenticated);
        }
        let units = self.0.people.units().await?;
        let held_against = CheckContext {
            today: self.today(),
            categories: catalogue.categories(),
            units: &units,
            officials: catalogue.officials(),
        };
        let answers = self
            .sound(actor, filing, definition, &held_against, intake.is_some())
            .await?;
        let code = definition.form.category_in(&answers);
        let category = code.and_then(|code| catalogue.categories().by_code(code));
        let (territory, address) = definition.form.place_in(&answers);
        let territory = territory.and_then(|code| units.territory_by_code(code));
        let subject = category.map(|category| category.id);
        let routed = match catalogue.addressed(definition, &answers, &units) {
            Some(routed) => routed,
            None => catalogue.route(
                &units,
                service.id,
                subject,
                territory.map(|territory| territory.id),
            )?,
        };
        let now = self.0.journal.store().now();
        let formal = match &intake {
            Some(intake) => intake.way.is_formal(),
            None => self.0.people.is_identified(actor).await?,
        };
        let (regime, rule) = term::answer_rule(definition, formal);
        let rule = catalogue.answer_term(subject, regime, rule);
        let came_on = intake
            .as_ref()
            .filter(|_| formal)
            .map(|intake| intake.came_on.unwrap_or_else(|| self.today()));
        let (registered_on, term) = match came_on {
            Some(came_on) => term::term_by_hand(regime, rule, self.hours(), came_on, now)?,
            None => term::term(regime, rule, self.hours(), now)?,
        };
        let companions = definition.form.companions_in(&answers);
        let address = address.unwrap_or_default().to_owned();
        let content = content_of(answers, address);
        let agreed = agreed_by(intake.as_ref(), filing.source);
        let unit = units.unit(routed.unit);
        let facts = Facts {
            service: definition.code.clone(),
            regime: regime.to_owned(),
            category: category.map(|category| category.code.clone()),
            unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
            consent: format!("{agreed}:{}", actor.language.tag()),
        };
        let clocks = Clocks {
            priority: Some(catalogue.priority(subject)),
            ..term::clocks(definition, &term, self.hours(), now, registered_on)
        };
        let row = CaseRow {
            id: CaseId::new(now),
            // The real number comes from the sequence, inside the change.
            number: Number::new(1000, 0).ok_or(Error::Busy)?,
            service: service.id,
            service_version: i64::from(definition.version),
            category: category.map(|category| category.id),
            unit: routed.unit,
            territory: territory.map(|territory| territory.id),
            person: intake.is_none().then(|| actor.person()).flatten(),
            state: State::Registered,
            outcome: None,
            received_at: now,
            registered_on,
            due_on: Some(term.due.due_on),
            answered_at: None,
            assignee: None,
            waits_for: Some(Side::Staff),
            source: intake.as_ref().map_or(filing.source, |intake| intake.way),
            outside_number: None,
            data_key: Uuid::nil(),
            shared: crate::model::Shared::default(),
            clocks,
            carried: false,
            to_post: false,
            code_turn: 0,
            words_since: None,
            stands_since: None,
        };
        let mut ready = ready(row, &content, &term, &routed.reason, facts)?.beside(companions);
        ready.intake = intake;
        let version = rulings::version_for(&catalogue, definition, service.id, self.today());
        Ok(ready.under_rules(actor, version, formal))
    }

    /// The answers, when nothing is wrong with them; else one error per field. An operator writes
    /// down what somebody has said: consent is not theirs to give, but they must have checked it.
    async fn sound(
        &self,
        actor: &Actor,
        filing: &Filing,
        definition: &catalog::model::Definition,
        held_against: &CheckContext<'_>,
        by_hand: bool,
    ) -> Result<catalog::form::Answers> {
        let mut errors = Vec::new();
        let answers = definition
            .form
            .check(&filing.answers, held_against)
            .unwrap_or_else(|wrong| {
                errors = wrong;
                catalog::form::Answers::new()
            });
        errors.extend(self.lacking_documents(actor, filing, definition).await?);
        if by_hand || filing.source == Source::Voice {
            errors.extend(unreachable(definition, &filing.answers));
        }
        if !filing.consent {
            let key = if by_hand {
                "reception-error-confirm"
            } else {
                "case-error-consent"
            };
            errors.push(FieldError::new("consent", key));
        }
        if errors.is_empty() {
            Ok(answers)
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// Makes those who file together parties of the case, as they would be named later.
    fn name_companions(
        &self,
        tx: &mut Tx<'_>,
        key: &DataKey,
        row: &CaseRow,
        ready: &Ready,
    ) -> Result<()> {
        let added_by = ready.sent_by;
        // Parties are listed by their ids, so these stand in the order in which they were written.
        let mut ids: Vec<Uuid> = ready
            .companions
            .iter()
            .map(|_| base::id::new_uuid(tx.now()))
            .collect();
        ids.sort_unstable();
        for (companion, id) in ready.companions.iter().zip(ids) {
            let person = match companion.email.as_str() {
                "" => None,
                email => self.0.people.person_of_email(tx, email)?,
            };
            let reached_at = [&companion.email, &companion.address];
            let reached_at = reached_at.into_iter().filter(|text| !text.is_empty());
            let body = PartyBody {
                name: companion.name.clone(),
                note: reached_at.cloned().collect::<Vec<_>>().join(", "),
                email: companion.email.clone(),
            };
            let party = sql::PartyRow {
                id,
                role: PartyRole::CoApplicant,
                person: person.filter(|person| Some(*person) != row.person),
                added_by,
                added_at: tx.now(),
                agreed_at: None,
                body: course::seal(key, row.id, "party", id, &body)?,
            };
            sql::insert_party(tx, row.id, &party)?;
        }
        Ok(())
    }

    /// One error for each document that the service requires and the draft does not bring.
    async fn lacking_documents(
        &self,
        actor: &Actor,
        filing: &Filing,
        definition: &catalog::model::Definition,
    ) -> Result<Vec<FieldError>> {
        let attachments = &definition.attachments;
        let Some(draft) = filing.draft.filter(|_| !attachments.slots.is_empty()) else {
            return Ok(Vec::new());
        };
        let attached = self.documents_of_draft(draft).await?;
        Ok(documents::lacking(attachments, &attached)
            .into_iter()
            .map(|slot| {
                FieldError::new("documents", "case-error-document-lacks")
                    .with("title", slot.title.text(actor.language))
            })
            .collect())
    }

    /// Writes the case with its key, number and entry.
    pub(crate) fn put_down(&self, tx: &mut Tx<'_>, ready: &Ready) -> Result<(CaseRow, Recorded)> {
        self.put_down_with(tx, ready, None)
    }

    /// The same with the documents that its draft brings, under whose key the case then stands.
    fn put_down_with(
        &self,
        tx: &mut Tx<'_>,
        ready: &Ready,
        brought: Option<&Brought>,
    ) -> Result<(CaseRow, Recorded)> {
        let id = ready.row.id;
        let keys = self.0.journal.keys();
        let key = match brought {
            Some(Brought {
                key: (key, wrapped),
                ..
            }) => keys.adopt(tx, KIND, id.0, (*key, wrapped.as_slice()))?,
            None => keys.create(tx, KIND, id.0)?,
        };
        let number = next_number(tx, self.hours().zone())?;
        let row = CaseRow {
            number,
            data_key: key.id(),
            ..ready.row.clone()
        };
        let content = key.seal(&content_context(id), &ready.content)?;
        sql::insert_case(
            tx,
            &sql::NewCase {
                row: &row,
                content: &content,
                term: Some(&ready.term),
                route: &ready.route,
                closed_at: None,
            },
        )?;
        self.name_companions(tx, &key, &row, ready)?;
        if let Some(ruling) = &ready.ruling {
            sql::put_ruling(tx, id, ruling)?;
            let now = tx.now();
            journal::jobs::enqueue(tx, rulings::RULES_JOB, &id.to_string(), now)?;
        }
        let mut fields = vec![("number", number.to_string())];
        fields.extend(ready.fields.iter().cloned());
        if let Some(intake) = &ready.intake {
            fields.extend(self.take_in(tx, &key, &row, intake)?);
        }
        if let Some(brought) = brought {
            fields.extend(brought.hand_over(tx, &key, id)?);
        }
        let recorded = self.0.journal.record(
            tx,
            NewEntry {
                action: "case.filed",
                kind: KIND,
                id: id.0,
                fields,
                occurred_at: None,
                key,
                first: true,
            },
        )?;
        Ok((row, recorded))
    }
}

/// What the entry of a filing says of consent. Whoever is written for has agreed to nothing here, nor
/// has whoever wrote a letter: the answer is owed to them by law.
fn agreed_by(intake: Option<&Intake>, source: Source) -> &'static str {
    match (intake, source) {
        (Some(_), _) => "on_behalf",
        (None, Source::Mailbox) => "by_letter",
        _ => CONSENT_VERSION,
    }
}

/// What is sealed of a filing.
fn content_of(answers: catalog::form::Answers, address: String) -> Content {
    Content {
        address,
        applicant: applicant_in(&answers),
        answers,
        carried_answer: None,
    }
}

/// The facts of a filing that its entry names by their codes.
pub(crate) struct Facts {
    pub(crate) service: String,
    pub(crate) regime: String,
    pub(crate) category: Option<String>,
    pub(crate) unit: String,
    pub(crate) consent: String,
}

pub(crate) fn ready(
    row: CaseRow,
    content: &Content,
    term: &Term,
    route: &catalog::routing::RouteReason,
    facts: Facts,
) -> Result<Ready> {
    let content = serde_json::to_vec(content).map_err(Error::internal)?;
    let fields = vec![
        ("service", facts.service),
        ("regime", facts.regime),
        ("category", facts.category.unwrap_or_default()),
        ("unit", facts.unit),
        ("state", row.state.code().to_owned()),
        ("registered_on", row.registered_on.to_string()),
        (
            "due_on",
            row.due_on.map(|date| date.to_string()).unwrap_or_default(),
        ),
        ("source", row.source.code().to_owned()),
        ("content_sha256", hex(&Sha256::digest(&content))),
        ("consent", facts.consent),
    ];
    Ok(Ready {
        row,
        content,
        term: serde_json::to_string(term).map_err(Error::internal)?,
        route: serde_json::to_string(route).map_err(Error::internal)?,
        fields,
        intake: None,
        companions: Vec::new(),
        sent_by: None,
        ruling: None,
    })
}

/// Who files, with the organisation for which they do.
fn applicant_in(answers: &catalog::form::Answers) -> Applicant {
    let named = answers.get("applicant").cloned();
    let named = named.and_then(|value| serde_json::from_value(value).ok());
    let name = answers
        .get("organisation")
        .and_then(|group| group.get("name"));
    let name = name.and_then(serde_json::Value::as_str);
    Applicant {
        organisation: name.unwrap_or_default().to_owned(),
        ..named.unwrap_or_default()
    }
}

/// The next number of the year.
pub(crate) fn next_number(tx: &mut Tx<'_>, zone: &jiff::tz::TimeZone) -> Result<Number> {
    let year = tx.now().date(zone).year();
    let sequence = tx.next_in_sequence("case")?;
    u16::try_from(year)
        .ok()
        .zip(u32::try_from(sequence).ok())
        .and_then(|(year, sequence)| Number::new(year, sequence))
        .ok_or_else(|| Error::internal("the numbers of cases are used up"))
}

impl Cases {
    /// Leaves out the next `count` numbers: after a restore, those that were given out since the
    /// backup must not be given to anybody else.
    pub fn skip_numbers_blocking(&self, count: u64) -> Result<()> {
        let mut left = count;
        while left > 0 {
            let some = left.min(1_000);
            self.0.journal.store().housekeeping_blocking(move |tx| {
                for _ in 0..some {
                    tx.next_in_sequence("case")?;
                }
                Ok(())
            })?;
            left -= some;
        }
        Ok(())
    }
}

/// A digest as text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
        text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        text
    })
}

fn uuid_of(key: &[u8; 32]) -> Uuid {
    let mut half = [0u8; 16];
    half.copy_from_slice(&key[..16]);
    Uuid::from_bytes(half)
}
