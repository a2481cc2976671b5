//! How the next quarters go: the baseline and a what-if from the same start, under common random numbers,
//! with cost, dip and improvement (RULES 28, 29).
//!
//! The baseline runs through the warm-up. Then the what-if begins: its work takes people's time, its models
//! take effect one after another, teams dip. Reviews improve both alike, where the study has them.

mod weeks;

pub use super::plans::{Plans, plan, run};
pub use weeks::{Turns, Week, Weeks};

use super::metric::drawn;
use super::summary::CONFIDENCE;
use crate::engine::{Improved, Quarter, Replication};
use crate::model::Rule;
use crate::stats::histogram::Pooled;
use crate::stats::{Estimate, Influence, Years, compare_years, compare_years_in_pairs};
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of a quarter; differences are what-if minus baseline.
#[derive(Debug, Clone, Serialize)]
pub struct QuarterFigures {
    /// Mean hours from request to production, of what was requested in the quarter.
    pub lead_time_mean_hours: Option<Estimate>,
    /// Its median, hours.
    pub lead_time_p50_hours: Option<Estimate>,
    /// Its 85th percentile, hours.
    pub lead_time_p85_hours: Option<Estimate>,
    /// Items delivered in the quarter.
    pub delivered: Option<Estimate>,
    /// Customer incidents that showed in the quarter.
    pub incidents: Option<Estimate>,
    /// Their customer-impact hours, and those of downtime in the quarter.
    pub impact_hours: Option<Estimate>,
    /// Working hours of people that change and improvement finished in the quarter took.
    pub change_hours: Option<Estimate>,
}

/// One quarter of both.
#[derive(Debug, Clone, Serialize)]
pub struct QuarterResult {
    /// From 1.
    pub quarter: usize,
    /// Without the change.
    pub baseline: QuarterFigures,
    /// With it.
    pub what_if: QuarterFigures,
    /// What-if minus baseline, paired.
    pub difference: QuarterFigures,
    /// Shares of years in which the mean lead time of this quarter comes out better.
    pub lead_time_years_better: Option<Years>,
    /// Fifty quantiles, at (i + ½)/50, of lead times without the change, hours.
    pub baseline_fifty_hours: Vec<f64>,
    /// The same with it.
    pub what_if_fifty_hours: Vec<f64>,
    /// Cost of delay saved since the change began, less person-weeks spent on it. A week from request to
    /// production counts an item's cost of delay; a person-week counts 1. With costs of delay of 1 that is
    /// item-weeks of lead time saved, less person-weeks.
    pub net: Option<Estimate>,
}

/// An action of a rule, summed over the recorded replications.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Action {
    /// The rule behind it.
    pub rule: Rule,
    /// What it changed.
    pub what: String,
    /// Share of the recorded years in which it happened at least once.
    pub share_of_years: f64,
    /// Mean weeks since the change began until it happened first, in those years.
    pub mean_week: f64,
}

/// A what-if quarter by quarter.
#[derive(Debug, Clone, Serialize)]
pub struct Transition {
    /// The what-if's id.
    pub what_if: String,
    /// Replications of both.
    pub replications: usize,
    /// Quarters from the end of the warm-up on.
    pub quarters: Vec<QuarterResult>,
    /// Week by week, over the recorded years; none where too little is delivered.
    pub weeks: Option<Weeks>,
    /// The quarter with the largest surely positive difference of mean lead time, from 1.
    pub deepest_quarter: Option<usize>,
    /// That difference: how deep the dip is, hours.
    pub depth_hours: Option<Estimate>,
    /// The first quarter from the end of which on [`QuarterResult::net`] stays above 0, from 1.
    pub pays_back_in: Option<usize>,
    /// What reviews changed in the what-if.
    pub improvements: Vec<Action>,
    /// Some years were cut off, and no figure can be trusted.
    pub cut_off: bool,
    /// Actions week by week in the first replication of the what-if.
    pub example: Vec<Event>,
}

