//! One idea for every interval: an estimate with its influence values, one for each replication.
//!
//! For a ratio of sums R = Σn/Σd the influence of replication r is (n_r − R·d_r)/d̄ (delta method); for a
//! quantile q of the pooled distribution it is (p·n_r − #{x_ri ≤ q})/(n̄·f(q)) (RULES 31). The standard
//! error is the standard deviation of the influences over √R, and that of a difference under common
//! random numbers is the same of the differences of influences. Where replications share assumptions,
//! their influences are added first.

use super::histogram::{Pooled, Sparse};
use super::student;
use serde::Serialize;

/// An estimate with a two-sided interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Best estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Half the width of the interval.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// The interval leaves zero out.
    #[must_use]
    pub fn is_not_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// An estimate with what each replication contributes to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// Best estimate.
    pub value: f64,
    /// One per replication, or per cluster of them; they add up to zero but for the quantile's last bin.
    pub psi: Vec<f64>,
}

impl Influence {
    /// A ratio of sums. `None` where the denominators add up to nothing.
    #[must_use]
    pub fn ratio(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        let (n, d, count) = pairs
            .clone()
            .fold((0.0, 0.0, 0.0), |(a, b, c), (n, d)| (a + n, b + d, c + 1.0));
        if d <= 0.0 {
            return None;
        }
        let (value, mean) = (n / d, d / count);
        Some(Self {
            value,
            psi: pairs.map(|(n, d)| (n - value * d) / mean).collect(),
        })
    }

    /// A quantile of the pooled distribution. `None` without values.
    #[must_use]
    pub fn quantile<'a>(parts: impl Iterator<Item = &'a Sparse> + Clone, p: f64) -> Option<Self> {
        Self::quantiles(parts, [p]).map(|[one]| one)
    }

    /// Several of them, for which the distributions are pooled once.
    #[must_use]
    pub fn quantiles<'a, const N: usize>(
        parts: impl Iterator<Item = &'a Sparse> + Clone,
        ps: [f64; N],
    ) -> Option<[Self; N]> {
        let mut pooled = Pooled::default();
        let add = |s: &Sparse| {
            let before = pooled.total();
            pooled.merge(s);
            (pooled.total() - before) as f64
        };
        let totals: Vec<f64> = parts.clone().map(add).collect();
        if pooled.total() == 0 {
            return None;
        }
        let n = pooled.total() as f64;
        Some(ps.map(|p| {
            let value = pooled.quantile(p).unwrap_or(0.0);
            // Bandwidth as a share of the values: shrinking with the sample, and well inside the tail it
            // looks at. Over half of an exponential tail the density comes out a tenth too low, over a
            // quarter 2%.
            let mass = (0.2 * libm::pow(n, -0.2)).min((1.0 - p) / 4.0).min(p / 4.0);
            let scale = n / totals.len() as f64 * pooled.density(p, mass);
            let each = parts.clone().zip(&totals);
            let psi = each.map(|(s, total)| {
                if scale > 0.0 {
                    (p * total - s.at_or_below(value)) / scale
                } else {
                    0.0
                }
            });
            Self {
                value,
                psi: psi.collect(),
            }
        }))
    }

    /// The same with two replications as one: those that share a draw of the assumptions are not
    /// independent (RULES 34). A last one without its partner stands for itself.
    #[must_use]
    pub fn in_pairs(self) -> Self {
        let replications = self.psi.len() as f64;
        let sums: Vec<f64> = self.psi.chunks(2).map(|p| p.iter().sum()).collect();
        let scale = sums.len() as f64 / replications;
        Self {
            value: self.value,
            psi: sums.into_iter().map(|s| s * scale).collect(),
        }
    }

    /// The estimate with its interval at a confidence level.
    #[must_use]
    pub fn estimate(&self, confidence: f64) -> Estimate {
        interval(self.value, &self.psi, confidence)
    }

    /// So many times it.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            value: factor * self.value,
            psi: self.psi.iter().map(|x| factor * x).collect(),
        }
    }

    /// This minus another over the same replications.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self {
            value: self.value - other.value,
            psi: self
                .psi
                .iter()
                .zip(&other.psi)
                .map(|(a, b)| a - b)
                .collect(),
        }
    }

    /// Standard error.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        let n = self.psi.len() as f64;
        libm::sqrt(variance(&self.psi) / n)
    }
}

fn variance(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    if n < 2.0 {
        return f64::INFINITY;
    }
    let mean = x.iter().sum::<f64>() / n;
    x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)
}

fn interval(value: f64, psi: &[f64], confidence: f64) -> Estimate {
    let n = psi.len() as f64;
    if n < 2.0 {
        return Estimate {
            value,
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
        };
    }
    let half = student::quantile(0.5 + confidence / 2.0, n - 1.0) * libm::sqrt(variance(psi) / n);
    Estimate {
        value,
        low: value - half,
        high: value + half,
    }
}

/// The upper limit of a rate of which nothing was seen in `exposure`: three over it (RULES 36).
#[must_use]
pub fn none_seen(exposure: f64) -> Estimate {
    Estimate {
        value: 0.0,
        low: 0.0,
        high: 3.0 / exposure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Distribution, Name};
    use crate::stats::histogram::Tally;

    /// Over many studies of `replications` groups with a shared random level, how often the 95%
    /// interval of a statistic covers the truth.
    fn coverage(
        replications: u64,
        of: impl Fn(&[Sparse], &[(f64, f64)]) -> Estimate,
        truth: f64,
    ) -> f64 {
        let d = Distribution::lognormal_mean_cv(10.0, 1.0).unwrap();
        let studies = 1000;
        let mut covered = 0;
        let mut tally = Tally::default();
        for s in 0..studies {
            let (mut parts, mut sums) = (Vec::new(), Vec::new());
            for r in 0..replications {
                let name = Name::of_seed(11).nth(s).nth(r);
                let mut n = 0.0;
                let mut sum = 0.0;
                for i in 0..25 {
                    let x = d.sample(&mut name.nth(i).draw());
                    tally.add(x);
                    n += 1.0;
                    sum += x;
                }
                parts.push(tally.take());
                sums.push((sum, n));
            }
            let e = of(&parts, &sums);
            covered += u32::from(e.low <= truth && truth <= e.high);
        }
        f64::from(covered) / studies as f64
    }

    #[test]
    fn intervals_of_means_and_percentiles_cover() {
        let d = Distribution::lognormal_mean_cv(10.0, 1.0).unwrap();
        let mean = coverage(
            100,
            |_, s| Influence::ratio(s.iter().copied()).unwrap().estimate(0.95),
            d.mean(),
        );
        let p85 = coverage(
            100,
            |p, _| Influence::quantile(p.iter(), 0.85).unwrap().estimate(0.95),
            d.quantile(0.85),
        );
        assert!((0.93..=0.97).contains(&mean), "mean: {mean}");
        assert!((0.93..=0.97).contains(&p85), "p85: {p85}");
    }
}
