//! The second factor: codes of six figures from an app on a phone (TOTP, RFC 6238), each taken
//! once, and ten recovery codes for the day when the phone is lost. The secret is sealed under the
//! person's own key; recovery codes are kept as keyed hashes.

use std::fmt;
use std::net::IpAddr;

use base::id::AccountId;
use base::{Actor, Error, Moment, Result};
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use journal::Journal;
use store::Tx;
use totp_rs::{Algorithm, Builder, Totp};

use crate::letters::Kind;
use crate::sql::AccountRow;
use crate::{People, sql};

/// Bytes of a secret, as RFC 4226 section 4 recommends.
const SECRET_BYTES: usize = 20;

/// Seconds that one code lives.
const STEP: u64 = 30;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Signs of a recovery code: none that looks like another. 32 of them, so that each takes five bits.
const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";

/// Signs in one recovery code: 60 bits.
const CODE_SIGNS: usize = 12;

/// The name beside the code in the app.
const ISSUER: &str = "Okno";

/// What the page shows that sets the second factor up.
#[derive(Clone)]
pub struct SetUp {
    /// The secret for typing, in groups of four.
    pub secret: String,
    /// The same as a picture, SVG.
    pub picture: String,
}

impl fmt::Debug for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetUp(..)")
    }
}

/// Whether somebody has a second factor, and how many recovery codes are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whether it is on.
    pub on: bool,
    /// Whether it may be turned off.
    pub required: bool,
    /// Recovery codes that were not used.
    pub codes_left: i64,
}

/// Recovery codes as they are shown, once.
#[derive(Clone)]
pub struct Codes {
    texts: Vec<String>,
    hashes: Vec<[u8; 32]>,
}

impl fmt::Debug for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Codes(..)")
    }
}

impl Codes {
    /// Ten new ones.
    pub(crate) fn new(journal: &Journal, account: AccountId) -> Self {
        let texts: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
        let hashes = texts
            .iter()
            .map(|text| recovery_hash(journal, account, &squeezed(text)))
            .collect();
        Self { texts, hashes }
    }

    /// The codes, for their owner to write down.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// `abcd-efgh-jkmn`
fn recovery_code() -> String {
    let random: [u8; CODE_SIGNS] = base::id::random();
    let mut text = String::with_capacity(CODE_SIGNS + 2);
    for (place, byte) in random.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    text
}

/// A code as somebody typed it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// Six figures.
    Code(String),
    /// A recovery code without hyphens.
    Recovery(String),
}

impl Typed {
    /// None when it can be neither.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > 100 {
            return None;
        }
        let text = squeezed(text);
        if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Some(Self::Code(text))
        } else if text.len() == CODE_SIGNS && text.bytes().all(|byte| SIGNS.contains(&byte)) {
            Some(Self::Recovery(text))
        } else {
            None
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

pub(crate) fn recovery_hash(journal: &Journal, account: AccountId, squeezed: &str) -> [u8; 32] {
    journal
        .keys()
        .blind("account.recovery", &format!("{account}:{squeezed}"))
}

pub(crate) fn new_secret() -> Vec<u8> {
    base::id::random::<SECRET_BYTES>().to_vec()
}

/// What the secret of an account is sealed as.
pub(crate) fn context(account: AccountId) -> String {
    format!("account.second_factor:{account}")
}

fn totp(secret: &[u8], name: &str) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP)
        .with_secret(secret.to_vec())
        .with_account_name(name.replace(':', " "))
        .with_issuer(Some(ISSUER))
        .build()
        // The error could repeat the secret.
        .map_err(|_| Error::internal("a secret of the second factor is not one"))
}

/// The secret as a picture and as text, for the app of whoever is called `email`.
pub(crate) fn set_up(secret: &[u8], email: &str) -> Result<SetUp> {
    let totp = totp(secret, email)?;
    let address = totp
        .to_url()
        .map_err(|_| Error::internal("no address for the app"))?;
    let code = QRBuilder::new(address)
        .build()
        .map_err(|_| Error::internal("the picture of a secret is too large"))?;
    let picture = SvgBuilder::default().to_str(&code).replacen(
        "<svg ",
        "<svg width=\"240\" height=\"240\" ",
        1,
    );
    let text = totp.secret().to_base32();
    let groups: Vec<&str> = (0..text.len())
        .step_by(4)
        .map(|at| &text[at..(at + 4).min(text.len())])
        .collect();
    Ok(SetUp {
        secret: groups.join(" "),
        picture,
    })
}