/// An improvement in one replication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Weeks since the change began.
    pub week: f64,
    /// The rule behind it.
    pub rule: Rule,
    /// What it changed.
    pub what: String,
    /// The value before.
    pub from: String,
    /// The value after.
    pub to: String,
}

/// A quarter of all replications of both sides.
struct Sides<'r> {
    baseline: Vec<&'r Quarter>,
    what_if: Vec<&'r Quarter>,
    /// Replications share draws of assumptions by pairs.
    pairs: bool,
}

impl Sides<'_> {
    /// A figure of the baseline, of the what-if, and their difference.
    fn figure(&self, of: impl Fn(&[&Quarter]) -> Option<Influence>) -> [Option<Estimate>; 3] {
        let of = |quarters| of(quarters).map(|i| clustered(i, self.pairs));
        let (a, b) = (of(&self.baseline), of(&self.what_if));
        let told = |i: &Option<Influence>| i.as_ref().map(|i| i.estimate(CONFIDENCE));
        let difference = a.as_ref().zip(b.as_ref()).map(|(a, b)| b.minus(a));
        [told(&a), told(&b), told(&difference)]
    }

    fn years_better(&self) -> Option<Years> {
        let mean = |q: &&Quarter| (q.lead_time.n > 0.0).then(|| q.lead_time.sum / q.lead_time.n);
        let [a, b] = [&self.baseline, &self.what_if]
            .map(|quarters| -> Vec<Option<f64>> { quarters.iter().map(mean).collect() });
        if self.pairs {
            compare_years_in_pairs(&a, &b)
        } else {
            compare_years(&a, &b)
        }
    }
}

fn clustered(influence: Influence, pairs: bool) -> Influence {
    if pairs {
        influence.in_pairs()
    } else {
        influence
    }
}

fn mean(quarters: &[&Quarter], of: impl Fn(&Quarter) -> f64) -> Option<Influence> {
    let pairs: Vec<(f64, f64)> = quarters.iter().map(|q| (of(q), 1.0)).collect();
    Influence::ratio(pairs.into_iter())
}

fn mean_lead_time(quarters: &[&Quarter]) -> Option<Influence> {
    let pairs = quarters.iter().map(|q| (q.lead_time.sum, q.lead_time.n));
    Influence::ratio(pairs)
}

fn fifty(quarters: &[&Quarter]) -> Vec<f64> {
    let mut pooled = Pooled::default();
    quarters
        .iter()
        .for_each(|q| pooled.merge(&q.lead_time.counts));
    (0..50)
        .filter_map(|i| pooled.quantile((f64::from(i) + 0.5) / 50.0))
        .collect()
}

fn percentile(quarters: &[&Quarter], p: f64) -> Option<Influence> {
    Influence::quantile(quarters.iter().map(|q| &q.lead_time.counts), p)
}

fn quarter(n: usize, sides: &Sides<'_>, net: Option<Estimate>) -> QuarterResult {
    let rows = [
        sides.figure(mean_lead_time),
        sides.figure(|qs| percentile(qs, 0.5)),
        sides.figure(|qs| percentile(qs, 0.85)),
        sides.figure(|qs| mean(qs, |q| q.delivered)),
        sides.figure(|qs| mean(qs, |q| q.incidents)),
        sides.figure(|qs| mean(qs, |q| q.impact_hours)),
        sides.figure(|qs| mean(qs, |q| q.change_hours)),
    ];
    let side = |k: usize| QuarterFigures {
        lead_time_mean_hours: rows[0][k],
        lead_time_p50_hours: rows[1][k],
        lead_time_p85_hours: rows[2][k],
        delivered: rows[3][k],
        incidents: rows[4][k],
        impact_hours: rows[5][k],
        change_hours: rows[6][k],
    };
    QuarterResult {
        quarter: n + 1,
        baseline: side(0),
        what_if: side(1),
        difference: side(2),
        lead_time_years_better: sides.years_better(),
        baseline_fifty_hours: fifty(&sides.baseline),
        what_if_fifty_hours: fifty(&sides.what_if),
        net,
    }
}

