//! Sobol indices: what share of a function's variance each factor makes, alone and with all others.
//!
//! Two independent samples A and B of the unit cube, and for each factor i a third that is A with the
//! column of B. First-order index: mean of f(B)(f(ABᵢ) − f(A)) over the variance; total index: half the mean
//! of (f(A) − f(ABᵢ))² over the variance (Saltelli et al., Variance based sensitivity analysis of model
//! output, Computer Physics Communications 181, 2010, table 2 (b) and (f); the latter by Jansen 1999).
//! Values are centred first, which changes neither expectation and takes away most of the noise of the
//! first. Intervals are percentile bootstraps over rows (Archer, Saltelli and Sobol, Journal of
//! Statistical Computation and Simulation 58, 1997).

use crate::random::Name;
use crate::stats::Estimate;
use serde::Serialize;

/// Resamples of a bootstrap: the ends of an interval are its 25th and 975th value.
const RESAMPLES: usize = 1000;

/// Points of one row: a of A, b of B, and a with each column of b.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As many points as there are factors and two more, each in 0..1.
    pub points: Vec<Vec<f64>>,
}

/// The indices of a factor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// Share of the variance that goes with this factor alone.
    pub first: Estimate,
    /// Share that goes with it in any company.
    pub total: Estimate,
}

/// Rows of a design for so many factors, drawn under a name.
#[must_use]
pub fn design(factors: usize, rows: usize, name: Name) -> Vec<Row> {
    let row = |r: usize| {
        let mut draw = name.nth(r as u64).draw();
        let mut point = || -> Vec<f64> { (0..factors).map(|_| draw.uniform()).collect() };
        let (a, b) = (point(), point());
        let swapped = (0..factors).map(|i| {
            let mut ab = a.clone();
            ab[i] = b[i];
            ab
        });
        let swapped: Vec<Vec<f64>> = swapped.collect();
        Row {
            points: [a, b].into_iter().chain(swapped).collect(),
        }
    };
    (0..rows).map(row).collect()
}

/// The indices of every factor from a function's values by row, in the order of its points; `None` where
/// fewer than two rows are whole or the function does not vary. Rows with a point of no value are left out.
#[must_use]
pub fn indices(values: &[Vec<Option<f64>>], name: Name) -> Option<Vec<Index>> {
    let whole = |row: &Vec<Option<f64>>| row.iter().copied().collect::<Option<Vec<f64>>>();
    let rows: Vec<Vec<f64>> = values.iter().filter_map(whole).collect();
    let factors = rows.first()?.len().checked_sub(2)?;
    let all: Vec<usize> = (0..rows.len()).collect();
    let best = estimated(&rows, &all, factors)?;
    let mut draw = name.with(Name::of_text("bootstrap")).draw();
    let mut drawn: Vec<Vec<[f64; 2]>> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        let n = rows.len() as f64;
        let pick: Vec<usize> = all.iter().map(|_| (draw.uniform() * n) as usize).collect();
        drawn.extend(estimated(&rows, &pick, factors));
    }
    let interval = |i: usize, which: usize| {
        let mut values: Vec<f64> = drawn.iter().map(|d| d[i][which]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let at = |p: f64| values[((p * values.len() as f64) as usize).min(values.len() - 1)];
        Estimate {
            value: best[i][which],
            low: at(0.025),
            high: at(0.975),
        }
    };
    let index = |i: usize| Index {
        first: interval(i, 0),
        total: interval(i, 1),
    };
    (rows.len() > 1 && !drawn.is_empty()).then(|| (0..factors).map(index).collect())
}

/// First-order and total index of each factor over the picked rows.
fn estimated(rows: &[Vec<f64>], pick: &[usize], factors: usize) -> Option<Vec<[f64; 2]>> {
    let n = pick.len() as f64;
    let sum = |of: &dyn Fn(&[f64]) -> f64| pick.iter().map(|&r| of(&rows[r])).sum::<f64>();
    let mean = sum(&|r| r[0] + r[1]) / (2.0 * n);
    let square = |x: f64| (x - mean) * (x - mean);
    let variance = sum(&|r| square(r[0]) + square(r[1])) / (2.0 * n);
    if variance <= 0.0 {
        return None;
    }
    let of = |i: usize| {
        let first = sum(&|r| (r[1] - mean) * (r[2 + i] - r[0])) / n;
        let total = sum(&|r| (r[0] - r[2 + i]) * (r[0] - r[2 + i])) / (2.0 * n);
        [first / variance, total / variance]
    };
    Some((0..factors).map(of).collect())
}

