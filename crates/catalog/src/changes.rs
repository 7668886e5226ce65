//! Changes of the catalogue, each with its entry, inside a change of the caller: so the demo and an
//! import can make any number of them at once. The caller has asked whether the actor may.

use base::id::{CategoryId, ServiceId, TerritoryId, UnitId};
use base::text::{clean_line, length};
use base::{Error, FieldError, Result};
use journal::{Journal, NewEntry};
use store::{Db, Tx};
use uuid::Uuid;

use crate::model::{Definition, is_code};
use crate::noting;
use crate::phrase::Phrase;
use crate::routing::RouteRule;
use crate::sql;

/// The longest name of a category and the longest reason of a rule, in characters.
const NAME_MOST: usize = 300;

/// A category to be made.
#[derive(Clone, Debug)]
pub struct NewCategory {
    /// The category above it.
    pub parent: Option<CategoryId>,
    /// Its code, which no other category has.
    pub code: String,
    /// Its place among its siblings, the smallest first; names decide between equal ones.
    pub position: u32,
    /// Its name.
    pub name: Phrase,
}

/// A routing rule to be made; an absent part means any.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Its place in the order.
    pub position: i64,
    /// The category, with all below it.
    pub category: Option<CategoryId>,
    /// The territory, with all inside it.
    pub territory: Option<TerritoryId>,
    /// The service.
    pub service: Option<ServiceId>,
    /// Who gets the case.
    pub unit: UnitId,
    /// Why, for people.
    pub reason: Phrase,
}

/// Makes a category and its entry.
pub fn insert_category(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewCategory,
) -> Result<CategoryId> {
    let name = name(&new.name, "catalog-error-name")?;
    if !is_code(&new.code) {
        return Err(Error::field("code", "catalog-error-code"));
    }
    let id = CategoryId::new(tx.now());
    sql::insert_category(tx, id, new.parent, &new.code, new.position, &name)?;
    let parent = new.parent.map(|id| id.to_string()).unwrap_or_default();
    record(
        tx,
        journal,
        "category.created",
        "category",
        id.0,
        vec![
            ("code", new.code.clone()),
            ("name_ru", name.ru),
            ("name_en", name.en),
            ("parent", parent),
        ],
        true,
    )?;
    Ok(id)
}

/// The category of this code, made when there is none.
pub fn ensure_category(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewCategory,
) -> Result<CategoryId> {
    match find_category(tx, &new.code)? {
        Some(id) => Ok(id),
        None => insert_category(tx, journal, new),
    }
}

/// The category of this code as the database has it now.
pub fn find_category(db: &mut Db<'_>, code: &str) -> Result<Option<CategoryId>> {
    sql::category_of_code(db, code)
}

