//! How much of the spread of yearly values is luck and how much ignorance: a one-way analysis of variance
//! over pairs of years that share a draw of the assumptions (RULES 34).

use super::{Estimate, student};
use serde::Serialize;

/// Pairs below which nothing is said.
const FEWEST: usize = 8;

/// The spread of yearly values, split.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// Standard deviation of years under the same assumptions.
    pub luck: f64,
    /// Standard deviation of what the assumptions lead to, luck taken out.
    pub ignorance: f64,
    /// Share of the variance that is ignorance, 0 to 1, with its 95% interval.
    pub share: Estimate,
}

/// Sums over pairs from which both mean squares come.
#[derive(Clone, Copy)]
struct Sums {
    n: f64,
    /// Of squared half differences, times two: the squares within.
    within: f64,
    /// Of pair means, and of their squares.
    means: f64,
    squares: f64,
}

impl Sums {
    fn of(pair: (f64, f64)) -> Self {
        let mean = (pair.0 + pair.1) / 2.0;
        Self {
            n: 1.0,
            within: (pair.0 - pair.1) * (pair.0 - pair.1) / 2.0,
            means: mean,
            squares: mean * mean,
        }
    }

    fn plus(self, o: Self, sign: f64) -> Self {
        Self {
            n: self.n + sign * o.n,
            within: self.within + sign * o.within,
            means: self.means + sign * o.means,
            squares: self.squares + sign * o.squares,
        }
    }

    /// Mean squares within and between (each pair holds two values).
    fn mean_squares(self) -> (f64, f64) {
        let about = (self.squares - self.means * self.means / self.n).max(0.0);
        (self.within.max(0.0) / self.n, 2.0 * about / (self.n - 1.0))
    }

    /// Fisher's z of the intraclass correlation, ½·ln(between/within): its spread hardly depends on the
    /// correlation (Fisher, Metron 1, 1921).
    fn z(self) -> f64 {
        let (within, between) = self.mean_squares();
        libm::log(between / within) / 2.0
    }
}

/// Split the variance of values that come in pairs of the same assumptions. `None` for fewer than eight
/// pairs, and where all values are the same.
///
/// The interval is the jackknife's over pairs on Fisher's z (Arvesen and Schmitz, Biometrics 26, 1970),
/// which does not take the values for normal.
#[must_use]
pub fn split(pairs: &[(f64, f64)]) -> Option<Spread> {
    if pairs.len() < FEWEST {
        return None;
    }
    // Taken from their mean, so that squares do not cancel.
    let n = pairs.len() as f64;
    let mean = pairs.iter().map(|p| p.0 + p.1).sum::<f64>() / (2.0 * n);
    let each: Vec<Sums> = pairs
        .iter()
        .map(|p| Sums::of((p.0 - mean, p.1 - mean)))
        .collect();
    let nothing = Sums {
        n: 0.0,
        within: 0.0,
        means: 0.0,
        squares: 0.0,
    };
    let all = each.iter().fold(nothing, |a, b| a.plus(*b, 1.0));
    let (within, between) = all.mean_squares();
    if within + between <= 0.0 {
        return None;
    }
    let ignorance = ((between - within) / 2.0).max(0.0);
    Some(Spread {
        luck: libm::sqrt(within),
        ignorance: libm::sqrt(ignorance),
        share: share(all, &each, ignorance / (ignorance + within)),
    })
}

fn share(all: Sums, each: &[Sums], value: f64) -> Estimate {
    let (within, between) = all.mean_squares();
    // Rounding leaves a trace of what is none.
    if within <= 1e-24 * between {
        return Estimate {
            value: 1.0,
            low: 1.0,
            high: 1.0,
        };
    }
    let n = each.len() as f64;
    let pseudo: Vec<f64> = each
        .iter()
        .map(|s| n * all.z() - (n - 1.0) * all.plus(*s, -1.0).z())
        .collect();
    let mean = pseudo.iter().sum::<f64>() / n;
    let variance = pseudo.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / (n - 1.0);
    let half = student::quantile(0.975, n - 1.0) * libm::sqrt(variance / n);
    let correlation = |z: f64| libm::tanh(z).clamp(0.0, 1.0);
    let end = |z: f64, otherwise: f64| {
        if z.is_nan() {
            otherwise
        } else {
            correlation(z)
        }
    };
    Estimate {
        value,
        low: end(mean - half, 0.0).min(value),
        high: end(mean + half, 1.0).max(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Distribution, Name, normal};

    /// Pairs with a shared part of variance `share` and a part of their own, shaped by `shape`.
    fn pairs(study: u64, n: u64, share: f64, shape: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let z = |i: u64| normal::quantile(Name::of_seed(3).nth(study).nth(i).draw().uniform());
        let (a, b) = (libm::sqrt(share), libm::sqrt(1.0 - share));
        (0..n)
            .map(|k| {
                let common = shape(z(3 * k));
                let of = |j: u64| a * common + b * shape(z(3 * k + j));
                (of(1), of(2))
            })
            .collect()
    }

    fn coverage(share: f64, shape: impl Fn(f64) -> f64 + Copy) -> f64 {
        let studies = 1000;
        let covers = (0..studies)
            .filter(|&s| {
                let e = split(&pairs(s, 200, share, shape)).unwrap().share;
                e.low <= share && share <= e.high
            })
            .count();
        covers as f64 / studies as f64
    }

    #[test]
    fn the_share_s_interval_covers_whether_values_are_normal_or_skewed() {
        // Standardised gamma values of shape 4: skewness 1.
        let gamma = Distribution::gamma_mean_cv(4.0, 0.5).unwrap();
        let skewed =
            |z: f64| (gamma.quantile(normal::cdf(z).clamp(1e-12, 1.0 - 1e-12)) - 4.0) / 2.0;
        for share in [0.1, 0.5, 0.9] {
            for (name, got) in [
                ("normal", coverage(share, |z| z)),
                ("skewed", coverage(share, skewed)),
            ] {
                assert!(
                    (0.93..=0.97).contains(&got),
                    "share {share}, {name} values: 95% intervals cover {got}"
                );
            }
        }
    }

    #[test]
    fn years_that_share_nothing_have_no_ignorance_and_years_that_share_all_no_luck() {
        let none: Vec<f64> = (0..400)
            .map(|s| split(&pairs(s, 100, 0.0, |z| z)).unwrap().share.low)
            .collect();
        let false_alarms = none.iter().filter(|low| **low > 0.0).count();
        // One-sided 2.5% of 400 is 10, its standard deviation 3.1.
        assert!(
            false_alarms <= 20,
            "{false_alarms} of 400 see ignorance where there is none"
        );
        let all = split(&pairs(1, 100, 1.0, |z| z)).unwrap();
        assert_eq!((all.share.low, all.luck), (1.0, 0.0));
        assert_eq!(split(&[(2.0, 2.0); 20]), None);
    }
}
