//! Which number, if it were otherwise, would turn a choice around (DESIGN 5, "Flip"): measure it first.
//!
//! A choice is between the baseline and a what-if, by one figure. One number of the baseline at a time is
//! moved towards the ends of what is thought possible, under common random numbers and with the what-if's
//! changes on top; where the difference changes its sign, the value at which it is 0 is found by false
//! position (the Illinois rule; Dowell and Jarratt, 1971).

use super::compare::{Difference, difference};
use super::{Cancel, Metric, replicate};
use crate::engine::Replication;
use crate::scenario::{Fault, Parameter, Scenario};
use crate::stats::{Estimate, Years};
use crate::time::Ticks;
use serde::Serialize;

/// Replications with which the ends of all numbers are tried.
const TRIED: u64 = 64;
/// Where the difference at an end is within so many standard errors of 0, more are made.
const CLOSE: f64 = 4.0;
/// Values tried between the likely one and an end at which the sign is another.
const STEPS: usize = 6;
/// Without a range, a number may be so many times less or more: an assumption.
const TIMES: f64 = 2.0;
/// Share of the distance to an end that is tried where the end itself makes no study.
const NEARER: [f64; 3] = [1.0, 0.5, 0.25];
/// Parts of a study that say how it is run and what is wanted, not how the organisation works.
const APART: [&str; 6] = ["format", "seed", "run", "what_ifs", "outcome", "name"];

/// Which numbers are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Those with an assumption range, over it; all assumed ones if none has a range.
    Ranges,
    /// Every number that the study gives without a source, over its range or from half to double; of a share
    /// above half, what is missing to the whole.
    Assumed,
}

/// What one number does to the choice.
#[derive(Debug, Clone, Serialize)]
pub struct Flip {
    /// Where the number is: what `--set` takes.
    pub path: String,
    /// Label.
    pub label: String,
    /// Base unit, empty for plain numbers.
    pub unit: String,
    /// Only whole numbers count: `at` is then the first at which the choice is another.
    #[serde(skip)]
    pub whole: bool,
    /// Its value in the study.
    pub likely: f64,
    /// The lowest and the highest value thought possible.
    pub range: [f64; 2],
    /// The end it was moved to.
    pub end: f64,
    /// The difference there, what-if minus baseline, in the figure's unit.
    pub difference: Estimate,
    /// The difference at the end is surely of the other sign, all numbers tried taken together.
    pub surely: bool,
    /// The value at which the difference is 0, with the 95% interval that luck leaves.
    pub at: Estimate,
    /// How far that is on the way from the likely value to the end, (0, 1]: the nearest comes first.
    pub way: f64,
}

/// A number over all of whose values the choice stands.
#[derive(Debug, Clone, Serialize)]
pub struct Stand {
    /// Where the number is.
    pub path: String,
    /// Label.
    pub label: String,
    /// Base unit, empty for plain numbers.
    pub unit: String,
    /// Its value in the study.
    pub likely: f64,
    /// The lowest and the highest value thought possible.
    pub range: [f64; 2],
}

/// What turns a choice around.
#[derive(Debug, Clone, Serialize)]
pub struct Flips {
    /// The what-if's id.
    pub what_if: String,
    /// The difference at the likely values, what-if minus baseline.
    pub difference: Estimate,
    /// Shares of years in which the what-if is better at the likely values.
    pub years_better: Option<Years>,
    /// Replications behind every difference that is told.
    pub replications: u64,
    /// Numbers at which the choice reverses, the nearest first.
    pub flips: Vec<Flip>,
    /// How many numbers turn nothing.
    pub steady: usize,
    /// Those numbers.
    pub stands: Vec<Stand>,
    /// Numbers that could be moved neither way: the study would make no sense.
    pub unmoved: Vec<String>,
    /// Ended before all numbers were tried.
    pub partial: bool,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'s> {
    /// The study.
    pub scenario: &'s Scenario,
    /// The what-if's id.
    pub what_if: &'s str,
    /// The figure that decides.
    pub metric: Metric,
    /// Which numbers are moved.
    pub moved: Moved,
    /// Where counting starts.
    pub warm_up: Ticks,
    /// Replications of each variant.
    pub replications: u64,
}

/// A number and the two ends it is moved to.
struct Candidate<'p> {
    parameter: &'p Parameter,
    likely: f64,
    ends: [f64; 2],
}

/// Numbers that may be moved.
fn candidates(scenario: &Scenario, moved: Moved) -> Vec<Candidate<'_>> {
    let all = &scenario.baseline.parameters;
    let ranged = moved == Moved::Ranges && all.iter().any(|p| p.range.is_some());
    let candidate = |p| {
        let c = candidate(p)?;
        (!ranged || c.parameter.range.is_some()).then_some(c)
    };
    all.iter().filter_map(candidate).collect()
}

