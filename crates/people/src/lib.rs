//! People: who they are, how they sign in, what they may do, and the agencies they work in.
//!
//! [`People`] is the face. Every handler of every slice takes a [`Visitor`], asks
//! [`access::require`] or [`access::allows`] about what it is going to do, and finds units and
//! territories in [`Units`]. Names and contacts are kept sealed under a key of each person's own;
//! e-mails are found by a keyed hash alone.

pub mod access;
mod accounts;
pub mod acts;
pub mod api;
pub mod codes;
pub mod confirming;
pub mod consents;
mod correcting;
mod entering;
pub mod exchange;
pub mod former;
pub mod letterheads;
mod letters;
mod limits;
pub mod model;
mod named;
pub mod own;
pub mod pages;
pub mod passwords;
pub mod personal_tokens;
pub mod posts;
pub mod repeats;
mod resetting;
mod running;
mod sealed;
pub mod sessions;
mod sql;
mod staff;
mod staff_list;
pub mod staffing;
mod tokens;
pub mod trees;
pub mod unit_changes;
pub mod units;
pub mod visitor;
mod whom;

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use base::id::PersonId;
use base::{Actor, Error, Language, Moment, Result};
use journal::Journal;
use store::{Db, Store};

pub use access::{
    Permission, Reach, Subject, allows, allows_somewhere, require, require_somewhere,
};
pub use codes::SecondFactor;
pub use confirming::Standing;
pub use consents::{Consent, GivenConsent};
pub use entering::{Entered, Entry, From, PendingToken};
pub use letterheads::Letterhead;
pub use model::{
    Contacts, Email, NewUser, Organisation, PersonName, Profile, SignUp, is_phone, masked_email,
};
pub use named::{NAMED_MOST, Named};
pub use personal_tokens::{Bearer, PersonalToken, TokenText, TokenWish};
pub use sessions::{OpenSession, SessionToken, SignedIn};
pub use staff::StaffMember;
pub use trees::{Territory, Unit, UnitKind, Units};
pub use units::{NewTerritory, NewUnit};
pub use visitor::Visitor;

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "people",
    files: &[
        ("0001_people", include_str!("../migrations/0001_people.sql")),
        (
            "0002_accounts",
            include_str!("../migrations/0002_accounts.sql"),
        ),
        (
            "0003_operator",
            include_str!("../migrations/0003_operator.sql"),
        ),
        (
            "0004_letterheads",
            include_str!("../migrations/0004_letterheads.sql"),
        ),
        (
            "0005_personal_tokens",
            include_str!("../migrations/0005_personal_tokens.sql"),
        ),
        ("0050_staff", include_str!("../migrations/0050_staff.sql")),
        (
            "0060_former_staff",
            include_str!("../migrations/0060_former_staff.sql"),
        ),
    ],
    small: &[
        "consent_text",
        "grant_role",
        "territory",
        "territory_outline",
        "tree_stamp",
        "unit",
        "unit_detail",
        "unit_territory",
    ],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[
    &sql::PERSON,
    &sql::ACCOUNT,
    &sql::GRANT_ROLE,
    &sql::UNIT,
    &sql::TERRITORY,
    &sql::UNIT_TERRITORY,
    &sql::ACCOUNT_CONFIRMED,
    &sql::SECOND_FACTOR,
    &sql::RECOVERY_CODE,
    &sql::CONSENT_TEXT,
    &sql::CONSENT,
    &sql::UNIT_DETAIL,
    &sql::ADMIN_ACT,
    &sql::PERSONAL_TOKEN,
];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// For how many seconds the kept trees are believed while this process changes neither;
/// another process may change them meanwhile.
const TREES_BELIEVED: i64 = 2;

