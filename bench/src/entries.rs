//! What the journal costs (P9). The server has no build without entries, so the same small change is
//! made with and without one in a process of its own: a case's key and one row, through the same
//! writer, and once an entry beside it that is placed, sealed and published like any other. What the
//! entry costs is then held against what a filing costs the real server in the same run.

use std::path::Path;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use base::{Actor, Clock};
use journal::{Journal, Keys, NewEntry, Placer, Sealer};
use serde_json::{Value, json};
use store::{Blobs, Settings, Store};
use tokio::sync::watch;

use crate::baseline::serve;
use crate::compare::{self, middle};
use crate::filing;
use crate::load::{self, Load, Measure};
use crate::options::Options;
use crate::process::Server;

/// Connections at once.
const CONNECTIONS: usize = 128;
const ACTOR: Actor = Actor::system("bench");
/// What an entry says: as many fields as that of a filing, of about the same length.
const FIELDS: [&str; 11] = [
    "number",
    "service",
    "category",
    "unit",
    "state",
    "due",
    "territory",
    "regime",
    "route",
    "source",
    "text",
];

#[derive(Clone)]
struct Desk {
    store: Store,
    journal: Journal,
}

/// Makes the change of each body: `/with` an entry, `/without` one.
pub(crate) fn serve_changes(folder: &Path) -> Result<(), String> {
    let told = |error: base::Error| error.to_string();
    let settings = Settings::sqlite(folder.join("entries.db"));
    let migrations = [journal::MIGRATIONS, crate::sql::ENTRIES];
    let store =
        Store::open(&settings, Clock::system(), &migrations).map_err(|error| error.to_string())?;
    let keys = Keys::open(&folder.join("keys"), None, true).map_err(|error| error.to_string())?;
    let journal = Journal::new(store.clone(), keys).map_err(told)?;
    let blobs = Blobs::folder(&folder.join("blobs")).map_err(told)?;
    let placer = Placer::new(store.clone()).map_err(told)?;
    let sealer = Sealer::new(journal.clone(), blobs).map_err(told)?;
    let router = Router::new()
        .route("/with", post(with_entry))
        .route("/without", post(without))
        .with_state(Desk { store, journal });
    serve(router, async move {
        // It ends with the process.
        let (stop, stopping) = watch::channel(false);
        tokio::spawn(placer.run(stopping.clone()));
        sealer.run(stopping).await;
        drop(stop);
    })
}

async fn with_entry(State(desk): State<Desk>, Json(body): Json<Value>) -> Answer {
    let (journal, body) = (desk.journal, body.to_string());
    let change = move |tx: &mut store::Tx<'_>| {
        let id = base::id::new_uuid(tx.now());
        let key = journal.keys().create(tx, "bench", id)?;
        crate::sql::write_protected(tx, id, &body)?;
        let say = |name: &&'static str| (*name, format!("{name} of a case, as it is told"));
        let entry = NewEntry {
            action: "bench.made",
            kind: "bench",
            id,
            fields: FIELDS.iter().map(say).collect(),
            occurred_at: None,
            key,
            first: true,
        };
        journal.record(tx, entry).map(|_| id)
    };
    answer(&desk.store.change(&ACTOR, change).await)
}

async fn without(State(desk): State<Desk>, Json(body): Json<Value>) -> Answer {
    let (journal, body) = (desk.journal, body.to_string());
    let made = desk.store.housekeeping(move |tx| {
        let id = base::id::new_uuid(tx.now());
        let (_, wrapped) = journal.keys().prepare(tx.now())?;
        crate::sql::insert_plain(tx, id, &body, &wrapped).map(|()| id)
    });
    answer(&made.await)
}

type Answer = Result<(StatusCode, Json<Value>), StatusCode>;

fn answer(made: &base::Result<uuid::Uuid>) -> Answer {
    match made {
        Ok(id) => Ok((StatusCode::CREATED, Json(json!({ "id": id.to_string() })))),
        Err(base::Error::Busy) => Err(StatusCode::SERVICE_UNAVAILABLE),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// Measures it; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
) -> Result<String, String> {
    let place = folder.join("entries");
    std::fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    let bare = Server::baseline(&["entries-baseline", &place.to_string_lossy()])?;
    let of = |server: &Server, path: &str| Load {
        address: server.address,
        pid: server.pid(),
        request: filing::request_bytes(path).into(),
        expected: 201,
        connections: CONNECTIONS,
        seconds: options.seconds,
    };
    let loads = [
        of(okno, "/api/v1/cases"),
        of(&bare, "/with"),
        of(&bare, "/without"),
    ];
    let mut measured: [Vec<Measure>; 3] = Default::default();
    for _ in 0..options.rounds {
        for (load, kept) in loads.iter().zip(&mut measured) {
            kept.push(load::put_on(load).await);
        }
    }
    let names = [
        "a filing",
        "key and row, with an entry",
        "key and row, without",
    ];
    let mut text = String::from(
        "| what, 128 at once | a second (min–max) | errors | server CPU µs each |\n|---|---|---|---|\n",
    );
    for (name, measures) in names.iter().zip(&measured) {
        let rates: Vec<f64> = measures.iter().map(Measure::rate).collect();
        let (least, most) = compare::bounds(&rates);
        let errors: u64 = measures.iter().map(|measure| measure.errors).sum();
        text.push_str(&format!(
            "| {name} | {:.0} ({least:.0}–{most:.0}) | {errors} | {:.0} |\n",
            middle(&rates),
            cost(measures)
        ));
    }
    if measured.iter().any(|measures| rate(measures) < 1.0) {
        return Err(format!("something was refused\n\n{text}"));
    }
    let entry = cost(&measured[1]) - cost(&measured[2]);
    let part = entry / cost(&measured[0]) * 100.0;
    let (with, without) = (rate(&measured[1]), rate(&measured[2]));
    eprintln!("  an entry costs {entry:.0} µs: {part:.0} % of a filing");
    text.push_str(&format!(
        "\nAn entry, placed and sealed, costs {entry:.0} µs of the processor: **{part:.0} %** of what a filing costs (target ≤ 30 %; reckoned, because there is no build of the server without entries). The smallest change that there can be is made {:.0} % slower by it ({with:.0} against {without:.0} a second).\n",
        (1.0 - with / without.max(1e-9)) * 100.0
    ));
    Ok(text)
}

fn cost(measures: &[Measure]) -> f64 {
    middle(&measures.iter().map(Measure::cost).collect::<Vec<_>>())
}

fn rate(measures: &[Measure]) -> f64 {
    middle(&measures.iter().map(Measure::rate).collect::<Vec<_>>())
}
