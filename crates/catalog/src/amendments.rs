//! Changes that an administrator makes to what is there already, each with an entry that names what
//! stood before and what stands after. Inside a change of the caller, who has asked whether the
//! actor may.

use base::id::{CategoryId, TerritoryId};
use base::text::{clean_line, length};
use base::{Error, FieldError, Result};
use journal::Journal;
use law::{Law, Source};
use store::Tx;
use uuid::Uuid;

use crate::categories::Categories;
use crate::changes::{NewCategory, insert_category, name, reason, record, texts};
use crate::model::is_code;
use crate::officials::Official;
use crate::phrase::Phrase;
use crate::processing::{Priority, Processing};
use crate::routing::RouteRule;
use crate::settings::{Setting, unit_code};
use crate::sql::{self, CategoryRow};

/// The longest name of a holder and the longest reason of a setting, in characters.
const TEXT_MOST: usize = 300;

/// What a category is from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryChange {
    /// The category above it.
    pub parent: Option<CategoryId>,
    /// Its place among its siblings.
    pub position: u32,
    /// Its name.
    pub name: Phrase,
    /// Whether new cases may take it.
    pub open: bool,
}

/// Names, moves, closes or opens a category.
pub fn change_category(
    tx: &mut Tx<'_>,
    journal: &Journal,
    id: CategoryId,
    change: &CategoryChange,
) -> Result<()> {
    // Two moves at once could make a ring: moves of categories wait for each other.
    tx.lock("category", Uuid::nil())?;
    tx.lock("category", id.0)?;
    let old = sql::category_row(tx, id)?.ok_or(Error::NotFound)?;
    let name = name(&change.name, "catalog-error-name")?;
    if let Some(parent) = change.parent {
        let tree: Categories = sql::categories(tx)?;
        if tree.by_id(parent).is_none() || tree.is_within(parent, id) {
            return Err(Error::field("parent", "catalog-error-parent"));
        }
    }
    let new = CategoryRow {
        parent: change.parent,
        code: old.code.clone(),
        position: change.position,
        name,
        open: change.open,
    };
    let told = |row: &CategoryRow| {
        [
            row.name.ru.clone(),
            row.name.en.clone(),
            row.parent.map(|id| id.to_string()).unwrap_or_default(),
            row.position.to_string(),
            if row.open { "active" } else { "closed" }.to_owned(),
        ]
    };
    let names = [
        ("name_ru", "name_ru_before"),
        ("name_en", "name_en_before"),
        ("parent", "parent_before"),
        ("position", "position_before"),
        ("state", "state_before"),
    ];
    let fields = changed(names, told(&old), told(&new));
    if fields.is_empty() {
        return Ok(());
    }
    sql::update_category(tx, id, &new)?;
    record(
        tx,
        journal,
        "category.changed",
        "category",
        id.0,
        fields,
        false,
    )
}

/// Says how cases of a category are handled.
pub fn put_processing(
    tx: &mut Tx<'_>,
    journal: &Journal,
    id: CategoryId,
    new: &Processing,
) -> Result<()> {
    tx.lock("category", id.0)?;
    if let Some((regime, term)) = new
        .terms
        .iter()
        .find(|(regime, term)| Law::current().versions(regime, term).next().is_none())
    {
        let error = FieldError::new("terms", "catalog-error-rule");
        return Err(Error::Invalid(vec![
            error.with("name", format!("{regime}.{term}")),
        ]));
    }
    let known = sql::processing(tx, id)?;
    let old = known.clone().unwrap_or_default();
    let told = |own: &Processing| {
        let terms: Vec<String> = own.terms.iter().map(|(a, b)| format!("{a}.{b}")).collect();
        [
            own.offered.to_string(),
            own.service.map(|id| id.to_string()).unwrap_or_default(),
            own.unit.map(|id| id.to_string()).unwrap_or_default(),
            own.priority
                .map(Priority::code)
                .unwrap_or_default()
                .to_owned(),
            terms.join(" "),
        ]
    };
    let names = [
        ("offered", "offered_before"),
        ("service", "service_before"),
        ("unit", "unit_before"),
        ("priority", "priority_before"),
        ("terms", "terms_before"),
    ];
    let fields = changed(names, told(&old), told(new));
    if fields.is_empty() {
        return Ok(());
    }
    sql::put_processing(tx, id, known.is_some(), new)?;
    record(
        tx,
        journal,
        "category.handled",
        "category",
        id.0,
        fields,
        false,
    )
}

