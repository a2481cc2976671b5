//! A choice at two values of one number, and the value at which it turns around.
//!
//! Every value is tried with the same luck. The value at which the difference is 0 is found by false
//! position (the Illinois rule), where it changes its sign within what is looked through: as far as the
//! number may go, at most from a quarter of the likely value to four times it, or to twice what was said.

use super::{Outcome, WeighedView, between, said};
use millrace_core::experiment::compare::{Difference, difference};
use millrace_core::experiment::metric::{Metric, Statistic};
use millrace_core::experiment::{Cancel, replicate};
use millrace_core::scenario::{Parameter, Scenario};
use millrace_core::time::Ticks;
use millrace_report::words::rounded;

/// Years behind what is said of a value.
const YEARS: u64 = 128;
/// Years behind each step on the way to the value at which it turns.
const STEP_YEARS: u64 = 64;
/// Steps on that way, at most.
const STEPS: usize = 6;
/// Shares of the way to an end that are tried, near ones first: far out both may be overloaded, and nothing
/// is told from there.
const WAY: [f64; 4] = [0.125, 0.25, 0.5, 1.0];
/// Parts of the work, for its progress: two values, two ways out, steps.
const PARTS: u64 = 2 + 2 * WAY.len() as u64 + STEPS as u64;
/// How much further than the likely value is looked.
const FAR: f64 = 4.0;

/// What is disputed.
pub struct Dispute<'s> {
    /// The study.
    pub scenario: &'s Scenario,
    /// The what-if that is chosen or not.
    pub what_if: &'s str,
    /// Its shown name.
    pub name: &'s str,
    /// The number.
    pub parameter: &'s Parameter,
    /// What somebody else says it is.
    pub theirs: f64,
    /// Who.
    pub who: &'s str,
    /// Where counting starts.
    pub warm_up: Ticks,
}

/// Where a difference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Better,
    Worse,
    Unsure,
}

fn side(d: &Difference) -> Side {
    match d.estimate {
        e if !e.is_not_zero() => Side::Unsure,
        e if e.value < 0.0 => Side::Better,
        _ => Side::Worse,
    }
}

/// Weigh the choice; `None` when cancelled, or where there is nothing to measure.
#[must_use]
pub fn weigh(
    dispute: &Dispute<'_>,
    cancel: &Cancel,
    told: &dyn Fn(u64, u64),
) -> Option<WeighedView> {
    told(0, PARTS);
    let p = dispute.parameter;
    let likely = p.value.as_f64()?;
    let (metric, mine) = dispute.headline(likely, cancel)?;
    told(1, PARTS);
    let other = dispute.at(metric, dispute.theirs, YEARS, cancel)?;
    told(2, PARTS);
    let flips_at = dispute.turns(metric, likely, &mine, cancel, told);
    if cancel.is_cancelled() {
        return None;
    }
    let outcome = match (side(&mine), side(&other)) {
        (a, b) if a == Side::Unsure || b == Side::Unsure => Outcome::CannotTell,
        (a, b) if a == b => Outcome::Holds,
        _ => Outcome::Flips,
    };
    Some(WeighedView {
        path: p.path.clone(),
        outcome,
        sentences: dispute.sentences(outcome, metric, (likely, &mine), &other, flips_at),
        flips_at,
    })
}

