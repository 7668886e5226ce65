//! Officials: a new post, and one of them as an administrator wants it to be.

use base::{Actor, Error, Result};
use uuid::Uuid;

use super::{Administration, named, position};
use crate::amendments::put_official;
use crate::officials::Official;
use crate::phrase::Phrase;

/// An official as an administrator wants them to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialWish {
    /// Code of the unit that gets what is written to them.
    pub unit: String,
    /// Place in lists.
    pub position: u32,
    /// The post.
    pub post: Phrase,
    /// Who holds it; empty while nobody does.
    pub holder: Phrase,
    /// Whether new appeals may be addressed to it.
    pub open: bool,
}

impl Administration {
    /// Makes a post to which people can write.
    pub async fn add_official(&self, actor: &Actor, code: &str, wish: OfficialWish) -> Result<()> {
        let contents = self.contents(actor).await?;
        if contents.officials().by_code(code).is_some() {
            return Err(Error::field("code", "catalog-error-code-taken"));
        }
        self.put_official(actor, code, wish).await
    }

    /// Makes a post what the administrator wants it to be.
    pub async fn save_official(&self, actor: &Actor, code: &str, wish: OfficialWish) -> Result<()> {
        let contents = self.contents(actor).await?;
        contents.officials().by_code(code).ok_or(Error::NotFound)?;
        self.put_official(actor, code, wish).await
    }

    async fn put_official(&self, actor: &Actor, code: &str, wish: OfficialWish) -> Result<()> {
        let units = self.units().await?;
        let unit = Some(wish.unit.as_str()).filter(|code| !code.is_empty());
        let unit = named(unit, "unit", |code| units.by_code(code).map(|unit| unit.id))?;
        let official = Official {
            id: Uuid::nil(),
            code: code.to_owned(),
            unit: unit.ok_or_else(|| Error::field("unit", "catalog-error-choice"))?,
            position: position(wish.position)?,
            post: wish.post,
            holder: wish.holder,
            active: wish.open,
        };
        self.change(actor, move |tx, journal| {
            put_official(tx, journal, &official).map(|_| ())
        })
        .await
    }
}
