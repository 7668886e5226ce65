//! What may change a term after it has started: pauses and extensions, as decided in the case.

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    due::DueError,
    rule::{Ground, LONGEST, Rule},
    words::Words,
};

/// The most pauses or extensions of one term that are looked at.
const MOST: usize = 100;

/// A stretch of days that do not count. A pause that still lasts is given with today as its last day.
/// One that begins when the term has ended changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The first day that does not count.
    pub from: Date,
    /// The last day that does not count.
    pub to: Date,
    /// The ground, by its id in the rule.
    pub ground: String,
}

/// A decision that adds days to a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// How many days are added, in the unit of the term.
    pub days: u32,
    /// The day of the decision; the term must still run.
    pub decided_on: Date,
    /// The ground, by its id in the rule.
    pub ground: String,
}

/// All that changed a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Pauses, in any order; they may touch but not overlap.
    pub pauses: Vec<Pause>,
    /// Extensions, in the order of the decisions.
    pub extensions: Vec<Extension>,
}

/// A pause that the rule allows, with its ground in words.
pub(crate) struct AllowedPause<'a> {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) ground: &'a Words,
    pub(crate) article: &'a Words,
}

/// An extension that the rule allows, with its ground in words.
pub(crate) struct AllowedExtension<'a> {
    pub(crate) days: u32,
    pub(crate) decided_on: Date,
    pub(crate) ground: &'a Words,
    pub(crate) article: &'a Words,
    pub(crate) notice: bool,
}

impl Changes {
    /// The same with pauses that stand still no longer than the rule lets them all together: the days
    /// beyond run on. Without this a pause of a day too many is refused and moves nothing at all.
    #[must_use]
    pub fn cut_to(&self, rule: &Rule) -> Changes {
        let Some(allowed) = &rule.pause else {
            return self.clone();
        };
        let mut left = i64::from(allowed.max_days.min(LONGEST));
        let mut pauses = self.pauses.clone();
        pauses.sort_by_key(|pause| pause.from);
        pauses.retain_mut(|pause| {
            let lasted = i64::from((pause.to - pause.from).get_days()) + 1;
            if lasted > left {
                let over = Span::new().days(lasted - left);
                pause.to = pause.to.saturating_sub(over);
            }
            // A pause that ends before it begins is a mistake, to be told as one.
            let is_cut_away = left == 0 && lasted > 0;
            left = left.saturating_sub(lasted.max(0)).max(0);
            !is_cut_away
        });
        Changes {
            pauses,
            extensions: self.extensions.clone(),
        }
    }

    pub(crate) fn allowed_pauses<'a>(
        &self,
        rule: &'a Rule,
    ) -> Result<Vec<AllowedPause<'a>>, DueError> {
        if self.pauses.is_empty() {
            return Ok(Vec::new());
        }
        let allowed = rule.pause.as_ref().ok_or(DueError::PauseNotAllowed)?;
        if self.pauses.len() > MOST {
            return Err(DueError::TooManyChanges);
        }
        let mut pauses = Vec::with_capacity(self.pauses.len());
        let mut lasted: i64 = 0;
        for pause in &self.pauses {
            if pause.to < pause.from {
                return Err(DueError::PauseEndsBeforeItBegins {
                    from: pause.from,
                    to: pause.to,
                });
            }
            lasted += i64::from((pause.to - pause.from).get_days()) + 1;
            let ground = ground(&allowed.grounds, &pause.ground)?;
            pauses.push(AllowedPause {
                from: pause.from,
                to: pause.to,
                ground,
                article: &allowed.article,
            });
        }
        let max_days = allowed.max_days.min(LONGEST);
        if lasted > i64::from(max_days) {
            return Err(DueError::PausedTooLong {
                days: lasted,
                max_days,
            });
        }
        pauses.sort_by_key(|pause| pause.from);
        match pauses.windows(2).find(|pair| pair[1].from <= pair[0].to) {
            Some(pair) => Err(DueError::PausesOverlap { on: pair[1].from }),
            None => Ok(pauses),
        }
    }

    pub(crate) fn allowed_extensions<'a>(
        &self,
        rule: &'a Rule,
    ) -> Result<Vec<AllowedExtension<'a>>, DueError> {
        if self.extensions.is_empty() {
            return Ok(Vec::new());
        }
        let allowed = rule
            .extension
            .as_ref()
            .ok_or(DueError::ExtensionNotAllowed)?;
        if self.extensions.len() > MOST {
            return Err(DueError::TooManyChanges);
        }
        let total = self
            .extensions
            .iter()
            .fold(0_u32, |sum, one| sum.saturating_add(one.days));
        if total > allowed.max_days {
            return Err(DueError::ExtendedTooFar {
                days: total,
                max_days: allowed.max_days,
            });
        }
        self.extensions
            .iter()
            .map(|one| {
                Ok(AllowedExtension {
                    days: one.days,
                    decided_on: one.decided_on,
                    ground: ground(&allowed.grounds, &one.ground)?,
                    article: &allowed.article,
                    notice: allowed.notice,
                })
            })
            .collect()
    }
}

fn ground<'a>(grounds: &'a [Ground], id: &str) -> Result<&'a Words, DueError> {
    grounds
        .iter()
        .find(|ground| ground.id == id)
        .map(|ground| &ground.title)
        .ok_or_else(|| DueError::UnknownGround(id.to_owned()))
}