impl Dispute<'_> {
    fn at(&self, metric: Metric, x: f64, years: u64, cancel: &Cancel) -> Option<Difference> {
        let scenario = self.scenario.with(self.parameter, x).ok()?;
        let run = |what_if: Option<&str>| {
            let variant = scenario.variant(what_if, &[]).ok()?;
            Some(replicate(
                &variant.models(Some(self.warm_up)),
                0,
                years,
                cancel,
            ))
        };
        difference(metric, &run(None)?, &run(Some(self.what_if))?)
    }

    /// The figure that decides: lead time where it tells, or else incidents.
    fn headline(&self, likely: f64, cancel: &Cancel) -> Option<(Metric, Difference)> {
        let lead_time = Metric::LeadTime(Statistic::Percentile(0.85));
        let first = self.at(lead_time, likely, YEARS, cancel)?;
        if side(&first) != Side::Unsure {
            return Some((lead_time, first));
        }
        match self.at(Metric::Incidents, likely, YEARS, cancel) {
            Some(second) if side(&second) != Side::Unsure => Some((Metric::Incidents, second)),
            _ => Some((lead_time, first)),
        }
    }

    /// How far is looked, down and up.
    fn ends(&self, likely: f64) -> [f64; 2] {
        let p = self.parameter;
        let range = p.range.map_or((likely, likely), |r| (r.low, r.high));
        let low = (likely / FAR).min(self.theirs / 2.0).min(range.0);
        let high = (likely * FAR).max(self.theirs * 2.0).max(range.1);
        [
            low.max(p.min.unwrap_or(low)),
            high.min(p.max.unwrap_or(high)),
        ]
    }

    /// The value nearest the likely one at which the difference changes its sign.
    fn turns(
        &self,
        metric: Metric,
        likely: f64,
        mine: &Difference,
        cancel: &Cancel,
        told: &dyn Fn(u64, u64),
    ) -> Option<f64> {
        let sign = side(mine);
        if sign == Side::Unsure {
            return None;
        }
        let ends = self.ends(likely);
        let turned = |end: f64| {
            // People and places are counted in whole numbers.
            let (x, d) = [end, end.round()]
                .into_iter()
                .filter(|x| *x != likely)
                .find_map(|x| Some((x, self.at(metric, x, STEP_YEARS, cancel)?)))?;
            let other = side(&d) != Side::Unsure && side(&d) != sign;
            other.then_some((x, d.estimate.value))
        };
        let mut done = 2;
        let out = |end: f64| {
            WAY.into_iter().find_map(|share| {
                done += 1;
                told(done, PARTS);
                (end != likely)
                    .then(|| turned(likely + share * (end - likely)))
                    .flatten()
            })
        };
        let found: Vec<(f64, f64)> = ends.into_iter().filter_map(out).collect();
        let roots = found
            .into_iter()
            .map(|end| self.root(metric, (likely, mine.estimate.value), end, cancel, told));
        roots.min_by(|a, b| (a - likely).abs().total_cmp(&(b - likely).abs()))
    }

    fn root(
        &self,
        metric: Metric,
        mut a: (f64, f64),
        mut b: (f64, f64),
        cancel: &Cancel,
        told: &dyn Fn(u64, u64),
    ) -> f64 {
        let start = a.0;
        let (mut fa, mut fb) = (a.1, b.1);
        for i in 0..STEPS {
            let x = b.0 - fb * (b.0 - a.0) / (fb - fa);
            // People and places are counted in whole numbers: then the end that is known is told.
            let Some(d) = self.at(metric, x, STEP_YEARS, cancel) else {
                return self.first_whole(metric, start, b.0, a.1, cancel);
            };
            let value = d.estimate.value;
            if value * b.1 < 0.0 {
                (a, fa) = (b, fb);
            } else {
                fa /= 2.0;
            }
            (b, fb) = ((x, value), value);
            told(PARTS - STEPS as u64 + i as u64, PARTS);
        }
        b.0 - b.1 * (b.0 - a.0) / (b.1 - a.1)
    }

    /// The first whole number on the way to an end at which the sign is another.
    fn first_whole(&self, metric: Metric, from: f64, end: f64, sign: f64, cancel: &Cancel) -> f64 {
        let (mut near, mut far) = (from, end);
        while (far - near).abs() > 1.0 && !cancel.is_cancelled() {
            let x = ((near + far) / 2.0).trunc();
            match self.at(metric, x, STEP_YEARS, cancel) {
                Some(d) if d.estimate.value * sign < 0.0 => far = x,
                Some(_) => near = x,
                None => break,
            }
        }
        far
    }

    fn sentences(
        &self,
        outcome: Outcome,
        metric: Metric,
        (likely, mine): (f64, &Difference),
        other: &Difference,
        flips_at: Option<f64>,
    ) -> Vec<String> {
        let unit = &self.parameter.unit;
        let word = |x: f64| said(x, unit);
        let first = match outcome {
            Outcome::Holds => "The choice holds.",
            Outcome::Flips => "The choice flips.",
            Outcome::CannotTell => "Whether the choice holds cannot be told from luck.",
        };
        let [low, high] = self.ends(likely);
        let last = match flips_at {
            Some(x) => format!("It turns around at {}.", word(x)),
            None if side(mine) == Side::Unsure => String::new(),
            None => format!(
                "No value from {} turns it around.",
                between(low, high, unit)
            ),
        };
        let name = self.name;
        let mut out = vec![
            first.to_owned(),
            format!(
                "At {}, as the study has it, “{name}” {}.",
                word(likely),
                phrase(metric, mine)
            ),
            format!(
                "At {} ({}), it {}.",
                word(self.theirs),
                self.who,
                phrase(metric, other)
            ),
            last,
        ];
        out.retain(|s| !s.is_empty());
        out
    }
}

