//! An objection («апелляция»): a case of its own against the answer, with a higher unit, linked
//! both ways.

use base::id::{CaseId, UnitId};
use base::{Actor, Error, Moment, Number, Result};
use catalog::routing::RouteReason;
use people::People;
use serde_json::json;
use store::Tx;
use uuid::Uuid;

use super::{MESSAGE_MOST, Told, checked};
use crate::filing::{Facts, ready};
use crate::model::{CaseRow, Clocks, Content, Filed, Shared, Side, Source, State, Term};
use crate::pass::Pass;
use crate::states::Action;
use crate::{Cases, sql, term};

/// The shortest reason, in characters.
const REASON_LEAST: usize = 20;

impl Cases {
    /// The applicant does not agree with the answer: a new case opens with the unit above the one
    /// that answered.
    pub async fn object(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        reasons: &str,
    ) -> Result<Filed> {
        let reasons = checked("reasons", reasons, REASON_LEAST, MESSAGE_MOST)?;
        let units = self.0.people.units().await?;
        let contents = self.0.catalog.contents().await?;
        let now = self.0.journal.store().now();
        let old = self
            .0
            .journal
            .store()
            .read(move |db| Self::row(db, number))
            .await?;
        let version = u32::try_from(old.service_version).map_err(Error::internal)?;
        let definition = self.0.catalog.version(old.service, version).await?;
        let (this, pass) = (self.clone(), pass.clone());
        let (row, recorded) = self
            .0
            .journal
            .store()
            .change(actor, move |tx| {
                let old = Self::locked(tx, number)?;
                let side = Self::side(tx.actor(), &pass, &old)?;
                if side != Side::Applicant {
                    return Err(Error::Forbidden);
                }
                let to = this.permit(tx, &old, Action::Object, side, None)?;
                for link in sql::links(tx, old.id)? {
                    let other = sql::case_by_id(tx, link.case)?;
                    if link.objects_to_this && other.is_some_and(|other| other.state.is_open()) {
                        return Err(Error::Conflict("case-error-objected"));
                    }
                }
                let key = this.0.journal.keys().load(tx, old.data_key)?;
                let inside = sql::inside(tx, old.id)?;
                let filed = Self::open_content(&key, old.id, &inside.content)?;
                let way: Vec<UnitId> = units
                    .path(old.unit)
                    .iter()
                    .rev()
                    .map(|unit| unit.id)
                    .collect();
                let unit = above_the_signer(tx, old.id, &way)?.unwrap_or(old.unit);
                let content = content_of(&filed, &reasons);
                // An objection runs under the order that the case itself ran under.
                let known: Option<Term> = inside
                    .term
                    .as_deref()
                    .and_then(|json| serde_json::from_str(json).ok());
                let (regime, rule) = match &known {
                    Some(term) => (&*term.due.rule.regime, &*term.due.rule.term),
                    None => term::answer_rule(&definition, old.person.is_some()),
                };
                let (registered_on, term) = term::term(regime, rule, this.hours(), now)?;
                let clocks = Clocks {
                    priority: old.clocks.priority,
                    ..term::clocks(&definition, &term, this.hours(), now, registered_on)
                };
                let row = CaseRow {
                    clocks,
                    unit,
                    received_at: now,
                    registered_on,
                    due_on: Some(term.due.due_on),
                    ..anew(&old, now)?
                };
                let named = |id| units.unit(id).map(|unit| unit.code.clone());
                let facts = Facts {
                    service: definition.code.clone(),
                    regime: regime.to_owned(),
                    category: row
                        .category
                        .and_then(|id| contents.categories().by_id(id))
                        .map(|category| category.code.clone()),
                    unit: named(unit).unwrap_or_default(),
                    consent: String::new(),
                };
                let route = RouteReason {
                    rule: None,
                    key: "case-route-objection".to_owned(),
                    args: vec![("number".to_owned(), old.number.to_string())],
                };
                let ready = ready(row, &content, &term, &route, facts)?;
                let (row, recorded) = this.put_down(tx, &ready)?;
                sql::insert_link(tx, row.id, old.id, "objection")?;
                let told = Told::new("case.objected").with("objection", row.number.to_string());
                this.tell(tx, &old, to, key, told)?;
                Ok((row, recorded))
            })
            .await?;
        metrics::counter!("okno_cases_filed_total").increment(1);
        self.filed(&row, &recorded)
    }
}

/// The unit that an objection goes to: of the way up from the one that answered, the first that is
/// above every unit whose head agreed to the answer or signed it. Where nobody is above, the highest.
fn above_the_signer(tx: &mut Tx<'_>, case: CaseId, way: &[UnitId]) -> Result<Option<UnitId>> {
    let mut deciders = Vec::new();
    for account in sql::deciders(tx, case)? {
        deciders.extend(People::person_of(tx, account)?);
    }
    let mut highest = 0;
    for (at, unit) in way.iter().enumerate() {
        let heads = People::heads_of(tx, *unit)?;
        if heads.iter().any(|head| deciders.contains(head)) {
            highest = at;
        }
    }
    Ok(way.get(highest + 1).or(way.last()).copied())
}

/// What an objection says: the facts of the case that it is about, and the applicant's reasons.
fn content_of(filed: &Content, reasons: &str) -> Content {
    let mut content = Content {
        applicant: filed.applicant.clone(),
        address: filed.address.clone(),
        ..Content::default()
    };
    for name in [
        "applicant_kind",
        "organisation",
        "entrepreneur",
        "applicant",
        "subject",
        "category",
        "place",
        "answer_by",
    ] {
        if let Some(value) = filed.answers.get(name) {
            content.answers.insert(name.to_owned(), value.clone());
        }
    }
    content
        .answers
        .insert("description".to_owned(), json!(reasons));
    content
}

/// A case that nothing has happened to, about what `old` is about.
fn anew(old: &CaseRow, now: Moment) -> Result<CaseRow> {
    Ok(CaseRow {
        id: CaseId::new(now),
        // The real number comes from the sequence, inside the change.
        number: Number::new(1000, 0).ok_or(Error::Busy)?,
        state: State::Registered,
        outcome: None,
        answered_at: None,
        assignee: None,
        waits_for: Some(Side::Staff),
        words_since: None,
        stands_since: None,
        source: Source::Web,
        outside_number: None,
        data_key: Uuid::nil(),
        shared: Shared::default(),
        clocks: Clocks::default(),
        ..old.clone()
    })
}
