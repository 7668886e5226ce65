//! What an empty store begins with: the demo — agencies, categories, routes and staff of an invented
//! region, so that there is something to try — or, at a bare start, one unit and one subject. The
//! demo's sign-ins stand in the log; the server refuses to listen beyond this machine while they
//! exist.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use base::{Actor, Language};
use catalog::demo::{Demo, DemoCategory, DemoUnitKind};
use catalog::{NewCategory, NewRule};
use people::{NewTerritory, NewUnit, NewUser, PersonName, UnitKind};
use store::Tx;

use crate::house::{House, told};
use crate::settings::Settings;

/// Whether the store is a demo, or is about to become one.
pub(crate) fn is_demo(settings: &Settings, founding: bool) -> bool {
    marker(settings).exists() || (founding && !settings.bare)
}

/// Who runs the installation, for the brand and for the texts of consent; the demo's own when the
/// settings do not say and the store is a demo, or is about to become one.
pub(crate) fn operator(settings: &Settings, founding: bool, language: Language) -> String {
    let set = &settings.web;
    if !set.operator.is_empty() || !is_demo(settings, founding) {
        return match language {
            Language::Ru => set.operator.clone(),
            Language::En => set.operator_en.clone(),
        };
    }
    Demo::built_in()
        .map(|demo| demo.operator.text(language).to_owned())
        .unwrap_or_default()
}

/// Where a demo without a mail server writes its letters, so that they can be read at all.
pub(crate) fn letters(settings: &Settings, founding: bool) -> Option<PathBuf> {
    (is_demo(settings, founding) && matches!(settings.mail.transport, mail::Transport::None))
        .then(|| settings.data.join("mail"))
}

/// Puts the beginnings into an empty store; names the demo's sign-ins in the log at every start.
pub(crate) fn found(house: &House, settings: &Settings) -> Result<(), String> {
    let marker = marker(settings);
    if house.fresh && settings.bare {
        let bare = Demo::bare().map_err(|error| error.to_string())?;
        return fill(house, &bare, "");
    }
    if house.fresh {
        let password = password();
        // The marker comes first: a store with demo accounts must never be without it.
        fs::write(&marker, &password).map_err(|error| format!("{}: {error}", marker.display()))?;
        let demo = Demo::built_in().map_err(|error| error.to_string())?;
        fill(house, &demo, &password)?;
    }
    let Ok(password) = fs::read_to_string(&marker) else {
        return Ok(());
    };
    if !settings.listen.ip().is_loopback() {
        return Err(format!(
            "this store holds demo accounts and must not be reached from outside: listen on 127.0.0.1, \
             or start with --bare on other folders (demo sign-ins: {})",
            marker.display()
        ));
    }
    if let Some(folder) = letters(settings, false) {
        tracing::info!(
            "the demo has no mail server: letters are written to {}",
            folder.display()
        );
    }
    let demo = Demo::built_in().map_err(|error| error.to_string())?;
    for user in &demo.users {
        tracing::info!(
            role = user.role.code(),
            unit = user.unit.as_deref().unwrap_or("-"),
            "demo sign-in: {} / {password}",
            user.email
        );
    }
    Ok(())
}

/// Beside the keys, without which the store cannot be opened.
fn marker(settings: &Settings) -> PathBuf {
    settings.keys.join("demo-password")
}

/// A password of its own for each demo.
fn password() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let random: [u8; 12] = base::id::random();
    let mut password = String::from("demo");
    for (place, byte) in random.iter().enumerate() {
        if place % 4 == 0 {
            password.push('-');
        }
        password.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    password
}

fn fill(house: &House, demo: &Demo, password: &str) -> Result<(), String> {
    let actor = Actor::system("demo");
    let (journal, whole) = (house.journal.clone(), demo.clone());
    house
        .store
        .change_blocking(&actor, move |tx| put(tx, &journal, &whole))
        .map_err(told)?;
    let users: Vec<NewUser> = demo
        .users
        .iter()
        .map(|user| NewUser {
            name: PersonName {
                last: user.last_name.clone(),
                first: user.first_name.clone(),
                middle: user.middle_name.clone(),
            },
            email: user.email.clone(),
            password: password.to_owned(),
            role: user.role,
            unit: user.unit.clone(),
        })
        .collect();
    if users.is_empty() {
        return Ok(());
    }
    house
        .people
        .add_users_blocking(&actor, &users)
        .map_err(told)?;
    approve(house, demo)
}

