//! People, units and territories in an exchange with other systems: the forms of their rows, what
//! their sealed texts are, and what has to be done beside the rows.

use base::Result;
use base::id::AccountId;
use store::{Db, Tx};

use crate::model::{Contacts, Email, PersonName};
use crate::sql::{self, TERRITORY_TREE, UNIT_TREE};
use crate::{People, units};

pub use crate::sql::exchange::{
    ACCOUNTS, CONFIRMED, CONSENT_TEXTS, CONSENTS, GRANTS, PERSONS, TERRITORIES, UNIT_DETAILS,
    UNIT_TERRITORIES, UNITS,
};

/// What a text of a person is sealed as: `name` and `contacts`.
pub fn context(what: &str, person: uuid::Uuid) -> String {
    format!("person.{what}:{person}")
}

/// Reads a sealed text from its JSON, or says that it is none.
pub fn checked(what: &str, value: serde_json::Value) -> std::result::Result<Vec<u8>, String> {
    let wrong = |_| format!("is no {what} of a person");
    let bytes = if what == "name" {
        let name: PersonName = serde_json::from_value(value).map_err(wrong)?;
        serde_json::to_vec(&name)
    } else {
        let contacts: Contacts = serde_json::from_value(value).map_err(wrong)?;
        if Email::parse(&contacts.email).is_none() {
            return Err("has no usable e-mail".to_owned());
        }
        serde_json::to_vec(&contacts)
    };
    bytes.map_err(|_| format!("is no {what} of a person"))
}

/// Counts one more unit or territory, so that kept copies of the trees are read anew.
pub fn grew(tx: &mut Tx<'_>, is_unit: bool) -> Result<()> {
    let tree = if is_unit { UNIT_TREE } else { TERRITORY_TREE };
    sql::grow_tree(tx, tree, units::MOST)
}

impl People {
    /// The keyed hash by which an e-mail is found here; none when it is no e-mail.
    pub fn blind_of(&self, email: &str) -> Option<[u8; 32]> {
        let email = Email::parse(email)?;
        Some(self.email_blind(email.normalised()))
    }

    /// Whether an e-mail belongs to an account here.
    pub fn email_is_taken(db: &mut Db<'_>, blind: &[u8; 32]) -> Result<bool> {
        Ok(sql::credentials(db, blind)?.is_some())
    }

    /// The hash of a password that nobody knows, for accounts whose owners choose a new one.
    pub fn unknown_password_hash() -> Result<String> {
        let password = base::id::random::<32>();
        crate::passwords::hash_now(&journal::wire::to_base64(&password))
    }

    /// The administrator with this e-mail: their account and name. None when there is no such
    /// account in use.
    pub fn administrator_blocking(&self, email: &str) -> Result<Option<(AccountId, String)>> {
        let Some(blind) = self.blind_of(email) else {
            return Ok(None);
        };
        let journal = self.0.journal.clone();
        self.0.store.read_blocking(move |db| {
            let Some(found) = sql::credentials(db, &blind)?.filter(|found| found.active) else {
                return Ok(None);
            };
            if !sql::exchange_is_administrator(db, found.account)? {
                return Ok(None);
            }
            let name = People::name_of(db, &journal, found.person)?;
            Ok(Some((found.account, name.full())))
        })
    }
}
