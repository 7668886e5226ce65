//! The filter of the register as it stands in addresses: the page, the table of places, the file and
//! the feeds read it alike.

use base::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::names::Names;
use super::{address, parameter};
use crate::model::{Outcome, PublicState, RegisterFilter};

/// What an address asks for.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    category: Option<String>,
    unit: Option<String>,
    state: Option<String>,
    service: Option<String>,
    outcome: Option<String>,
    from: Option<String>,
    until: Option<String>,
    after: Option<String>,
}

impl Asked {
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref().filter(|after| !after.is_empty())
    }
}

/// A filter that was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) category: String,
    pub(super) unit: String,
    pub(super) state: String,
    pub(super) service: String,
    pub(super) outcome: String,
    pub(super) from: String,
    pub(super) until: String,
    /// None when the address names something that we do not know: such a filter finds nothing rather
    /// than everything.
    pub(super) filter: Option<RegisterFilter>,
}

impl Chosen {
    pub(super) fn of(asked: &Asked, names: &Names, zone: &TimeZone) -> Self {
        let read = |text: &Option<String>| parameter(text.as_deref());
        let mut chosen = Self {
            category: read(&asked.category),
            unit: read(&asked.unit),
            state: read(&asked.state),
            service: read(&asked.service),
            outcome: read(&asked.outcome),
            from: read(&asked.from),
            until: read(&asked.until),
            filter: None,
        };
        chosen.filter = chosen.known(names, zone);
        chosen
    }

    fn known(&self, names: &Names, zone: &TimeZone) -> Option<RegisterFilter> {
        let day = |text: &str| text.parse::<Date>().ok();
        let start = |day: Date| moment(day, zone);
        Some(RegisterFilter {
            category: named(&self.category, |code| {
                names.contents().categories().by_code(code).map(|c| c.id)
            })?,
            unit: named(&self.unit, |code| names.units().by_code(code).map(|u| u.id))?,
            state: named(&self.state, PublicState::from_code)?,
            service: named(&self.service, |code| {
                names.contents().service(code).map(|s| s.id)
            })?,
            outcome: named(&self.outcome, Outcome::from_code)?,
            from: named(&self.from, |text| day(text).and_then(start))?,
            // The last day counts whole.
            until: named(&self.until, |text| {
                day(text)?.tomorrow().ok().and_then(start)
            })?,
        })
    }

    /// Whether anything is asked for.
    pub(super) fn any(&self) -> bool {
        self.pairs().iter().any(|(_, value)| !value.is_empty())
    }

    /// Whether the last day stands before the first: nothing can lie between them.
    pub(super) fn is_backwards(&self) -> bool {
        self.filter.is_some() && !self.until.is_empty() && self.from > self.until
    }

    /// `path` with this filter, and where the page begins.
    pub(super) fn address(&self, path: &str, after: &str) -> String {
        let mut pairs = self.pairs().to_vec();
        pairs.push(("after", after));
        address(path, &pairs)
    }

    fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("category", &self.category),
            ("unit", &self.unit),
            ("state", &self.state),
            ("service", &self.service),
            ("outcome", &self.outcome),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }
}

/// Nothing asked for is known; something unknown is not.
#[expect(
    clippy::option_option,
    reason = "nothing asked for, something known and something unknown are three"
)]
fn named<T>(text: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() {
        return Some(None);
    }
    find(text).map(Some)
}

/// When a day begins in the agencies' zone.
fn moment(day: Date, zone: &TimeZone) -> Option<Moment> {
    let start = day.to_zoned(zone.clone()).ok()?;
    Some(Moment::from_micros(start.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let day = "2026-12-01".parse().unwrap();
        let begins = moment(day, &zone).unwrap();
        assert_eq!(begins.rfc3339(), "2026-11-30T21:00:00Z");
    }
}
