//! Axes with round ticks.

use crate::figure::{Axis, Tick};
use crate::number;

/// Values beyond this are drawn at it: differences of axis ends must stay finite.
pub(crate) const LARGEST: f64 = 1e300;

impl Axis {
    /// An axis over at least `min..=max`, its ends moved outwards to round numbers, with three to eight
    /// ticks in steps of 1, 2 or 5 times a power of ten.
    ///
    /// Any input gives a sound axis: ends in the wrong order are swapped, equal ends are moved apart, and an
    /// end that is not a number becomes 0 (lower) or 1 (upper).
    pub fn from_range(label: impl Into<String>, min: f64, max: f64) -> Axis {
        let (min, max) = apart(min, max);
        let step = round_step((max - min) / 5.0);
        let (first, last) = ((min / step).floor(), (max / step).ceil());
        let ticks = ticks(first, last, step);
        Axis {
            label: label.into(),
            min: first * step,
            max: last * step,
            ticks,
        }
    }

    /// [`Axis::from_range`] with its ends kept: round ticks inside exactly `min..=max`, as a calendar wants it
    /// (52 weeks, not 60).
    pub fn from_ends(label: impl Into<String>, min: f64, max: f64) -> Axis {
        let (min, max) = apart(min, max);
        let step = round_step((max - min) / 6.0);
        let (first, last) = ((min / step - 1e-9).ceil(), (max / step + 1e-9).floor());
        Axis {
            label: label.into(),
            min,
            max,
            ticks: ticks(first, last, step),
        }
    }

    /// The axis itself if its ends can carry a drawing, otherwise one over the values that are to be drawn,
    /// under the same label. Ticks that are out of place are dropped.
    pub(crate) fn sound(&self, values: impl Iterator<Item = f64>) -> Axis {
        let usable = |v: f64| v.abs() <= LARGEST;
        if usable(self.min) && usable(self.max) && wide_enough(self.min, self.max) {
            // A tick computed a rounding error beyond the end belongs to it.
            let slack = (self.max - self.min) * 1e-9;
            let inside = |t: &&Tick| t.at >= self.min - slack && t.at <= self.max + slack;
            let mut ticks: Vec<Tick> = self.ticks.iter().filter(inside).cloned().collect();
            ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
            return Axis {
                label: self.label.clone(),
                min: self.min,
                max: self.max,
                ticks,
            };
        }
        let (low, high) = values
            .filter(|v| v.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        Axis::from_range(self.label.clone(), low, high)
    }
}

/// Whether the ends differ by enough of their size for a thousand places between them to be told apart.
fn wide_enough(min: f64, max: f64) -> bool {
    max > min && max - min > min.abs().max(max.abs()) * 1e-12 && max - min > 1e-290
}

fn apart(min: f64, max: f64) -> (f64, f64) {
    let (a, b) = match (min.is_finite(), max.is_finite()) {
        (true, true) => (min.min(max), min.max(max)),
        (true, false) => (min, min + 1.0),
        (false, true) => (max - 1.0, max),
        (false, false) => (0.0, 1.0),
    };
    let (a, b) = (a.clamp(-LARGEST, LARGEST), b.clamp(-LARGEST, LARGEST));
    if wide_enough(a, b) {
        return (a, b);
    }
    // One value stands inside an axis that starts at zero, so its size can be read.
    match a {
        0.0 => (0.0, 1.0),
        a if a.abs() < 1e-280 => (0.0, 1.0),
        a if a > 0.0 => (0.0, a),
        a => (a, 0.0),
    }
}

/// The smallest 1, 2 or 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powi(step.log10().floor() as i32);
    // `log10` may be one unit off in the last place, hence the tolerance.
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|&s| s >= step * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Ticks at whole multiples of a step.
fn ticks(first: f64, last: f64, step: f64) -> Vec<Tick> {
    let decimals = decimals(step);
    (0..=(last - first).max(0.0) as usize)
        .map(|i| (first + i as f64) * step)
        .map(|at| Tick {
            at,
            label: tick_label(at, step, decimals),
        })
        .collect()
}

fn decimals(step: f64) -> usize {
    if step >= 1.0 {
        0
    } else {
        (-step.log10() - 1e-9).ceil().clamp(0.0, 12.0) as usize
    }
}

fn tick_label(at: f64, step: f64, decimals: usize) -> String {
    let zero = at.abs() < step / 2.0;
    match at.abs() {
        _ if zero => number::fixed(0.0, decimals),
        size if size >= 1e15 || step < 1e-9 => number::plain_exponent(at),
        _ => number::fixed(at, decimals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|t| t.label.as_str()).collect()
    }

    #[test]
    fn ticks_are_round() {
        let check = |min, max, expected: &[&str]| {
            let axis = Axis::from_range("days", min, max);
            assert_eq!(labels(&axis), expected, "{min}..{max}");
        };
        check(0.0, 41.0, &["0", "10", "20", "30", "40", "50"]);
        check(0.0, 1.0, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        check(0.0, 0.3, &["0.0", "0.1", "0.2", "0.3"]);
        check(-3.0, 8.0, &["\u{2212}5", "0", "5", "10"]);
        check(0.0, 7300.0, &["0", "2,000", "4,000", "6,000", "8,000"]);
        check(5.0, 5.0, &["0", "1", "2", "3", "4", "5"]);
        check(
            f64::NAN,
            f64::INFINITY,
            &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
        );
    }

    proptest! {
        #[test]
        fn any_range_gives_a_sound_axis(min in any::<f64>(), max in any::<f64>()) {
            let axis = Axis::from_range("", min, max);
            prop_assert!(axis.min.is_finite() && axis.max.is_finite() && axis.max > axis.min, "{axis:?}");
            prop_assert!((2..=12).contains(&axis.ticks.len()), "{axis:?}");
            prop_assert!(axis.ticks.windows(2).all(|w| w[0].at < w[1].at), "{axis:?}");
            prop_assert!(axis.ticks.windows(2).all(|w| w[0].label != w[1].label), "{axis:?}");
            prop_assert!(axis.ticks.iter().all(|t| t.at >= axis.min && t.at <= axis.max));
        }

        #[test]
        fn an_ordinary_range_is_inside_its_axis(min in -1e9..1e9f64, length in 1e-3..1e9f64) {
            let axis = Axis::from_range("", min, min + length);
            prop_assert!(axis.min <= min + length * 1e-6 && axis.max >= min + length * (1.0 - 1e-6), "{axis:?}");
            prop_assert!((3..=8).contains(&axis.ticks.len()), "{axis:?}");
        }
    }
}
