//! The Weibull law.

use serde::Serialize;

use super::Sample;

/// Share above x: exp(−(x/scale)^shape).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Weibull {
    /// Below 1 the longer it lasts the longer it will; at 1 exponential.
    pub shape: f64,
    /// About 63% lie below.
    pub scale: f64,
}

impl Weibull {
    /// The likeliest parameters: the root of Σxᵏ ln x / Σxᵏ − mean(ln x) − 1/k, which rises with k, by Newton's
    /// steps kept inside a bracket; then scale = (mean xᵏ)^(1/k).
    pub(super) fn likeliest(sample: &Sample) -> Weibull {
        // Logarithms below the largest keep every power at most 1.
        let largest = libm::log(sample.values()[sample.values().len() - 1]);
        let logs: Vec<f64> = sample
            .values()
            .iter()
            .map(|&x| libm::log(x) - largest)
            .collect();
        let n = logs.len() as f64;
        let mean_ln = sample.mean_ln - largest;
        let sums = |k: f64| {
            logs.iter().fold((0.0, 0.0, 0.0), |(s0, s1, s2), &l| {
                let power = libm::exp(k * l);
                (s0 + power, s1 + power * l, s2 + power * l * l)
            })
        };
        let (mut low, mut high) = (1e-6, 1e12);
        // The standard deviation of ln x is π/√6 over the shape.
        let spread = libm::sqrt(
            logs.iter()
                .map(|l| (l - mean_ln) * (l - mean_ln))
                .sum::<f64>()
                / n,
        );
        let mut k = (1.2825 / spread).clamp(low, high);
        for _ in 0..200 {
            let (s0, s1, s2) = sums(k);
            let value = s1 / s0 - mean_ln - 1.0 / k;
            if value > 0.0 {
                high = k
            } else {
                low = k
            }
            let slope = s2 / s0 - (s1 / s0) * (s1 / s0) + 1.0 / (k * k);
            let newton = k - value / slope;
            let next = if newton > low && newton < high {
                newton
            } else {
                libm::sqrt(low * high)
            };
            let settled = (next - k).abs() <= 1e-13 * k;
            k = next;
            if settled {
                break;
            }
        }
        Weibull {
            shape: k,
            scale: libm::exp(largest + libm::log(sums(k).0 / n) / k),
        }
    }

    pub(super) fn ln_density(&self, x: f64) -> f64 {
        let z = libm::log(x) - libm::log(self.scale);
        libm::log(self.shape) - libm::log(self.scale) + (self.shape - 1.0) * z
            - libm::exp(self.shape * z)
    }

    pub(super) fn shares(&self, x: f64) -> (f64, f64) {
        let hazard = libm::pow(x / self.scale, self.shape);
        (-libm::expm1(-hazard), libm::exp(-hazard))
    }

    pub(super) fn quantile(&self, share: f64) -> f64 {
        self.scale * libm::pow(-libm::log1p(-share), 1.0 / self.shape)
    }

    pub(super) fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }
}
