//! Durations known only to the day, as boards record them.
//!
//! A difference of d between two dates stands for a time between d − ½ and d + ½ days, of 0 for one below half
//! a day. Taking such numbers for exact ones makes short stages look far more scattered than they are: half
//! of all sign-offs at "0 days" would each be an outlier on a logarithmic scale.

use super::Law;

/// Differences that are equal, and between what times they lie.
struct Group {
    low: f64,
    high: f64,
    count: f64,
}

/// All differences of a sample, ascending.
pub(super) struct Groups(Vec<Group>);

/// Beyond these, in logarithms, a shape says nothing more: the limits keep a likelihood that has no summit from
/// running away.
const SHAPES: std::ops::RangeInclusive<f64> = -3.0..=4.0;

impl Groups {
    pub(super) fn of(ascending: &[i32]) -> Groups {
        let groups = ascending.chunk_by(|a, b| a == b).map(|equal| {
            let days = f64::from(equal[0]);
            Group {
                low: (days - 0.5).max(0.0),
                high: days + 0.5,
                count: equal.len() as f64,
            }
        });
        Groups(groups.collect())
    }

    pub(super) fn distinct(&self) -> usize {
        self.0.len()
    }

    /// Σ ln(F(high) − F(low)), each difference taken on the side where it keeps its digits.
    pub(super) fn ln_likelihood(&self, law: Law) -> f64 {
        let one = |group: &Group| {
            let ((below_low, above_low), (below_high, above_high)) =
                (law.at_least_zero(group.low), law.shares(group.high));
            let share = if below_low < 0.5 {
                below_high - below_low
            } else {
                above_low - above_high
            };
            group.count * libm::log(share.max(f64::MIN_POSITIVE))
        };
        self.0.iter().map(one).sum()
    }

    /// The shares below and above each value, equal values spread evenly over their interval, so that a
    /// statistic of them sees what a law gets wrong and not that days are whole.
    pub(super) fn shares(&self, law: Law) -> Vec<(f64, f64)> {
        let mut shares = Vec::new();
        for group in &self.0 {
            let (low, high) = (law.at_least_zero(group.low), law.shares(group.high));
            for i in 0..group.count as usize {
                let part = (i as f64 + 0.5) / group.count;
                shares.push((
                    low.0 + part * (high.0 - low.0),
                    low.1 - part * (low.1 - high.1),
                ));
            }
        }
        shares
    }

    /// The likeliest law of a kind, climbed to from a start (Nelder and Mead 1965).
    pub(super) fn likeliest(&self, start: Law) -> Law {
        let cost = |at: [f64; 2]| match start.with_parameters(at) {
            Some(law) => -self.ln_likelihood(law),
            None => f64::INFINITY,
        };
        let [a, b] = start.parameters();
        let corner = |at: [f64; 2]| (cost(at), at);
        let mut simplex = [corner([a, b]), corner([a + 0.3, b]), corner([a, b - 0.3])];
        for _ in 0..400 {
            simplex.sort_by(|x, y| x.0.total_cmp(&y.0));
            let [best, middle, worst] = simplex;
            if worst.0 - best.0 < 1e-11 * best.0.abs().max(1.0) && distance(best.1, worst.1) < 1e-7
            {
                break;
            }
            let centre = [
                (best.1[0] + middle.1[0]) / 2.0,
                (best.1[1] + middle.1[1]) / 2.0,
            ];
            let along = |t: f64| corner([0, 1].map(|i| centre[i] + t * (worst.1[i] - centre[i])));
            let reflected = along(-1.0);
            let better = if reflected.0 < best.0 {
                let further = along(-2.0);
                Some(if further.0 < reflected.0 {
                    further
                } else {
                    reflected
                })
            } else if reflected.0 < middle.0 {
                Some(reflected)
            } else {
                let nearer = along(if reflected.0 < worst.0 { -0.5 } else { 0.5 });
                (nearer.0 < worst.0.min(reflected.0)).then_some(nearer)
            };
            match better {
                Some(found) => simplex[2] = found,
                None => {
                    let towards =
                        |from: [f64; 2]| corner([0, 1].map(|i| (from[i] + best.1[i]) / 2.0));
                    simplex = [best, towards(middle.1), towards(worst.1)];
                }
            }
        }
        simplex.sort_by(|x, y| x.0.total_cmp(&y.0));
        start.with_parameters(simplex[0].1).unwrap_or(start)
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

impl Law {
    fn at_least_zero(self, x: f64) -> (f64, f64) {
        if x > 0.0 { self.shares(x) } else { (0.0, 1.0) }
    }

    /// Its parameters without bounds: the logarithm of the shape (of σ), and of the scale (μ is one).
    fn parameters(self) -> [f64; 2] {
        match self {
            Law::Lognormal(law) => [libm::log(law.sigma), law.mu],
            Law::Weibull(law) => [libm::log(law.shape), libm::log(law.scale)],
            Law::Gamma(law) => [libm::log(law.shape), libm::log(law.scale)],
        }
    }

    /// The same kind of law at other parameters; none where the shape is out of bounds.
    fn with_parameters(self, [shape, scale]: [f64; 2]) -> Option<Law> {
        if !SHAPES.contains(&shape) || scale.abs() > 100.0 {
            return None;
        }
        let (first, second) = (libm::exp(shape), libm::exp(scale));
        Some(match self {
            Law::Lognormal(_) => Law::Lognormal(super::Lognormal {
                mu: scale,
                sigma: first,
            }),
            Law::Weibull(_) => Law::Weibull(super::Weibull {
                shape: first,
                scale: second,
            }),
            Law::Gamma(_) => Law::Gamma(super::Gamma {
                shape: first,
                scale: second,
            }),
        })
    }
}