/// The indices of every factor of a function of numbers in 0..1; `None` if it does not vary.
pub fn sobol(
    factors: usize,
    rows: usize,
    name: Name,
    f: impl Fn(&[f64]) -> Option<f64>,
) -> Option<Vec<Index>> {
    let values: Vec<Vec<Option<f64>>> = design(factors, rows, name)
        .iter()
        .map(|row| row.points.iter().map(|x| f(x)).collect())
        .collect();
    indices(&values, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn name(n: u64) -> Name {
        Name::of_text("sobol").nth(n)
    }

    /// sin x + 7 sin² y + 0.1 z⁴ sin x over (−π, π)³ (Ishigami and Homma 1990).
    fn ishigami(x: &[f64]) -> Option<f64> {
        let [x, y, z] = [0, 1, 2].map(|i| (2.0 * x[i] - 1.0) * PI);
        let s = libm::sin(y);
        Some(libm::sin(x) * (1.0 + 0.1 * z * z * z * z) + 7.0 * s * s)
    }

    /// Its indices: V₁ = (1 + bπ⁴/5)²/2, V₂ = a²/8, V₁₃ = b²π⁸(1/18 − 1/50).
    fn of_ishigami() -> Vec<[f64; 2]> {
        let pi4 = PI * PI * PI * PI;
        let v1 = 0.5 * (1.0 + 0.1 * pi4 / 5.0) * (1.0 + 0.1 * pi4 / 5.0);
        let v2 = 49.0 / 8.0;
        let v13 = 0.01 * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0);
        let v = v1 + v2 + v13;
        vec![[v1 / v, (v1 + v13) / v], [v2 / v, v2 / v], [0.0, v13 / v]]
    }

    const A: [f64; 5] = [0.0, 1.0, 4.5, 9.0, 99.0];

    /// The g function: Π (|4xᵢ − 2| + aᵢ)/(1 + aᵢ) (Sobol; Saltelli and Sobol 1995).
    fn g(x: &[f64]) -> Option<f64> {
        let part = |(x, a): (&f64, f64)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a);
        Some(x.iter().zip(A).map(part).product())
    }

    /// Its indices: Vᵢ = 1/3(1 + aᵢ)², V = Π(1 + Vᵢ) − 1.
    fn of_g() -> Vec<[f64; 2]> {
        let part = A.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let all: f64 = part.iter().map(|v| 1.0 + v).product();
        let of = |v: f64| [v / (all - 1.0), v * all / (1.0 + v) / (all - 1.0)];
        part.map(of).to_vec()
    }

    /// Over many designs, intervals must hold the true index about 95 times in 100.
    fn covers(what: &str, f: impl Fn(&[f64]) -> Option<f64>, truth: &[[f64; 2]]) {
        const DESIGNS: u64 = 60;
        let mut held = vec![[0u32; 2]; truth.len()];
        for d in 0..DESIGNS {
            let found = sobol(truth.len(), 500, name(d), &f).unwrap();
            for ((e, t), held) in found.iter().zip(truth).zip(&mut held) {
                for (k, e) in [e.first, e.total].into_iter().enumerate() {
                    held[k] += u32::from(e.low <= t[k] && t[k] <= e.high);
                }
            }
        }
        // Binomial(60, .95): mean 57, standard deviation 1.7; a percentile bootstrap is a little short.
        for (i, held) in held.iter().enumerate() {
            for (k, which) in ["first-order", "total"].into_iter().enumerate() {
                assert!(
                    held[k] >= 51,
                    "{what}: {which} index of factor {i} held in {} of {DESIGNS} intervals",
                    held[k]
                );
            }
        }
    }

    #[test]
    fn intervals_hold_the_known_indices_of_the_ishigami_function() {
        covers("Ishigami", ishigami, &of_ishigami());
    }

    #[test]
    fn intervals_hold_the_known_indices_of_the_g_function() {
        covers("g", g, &of_g());
    }

    #[test]
    fn many_rows_come_close_to_the_known_indices() {
        for (what, found, truth) in [
            (
                "Ishigami",
                sobol(3, 20_000, name(7), ishigami),
                of_ishigami(),
            ),
            ("g", sobol(5, 20_000, name(8), g), of_g()),
        ] {
            for (i, (e, t)) in found.unwrap().iter().zip(truth).enumerate() {
                for (e, t) in [(e.first, t[0]), (e.total, t[1])] {
                    let error = e.half_width() / 1.96;
                    let z = (e.value - t) / error.max(1e-12);
                    assert!(
                        z.abs() < 4.0 && e.half_width() < 0.04,
                        "{what}, factor {i}: expected {t:.4}, found {:.4} ({z:+.1} standard errors)",
                        e.value
                    );
                }
            }
        }
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        assert!(sobol(2, 50, name(9), |_| Some(3.0)).is_none());
        assert!(sobol(2, 50, name(9), |_| None).is_none());
    }
}