/// Closes a category: old cases keep it, new ones cannot take it.
pub fn close_category(tx: &mut Tx<'_>, journal: &Journal, id: CategoryId) -> Result<()> {
    tx.lock("category", id.0)?;
    if !sql::close_category(tx, id)? {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    record(
        tx,
        journal,
        "category.closed",
        "category",
        id.0,
        Vec::new(),
        false,
    )
}

/// Makes a routing rule and its entry.
pub fn insert_rule(tx: &mut Tx<'_>, journal: &Journal, new: &NewRule) -> Result<Uuid> {
    let reason = reason(&new.reason)?;
    let id = base::id::new_uuid(tx.now());
    let rule = RouteRule {
        id,
        position: new.position,
        category: new.category,
        territory: new.territory,
        service: new.service,
        unit: new.unit,
        reason,
    };
    sql::insert_rule(tx, &rule)?;
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    record(
        tx,
        journal,
        "route_rule.created",
        "route_rule",
        id,
        vec![
            ("position", rule.position.to_string()),
            ("category", text(rule.category.map(Uuid::from))),
            ("territory", text(rule.territory.map(Uuid::from))),
            ("service", text(rule.service.map(Uuid::from))),
            ("unit", rule.unit.to_string()),
            ("reason_ru", rule.reason.ru),
            ("reason_en", rule.reason.en),
        ],
        true,
    )?;
    Ok(id)
}

/// Ends a routing rule.
pub fn end_rule(tx: &mut Tx<'_>, journal: &Journal, id: Uuid) -> Result<()> {
    tx.lock("route_rule", id)?;
    // Whoever ends one by mistake finds in the list of changes what it said.
    let ended = sql::rules(tx)?.into_iter().find(|rule| rule.id == id);
    if !sql::end_rule(tx, id)? {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let fields = ended.map_or_else(Vec::new, |rule| {
        vec![
            ("position_before", rule.position.to_string()),
            ("category_before", text(rule.category.map(Uuid::from))),
            ("territory_before", text(rule.territory.map(Uuid::from))),
            ("service_before", text(rule.service.map(Uuid::from))),
            ("unit_before", rule.unit.to_string()),
            ("reason_ru_before", rule.reason.ru),
            ("reason_en_before", rule.reason.en),
        ]
    });
    record(
        tx,
        journal,
        "route_rule.ended",
        "route_rule",
        id,
        fields,
        false,
    )
}

/// The service of this code as the database has it now.
pub fn find_service(db: &mut Db<'_>, code: &str) -> Result<Option<ServiceId>> {
    Ok(sql::service_of_code(db, code)?.map(|(id, _)| id))
}

/// Puts a definition in force when there is none of its code or an older one. Answers the service
/// when something changed.
pub fn put_service(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &Definition,
) -> Result<Option<ServiceId>> {
    let found = sql::service_of_code(tx, &new.code)?;
    if found.is_some_and(|(_, version)| version >= new.version) {
        return Ok(None);
    }
    let id = found.map_or_else(|| ServiceId::new(tx.now()), |(id, _)| id);
    tx.lock("service", id.0)?;
    sql::put_service(tx, id, found.is_some(), new)?;
    let action = if found.is_some() {
        "service.changed"
    } else {
        "service.created"
    };
    record(
        tx,
        journal,
        action,
        "service",
        id.0,
        vec![
            ("code", new.code.clone()),
            ("version", new.version.to_string()),
        ],
        found.is_none(),
    )?;
    Ok(Some(id))
}

pub(crate) fn record(
    tx: &mut Tx<'_>,
    journal: &Journal,
    action: &'static str,
    kind: &'static str,
    id: Uuid,
    fields: Vec<(&'static str, String)>,
    first: bool,
) -> Result<()> {
    noting::note(tx, action, kind, id, &fields)?;
    let entry = NewEntry {
        action,
        kind,
        id,
        fields,
        occurred_at: None,
        key: journal.keys().installation(),
        first,
    };
    journal.record(tx, entry).map(|_| ())
}

/// Cleans the texts of a name; both must be there and short enough.
pub(crate) fn name(phrase: &Phrase, key: &'static str) -> Result<Phrase> {
    texts(phrase, ["name_ru", "name_en"], key)
}

/// Cleans both texts; both must be there and short enough. `fields` are what people typed them in.
pub(crate) fn texts(
    phrase: &Phrase,
    fields: [&'static str; 2],
    key: &'static str,
) -> Result<Phrase> {
    let clean = Phrase::new(clean_line(&phrase.ru), clean_line(&phrase.en));
    let errors: Vec<FieldError> = fields
        .into_iter()
        .zip([&clean.ru, &clean.en])
        .filter(|(_, text)| !(1..=NAME_MOST).contains(&length(text)))
        .map(|(field, _)| FieldError::new(field, key).with("max", NAME_MOST))
        .collect();
    if errors.is_empty() {
        Ok(clean)
    } else {
        Err(Error::Invalid(errors))
    }
}

/// Why a rule sends cases where it sends them.
pub(crate) fn reason(phrase: &Phrase) -> Result<Phrase> {
    texts(phrase, ["reason_ru", "reason_en"], "catalog-error-reason")
}
