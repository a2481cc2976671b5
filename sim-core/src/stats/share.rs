//! A share of years with its interval.

use super::Estimate;
use crate::random::normal;

/// The interval of a share seen in `n` independent years (E. B. Wilson, Probable inference, the law of
/// succession, and statistical inference, JASA 22, 1927): within 0 and 1, and of some width where none or
/// all were seen.
#[must_use]
pub fn share(seen: f64, n: f64, confidence: f64) -> Estimate {
    let z = normal::quantile(0.5 + confidence / 2.0);
    let (zz, p) = (z * z, seen);
    let middle = (p + zz / (2.0 * n)) / (1.0 + zz / n);
    let half = z / (1.0 + zz / n) * libm::sqrt(p * (1.0 - p) / n + zz / (4.0 * n * n));
    Estimate {
        value: p,
        low: (middle - half).clamp(0.0, p),
        high: (middle + half).clamp(p, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_covers_and_stays_within_its_ends() {
        // Exact coverage: the binomial weights of all counts whose interval holds the truth.
        for (p, n) in [(0.5, 32_u32), (0.8, 32), (0.9, 64), (0.95, 128)] {
            let mut covered = 0.0;
            let mut weight = libm::pow(1.0 - p, f64::from(n));
            for k in 0..=n {
                let e = share(f64::from(k) / f64::from(n), f64::from(n), 0.95);
                assert!(0.0 <= e.low && e.low <= e.value && e.value <= e.high && e.high <= 1.0);
                if e.low <= p && p <= e.high {
                    covered += weight;
                }
                weight *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
            }
            assert!((0.92..=0.98).contains(&covered), "{p} of {n}: {covered:.3}");
        }
        assert!(share(0.0, 32.0, 0.95).high > 0.05 && share(1.0, 32.0, 0.95).low < 0.95);
    }
}
