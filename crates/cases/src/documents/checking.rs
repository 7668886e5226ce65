//! The check of documents: that the object of every row is where the row says and, when that is
//! asked for, that it is what was put there. Rows themselves are the journal's to check.

use base::Result;
use journal::fsck::Report;

use crate::Cases;
use crate::sql;

/// Rows that are read at a time.
const PAGE: i64 = 500;

impl Cases {
    /// Looks for the objects of all documents of cases and drafts, and adds what is missing to the
    /// report of the journal's check. With `whole` every byte is read and compared with its
    /// address. A document that is taken out of a draft meanwhile is not missed.
    pub async fn check_documents(&self, mut report: Report, whole: bool) -> Result<Report> {
        let vault = self.vault()?;
        let mut after = None;
        loop {
            let store = self.0.journal.store();
            let rows = store
                .read(move |db| sql::placed_documents(db, after, PAGE))
                .await?;
            let Some(last) = rows.last() else {
                return Ok(report);
            };
            after = Some(last.id);
            for row in rows {
                let place = [
                    Some(row.place.original),
                    Some(row.place.cleaned),
                    row.place.thumbnail,
                ];
                let mut held = true;
                for address in place.iter().flatten() {
                    held &= vault.holds(address, whole).await?;
                }
                if held {
                    continue;
                }
                let id = row.id;
                if store.read(move |db| sql::is_placed(db, id)).await? {
                    let lacks = if whole {
                        "or not what was put there"
                    } else {
                        ""
                    };
                    let fault = format!("document {id}: its bytes are missing {lacks}");
                    report.faults.push(fault.trim_end().to_owned());
                }
            }
        }
    }
}
