//! What an operator of the machine carries into the house, for `/admin/log`: an act when it begins,
//! with the name of the folder and of its files, and one when it ends, with how much came in. Nobody
//! is named: a command has no account. A run that was killed leaves the first alone, and the next
//! one begins with an act of its own. A dry run changes nothing and is not told.

use std::path::Path;

use base::text::clean_line;
use base::{Actor, Result};
use journal::NewEntry;
use people::acts::{self, Act};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Cases;
use crate::import::writing::patiently;

const IMPORT: Actor = Actor::system("import");

/// Kind of these acts and of their entries.
const KIND: &str = "import";

/// The longest name of a folder that is kept, in characters.
const NAME_MOST: usize = 100;

/// A run that has begun.
pub(crate) struct Carrying {
    id: Uuid,
    folder: String,
}

/// How much a run has carried, and how it came to its end.
pub(crate) struct Carried {
    /// Rows read.
    pub(crate) read: u64,
    /// Of these, carried over now.
    pub(crate) taken_in: u64,
    /// Of these, there already.
    pub(crate) already_there: u64,
    /// Of these, refused.
    pub(crate) refused: u64,
    /// `finished`, `stopped` by the operator, or `failed`.
    pub(crate) ended: &'static str,
}

impl Carrying {
    /// Tells that a run begins: what it carries, and the files of the folder that it reads.
    pub(crate) fn begin(
        cases: &Cases,
        what: &'static str,
        folder: &Path,
        files: &[&str],
        stop: &dyn Fn() -> bool,
    ) -> Result<Self> {
        let carrying = Self {
            id: base::id::new_uuid(cases.journal().store().now()),
            folder: name_of(folder),
        };
        let after = json!({ "what": what, "folder": carrying.folder, "files": files });
        patiently(stop, || carrying.tell(cases, "import.begun", &after))?;
        Ok(carrying)
    }

    /// Tells how it ended. After a failure the store is asked once: it may be what failed.
    pub(crate) fn end(&self, cases: &Cases, carried: &Carried) -> Result<()> {
        let after = json!({
            "folder": self.folder,
            "ended": carried.ended,
            "read": carried.read,
            "carried_over": carried.taken_in,
            "already_there": carried.already_there,
            "refused": carried.refused,
        });
        let failed = carried.ended == "failed";
        patiently(&|| failed, || self.tell(cases, "import.ended", &after))
    }

    fn tell(&self, cases: &Cases, action: &'static str, after: &Value) -> Result<()> {
        let (journal, id) = (cases.journal().clone(), self.id);
        let act = Act {
            kind: KIND,
            entity: id,
            action,
            before: Value::Null,
            after: after.clone(),
        };
        let change = move |tx: &mut store::Tx<'_>| {
            acts::note(tx, &act)?;
            let entry = NewEntry {
                action,
                kind: KIND,
                id,
                fields: acts::fields(&act),
                occurred_at: None,
                key: journal.keys().installation(),
                first: action == "import.begun",
            };
            journal.record(tx, entry).map(drop)
        };
        cases.journal().store().change_blocking(&IMPORT, change)
    }
}

impl Carried {
    /// How a run ended that came to this.
    pub(crate) const fn came_to(failed: bool, stopped: bool) -> &'static str {
        match (failed, stopped) {
            (true, _) => "failed",
            (false, true) => "stopped",
            (false, false) => "finished",
        }
    }
}

/// The name of a folder without the way to it, which says how a machine is kept.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize();
    let whole = whole.as_deref().unwrap_or(folder);
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    clean_line(&name).chars().take(NAME_MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_without_the_way_to_it() {
        for (folder, name) in [
            ("/srv/okno/portal-2020", "portal-2020"),
            ("portal-2020/", "portal-2020"),
            ("/", ""),
        ] {
            assert_eq!(name_of(Path::new(folder)), name);
        }
        let here = std::env::current_dir().unwrap();
        let here = here.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name_of(Path::new(".")), here);
        let long = "a".repeat(NAME_MOST + 1);
        assert_eq!(name_of(Path::new(&long)).len(), NAME_MOST);
    }
}
