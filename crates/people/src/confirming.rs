//! Showing that an e-mail is one's own: by the link of a letter, good once and for a day. Until then
//! an account is provisional. Where no letters are sent nobody can do that, and nobody is asked to.

use base::{Actor, Error, Moment, Result};

use crate::letters::Kind;
use crate::tokens::{self, Purpose};
use crate::{People, sql};

/// What an account's e-mail is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its owner has shown that it is theirs, or nobody could be asked to.
    Confirmed,
    /// Not yet.
    Provisional,
}

impl People {
    /// What the actor's e-mail is worth.
    pub async fn standing(&self, actor: &Actor) -> Result<Standing> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        if !self.sends_letters() {
            return Ok(Standing::Confirmed);
        }
        let row = self
            .0
            .store
            .read(move |db| sql::account(db, account))
            .await?;
        Ok(if row.confirmed {
            Standing::Confirmed
        } else {
            Standing::Provisional
        })
    }

    /// Whether the actor is somebody in the sense of the law on appeals: signed in, with an e-mail
    /// that was confirmed. Everybody else files plain messages.
    pub async fn is_identified(&self, actor: &Actor) -> Result<bool> {
        match actor.account() {
            None => Ok(false),
            Some(_) => Ok(self.standing(actor).await? == Standing::Confirmed),
        }
    }

    /// Sends the actor another letter with a link.
    pub async fn ask_to_confirm(&self, actor: &Actor, client: std::net::IpAddr) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        if !self.sends_letters() {
            return Err(Error::Conflict("people-error-no-mail"));
        }
        self.0.limits.letter(client)?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                if row.confirmed {
                    return Err(Error::Conflict("people-error-confirmed"));
                }
                tx.lock("person", row.person.id.0)?;
                let link = people.link(tx, account, Purpose::Confirm, &row.email_blind)?;
                people.write_to_owner(tx, Kind::Confirm, &row, &link)?;
                people.record_of(tx, &row.person, "person.confirmation_asked", Vec::new())
            })
            .await
    }

    /// Whether the link of a letter is still good.
    pub async fn can_confirm(&self, token: &str) -> Result<bool> {
        self.is_good(token, Purpose::Confirm).await
    }

    pub(crate) async fn is_good(&self, token: &str, purpose: Purpose) -> Result<bool> {
        let token = token.to_owned();
        let now: Moment = self.0.store.now();
        self.0
            .store
            .read(move |db| tokens::owner(db, &token, purpose, now))
            .await
            .map(|row| row.is_some())
    }

    /// Takes the link of a letter. A link that is used, too old or of nobody is
    /// [`Error::NotFound`].
    pub async fn confirm(&self, actor: &Actor, token: &str) -> Result<()> {
        let token = token.to_owned();
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                let row = tokens::take(tx, &token, Purpose::Confirm)?.ok_or(Error::NotFound)?;
                tx.lock("person", row.person.id.0)?;
                sql::confirm(tx, row.account, &row.email_blind)?;
                people.record_of(tx, &row.person, "person.email_confirmed", Vec::new())
            })
            .await
    }
}