/// The step that a code belongs to, when it is one of the present code, the one before and the
/// one after.
pub(crate) fn step_of(secret: &[u8], code: &str, now: Moment) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.micros() / 1_000_000).unwrap_or(0);
    Ok(totp(secret, "")?
        .check(code, seconds)
        .and_then(|step| i64::try_from(step).ok()))
}

impl People {
    /// Whether a code of the app is right for an account, and its step.
    pub(crate) async fn step_of(&self, row: &AccountRow, code: &str) -> Result<Option<i64>> {
        let (account, data_key) = (row.account, row.person.data_key);
        let journal = self.0.journal.clone();
        let secret = self
            .0
            .store
            .read(move |db| {
                let Some(sealed) = sql::secret(db, account)? else {
                    return Ok(None);
                };
                let key = journal.keys().load(db, data_key)?;
                key.open(&context(account), &sealed).map(Some)
            })
            .await?;
        match secret {
            Some(secret) => step_of(&secret, code, self.0.store.now()),
            None => Ok(None),
        }
    }

    /// Writes the second factor and its recovery codes, tells the owner, and records it.
    pub(crate) fn turn_on(
        &self,
        tx: &mut Tx<'_>,
        account: AccountId,
        secret: &[u8],
        codes: &Codes,
    ) -> Result<()> {
        let row = sql::account(tx, account)?;
        tx.lock("person", row.person.id.0)?;
        let key = self.0.journal.keys().load(tx, row.person.data_key)?;
        sql::insert_secret(tx, account, &key.seal(&context(account), secret)?)?;
        sql::delete_recovery_codes(tx, account)?;
        for hash in &codes.hashes {
            sql::insert_recovery_code(tx, account, hash)?;
        }
        self.write_to_owner(tx, Kind::SecondFactorOn, &row, "")?;
        self.record_of(tx, &row.person, "person.second_factor_on", Vec::new())
    }

