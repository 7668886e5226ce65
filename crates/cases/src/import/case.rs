//! A carried-over case: what its row of the file becomes, and how it is written with its key, its
//! number, its entry and its history.

use base::id::CaseId;
use base::{Error, Moment, Number};
use catalog::model::Service;
use catalog::routing::RouteReason;
use journal::{Of, PastEntry};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use store::Tx;
use uuid::Uuid;

use super::Sound;
use super::history;
use super::nodes::{Nodes, Place};
use super::row::Appeal;
use crate::filing::hex;
use crate::model::{CaseRow, Content, Source, State};
use crate::{Cases, KIND, content_context, sql};

/// A case that only waits to be written.
pub(super) struct Ready {
    pub(super) row: CaseRow,
    year: u16,
    content: Vec<u8>,
    route: String,
    closed_at: Option<Moment>,
    first: PastEntry,
    later: Vec<PastEntry>,
}

impl Ready {
    /// Entries of the case.
    pub(super) fn entries(&self) -> u64 {
        self.later.len() as u64 + 1
    }
}

/// Everything of a case that needs no database.
pub(super) fn prepared(
    sound: Sound,
    nodes: &Nodes,
    service: &Service,
    source_sha256: &str,
) -> base::Result<Ready> {
    let Sound {
        appeal,
        answer: carried_answer,
        events,
    } = sound;
    let place = &nodes.place(&appeal)?;
    let state = appeal.state;
    let answered_at = appeal.answered.filter(|_| !state.is_open());
    let closed_at = (state == State::Closed).then(|| {
        history::closed_at(&events)
            .or(answered_at)
            .unwrap_or(appeal.created)
    });
    let registered_on = appeal.created_on;
    let year = u16::try_from(registered_on.year()).map_err(Error::internal)?;
    let (category, category_code) = place.category.clone().unzip();
    let unit_code = |name: &str| nodes.unit_of(name).map(|(_, node)| node.code);
    // The first entry tells where and how the case began; the later ones, how it went on.
    let first_unit = history::first_executor(&events).and_then(unit_code);
    let first_state = history::first_state(&events).unwrap_or(state);
    let fields = vec![
        ("service", service.definition.code.clone()),
        ("category", category_code.clone().unwrap_or_default()),
        ("unit", first_unit.unwrap_or_else(|| place.unit.1.clone())),
        ("state", first_state.code().to_owned()),
        ("registered_on", registered_on.to_string()),
        ("source", Source::Import.code().to_owned()),
        ("outside_number", appeal.id.clone()),
        ("source_sha256", source_sha256.to_owned()),
    ];
    let first = PastEntry {
        action: "case.carried_over".to_owned(),
        fields: fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        occurred_at: appeal.created,
    };
    let later = history::entries(&events, unit_code);
    let [unit_ru, unit_en] = place.unit_name.clone();
    let route = RouteReason {
        rule: None,
        key: "case-route-carried-over".to_owned(),
        args: vec![
            ("unit_ru".to_owned(), unit_ru),
            ("unit_en".to_owned(), unit_en),
            ("outside_number".to_owned(), appeal.id.clone()),
        ],
    };
    let row = CaseRow {
        // The identifier, the number and the key are made inside the change.
        id: CaseId(Uuid::nil()),
        number: Number::new(year, 0).ok_or_else(|| Error::internal("no number of that year"))?,
        data_key: Uuid::nil(),
        service: service.id,
        service_version: i64::from(service.definition.version),
        category,
        unit: place.unit.0,
        territory: place.territory.as_ref().map(|(id, _)| *id),
        person: None,
        state,
        outcome: None,
        received_at: appeal.created,
        registered_on,
        due_on: None,
        answered_at,
        assignee: None,
        waits_for: None,
        source: Source::Import,
        outside_number: Some(appeal.id.clone()),
        shared: crate::model::Shared::default(),
        clocks: crate::model::Clocks::default(),
        carried: false,
        to_post: false,
        code_turn: 0,
        words_since: None,
        stands_since: None,
    };
    let content = Content {
        answers: answers(&appeal, category_code, place),
        address: appeal.address,
        carried_answer,
        ..Content::default()
    };
    Ok(Ready {
        row,
        year,
        content: serde_json::to_vec(&content).map_err(Error::internal)?,
        route: serde_json::to_string(&route).map_err(Error::internal)?,
        closed_at,
        first,
        later,
    })
}

/// The appeal as answers of the form, as far as the form has such fields.
fn answers(appeal: &Appeal, category: Option<String>, place: &Place) -> Map<String, Value> {
    let mut answers = Map::new();
    answers.insert("subject".to_owned(), appeal.subject().into());
    answers.insert("description".to_owned(), appeal.text.clone().into());
    if let Some(category) = category {
        answers.insert("category".to_owned(), category.into());
    }
    if !appeal.object.is_empty() {
        answers.insert("object".to_owned(), appeal.object.clone().into());
    }
    let mut somewhere = Map::new();
    if let Some((_, code)) = &place.territory {
        somewhere.insert("territory".to_owned(), code.clone().into());
    }
    if !appeal.address.is_empty() {
        somewhere.insert("address".to_owned(), appeal.address.clone().into());
    }
    if let Some((lat, lon)) = appeal.point {
        somewhere.insert("lat".to_owned(), json!(lat));
        somewhere.insert("lon".to_owned(), json!(lon));
    }
    answers.insert("place".to_owned(), Value::Object(somewhere));
    answers
}

/// Writes a case with its key, its number and its entries.
pub(super) fn insert(tx: &mut Tx<'_>, cases: &Cases, ready: &Ready) -> base::Result<()> {
    let journal = cases.journal();
    let id = CaseId::new(tx.now());
    let key = journal.keys().create(tx, KIND, id.0)?;
    let sequence = tx.next_in_sequence("case")?;
    let number = u32::try_from(sequence)
        .ok()
        .and_then(|sequence| Number::new(ready.year, sequence))
        .ok_or_else(|| Error::internal("the numbers of cases are used up"))?;
    let row = CaseRow {
        id,
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
            term: None,
            route: &ready.route,
            closed_at: ready.closed_at,
        },
    )?;
    let mut first = ready.first.clone();
    first
        .fields
        .insert(0, ("number".to_owned(), number.to_string()));
    first.fields.push((
        "content_sha256".to_owned(),
        hex(&Sha256::digest(&ready.content)),
    ));
    let entries = std::iter::once(first).chain(ready.later.iter().cloned());
    let of = Of {
        kind: KIND,
        id: id.0,
        key: &key,
    };
    journal.record_history(tx, &of, entries.collect())
}