/// "is better by 9 days, in 46 of 50 years".
fn phrase(metric: Metric, d: &Difference) -> String {
    let size = d.estimate.value.abs();
    let amount = match metric {
        Metric::Incidents => format!("{} incidents a month", rounded(size)),
        _ => millrace_report::words::duration(size),
    };
    let years = d.years_better.map(|y| y.same_luck * 50.0);
    match (side(d), years) {
        (Side::Unsure, _) => "cannot be told from the baseline".to_owned(),
        (Side::Better, Some(n)) => format!("is better by {amount}, in {} of 50 years", n.round()),
        (Side::Worse, Some(n)) => {
            format!(
                "is worse by {amount}, in {} of 50 years",
                (50.0 - n).round()
            )
        }
        (Side::Better, None) => format!("is better by {amount}"),
        (Side::Worse, None) => format!("is worse by {amount}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;
    use millrace_core::time::WEEK;

    fn weighed(what_if: &str, path: &str, theirs: f64) -> WeighedView {
        let scenario = Scenario::read(TEMPLATES[0].text).unwrap();
        let parameter = scenario.baseline.parameter(path).unwrap();
        let dispute = Dispute {
            scenario: &scenario,
            what_if,
            name: &scenario.what_if(what_if).unwrap().name,
            parameter,
            theirs,
            who: "Ana",
            warm_up: 52 * WEEK,
        };
        weigh(&dispute, &Cancel::default(), &|_, _| {}).unwrap()
    }

    #[test]
    fn a_choice_that_rests_on_nothing_disputed_holds_and_says_how_far() {
        let w = weighed("integrated", "teams.app.switching_cost", 0.2);
        assert_eq!(w.outcome, Outcome::Holds, "{w:?}");
        assert_eq!(w.flips_at, None);
        assert_eq!(w.sentences[0], "The choice holds.");
        assert!(
            w.sentences[2].starts_with("At 20% (Ana), it is better by "),
            "{w:?}"
        );
        assert!(w.sentences[3].starts_with("No value from "), "{w:?}");
    }

    #[test]
    fn a_choice_flips_beyond_the_value_that_is_told() {
        // Slower testing is what the canary's more frequent releases have to pass.
        const PATH: &str = "streams.release.stages.testing.effort.mean";
        let near = weighed("canary", PATH, 12.0);
        assert_eq!(near.outcome, Outcome::Holds, "{near:?}");
        let at = near.flips_at.unwrap_or_default();
        assert!((12.0..18.0).contains(&at), "{near:?}");
        assert!(
            near.sentences[3].starts_with("It turns around at 1"),
            "{near:?}"
        );
        let far = weighed("canary", PATH, 22.0);
        assert_eq!(far.outcome, Outcome::Flips, "{far:?}");
        assert_eq!(far.sentences[0], "The choice flips.");
    }
}
