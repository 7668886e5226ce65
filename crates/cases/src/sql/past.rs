//! The newest cases, for a trial of routing rules.

use base::Result;
use catalog::PastCase;
use store::{Db, args};

const NEWEST: &str = "SELECT number, service_id, category_id, territory_id, unit_id FROM case_file \
     WHERE source <> 'import' ORDER BY received_at DESC, id DESC LIMIT $1";

pub(crate) fn newest(db: &mut Db<'_>, limit: usize) -> Result<Vec<PastCase>> {
    db.query(NEWEST, args![limit], |row| {
        Ok(PastCase {
            number: row.get(0)?,
            service: row.get(1)?,
            category: row.get(2)?,
            territory: row.get(3)?,
            unit: row.get(4)?,
        })
    })
}
