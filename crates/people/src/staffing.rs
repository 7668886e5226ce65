//! Accounts as administrators manage them: people who work for an authority are invited, given and
//! taken roles, switched off and on, and helped back in by a link that is good once. Each change is
//! an entry in the person's own history and a line of `/admin/log`. `former` finds those who have no
//! role any more, `correcting` puts names and e-mails right.
//!
//! An administrator of a unit manages those who work in it; of an account with no role inside a
//! unit, only one of the whole installation. Nobody changes their own account here.

use std::net::IpAddr;

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Grant, Result, Role, Scope};
use serde_json::{Value, json};
use store::{Db, Tx};
use uuid::Uuid;

use crate::access::{Permission, Subject, allows, require, require_somewhere};
use crate::accounts::{Checked, Made, insert, lock_of};
use crate::acts::{self, Act};
use crate::letters::Kind;
use crate::model::{Email, PersonName, Profile};
use crate::tokens::Purpose;
use crate::trees::Units;
use crate::{People, own, posts, sealed, sql};

/// An account as an administrator sees it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The sign-in.
    pub account: AccountId,
    /// How they are called.
    pub name: PersonName,
    /// Their e-mail.
    pub email: String,
    /// Whether they can sign in.
    pub active: bool,
    /// Whether they have set a password.
    pub has_password: bool,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// Their roles, each with the identifier by which it is taken.
    pub grants: Vec<(Uuid, Grant)>,
    /// What they are where they have a role: the role, its unit, the post.
    pub posts: Vec<(Uuid, Option<UnitId>, String)>,
    /// The e-mail that an administrator gave and its owner has not confirmed yet.
    pub new_email: Option<String>,
}

impl Card {
    /// Whether they work for an authority.
    pub fn is_staff(&self) -> bool {
        self.grants
            .iter()
            .any(|(_, grant)| grant.role != Role::Applicant)
    }

    /// What they are in the role with this identifier; empty when nobody has said.
    pub fn post(&self, grant: &Uuid) -> String {
        posts::post_of(&self.posts, *grant)
    }
}

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// How they are called.
    pub name: PersonName,
    /// Their e-mail.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Where; none for the whole installation, which administrators alone can have.
    pub unit: Option<UnitId>,
    /// What they are there: it stands under answers that they sign.
    pub post: String,
}

/// How somebody gets in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// By a letter that is on its way.
    Letter,
    /// By this link, which the administrator hands over and which is shown once.
    Link(String),
}

impl People {
    /// One account that the actor manages. Of somebody who works for nobody the reading is written
    /// down first.
    pub async fn card(&self, actor: &Actor, account: AccountId) -> Result<Card> {
        require_somewhere(actor, Permission::ManageUsers)?;
        let reader = actor.account().ok_or(Error::Unauthenticated)?;
        let (people, asking, now) = (self.clone(), actor.clone(), self.0.store.now());
        let (card, known) = self
            .0
            .store
            .read(move |db| {
                let (row, grants) = managed(db, &asking, account)?;
                let profile: Profile = sealed::profile(db, &people.0.journal, &row.person)?;
                // What a colleague is called is no secret among those who run the house.
                let known = grants
                    .iter()
                    .any(|(_, grant)| grant.role != Role::Applicant)
                    || Self::is_look_recorded(db, reader, row.person.id, now)?;
                let new_email = match sql::email_change(db, account, now)? {
                    Some(change) if change.asked_by.is_some() => {
                        let key = people.0.journal.keys().load(db, row.person.data_key)?;
                        Some(own::wanted_email(&key, account, &change)?)
                    }
                    _ => None,
                };
                let card = Card {
                    new_email,
                    account,
                    name: profile.name,
                    email: profile.contacts.email,
                    active: row.active,
                    has_password: !row.password_hash.is_empty(),
                    second_factor: row.second_factor,
                    grants,
                    posts: sql::posts_of(db, account)?,
                };
                Ok((card, known))
            })
            .await?;
        if !known {
            self.record_look(actor, account).await?;
        }
        Ok(card)
    }