/// What this slice needs to be told.
#[derive(Clone, Default)]
pub struct Settings {
    /// Who runs the installation: named in the consent. A neutral word when empty.
    pub operator: String,
    /// The same in English; the first stands when it is empty.
    pub operator_en: String,
    /// The public address without a slash at the end: what links in letters begin with.
    pub origin: String,
    /// The way out for letters. Without it nothing is confirmed by letter, and pages say so.
    pub mail: Option<mail::Mail>,
    /// Whether staff must have a second factor to sign in.
    pub second_factor: bool,
    /// How many notices wait for a person, for the head of every page: a slice above knows.
    pub unread: Option<fn(&mut Db<'_>, PersonId) -> Result<u32>>,
    /// The numbers of what a person has filed, each with the code that leads back to it without an
    /// account: a slice above knows.
    pub ways_back: Option<WaysBack>,
}

impl Settings {
    /// Who runs the installation, as `language` says it; empty when nobody is named.
    pub(crate) fn operator_in(&self, language: Language) -> &str {
        match language {
            Language::En if !self.operator_en.is_empty() => &self.operator_en,
            _ => &self.operator,
        }
    }
}

/// Finds the ways back into what a person has filed.
pub type WaysBack = fn(&mut Db<'_>, &journal::Keys, PersonId) -> Result<Vec<WayBack>>;

/// How one comes back to something without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack {
    /// The number, as people read it.
    pub number: String,
    /// The secret code.
    pub code: String,
}

/// The face of the slice. Clones share everything.
#[derive(Clone)]
pub struct People(Arc<Inner>);

struct Inner {
    store: Store,
    journal: Journal,
    settings: Settings,
    hasher: passwords::Hasher,
    limits: limits::Limits,
    trees: Mutex<Option<KeptTrees>>,
}

/// The trees, the stamp that they were read under, and when that stamp was last compared.
#[derive(Clone)]
struct KeptTrees {
    units: Arc<Units>,
    stamp: i64,
    raised: u64,
    compared: Moment,
}

impl People {
    /// Starts the slice over a store whose migrations have run.
    pub fn new(store: Store, journal: Journal, settings: Settings) -> Self {
        let limits = limits::Limits::new(store.clock());
        Self(Arc::new(Inner {
            store,
            journal,
            settings,
            hasher: passwords::Hasher::start(),
            limits,
            trees: Mutex::new(None),
        }))
    }

    /// Whether staff must have a second factor to sign in; never in a demo, whatever is set.
    pub fn asks_second_factor(&self) -> bool {
        self.0.settings.second_factor
    }

    /// Both trees, from memory unless they have changed.
    pub async fn units(&self) -> Result<Arc<Units>> {
        let raised = sql::RAISED.times();
        let now = self.0.store.now();
        let kept = self
            .0
            .trees
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(kept) = &kept
            && kept.raised == raised
            && sql::RAISED.is_settled()
            && (0..TREES_BELIEVED).contains(&now.seconds_since(kept.compared))
        {
            return Ok(Arc::clone(&kept.units));
        }
        let known = kept.as_ref().map(|kept| kept.stamp);
        let (stamp, read) = self
            .0
            .store
            .read(move |db| {
                let stamp = sql::tree_stamp(db)?;
                let read = (Some(stamp) != known).then(|| sql::units(db)).transpose()?;
                Ok((stamp, read))
            })
            .await?;
        let units = match (read, kept) {
            (Some(read), _) => Arc::new(read),
            (None, Some(kept)) => kept.units,
            (None, None) => return Err(Error::internal("trees that were neither kept nor read")),
        };
        *self.0.trees.lock().unwrap_or_else(PoisonError::into_inner) = Some(KeptTrees {
            units: Arc::clone(&units),
            stamp,
            raised,
            compared: now,
        });
        Ok(units)
    }

    /// Both trees as the database has them now, for commands and plain threads.
    pub fn units_blocking(&self) -> Result<Units> {
        self.0.store.read_blocking(sql::units)
    }

    /// The actor's own name and contacts.
    pub async fn profile(&self, actor: &Actor) -> Result<Profile> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let row = sql::person(db, person)?;
                sealed::profile(db, &journal, &row)
            })
            .await
    }

    /// A person's name, within a reading that has its own right to it;
    /// [`Error::NotFound`] when the person was erased.
    pub fn name_of(db: &mut Db<'_>, journal: &Journal, person: PersonId) -> Result<PersonName> {
        let (row, wrapped) = sql::person_with_key(db, person)?;
        sealed::name(journal, &row, wrapped.as_deref())
    }

    /// Whose account has this e-mail, within a change or reading that has its own right to know.
    pub fn person_of_email(&self, db: &mut Db<'_>, email: &str) -> Result<Option<PersonId>> {
        let Some(email) = Email::parse(email) else {
            return Ok(None);
        };
        let blind = self.email_blind(email.normalised());
        Ok(sql::credentials(db, &blind)?
            .filter(|known| known.active)
            .map(|known| known.person))
    }

    /// By which an e-mail in its normal form is found.
    fn email_blind(&self, normalised: &str) -> [u8; 32] {
        self.0.journal.keys().blind("account.email", normalised)
    }
}

/// The words of this slice alone, for texts that are kept and not only shown.
fn own_words() -> Result<&'static web::Words> {
    static OWN: LazyLock<Option<web::Words>> = LazyLock::new(|| web::Words::new(&[WORDS]).ok());
    OWN.as_ref()
        .ok_or_else(|| Error::internal("the word files of people cannot be read"))
}
