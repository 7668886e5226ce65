//! What came of arrivals: every answer with when it was due, how long it took and what it said, and
//! the percentiles of that.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::machine::Usage;

/// One answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// When it was due, milliseconds from the beginning.
    pub(crate) due: u32,
    /// Microseconds from then to its end.
    pub(crate) micros: u32,
    /// Of these, those before it was sent.
    pub(crate) unsent: u32,
    /// Status.
    pub(crate) status: u16,
    /// Which kind of request.
    pub(crate) kind: u8,
}

impl Seen {
    /// An answer that has just ended.
    pub(crate) fn new(begin: Instant, due: Instant, kind: usize, status: u16) -> Self {
        Self::sent(begin, due, due, kind, status)
    }

    /// An answer that has just ended to what was sent later than it was due.
    pub(crate) fn sent(
        begin: Instant,
        due: Instant,
        sent: Instant,
        kind: usize,
        status: u16,
    ) -> Self {
        Self {
            due: u32::try_from((due - begin).as_millis()).unwrap_or(u32::MAX),
            micros: u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX),
            unsent: u32::try_from((sent - due).as_micros()).unwrap_or(u32::MAX),
            status,
            kind: kind as u8,
        }
    }

    /// Whether it is what was asked for.
    pub(crate) fn is_good(&self) -> bool {
        (200..400).contains(&self.status)
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Answers.
    pub(crate) seen: Vec<Seen>,
    /// Requests that were due and not left out.
    pub(crate) due: u64,
    /// Of these, those that the generator began too late.
    pub(crate) late: u64,
    /// Requests that the generator left out because it was far behind.
    pub(crate) skipped: u64,
    /// Connections that were refused or broke.
    pub(crate) broken: u64,
    /// Requests that nobody waited for any longer, or for which there was no room to wait.
    pub(crate) gone: u64,
    /// 503 without `Retry-After`.
    pub(crate) untold: u64,
    /// Bytes of answers.
    pub(crate) bytes: u64,
    /// Seconds in which requests were due (of the first phase).
    pub(crate) seconds: f64,
    /// Processor time meanwhile.
    pub(crate) usage: Usage,
}

impl Tally {
    /// Adds one.
    pub(crate) fn see(&mut self, seen: Seen, told_when: bool, weight: usize) {
        self.seen.push(seen);
        self.bytes += weight as u64;
        if !told_when {
            self.untold += 1;
        }
    }

    /// The times of good answers of a kind, or of all.
    pub(crate) fn good(&self, kind: Option<usize>) -> Spread {
        self.times(|seen| seen.is_good() && kind.is_none_or(|kind| usize::from(seen.kind) == kind))
    }

    /// The times of some answers.
    pub(crate) fn times(&self, which: impl Fn(&Seen) -> bool) -> Spread {
        let chosen = self.seen.iter().filter(|seen| which(seen));
        Spread::of(chosen.map(|seen| seen.micros).collect())
    }

    /// The times of some answers, from when they were sent.
    pub(crate) fn times_sent(&self, which: impl Fn(&Seen) -> bool) -> Spread {
        let chosen = self.seen.iter().filter(|seen| which(seen));
        Spread::of(chosen.map(|seen| seen.micros - seen.unsent).collect())
    }

    /// Good answers a second: those that came while requests were due.
    pub(crate) fn rate(&self) -> f64 {
        self.rate_within(u32::MAX)
    }

    /// The same, of those that came within so many milliseconds.
    pub(crate) fn rate_within(&self, most: u32) -> f64 {
        let end = self.seconds * 1000.0;
        let came = self.seen.iter().filter(|seen| {
            let took = f64::from(seen.micros) / 1000.0;
            seen.is_good() && took <= f64::from(most) && f64::from(seen.due) + took <= end
        });
        came.count() as f64 / self.seconds.max(1e-9)
    }

