//! How a margin becomes a confidence: every margin goes through one curve, the logistic one, and the
//! results are shares of one. The two numbers of the curve are those under which texts that were held out
//! of the learning are least surprising. A curve for each label would learn by heart what few held-out
//! rows happen to show. A plain softmax, tried on the same rows, was off by twice as much with many
//! labels: planes that are each found alone don't say by how much one label beats another.

/// The steepness and the shift that are looked among; steepness by its logarithm.
const STEEPNESS: (f64, f64) = (-2.0, 4.0);
const SHIFT: (f64, f64) = (-5.0, 10.0);
/// Steps of the search in each direction: each leaves 62 % of what is looked among.
const STEPS: usize = 22;

/// What makes confidences of margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    /// How quickly a margin makes sure.
    pub(crate) steepness: f32,
    /// What a margin of nought says.
    pub(crate) shift: f32,
}

impl Curve {
    /// What is taken when too little could be held out: about what appeals gave.
    pub(crate) const USUAL: Self = Self {
        steepness: 6.0,
        shift: 0.5,
    };

    /// Turns margins into shares that sum to one.
    pub(crate) fn confidences(self, margins: &[f32]) -> Vec<f32> {
        let (steepness, shift) = (f64::from(self.steepness), f64::from(self.shift));
        let mut shares: Vec<f32> = Vec::with_capacity(margins.len());
        // Over the largest margin, so that one share is left however far below nought all are.
        let most = margins.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let best = ln_logistic(steepness * f64::from(most) + shift);
        for margin in margins {
            let ln = ln_logistic(steepness * f64::from(*margin) + shift);
            #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and 1")]
            shares.push((ln - best).exp() as f32);
        }
        let sum: f32 = shares.iter().sum();
        for share in &mut shares {
            *share /= sum;
        }
        shares
    }

    /// The curve that suits held-out margins, each with the number of the right label.
    pub(crate) fn fit(held_out: &[(Vec<f32>, usize)]) -> Self {
        let shift_for = |ln: f64| valley(SHIFT, |shift| surprise(held_out, ln.exp(), shift));
        let ln = valley(STEEPNESS, |ln| surprise(held_out, ln.exp(), shift_for(ln)));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "both lie among what was looked at"
        )]
        let curve = Self {
            steepness: ln.exp() as f32,
            shift: shift_for(ln) as f32,
        };
        curve
    }
}

/// Where a function with one valley is least, by golden section.
fn valley((mut low, mut high): (f64, f64), of: impl Fn(f64) -> f64) -> f64 {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let span = golden * (high - low);
    let (mut left, mut right) = (high - span, low + span);
    let (mut at_left, mut at_right) = (of(left), of(right));
    for _ in 0..STEPS {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = of(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = of(right);
        }
    }
    f64::midpoint(low, high)
}

/// The sum of −ln of the confidence in the right labels.
fn surprise(held_out: &[(Vec<f32>, usize)], steepness: f64, shift: f64) -> f64 {
    held_out
        .iter()
        .map(|(margins, right)| {
            let ln = |margin: f32| ln_logistic(steepness * f64::from(margin) + shift);
            let right = ln(margins[*right]);
            let sum: f64 = margins
                .iter()
                .map(|margin| (ln(*margin) - right).exp())
                .sum();
            sum.ln()
        })
        .sum()
}

/// ln(1 / (1 + e⁻ˣ)), however far `x` is from nought.
fn ln_logistic(x: f64) -> f64 {
    x.min(0.0) - (-x.abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidences_sum_to_one_and_keep_the_order() {
        let shares = Curve::USUAL.confidences(&[1.0, -1.0, 0.5]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[0] > shares[2] && shares[2] > shares[1]);
        assert!(Curve::USUAL.confidences(&[]).is_empty());
        let far = Curve::USUAL.confidences(&[-1e12, -2e12, -1e12]);
        assert_eq!(far, [0.5, 0.0, 0.5]);
    }

    #[test]
    fn a_model_that_errs_often_is_less_sure() {
        let row = |right| (vec![0.5, -0.5], right);
        let often: Vec<_> = (0..10).map(|n| row(usize::from(n < 3))).collect();
        let seldom: Vec<_> = (0..10).map(|n| row(usize::from(n < 1))).collect();
        let said = |rows: &[_]| Curve::fit(rows).confidences(&[0.5, -0.5])[0];
        assert!((said(&often) - 0.7).abs() < 0.01, "{}", said(&often));
        assert!((said(&seldom) - 0.9).abs() < 0.01, "{}", said(&seldom));
    }

    #[test]
    fn the_bottom_of_a_valley_is_found() {
        let found = valley((-5.0, 10.0), |x| (x - 3.0).powi(2));
        assert!((found - 3.0).abs() < 0.01, "{found}");
    }
}