/// Makes a category for cases that were carried over: they have it, new ones are not offered it.
pub fn carry_category(tx: &mut Tx<'_>, journal: &Journal, new: &NewCategory) -> Result<CategoryId> {
    let id = insert_category(tx, journal, new)?;
    let kept = Processing {
        offered: false,
        ..Processing::default()
    };
    put_processing(tx, journal, id, &kept)?;
    Ok(id)
}

/// Changes a routing rule.
pub fn change_rule(
    tx: &mut Tx<'_>,
    journal: &Journal,
    old: &RouteRule,
    new: &RouteRule,
) -> Result<()> {
    tx.lock("route_rule", new.id)?;
    let new = RouteRule {
        reason: reason(&new.reason)?,
        ..new.clone()
    };
    let told = |rule: &RouteRule| {
        let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        [
            rule.position.to_string(),
            text(rule.category.map(Uuid::from)),
            text(rule.territory.map(Uuid::from)),
            text(rule.service.map(Uuid::from)),
            rule.unit.to_string(),
            rule.reason.ru.clone(),
            rule.reason.en.clone(),
        ]
    };
    let names = [
        ("position", "position_before"),
        ("category", "category_before"),
        ("territory", "territory_before"),
        ("service", "service_before"),
        ("unit", "unit_before"),
        ("reason_ru", "reason_ru_before"),
        ("reason_en", "reason_en_before"),
    ];
    let fields = changed(names, told(old), told(&new));
    if fields.is_empty() {
        return Ok(());
    }
    if !sql::update_rule(tx, &new)? {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    record(
        tx,
        journal,
        "route_rule.changed",
        "route_rule",
        new.id,
        fields,
        false,
    )
}

/// Makes an official, or changes the one of this code: a new holder, another unit, a closed post.
pub fn put_official(tx: &mut Tx<'_>, journal: &Journal, new: &Official) -> Result<Uuid> {
    if !is_code(&new.code) {
        return Err(Error::field("code", "catalog-error-code"));
    }
    let post = texts(&new.post, ["post_ru", "post_en"], "catalog-error-name")?;
    let holder = Phrase::new(clean_line(&new.holder.ru), clean_line(&new.holder.en));
    let one_sided = holder.ru.is_empty() != holder.en.is_empty();
    if one_sided || length(&holder.ru).max(length(&holder.en)) > TEXT_MOST {
        let field = if holder.ru.is_empty() || !one_sided {
            "holder_ru"
        } else {
            "holder_en"
        };
        let error = FieldError::new(field, "catalog-error-holder");
        return Err(Error::Invalid(vec![error.with("max", TEXT_MOST)]));
    }
    let known = sql::officials(tx)?;
    let old = known.by_code(&new.code).cloned();
    let id = old
        .as_ref()
        .map_or_else(|| base::id::new_uuid(tx.now()), |old| old.id);
    tx.lock("official", id)?;
    let new = Official {
        id,
        post,
        holder,
        ..new.clone()
    };
    let told = |official: Option<&Official>| -> [String; 7] {
        official.map_or_else(Default::default, |one| {
            [
                one.unit.to_string(),
                one.position.to_string(),
                one.post.ru.clone(),
                one.post.en.clone(),
                one.holder.ru.clone(),
                one.holder.en.clone(),
                if one.active { "active" } else { "closed" }.to_owned(),
            ]
        })
    };
    let names = [
        ("unit", "unit_before"),
        ("position", "position_before"),
        ("post_ru", "post_ru_before"),
        ("post_en", "post_en_before"),
        ("holder_ru", "holder_ru_before"),
        ("holder_en", "holder_en_before"),
        ("state", "state_before"),
    ];
    let mut fields = changed(names, told(old.as_ref()), told(Some(&new)));
    if fields.is_empty() {
        return Ok(id);
    }
    fields.insert(0, ("code", new.code.clone()));
    let action = if old.is_some() {
        sql::update_official(tx, &new)?;
        "official.changed"
    } else {
        if known.all().len() >= crate::officials::MOST {
            return Err(Error::Conflict("catalog-error-full"));
        }
        sql::insert_official(tx, &new)?;
        "official.created"
    };
    record(tx, journal, action, "official", id, fields, old.is_none())?;
    Ok(id)
}

/// Sets a term that the law leaves to the installation, from a day on. Its version is the one after
/// the newest; the day may not lie before today, so that no term that runs is changed.
pub fn put_setting(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &Setting,
    today: jiff::civil::Date,
) -> Result<u32> {
    let law = Law::current();
    let newest = law
        .versions(&new.regime, &new.term)
        .last()
        // Of a term of the law an installation sets its own aim, and nothing else.
        .filter(|rule| {
            let aim = new.target.is_some() && new.leaves_the_limit(rule);
            rule.source == Source::Setting || aim
        })
        .ok_or(Error::NotFound)?;
    let reason = clean_line(&new.reason);
    let mut errors = Vec::new();
    if !(1..=TEXT_MOST).contains(&length(&reason)) {
        errors
            .push(FieldError::new("reason", "catalog-error-setting-reason").with("max", TEXT_MOST));
    }
    if new.valid_from < today || new.valid_from < newest.valid_from {
        errors.push(FieldError::new("valid_from", "catalog-error-setting-day"));
    }
    let known = sql::law_settings(tx)?;
    let own = known
        .iter()
        .filter(|old| old.regime == new.regime && old.term == new.term)
        .map(|old| old.version);
    let new = Setting {
        version: own.chain([newest.version]).max().unwrap_or(0) + 1,
        reason,
        ..new.clone()
    };
    // Nought takes the aim away.
    let beyond = |target: u32| target > new.length;
    if new.target.is_some_and(beyond) {
        errors.push(FieldError::new("target", "catalog-error-setting-target"));
    } else if new.length == 0 || new.over(law).is_err() {
        errors.push(FieldError::new("length", "catalog-error-setting-length"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    sql::insert_setting(tx, &new)?;
    let said = |length: u32, unit: law::Unit| format!("{length} {}", unit_code(unit));
    let fields = vec![
        ("rule", format!("{}.{}", new.regime, new.term)),
        ("version", new.version.to_string()),
        ("valid_from", new.valid_from.to_string()),
        ("limit", said(new.length, new.unit)),
        ("limit_before", said(newest.limit.length, newest.limit.unit)),
        (
            "target",
            new.rule(law)
                .and_then(|rule| rule.target)
                .map(|target| said(target.length, target.unit))
                .unwrap_or_default(),
        ),
        (
            "target_before",
            newest
                .target
                .as_ref()
                .map(|target| said(target.length, target.unit))
                .unwrap_or_default(),
        ),
        ("reason", new.reason),
    ];
    let id = base::id::new_uuid(tx.now());
    record(tx, journal, "law.set", "law_setting", id, fields, true)?;
    Ok(new.version)
}

/// Draws the outline of a territory: rings of longitude and latitude, in JSON.
pub fn put_outline(
    tx: &mut Tx<'_>,
    journal: &Journal,
    territory: TerritoryId,
    outline: &crate::map::Outline,
) -> Result<()> {
    if !outline.is_sound() {
        return Err(Error::field("rings", "catalog-error-outline"));
    }
    tx.lock("territory", territory.0)?;
    let rings = serde_json::to_string(outline).map_err(Error::internal)?;
    let fields = vec![("points", outline.points().to_string())];
    sql::put_outline(tx, territory, &rings)?;
    record(
        tx,
        journal,
        "territory.outlined",
        "territory",
        territory.0,
        fields,
        false,
    )
}

/// What differs, each with what stood before.
fn changed<const N: usize>(
    names: [(&'static str, &'static str); N],
    before: [String; N],
    after: [String; N],
) -> Vec<(&'static str, String)> {
    names
        .into_iter()
        .zip(before.into_iter().zip(after))
        .filter(|(_, (old, new))| old != new)
        .flat_map(|((now, then), (old, new))| [(now, new), (then, old)])
        .collect()
}
