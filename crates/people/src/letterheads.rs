//! What stands on the letters of an authority: the letterhead of a unit, which all units below it
//! use until they have one of their own.
//!
//! A letterhead is whole: words, mark and the ways to reach its own unit. A unit that has neither
//! words nor a mark has none and takes that of the nearest unit above it.

use base::id::UnitId;
use base::text::{clean_line, clean_text, length};
use base::{Actor, Error, FieldError, Language, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Db;

use crate::access::{Permission, Subject, require};
use crate::unit_changes::UnitDetails;
use crate::{People, sql};

/// The longest head or foot, in characters.
pub const BLOCK_MOST: usize = 600;

/// The most lines of a head.
pub const LINES_MOST: usize = 6;

/// The most bytes of a mark after it was drawn anew.
pub const MARK_MOST: usize = 400 * 1024;

/// What stands on the letters of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The full name of the authority in Russian, a line each.
    pub head_ru: String,
    /// The same in English; the Russian one stands when it is empty.
    pub head_en: String,
    /// The line at the foot, in Russian.
    pub foot_ru: String,
    /// The same in English.
    pub foot_en: String,
    /// A coat of arms or a logo: a small PNG or JPEG.
    pub mark: Option<Vec<u8>>,
}

impl Letterhead {
    /// Whether there is nothing of one: the unit uses the one above.
    pub fn is_empty(&self) -> bool {
        self.head_ru.is_empty() && self.mark.is_none()
    }

    /// The lines of the name.
    pub fn head(&self, language: Language) -> Vec<&str> {
        let text = in_language(language, &self.head_ru, &self.head_en);
        text.lines().filter(|line| !line.is_empty()).collect()
    }

    /// The line at the foot.
    pub fn foot(&self, language: Language) -> &str {
        in_language(language, &self.foot_ru, &self.foot_en)
    }

    fn checked(&self) -> Result<Self> {
        let clean = Self {
            head_ru: clean_text(&self.head_ru),
            head_en: clean_text(&self.head_en),
            foot_ru: clean_line(&self.foot_ru),
            foot_en: clean_line(&self.foot_en),
            mark: self.mark.clone(),
        };
        let mut errors = Vec::new();
        for (field, text) in [
            ("head_ru", &clean.head_ru),
            ("head_en", &clean.head_en),
            ("foot_ru", &clean.foot_ru),
            ("foot_en", &clean.foot_en),
        ] {
            if length(text) > BLOCK_MOST {
                let error = FieldError::new(field, "people-error-name-long");
                errors.push(error.with("most", BLOCK_MOST));
            } else if text.lines().count() > LINES_MOST {
                let error = FieldError::new(field, "people-error-lines");
                errors.push(error.with("most", LINES_MOST));
            }
        }
        let words_elsewhere = [&clean.head_en, &clean.foot_ru, &clean.foot_en];
        if clean.head_ru.is_empty() && words_elsewhere.iter().any(|text| !text.is_empty()) {
            errors.push(FieldError::new("head_ru", "people-error-letterhead-name"));
        }
        if clean
            .mark
            .as_ref()
            .is_some_and(|mark| mark.len() > MARK_MOST)
        {
            errors.push(FieldError::new("mark", "people-error-mark-large"));
        }
        if errors.is_empty() {
            Ok(clean)
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// As the list of acts tells it; of the mark only its hash.
    fn told(&self) -> Value {
        let mark = self
            .mark
            .as_ref()
            .map(|mark| journal::wire::to_base64(&Sha256::digest(mark)[..9]));
        json!({
            "head_ru": self.head_ru, "head_en": self.head_en, "foot_ru": self.foot_ru,
            "foot_en": self.foot_en, "mark": mark,
        })
    }

    fn of(row: sql::LetterheadRow) -> Self {
        Self {
            head_ru: row.head_ru,
            head_en: row.head_en,
            foot_ru: row.foot_ru,
            foot_en: row.foot_en,
            mark: row.mark,
        }
    }
}

fn in_language<'a>(language: Language, ru: &'a str, en: &'a str) -> &'a str {
    if language == Language::En && !en.is_empty() {
        en
    } else {
        ru
    }
}

/// The letterhead that a unit's letters have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// The unit whose letterhead it is.
    pub unit: UnitId,
    /// The letterhead.
    pub letterhead: Letterhead,
    /// How that unit is reached.
    pub details: UnitDetails,
}

impl People {
    /// The letterhead of a unit's letters: its own or that of the nearest unit above that has one.
    pub async fn letterhead_in_use(&self, unit: UnitId) -> Result<Option<InUse>> {
        self.0
            .store
            .read(move |db| Self::letterhead_of(db, unit))
            .await
    }

    /// The same, within a reading.
    pub fn letterhead_of(db: &mut Db<'_>, unit: UnitId) -> Result<Option<InUse>> {
        let way = Self::units_above(db, unit)?;
        let mut rows = sql::letterheads_of(db, &way)?;
        rows.sort_by_key(|row| way.iter().position(|unit| *unit == row.unit));
        let Some(row) = rows.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(InUse {
            unit: row.unit,
            details: Self::details_of(db, row.unit)?,
            letterhead: Letterhead::of(row),
        }))
    }

    /// A unit's own letterhead for whoever may change it; empty when it has none.
    pub async fn own_letterhead(&self, actor: &Actor, unit: UnitId) -> Result<Letterhead> {
        require(actor, Permission::ManageUnits, &Subject::in_unit(unit))?;
        self.0
            .store
            .read(move |db| {
                let rows = sql::letterheads_of(db, &[unit])?;
                Ok(rows.into_iter().next().map(Letterhead::of))
            })
            .await
            .map(Option::unwrap_or_default)
    }

    /// The units that have a letterhead of their own.
    pub async fn with_letterhead(&self) -> Result<Vec<UnitId>> {
        self.0.store.read(sql::with_letterhead).await
    }

    /// Gives a unit its letterhead; an empty one takes it away. A mark has to be one that was
    /// looked at and drawn anew.
    pub async fn save_letterhead(
        &self,
        actor: &Actor,
        unit: UnitId,
        wish: &Letterhead,
    ) -> Result<()> {
        require(actor, Permission::ManageUnits, &Subject::in_unit(unit))?;
        if self.units().await?.unit(unit).is_none() {
            return Err(Error::NotFound);
        }
        let wish = wish.checked()?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                tx.lock("unit", unit.0)?;
                let rows = sql::letterheads_of(tx, &[unit])?;
                let old = rows.into_iter().next().map(Letterhead::of);
                let old = old.unwrap_or_default();
                if old == wish {
                    return Ok(());
                }
                sql::set_letterhead(
                    tx,
                    &sql::LetterheadRow {
                        unit,
                        head_ru: wish.head_ru.clone(),
                        head_en: wish.head_en.clone(),
                        foot_ru: wish.foot_ru.clone(),
                        foot_en: wish.foot_en.clone(),
                        mark: wish.mark.clone(),
                    },
                )?;
                let (before, after) = (old.told(), wish.told());
                people.record_act(tx, "unit", unit.0, "unit.letterhead_changed", before, after)
            })
            .await
    }
}
