//! Distributions for durations, by maximum likelihood: which law, which parameters, how well.
//!
//! Durations are exact ([`Sample::new`]) or known to the day ([`Sample::of_whole_days`]). Laws are compared by Akaike's criterion (all have two parameters, so by likelihood) and judged by the
//! Anderson–Darling statistic, which looks at the tails, where plans fail; where it rejects, the sample itself
//! is the alternative ([`Quantiles`]). Every function goes through `libm`, so a fit has the same bits everywhere.

mod gamma;
mod lognormal;
mod special;
mod weibull;
mod whole;

pub use gamma::Gamma;
pub use lognormal::Lognormal;
pub(crate) use special::gamma_q;
pub use weibull::Weibull;

use serde::Serialize;

/// Fewest values to which anything is fitted.
pub const FEWEST: usize = 8;

/// A law with its parameters, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "law")]
pub enum Law {
    /// The logarithm is normal.
    Lognormal(Lognormal),
    /// The failure rate is a power of time.
    Weibull(Weibull),
    /// A sum of exponential steps, their number not whole.
    Gamma(Gamma),
}

impl Law {
    /// Its name in a study file.
    pub fn name(&self) -> &'static str {
        match self {
            Law::Lognormal(_) => "lognormal",
            Law::Weibull(_) => "weibull",
            Law::Gamma(_) => "gamma",
        }
    }

    /// Logarithm of the density at a positive value.
    pub fn ln_density(&self, x: f64) -> f64 {
        match self {
            Law::Lognormal(law) => law.ln_density(x),
            Law::Weibull(law) => law.ln_density(x),
            Law::Gamma(law) => law.ln_density(x),
        }
    }

    /// Share at or below a positive value, and share above it, each to full relative accuracy.
    pub fn shares(&self, x: f64) -> (f64, f64) {
        match self {
            Law::Lognormal(law) => law.shares(x),
            Law::Weibull(law) => law.shares(x),
            Law::Gamma(law) => law.shares(x),
        }
    }

    /// The value below which a share of (0, 1) lies.
    pub fn quantile(&self, share: f64) -> f64 {
        match self {
            Law::Lognormal(law) => law.quantile(share),
            Law::Weibull(law) => law.quantile(share),
            Law::Gamma(law) => law.quantile(share),
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Lognormal(law) => law.mean(),
            Law::Weibull(law) => law.mean(),
            Law::Gamma(law) => law.mean(),
        }
    }

    /// Largest Anderson–Darling statistic at which the law is not rejected at 5%, its parameters being fitted
    /// to the same n values (D'Agostino and Stephens, Goodness-of-Fit Techniques, 1986, tables 4.7 and 4.17);
    /// none for the gamma law, whose limit depends on its shape.
    fn limit(&self, n: usize) -> Option<f64> {
        let n = n as f64;
        match self {
            Law::Lognormal(_) => Some(0.752 / (1.0 + 0.75 / n + 2.25 / (n * n))),
            Law::Weibull(_) => Some(0.757 / (1.0 + 0.2 / libm::sqrt(n))),
            Law::Gamma(_) => None,
        }
    }
}

/// A law fitted to a sample, and how well it fits.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fitted {
    /// The law at its likeliest parameters.
    #[serde(flatten)]
    pub law: Law,
    /// Values fitted.
    pub n: usize,
    /// Logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion, 2·2 − 2·ln L: the smaller, the better.
    pub aic: f64,
    /// Anderson–Darling statistic A².
    pub anderson_darling: f64,
    /// Whether A² rejects the law at 5%; unknown for the gamma law.
    pub rejected: Option<bool>,
}

/// Why nothing was fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum FitError {
    /// Too few values to tell laws apart.
    #[error("{n} values are too few to fit: at least {FEWEST} are needed")]
    TooFew {
        /// How many there are.
        n: usize,
    },
    /// Durations are positive.
    #[error("{count} values are not positive numbers")]
    NotPositive {
        /// How many are not.
        count: usize,
    },
    /// There is no spread to fit.
    #[error("all values are equal: a constant says it all")]
    AllEqual,
    /// Whole days of so few kinds fit any law.
    #[error("only {distinct} different numbers of days: the sample itself says more than a law")]
    TooCoarse {
        /// How many differ.
        distinct: usize,
    },
}

/// Positive values, ascending, with the sums that every likelihood needs.
#[derive(Debug, Clone)]
pub struct Sample {
    values: Vec<f64>,
    /// The differences of dates behind the values, where they are such.
    whole: Option<Vec<i32>>,
    mean: f64,
    mean_ln: f64,
}

