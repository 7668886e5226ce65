//! What administrators change in the trees: agencies and units are added, renamed, moved, ended and
//! given territories; territories are added, renamed and moved. Each change is one entry and one
//! line of `/admin/log`, with the state before and after.

use std::sync::Arc;

use base::id::{TerritoryId, UnitId};
use base::text::{clean_line, length};
use base::{Actor, Error, FieldError, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::NewEntry;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Tx;

use crate::access::{Permission, Subject, require, require_somewhere};
use crate::acts::{self, Act};
use crate::model::Email;
use crate::trees::{Unit, UnitKind, Units};
use crate::units::{NewTerritory, NewUnit, checked};
use crate::{People, sql, units};

/// The longest line of a unit's details, in characters.
pub const LINE_MOST: usize = 300;

/// How a unit is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitDetails {
    /// Postal address.
    pub address: String,
    /// Phone number.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Its site.
    pub site: String,
    /// When it is open.
    pub hours: String,
}

impl UnitDetails {
    fn checked(&self) -> std::result::Result<Self, Vec<FieldError>> {
        let clean = Self {
            address: clean_line(&self.address),
            phone: clean_line(&self.phone),
            email: clean_line(&self.email),
            site: clean_line(&self.site),
            hours: clean_line(&self.hours),
        };
        let mut errors = Vec::new();
        for (field, text) in [
            ("address", &clean.address),
            ("phone", &clean.phone),
            ("site", &clean.site),
            ("hours", &clean.hours),
        ] {
            if length(text) > LINE_MOST {
                let error = FieldError::new(field, "people-error-name-long");
                errors.push(error.with("most", LINE_MOST));
            }
        }
        if !is_site(&clean.site) {
            errors.push(FieldError::new("site", "people-error-site"));
        }
        if !clean.email.is_empty() && Email::parse(&clean.email).is_none() {
            errors.push(FieldError::new("email", "people-error-email"));
        }
        if errors.is_empty() {
            Ok(clean)
        } else {
            Err(errors)
        }
    }
}

/// Whether it is the address of a site: `http:`, `https:`, or a name alone; nothing that a browser
/// would run.
fn is_site(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = ["https://", "http://"]
        .into_iter()
        .find_map(|start| lower.strip_prefix(start));
    let rest = rest.unwrap_or(&lower);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    text.is_empty()
        || (host.contains('.')
            && !rest.contains(char::is_whitespace)
            && !host.contains(|c: char| !c.is_alphanumeric() && c != '.' && c != '-')
            && !port.is_empty()
            && port.bytes().all(|b| b.is_ascii_digit()))
}

/// A unit as an administrator wants it to be.
#[derive(Clone, Debug, Default)]
pub struct UnitWish {
    /// The one above it; none makes it stand alone.
    pub parent: Option<UnitId>,
    /// Its name in Russian.
    pub name_ru: String,
    /// Its name in English.
    pub name_en: String,
    /// The territories that it answers for.
    pub territories: Vec<TerritoryId>,
    /// How it is reached.
    pub details: UnitDetails,
    /// What was shown when the wish was made, as [`People::seen_of`] tells it: a unit that somebody
    /// else has changed since is not written over. Empty when nothing was shown.
    pub seen: String,
}

impl People {
    /// The trees, for whoever manages units somewhere.
    pub async fn units_to_manage(&self, actor: &Actor) -> Result<Arc<Units>> {
        require_somewhere(actor, Permission::ManageUnits)?;
        self.units().await
    }

    /// One unit and how it is reached, for whoever manages it.
    pub async fn unit_to_manage(&self, actor: &Actor, id: UnitId) -> Result<(Unit, UnitDetails)> {
        require(actor, Permission::ManageUnits, &Subject::in_unit(id))?;
        let unit = self.units().await?.unit(id).cloned();
        let details = self.unit_details(id).await?;
        Ok((unit.ok_or(Error::NotFound)?, details))
    }

    /// How a unit is reached; empty when nobody has said.
    pub async fn unit_details(&self, unit: UnitId) -> Result<UnitDetails> {
        self.0
            .store
            .read(move |db| Self::details_of(db, unit))
            .await
    }