fn candidate(p: &Parameter) -> Option<Candidate<'_>> {
    let part = p.path.split('.').next().unwrap_or_default();
    let likely = p.value.as_f64()?;
    if APART.contains(&part) || p.source != "assumption" && p.range.is_none() {
        return None;
    }
    let (low, high) = match p.range {
        Some(range) => (range.low, range.high),
        // Of a share above half, what is missing to the whole.
        None if p.unit == "share" && likely > 0.5 => {
            (1.0 - (1.0 - likely) * TIMES, 1.0 - (1.0 - likely) / TIMES)
        }
        None => (likely / TIMES, likely * TIMES),
    };
    let (low, high) = if p.whole {
        (libm::ceil(low), libm::floor(high))
    } else {
        (low, high)
    };
    let within = |x: f64| x.clamp(p.min.unwrap_or(x), p.max.unwrap_or(x));
    let ends = [within(low), within(high)];
    (ends[0] < ends[1]).then_some(Candidate {
        parameter: p,
        likely,
        ends,
    })
}

impl Question<'_> {
    /// Both variants with one number of the baseline at a value; `None` if that makes no study.
    fn pair(&self, moved: Option<(&Candidate<'_>, f64)>, n: u64, cancel: &Cancel) -> Option<Pair> {
        let other;
        let scenario = match moved {
            None => self.scenario,
            Some((c, x)) => {
                other = self.scenario.with(c.parameter, x).ok()?;
                &other
            }
        };
        let run = |what_if: Option<&str>| {
            let variant = scenario.variant(what_if, &[]).ok()?;
            Some(replicate(&variant.models(Some(self.warm_up)), 0, n, cancel))
        };
        Some(Pair(run(None)?, run(Some(self.what_if))?))
    }

    fn difference(&self, pair: &Pair) -> Option<Difference> {
        difference(self.metric, &pair.0, &pair.1)
    }

    fn at(&self, c: &Candidate<'_>, x: f64, n: u64, cancel: &Cancel) -> Option<Estimate> {
        Some(
            self.difference(&self.pair(Some((c, x)), n, cancel)?)?
                .estimate,
        )
    }

    /// The difference at an end, or as near to it as makes a study; more closely where it matters.
    fn at_end(&self, c: &Candidate<'_>, end: f64, likely: Estimate, cancel: &Cancel) -> Tried {
        if end == c.likely {
            return Tried::Stands;
        }
        let n = TRIED.min(self.replications);
        let tried = NEARER.into_iter().find_map(|share| {
            let exact = c.likely + share * (end - c.likely);
            // People and places are counted in whole numbers.
            [exact, libm::round(exact)]
                .into_iter()
                .filter(|x| *x != c.likely)
                .find_map(|x| Some((x, self.at(c, x, n, cancel)?)))
        });
        let Some((x, d)) = tried else {
            return Tried::Refused;
        };
        let clear = d.value.abs() > CLOSE / 2.0 * d.half_width();
        if clear && d.value.signum() == likely.value.signum() {
            return Tried::Stands;
        }
        match self.at(c, x, self.replications, cancel) {
            Some(d) if d.value * likely.value < 0.0 => Tried::Turns(x, d),
            _ => Tried::Stands,
        }
    }

    /// The first whole number on the way to an end at which the sign is another.
    fn first(&self, c: &Candidate<'_>, likely: Estimate, end: f64, cancel: &Cancel) -> Estimate {
        let (mut near, mut far) = (c.likely, end);
        while (far - near).abs() > 1.0 {
            let x = libm::trunc((near + far) / 2.0);
            match self.at(c, x, self.replications, cancel) {
                Some(d) if d.value * likely.value < 0.0 => far = x,
                Some(_) => near = x,
                None => break,
            }
        }
        Estimate {
            value: far,
            low: far,
            high: far,
        }
    }

    /// Where the difference is 0 between the likely value and one at which its sign is another.
    fn root(
        &self,
        c: &Candidate<'_>,
        likely: Estimate,
        (end, at_end): (f64, Estimate),
        cancel: &Cancel,
    ) -> Estimate {
        let (mut a, mut b) = ((c.likely, likely.value), (end, at_end.value));
        let mut error = at_end.half_width().max(likely.half_width());
        let (mut fa, mut fb) = (a.1, b.1);
        for _ in 0..STEPS {
            let x = b.0 - fb * (b.0 - a.0) / (fb - fa);
            let Some(d) = self.at(c, x, self.replications, cancel) else {
                // Only whole numbers make a study.
                return self.first(c, likely, end, cancel);
            };
            error = d.half_width();
            if d.value == 0.0 {
                return Estimate {
                    value: x,
                    low: x,
                    high: x,
                };
            }
            if d.value * b.1 < 0.0 {
                (a, fa) = (b, fb);
            } else {
                fa /= 2.0;
            }
            (b, fb) = ((x, d.value), d.value);
        }
        let slope = ((b.1 - a.1) / (b.0 - a.0)).abs();
        let value = b.0 - b.1 * (b.0 - a.0) / (b.1 - a.1);
        let reach = if slope > 0.0 {
            error / slope
        } else {
            f64::INFINITY
        };
        let (from, to) = (c.likely.min(end), c.likely.max(end));
        Estimate {
            value: value.clamp(from, to),
            low: (value - reach).max(from),
            high: (value + reach).min(to),
        }
    }
}

