//! The gamma law.

use serde::Serialize;

use super::Sample;
use super::special::{digamma, gamma_shares, trigamma};

/// Density proportional to x^(shape − 1) · exp(−x/scale).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gamma {
    /// At 1 exponential; the larger, the more alike the values.
    pub shape: f64,
    /// Mean over shape.
    pub scale: f64,
}

impl Gamma {
    /// The likeliest parameters: ln a − ψ(a) = ln(mean) − mean(ln x) by Newton's steps in 1/a from Minka's
    /// start (T. Minka, Estimating a gamma distribution, 2002); scale = mean / a.
    pub(super) fn likeliest(sample: &Sample) -> Gamma {
        let s = (libm::log(sample.mean) - sample.mean_ln).max(1e-18);
        let mut a = (3.0 - s + libm::sqrt((s - 3.0) * (s - 3.0) + 24.0 * s)) / (12.0 * s);
        for _ in 0..50 {
            let value = libm::log(a) - digamma(a) - s;
            let slope = a * a * (1.0 / a - trigamma(a));
            let next = 1.0 / (1.0 / a + value / slope);
            // Shapes so large that ln a − ψ(a) has lost its digits are left where the start put them.
            if !(next.is_finite() && next > 0.0) {
                break;
            }
            let settled = (next - a).abs() <= 1e-13 * a;
            a = next;
            if settled {
                break;
            }
        }
        Gamma {
            shape: a,
            scale: sample.mean / a,
        }
    }

    pub(super) fn ln_density(&self, x: f64) -> f64 {
        let z = x / self.scale;
        (self.shape - 1.0) * libm::log(z) - z - libm::lgamma(self.shape) - libm::log(self.scale)
    }

    pub(super) fn shares(&self, x: f64) -> (f64, f64) {
        gamma_shares(self.shape, x / self.scale)
    }

    /// By halving an interval of the logarithm: the law has no closed quantile.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = (-700.0f64, libm::log(self.shape + 1.0) + 10.0);
        for _ in 0..90 {
            let middle = (low + high) / 2.0;
            if gamma_shares(self.shape, libm::exp(middle)).0 < share {
                low = middle
            } else {
                high = middle
            }
        }
        self.scale * libm::exp((low + high) / 2.0)
    }

    pub(super) fn mean(&self) -> f64 {
        self.shape * self.scale
    }
}
