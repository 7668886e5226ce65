//! Live queues: what happens to a case is told to the desks of the units that have it or a part of
//! it. Many entries are one look, and only that something changed is told: what changed, and for
//! whom, a desk asks as it always does.

use std::time::Duration;

use base::id::{CaseId, UnitId};
use tokio::sync::mpsc;
use web::live::Live;

use crate::{Cases, sql};

/// How long a look waits for more entries to be looked at together.
const TOGETHER: Duration = Duration::from_millis(500);
/// Cases that are looked at in one go.
const BATCH: usize = 100;
/// Cases that wait to be told of; what happens beyond them is told by what happens next.
pub const WAITING: usize = 10_000;

/// What the desks of a unit listen to.
pub fn desk_topic(unit: UnitId) -> String {
    format!("desk:{unit}")
}

/// Tells the desks of what is heard of cases, each with the place of its entry in the log, until
/// nobody tells anything any more.
pub async fn tell_desks(cases: Cases, live: Live, mut heard: mpsc::Receiver<(CaseId, u64)>) {
    let mut some = Vec::with_capacity(BATCH);
    while heard.recv_many(&mut some, BATCH).await > 0 {
        tokio::time::sleep(TOGETHER).await;
        while some.len() < BATCH
            && let Ok(more) = heard.try_recv()
        {
            some.push(more);
        }
        let newest = some.iter().map(|(_, idx)| *idx).max().unwrap_or_default();
        let mut ids: Vec<CaseId> = some.drain(..).map(|(case, _)| case).collect();
        ids.sort_unstable();
        ids.dedup();
        let store = cases.journal().store();
        match store.read(move |db| sql::units_concerned(db, &ids)).await {
            Ok(units) => {
                for unit in units {
                    live.publish(&desk_topic(unit), newest);
                }
            }
            Err(error) => tracing::warn!(%error, "desks cannot be told what is new"),
        }
    }
}
