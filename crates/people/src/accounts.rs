//! How accounts come to be: a person signs up, or an operator adds one.
//!
//! Signing up tells nobody who has an account. The page answers the same whether the e-mail was
//! free or taken («now sign in with it»), after the same work and time: the password is hashed and
//! one entry is written either way, for a taken e-mail into the history of its owner. Nobody is signed
//! in by signing up, and until the link of a letter was followed (`confirming`) an account says
//! nothing about whose the e-mail is: it is provisional.

use std::collections::HashMap;
use std::time::Duration;

use base::id::{AccountId, PersonId};
use base::{Actor, Error, FieldError, Grant, Result, Role, Scope};
use journal::{DataKey, Journal, NewEntry};
use serde_json::{Value, json};
use store::Tx;
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::{self, Permission, Subject};
use crate::acts::{self, Act};
use crate::letters::Kind;
use crate::model::{Contacts, Email, NewUser, PersonName, SignUp};
use crate::tokens::Purpose;
use crate::{People, consents, passwords, sealed, sql, units};

/// How long a sign-up takes at least: longer than making an account, which does a little more than
/// writing one entry.
pub(crate) const SIGN_UP_TAKES: Duration = Duration::from_millis(250);

impl SignUp {
    /// Everything that is wrong with what was filled in, before any work is done for it.
    pub fn check(&self) -> Result<()> {
        self.checked().map(drop).map_err(Error::Invalid)
    }

    fn checked(&self) -> std::result::Result<(PersonName, Email), Vec<FieldError>> {
        let mut errors = Vec::new();
        let (name, email) = checked(&self.name, &self.email, &self.password, &mut errors);
        if !self.consent {
            errors.push(FieldError::new("consent", "people-error-consent"));
        }
        match (name, email) {
            (Some(name), Some(email)) if errors.is_empty() => Ok((name, email)),
            _ => Err(errors),
        }
    }
}

/// What an account is made of once everything about it is checked.
#[derive(Clone)]
pub(crate) struct Checked {
    pub(crate) name: PersonName,
    pub(crate) email: Email,
    pub(crate) blind: [u8; 32],
    pub(crate) password_hash: String,
}

impl People {
    /// Makes an account for a person who asks for one, with the role of an applicant. When the
    /// e-mail is taken, nothing changes but its owner's history, and the answer is the identifier
    /// of no account: the caller cannot tell, and must not try.
    pub async fn sign_up(&self, actor: &Actor, new: SignUp) -> Result<AccountId> {
        let started = Instant::now();
        let (name, email) = new.checked().map_err(Error::Invalid)?;
        let consent = self.consent(actor.language)?;
        let account = Checked {
            name,
            blind: self.email_blind(email.normalised()),
            email,
            password_hash: self.0.hasher.hash(&new.password).await?,
        };
        let journal = self.0.journal.clone();
        let people = self.clone();
        let language = actor.language;
        let answer = self
            .0
            .store
            .change(actor, move |tx| {
                tx.lock("account", lock_of(&account.blind))?;
                if let Some(owner) = sql::credentials(tx, &account.blind)? {
                    tx.lock("person", owner.person.0)?;
                    let row = sql::account(tx, owner.account)?;
                    if people.0.limits.letter_to(&account.blind) {
                        people.write_to_owner(tx, Kind::SignUpRepeated, &row, "")?;
                    }
                    // What the stranger typed is not kept.
                    people.record_of(tx, &row.person, "person.sign_up_repeated", Vec::new())?;
                    return Ok(AccountId::new(tx.now()));
                }
                let own = Grant {
                    role: Role::Applicant,
                    scope: Scope::Own,
                };
                let fields = vec![
                    ("consent", consent.text.clone()),
                    ("consent_version", consent.version.to_owned()),
                    ("language", language.tag().to_owned()),
                ];
                let made = Made {
                    account: &account,
                    grant: own,
                    action: "person.signed_up",
                    fields,
                };
                insert(tx, &journal, made, |tx, id, person| {
                    consents::give(tx, person, &consent, language)?;
                    if people.sends_letters() {
                        let link = people.link(tx, id, Purpose::Confirm, &account.blind)?;
                        let to = account.email.written();
                        people.write_letter(tx, Kind::Confirm, to, language, &link)?;
                    }
                    Ok(())
                })
            })
            .await;
        tokio::time::sleep_until(started + SIGN_UP_TAKES).await;
        answer
    }

