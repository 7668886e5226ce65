//! Decisions by rule. Filing puts down by which version a case is to be decided and queues a job; the
//! job asks the rules and, under the case's lock, makes the answer, or a draft where they only
//! propose, or leaves the case to people. A case that the job has missed is found by the clock. What
//! was decided without a person says so, with the rule and the officer who approved it, and a person
//! reviews it when the applicant asks.

use std::sync::Arc;

use base::id::{AccountId, AnswerId, CaseId};
use base::{Actor, Error, Result};
use catalog::decisions::{Facts, Judged, Mode, Spoken, Verdict, Voice, judge, speak};
use catalog::rulings::{Approved, Stage, version_in};
use catalog::{Answered, Contents, Decision, Definition, PastAnswered, Phrase};
use jiff::civil::Date;
use journal::{DataKey, NewEntry};
use people::{People, Units};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Db, Tx};
use uuid::Uuid;

use crate::answers::AnswerBody;
use crate::filing::hex;
use crate::model::{AnswerKind, AnswerParts, AnswerState, CaseRow, Content, Outcome, Side, State};
use crate::sql::{self, AnswerRow, Moved, RulingRow, RulingState};
use crate::states::{Action, transition};
use crate::work::Signed;
use crate::{Cases, KIND};

/// The kind of job that decides a case by its rules.
pub const RULES_JOB: &str = "cases.rules";
/// Cases that are looked at in one coming of the clock.
const MOST: i64 = 200;
/// For so many days after the answer a person reviews it when asked.
pub(crate) const REVIEW_DAYS: i32 = 30;

/// By which rule an answer came about, and why: it stands in the answer, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRule {
    /// The version of the service's rules.
    pub version: u32,
    /// The place of the rule in it, from 1.
    pub place: usize,
    /// Its code.
    pub code: String,
    /// What it is about.
    pub title: Phrase,
    /// The officer who approved the version.
    pub approved_by: String,
    /// The day on which they did.
    pub approved_on: Date,
    /// Whether the rule decided; otherwise it proposed, and a person confirmed.
    pub decided: bool,
    /// Whether the question was a reference question.
    #[serde(default)]
    pub reference: bool,
    /// Every condition with what it found.
    pub judged: Judged,
}

/// The outcome of a case that a rule comes to.
const fn outcome_of(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Granted => Outcome::Satisfied,
        Verdict::Explained => Outcome::Explained,
        Verdict::Refused => Outcome::Refused,
    }
}

/// What rules would call an outcome; none where they know none like it.
const fn verdict_of(outcome: Outcome) -> Option<Verdict> {
    match outcome {
        Outcome::Satisfied => Some(Verdict::Granted),
        Outcome::Explained => Some(Verdict::Explained),
        Outcome::Refused => Some(Verdict::Refused),
        _ => None,
    }
}

/// What the rules say of a case.
enum Said {
    /// A person decides, for a reason that the entry names.
    Person(&'static str),
    /// A rule fits, and has words.
    Rule {
        by: Box<ByRule>,
        outcome: Outcome,
        spoken: Spoken,
    },
}

/// What a decision stands on, read before the change.
struct Ground {
    contents: Arc<Contents>,
    units: Arc<Units>,
}

/// By which version a case that is filed now is to be decided; none where people decide.
pub(crate) fn version_for(
    contents: &Contents,
    definition: &Definition,
    service: base::id::ServiceId,
    today: Date,
) -> Option<u32> {
    definition.decision?;
    let approved = contents.decisions_on(service, today)?;
    Some(approved.version.number)
}

impl Cases {
    /// Asks the rules about a case that waits for them; nothing where it waits no more.
    pub async fn decide_by_rule(&self, case: CaseId) -> Result<()> {
        let ground = Arc::new(Ground {
            contents: self.0.catalog.contents().await?,
            units: self.0.people.units().await?,
        });
        let this = self.clone();
        let store = self.0.journal.store();
        store
            .change(&Actor::system("rules"), move |tx| {
                tx.lock(KIND, case.0)?;
                let waits = |row: &RulingRow| row.state == RulingState::Waiting;
                let Some(ruling) = sql::ruling(tx, case)?.filter(waits) else {
                    return Ok(());
                };
                let row = sql::case_by_id(tx, case)?.ok_or(Error::NotFound)?;
                if row.is_carried_over() {
                    return Ok(());
                }
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                this.rule_on(tx, &ground, (&row, &ruling), key)
            })
            .await
    }

    /// Asks the rules about cases that still wait for them: a job may have been lost in a restored
    /// store. How many there were.
    pub async fn decide_waiting(&self) -> Result<usize> {
        let store = self.0.journal.store();
        let first = CaseId(Uuid::nil());
        let waiting = store
            .read(move |db| sql::waiting_for_rules(db, first, MOST))
            .await?;
        for case in &waiting {
            // One that cannot be decided now holds up no other.
            if let Err(error) = self.decide_by_rule(*case).await {
                tracing::warn!(%error, case = %case, "a case was not decided by its rules");
            }
        }
        Ok(waiting.len())
    }

