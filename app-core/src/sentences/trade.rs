//! "Canary costs 0.6 days on average and spares customers 11 of 14 harm hours a month."

use super::words::{Unit, Worth, of_many};
use super::{About, Compared, Sentence, View};
use millrace_core::engine::Replication;
use millrace_core::experiment::{Metric, Statistic};
use millrace_core::stats::{Estimate, Influence};
use millrace_report::words::rounded;

const LEAD_TIME: Metric = Metric::LeadTime(Statistic::Mean);

/// Share of the baseline's value from which on the smaller of the two is told.
const TOLD: f64 = 0.01;

fn told(difference: Option<Estimate>, base: f64) -> Worth {
    match difference.map(of_many) {
        Some(e) if e.high < 0.0 && -e.value >= TOLD * base => Worth::Less(-e.value),
        Some(e) if e.low > 0.0 && e.value >= TOLD * base => Worth::More(e.value),
        _ => Worth::Unknown,
    }
}

/// Harm hours: a month, or for 100 changes where not as many are delivered, since who delivers more would
/// seem to do more harm.
struct Harm {
    before: f64,
    by: Worth,
    per: &'static str,
    years: [Vec<Option<f64>>; 2],
}

impl Harm {
    fn of(pair: &Compared<'_>) -> Option<Self> {
        let sides = [pair.before.runs, pair.after.runs];
        if pair.delivers_as_much() {
            let by = &pair.comparison.differences.impact_hours_per_month;
            let before = pair.before.summary.impact_hours_per_month?.value;
            return Some(Self {
                before,
                by: told(by.as_ref().map(|d| d.estimate), before),
                per: "a month",
                years: sides.map(|runs| Metric::ImpactHours.years(runs)),
            });
        }
        let n = sides[0].len().min(sides[1].len());
        let drawn = sides
            .iter()
            .any(|runs| runs.iter().any(|r| r.draw.is_some()));
        let of = |runs: &[Replication]| {
            let each = runs[..n]
                .iter()
                .map(|r| (100.0 * r.impact_hours, r.delivered));
            let harm = Influence::ratio(each.clone())?;
            Some(if drawn { harm.in_pairs() } else { harm })
        };
        let (before, after) = (of(sides[0])?, of(sides[1])?);
        let year = |r: &Replication| (r.delivered > 0.0).then(|| r.impact_hours / r.delivered);
        Some(Self {
            before: before.value,
            by: told(Some(after.minus(&before).estimate(0.95)), before.value),
            per: "per 100 changes",
            years: sides.map(|runs| runs.iter().map(year).collect()),
        })
    }
}

/// Time and harm, where a what-if surely changes both and at least one by as much as is worth having.
#[must_use]
pub fn sentence(pair: &Compared<'_>) -> Option<Sentence> {
    if !pair.settled() {
        return None;
    }
    let lead = pair.before.summary.lead_time_hours.mean?.value;
    let by = &pair.comparison.differences.lead_time_hours.mean;
    let time = told(by.as_ref().map(|d| d.estimate), lead);
    let harm = Harm::of(pair)?;
    let matters = |what: Worth, base: f64| match what {
        Worth::Less(by) | Worth::More(by) => by >= pair.smallest * base,
        Worth::Nothing | Worth::Unknown => false,
    };
    if !matters(time, lead) && !matters(harm.by, harm.before) {
        return None;
    }
    let (time, slower) = time_clause(time, lead)?;
    let (harmed, harmful) = harm_clause(&harm)?;
    let but = if harmful && !slower { "but" } else { "and" };
    let about = vec![
        About::of(View::Compare, "lead-time", &pair.comparison.what_if),
        About::of(View::Compare, "harm", &pair.comparison.what_if),
    ];
    let text = format!("{time} {but} {harmed}.");
    let years = years(pair, &harm, [slower, harmful]);
    let said = Sentence::held("trade", text, years, about)?;
    Some(said.of(&pair.comparison.what_if).named(pair.name()))
}

/// "costs 0.6 days on average", and whether it makes lead time longer.
fn time_clause(time: Worth, base: f64) -> Option<(String, bool)> {
    let unit = Unit::of(base);
    match time {
        Worth::More(by) => Some((format!("costs {} on average", unit.amount(by)), true)),
        Worth::Less(by) => {
            let saved = format!(
                "saves {} of {} on average",
                unit.number(by),
                unit.amount(base)
            );
            Some((saved, false))
        }
        Worth::Nothing | Worth::Unknown => None,
    }
}

/// "spares customers 11 of 14 harm hours a month", and whether it does more harm.
fn harm_clause(harm: &Harm) -> Option<(String, bool)> {
    let (before, per) = (rounded(harm.before), harm.per);
    match harm.by {
        Worth::Less(by) => {
            let spared = rounded(by);
            let text = format!("spares customers {spared} of {before} harm hours {per}");
            Some((text, false))
        }
        Worth::More(by) => {
            let more = rounded(by);
            let text = format!("costs customers {more} harm hours {per} on top of {before}");
            Some((text, true))
        }
        Worth::Nothing | Worth::Unknown => None,
    }
}

/// Years in which both go the way that is told.
fn years(pair: &Compared<'_>, harm: &Harm, up: [bool; 2]) -> f64 {
    let times = [pair.before.runs, pair.after.runs].map(|runs| LEAD_TIME.years(runs));
    let moved = |sides: &[Vec<Option<f64>>; 2], up: bool| -> Vec<Option<bool>> {
        let years = sides[0].iter().zip(&sides[1]);
        let moved = |(a, b): (&Option<f64>, &Option<f64>)| {
            let (a, b) = ((*a)?, (*b)?);
            Some(if up { b > a } else { b < a })
        };
        years.map(moved).collect()
    };
    let both: Vec<bool> = (moved(&times, up[0]).into_iter())
        .zip(moved(&harm.years, up[1]))
        .filter_map(|(time, harm)| Some(time? && harm?))
        .collect();
    both.iter().filter(|b| **b).count() as f64 / both.len() as f64
}