    /// The first phase, and what came in so many seconds after it: there the beginning is the end of
    /// the first. What cannot be told apart by when it was due stays with the first.
    pub(crate) fn parted(self, after: f64) -> (Self, Self) {
        let end = (self.seconds * 1000.0) as u32;
        let (first, later): (Vec<Seen>, Vec<Seen>) =
            self.seen.iter().partition(|seen| seen.due < end);
        let later = later.into_iter().map(|seen| Seen {
            due: seen.due - end,
            ..seen
        });
        let after = Self {
            seen: later.collect(),
            seconds: after,
            ..Self::default()
        };
        (
            Self {
                seen: first,
                ..self
            },
            after,
        )
    }

    /// How often each status came.
    pub(crate) fn statuses(&self) -> BTreeMap<u16, u64> {
        let mut counts = BTreeMap::new();
        for seen in &self.seen {
            *counts.entry(seen.status).or_default() += 1;
        }
        counts
    }

    /// Everything that is not a good answer, in words; empty when there is nothing.
    pub(crate) fn faults(&self) -> String {
        let bad = self
            .statuses()
            .into_iter()
            .filter(|(status, _)| !(200..400).contains(status))
            .map(|(status, count)| format!("{count} × {status}"));
        let beside = [
            (self.broken, "broken"),
            (self.gone, "given up"),
            (self.untold, "503 without Retry-After"),
            (self.late, "begun late by the generator"),
            (self.skipped, "left out by the generator"),
        ];
        let beside = beside
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"));
        bad.chain(beside).collect::<Vec<_>>().join(", ")
    }
}

/// Times in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spread(Vec<u32>);

impl Spread {
    /// Of so many microseconds each.
    pub(crate) fn of(mut micros: Vec<u32>) -> Self {
        micros.sort_unstable();
        Self(micros)
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Milliseconds within which a share of them ended (nearest rank).
    pub(crate) fn at(&self, share: f64) -> f64 {
        let rank = (self.0.len() as f64 * share).ceil() as usize;
        let place = rank.clamp(1, self.0.len().max(1)) - 1;
        f64::from(self.0.get(place).copied().unwrap_or(0)) / 1000.0
    }

    /// `p50 | p95 | p99 | most` in milliseconds, as cells of a table.
    pub(crate) fn cells(&self) -> String {
        if self.0.is_empty() {
            return "– | – | – | –".to_owned();
        }
        let [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1.0].map(|share| self.at(share));
        format!("{p50:.2} | {p95:.2} | {p99:.2} | {most:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let spread = Spread::of((1..=100).rev().map(|ms| ms * 1000).collect());
        let at = |share| spread.at(share).round() as u32;
        assert_eq!(
            [at(0.0), at(0.5), at(0.95), at(0.99), at(1.0)],
            [1, 50, 95, 99, 100]
        );
        let one = Spread::of(vec![7000]);
        assert!((one.at(0.5) - 7.0).abs() < 1e-9 && (one.at(0.99) - 7.0).abs() < 1e-9);
        assert!(Spread::default().at(0.99).abs() < 1e-9);
        assert_eq!(one.cells(), "7.00 | 7.00 | 7.00 | 7.0");
    }

    #[test]
    fn what_is_not_good_is_told() {
        let mut tally = Tally::default();
        for (status, told) in [
            (200, true),
            (303, true),
            (503, true),
            (503, false),
            (404, true),
        ] {
            let seen = Seen {
                due: 0,
                micros: 1000,
                unsent: 0,
                status,
                kind: 0,
            };
            tally.see(seen, told, 10);
        }
        tally.broken = 2;
        assert_eq!(tally.good(None).count(), 2);
        assert_eq!(tally.bytes, 50);
        tally.seconds = 0.001;
        assert!((tally.rate() - 2000.0).abs() < 1e-6);
        tally.seconds = 0.0005;
        assert!(tally.rate().abs() < 1e-6, "they came too late");
        assert_eq!(
            tally.faults(),
            "1 × 404, 2 × 503, 2 broken, 1 503 without Retry-After"
        );
    }
}
