//! What one quarter shows of a change that has settled: a quarter with it beside one of another year
//! without it.

use super::metric::drawn;
use super::summary::recorded_weeks;
use crate::engine::{QUARTER_WEEKS, Replication};
use crate::stats::{Years, compare_years, compare_years_in_pairs};
use crate::time::HOURS_PER_WEEK;

/// What a quarter is judged by. Less is better in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Mean hours from request to production of what is delivered in it.
    LeadTime,
    /// Customer incidents that show in it.
    Incidents,
}

/// Shares of quarters that come out better, over the quarters counted in the recorded years: against the same
/// quarter of the same year, and of another year without the change. `None` where fewer than thirteen weeks
/// are counted, or nothing is delivered in them.
#[must_use]
pub fn quarters_better(by: By, baseline: &[Replication], what_if: &[Replication]) -> Option<Years> {
    let (baseline, weeks) = recorded_weeks(baseline);
    let (what_if, other_weeks) = recorded_weeks(what_if);
    let n = baseline.len().min(what_if.len());
    let (baseline, what_if) = (&baseline[..n], &what_if[..n]);
    let weeks = weeks.min(other_weeks);
    let counted = baseline.first()?.window_hours / HOURS_PER_WEEK;
    let quarter = QUARTER_WEEKS as usize;
    let from = weeks.checked_sub(counted as usize)?;
    let compare = if drawn(baseline) || drawn(what_if) {
        compare_years_in_pairs
    } else {
        compare_years
    };
    let of = |runs: &[Replication], at: usize| -> Vec<Option<f64>> {
        runs.iter().map(|r| value(by, r, at)).collect()
    };
    let starts = (0..counted as usize / quarter).map(|q| from + q * quarter);
    let told: Vec<Years> = starts
        .filter_map(|at| compare(&of(baseline, at), &of(what_if, at)))
        .collect();
    let mean = |share: fn(&Years) -> f64| told.iter().map(share).sum::<f64>() / told.len() as f64;
    (!told.is_empty()).then(|| Years {
        same_luck: mean(|y| y.same_luck),
        independent_luck: mean(|y| y.independent_luck),
    })
}

/// A year's quarter from a week on.
fn value(by: By, run: &Replication, from: usize) -> Option<f64> {
    let sum = |series: &[f32]| {
        let quarter = &series[from..from + QUARTER_WEEKS as usize];
        quarter.iter().map(|x| f64::from(*x)).sum::<f64>()
    };
    match by {
        By::Incidents => Some(sum(&run.weekly.incidents)),
        By::LeadTime => {
            let delivered = sum(&run.weekly.delivered);
            (delivered > 0.0).then(|| sum(&run.weekly.lead_hours) / delivered)
        }
    }
}