    /// The account of an e-mail, among those that the actor manages.
    pub async fn account_of_email(&self, actor: &Actor, email: &str) -> Result<AccountId> {
        require_somewhere(actor, Permission::ManageUsers)?;
        let email =
            Email::parse(email).ok_or_else(|| Error::field("email", "people-error-email"))?;
        let blind = self.email_blind(email.normalised());
        let asking = actor.clone();
        let missing = || Error::field("email", "people-error-no-such-account");
        self.0
            .store
            .read(move |db| {
                let found = sql::credentials(db, &blind)?.ok_or_else(missing)?;
                match managed(db, &asking, found.account) {
                    Ok(_) => Ok(found.account),
                    Err(Error::Forbidden | Error::NotFound) => Err(missing()),
                    Err(other) => Err(other),
                }
            })
            .await
    }

    /// Makes an account with a role and without a password, and a way in: a letter where letters
    /// are sent, else a link for the administrator to hand over.
    pub async fn invite(&self, actor: &Actor, new: Invitation) -> Result<(AccountId, WayIn)> {
        require_somewhere(actor, Permission::ManageUsers)?;
        let mut wrong = Vec::new();
        let name = new
            .name
            .checked()
            .map_err(|errors| wrong.extend(errors))
            .ok();
        let email = Email::parse(&new.email);
        if email.is_none() {
            wrong.push(base::FieldError::new("email", "people-error-email"));
        }
        let all = self.units().await?;
        let grant = grant_for(actor, &all, new.role, new.unit);
        if let Err(Error::Invalid(errors)) = &grant {
            wrong.extend(errors.iter().cloned());
        }
        let post = posts::checked(&new.post);
        if let Err(Error::Invalid(errors)) = &post {
            wrong.extend(errors.iter().cloned());
        }
        let (Some(name), Some(email), true) = (name, email, wrong.is_empty()) else {
            return Err(Error::Invalid(wrong));
        };
        let (grant, post) = (grant?, post?);
        let account = Checked {
            name,
            blind: self.email_blind(email.normalised()),
            email,
            password_hash: String::new(),
        };
        let (people, spoken) = (self.clone(), actor.language);
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("account", lock_of(&account.blind))?;
                if sql::credentials(tx, &account.blind)?.is_some() {
                    return Err(Error::field("email", "people-error-email-has-account"));
                }
                let made = Made {
                    account: &account,
                    grant,
                    action: "person.invited",
                    fields: Vec::new(),
                };
                let mut link = String::new();
                let id = insert(tx, &people.0.journal, made, |tx, id, person| {
                    link = people.link(tx, id, Purpose::Invite, &account.blind)?;
                    let to = account.email.written();
                    people.write_letter(tx, Kind::Invite, to, spoken, &link)?;
                    for (given, _) in sql::grants_of(tx, id)? {
                        sql::set_post(tx, given, id, &post)?;
                    }
                    acts::note(
                        tx,
                        &Act {
                            kind: "person",
                            entity: person.0,
                            action: "person.invited",
                            before: Value::Null,
                            after: told(&all, grant, &post),
                        },
                    )
                })?;
                Ok((id, people.way_in(link)))
            })
            .await
    }

    pub(crate) fn way_in(&self, link: String) -> WayIn {
        if self.sends_letters() {
            WayIn::Letter
        } else {
            WayIn::Link(link)
        }
    }

    /// Gives an account one more role.
    pub async fn give_role(
        &self,
        actor: &Actor,
        account: AccountId,
        role: Role,
        unit: Option<UnitId>,
        post: &str,
    ) -> Result<()> {
        let all = self.units().await?;
        let grant = grant_for(actor, &all, role, unit)?;
        let post = posts::checked(post)?;
        self.change_account(actor, account, move |people, tx, row, grants| {
            if grants.iter().any(|(_, had)| *had == grant) {
                return Err(Error::field("role", "people-error-role-had"));
            }
            let given = sql::insert_grant(tx, account, grant)?;
            sql::set_post(tx, given, account, &post)?;
            let (before, after) = (Value::Null, told(&all, grant, &post));
            people.record_on(tx, row, "person.role_given", before, after)
        })
        .await
    }

    /// Takes a role away.
    pub async fn take_role(&self, actor: &Actor, account: AccountId, grant: Uuid) -> Result<()> {
        let all = self.units().await?;
        let asking = actor.clone();
        self.change_account(actor, account, move |people, tx, row, grants| {
            let (_, had) = *grants
                .iter()
                .find(|(id, had)| *id == grant && had.role != Role::Applicant)
                .ok_or(Error::NotFound)?;
            require(&asking, Permission::ManageUsers, &subject_of(had))?;
            let post = posts::post_of(&sql::posts_of(tx, account)?, grant);
            sql::delete_grant(tx, grant, account)?;
            let (before, after) = (told(&all, had, &post), Value::Null);
            people.record_on(tx, row, "person.role_taken", before, after)
        })
        .await
    }

    /// Switches an account off, which ends its sessions at once, or on again.
    pub async fn switch_account(
        &self,
        actor: &Actor,
        account: AccountId,
        active: bool,
    ) -> Result<()> {
        self.change_account(actor, account, move |people, tx, row, _| {
            if !sql::set_state(tx, account, active)? {
                return Err(Error::Conflict("people-error-changed-meanwhile"));
            }
            if !active {
                sql::delete_sessions_of(tx, account)?;
                crate::personal_tokens::revoke_all_of(tx, account)?;
                sql::drop_tokens(tx, account, Purpose::Reset.code())?;
                sql::drop_tokens(tx, account, Purpose::Invite.code())?;
            }
            let action = if active {
                "person.switched_on"
            } else {
                "person.switched_off"
            };
            let word = |active: bool| json!({ "state": if active { "active" } else { "closed" } });
            people.record_on(tx, row, action, word(!active), word(active))
        })
        .await
    }

    /// A link for a new password, for somebody whom letters do not reach. The administrator's own
    /// password is asked for, and the owner can see in their history that the link was given.
    pub async fn one_time_link(
        &self,
        actor: &Actor,
        account: AccountId,
        password: &str,
        client: IpAddr,
    ) -> Result<String> {
        self.is_really(actor, password, client).await?;
        self.change_account(actor, account, move |people, tx, row, _| {
            if !row.active {
                return Err(Error::Conflict("people-error-switched-off"));
            }
            let purpose = if row.password_hash.is_empty() {
                Purpose::Invite
            } else {
                Purpose::Reset
            };
            let link = people.link(tx, account, purpose, &row.email_blind)?;
            people.record_on(tx, row, "person.link_given", Value::Null, Value::Null)?;
            Ok(link)
        })
        .await
    }

    /// Takes the second factor of somebody who lost the phone and the recovery codes, and ends
    /// their sessions. The administrator's own password is asked for.
    pub async fn drop_second_factor(
        &self,
        actor: &Actor,
        account: AccountId,
        password: &str,
        client: IpAddr,
    ) -> Result<()> {
        self.is_really(actor, password, client).await?;
        self.change_account(actor, account, move |people, tx, row, _| {
            if !sql::delete_second_factor(tx, account)? {
                return Err(Error::Conflict("people-error-changed-meanwhile"));
            }
            sql::delete_sessions_of(tx, account)?;
            people.write_to_owner(tx, Kind::SecondFactorOff, row, "")?;
            let word = |on: bool| json!({ "second_factor": on });
            people.record_on(
                tx,
                row,
                "person.second_factor_taken",
                word(true),
                word(false),
            )
        })
        .await
    }

    /// One change of an account that the actor manages and that is not their own.
    pub(crate) async fn change_account<R: Send + 'static>(
        &self,
        actor: &Actor,
        account: AccountId,
        change: impl Fn(&People, &mut Tx<'_>, &sql::AccountRow, &[(Uuid, Grant)]) -> Result<R>
        + Send
        + 'static,
    ) -> Result<R> {
        require_somewhere(actor, Permission::ManageUsers)?;
        if actor.account() == Some(account) {
            return Err(Error::Conflict("people-error-own-account"));
        }
        let (people, asking) = (self.clone(), actor.clone());
        self.0
            .store
            .change(actor, move |tx| {
                let person = sql::account(tx, account)?.person.id;
                tx.lock("person", person.0)?;
                let (row, grants) = managed(tx, &asking, account)?;
                change(&people, tx, &row, &grants)
            })
            .await
    }

    /// Notes an act on an account and records it in the person's own history.
    pub(crate) fn record_on(
        &self,
        tx: &mut Tx<'_>,
        row: &sql::AccountRow,
        action: &'static str,
        before: Value,
        after: Value,
    ) -> Result<()> {
        let act = Act {
            kind: "person",
            entity: row.person.id.0,
            action,
            before,
            after,
        };
        acts::note(tx, &act)?;
        self.record_of(tx, &row.person, action, acts::fields(&act))
    }
}

