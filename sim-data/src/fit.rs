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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Days between two moves on a real board, as whole numbers tie.
    pub(super) const DAYS: [f64; 20] = [
        1., 1., 1., 2., 2., 2., 3., 3., 4., 4., 4., 5., 6., 6., 8., 9., 11., 14., 22., 41.,
    ];

    fn sample() -> Sample {
        Sample::new(&DAYS).expect("twenty positive values")
    }

    #[test]
    fn the_three_laws_agree_with_scipy() {
        // scipy 1.17 with floc=0: parameters, criterion, A².
        let check = |name: &str, first: f64, second: f64, aic: f64, a2: f64| {
            let fits = sample().fit();
            let fit = fits
                .iter()
                .find(|f| f.law.name() == name)
                .expect("each law is fitted");
            let parameters = match fit.law {
                Law::Lognormal(law) => (law.mu, law.sigma),
                Law::Weibull(law) => (law.shape, law.scale),
                Law::Gamma(law) => (law.shape, law.scale),
            };
            let close = |got: f64, expected: f64, what: &str| {
                assert!(
                    (got - expected).abs() < 1e-5 * expected.abs().max(1.0),
                    "{name} {what}: {got}, not {expected}"
                );
            };
            close(parameters.0, first, "first parameter");
            close(parameters.1, second, "second parameter");
            close(fit.aic, aic, "criterion");
            close(fit.anderson_darling, a2, "A²");
        };
        check(
            "lognormal",
            1.48733696,
            0.989947519,
            119.846886,
            0.222185518,
        );
        check("weibull", 0.978837325, 7.36812391, 124.310546, 0.533710094);
        check("gamma", 1.09655521, 6.79400354, 124.223399, 0.589416229);
    }

    #[test]
    fn what_cannot_be_fitted_says_why() {
        assert_eq!(
            Sample::new(&[1.0; 3]).unwrap_err(),
            FitError::TooFew { n: 3 }
        );
        assert_eq!(Sample::new(&[2.0; 30]).unwrap_err(), FitError::AllEqual);
        let mut values = [2.0; 30];
        (values[3], values[4], values[5]) = (0.0, f64::NAN, f64::INFINITY);
        assert_eq!(
            Sample::new(&values).unwrap_err(),
            FitError::NotPositive { count: 3 }
        );
    }

    #[test]
    fn the_sample_itself_is_kept_whole_or_thinned_evenly() {
        assert_eq!(Quantiles::of(&DAYS).values(), DAYS);
        let many: Vec<f64> = (0..1000).rev().map(f64::from).collect();
        let kept = Quantiles::of(&many);
        assert_eq!(kept.values().len(), Quantiles::MOST);
        assert_eq!((kept.values()[0], kept.values()[99]), (5.0, 995.0));
    }

    /// A law and the half-width of four standard errors of its parameters at this many values.
    const MANY: usize = 20_000;

    #[test]
    fn a_fit_finds_the_law_that_made_the_sample() {
        for law in [
            Law::Lognormal(Lognormal {
                mu: 1.3,
                sigma: 1.02,
            }),
            Law::Weibull(Weibull {
                shape: 0.8,
                scale: 6.5,
            }),
            Law::Gamma(Gamma {
                shape: 3.0,
                scale: 2.0,
            }),
        ] {
            let values: Vec<f64> = (0..MANY)
                .map(|i| law.quantile((i as f64 + 0.5) / MANY as f64))
                .collect();
            let best = &Sample::new(&values).expect("positive values").fit()[0];
            assert_eq!(best.law.name(), law.name());
            for share in [0.05, 0.5, 0.85, 0.99] {
                let (found, true_value) = (best.law.quantile(share), law.quantile(share));
                assert!(
                    (found / true_value - 1.0).abs() < 0.01,
                    "{law:?} at {share}: {found}, not {true_value}"
                );
            }
            assert!(best.anderson_darling < 0.05, "{law:?}: {best:?}");
        }
    }

    #[test]
    fn rounding_to_days_hides_neither_the_law_nor_its_parameters() {
        let rounded = |law: Law| -> Vec<i32> {
            let n = 4000;
            let time = |i: i32| law.quantile((f64::from(i) + 0.5) / f64::from(n));
            // The hour of the start runs through the day out of step with the times.
            (0..n)
                .map(|i| (time(i) + (f64::from(i) * 0.618_034) % 1.0).floor() as i32)
                .collect()
        };
        for (median, sigma) in [(9.0, 1.2), (3.3, 1.3), (2.0, 0.9), (1.2, 0.8)] {
            let law = Law::Lognormal(Lognormal {
                mu: libm::log(median),
                sigma,
            });
            let sample =
                Sample::of_whole_days(&rounded(law)).expect("many different numbers of days");
            let fits = sample.fit();
            let Law::Lognormal(found) = fits[0].law else {
                panic!("{:?}, not lognormal", fits[0])
            };
            let (m, s) = (libm::exp(found.mu) / median, found.sigma / sigma);
            assert!(
                (0.95..1.05).contains(&m) && (0.9..1.1).contains(&s),
                "{found:?}, made with {law:?}"
            );
        }
        let coarse = Sample::of_whole_days(&[0, 0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(coarse.unwrap_err(), FitError::TooCoarse { distinct: 2 });
    }

    proptest! {
        #[test]
        fn no_sample_of_days_defeats_a_fit(days in prop::collection::vec(0..4000i32, FEWEST..60)) {
            if let Ok(sample) = Sample::of_whole_days(&days) {
                for fit in sample.fit() {
                    prop_assert!(fit.aic.is_finite() && fit.anderson_darling.is_finite(), "{:?}", fit);
                }
            }
        }

        #[test]
        fn a_quantile_has_its_share_below_it(mu in -3.0..6.0f64, spread in 0.05..4.0f64, share in 1e-6..0.999_999f64) {
            for law in [
                Law::Lognormal(Lognormal { mu, sigma: spread }),
                Law::Weibull(Weibull { shape: spread, scale: libm::exp(mu) }),
                Law::Gamma(Gamma { shape: spread, scale: libm::exp(mu) }),
            ] {
                let x = law.quantile(share);
                let (below, above) = law.shares(x);
                prop_assert!((below - share).abs() < 1e-8 || x == 0.0, "{law:?}: {below} below {x}, not {share}");
                prop_assert!((below + above - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn the_density_is_the_derivative_of_the_share(mu in -1.0..3.0f64, spread in 0.3..3.0f64, share in 0.02..0.98f64) {
            for law in [
                Law::Lognormal(Lognormal { mu, sigma: spread }),
                Law::Weibull(Weibull { shape: spread, scale: libm::exp(mu) }),
                Law::Gamma(Gamma { shape: spread, scale: libm::exp(mu) }),
            ] {
                let x = law.quantile(share);
                let step = x * 1e-5;
                let slope = (law.shares(x + step).0 - law.shares(x - step).0) / (2.0 * step);
                let density = libm::exp(law.ln_density(x));
                prop_assert!((slope / density - 1.0).abs() < 1e-4, "{law:?} at {x}: {slope}, not {density}");
            }
        }

        #[test]
        fn no_positive_sample_defeats_a_fit(values in prop::collection::vec(1e-6..1e6f64, FEWEST..60)) {
            if let Ok(sample) = Sample::new(&values) {
                let fits = sample.fit();
                prop_assert_eq!(fits.len(), 3);
                for fit in &fits {
                    prop_assert!(fit.aic.is_finite() && fit.anderson_darling.is_finite(), "{:?}", fit);
                }
                // The likeliest parameters are likelier than their neighbours.
                let nudged = |law: Law, by: f64| match law {
                    Law::Lognormal(l) => Law::Lognormal(Lognormal { sigma: l.sigma * by, ..l }),
                    Law::Weibull(l) => Law::Weibull(Weibull { shape: l.shape * by, ..l }),
                    Law::Gamma(l) => Law::Gamma(Gamma { shape: l.shape * by, ..l }),
                };
                for fit in &fits {
                    for by in [0.98, 1.02] {
                        let other: f64 = values.iter().map(|&x| nudged(fit.law, by).ln_density(x)).sum();
                        prop_assert!(other <= fit.log_likelihood + 1e-6 * fit.log_likelihood.abs().max(1.0), "{:?} {}", fit, by);
                    }
                }
            }
        }
    }
}