    fn rule_on(
        &self,
        tx: &mut Tx<'_>,
        ground: &Ground,
        (row, ruling): (&CaseRow, &RulingRow),
        key: DataKey,
    ) -> Result<()> {
        let inside = sql::inside(tx, row.id)?;
        let content = Self::open_content(&key, row.id, &inside.content)?;
        let said = self.ask(tx, ground, (row, ruling), &content)?;
        let now = tx.now();
        let done = |state, rule: Option<&ByRule>| RulingRow {
            state,
            rule: rule.map(|rule| rule.code.clone()),
            ruled_at: Some(now),
            ..ruling.clone()
        };
        let mut fields = vec![("rules_version", ruling.rules_version.to_string())];
        let (action, state) = match said {
            Said::Person(why) => {
                sql::put_ruling(tx, row.id, &done(RulingState::Left, None))?;
                fields.push(("why", why.to_owned()));
                ("case.left_to_people", row.state)
            }
            Said::Rule {
                by,
                outcome,
                spoken,
            } => {
                fields.push(("rule", by.code.clone()));
                fields.push(("approved_by", by.approved_by.clone()));
                let state = if by.decided {
                    RulingState::Decided
                } else {
                    RulingState::Proposed
                };
                sql::put_ruling(tx, row.id, &done(state, Some(&by)))?;
                let accounts = accounts_of(tx, row, ruling)?;
                let answer = answer_of(tx, row, (*by, outcome, spoken), accounts, &key)?;
                if state == RulingState::Proposed {
                    sql::put_answer(tx, row.id, &answer.0)?;
                    fields.push(("proposed_outcome", outcome.code().to_owned()));
                    ("case.decision_proposed", row.state)
                } else {
                    fields.extend(deliver(tx, (row, &content), &answer)?);
                    ("case.answered", State::Decided)
                }
            }
        };
        fields.push(("state", state.code().to_owned()));
        self.0.journal.record(
            tx,
            NewEntry {
                action,
                kind: KIND,
                id: row.id.0,
                fields,
                occurred_at: None,
                key,
                first: false,
            },
        )?;
        Ok(())
    }

    /// What the rules of the version that the case was filed under say of it.
    fn ask(
        &self,
        tx: &mut Tx<'_>,
        ground: &Ground,
        (row, ruling): (&CaseRow, &RulingRow),
        content: &Content,
    ) -> Result<Said> {
        // Somebody was quicker than the rules: what they have begun is theirs.
        let line = transition(row.state, Action::DecideByRule, Side::Staff);
        if line.is_none() || row.assignee.is_some() {
            return Ok(Said::Person("taken"));
        }
        // The row says how the version stands in this moment, the catalogue what its rules are.
        let version = version_in(tx, row.service, ruling.rules_version)?;
        let stands = version.is_some_and(|version| version.stage == Stage::Approved);
        let known = ground.contents.decisions(row.service, ruling.rules_version);
        let (Some(approved), true) = (known, stands) else {
            return Ok(Said::Person("withdrawn"));
        };
        let Some(definition) = self.service_of(tx, row)? else {
            return Ok(Said::Person("service"));
        };
        if definition.decision.is_none() {
            return Ok(Said::Person("service"));
        }
        let above = ground.units.path(row.unit);
        if !above
            .iter()
            .any(|unit| Some(unit.id) == approved.version.unit)
        {
            return Ok(Said::Person("unit"));
        }
        let facts = Facts {
            form: &definition.form,
            answers: &content.answers,
            categories: ground.contents.categories(),
            units: &ground.units,
            category: row.category,
            territory: row.territory,
            channel: row.source.code(),
            identified: ruling.identified,
            on: self.day_of(row.received_at),
        };
        let judged = judge(&approved.decisions, &facts);
        let fits = judged
            .rule
            .as_deref()
            .and_then(|code| approved.decisions.rule(code));
        let Some((place, rule)) = fits else {
            return Ok(Said::Person("no_rule"));
        };
        let number = row.number.to_string();
        let services = |code: &str| {
            let service = ground.contents.known_service(code)?;
            Some(&service.definition)
        };
        let voice = Voice {
            language: ruling.language,
            number: &number,
            service: &services,
        };
        let Some(spoken) = speak(rule, &facts, voice) else {
            return Ok(Said::Person("no_words"));
        };
        let (approved_by, approved_on) = self.officer(tx, approved)?;
        Ok(Said::Rule {
            outcome: outcome_of(rule.outcome),
            by: Box::new(ByRule {
                version: ruling.rules_version,
                place,
                code: rule.code.clone(),
                title: rule.title.clone(),
                approved_by,
                approved_on,
                decided: approved.decisions.mode == Mode::Automatic,
                reference: definition.decision == Some(Decision::Reference),
                judged,
            }),
            spoken,
        })
    }

