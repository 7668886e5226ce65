//! Letters about accounts: written from the word files in the person's language, and queued in the
//! transaction of their cause. None holds a password; links are good once.

use base::id::AccountId;
use base::{Language, Result};
use journal::NewEntry;
use store::Tx;
use web::WordArg;

use crate::model::Profile;
use crate::sql::{AccountRow, PersonRow};
use crate::tokens::{self, Purpose};
use crate::{People, sealed};

/// The letters that there are: each has a subject and a text in the word files,
/// `people-letter-<code>-subject` and `people-letter-<code>-text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Is this e-mail yours?
    Confirm,
    /// Somebody signed up with your e-mail once more.
    SignUpRepeated,
    /// The link for a new password.
    Reset,
    /// The password was changed.
    PasswordChanged,
    /// Do you agree that your e-mail changes?
    OldEmail,
    /// Is this new e-mail yours?
    NewEmail,
    /// The e-mail was changed.
    EmailChanged,
    /// An administrator is putting another e-mail in the place of this one.
    EmailCorrected,
    /// You were given an account.
    Invite,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// The second factor was turned on.
    SecondFactorOn,
    /// The second factor was turned off.
    SecondFactorOff,
    /// A token for programs was made.
    TokenMade,
    /// The consent was withdrawn and the account closed.
    Left,
    /// The same for who has filed something: with the codes that lead back to it.
    LeftWithCodes,
}

impl Kind {
    #[cfg(test)]
    pub(crate) const ALL: [Kind; 15] = [
        Kind::Confirm,
        Kind::SignUpRepeated,
        Kind::Reset,
        Kind::PasswordChanged,
        Kind::OldEmail,
        Kind::NewEmail,
        Kind::EmailChanged,
        Kind::EmailCorrected,
        Kind::Invite,
        Kind::RecoveryCodeUsed,
        Kind::SecondFactorOn,
        Kind::SecondFactorOff,
        Kind::TokenMade,
        Kind::Left,
        Kind::LeftWithCodes,
    ];

    const fn code(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::SignUpRepeated => "sign-up-repeated",
            Kind::Reset => "reset",
            Kind::PasswordChanged => "password-changed",
            Kind::OldEmail => "email-old",
            Kind::NewEmail => "email-new",
            Kind::EmailChanged => "email-changed",
            Kind::EmailCorrected => "email-corrected",
            Kind::Invite => "invite",
            Kind::RecoveryCodeUsed => "recovery-code-used",
            Kind::SecondFactorOn => "second-factor-on",
            Kind::SecondFactorOff => "second-factor-off",
            Kind::TokenMade => "token-made",
            Kind::Left => "left",
            Kind::LeftWithCodes => "left-with-codes",
        }
    }
}

impl People {
    /// Whether letters leave the house.
    pub fn sends_letters(&self) -> bool {
        self.0
            .settings
            .mail
            .as_ref()
            .is_some_and(mail::Mail::is_configured)
    }

    /// Queues a letter to `to`; nothing happens when no letters are sent.
    pub(crate) fn write_letter(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        to: &str,
        language: Language,
        link: &str,
    ) -> Result<()> {
        let Some(mail) = self.0.settings.mail.as_ref() else {
            return Ok(());
        };
        let words = crate::own_words()?;
        let origin = self.0.settings.origin.as_str();
        let house = match self.0.settings.operator_in(language) {
            "" => origin.to_owned(),
            operator => format!("{operator}, {origin}"),
        };
        let args: [(&str, WordArg<'_>); 3] = [
            ("link", link.into()),
            ("site", origin.into()),
            ("house", house.as_str().into()),
        ];
        let text = |part: &str| {
            let key = format!("people-letter-{}-{part}", kind.code());
            words.text(language, &key, &args)
        };
        let letter = mail::Letter {
            to: to.to_owned(),
            subject: text("subject"),
            text: text("text"),
            html: None,
            id: base::id::new_uuid(tx.now()),
            unsubscribe: None,
            automatic: true,
            paper: None,
        };
        // What was taken as an address in a profile and is none for the post is no reason to fail
        // the change that the letter is about.
        match mail.queue(tx, &letter) {
            Err(base::Error::Invalid(_)) => Ok(()),
            other => other,
        }
    }

    /// Makes a token and the whole address of the page that takes it.
    pub(crate) fn link(
        &self,
        tx: &mut Tx<'_>,
        account: AccountId,
        purpose: Purpose,
        email_blind: &[u8; 32],
    ) -> Result<String> {
        let token = tokens::issue(tx, account, purpose, email_blind)?;
        Ok(format!(
            "{}{}{token}",
            self.0.settings.origin,
            purpose.page()
        ))
    }

    /// Name, contacts and the language to write in.
    pub(crate) fn opened(
        &self,
        tx: &mut Tx<'_>,
        person: &PersonRow,
        fallback: Language,
    ) -> Result<(Profile, Language)> {
        let profile = sealed::profile(tx, &self.0.journal, person)?;
        let language = profile.contacts.language.unwrap_or(fallback);
        Ok((profile, language))
    }

    /// Writes to the owner of an account at their present e-mail.
    pub(crate) fn write_to_owner(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        row: &AccountRow,
        link: &str,
    ) -> Result<()> {
        if !self.sends_letters() {
            return Ok(());
        }
        let spoken = tx.actor().language;
        let (profile, language) = self.opened(tx, &row.person, spoken)?;
        self.write_letter(tx, kind, &profile.contacts.email, language, link)
    }

    /// Writes an entry into the history of a person, last in a change.
    pub(crate) fn record_of(
        &self,
        tx: &mut Tx<'_>,
        person: &PersonRow,
        action: &'static str,
        fields: Vec<(&'static str, String)>,
    ) -> Result<()> {
        let key = self.0.journal.keys().load(tx, person.data_key)?;
        self.0.journal.record(
            tx,
            NewEntry {
                action,
                kind: "person",
                id: person.id.0,
                fields,
                occurred_at: None,
                key,
                first: false,
            },
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_words_in_both_languages() {
        let words = crate::own_words().unwrap();
        for kind in Kind::ALL {
            for part in ["subject", "text"] {
                let key = format!("people-letter-{}-{part}", kind.code());
                for language in Language::ALL {
                    assert!(words.has(language, &key), "{key}");
                }
            }
        }
    }
}
