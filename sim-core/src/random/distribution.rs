//! The distributions a study can name. All are sampled by inversion or as a pure scale of one unit
//! variate, so that a what-if that changes a parameter moves every draw the same way (RULES 5).

use super::{Draw, elementary, normal, special};

/// A non-negative random quantity, in the unit of its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(f64),
    /// With the given mean.
    Exponential(f64),
    /// Between two ends.
    Uniform(f64, f64),
    /// Low, mode, high.
    Triangular(f64, f64, f64),
    /// exp(μ + σZ).
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Scale and shape.
    Gamma {
        /// Scale θ.
        scale: f64,
        /// Shape k.
        shape: f64,
    },
    /// Low, mode, high: a beta distribution with mean (low + 4·mode + high)/6 (Malcolm et al., 1959).
    Pert(f64, f64, f64),
    /// Scale and shape.
    Weibull {
        /// Scale λ.
        scale: f64,
        /// Shape k.
        shape: f64,
    },
    /// Normal, truncated at zero: mean and standard deviation before truncation.
    Normal(f64, f64),
    /// A sample, ascending: each value equally likely.
    Empirical(Vec<f64>),
}

/// Why parameters make no distribution.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DistributionError {
    /// A parameter is negative, infinite or not a number.
    #[error("`{0}` must be a finite number of at least 0")]
    Negative(&'static str),
    /// A parameter that must exceed zero does not.
    #[error("`{0}` must be greater than 0")]
    NotPositive(&'static str),
    /// Parameters are out of order.
    #[error("`{0}` must not exceed `{1}`")]
    Order(&'static str, &'static str),
    /// A sample without values.
    #[error("a sample needs at least one value")]
    Empty,
}

fn at_least_zero(name: &'static str, x: f64) -> Result<f64, DistributionError> {
    if x.is_finite() && x >= 0.0 {
        Ok(x)
    } else {
        Err(DistributionError::Negative(name))
    }
}

fn positive(name: &'static str, x: f64) -> Result<f64, DistributionError> {
    if at_least_zero(name, x)? > 0.0 {
        Ok(x)
    } else {
        Err(DistributionError::NotPositive(name))
    }
}

impl Distribution {
    /// Lognormal from its mean and coefficient of variation: σ² = ln(1 + cv²), μ = ln(mean) − σ²/2.
    ///
    /// # Errors
    /// If the mean is not positive or the cv negative.
    pub fn lognormal_mean_cv(mean: f64, cv: f64) -> Result<Self, DistributionError> {
        let (mean, cv) = (positive("mean", mean)?, at_least_zero("cv", cv)?);
        let s2 = libm::log1p(cv * cv);
        Ok(Self::Lognormal {
            mu: libm::log(mean) - s2 / 2.0,
            sigma: libm::sqrt(s2),
        })
    }

    /// Lognormal from its median and 85th percentile: σ = ln(p85/median)/Φ⁻¹(0.85).
    ///
    /// # Errors
    /// If the median is not positive or exceeds the 85th percentile.
    pub fn lognormal_median_p85(median: f64, p85: f64) -> Result<Self, DistributionError> {
        let median = positive("median", median)?;
        if at_least_zero("p85", p85)? < median {
            return Err(DistributionError::Order("median", "p85"));
        }
        Ok(Self::Lognormal {
            mu: libm::log(median),
            sigma: libm::log(p85 / median) / normal::quantile(0.85),
        })
    }

    /// Exponential with the given mean.
    ///
    /// # Errors
    /// If the mean is negative.
    pub fn exponential(mean: f64) -> Result<Self, DistributionError> {
        Ok(Self::Exponential(at_least_zero("mean", mean)?))
    }

    /// Uniform between `low` and `high`.
    ///
    /// # Errors
    /// If an end is negative or they are out of order.
    pub fn uniform(low: f64, high: f64) -> Result<Self, DistributionError> {
        let (low, high) = (at_least_zero("low", low)?, at_least_zero("high", high)?);
        if low <= high {
            Ok(Self::Uniform(low, high))
        } else {
            Err(DistributionError::Order("low", "high"))
        }
    }

    /// Triangular.
    ///
    /// # Errors
    /// If a parameter is negative or they are out of order.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, DistributionError> {
        at_least_zero("low", low)?;
        if mode.is_nan() || mode < low {
            return Err(DistributionError::Order("low", "mode"));
        }
        if at_least_zero("high", high)? < mode {
            return Err(DistributionError::Order("mode", "high"));
        }
        Ok(Self::Triangular(low, mode, high))
    }

    /// Gamma from its mean and coefficient of variation: shape = 1/cv², scale = mean·cv².
    ///
    /// # Errors
    /// If a parameter is not positive.
    pub fn gamma_mean_cv(mean: f64, cv: f64) -> Result<Self, DistributionError> {
        let (mean, cv) = (positive("mean", mean)?, positive("cv", cv)?);
        Ok(Self::Gamma {
            scale: mean * cv * cv,
            shape: 1.0 / (cv * cv),
        })
    }

    /// PERT.
    ///
    /// # Errors
    /// If a parameter is negative or they are out of order.
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, DistributionError> {
        match Self::triangular(low, mode, high)? {
            Self::Triangular(a, m, b) if b > a => Ok(Self::Pert(a, m, b)),
            _ => Ok(Self::Constant(mode)),
        }
    }

    /// Weibull from its mean and shape: scale = mean/Γ(1 + 1/k).
    ///
    /// # Errors
    /// If a parameter is not positive.
    pub fn weibull_mean_shape(mean: f64, shape: f64) -> Result<Self, DistributionError> {
        let (mean, shape) = (positive("mean", mean)?, positive("shape", shape)?);
        Ok(Self::Weibull {
            scale: mean / libm::tgamma(1.0 + 1.0 / shape),
            shape,
        })
    }

    /// Normal truncated at zero.
    ///
    /// # Errors
    /// If a parameter is negative.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, DistributionError> {
        Ok(Self::Normal(
            at_least_zero("mean", mean)?,
            at_least_zero("sd", sd)?,
        ))
    }

    /// A sample.
    ///
    /// # Errors
    /// If it is empty or a value is negative.
    pub fn empirical(mut values: Vec<f64>) -> Result<Self, DistributionError> {
        if values.is_empty() {
            return Err(DistributionError::Empty);
        }
        for &v in &values {
            at_least_zero("values", v)?;
        }
        values.sort_unstable_by(f64::total_cmp);
        Ok(Self::Empirical(values))
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(x) | Self::Exponential(x) => *x,
            Self::Uniform(a, b) => (a + b) / 2.0,
            Self::Triangular(a, m, b) => (a + m + b) / 3.0,
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Self::Gamma { scale, shape } => scale * shape,
            Self::Pert(a, m, b) => (a + 4.0 * m + b) / 6.0,
            Self::Weibull { scale, shape } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Normal(mean, sd) if *sd > 0.0 => {
                let a = -mean / sd;
                mean + sd * normal::density(a) / (1.0 - normal::cdf(a))
            }
            Self::Normal(mean, _) => *mean,
            Self::Empirical(v) => v.iter().sum::<f64>() / v.len() as f64,
        }
    }

    /// The same distribution with every value multiplied by `factor` ≥ 0.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        match self {
            _ if factor <= 0.0 => Self::Constant(0.0),
            Self::Constant(x) => Self::Constant(x * factor),
            Self::Exponential(x) => Self::Exponential(x * factor),
            Self::Uniform(a, b) => Self::Uniform(a * factor, b * factor),
            Self::Triangular(a, m, b) => Self::Triangular(a * factor, m * factor, b * factor),
            Self::Lognormal { mu, sigma } => Self::Lognormal {
                mu: mu + libm::log(factor),
                sigma,
            },
            Self::Gamma { scale, shape } => Self::Gamma {
                scale: scale * factor,
                shape,
            },
            Self::Pert(a, m, b) => Self::Pert(a * factor, m * factor, b * factor),
            Self::Weibull { scale, shape } => Self::Weibull {
                scale: scale * factor,
                shape,
            },
            Self::Normal(mean, sd) => Self::Normal(mean * factor, sd * factor),
            Self::Empirical(v) => Self::Empirical(v.into_iter().map(|x| x * factor).collect()),
        }
    }

    /// One value, from the uniform behind `draw`.
    #[must_use]
    #[inline]
    pub fn sample(&self, draw: &mut Draw) -> f64 {
        match self {
            Self::Constant(x) => *x,
            Self::Exponential(mean) => mean * draw.exponential(),
            other => other.quantile(draw.uniform()),
        }
    }

    /// The value below which a share `u` in (0, 1) of all values lie.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Constant(x) => *x,
            Self::Exponential(mean) => -mean * libm::log1p(-u),
            Self::Uniform(a, b) => a + u * (b - a),
            Self::Triangular(a, m, b) => {
                let width = b - a;
                if width <= 0.0 {
                    *a
                } else if u < (m - a) / width {
                    a + libm::sqrt(u * width * (m - a))
                } else {
                    b - libm::sqrt((1.0 - u) * width * (b - m))
                }
            }
            Self::Lognormal { mu, sigma } => elementary::exp(mu + sigma * normal::quantile(u)),
            Self::Gamma { scale, shape } => scale * special::gamma_quantile(*shape, u),
            Self::Pert(a, m, b) => {
                let width = b - a;
                let (p, q) = (1.0 + 4.0 * (m - a) / width, 1.0 + 4.0 * (b - m) / width);
                a + width * special::beta_quantile(p, q, u)
            }
            Self::Weibull { scale, shape } => {
                scale * elementary::exp(elementary::ln(-libm::log1p(-u)) / shape)
            }
            Self::Normal(mean, sd) if *sd > 0.0 => {
                let below = normal::cdf(-mean / sd);
                (mean + sd * normal::quantile(below + u * (1.0 - below))).max(0.0)
            }
            Self::Normal(mean, _) => *mean,
            Self::Empirical(v) => v[((u * v.len() as f64) as usize).min(v.len() - 1)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Name;
    use rand_distr::Distribution as _;

    fn families() -> Vec<Distribution> {
        vec![
            Distribution::Constant(3.0),
            Distribution::exponential(2.0).unwrap(),
            Distribution::uniform(1.0, 5.0).unwrap(),
            Distribution::triangular(1.0, 2.0, 6.0).unwrap(),
            Distribution::lognormal_mean_cv(4.0, 1.2).unwrap(),
            Distribution::lognormal_median_p85(3.0, 10.0).unwrap(),
            Distribution::weibull_mean_shape(5.0, 0.9).unwrap(),
            Distribution::gamma_mean_cv(3.0, 0.7).unwrap(),
            Distribution::pert(1.0, 2.0, 8.0).unwrap(),
            Distribution::normal(2.0, 1.5).unwrap(),
            Distribution::empirical(vec![5.0, 1.0, 3.0]).unwrap(),
        ]
    }

    #[test]
    fn a_sample_has_the_stated_mean() {
        for d in families() {
            let n = 200_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for i in 0..n {
                let x = d.sample(&mut Name::of_seed(9).nth(i).draw());
                sum += x;
                squares += x * x;
            }
            let mean = sum / n as f64;
            let se = ((squares / n as f64 - mean * mean).max(0.0) / n as f64).sqrt();
            let off = mean - d.mean();
            assert!(
                off.abs() <= 4.0 * se + 1e-9,
                "{d:?}: {mean} against {} ({se})",
                d.mean()
            );
        }
    }

    #[test]
    fn a_sample_follows_the_field_s_sampler() {
        // Two-sample Kolmogorov–Smirnov against rand_distr: at n = m = 100 000 the 99.99% point of
        // D is 2.23·√(2/n) = 0.00997 (Smirnov 1948).
        let n = 100_000;
        let lognormal = rand_distr::LogNormal::from_mean_cv(4.0, 1.2).unwrap();
        let weibull = rand_distr::Weibull::new(2.0, 0.9).unwrap();
        let exponential = rand_distr::Exp::new(0.5).unwrap();
        let mut theirs = Name::of_text("theirs").draw();
        let pairs: Vec<(Distribution, Vec<f64>)> = vec![
            (
                Distribution::lognormal_mean_cv(4.0, 1.2).unwrap(),
                (0..n).map(|_| lognormal.sample(&mut theirs)).collect(),
            ),
            (
                Distribution::Weibull {
                    scale: 2.0,
                    shape: 0.9,
                },
                (0..n).map(|_| weibull.sample(&mut theirs)).collect(),
            ),
            (
                Distribution::Exponential(2.0),
                (0..n).map(|_| exponential.sample(&mut theirs)).collect(),
            ),
        ];
        for (ours, mut b) in pairs {
            let mut a: Vec<f64> = (0..n)
                .map(|i| ours.sample(&mut Name::of_text("ours").nth(i).draw()))
                .collect();
            a.sort_by(f64::total_cmp);
            b.sort_by(f64::total_cmp);
            let (mut i, mut j, mut d) = (0usize, 0usize, 0.0f64);
            while i < a.len() && j < b.len() {
                if a[i] <= b[j] {
                    i += 1
                } else {
                    j += 1
                }
                d = d.max((i as f64 - j as f64).abs() / n as f64);
            }
            assert!(d < 0.00997, "{ours:?}: D = {d}");
        }
    }

    #[test]
    fn quantiles_rise() {
        for d in families() {
            let mut last = 0.0;
            for i in 1..1000 {
                let x = d.quantile(f64::from(i) / 1000.0);
                assert!(x >= last, "{d:?}");
                last = x;
            }
        }
    }
}
