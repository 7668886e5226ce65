//! Time as a parameter. Nobody asks the machine what time it is but the one [`Clock`] that the
//! binary makes, so that every test can stand at any moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A moment: whole microseconds since 1970-01-01 UTC. Both databases hold exactly this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since 1970-01-01 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01 UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since 1970-01-01 UTC.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `seconds` later (earlier when negative), held inside the representable range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// The moment `millis` milliseconds later.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis.saturating_mul(1000)))
    }

    /// Seconds from `earlier` to this moment, rounded down; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Moment) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000_000)
    }

    /// As a `jiff` timestamp; a moment outside its range becomes the nearest end.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// The calendar date in `zone`.
    pub fn date(self, zone: &TimeZone) -> jiff::civil::Date {
        self.timestamp().to_zoned(zone.clone()).date()
    }

    /// RFC 3339 text in UTC with microseconds cut where they are zero.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

/// Where moments come from: the machine's clock, or a hand that a test moves.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `moment` until it is moved.
    pub fn fixed(moment: Moment) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(moment.micros()))))
    }

    /// Now, in whole microseconds.
    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::System => system_now().into(),
            Source::Fixed(micros) => Moment(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock; the machine's clock stays as it is.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Source::Fixed(micros) = &self.0 {
            micros.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the machine"
)]
fn system_now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_by_hand() {
        let clock = Clock::fixed(Moment::from_micros(5));
        assert_eq!(clock.now().micros(), 5);
        clock.advance_seconds(2);
        assert_eq!(clock.now().micros(), 2_000_005);
    }

    #[test]
    fn moments_out_of_range_are_held_at_the_end() {
        assert_eq!(Moment::from_micros(i64::MAX).timestamp(), Timestamp::MAX);
        assert_eq!(Moment::from_micros(i64::MIN).timestamp(), Timestamp::MIN);
    }

    #[test]
    fn the_date_is_the_one_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let late = Moment::from_micros(1_763_760_600_000_000); // 2025-11-21T21:30Z
        assert_eq!(late.date(&zone).to_string(), "2025-11-22");
    }
}
