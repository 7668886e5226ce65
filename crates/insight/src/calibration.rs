//! How a margin becomes a confidence: the softmax of all margins over one temperature, which is the one
//! under which texts that were held out of the learning are least surprising. One number cannot learn by
//! heart what few held-out rows happen to show, as a curve for each label would.

/// What is taken when nothing could be held out: it spreads margins of a support vector machine about as
/// widely as they deserve.
pub(crate) const USUAL: f32 = 0.3;

/// The temperatures that are looked among.
const COLDEST: f64 = 0.01;
const HOTTEST: f64 = 10.0;

/// Turns margins into shares that sum to one.
pub(crate) fn confidences(margins: &[f32], temperature: f32) -> Vec<f32> {
    let most = margins.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares: Vec<f32> = margins
        .iter()
        .map(|margin| ((margin - most) / temperature).exp())
        .collect();
    let sum: f32 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    shares
}

/// The temperature that suits held-out margins, each with the number of the right label.
pub(crate) fn temperature(held_out: &[(Vec<f32>, usize)]) -> f32 {
    if held_out.is_empty() {
        return USUAL;
    }
    // The surprise has one valley over the logarithm of the temperature: golden section finds it.
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (COLDEST.ln(), HOTTEST.ln());
    for _ in 0..40 {
        let span = golden * (high - low);
        if surprise(held_out, (high - span).exp()) < surprise(held_out, (low + span).exp()) {
            high = low + span;
        } else {
            low = high - span;
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it lies between the coldest and the hottest"
    )]
    let found = f64::midpoint(low, high).exp() as f32;
    found
}

/// The sum of −ln of the confidence in the right labels.
fn surprise(held_out: &[(Vec<f32>, usize)], temperature: f64) -> f64 {
    held_out
        .iter()
        .map(|(margins, right)| {
            let right = f64::from(margins[*right]);
            let sum: f64 = margins
                .iter()
                .map(|margin| ((f64::from(*margin) - right) / temperature).exp())
                .sum();
            sum.ln()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidences_sum_to_one_and_keep_the_order() {
        let shares = confidences(&[1.0, -1.0, 0.5], 0.5);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[0] > shares[2] && shares[2] > shares[1]);
        assert!(confidences(&[], 0.5).is_empty());
    }

    #[test]
    fn a_model_that_errs_often_is_less_sure() {
        let row = |right| (vec![1.0, 0.0], right);
        let often: Vec<_> = (0..10).map(|n| row(usize::from(n < 3))).collect();
        let seldom: Vec<_> = (0..10).map(|n| row(usize::from(n < 1))).collect();
        let said = |rows: &[_]| confidences(&[1.0, 0.0], temperature(rows))[0];
        assert!((said(&often) - 0.7).abs() < 0.01, "{}", said(&often));
        assert!((said(&seldom) - 0.9).abs() < 0.01, "{}", said(&seldom));
    }
}