    /// Counts one sign-up from an address, or says how long to wait; asked once what was filled in
    /// holds, so that mistakes in a form cost nothing.
    pub fn admit_sign_up(&self, client: std::net::IpAddr) -> Result<()> {
        self.0.limits.sign_up(client)
    }

    /// Makes an account with a role, for `okno user add` and the demo. Hashes on the calling
    /// thread, which must not be one that serves requests. An e-mail that is taken is a conflict.
    pub fn add_user_blocking(&self, actor: &Actor, new: &NewUser) -> Result<AccountId> {
        let hash = || passwords::hash_now(&new.password);
        let added = self.add_checked(actor, vec![self.checked_user(actor, new, hash)?], true)?;
        added.into_iter().next().ok_or(Error::NotFound)
    }

    /// Makes accounts that share one first password, as a demo has them: it is hashed once, and
    /// all of them are one change.
    pub fn add_users_blocking(&self, actor: &Actor, new: &[NewUser]) -> Result<Vec<AccountId>> {
        let mut hashes: HashMap<&str, String> = HashMap::new();
        let mut users = Vec::with_capacity(new.len());
        for user in new {
            if !hashes.contains_key(user.password.as_str()) {
                hashes.insert(&user.password, passwords::hash_now(&user.password)?);
            }
            let hash = || {
                hashes
                    .get(user.password.as_str())
                    .cloned()
                    .ok_or(Error::NotFound)
            };
            users.push(self.checked_user(actor, user, hash)?);
        }
        self.add_checked(actor, users, false)
    }

    /// A user with everything about it checked, and the grant it gets.
    fn checked_user(
        &self,
        actor: &Actor,
        new: &NewUser,
        hash: impl FnOnce() -> Result<String>,
    ) -> Result<(Checked, Grant)> {
        let mut errors = Vec::new();
        let (name, email) = checked(&new.name, &new.email, &new.password, &mut errors);
        let unit = match (new.role, &new.unit) {
            (Role::Applicant, Some(_)) => {
                errors.push(FieldError::new("unit", "people-error-unit-for-applicant"));
                None
            }
            (Role::Operator | Role::Specialist | Role::Head, None) => {
                errors.push(FieldError::new("unit", "people-error-unit-missing"));
                None
            }
            (_, None) => None,
            (_, Some(code)) => {
                let asked = code.clone();
                let unit = self
                    .0
                    .store
                    .read_blocking(move |db| units::find(db, &asked))?;
                if unit.is_none() {
                    errors.push(
                        FieldError::new("unit", "people-error-unit-unknown").with("code", code),
                    );
                }
                unit
            }
        };
        let (Some(name), Some(email), true) = (name, email, errors.is_empty()) else {
            return Err(Error::Invalid(errors));
        };
        let subject = Subject { owner: None, unit };
        access::require(actor, Permission::ManageUsers, &subject)?;
        let scope = match (new.role, unit) {
            (Role::Applicant, _) => Scope::Own,
            (_, Some(unit)) => Scope::Unit(unit),
            (_, None) => Scope::Installation,
        };
        let grant = Grant {
            role: new.role,
            scope,
        };
        let account = Checked {
            name,
            blind: self.email_blind(email.normalised()),
            email,
            password_hash: hash()?,
        };
        Ok((account, grant))
    }