/// An account with its roles, when the actor manages it.
pub(crate) fn managed(
    db: &mut Db<'_>,
    actor: &Actor,
    account: AccountId,
) -> Result<(sql::AccountRow, Vec<(Uuid, Grant)>)> {
    let row = sql::account(db, account)?;
    let grants = sql::grants_of(db, account)?;
    if manages(actor, &grants) {
        Ok((row, grants))
    } else {
        Err(Error::Forbidden)
    }
}

/// Whether the actor manages somebody with these roles: every one of staff lies in their reach.
pub(crate) fn manages(actor: &Actor, grants: &[(Uuid, Grant)]) -> bool {
    let mut of_staff = grants
        .iter()
        .map(|(_, grant)| *grant)
        .filter(|grant| grant.role != Role::Applicant)
        .peekable();
    if of_staff.peek().is_none() {
        return allows(actor, Permission::ManageUsers, &Subject::default());
    }
    of_staff.all(|grant| allows(actor, Permission::ManageUsers, &subject_of(grant)))
}

pub(crate) fn subject_of(grant: Grant) -> Subject {
    match grant.scope {
        Scope::Unit(unit) => Subject::in_unit(unit),
        Scope::Own | Scope::Installation => Subject::default(),
    }
}

/// A role of staff with its scope, when it makes sense and the actor may give it.
fn grant_for(actor: &Actor, all: &Units, role: Role, unit: Option<UnitId>) -> Result<Grant> {
    let scope = match (role, unit) {
        (Role::Applicant, _) => return Err(Error::field("role", "people-error-role")),
        (_, Some(unit)) => {
            if all.unit(unit).is_none_or(|unit| !unit.active) {
                return Err(Error::field("unit", "people-error-unit-gone"));
            }
            Scope::Unit(unit)
        }
        (Role::Administrator, None) => Scope::Installation,
        (_, None) => return Err(Error::field("unit", "people-error-unit-missing")),
    };
    let grant = Grant { role, scope };
    require(actor, Permission::ManageUsers, &subject_of(grant))?;
    Ok(grant)
}

/// A role as the list of acts tells it.
pub(crate) fn told(all: &Units, grant: Grant, post: &str) -> Value {
    let unit = match grant.scope {
        Scope::Unit(unit) => all
            .unit(unit)
            .map_or_else(|| unit.to_string(), |unit| unit.code.clone()),
        Scope::Own | Scope::Installation => String::new(),
    };
    json!({ "role": grant.role.code(), "unit": unit, "post": post })
}
