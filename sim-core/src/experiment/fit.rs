//! Numbers that nobody can measure, found by simulation: several knobs are turned until several figures are
//! what was stated.
//!
//! Each knob is paired with the figure that it moves most. All are searched at once in logarithms by Broyden's
//! method (C. G. Broyden, Mathematics of Computation 19, 1965) from a diagonal guess of the slopes, with steps
//! limited, because near full load a small step of effort is a large one of waiting. Trials under common random
//! numbers make the search deterministic: the same statements give the same study.

/// A knob and the figure that it is paired with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knob {
    /// Where the search begins; above zero, within the bounds.
    pub start: f64,
    /// Lowest value that makes sense, above zero.
    pub low: f64,
    /// Highest value that makes sense.
    pub high: f64,
    /// The figure as stated, above zero.
    pub wanted: f64,
    /// Near enough, as a share of `wanted`.
    pub near: f64,
    /// About how many percent the figure moves for one percent of the knob; its sign must be right.
    pub slope: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The knobs, in the order they were given.
    pub knobs: Vec<f64>,
    /// The figures with these.
    pub figures: Vec<f64>,
    /// Which figures are as near as asked.
    pub matched: Vec<bool>,
    /// Simulations made.
    pub trials: usize,
}

/// Longest step of a knob, as a natural logarithm: somewhat less than threefold.
const STEP: f64 = 1.0;
/// A figure far from what is wanted, or absent, counts as no farther than this, as a natural logarithm.
const FARTHEST: f64 = 4.0;
/// A slope that has turned around, or fallen below this share of the guess, is a trick of noise or of a corner.
const FLATTEST: f64 = 0.1;

struct Trial {
    at: Vec<f64>,
    figures: Vec<f64>,
    off: Vec<f64>,
    score: f64,
}

