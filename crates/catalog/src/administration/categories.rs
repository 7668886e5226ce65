//! Subjects: a new one, and one of them as an administrator wants it to be.

use std::collections::BTreeMap;

use base::{Actor, Error, Result};
use people::Units;

use super::{Administration, named, position};
use crate::amendments::{CategoryChange, change_category, put_processing};
use crate::catalog::Contents;
use crate::changes::{NewCategory, insert_category};
use crate::phrase::Phrase;
use crate::processing::{Priority, Processing};

/// A subject as an administrator wants it to be; what it names, it names by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryWish {
    /// The subject above it.
    pub parent: Option<String>,
    /// Its place among its siblings.
    pub position: u32,
    /// Its name.
    pub name: Phrase,
    /// Whether new cases may take it.
    pub open: bool,
    /// The service that it belongs to.
    pub service: Option<String>,
    /// The unit that takes what no rule covers.
    pub unit: Option<String>,
    /// How urgent its cases are.
    pub priority: Option<Priority>,
    /// The terms of its own, by regime.
    pub terms: BTreeMap<String, String>,
}

impl CategoryWish {
    fn processing(&self, contents: &Contents, units: &Units) -> Result<Processing> {
        Ok(Processing {
            offered: self.open,
            service: named(self.service.as_deref(), "service", |code| {
                contents.known_service(code).map(|service| service.id)
            })?,
            unit: named(self.unit.as_deref(), "unit", |code| {
                units.by_code(code).map(|unit| unit.id)
            })?,
            priority: self.priority,
            terms: self.terms.clone(),
        })
    }
}

impl Administration {
    /// Makes a subject.
    pub async fn add_category(&self, actor: &Actor, code: &str, wish: CategoryWish) -> Result<()> {
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let tree = contents.categories();
        if tree.by_code(code).is_some() {
            return Err(Error::field("code", "catalog-error-code-taken"));
        }
        // The form offers the code of the subject above with a point: there is more to come.
        if code.ends_with('.') {
            return Err(Error::field("code", "catalog-error-code-unfinished"));
        }
        let new = NewCategory {
            parent: named(wish.parent.as_deref(), "parent", |code| {
                tree.by_code(code).map(|above| above.id)
            })?,
            code: code.to_owned(),
            position: position(wish.position)?,
            name: wish.name.clone(),
        };
        let own = wish.processing(&contents, &units)?;
        self.change(actor, move |tx, journal| {
            let id = insert_category(tx, journal, &new)?;
            put_processing(tx, journal, id, &own)
        })
        .await
    }

    /// Makes a subject what the administrator wants it to be.
    pub async fn save_category(&self, actor: &Actor, code: &str, wish: CategoryWish) -> Result<()> {
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let tree = contents.categories();
        let id = tree.by_code(code).ok_or(Error::NotFound)?.id;
        let change = CategoryChange {
            parent: named(wish.parent.as_deref(), "parent", |code| {
                tree.by_code(code).map(|above| above.id)
            })?,
            position: position(wish.position)?,
            name: wish.name.clone(),
            open: wish.open,
        };
        let own = wish.processing(&contents, &units)?;
        self.change(actor, move |tx, journal| {
            change_category(tx, journal, id, &change)?;
            put_processing(tx, journal, id, &own)
        })
        .await
    }
}
