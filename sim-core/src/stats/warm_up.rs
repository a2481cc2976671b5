//! When the start has worn off: MSER on a mean series (White, Simulation 69, 1997).

/// How many leading points to cut: the cut that makes the standard error of the rest smallest. `None`
/// if that would be more than half: the series has not settled.
#[must_use]
pub fn mser(series: &[f64]) -> Option<usize> {
    let n = series.len();
    if n < 4 {
        return None;
    }
    let score = |cut: usize| {
        let rest = &series[cut..];
        let mean = rest.iter().sum::<f64>() / rest.len() as f64;
        let squares: f64 = rest.iter().map(|x| (x - mean) * (x - mean)).sum();
        squares / (rest.len() * rest.len()) as f64
    };
    // The last few points always look calm: stop short of them.
    let last = n - 3.max(n / 20);
    let best = (0..=last).min_by(|&a, &b| score(a).total_cmp(&score(b)))?;
    (best <= n / 2).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_is_cut_and_growth_without_end_is_refused() {
        let settles: Vec<f64> = (0..100)
            .map(|i| 10.0 * (1.0 - libm::exp(-f64::from(i) / 5.0)) + 0.2 * f64::from(i % 3))
            .collect();
        let cut = mser(&settles).unwrap();
        assert!((8..40).contains(&cut), "{cut}");
        let grows: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(mser(&grows), None);
        assert_eq!(mser(&[5.0; 50]), Some(0));
    }
}