    /// The same, within a reading.
    pub fn details_of(db: &mut store::Db<'_>, unit: UnitId) -> Result<UnitDetails> {
        let row = sql::unit_detail(db, unit)?;
        Ok(row.map_or_else(UnitDetails::default, |row| UnitDetails {
            address: row.address,
            phone: row.phone,
            email: row.email,
            site: row.site,
            hours: row.hours,
        }))
    }

    /// Adds a unit.
    pub async fn add_unit(&self, actor: &Actor, new: NewUnit) -> Result<UnitId> {
        may_stand_under(actor, new.parent)?;
        let (code, name_ru, name_en) = checked(&new.code, &new.name_ru, &new.name_en)?;
        if new.kind == UnitKind::Unit && new.parent.is_none() {
            return Err(Error::field("parent", "people-error-unit-alone"));
        }
        let all = self.units().await?;
        if all.by_code(&code).is_some() {
            return Err(Error::field("code", "people-error-code-taken"));
        }
        if new.parent.is_some_and(|parent| all.unit(parent).is_none()) {
            return Err(Error::field("parent", "people-error-parent"));
        }
        let after = json!({
            "code": code, "name_ru": name_ru, "name_en": name_en, "kind": new.kind.code(),
            "parent": code_of(&all, new.parent),
        });
        let journal = self.0.journal.clone();
        self.0
            .store
            .change(actor, move |tx| {
                units::insert_noting(tx, &journal, &new, |tx, id| {
                    acts::note(
                        tx,
                        &Act {
                            kind: "unit",
                            entity: id.0,
                            action: "unit.created",
                            before: Value::Null,
                            after: after.clone(),
                        },
                    )
                })
            })
            .await
    }

    /// What a unit is now, as a mark by which a form knows that it has changed since.
    pub async fn seen_of(&self, unit: &Unit) -> Result<String> {
        let all = self.units().await?;
        let details = self.unit_details(unit.id).await?;
        Ok(fingerprint(&state(
            &all,
            unit.parent,
            (&unit.name_ru, &unit.name_en),
            unit.active,
            all.territories_of(unit.id),
            &details,
        )))
    }

