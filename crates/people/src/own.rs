//! What people change about themselves: name and contacts, password, e-mail. What could take the
//! account away from its owner asks for the password again, and is told to the old e-mail.

use std::net::IpAddr;

use base::id::AccountId;
use base::{Actor, Error, FieldError, Language, Result};
use journal::DataKey;
use store::Tx;

use crate::letters::Kind;
use crate::model::{Contacts, Email, Organisation, PersonName, Profile};
use crate::tokens::{self, Purpose, hash_of};
use crate::{People, passwords, sealed, sql};

/// How far a change of e-mail has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailStep {
    /// The other address has to agree too.
    Waits,
    /// The e-mail is the new one.
    Done,
}

impl People {
    /// Puts the actor's name, phone, address and language in the place of what was there. The
    /// e-mail is changed by [`People::ask_email_change`] alone.
    pub async fn save_profile(
        &self,
        actor: &Actor,
        name: &PersonName,
        contacts: &Contacts,
    ) -> Result<()> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let (name, contacts) = match (name.checked(), contacts.checked()) {
            (Ok(name), Ok(contacts)) => (name, contacts),
            (name, contacts) => {
                let mut wrong = name.err().unwrap_or_default();
                wrong.extend(contacts.err().unwrap_or_default());
                return Err(Error::Invalid(wrong));
            }
        };
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("person", person.0)?;
                let row = sql::person(tx, person)?;
                let before = sealed::profile(tx, &people.0.journal, &row)?;
                let after = Profile {
                    name: name.clone(),
                    contacts: Contacts {
                        email: before.contacts.email.clone(),
                        ..contacts.clone()
                    },
                };
                let fields = changes(&before, &after);
                if fields.is_empty() {
                    // Nothing to write, and so nothing to tell; the entry says that it was looked at.
                    return people.record_of(tx, &row, "person.profile_saved", fields);
                }
                let key = people.0.journal.keys().load(tx, row.data_key)?;
                sql::set_person(
                    tx,
                    &sealed::person(person, &key, &after.name, &after.contacts)?,
                )?;
                people.record_of(tx, &row, "person.profile_saved", fields)
            })
            .await
    }

    /// Puts a new password in the place of the old one, which is asked for; every other session
    /// ends. `token` is the session that stays.
    pub async fn change_password(
        &self,
        actor: &Actor,
        current: &str,
        new: &str,
        token: &str,
        client: IpAddr,
    ) -> Result<()> {
        let account = self.is_really(actor, current, client).await?;
        let email = self.profile(actor).await?.contacts.email;
        let wrong = passwords::check(new, Email::parse(&email).as_ref());
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let hash = self.0.hasher.hash(new).await?;
        let (kept, people) = (hash_of(token), self.clone());
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                sql::set_password(tx, account, &hash)?;
                sql::delete_other_sessions(tx, account, &kept)?;
                sql::drop_tokens(tx, account, Purpose::Reset.code())?;
                people.write_to_owner(tx, Kind::PasswordChanged, &row, "")?;
                people.record_of(tx, &row.person, "person.password_changed", Vec::new())
            })
            .await
    }

    /// Asks both addresses whether the e-mail may change; it does when both have agreed, within a
    /// day. An e-mail that another account has gets no letter, and nothing tells so. Of a provisional
    /// account the present e-mail is not asked: nobody knows whose it is.
    pub async fn ask_email_change(
        &self,
        actor: &Actor,
        new: &str,
        password: &str,
        client: IpAddr,
    ) -> Result<()> {
        if !self.sends_letters() {
            return Err(Error::Conflict("people-error-no-mail"));
        }
        let email = Email::parse(new).ok_or_else(|| Error::field("email", "people-error-email"))?;
        let account = self.is_really(actor, password, client).await?;
        self.0.limits.letter(client)?;
        let blind = self.email_blind(email.normalised());
        let wanted = self.0.limits.letter_to(&blind);
        let people = self.clone();
        let spoken = actor.language;
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                if row.email_blind == blind {
                    return Err(Error::field("email", "people-error-email-same"));
                }
                let (_, language) = people.opened(tx, &row.person, spoken)?;
                let key = people.0.journal.keys().load(tx, row.person.data_key)?;
                let sealed = key.seal(&email_context(account), email.written().as_bytes())?;
                let expires_at = tx.now().plus_seconds(Purpose::NewEmail.seconds());
                let change = sql::EmailChange {
                    email: sealed,
                    email_blind: blind,
                    old_agreed: !row.confirmed,
                    new_agreed: false,
                    asked_by: None,
                };
                sql::begin_email_change(tx, account, &change, expires_at)?;
                if row.confirmed {
                    let link = people.link(tx, account, Purpose::OldEmail, &row.email_blind)?;
                    people.write_to_owner(tx, Kind::OldEmail, &row, &link)?;
                }
                let link = people.link(tx, account, Purpose::NewEmail, &row.email_blind)?;
                if wanted && sql::credentials(tx, &blind)?.is_none() {
                    let to = email.written();
                    people.write_letter(tx, Kind::NewEmail, to, language, &link)?;
                }
                people.record_of(tx, &row.person, "person.email_change_asked", Vec::new())
            })
            .await
    }

    /// Whether the link of a letter about a change of e-mail is still good.
    pub async fn can_agree_to_email(&self, token: &str) -> Result<bool> {
        Ok(self.is_good(token, Purpose::OldEmail).await?
            || self.is_good(token, Purpose::NewEmail).await?)
    }

    /// Takes the link of a letter about a change of e-mail; the second one of the two changes it.
    pub async fn agree_to_email(&self, actor: &Actor, token: &str) -> Result<EmailStep> {
        let (token, people) = (token.to_owned(), self.clone());
        self.0
            .store
            .change(actor, move |tx| people.agree(tx, &token))
            .await
    }

    fn agree(&self, tx: &mut Tx<'_>, token: &str) -> Result<EmailStep> {
        let (row, new) = match tokens::take(tx, token, Purpose::NewEmail)? {
            Some(row) => (row, true),
            None => (
                tokens::take(tx, token, Purpose::OldEmail)?.ok_or(Error::NotFound)?,
                false,
            ),
        };
        tx.lock("person", row.person.id.0)?;
        sql::agree_to_email(tx, row.account, new)?;
        let now = tx.now();
        let change = sql::email_change(tx, row.account, now)?.ok_or(Error::NotFound)?;
        if !(change.old_agreed && change.new_agreed) {
            self.record_of(tx, &row.person, "person.email_change_agreed", Vec::new())?;
            return Ok(EmailStep::Waits);
        }
        tx.lock("account", crate::accounts::lock_of(&change.email_blind))?;
        if sql::credentials(tx, &change.email_blind)?.is_some() {
            return Err(Error::NotFound);
        }
        let key = self.0.journal.keys().load(tx, row.person.data_key)?;
        let email = wanted_email(&key, row.account, &change)?;
        let before = self.put_email(tx, &row, &email, &change.email_blind)?;
        sql::confirm(tx, row.account, &change.email_blind)?;
        sql::delete_sessions_of(tx, row.account)?;
        if change.asked_by.is_some() {
            self.record_email_confirmed(tx, &row, &before, &email)?;
        } else {
            let fields = vec![("email", email)];
            self.record_of(tx, &row.person, "person.email_changed", fields)?;
        }
        Ok(EmailStep::Done)
    }

    /// Puts an e-mail in the place of the one that an account has, which is told of it; the one
    /// before. Whoever calls has looked that nobody else has it, and records what was done.
    pub(crate) fn put_email(
        &self,
        tx: &mut Tx<'_>,
        row: &sql::AccountRow,
        email: &str,
        blind: &[u8; 32],
    ) -> Result<String> {
        // The old address is told before it is the old one no more.
        self.write_to_owner(tx, Kind::EmailChanged, row, "")?;
        let key = self.0.journal.keys().load(tx, row.person.data_key)?;
        let mut profile = sealed::profile(tx, &self.0.journal, &row.person)?;
        let before = std::mem::replace(&mut profile.contacts.email, email.to_owned());
        sql::set_person(
            tx,
            &sealed::person(row.person.id, &key, &profile.name, &profile.contacts)?,
        )?;
        sql::set_email(tx, row.account, blind)?;
        sql::end_email_change(tx, row.account)?;
        Ok(before)
    }
}

