//! Token buckets: how often one address, account or key may do something. The map of buckets is
//! bounded; when it is full, buckets that have filled up again are forgotten, and if none have,
//! newcomers share one bucket, so that a flood of new keys cannot buy itself more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::{Clock, Error, Moment};

/// The most keys remembered at once.
const MOST_KEYS: usize = 100_000;

/// Lets `burst` actions through at once and `per_second` afterwards, for each key.
#[derive(Clone, Debug)]
pub struct Limiter {
    clock: Clock,
    burst: f64,
    per_second: f64,
    buckets: Arc<Mutex<HashMap<String, Bucket>>>,
}

/// How a key stands after an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How many more may follow at once.
    pub left: u32,
    /// In how many seconds there are as many again as there ever are.
    pub whole_in: u32,
}

/// The next whole number.
fn whole(number: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held within the numbers of the type"
    )]
    let whole = number.ceil().clamp(0.0, f64::from(u32::MAX)) as u32;
    whole
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Moment,
}

impl Limiter {
    /// A limiter that lets `burst` through at once and `per_second` (above zero) from then on.
    pub fn new(clock: Clock, burst: u32, per_second: f64) -> Self {
        Self {
            clock,
            burst: f64::from(burst.max(1)),
            per_second: per_second.max(1e-6),
            buckets: Arc::default(),
        }
    }

    /// Takes one token of `key`, or says in how many seconds there will be one.
    pub fn check(&self, key: &str) -> Result<(), Error> {
        self.take(key).map(drop)
    }

    /// The same, and how much is left.
    pub fn take(&self, key: &str) -> Result<Standing, Error> {
        let now = self.clock.now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEYS && !buckets.contains_key(key) {
            buckets.retain(|_, bucket| self.refilled(*bucket, now) < self.burst);
        }
        let key = if buckets.len() >= MOST_KEYS && !buckets.contains_key(key) {
            ""
        } else {
            key
        };
        let fresh = Bucket {
            tokens: self.burst,
            at: now,
        };
        // Looked up first, so that a known key costs no new text.
        let bucket = match buckets.get_mut(key) {
            Some(bucket) => bucket,
            None => buckets.entry(key.to_owned()).or_insert(fresh),
        };
        bucket.tokens = self.refilled(*bucket, now);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(Standing {
                left: whole(bucket.tokens.floor()),
                whole_in: whole((self.burst - bucket.tokens) / self.per_second),
            });
        }
        let wait = (1.0 - bucket.tokens) / self.per_second;
        Err(Error::TooMany(whole(wait).clamp(1, 86_400)))
    }

    fn refilled(&self, bucket: Bucket, now: Moment) -> f64 {
        let micros = now.micros().saturating_sub(bucket.at.micros()).max(0);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a few microseconds more or less do not matter here"
        )]
        let seconds = micros as f64 / 1e6;
        (bucket.tokens + seconds * self.per_second).min(self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_has_to_wait() {
        let clock = Clock::fixed(Moment::from_micros(0));
        let limiter = Limiter::new(clock.clone(), 3, 0.5);
        for _ in 0..3 {
            assert!(limiter.check("a").is_ok());
        }
        assert!(matches!(limiter.check("a"), Err(Error::TooMany(2))));
        assert!(limiter.check("b").is_ok(), "another key has its own bucket");
        clock.advance_seconds(2);
        assert!(limiter.check("a").is_ok());
        assert!(limiter.check("a").is_err());
    }

    #[test]
    fn a_flood_of_keys_shares_one_bucket_and_the_map_stays_bounded() {
        let clock = Clock::fixed(Moment::from_micros(0));
        let limiter = Limiter::new(clock, 2, 0.1);
        for key in 0..MOST_KEYS {
            assert!(limiter.check(&key.to_string()).is_ok());
        }
        let refused = (0..10)
            .filter(|n| limiter.check(&format!("new {n}")).is_err())
            .count();
        assert!(refused >= 8, "{refused}");
        assert!(limiter.buckets.lock().unwrap().len() <= MOST_KEYS + 1);
    }
}
