//! The lognormal law: most durations of knowledge work.

use millrace_core::random::normal;
use serde::Serialize;

use super::Sample;

/// exp(μ + σZ), Z being standard normal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Lognormal {
    /// Mean of the logarithm; e^μ is the median.
    pub mu: f64,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
}

impl Lognormal {
    /// The likeliest parameters: mean and (divided by n) standard deviation of the logarithms.
    pub(super) fn likeliest(sample: &Sample) -> Lognormal {
        let mu = sample.mean_ln;
        let squares = sample
            .values()
            .iter()
            .map(|&x| libm::pow(libm::log(x) - mu, 2.0))
            .sum::<f64>();
        Lognormal {
            mu,
            sigma: libm::sqrt(squares / sample.values().len() as f64),
        }
    }

    pub(super) fn ln_density(&self, x: f64) -> f64 {
        const HALF_LN_2PI: f64 = 0.918_938_533_204_672_8;
        let z = self.z(x);
        -0.5 * z * z - HALF_LN_2PI - libm::log(self.sigma) - libm::log(x)
    }

    pub(super) fn shares(&self, x: f64) -> (f64, f64) {
        let z = self.z(x);
        (normal::cdf(z), normal::cdf(-z))
    }

    pub(super) fn quantile(&self, share: f64) -> f64 {
        libm::exp(self.mu + self.sigma * normal::quantile(share))
    }

    pub(super) fn mean(&self) -> f64 {
        libm::exp(self.mu + self.sigma * self.sigma / 2.0)
    }

    fn z(&self, x: f64) -> f64 {
        (libm::log(x) - self.mu) / self.sigma
    }
}
