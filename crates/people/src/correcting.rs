//! Putting right who a colleague is: a name after a marriage or a slip of the pen, an e-mail. Both
//! states stand in the person's own history and, sealed under their key, in `/admin/log`, which
//! shows them masked.
//!
//! A name is no way in, so sessions stay. An e-mail is one: its change waits until the owner of the
//! new address has confirmed it by the link of a letter, the old address is told at once and once
//! more when it is done, and then every session ends, because whoever held the old box may hold one.
//! Of somebody who has never come in nothing waits: they get a new invitation, and following it
//! shows whose the address is. Nobody is corrected here who works for no authority: what an
//! applicant says of themselves is their own.

use std::net::IpAddr;

use base::id::AccountId;
use base::{Actor, Error, Grant, Result, Role};
use serde_json::{Map, Value, json};
use store::Tx;
use uuid::Uuid;

use crate::accounts::lock_of;
use crate::acts::{self, Act};
use crate::letters::Kind;
use crate::model::{Email, PersonName};
use crate::own::email_context;
use crate::staffing::WayIn;
use crate::tokens::Purpose;
use crate::{People, sealed, sql};

impl People {
    /// Puts another name in the place of a colleague's.
    pub async fn correct_name(
        &self,
        actor: &Actor,
        account: AccountId,
        name: &PersonName,
    ) -> Result<()> {
        let name = name.checked().map_err(Error::Invalid)?;
        self.change_account(actor, account, move |people, tx, row, grants| {
            works_here(grants)?;
            let profile = sealed::profile(tx, &people.0.journal, &row.person)?;
            let (before, after) = differing(&profile.name, &name);
            if before == after {
                return Ok(());
            }
            let key = people.0.journal.keys().load(tx, row.person.data_key)?;
            sql::set_person(
                tx,
                &sealed::person(row.person.id, &key, &name, &profile.contacts)?,
            )?;
            let surname_alone =
                profile.name.first == name.first && profile.name.middle == name.middle;
            let action = if surname_alone {
                "person.surname_corrected"
            } else {
                "person.name_corrected"
            };
            let by = tx.actor().account();
            people.record_personal(tx, row, action, (before, after), by)
        })
        .await
    }

    /// Puts another e-mail in the place of a colleague's, once the owner of the new one has
    /// confirmed it. The administrator's own password is asked for. What comes back is how the
    /// owner gets the link: by letter, or from the administrator where no letters are sent.
    pub async fn correct_email(
        &self,
        actor: &Actor,
        account: AccountId,
        new: &str,
        password: &str,
        client: IpAddr,
    ) -> Result<WayIn> {
        let email = Email::parse(new).ok_or_else(|| Error::field("email", "people-error-email"))?;
        self.is_really(actor, password, client).await?;
        let blind = self.email_blind(email.normalised());
        let spoken = actor.language;
        self.change_account(actor, account, move |people, tx, row, grants| {
            works_here(grants)?;
            if !row.active {
                return Err(Error::Conflict("people-error-switched-off"));
            }
            if row.email_blind == blind {
                return Err(Error::field("email", "people-error-email-same"));
            }
            tx.lock("account", lock_of(&blind))?;
            if sql::credentials(tx, &blind)?.is_some() {
                return Err(Error::field("email", "people-error-email-taken"));
            }
            let (profile, language) = people.opened(tx, &row.person, spoken)?;
            let (to, by) = (email.written(), tx.actor().account());
            let states = (
                json!({ "email": profile.contacts.email }),
                json!({ "email": to }),
            );
            if row.password_hash.is_empty() {
                people.put_email(tx, row, to, &blind)?;
                let link = people.link(tx, account, Purpose::Invite, &blind)?;
                people.write_letter(tx, Kind::Invite, to, language, &link)?;
                people.record_personal(tx, row, "person.email_corrected", states, by)?;
                return Ok(people.way_in(link));
            }
            let key = people.0.journal.keys().load(tx, row.person.data_key)?;
            let change = sql::EmailChange {
                email: key.seal(&email_context(account), to.as_bytes())?,
                email_blind: blind,
                old_agreed: true,
                new_agreed: false,
                asked_by: by,
            };
            let expires_at = tx.now().plus_seconds(Purpose::NewEmail.seconds());
            sql::begin_email_change(tx, account, &change, expires_at)?;
            sql::drop_tokens(tx, account, Purpose::OldEmail.code())?;
            let link = people.link(tx, account, Purpose::NewEmail, &row.email_blind)?;
            people.write_letter(tx, Kind::NewEmail, to, language, &link)?;
            people.write_to_owner(tx, Kind::EmailCorrected, row, "")?;
            people.record_personal(tx, row, "person.email_correction_asked", states, by)?;
            Ok(people.way_in(link))
        })
        .await
    }

    /// Records that the owner of a new e-mail, which an administrator gave, has confirmed it.
    pub(crate) fn record_email_confirmed(
        &self,
        tx: &mut Tx<'_>,
        row: &sql::AccountRow,
        before: &str,
        after: &str,
    ) -> Result<()> {
        let states = (json!({ "email": before }), json!({ "email": after }));
        let by = Some(row.account);
        self.record_personal(tx, row, "person.email_corrected", states, by)
    }

    /// Notes an act whose states are personal data, and records it in the person's own history.
    fn record_personal(
        &self,
        tx: &mut Tx<'_>,
        row: &sql::AccountRow,
        action: &'static str,
        (before, after): (Value, Value),
        by: Option<AccountId>,
    ) -> Result<()> {
        let act = Act {
            kind: "person",
            entity: row.person.id.0,
            action,
            before,
            after,
        };
        let key = self.0.journal.keys().load(tx, row.person.data_key)?;
        acts::note_sealed(tx, &act, &key, by)?;
        self.record_of(tx, &row.person, action, acts::fields(&act))
    }
}

/// Refuses to correct somebody who has no role of staff.
pub(crate) fn works_here(grants: &[(Uuid, Grant)]) -> Result<()> {
    let works = grants
        .iter()
        .any(|(_, grant)| grant.role != Role::Applicant);
    works
        .then_some(())
        .ok_or(Error::Conflict("people-error-no-staff"))
}

/// The parts in which two names differ, as they are in each.
fn differing(before: &PersonName, after: &PersonName) -> (Value, Value) {
    let (mut was, mut is) = (Map::new(), Map::new());
    let middle = |name: &PersonName| name.middle.clone().unwrap_or_default();
    for (field, old, new) in [
        ("last_name", before.last.clone(), after.last.clone()),
        ("first_name", before.first.clone(), after.first.clone()),
        ("middle_name", middle(before), middle(after)),
    ] {
        if old != new {
            was.insert(field.to_owned(), old.into());
            is.insert(field.to_owned(), new.into());
        }
    }
    (Value::Object(was), Value::Object(is))
}
