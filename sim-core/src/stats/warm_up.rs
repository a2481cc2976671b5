//! When the start has worn off: MSER on a mean series (White, Simulation 69, 1997), held against what
//! independent replications say of its noise.

/// Points below which nothing is said.
const FEWEST: usize = 8;

/// The score of every cut from none to `last`: the squared standard error of what is left.
fn scores(series: &[f64], last: usize) -> Vec<f64> {
    let n = series.len();
    let mean = series.iter().sum::<f64>() / n as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    let mut out: Vec<f64> = Vec::with_capacity(n);
    // From the end, about the overall mean, so that squares do not cancel.
    for (i, x) in series.iter().enumerate().rev() {
        let (left, x) = ((n - i) as f64, x - mean);
        sum += x;
        squares += x * x;
        out.push((squares - sum * sum / left) / (left * left));
    }
    out.reverse();
    out.truncate(last + 1);
    out
}

fn lowest(scores: &[f64]) -> usize {
    (0..scores.len())
        .min_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        .unwrap_or(0)
}

/// How many leading points to cut: the cut that makes the standard error of the rest smallest. `None`
/// if that would be more than half: the series has not settled.
#[must_use]
pub fn mser(series: &[f64]) -> Option<usize> {
    let n = series.len();
    if n < 4 {
        return None;
    }
    // The last few points always look calm: stop short of them.
    let best = lowest(&scores(series, n - 3.max(n / 20)));
    (best <= n / 2).then_some(best)
}

/// How many leading points to cut from the series of independent replications, at most half of them.
///
/// MSER sees one mean series and takes its swings for a start that lasts. So: the first cut whose score is
/// not surely above the best in the first half, and after which the next stretch, as long as what was cut,
/// is not surely other than the second half. Then twice that: a study holds many times the replications of
/// a pilot, what is left of the start falls by a constant factor with time, and where the pilot no longer
/// sees it the study still would.
#[must_use]
pub fn settled(replications: &[Vec<f64>]) -> usize {
    let n = replications.iter().map(Vec::len).min().unwrap_or(0);
    let half = n / 2;
    if n < FEWEST || replications.len() < 2 {
        return half;
    }
    let first = not_surely_worse(replications, n);
    let found = (first..half).find(|&cut| !differs(replications, cut, n));
    (2 * found.unwrap_or(half).max(1)).min(half)
}

/// The first cut whose score exceeds the lowest by no more than half a standard error of that excess, by
/// the jackknife over replications (as in the one-standard-error rule of Breiman and others, 1984).
fn not_surely_worse(replications: &[Vec<f64>], n: usize) -> usize {
    let r = replications.len() as f64;
    let total: Vec<f64> = (0..n)
        .map(|i| replications.iter().map(|x| x[i]).sum())
        .collect();
    let mean: Vec<f64> = total.iter().map(|x| x / r).collect();
    let all = scores(&mean, n / 2);
    let best = lowest(&all);
    let without: Vec<Vec<f64>> = replications
        .iter()
        .map(|x| {
            let rest: Vec<f64> = total
                .iter()
                .zip(x)
                .map(|(t, x)| (t - x) / (r - 1.0))
                .collect();
            let s = scores(&rest, n / 2);
            s.iter().map(|v| v - s[best]).collect()
        })
        .collect();
    let error = |cut: usize| {
        let mean = without.iter().map(|s| s[cut]).sum::<f64>() / r;
        let squares: f64 = without
            .iter()
            .map(|s| (s[cut] - mean) * (s[cut] - mean))
            .sum();
        libm::sqrt(squares * (r - 1.0) / r)
    };
    (0..best)
        .find(|&cut| all[cut] - all[best] <= 0.5 * error(cut))
        .unwrap_or(best)
}

/// Whether the stretch after a cut differs from the second half by more than a standard error.
fn differs(replications: &[Vec<f64>], cut: usize, n: usize) -> bool {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let each: Vec<f64> = replications
        .iter()
        .map(|x| mean(&x[cut..cut + cut.max(1)]) - mean(&x[n / 2..n]))
        .collect();
    let m = mean(&each);
    let squares: f64 = each.iter().map(|d| (d - m) * (d - m)).sum();
    let r = each.len() as f64;
    m * m > squares / (r - 1.0) / r
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Name, normal};

    /// Series that rise to `level` over `relaxation` points and swing about it, with correlation
    /// `keeps` from one point to the next.
    fn pilot(seed: u64, rise: f64, relaxation: f64, keeps: f64) -> Vec<Vec<f64>> {
        (0..32)
            .map(|r| {
                let z = |i: u64| {
                    let name = Name::of_seed(seed).nth(r).nth(i);
                    normal::quantile(name.draw().uniform())
                };
                let mut swing = z(1000);
                (0..156)
                    .map(|i| {
                        swing = keeps * swing + libm::sqrt(1.0 - keeps * keeps) * z(i);
                        let start = libm::exp(-(i as f64) / relaxation);
                        10.0 - rise * start + swing
                    })
                    .collect()
            })
            .collect()
    }

    fn cuts(rise: f64, relaxation: f64, keeps: f64) -> Vec<usize> {
        let mut all: Vec<usize> = (0..200)
            .map(|s| settled(&pilot(s, rise, relaxation, keeps)))
            .collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn swings_about_a_level_are_no_start() {
        for keeps in [0.0, 0.5, 0.8] {
            let all = cuts(0.0, 1.0, keeps);
            assert!(
                all[100] <= 4,
                "correlation {keeps}: median cut {}",
                all[100]
            );
            assert!(
                all[180] <= 20,
                "correlation {keeps}: nine in ten within {}",
                all[180]
            );
        }
    }

    #[test]
    fn a_start_is_cut_until_little_of_it_is_left() {
        for relaxation in [2.0, 5.0, 10.0] {
            let all = cuts(10.0, relaxation, 0.5);
            // A standard error of the pilot's mean over half its points is about 0.03 of these units.
            let left = |cut: usize| 10.0 * libm::exp(-(cut as f64) / relaxation);
            assert!(
                left(all[20]) < 0.5,
                "relaxation {relaxation}: one cut in ten leaves {} of 10",
                left(all[20])
            );
            assert!(
                left(all[100]) < 0.1,
                "relaxation {relaxation}: {}",
                left(all[100])
            );
        }
    }

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
        let all: Vec<Vec<f64>> = (0..4)
            .map(|r| grows.iter().map(|x| x + f64::from(r)).collect())
            .collect();
        assert_eq!(settled(&all), 50);
    }
}