    /// Who approved a version, as official papers name them, and on which day.
    fn officer(&self, db: &mut Db<'_>, approved: &Approved) -> Result<(String, Date)> {
        let version = &approved.version;
        let at = version.approved_at.unwrap_or(version.written_at);
        let person = match version.approved_by {
            Some(account) => People::person_of(db, account)?,
            None => None,
        };
        let name = match person {
            Some(person) => People::name_of(db, &self.0.journal, person)?.signing(),
            None => String::new(),
        };
        Ok((name, self.day_of(at)))
    }

    /// The day of a moment where the agency is.
    fn day_of(&self, moment: base::Moment) -> Date {
        moment.date(self.hours().zone())
    }

    /// The newest cases of a service with their answers, for a replay of rules.
    pub(crate) fn past_answered(
        &self,
        db: &mut Db<'_>,
        service: base::id::ServiceId,
        limit: usize,
    ) -> Result<Vec<PastAnswered>> {
        let keys = self.0.journal.keys();
        let rows = sql::newest_of_service(db, service, limit)?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            // Of a case whose key was destroyed nothing can be asked any more.
            let Ok(key) = keys.load(db, row.data_key) else {
                continue;
            };
            let content = row.open(&key)?;
            let outcome = row.outcome.as_deref().and_then(Outcome::from_code);
            found.push(PastAnswered {
                decided: row.answered_at.map(|at| Answered {
                    verdict: outcome.and_then(verdict_of),
                    seconds: at.seconds_since(row.received_at),
                    by_rule: row.by_rule,
                }),
                number: row.number,
                answers: content.answers,
                category: row.category,
                territory: row.territory,
                channel: row.source,
                identified: row.with_account,
                on: self.day_of(row.received_at),
            });
        }
        Ok(found)
    }
}

/// Whose rules they are: who proposed and who approved the version.
fn accounts_of(
    db: &mut Db<'_>,
    row: &CaseRow,
    ruling: &RulingRow,
) -> Result<(AccountId, AccountId)> {
    let version = version_in(db, row.service, ruling.rules_version)?;
    let approved = version.as_ref().and_then(|version| version.approved_by);
    let officer = approved.ok_or_else(|| Error::internal("rules that nobody approved"))?;
    let author = version.and_then(|version| version.proposed_by);
    Ok((author.unwrap_or(officer), officer))
}

/// Puts an answer on the applicant's page; the fields that its entry has.
fn deliver(
    tx: &mut Tx<'_>,
    (row, content): (&CaseRow, &Content),
    (answer, body): &(AnswerRow, AnswerBody),
) -> Result<Vec<(&'static str, String)>> {
    let whole = Signed::of(body, answer.outcome);
    let digest = hex(&Sha256::digest(whole.bytes()?));
    sql::put_answer(tx, row.id, answer)?;
    if content.is_owed_on_paper(row) {
        let now = tx.now();
        sql::set_paper_since(tx, row.id, Some(now))?;
    }
    let moved = Moved {
        state: State::Decided,
        outcome: Some(answer.outcome),
        answered_at: answer.delivered_at,
        closed_at: None,
        assignee: None,
        waits_for: None,
        begun_on: row.clocks.begun_on,
        words_since: None,
    };
    sql::move_case(tx, row.id, &moved)?;
    sql::leave_stage(tx, row.id, row.unit, row.state, row.received_at)?;
    Ok(vec![
        ("outcome", answer.outcome.code().to_owned()),
        ("text_sha256", hex(&Sha256::digest(body.text.as_bytes()))),
        ("answer_sha256", digest),
    ])
}

/// The answer of a rule: delivered, or a draft where it only proposes.
fn answer_of(
    tx: &Tx<'_>,
    row: &CaseRow,
    (by, outcome, spoken): (ByRule, Outcome, Spoken),
    (author, officer): (AccountId, AccountId),
    key: &DataKey,
) -> Result<(AnswerRow, AnswerBody)> {
    let now = tx.now();
    let id = AnswerId::new(now);
    let decided = by.decided;
    let body = AnswerBody {
        author: String::new(),
        text: spoken.text,
        head: None,
        remark: String::new(),
        kind: AnswerKind::Final,
        parts: AnswerParts {
            grounds: spoken.grounds,
            to_correct: spoken.to_correct,
            next_steps: spoken.next_steps,
            ..AnswerParts::default()
        },
        signer: None,
        post: String::new(),
        before: None,
        undecided: false,
        rule: Some(by),
    };
    let answer = AnswerRow {
        id,
        state: if decided {
            AnswerState::Delivered
        } else {
            AnswerState::Draft
        },
        outcome,
        author,
        head: decided.then_some(officer),
        written_at: now,
        delivered_at: decided.then_some(now),
        body: body.seal(key, row.id, id)?,
    };
    Ok((answer, body))
}
