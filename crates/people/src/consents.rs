//! Consents: what a person agreed to, word for word, when, and when they took it back. Each text
//! that anybody agreed to is kept once, as it was shown; its identifier is made from it, so that
//! nobody can put another text in its place.

use base::id::{AccountId, PersonId};
use base::{Actor, Error, Language, Moment, Result};
use sha2::{Digest, Sha256};
use store::Tx;
use uuid::Uuid;

use crate::letters::Kind;
use crate::{People, WayBack, sql};

/// The kind of consent without which there is no account.
pub(crate) const PERSONAL_DATA: &str = "personal-data";

/// Version of the word `people-consent-text`.
const VERSION: &str = "2";

/// The consent to the processing of personal data, as it is shown and as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Grows when the text changes.
    pub version: &'static str,
    /// What the person agrees to, in their language.
    pub text: String,
}

/// A consent that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenConsent {
    /// Its identifier.
    pub id: Uuid,
    /// To what: `personal-data`.
    pub kind: String,
    /// Version of the text.
    pub version: String,
    /// The text as it was shown.
    pub text: String,
    /// When it was given.
    pub given_at: Moment,
    /// When it was taken back.
    pub withdrawn_at: Option<Moment>,
}

impl People {
    /// What a person agrees to when they sign up.
    pub fn consent(&self, language: Language) -> Result<Consent> {
        let words = crate::own_words()?;
        let settings = &self.0.settings;
        let operator = settings.operator_in(language);
        let operator = if operator.is_empty() {
            words.text(language, "people-consent-operator", &[])
        } else {
            operator.to_owned()
        };
        Ok(Consent {
            version: VERSION,
            text: words.text(
                language,
                "people-consent-text",
                &[("operator", operator.into())],
            ),
        })
    }

    /// The actor's own consents, newest first.
    pub async fn consents(&self, actor: &Actor) -> Result<Vec<GivenConsent>> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let rows = self
            .0
            .store
            .read(move |db| sql::consents_of(db, person))
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| GivenConsent {
                id: row.id,
                kind: row.kind,
                version: row.version,
                text: row.text,
                given_at: row.given_at,
                withdrawn_at: row.withdrawn_at,
            })
            .collect())
    }

    /// Takes back the consent to the processing of personal data. There is no account without it:
    /// the account is closed and every session ends. Appeals that were filed go on, since the law
    /// asks for that, and each has a code that leads back to it: they are given out here and sent
    /// by letter, since nobody can sign in afterwards. The e-mail is free again. The person's
    /// password is asked for.
    pub async fn withdraw_consent(
        &self,
        actor: &Actor,
        consent: Uuid,
        password: &str,
        client: std::net::IpAddr,
    ) -> Result<Vec<WayBack>> {
        let account = self.is_really(actor, password, client).await?;
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                people.close_for(tx, account, person, consent)
            })
            .await
    }

    fn close_for(
        &self,
        tx: &mut Tx<'_>,
        account: AccountId,
        person: PersonId,
        consent: Uuid,
    ) -> Result<Vec<WayBack>> {
        tx.lock("person", person.0)?;
        let row = sql::account(tx, account)?;
        if row.staff {
            return Err(Error::Conflict("people-error-staff-consent"));
        }
        if !sql::withdraw_consent(tx, consent, person)? {
            return Err(Error::NotFound);
        }
        let ways = match self.0.settings.ways_back {
            Some(ways_back) => ways_back(tx, self.0.journal.keys(), person)?,
            None => Vec::new(),
        };
        let told: Vec<String> = ways
            .iter()
            .map(|way| format!("{}: {}", way.number, way.code))
            .collect();
        let kind = if told.is_empty() {
            Kind::Left
        } else {
            Kind::LeftWithCodes
        };
        self.write_to_owner(tx, kind, &row, &told.join("\n    "))?;
        sql::set_state(tx, account, false)?;
        // Whoever has left may come again with the same e-mail, as somebody new.
        let nobody = self
            .0
            .journal
            .keys()
            .blind("account.left", &account.to_string());
        sql::set_email(tx, account, &nobody)?;
        sql::delete_sessions_of(tx, account)?;
        let fields = vec![("consent", consent.to_string())];
        self.record_of(tx, &row.person, "person.consent_withdrawn", fields)?;
        Ok(ways)
    }
}

/// Keeps that a person agreed to `consent`, and the text itself when it is not kept yet.
pub(crate) fn give(
    tx: &mut Tx<'_>,
    person: PersonId,
    consent: &Consent,
    language: Language,
) -> Result<()> {
    let text = text_id(consent, language);
    sql::insert_consent_text(
        tx,
        text,
        PERSONAL_DATA,
        consent.version,
        language.tag(),
        &consent.text,
    )?;
    sql::insert_consent(tx, person, text)?;
    Ok(())
}

/// The first half of a digest over everything that makes the text what it is.
fn text_id(consent: &Consent, language: Language) -> Uuid {
    let mut hash = Sha256::new();
    for part in [
        PERSONAL_DATA,
        consent.version,
        language.tag(),
        consent.text.as_str(),
    ] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut half = [0; 16];
    half.copy_from_slice(&hash.finalize()[..16]);
    Uuid::from_bytes(half)
}