impl Sample {
    /// A sample that can be fitted.
    ///
    /// # Errors
    /// If there are fewer than [`FEWEST`] values, one is not positive and finite, or all are equal.
    pub fn new(values: &[f64]) -> Result<Sample, FitError> {
        let count = values
            .iter()
            .filter(|v| !(v.is_finite() && **v > 0.0))
            .count();
        if count > 0 {
            return Err(FitError::NotPositive { count });
        }
        if values.len() < FEWEST {
            return Err(FitError::TooFew { n: values.len() });
        }
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        // Summed in ascending order, so that the order of the file does not matter.
        let mean = values.iter().map(|v| v / n).sum();
        let mean_ln = values.iter().map(|&v| libm::log(v)).sum::<f64>() / n;
        // So little spread that no likelihood can see it.
        if values[0] > values[values.len() - 1] * (1.0 - 1e-9) {
            return Err(FitError::AllEqual);
        }
        Ok(Sample {
            values,
            whole: None,
            mean,
            mean_ln,
        })
    }

    /// A sample of differences of dates, 0 and more, each known only to the day. The likelihood is then that of
    /// their intervals, and the statistic spreads equal differences over theirs.
    ///
    /// # Errors
    /// As for [`Sample::new`], or if fewer than three of them differ.
    pub fn of_whole_days(differences: &[i32]) -> Result<Sample, FitError> {
        let count = differences.iter().filter(|d| **d < 0).count();
        if count > 0 {
            return Err(FitError::NotPositive { count });
        }
        let values: Vec<f64> = differences.iter().map(|&d| within_days(d)).collect();
        let mut whole = differences.to_vec();
        whole.sort_unstable();
        let sample = Sample::new(&values)?;
        let distinct = whole::Groups::of(&whole).distinct();
        if distinct < 3 {
            return Err(FitError::TooCoarse { distinct });
        }
        Ok(Sample {
            whole: Some(whole),
            ..sample
        })
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Every law fitted, the best by Akaike's criterion first.
    pub fn fit(&self) -> Vec<Fitted> {
        let laws = [
            Law::Lognormal(Lognormal::likeliest(self)),
            Law::Weibull(Weibull::likeliest(self)),
            Law::Gamma(Gamma::likeliest(self)),
        ];
        let mut fits: Vec<Fitted> = laws.into_iter().map(|law| self.judged(law)).collect();
        fits.sort_by(|a, b| a.aic.total_cmp(&b.aic));
        fits
    }

    fn judged(&self, law: Law) -> Fitted {
        let (law, log_likelihood, shares) = match &self.whole {
            Some(whole) => {
                let groups = whole::Groups::of(whole);
                let law = groups.likeliest(law);
                (law, groups.ln_likelihood(law), groups.shares(law))
            }
            None => {
                let log_likelihood = self.values.iter().map(|&x| law.ln_density(x)).sum();
                (
                    law,
                    log_likelihood,
                    self.values.iter().map(|&x| law.shares(x)).collect(),
                )
            }
        };
        let anderson_darling = anderson_darling(&shares);
        Fitted {
            law,
            n: self.values.len(),
            log_likelihood,
            aic: 4.0 - 2.0 * log_likelihood,
            anderson_darling,
            rejected: law
                .limit(self.values.len())
                .map(|limit| anderson_darling > limit),
        }
    }

    /// Points of a Q–Q plot: what the law expects at (i − ½)/n, against what is there.
    pub fn against(&self, law: Law) -> Vec<(f64, f64)> {
        let n = self.values.len() as f64;
        let expected = |i: usize| law.quantile((i as f64 + 0.5) / n);
        self.values
            .iter()
            .enumerate()
            .map(|(i, &x)| (expected(i), x))
            .collect()
    }
}

/// The mean time behind a difference of dates: what starts and ends within one day takes a third of it, if the
/// start can be at any hour.
pub(crate) fn within_days(difference: i32) -> f64 {
    if difference == 0 {
        1.0 / 3.0
    } else {
        f64::from(difference)
    }
}

/// A² = −n − Σ (2i − 1)/n · (ln F(xᵢ) + ln(1 − F(xₙ₊₁₋ᵢ))) (Anderson and Darling 1954), from the shares below and
/// above each value in ascending order.
fn anderson_darling(shares: &[(f64, f64)]) -> f64 {
    let n = shares.len();
    let ln = |share: f64| libm::log(share.max(f64::MIN_POSITIVE));
    let sum: f64 = (0..n)
        .map(|i| (2 * i + 1) as f64 * (ln(shares[i].0) + ln(shares[n - 1 - i].1)))
        .sum();
    -(n as f64) - sum / n as f64
}

/// The sample itself as a distribution: at most a hundred of its quantiles, each equally likely.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantiles(Vec<f64>);

impl Quantiles {
    /// Most values that are kept: a study file stays readable, and more would be noise.
    pub const MOST: usize = 100;

    /// The quantiles of finite values at (i + ½)/m, m being their number or [`Quantiles::MOST`].
    pub fn of(values: &[f64]) -> Quantiles {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let m = sorted.len().min(Self::MOST);
        if sorted.len() == m {
            return Quantiles(sorted);
        }
        Quantiles(
            (0..m)
                .map(|i| sorted[(2 * i + 1) * sorted.len() / (2 * m)])
                .collect(),
        )
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.0
    }
}

#[cfg(test)]
mod tests;