    /// Adds what was checked; `told` puts it among the acts that administrators see.
    fn add_checked(
        &self,
        actor: &Actor,
        users: Vec<(Checked, Grant)>,
        told: bool,
    ) -> Result<Vec<AccountId>> {
        let journal = self.0.journal.clone();
        self.0.store.change_blocking(actor, move |tx| {
            users
                .iter()
                .map(|(account, grant)| {
                    tx.lock("account", lock_of(&account.blind))?;
                    if sql::credentials(tx, &account.blind)?.is_some() {
                        return Err(Error::Conflict("people-error-email-taken"));
                    }
                    let made = Made {
                        account,
                        grant: *grant,
                        action: "person.added",
                        fields: Vec::new(),
                    };
                    // Whoever adds accounts by command answers for their e-mails.
                    insert(tx, &journal, made, |tx, id, person| {
                        sql::confirm(tx, id, &account.blind)?;
                        if !told || grant.role == Role::Applicant {
                            return Ok(());
                        }
                        let unit = match grant.scope {
                            Scope::Unit(unit) => Self::unit_names(tx, unit)?,
                            Scope::Own | Scope::Installation => None,
                        };
                        let unit = unit.map(|(code, _, _)| code).unwrap_or_default();
                        acts::note(
                            tx,
                            &Act {
                                kind: "person",
                                entity: person.0,
                                action: "person.added",
                                before: Value::Null,
                                after: json!({ "role": grant.role.code(), "unit": unit }),
                            },
                        )
                    })
                })
                .collect()
        })
    }
}

/// Name and e-mail when they hold; what does not hold is added to `errors`.
fn checked(
    name: &PersonName,
    email: &str,
    password: &str,
    errors: &mut Vec<FieldError>,
) -> (Option<PersonName>, Option<Email>) {
    let name = name.checked().map_err(|wrong| errors.extend(wrong)).ok();
    let address = Email::parse(email);
    if address.is_none() {
        let key = if email.trim().is_empty() {
            "people-error-email-missing"
        } else {
            "people-error-email"
        };
        errors.push(FieldError::new("email", key));
    }
    errors.extend(passwords::check(password, address.as_ref()));
    (name, address)
}

/// An account that is about to be written, and what its entry says.
pub(crate) struct Made<'a> {
    pub(crate) account: &'a Checked,
    pub(crate) grant: Grant,
    pub(crate) action: &'static str,
    pub(crate) fields: Vec<(&'static str, String)>,
}

/// Writes a person with an account and one role, whatever `more` adds, and their entry.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    journal: &Journal,
    made: Made<'_>,
    more: impl FnOnce(&mut Tx<'_>, AccountId, PersonId) -> Result<()>,
) -> Result<AccountId> {
    let Made {
        account,
        grant,
        action,
        fields: told,
    } = made;
    let person = PersonId::new(tx.now());
    let id = AccountId::new(tx.now());
    let key: DataKey = journal.keys().create(tx, "person", person.0)?;
    let contacts = Contacts {
        email: account.email.written().to_owned(),
        ..Contacts::default()
    };
    sql::insert_person(tx, &sealed::person(person, &key, &account.name, &contacts)?)?;
    sql::insert_account(tx, id, person, &account.blind, &account.password_hash)?;
    sql::insert_grant(tx, id, grant)?;
    more(tx, id, person)?;
    let mut fields = vec![
        ("name", account.name.full()),
        ("email", contacts.email),
        ("role", grant.role.code().to_owned()),
    ];
    if let Scope::Unit(unit) = grant.scope {
        fields.push(("unit", unit.to_string()));
    }
    fields.extend(told);
    journal.record(
        tx,
        NewEntry {
            action,
            kind: "person",
            id: person.0,
            fields,
            occurred_at: None,
            key,
            first: true,
        },
    )?;
    Ok(id)
}

/// Two sign-ups with one e-mail at once wait for each other.
pub(crate) fn lock_of(blind: &[u8; 32]) -> Uuid {
    let mut half = [0; 16];
    half.copy_from_slice(&blind[..16]);
    Uuid::from_bytes(half)
}
