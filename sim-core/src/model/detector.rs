//! A gate as a detector in the sense of signal detection theory (Green and Swets, 1966; RULES 19).

use crate::random::normal;

/// Hit and false-alarm probabilities of a gate, and the probability of *finding* a defect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detector {
    /// H: stops a change with one covered defect.
    pub hit: f64,
    /// F: stops a sound change.
    pub false_alarm: f64,
    /// p: finds a covered defect; 1 − (1 − H)/(1 − F). Stopping is not finding.
    pub finding: f64,
    /// d′.
    pub discrimination: f64,
    /// 0 to 1.
    pub strictness: f64,
}

impl Detector {
    /// From discrimination d′ ≥ 0 and strictness in 0..=1: the criterion c runs from +2 to −2,
    /// H = Φ(d′/2 − c), F = Φ(−d′/2 − c).
    #[must_use]
    pub fn new(discrimination: f64, strictness: f64) -> Self {
        let c = 2.0 - 4.0 * strictness;
        let hit = normal::cdf(discrimination / 2.0 - c);
        let false_alarm = normal::cdf(-discrimination / 2.0 - c);
        // The ratio of misses, from the upper tails: 1 − (1 − H)/(1 − F) loses all digits near 1.
        let finding =
            1.0 - normal::cdf(c - discrimination / 2.0) / normal::cdf(c + discrimination / 2.0);
        Self {
            hit,
            false_alarm,
            finding: finding.max(0.0),
            discrimination,
            strictness,
        }
    }

    /// Probability of stopping a change with `k` covered defects.
    #[must_use]
    pub fn stops(&self, k: u32) -> f64 {
        1.0 - (1.0 - self.false_alarm) * libm::pow(1.0 - self.finding, f64::from(k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn a_gate_that_cannot_tell_finds_nothing_however_strict() {
        for s in 0..=10 {
            assert_eq!(Detector::new(0.0, f64::from(s) / 10.0).finding, 0.0);
        }
    }

    proptest! {
        #[test]
        fn one_defect_stops_with_the_hit_rate(d in 0.0f64..4.0, s in 0.0f64..=1.0) {
            let g = Detector::new(d, s);
            assert_relative_eq!(g.stops(1), g.hit, epsilon = 1e-12);
            assert_relative_eq!(g.stops(0), g.false_alarm, epsilon = 1e-12);
        }

        #[test]
        fn stricter_stops_more_of_both_and_better_tells_them_apart(
            d in 0.0f64..4.0, s in 0.0f64..0.99, more in 0.001f64..0.5,
        ) {
            let (loose, strict) = (Detector::new(d, s), Detector::new(d, (s + more).min(1.0)));
            prop_assert!(strict.hit > loose.hit && strict.false_alarm > loose.false_alarm);
            let better = Detector::new(d + more, s);
            prop_assert!(better.hit > loose.hit && better.false_alarm < loose.false_alarm);
        }
    }
}
