//! Co-applicants without an account: somebody else named them and gave their e-mail. They are told
//! what becomes of the appeal that bears their name, in letters that repeat nothing of what anybody
//! wrote, and a link in each letter stops all of them. Such an addressee is known by a keyed hash of
//! the address, so that a refusal holds for every case, and nobody can make the link who has not got
//! a letter.

use base::id::PersonId;
use base::{Actor, Result};
use journal::Keys;
use uuid::Uuid;

use crate::{Notices, wishes};

/// Bytes of a sign by which a link is known for ours.
const SIGN: usize = 16;

/// How notices know an address that was given by somebody else.
pub(crate) fn addressee(keys: &Keys, email: &str) -> Uuid {
    let hash = keys.blind("notices.named", &email.trim().to_lowercase());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

/// Where the letters to an address are stopped.
pub(crate) fn path(keys: &Keys, addressee: Uuid) -> String {
    format!("/letters/{}", token(keys, addressee))
}

fn token(keys: &Keys, addressee: Uuid) -> String {
    let id = addressee.simple().to_string();
    let sign = keys.blind("notices.named.link", &id);
    sign[..SIGN]
        .iter()
        .fold(id, |token, byte| format!("{token}{byte:02x}"))
}

impl Notices {
    /// Whose letters a link is about; none when we did not make it.
    pub(crate) fn named_by(&self, link: &str) -> Option<Uuid> {
        let keys = self.0.journal.keys();
        let id: Uuid = link.get(..32)?.parse().ok()?;
        let ours = keys.blind("notices.named.token", &token(keys, id));
        (ours == keys.blind("notices.named.token", link)).then_some(id)
    }

    /// Whether letters go to an address that somebody else gave.
    pub(crate) async fn writes_to(&self, addressee: Uuid) -> Result<bool> {
        let wishes = self.store();
        let wishes = wishes.read(move |db| wishes::read(db, PersonId(addressee)));
        Ok(wishes.await?.wants_letters())
    }

    /// Stops the letters to such an address, or lets them go again.
    pub(crate) async fn let_letters(
        &self,
        actor: &Actor,
        addressee: Uuid,
        wanted: bool,
    ) -> Result<()> {
        if self.writes_to(addressee).await? == wanted {
            return Ok(());
        }
        let wishes = wishes::Wishes::default().with_letters(wanted);
        self.keep_wish(actor, PersonId(addressee), wishes).await
    }
}