    /// The actor's own second factor.
    pub async fn second_factor(&self, actor: &Actor) -> Result<SecondFactor> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let required = self.0.settings.second_factor;
        self.0
            .store
            .read(move |db| {
                let row = sql::account(db, account)?;
                Ok(SecondFactor {
                    on: row.second_factor,
                    required: required && row.staff,
                    codes_left: sql::recovery_codes_left(db, account)?,
                })
            })
            .await
    }

    /// Begins to set the second factor up: gives what the app needs, and a token for
    /// [`People::finish_second_factor`]. The password is asked for.
    pub async fn begin_second_factor(
        &self,
        actor: &Actor,
        password: &str,
        client: IpAddr,
    ) -> Result<(SetUp, String)> {
        let account = self.is_really(actor, password, client).await?;
        let email = self.profile(actor).await?.contacts.email;
        let secret = new_secret();
        let shown = set_up(&secret, &email)?;
        let token = crate::sessions::SessionToken::new().as_str().to_owned();
        let hash = crate::tokens::hash_of(&token);
        let journal = self.0.journal.clone();
        self.0
            .store
            .housekeeping(move |tx| {
                let row = sql::account(tx, account)?;
                let key = journal.keys().load(tx, row.person.data_key)?;
                let sealed = key.seal(&context(account), &secret)?;
                let expires_at = tx.now().plus_seconds(600);
                sql::drop_expired(tx)?;
                sql::insert_pending(tx, &hash, account, Some(&sealed), expires_at)
            })
            .await?;
        Ok((shown, token))
    }

    /// What the app needs, once more, after a wrong code.
    pub async fn second_factor_begun(&self, actor: &Actor, token: &str) -> Result<SetUp> {
        let (_, secret) = self.begun(actor, token).await?;
        let email = self.profile(actor).await?.contacts.email;
        set_up(&secret, &email)
    }

    async fn begun(&self, actor: &Actor, token: &str) -> Result<(AccountId, Vec<u8>)> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let hash = crate::tokens::hash_of(token);
        let now = self.0.store.now();
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let pending = sql::pending(db, &hash, now)?
                    .filter(|pending| pending.account == account)
                    .ok_or(Error::NotFound)?;
                let sealed = pending.secret.ok_or(Error::NotFound)?;
                let row = sql::account(db, account)?;
                let key = journal.keys().load(db, row.person.data_key)?;
                Ok((account, key.open(&context(account), &sealed)?))
            })
            .await
    }

    /// Turns the second factor on when the app shows the right code, and gives the recovery codes.
    pub async fn finish_second_factor(
        &self,
        actor: &Actor,
        token: &str,
        code: &str,
    ) -> Result<Codes> {
        let wrong = || Error::field("code", "people-error-second-code");
        let (account, secret) = self.begun(actor, token).await?;
        self.0.limits.code(account)?;
        let Some(Typed::Code(code)) = Typed::read(code) else {
            return Err(wrong());
        };
        let step = step_of(&secret, &code, self.0.store.now())?.ok_or_else(wrong)?;
        let hash = crate::tokens::hash_of(token);
        let codes = Codes::new(&self.0.journal, account);
        let (people, kept) = (self.clone(), codes.clone());
        self.0
            .store
            .change(actor, move |tx| {
                if !sql::drop_pending(tx, &hash)? || !sql::take_step(tx, account, step)? {
                    return Err(wrong());
                }
                people.turn_on(tx, account, &secret, &kept)
            })
            .await?;
        Ok(codes)
    }

    /// Turns the second factor off, unless it is required. The password is asked for.
    pub async fn end_second_factor(
        &self,
        actor: &Actor,
        password: &str,
        client: IpAddr,
    ) -> Result<()> {
        let account = self.is_really(actor, password, client).await?;
        let required = self.0.settings.second_factor;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                if required && row.staff {
                    return Err(Error::Conflict("people-error-second-factor-required"));
                }
                if !sql::delete_second_factor(tx, account)? {
                    return Err(Error::NotFound);
                }
                people.write_to_owner(tx, Kind::SecondFactorOff, &row, "")?;
                people.record_of(tx, &row.person, "person.second_factor_off", Vec::new())
            })
            .await
    }

    /// New recovery codes in the place of all the old ones. The password is asked for.
    pub async fn renew_recovery_codes(
        &self,
        actor: &Actor,
        password: &str,
        client: IpAddr,
    ) -> Result<Codes> {
        let account = self.is_really(actor, password, client).await?;
        let codes = Codes::new(&self.0.journal, account);
        let (people, kept) = (self.clone(), codes.clone());
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                if !row.second_factor {
                    return Err(Error::NotFound);
                }
                sql::delete_recovery_codes(tx, account)?;
                for hash in &kept.hashes {
                    sql::insert_recovery_code(tx, account, hash)?;
                }
                people.record_of(tx, &row.person, "person.recovery_codes_renewed", Vec::new())
            })
            .await?;
        Ok(codes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_standard_are_known() {
        // RFC 6238 appendix B, its last six figures.
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
        ] {
            let now = Moment::from_micros(seconds * 1_000_000);
            assert_eq!(step_of(secret, code, now).unwrap(), Some(seconds / 30));
            let late = now.plus_seconds(90);
            assert_eq!(step_of(secret, code, late).unwrap(), None);
        }
    }

    #[test]
    fn what_is_typed_is_a_code_a_recovery_code_or_nothing() {
        assert_eq!(Typed::read(" 123 456 "), Some(Typed::Code("123456".into())));
        assert_eq!(
            Typed::read("ABCD-efgh-jkmn"),
            Some(Typed::Recovery("abcdefghjkmn".into()))
        );
        for bad in ["", "12345", "1234567", "abcd-efgh-ijkl", "١٢٣٤٥٦"] {
            assert_eq!(Typed::read(bad), None, "{bad}");
        }
        let own = recovery_code();
        assert_eq!(own.len(), CODE_SIGNS + 2);
        assert!(matches!(Typed::read(&own), Some(Typed::Recovery(_))));
    }

    #[test]
    fn the_picture_has_no_style_that_the_page_forbids() {
        let shown = set_up(&[7; SECRET_BYTES], "anna@example.ru").unwrap();
        assert!(shown.picture.starts_with("<svg width="));
        assert!(!shown.picture.contains("style") && !shown.picture.contains("<script"));
        assert!(!format!("{shown:?}").contains(&shown.secret));
    }
}