/// Turn knobs until the figures are as stated, or `most` trials are made; the best trial is the answer. `trial`
/// gives the figures, one a knob, for values of the knobs.
///
/// # Errors
/// The first error of a trial.
pub fn fit<E>(
    knobs: &[Knob],
    most: usize,
    mut trial: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Fit, E> {
    let mut run = |at: Vec<f64>| -> Result<Trial, E> {
        let values: Vec<f64> = at.iter().map(|x| libm::exp(*x)).collect();
        let figures = trial(&values)?;
        let off: Vec<f64> = knobs
            .iter()
            .zip(&figures)
            .map(|(k, f)| off(k, *f))
            .collect();
        let score = score(knobs, &at, &off);
        Ok(Trial {
            at,
            figures,
            off,
            score,
        })
    };
    let start = knobs
        .iter()
        .map(|k| libm::log(k.start.clamp(k.low, k.high)));
    let mut slopes = Slopes::of(knobs);
    let mut here = run(start.collect())?;
    let mut best = here.at.clone();
    let mut found = (here.score, here.figures.clone(), here.off.clone());
    let mut reach = STEP;
    let mut trials = 1;
    while trials < most && found.0 > 1.0 {
        let to = slopes.next(knobs, &here, reach);
        if to.iter().zip(&here.at).all(|(a, b)| (a - b).abs() < 1e-4) {
            break;
        }
        let there = run(to)?;
        trials += 1;
        slopes.learn(knobs, &here, &there);
        if there.score < found.0 {
            best.clone_from(&there.at);
            found = (there.score, there.figures.clone(), there.off.clone());
            reach = STEP.min(reach * 1.5);
        } else {
            // Too far: shorter steps with what was learned.
            reach *= 0.6;
        }
        here = there;
    }
    Ok(Fit {
        knobs: best.iter().map(|x| libm::exp(*x)).collect(),
        matched: knobs
            .iter()
            .zip(&found.2)
            .map(|(k, f)| f.abs() <= near(k))
            .collect(),
        figures: found.1,
        trials,
    })
}

fn off(knob: &Knob, figure: f64) -> f64 {
    if figure > 0.0 && figure.is_finite() {
        libm::log(figure / knob.wanted).clamp(-FARTHEST, FARTHEST)
    } else {
        -FARTHEST * knob.slope.signum()
    }
}

fn near(knob: &Knob) -> f64 {
    libm::log1p(knob.near)
}

/// A knob at its bound, whose figure asks for more.
fn stuck(knob: &Knob, at: f64, off: f64) -> bool {
    let up = -off * knob.slope > 0.0;
    (up && at >= libm::log(knob.high) - 1e-9) || (!up && at <= libm::log(knob.low) + 1e-9)
}

/// The worst figure in units of its tolerance; one that no knob can move any more counts little, so that it
/// does not hide the others.
fn score(knobs: &[Knob], at: &[f64], off: &[f64]) -> f64 {
    let each = knobs.iter().zip(at).zip(off).map(|((k, x), f)| {
        let units = f.abs() / near(k);
        if stuck(k, *x, *f) {
            (units * 1e-3).min(0.9)
        } else {
            units
        }
    });
    each.fold(0.0, f64::max)
}

/// How every figure moves with every knob, in logarithms.
struct Slopes(Vec<Vec<f64>>);

impl Slopes {
    fn of(knobs: &[Knob]) -> Self {
        let row =
            |i: usize| (0..knobs.len()).map(move |j| if i == j { knobs[i].slope } else { 0.0 });
        Self((0..knobs.len()).map(|i| row(i).collect()).collect())
    }

    /// The next trial: Newton's step for the knobs that are free, cut to `reach` and the bounds.
    fn next(&self, knobs: &[Knob], here: &Trial, reach: f64) -> Vec<f64> {
        let free: Vec<usize> = (0..knobs.len())
            .filter(|&i| !stuck(&knobs[i], here.at[i], here.off[i]))
            .collect();
        let matrix = free
            .iter()
            .map(|&i| free.iter().map(|&j| self.0[i][j]).collect());
        let wanted: Vec<f64> = free.iter().map(|&i| -here.off[i]).collect();
        let steps = solve(matrix.collect(), wanted.clone());
        let mut to = here.at.clone();
        for (k, &i) in free.iter().enumerate() {
            let alone = wanted[k] / knobs[i].slope;
            let step = steps.as_ref().map_or(alone, |s| s[k]);
            let (low, high) = (libm::log(knobs[i].low), libm::log(knobs[i].high));
            to[i] = (to[i] + step.clamp(-reach, reach)).clamp(low, high);
        }
        to
    }

    /// Broyden's update: the least change of the slopes that explains what the step did.
    fn learn(&mut self, knobs: &[Knob], from: &Trial, to: &Trial) {
        let step: Vec<f64> = to.at.iter().zip(&from.at).map(|(a, b)| a - b).collect();
        let length: f64 = step.iter().map(|s| s * s).sum();
        if length < 1e-12 {
            return;
        }
        for (i, row) in self.0.iter_mut().enumerate() {
            let predicted: f64 = row.iter().zip(&step).map(|(m, s)| m * s).sum();
            let missed = (to.off[i] - from.off[i] - predicted) / length;
            for (m, s) in row.iter_mut().zip(&step) {
                *m += missed * s;
            }
            let guess = knobs[i].slope;
            if row[i] * guess.signum() < FLATTEST * guess.abs() {
                row.iter_mut().for_each(|m| *m = 0.0);
                row[i] = guess;
            }
        }
    }
}

/// Gaussian elimination with pivots; `None` where the slopes do not tell the knobs apart.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))?;
        if a[pivot][k].abs() < 1e-6 {
            return None;
        }
        a.swap(k, pivot);
        b.swap(k, pivot);
        for i in k + 1..n {
            let by = a[i][k] / a[k][k];
            let (above, below) = a.split_at_mut(i);
            for (x, y) in below[0][k..].iter_mut().zip(&above[k][k..]) {
                *x -= by * y;
            }
            b[i] -= by * b[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knob(start: f64, wanted: f64, slope: f64) -> Knob {
        Knob {
            start,
            low: 1e-3,
            high: 1e3,
            wanted,
            near: 0.01,
            slope,
        }
    }

    #[test]
    fn knobs_that_act_on_each_other_are_found_from_a_poor_guess() {
        let system = |x: &[f64]| {
            Ok::<_, ()>(vec![
                3.0 * x[0] * libm::pow(x[1], -0.4),
                libm::pow(x[1], 0.6) * libm::pow(x[0], 0.3),
                x[2] + 0.2 * x[0],
            ])
        };
        let truth = [2.0, 5.0, 0.7];
        let wanted = system(&truth).unwrap();
        let knobs: Vec<Knob> = wanted.iter().map(|w| knob(1.0, *w, 0.5)).collect();
        let found = fit(&knobs, 40, system).unwrap();
        assert!(found.matched.iter().all(|m| *m), "{found:?}");
        for (got, want) in found.knobs.iter().zip(truth) {
            assert!((got / want - 1.0).abs() < 0.05, "{got} and not {want}");
        }
    }

    #[test]
    fn a_queue_near_full_load_is_found_and_not_overshot() {
        // Waiting of M/M/1 in service times: a pole at 1.
        let queue =
            |x: &[f64]| Ok::<_, ()>(vec![if x[0] < 1.0 { x[0] / (1.0 - x[0]) } else { 1e6 }]);
        for wanted in [0.2, 1.0, 9.0, 40.0] {
            let knob = Knob {
                high: 0.99,
                ..knob(0.5, wanted, 1.5)
            };
            let found = fit(&[knob], 40, queue).unwrap();
            assert!(found.matched[0], "{wanted}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_matched_is_said_and_does_not_keep_the_rest_from_it() {
        let system = |x: &[f64]| Ok::<_, ()>(vec![x[0], x[1]]);
        let bounded = Knob {
            high: 2.0,
            ..knob(1.0, 50.0, 1.0)
        };
        let found = fit(&[bounded, knob(1.0, 7.0, 1.0)], 30, system).unwrap();
        assert_eq!(found.matched, [false, true]);
        assert!((found.knobs[0] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_trial_that_cannot_be_made_ends_the_search() {
        let broken = |_: &[f64]| Err::<Vec<f64>, _>("no study");
        assert_eq!(fit(&[knob(1.0, 2.0, 1.0)], 9, broken), Err("no study"));
    }
}