/// Puts the demo's decision rules in force.
fn approve(house: &House, demo: &Demo) -> Result<(), String> {
    let actor = Actor::system("demo");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| error.to_string())?;
    let account = |email: &str| {
        let found = house.people.account_of_email(&actor, email);
        runtime.block_on(found).map_err(told)
    };
    for decision in &demo.decisions {
        let accounts = (
            account(&decision.proposed_by)?,
            account(&decision.approved_by)?,
        );
        let (journal, of) = (house.journal.clone(), decision.clone());
        let today = house.cases.today();
        house
            .store
            .change_blocking(&actor, move |tx| {
                let unit = people::units::find(tx, &of.unit)?.ok_or(base::Error::NotFound)?;
                catalog::rulings::found(tx, &journal, &of.service, (unit, today), accounts)
            })
            .map_err(told)?;
    }
    Ok(())
}

/// Territories, units, categories and rules, parents first.
fn put(tx: &mut Tx<'_>, journal: &journal::Journal, demo: &Demo) -> base::Result<()> {
    let mut territories = HashMap::new();
    for territory in &demo.territories {
        let new = NewTerritory {
            parent: territory
                .inside
                .as_ref()
                .and_then(|code| territories.get(code).copied()),
            code: territory.code.clone(),
            name_ru: territory.name.text(Language::Ru).to_owned(),
            name_en: territory.name.text(Language::En).to_owned(),
        };
        let id = people::units::ensure_territory(tx, journal, &new)?;
        territories.insert(territory.code.clone(), id);
    }
    for outline in &demo.outlines {
        if let Some(id) = territories.get(&outline.territory) {
            catalog::amendments::put_outline(tx, journal, *id, &outline.rings)?;
        }
    }
    let mut units = HashMap::new();
    for unit in &demo.units {
        let new = NewUnit {
            parent: unit
                .above
                .as_ref()
                .and_then(|code| units.get(code).copied()),
            kind: match unit.kind {
                DemoUnitKind::Agency => UnitKind::Agency,
                DemoUnitKind::Unit => UnitKind::Unit,
            },
            code: unit.code.clone(),
            name_ru: unit.name.text(Language::Ru).to_owned(),
            name_en: unit.name.text(Language::En).to_owned(),
            territories: unit
                .territories
                .iter()
                .filter_map(|code| territories.get(code).copied())
                .collect(),
        };
        let id = people::units::ensure(tx, journal, &new)?;
        units.insert(unit.code.clone(), id);
    }
    let mut categories = HashMap::new();
    put_categories(tx, journal, &demo.categories, None, &units, &mut categories)?;
    for (position, official) in (1..).zip(&demo.officials) {
        let Some(unit) = units.get(&official.unit).copied() else {
            continue;
        };
        let new = catalog::Official {
            id: uuid::Uuid::nil(),
            code: official.code.clone(),
            unit,
            position: position * 10,
            post: official.post.clone(),
            holder: official.holder.clone(),
            active: true,
        };
        catalog::amendments::put_official(tx, journal, &new)?;
    }
    for (position, rule) in (1..).zip(&demo.rules) {
        let Some(unit) = units.get(&rule.unit).copied() else {
            continue;
        };
        let service = match &rule.service {
            Some(code) => catalog::find_service(tx, code)?,
            None => None,
        };
        let new = NewRule {
            position: position * 10,
            category: rule
                .category
                .as_ref()
                .and_then(|code| categories.get(code).copied()),
            territory: rule
                .territory
                .as_ref()
                .and_then(|code| territories.get(code).copied()),
            service,
            unit,
            reason: rule.reason.clone(),
        };
        catalog::insert_rule(tx, journal, &new)?;
    }
    Ok(())
}

fn put_categories(
    tx: &mut Tx<'_>,
    journal: &journal::Journal,
    level: &[DemoCategory],
    parent: Option<base::id::CategoryId>,
    units: &HashMap<String, base::id::UnitId>,
    known: &mut HashMap<String, base::id::CategoryId>,
) -> base::Result<()> {
    for (position, category) in (1..).zip(level) {
        let new = NewCategory {
            parent,
            code: category.code.clone(),
            position: position * 10,
            name: category.name.clone(),
        };
        let id = catalog::ensure_category(tx, journal, &new)?;
        known.insert(category.code.clone(), id);
        let service = match &category.service {
            Some(code) => catalog::find_service(tx, code)?,
            None => None,
        };
        let unit = |code: &str| units.get(code).copied();
        if let Some(processing) = category.processing(|_| service, unit) {
            catalog::amendments::put_processing(tx, journal, id, &processing)?;
        }
        put_categories(tx, journal, &category.below, Some(id), units, known)?;
    }
    Ok(())
}
