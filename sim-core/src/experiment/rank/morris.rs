//! Elementary effects: which of many factors matter, and which of those act alone.
//!
//! Trajectories over a grid of four levels, each changing one factor after another (M. D. Morris, Factorial
//! sampling plans for preliminary computational experiments, Technometrics 33, 1991); the mean of absolute
//! effects so that effects of both signs do not cancel (Campolongo, Cariboni and Saltelli, An effective
//! screening design for sensitivity analysis of large models, Environmental Modelling & Software 22, 2007).

use crate::random::Name;
use crate::stats::{Estimate, Influence};
use serde::Serialize;

/// Levels of the grid, and the jump between two of them that makes every level equally likely: p / 2(p − 1).
const LEVELS: f64 = 4.0;
const JUMP: f64 = LEVELS / (2.0 * (LEVELS - 1.0));

/// A walk that changes every factor once.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// One point more than there are factors, each in 0..=1.
    pub points: Vec<Vec<f64>>,
    /// Which factor changes at each step.
    order: Vec<usize>,
}

/// What is known of a factor, per its whole range from 0 to 1.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Elementary {
    /// Mean effect μ with its 95% interval over trajectories.
    pub mean: Option<Estimate>,
    /// Mean absolute effect μ*, by which factors are ranked.
    pub mean_absolute: Option<Estimate>,
    /// Standard deviation σ of the effects: how much they depend on where the other factors, or this one,
    /// stand.
    pub deviation: f64,
    /// Effects seen.
    pub effects: usize,
}

/// Trajectories for so many factors, drawn under a name.
#[must_use]
pub fn design(factors: usize, trajectories: usize, name: Name) -> Vec<Trajectory> {
    let walk = |t: usize| {
        let mut draw = name.nth(t as u64).draw();
        let mut order: Vec<usize> = (0..factors).collect();
        for i in (1..factors).rev() {
            order.swap(i, (draw.uniform() * (i + 1) as f64) as usize);
        }
        let half = LEVELS / 2.0;
        let low = |u: f64| libm::floor(u * half) / (LEVELS - 1.0);
        let start: Vec<(f64, bool)> = (0..factors)
            .map(|_| (low(draw.uniform()), draw.uniform() < 0.5))
            .collect();
        let mut point: Vec<f64> = start
            .iter()
            .map(|&(x, up)| if up { x } else { x + JUMP })
            .collect();
        let mut points = vec![point.clone()];
        for &i in &order {
            let (low, up) = start[i];
            point[i] = if up { low + JUMP } else { low };
            points.push(point.clone());
        }
        Trajectory { points, order }
    };
    (0..trajectories).map(walk).collect()
}

/// The effects of every factor, from a function's values along the trajectories. Where it has no value, the
/// effects beside that point are missing.
#[must_use]
pub fn effects(design: &[Trajectory], values: &[Vec<Option<f64>>]) -> Vec<Elementary> {
    let factors = design.first().map_or(0, |t| t.order.len());
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); factors];
    for (walk, values) in design.iter().zip(values) {
        for (step, &i) in walk.order.iter().enumerate() {
            let by = walk.points[step + 1][i] - walk.points[step][i];
            if let (Some(Some(before)), Some(Some(after))) =
                (values.get(step), values.get(step + 1))
            {
                seen[i].push((after - before) / by);
            }
        }
    }
    seen.iter().map(|e| summed_up(e)).collect()
}

fn summed_up(effects: &[f64]) -> Elementary {
    let n = effects.len() as f64;
    let mean = |of: fn(f64) -> f64| {
        let each = Influence::ratio(effects.iter().map(|&e| (of(e), 1.0)));
        each.map(|i| i.estimate(0.95))
    };
    let absolute = mean(f64::abs).map(|e| Estimate {
        low: e.low.max(0.0),
        ..e
    });
    let signed = mean(|e| e);
    let centre = signed.map_or(0.0, |e| e.value);
    let squares: f64 = effects.iter().map(|e| (e - centre) * (e - centre)).sum();
    Elementary {
        mean: signed,
        mean_absolute: absolute,
        deviation: if n > 1.0 {
            libm::sqrt(squares / (n - 1.0))
        } else {
            0.0
        },
        effects: effects.len(),
    }
}

/// The effects of every factor of a function of numbers in 0..=1.
pub fn morris(
    factors: usize,
    trajectories: usize,
    name: Name,
    f: impl Fn(&[f64]) -> Option<f64>,
) -> Vec<Elementary> {
    let design = design(factors, trajectories, name);
    let along = |t: &Trajectory| t.points.iter().map(|x| f(x)).collect();
    let values: Vec<Vec<Option<f64>>> = design.iter().map(along).collect();
    effects(&design, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(n: u64) -> Name {
        Name::of_text("morris").nth(n)
    }

    #[test]
    fn a_linear_function_has_its_slopes_and_nothing_else() {
        let slopes = [3.0, -2.0, 0.0, 0.5];
        let f = |x: &[f64]| Some(x.iter().zip(slopes).map(|(x, c)| x * c).sum());
        for (e, c) in morris(4, 8, name(1), f).iter().zip(slopes) {
            let (mean, absolute) = (e.mean.unwrap(), e.mean_absolute.unwrap());
            assert!((mean.value - c).abs() < 1e-12, "{mean:?} is not {c}");
            assert!((absolute.value - c.abs()).abs() < 1e-12, "{absolute:?}");
            assert!(e.deviation < 1e-12, "σ of a line: {}", e.deviation);
            assert_eq!(e.effects, 8);
        }
    }

    #[test]
    fn effects_of_both_signs_cancel_in_the_mean_and_not_in_its_absolute() {
        // From 0 to 2/3 it falls by a third per unit, from 1/3 to 1 it rises by as much.
        let f = |x: &[f64]| Some((x[0] - 0.5) * (x[0] - 0.5));
        let e = morris(2, 400, name(2), f)[0];
        let (mean, absolute) = (e.mean.unwrap(), e.mean_absolute.unwrap());
        assert!((absolute.value - 1.0 / 3.0).abs() < 1e-12, "{absolute:?}");
        let z = mean.value / (mean.half_width() / 1.96);
        assert!(
            z.abs() < 4.0,
            "μ should be 0: {mean:?}, {z} standard errors"
        );
    }

    #[test]
    fn a_product_shows_as_spread_and_intervals_cover_the_mean() {
        // ∂(x·y)/∂x is y: level 0, 1/3, 2/3 or 1, each as likely. Mean 1/2, variance 5/36.
        let f = |x: &[f64]| Some(x[0] * x[1]);
        let mut covered = 0;
        for study in 0..200 {
            let mean = morris(2, 20, name(3).nth(study), f)[0].mean.unwrap();
            covered += u32::from(mean.low <= 0.5 && 0.5 <= mean.high);
        }
        // Binomial(200, .95): mean 190, standard deviation 3.1.
        assert!((178..=200).contains(&covered), "{covered} of 200 cover 1/2");
        let deviation = morris(2, 4000, name(4), f)[0].deviation;
        let want = libm::sqrt(5.0 / 36.0);
        assert!(
            (deviation / want - 1.0).abs() < 0.03,
            "{deviation} is not {want}"
        );
    }

    #[test]
    fn what_has_no_value_is_left_out_and_counted() {
        let f = |x: &[f64]| (x[1] < 0.9).then_some(x[0]);
        let e = morris(2, 100, name(5), f);
        assert!(e[0].effects < 100 && e[0].effects > 40, "{}", e[0].effects);
        assert!((e[0].mean.unwrap().value - 1.0).abs() < 1e-12);
    }
}
