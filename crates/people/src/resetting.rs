//! A new password for somebody who has forgotten the old one, and the first password of somebody
//! invited: by the link of a letter, or of an administrator, good once.
//!
//! Asking for a link tells nobody who has an account: the answer is one, in words and in time.

use std::net::IpAddr;

use base::{Actor, Error, Result};
use tokio::time::Instant;

use crate::accounts::SIGN_UP_TAKES;
use crate::letters::Kind;
use crate::model::Email;
use crate::tokens::{self, Purpose};
use crate::{People, passwords, sealed, sql};

impl People {
    /// Sends a link for a new password, when there is such an account; says nothing either way.
    /// Only an e-mail that is none is an error, on the field `email`.
    pub async fn ask_to_reset(&self, actor: &Actor, email: &str, client: IpAddr) -> Result<()> {
        let started = Instant::now();
        if !self.sends_letters() {
            return Err(Error::Conflict("people-error-no-mail"));
        }
        let key = if email.trim().is_empty() {
            "people-error-email-missing"
        } else {
            "people-error-email"
        };
        let email = Email::parse(email).ok_or_else(|| Error::field("email", key))?;
        self.0.limits.letter(client)?;
        let blind = self.email_blind(email.normalised());
        let wanted = self.0.limits.letter_to(&blind);
        let found = self
            .0
            .store
            .read(move |db| sql::credentials(db, &blind))
            .await?
            .filter(|found| found.active && wanted);
        let asked = match found {
            Some(found) => {
                let people = self.clone();
                self.0
                    .store
                    .change(actor, move |tx| {
                        tx.lock("person", found.person.0)?;
                        let row = sql::account(tx, found.account)?;
                        let link = people.link(tx, found.account, Purpose::Reset, &blind)?;
                        people.write_to_owner(tx, Kind::Reset, &row, &link)?;
                        people.record_of(tx, &row.person, "person.reset_asked", Vec::new())
                    })
                    .await
            }
            // The same commit is waited for, with nothing of anybody in it.
            None => self.0.store.housekeeping(sql::drop_expired).await,
        };
        tokio::time::sleep_until(started + SIGN_UP_TAKES).await;
        asked
    }

    /// Whether a link for a new password is still good.
    pub async fn can_reset(&self, token: &str) -> Result<bool> {
        self.is_good(token, Purpose::Reset).await
    }

    /// Whether an invitation is still good.
    pub async fn can_accept(&self, token: &str) -> Result<bool> {
        self.is_good(token, Purpose::Invite).await
    }

    /// Sets a new password by the link of a letter, ends every session of the account and tells
    /// its owner. A link that is used or too old is [`Error::NotFound`].
    pub async fn reset(&self, actor: &Actor, token: &str, password: &str) -> Result<()> {
        self.set_password_by(actor, token, password, Purpose::Reset)
            .await
    }

    /// Sets the first password of somebody invited; by following the link they have shown that the
    /// e-mail is theirs, when it came by letter.
    pub async fn accept_invitation(
        &self,
        actor: &Actor,
        token: &str,
        password: &str,
    ) -> Result<()> {
        self.set_password_by(actor, token, password, Purpose::Invite)
            .await
    }

    async fn set_password_by(
        &self,
        actor: &Actor,
        token: &str,
        password: &str,
        purpose: Purpose,
    ) -> Result<()> {
        // Whose password it will be decides what it may not be made of.
        let (given, now, journal) = (token.to_owned(), self.0.store.now(), self.0.journal.clone());
        let email = self
            .0
            .store
            .read(move |db| {
                let row = tokens::owner(db, &given, purpose, now)?.ok_or(Error::NotFound)?;
                sealed::profile(db, &journal, &row.person).map(|profile| profile.contacts.email)
            })
            .await?;
        let wrong = passwords::check(password, Email::parse(&email).as_ref());
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let hash = self.0.hasher.hash(password).await?;
        let (token, people) = (token.to_owned(), self.clone());
        self.0
            .store
            .change(actor, move |tx| {
                let row = tokens::take(tx, &token, purpose)?.ok_or(Error::NotFound)?;
                tx.lock("person", row.person.id.0)?;
                sql::set_password(tx, row.account, &hash)?;
                sql::delete_sessions_of(tx, row.account)?;
                sql::drop_tokens(tx, row.account, Purpose::Reset.code())?;
                let action = if purpose == Purpose::Invite {
                    sql::confirm(tx, row.account, &row.email_blind)?;
                    "person.invitation_accepted"
                } else {
                    people.write_to_owner(tx, Kind::PasswordChanged, &row, "")?;
                    "person.password_reset"
                };
                people.record_of(tx, &row.person, action, Vec::new())
            })
            .await
    }
}