    /// Makes a unit what the administrator wants it to be.
    pub async fn save_unit(&self, actor: &Actor, id: UnitId, wish: UnitWish) -> Result<()> {
        require(actor, Permission::ManageUnits, &Subject::in_unit(id))?;
        let all = self.units().await?;
        let unit = all.unit(id).ok_or(Error::NotFound)?.clone();
        if wish.parent != unit.parent {
            may_stand_under(actor, wish.parent)?;
            let below = all.within(id);
            if wish
                .parent
                .is_some_and(|parent| all.unit(parent).is_none() || below.contains(&parent))
            {
                return Err(Error::field("parent", "people-error-parent"));
            }
        }
        let mut wrong = Vec::new();
        let names = match checked(&unit.code, &wish.name_ru, &wish.name_en) {
            Ok((_, ru, en)) => Some((ru, en)),
            Err(Error::Invalid(errors)) => {
                wrong.extend(errors);
                None
            }
            Err(other) => return Err(other),
        };
        let details = wish
            .details
            .checked()
            .map_err(|errors| wrong.extend(errors))
            .ok();
        if wish
            .territories
            .iter()
            .any(|territory| all.territory(*territory).is_none())
        {
            wrong.push(FieldError::new("territories", "people-error-territory"));
        }
        let (Some((name_ru, name_en)), Some(details), true) = (names, details, wrong.is_empty())
        else {
            return Err(Error::Invalid(wrong));
        };
        let wish = UnitWish {
            name_ru,
            name_en,
            details,
            ..wish
        };
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| people.write_unit(tx, &all, &unit, &wish))
            .await
    }

    fn write_unit(&self, tx: &mut Tx<'_>, all: &Units, unit: &Unit, wish: &UnitWish) -> Result<()> {
        tx.lock("unit", unit.id.0)?;
        let old = Self::details_of(tx, unit.id)?;
        let had = all.territories_of(unit.id);
        let before = state(
            all,
            unit.parent,
            (&unit.name_ru, &unit.name_en),
            unit.active,
            had,
            &old,
        );
        let after = state(
            all,
            wish.parent,
            (&wish.name_ru, &wish.name_en),
            unit.active,
            &wish.territories,
            &wish.details,
        );
        if !wish.seen.is_empty() && wish.seen != fingerprint(&before) {
            return Err(Error::Invalid(changed_since(unit, &old, wish)));
        }
        sql::set_unit(
            tx,
            unit.id,
            wish.parent,
            &wish.name_ru,
            &wish.name_en,
            unit.active,
        )?;
        for territory in had.iter().filter(|one| !wish.territories.contains(one)) {
            sql::delete_unit_territory(tx, unit.id, *territory)?;
        }
        for territory in wish.territories.iter().filter(|one| !had.contains(one)) {
            sql::insert_unit_territory(tx, unit.id, *territory)?;
        }
        if old != wish.details {
            let details = &wish.details;
            sql::set_unit_detail(
                tx,
                unit.id,
                &sql::DetailRow {
                    address: details.address.clone(),
                    phone: details.phone.clone(),
                    email: details.email.clone(),
                    site: details.site.clone(),
                    hours: details.hours.clone(),
                },
            )?;
        }
        sql::touch_tree(tx, sql::UNIT_TREE)?;
        self.record_act(tx, "unit", unit.id.0, "unit.changed", before, after)
    }

    /// Ends a unit, or opens it again: an ended one takes no new cases. One with open units below
    /// it is a conflict.
    pub async fn end_unit(&self, actor: &Actor, id: UnitId, active: bool) -> Result<()> {
        require(actor, Permission::ManageUnits, &Subject::in_unit(id))?;
        let all = self.units().await?;
        let unit = all.unit(id).ok_or(Error::NotFound)?.clone();
        if !active && all.children(id).any(|below| below.active) {
            return Err(Error::Conflict("people-error-units-below"));
        }
        // Routing would have nowhere else to go and would give new cases to the closed one.
        let others = all.all().into_iter().any(|one| one.active && one.id != id);
        if !active && !others {
            return Err(Error::Conflict("people-error-unit-last"));
        }
        if unit.active == active {
            return Err(Error::Conflict("people-error-changed-meanwhile"));
        }
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("unit", id.0)?;
                sql::set_unit(tx, id, unit.parent, &unit.name_ru, &unit.name_en, active)?;
                sql::touch_tree(tx, sql::UNIT_TREE)?;
                let action = if active {
                    "unit.reopened"
                } else {
                    "unit.closed"
                };
                let word = |active: bool| json!({ "state": state_code(active) });
                people.record_act(tx, "unit", id.0, action, word(!active), word(active))
            })
            .await
    }

    /// Adds a territory.
    pub async fn add_territory(&self, actor: &Actor, new: NewTerritory) -> Result<TerritoryId> {
        require(actor, Permission::ManageUnits, &Subject::default())?;
        let (code, name_ru, name_en) = checked(&new.code, &new.name_ru, &new.name_en)?;
        let all = self.units().await?;
        if all.territory_by_code(&code).is_some() {
            return Err(Error::field("code", "people-error-code-taken"));
        }
        if new
            .parent
            .is_some_and(|parent| all.territory(parent).is_none())
        {
            return Err(Error::field("parent", "people-error-parent"));
        }
        let after = json!({
            "code": code, "name_ru": name_ru, "name_en": name_en,
            "parent": territory_code(&all, new.parent),
        });
        let journal = self.0.journal.clone();
        self.0
            .store
            .change(actor, move |tx| {
                units::insert_territory_noting(tx, &journal, &new, |tx, id| {
                    acts::note(
                        tx,
                        &Act {
                            kind: "territory",
                            entity: id.0,
                            action: "territory.created",
                            before: Value::Null,
                            after: after.clone(),
                        },
                    )
                })
            })
            .await
    }

    /// Renames or moves a territory.
    pub async fn save_territory(
        &self,
        actor: &Actor,
        id: TerritoryId,
        wish: &NewTerritory,
    ) -> Result<()> {
        require(actor, Permission::ManageUnits, &Subject::default())?;
        let all = self.units().await?;
        let old = all.territory(id).ok_or(Error::NotFound)?.clone();
        let (_, name_ru, name_en) = checked(&old.code, &wish.name_ru, &wish.name_en)?;
        let parent = wish.parent;
        let circular = parent.is_some_and(|parent| {
            let path = all.territory_path(parent);
            path.is_empty() || path.iter().any(|place| place.id == id)
        });
        if circular {
            return Err(Error::field("parent", "people-error-parent"));
        }
        let told = |ru: &str, en: &str, parent| json!({ "name_ru": ru, "name_en": en, "parent": territory_code(&all, parent) });
        let before = told(&old.name_ru, &old.name_en, old.parent);
        let after = told(&name_ru, &name_en, parent);
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("territory", id.0)?;
                sql::set_territory(tx, id, parent, &name_ru, &name_en)?;
                sql::touch_tree(tx, sql::TERRITORY_TREE)?;
                people.record_act(
                    tx,
                    "territory",
                    id.0,
                    "territory.changed",
                    before.clone(),
                    after.clone(),
                )
            })
            .await
    }

    /// Notes an act and records its entry under the installation's key.
    pub(crate) fn record_act(
        &self,
        tx: &mut Tx<'_>,
        kind: &'static str,
        entity: uuid::Uuid,
        action: &'static str,
        before: Value,
        after: Value,
    ) -> Result<()> {
        let act = Act {
            kind,
            entity,
            action,
            before,
            after,
        };
        acts::note(tx, &act)?;
        let key = self.0.journal.keys().installation();
        self.0.journal.record(
            tx,
            NewEntry {
                action,
                kind,
                id: entity,
                fields: acts::fields(&act),
                occurred_at: None,
                key,
                first: false,
            },
        )?;
        Ok(())
    }
}

