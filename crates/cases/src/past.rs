//! What a trial of routing rules is tried on: where the newest cases came from and where they are.
//! Cases that were carried over were routed elsewhere and are left out.

use catalog::{Past, PastCases};

use crate::{Cases, sql};

impl PastCases for Cases {
    fn newest(&self, limit: usize) -> Past {
        let store = self.0.journal.store().clone();
        Box::pin(async move { store.read(move |db| sql::newest(db, limit)).await })
    }
}