struct Pair(Vec<Replication>, Vec<Replication>);

enum Tried {
    Turns(f64, Estimate),
    Stands,
    Refused,
}

/// What turns the choice around; `told`: numbers done, of how many, and what they say.
///
/// # Errors
/// If there is no such what-if, or nothing to measure.
pub fn flips(
    question: &Question<'_>,
    cancel: &Cancel,
    told: &dyn Fn(usize, usize, &Flips),
) -> Result<Flips, Vec<Fault>> {
    question.scenario.variant(Some(question.what_if), &[])?;
    let nothing = || vec![Fault::new(None, "", "no year has anything to measure")];
    let as_it_is = question
        .pair(None, question.replications, cancel)
        .and_then(|pair| question.difference(&pair))
        .ok_or_else(nothing)?;
    let likely = as_it_is.estimate;
    let all = candidates(question.scenario, question.moved);
    let mut out = Flips {
        what_if: question.what_if.to_owned(),
        difference: likely,
        years_better: as_it_is.years_better,
        replications: question.replications,
        flips: Vec::new(),
        steady: 0,
        stands: Vec::new(),
        unmoved: Vec::new(),
        partial: false,
    };
    for (i, c) in all.iter().enumerate() {
        let tried = c.ends.map(|end| question.at_end(c, end, likely, cancel));
        let turns = tried.iter().filter_map(|end| match end {
            Tried::Turns(end, at_end) => {
                let at = question.root(c, likely, (*end, *at_end), cancel);
                Some(flip(c, *end, *at_end, at, all.len()))
            }
            _ => None,
        });
        let turns: Vec<Flip> = turns.collect();
        // What a cancelled run says of a number rests on some of its years only.
        if cancel.is_cancelled() {
            out.partial = true;
            break;
        }
        if tried.iter().all(|t| matches!(t, Tried::Refused)) {
            out.unmoved.push(c.parameter.path.clone());
        } else if turns.is_empty() {
            out.steady += 1;
            out.stands.push(stand(c));
        }
        out.flips.extend(turns);
        out.flips.sort_by(|a, b| a.way.total_cmp(&b.way));
        told(i + 1, all.len(), &out);
    }
    Ok(out)
}

fn stand(c: &Candidate<'_>) -> Stand {
    let p = c.parameter;
    Stand {
        path: p.path.clone(),
        label: p.label.clone(),
        unit: p.unit.clone(),
        likely: c.likely,
        range: c.ends,
    }
}

fn flip(c: &Candidate<'_>, end: f64, at_end: Estimate, at: Estimate, tried: usize) -> Flip {
    let p = c.parameter;
    // Twice as many ends as numbers share the error; 95% is what an estimate's half width stands for.
    let wider = crate::random::normal::quantile(1.0 - 0.025 / (2 * tried.max(1)) as f64)
        / crate::random::normal::quantile(0.975);
    Flip {
        path: p.path.clone(),
        label: p.label.clone(),
        unit: p.unit.clone(),
        whole: p.whole,
        likely: c.likely,
        range: c.ends,
        end,
        difference: at_end,
        surely: at_end.value.abs() > wider * at_end.half_width(),
        at,
        way: (at.value - c.likely) / (end - c.likely),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(unit: &str, whole: bool, value: f64) -> [f64; 2] {
        let p = Parameter {
            path: "teams.t.x".into(),
            label: String::new(),
            help: String::new(),
            unit: unit.into(),
            min: Some(0.0),
            max: Some(if unit == "share" { 1.0 } else { 100.0 }),
            whole,
            options: Vec::new(),
            value: serde_json::json!(value),
            range: None,
            source: "assumption".into(),
        };
        candidate(&p).expect("a number").ends
    }

    #[test]
    fn what_has_no_range_moves_as_far_as_is_plausible() {
        assert_eq!(ends("hours", false, 3.0), [1.5, 6.0]);
        assert_eq!(ends("", true, 5.0), [3.0, 10.0], "people are whole");
        assert_eq!(ends("share", false, 0.2), [0.1, 0.4]);
        let [low, high] = ends("share", false, 0.65);
        assert!(
            (low - 0.3).abs() < 1e-9 && (high - 0.825).abs() < 1e-9,
            "{low} {high}"
        );
    }
}
