//! What trials of rules are tried on: where the newest cases came from and where they are, and what
//! was answered in them.
//! Cases that were carried over were routed elsewhere and are left out.

use catalog::{Past, PastAnswers, PastCases};

use base::id::{AccountId, ServiceId, UnitId};
use people::pages::admin::{Counted, OpenCases};

use crate::{Cases, sql};

impl PastCases for Cases {
    fn newest(&self, limit: usize) -> Past {
        let store = self.0.journal.store().clone();
        Box::pin(async move { store.read(move |db| sql::newest(db, limit)).await })
    }

    fn answered(&self, service: ServiceId, limit: usize) -> PastAnswers {
        let this = self.clone();
        Box::pin(async move {
            let store = this.0.journal.store().clone();
            store
                .read(move |db| this.past_answered(db, service, limit))
                .await
        })
    }
}

impl OpenCases for Cases {
    fn with(&self, account: AccountId) -> Counted {
        let store = self.0.journal.store().clone();
        Box::pin(async move { store.read(move |db| sql::open_with(db, account)).await })
    }

    fn in_unit(&self, unit: UnitId) -> Counted {
        let store = self.0.journal.store().clone();
        Box::pin(async move { store.read(move |db| sql::open_in(db, unit)).await })
    }
}
