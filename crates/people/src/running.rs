//! Jobs that were given up, as an administrator looks at them and sends them off again.

use base::id::JobId;
use base::{Actor, Error, Result};
use journal::jobs::{self, DeadJob};
use serde_json::{Value, json};

use crate::People;
use crate::access::{Permission, Subject, require};

impl People {
    /// The jobs that were given up, oldest first.
    pub async fn dead_letters(&self, actor: &Actor) -> Result<Vec<DeadJob>> {
        require(actor, Permission::RunInstallation, &Subject::default())?;
        jobs::dead_letters(&self.0.store).await
    }

    /// How much work waits, kind by kind.
    pub async fn waiting_jobs(&self, actor: &Actor) -> Result<Vec<jobs::Waiting>> {
        require(actor, Permission::RunInstallation, &Subject::default())?;
        jobs::waiting(&self.0.store).await
    }

    /// Sends a given-up job off again, and notes who did.
    pub async fn revive_job(&self, actor: &Actor, id: JobId) -> Result<()> {
        let dead = self.dead_letters(actor).await?;
        let job = dead
            .into_iter()
            .find(|job| job.id == id.0)
            .ok_or(Error::NotFound)?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("job", id.0)?;
                let after = json!({ "kind": job.kind, "attempts": job.attempts });
                people.record_act(tx, "job", id.0, "job.revived", Value::Null, after)
            })
            .await?;
        jobs::revive(&self.0.store, id).await
    }
}
