//! Live pages of notices: each node looks who was told of something since it last looked, whichever
//! node made the notices, and wakes their pages here.

use std::time::Duration;

use base::Result;
use store::Store;
use tokio::sync::watch;
use uuid::Uuid;
use web::live::Live;

use crate::sql;

/// How long a page of another node's notice may wait.
const GLANCE: Duration = Duration::from_secs(1);
/// How long a look waits for more commits to be looked at together.
const TOGETHER: Duration = Duration::from_millis(100);
/// Notices looked at in one go.
const BATCH: i64 = 500;

/// What the page of a person's notices listens to.
pub fn topic(person: Uuid) -> String {
    web::live::of_person(person)
}

/// Wakes pages until `stop` says so.
pub async fn listen(store: Store, live: Live, mut stop: watch::Receiver<bool>) {
    let mut commits = store.commits();
    let mut seen = match store.read(sql::newest_told).await {
        Ok(newest) => newest,
        Err(error) => {
            tracing::warn!(%error, "the newest notice cannot be read");
            i64::MAX
        }
    };
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            () = tokio::time::sleep(GLANCE) => {}
            Ok(()) = commits.changed() => {}
        }
        // Many commits are one look.
        tokio::time::sleep(TOGETHER).await;
        commits.borrow_and_update();
        match look(&store, &live, seen).await {
            Ok(newest) => seen = newest,
            Err(error) => tracing::warn!(%error, "new notices cannot be looked at"),
        }
    }
}

async fn look(store: &Store, live: &Live, mut seen: i64) -> Result<i64> {
    loop {
        let from = seen;
        let told = store
            .read(move |db| sql::told_since(db, from, BATCH))
            .await?;
        for (idx, addressee) in &told {
            live.publish(&topic(*addressee), idx.unsigned_abs());
            seen = seen.max(*idx);
        }
        if told.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(seen);
        }
    }
}