/// Compare the replications of two plans that both start from the baseline. Those that share a draw of the
/// assumptions count as one in every interval (RULES 34).
#[must_use]
pub fn transition(id: &str, baseline: &[Replication], what_if: &[Replication]) -> Transition {
    let n = baseline.len().min(what_if.len());
    let (baseline, what_if) = (&baseline[..n], &what_if[..n]);
    let all = || baseline.iter().chain(what_if);
    let count = all().map(|r| r.quarters.len()).min().unwrap_or(0);
    let pairs = drawn(baseline) || drawn(what_if);
    let mut saved = vec![0.0; n];
    let quarters: Vec<QuarterResult> = (0..count)
        .map(|q| {
            let of = |runs| {
                <[Replication]>::iter(runs)
                    .map(|r| &r.quarters[q])
                    .collect()
            };
            let sides = Sides {
                baseline: of(baseline),
                what_if: of(what_if),
                pairs,
            };
            let both = sides.baseline.iter().zip(&sides.what_if);
            for (sum, (a, b)) in saved.iter_mut().zip(both) {
                *sum += a.cost_of_delay - b.cost_of_delay - (b.change_weeks - a.change_weeks);
            }
            let net = Influence::ratio(saved.iter().map(|s| (*s, 1.0)));
            let net = net.map(|i| clustered(i, pairs).estimate(CONFIDENCE));
            quarter(q, &sides, net)
        })
        .collect();
    Transition {
        what_if: id.to_owned(),
        replications: n,
        depth_hours: deepest(&quarters)
            .and_then(|q| quarters[q - 1].difference.lead_time_mean_hours),
        deepest_quarter: deepest(&quarters),
        pays_back_in: pays_back(&quarters),
        improvements: actions(what_if),
        cut_off: all().any(|r| r.overflow),
        weeks: weeks::weeks(baseline, what_if, count),
        example: what_if
            .first()
            .map_or(Vec::new(), |r| r.timeline.iter().map(event).collect()),
        quarters,
    }
}

fn event(improved: &Improved) -> Event {
    Event {
        week: improved.week,
        rule: improved.rule,
        what: improved.what.clone(),
        from: improved.from.clone(),
        to: improved.to.clone(),
    }
}

fn deepest(quarters: &[QuarterResult]) -> Option<usize> {
    let longer = |q: &&QuarterResult| q.difference.lead_time_mean_hours.filter(|d| d.low > 0.0);
    let worse = quarters
        .iter()
        .filter_map(|q| Some((q.quarter, longer(&q)?.value)));
    worse.max_by(|a, b| a.1.total_cmp(&b.1)).map(|q| q.0)
}

fn pays_back(quarters: &[QuarterResult]) -> Option<usize> {
    let gains = |q: &&QuarterResult| q.net.is_some_and(|n| n.value > 0.0);
    let gaining = quarters.iter().rev().take_while(gains);
    gaining.last().map(|q| q.quarter)
}

fn actions(runs: &[Replication]) -> Vec<Action> {
    let recorded = runs.len().min(crate::engine::RECORDED as usize);
    let mut first: BTreeMap<(Rule, &str), (f64, f64)> = BTreeMap::new();
    for run in &runs[..recorded] {
        let mut seen: Vec<(Rule, &str)> = Vec::new();
        for e in &run.timeline {
            let key = (e.rule, e.what.as_str());
            if !seen.contains(&key) {
                seen.push(key);
                let sum = first.entry(key).or_default();
                *sum = (sum.0 + 1.0, sum.1 + e.week);
            }
        }
    }
    first
        .into_iter()
        .map(|((rule, what), (years, weeks))| Action {
            rule,
            what: what.to_owned(),
            share_of_years: years / recorded as f64,
            mean_week: weeks / years,
        })
        .collect()
}