fn fingerprint(state: &Value) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(state.to_string())[..12])
}

/// What stands there now, field by field, where it is not what is wished for.
fn changed_since(unit: &Unit, now: &UnitDetails, wish: &UnitWish) -> Vec<FieldError> {
    let fields = [
        ("name_ru", &unit.name_ru, &wish.name_ru),
        ("name_en", &unit.name_en, &wish.name_en),
        ("address", &now.address, &wish.details.address),
        ("phone", &now.phone, &wish.details.phone),
        ("email", &now.email, &wish.details.email),
        ("site", &now.site, &wish.details.site),
        ("hours", &now.hours, &wish.details.hours),
    ];
    let mut errors = vec![FieldError::new("", "people-error-other-saved")];
    errors.extend(
        fields
            .into_iter()
            .filter(|(_, now, wished)| now != wished)
            .map(|(field, now, _)| match now.as_str() {
                "" => FieldError::new(field, "people-error-other-empty"),
                now => FieldError::new(field, "people-error-other-now").with("now", now.to_owned()),
            }),
    );
    errors
}

/// Whoever puts a unit somewhere must be over that place; over nothing, over the installation.
fn may_stand_under(actor: &Actor, parent: Option<UnitId>) -> Result<()> {
    let subject = parent.map_or_else(Subject::default, Subject::in_unit);
    require(actor, Permission::ManageUnits, &subject)
}

fn code_of(all: &Units, unit: Option<UnitId>) -> Value {
    unit.and_then(|id| all.unit(id))
        .map_or(Value::Null, |unit| Value::String(unit.code.clone()))
}

fn territory_code(all: &Units, territory: Option<TerritoryId>) -> Value {
    territory
        .and_then(|id| all.territory(id))
        .map_or(Value::Null, |place| Value::String(place.code.clone()))
}

const fn state_code(active: bool) -> &'static str {
    if active { "active" } else { "closed" }
}

fn state(
    all: &Units,
    parent: Option<UnitId>,
    (name_ru, name_en): (&str, &str),
    active: bool,
    territories: &[TerritoryId],
    details: &UnitDetails,
) -> Value {
    let mut codes: Vec<&str> = territories
        .iter()
        .filter_map(|id| all.territory(*id))
        .map(|place| place.code.as_str())
        .collect();
    codes.sort_unstable();
    json!({
        "parent": code_of(all, parent), "name_ru": name_ru, "name_en": name_en,
        "state": state_code(active), "territories": codes, "address": details.address,
        "phone": details.phone, "email": details.email, "site": details.site,
        "hours": details.hours,
    })
}