/// Under which a new e-mail is sealed until its owner has confirmed it.
pub(crate) fn email_context(account: AccountId) -> String {
    format!("account.new_email:{account}")
}

/// The e-mail that a change is to end in.
pub(crate) fn wanted_email(
    key: &DataKey,
    account: AccountId,
    change: &sql::EmailChange,
) -> Result<String> {
    let email = key.open(&email_context(account), &change.email)?;
    String::from_utf8(email).map_err(|_| Error::internal("a sealed e-mail is no text"))
}

/// The new values of what differs: the entry lies in the person's own history, under their key.
fn changes(before: &Profile, after: &Profile) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let tag = |value: Option<Language>| value.map(Language::tag).unwrap_or_default().to_owned();
    [
        ("name", before.name.full(), after.name.full()),
        (
            "phone",
            text(&before.contacts.phone),
            text(&after.contacts.phone),
        ),
        (
            "address",
            text(&before.contacts.address),
            text(&after.contacts.address),
        ),
        (
            "language",
            tag(before.contacts.language),
            tag(after.contacts.language),
        ),
        (
            "organisation",
            organisation(&before.contacts),
            organisation(&after.contacts),
        ),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(field, _, after)| (field, after))
    .collect()
}

fn organisation(contacts: &Contacts) -> String {
    let known = contacts.organisation.as_ref();
    known.map(Organisation::in_a_line).unwrap_or_default()
}

/// Names a wrong new password's field apart from that of the old one.
pub(crate) fn as_new_password(errors: Vec<FieldError>) -> Vec<FieldError> {
    errors
        .into_iter()
        .map(|error| FieldError {
            field: match error.field.as_str() {
                "password" => "new_password".to_owned(),
                _ => error.field,
            },
            ..error
        })
        .collect()
}
