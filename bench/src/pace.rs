//! When requests are due: evenly or by chance, a rate for a while and then another.

use std::collections::VecDeque;
use std::time::Duration;

use crate::language::Dice;

/// How arrivals follow each other.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// One like the other.
    Steady,
    /// By chance, as independent people come (Poisson), drawn with a seed.
    Chance(u64),
}

/// So many requests a second for so many seconds.
pub(crate) type Phase = (f64, f64);

/// The moments at which requests are due, counted from the beginning, one phase after the other.
pub(crate) struct Times {
    phases: VecDeque<Phase>,
    dice: Option<Dice>,
    /// When the phase that runs began and ends.
    began: f64,
    last: f64,
}

impl Times {
    /// Through some phases.
    pub(crate) fn new(pace: Pace, phases: &[Phase]) -> Self {
        Self {
            phases: phases.iter().copied().collect(),
            dice: match pace {
                Pace::Steady => None,
                Pace::Chance(seed) => Some(Dice(seed)),
            },
            began: 0.0,
            last: 0.0,
        }
    }
}

impl Iterator for Times {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        loop {
            let (rate, seconds) = self.phases.front().copied()?;
            let drawn = match &mut self.dice {
                None => 1.0,
                Some(dice) => -(1.0 - dice.part()).ln(),
            };
            let next = self.last + drawn / rate.max(1e-6);
            if next < self.began + seconds {
                self.last = next;
                return Some(Duration::from_secs_f64(next));
            }
            // Exponential gaps have no memory, so that the next phase may begin with a new one.
            self.began += seconds;
            self.last = self.began;
            self.phases.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_arrivals_are_even_and_chance_has_the_same_mean() {
        let steady: Vec<_> = Times::new(Pace::Steady, &[(10.0, 1.05)]).collect();
        assert_eq!(steady.len(), 10);
        assert_eq!(steady[0], Duration::from_millis(100));
        let count = |seed| Times::new(Pace::Chance(seed), &[(1000.0, 20.0)]).count();
        assert!((19_500..20_500).contains(&count(1)), "{}", count(1));
        assert_eq!(count(1), count(1));
        let drawn: Vec<_> = Times::new(Pace::Chance(3), &[(1000.0, 20.0)]).collect();
        assert!(drawn.is_sorted());
        // Of exponential gaps e^-1 are longer than their mean.
        let long = drawn
            .windows(2)
            .filter(|w| w[1].saturating_sub(w[0]).as_micros() > 1000);
        let share = long.count() as f64 / drawn.len() as f64;
        assert!((0.34..0.40).contains(&share), "{share}");
        let phases = [(100.0, 1.0), (10.0, 1.0)];
        let both: Vec<_> = Times::new(Pace::Steady, &phases).collect();
        let first = both.iter().filter(|at| at.as_secs() == 0).count();
        assert!((99..=100).contains(&first), "{first}");
        assert!((9..=10).contains(&(both.len() - first)), "{both:?}");
    }
}
