//! Two variants under common random numbers: paired differences, years, the verdict in fixed words.

use super::metric::{Metric, Statistic, drawn};
use crate::engine::Replication;
use crate::stats::{Estimate, Influence, Years, compare_years, compare_years_in_pairs};
use serde::Serialize;

/// No verdict before this many replications; then only at this times powers of two (RULES 33).
pub const FIRST_LOOK: usize = 32;
/// Error spent over all looks.
const ALPHA: f64 = 0.05;
/// The headline metrics among which the error is split.
const HEADLINES: f64 = 2.0;

/// One figure compared: what-if minus baseline.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Difference with its 95% interval.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Share of years that come out better.
    pub years_better: Option<Years>,
    /// Variance of the difference with independent luck over that with common luck.
    pub variance_reduction: Option<f64>,
}

/// The fixed words (EXPERIENCE: 48–50 of 50 almost always …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// 48 to 50 of 50 years.
    AlmostAlways,
    /// 40 to 47.
    Usually,
    /// 30 to 39.
    MoreOftenThanNot,
    /// 21 to 29, or the difference cannot be told from luck.
    CannotTell,
    /// Below the smallest difference worth having.
    TooSmall,
}

impl Word {
    /// The words themselves.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::AlmostAlways => "almost always",
            Self::Usually => "usually",
            Self::MoreOftenThanNot => "more often than not",
            Self::CannotTell => "cannot tell",
            Self::TooSmall => "too small to matter",
        }
    }
}

/// A verdict on one headline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Verdict {
    /// How sure, in fixed words.
    pub word: Word,
    /// For the better; `None` when it cannot be told.
    pub better: Option<bool>,
    /// Years of 50 that come out better.
    pub years_of_50: f64,
    /// Replications at the look that gave it; 0 before the first.
    pub look: usize,
}

/// A what-if against the baseline.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// The what-if's id.
    pub what_if: String,
    /// Replications compared.
    pub replications: usize,
    /// Differences by figure.
    pub differences: Differences,
    /// Verdict on the 85th percentile of lead time.
    pub lead_time: Option<Verdict>,
    /// Verdict on customer incidents a month.
    pub incidents: Option<Verdict>,
}

/// Statistics of the difference of two distributions of times, hours.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the statistics' names")]
pub struct TimeDifferences {
    pub mean: Option<Difference>,
    pub p50: Option<Difference>,
    pub p85: Option<Difference>,
    pub p95: Option<Difference>,
}

/// Differences of every figure, named as in [`super::Summary`].
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "as in Summary")]
pub struct Differences {
    pub lead_time_hours: TimeDifferences,
    pub change_lead_time_hours: TimeDifferences,
    pub recovery_hours: TimeDifferences,
    pub throughput_per_week: Option<Difference>,
    pub wip: Option<Difference>,
    pub flow_efficiency: Option<Difference>,
    pub deployments_per_week: Option<Difference>,
    pub change_failure_rate: Option<Difference>,
    pub deployment_rework_rate: Option<Difference>,
    pub incidents_per_month: Option<Difference>,
    pub self_stopped_per_month: Option<Difference>,
    pub impact_hours_per_month: Option<Difference>,
    pub refused_per_week: Option<Difference>,
    pub abandoned_per_week: Option<Difference>,
    pub due_met: Option<Difference>,
    pub cost_of_delay_per_week: Option<Difference>,
}

/// Both sides' influence values, clustered alike: by pairs if either side
/// has assumption ranges.
fn influences(
    metric: Metric,
    baseline: &[Replication],
    what_if: &[Replication],
) -> Option<(Influence, Influence)> {
    let pairs = drawn(baseline) || drawn(what_if);
    Some((
        metric.influence_of(baseline, pairs)?,
        metric.influence_of(what_if, pairs)?,
    ))
}

fn years(metric: Metric, baseline: &[Replication], what_if: &[Replication]) -> Option<Years> {
    let compare = if drawn(baseline) || drawn(what_if) {
        compare_years_in_pairs
    } else {
        compare_years
    };
    compare(&metric.years(baseline), &metric.years(what_if))
}

/// The difference of one figure over the replications both have.
#[must_use]
pub fn difference(
    metric: Metric,
    baseline: &[Replication],
    what_if: &[Replication],
) -> Option<Difference> {
    let n = baseline.len().min(what_if.len());
    let (baseline, what_if) = (&baseline[..n], &what_if[..n]);
    let (a, b) = influences(metric, baseline, what_if)?;
    let d = b.minus(&a);
    let apart = a.standard_error().powi(2) + b.standard_error().powi(2);
    let paired = d.standard_error().powi(2);
    Some(Difference {
        estimate: d.estimate(0.95),
        years_better: years(metric, baseline, what_if),
        variance_reduction: (paired > 0.0 && paired.is_finite()).then(|| apart / paired),
    })
}

/// The last look within `n` replications: its number k and its size 32·2^k.
#[must_use]
pub fn last_look(n: usize) -> Option<(u32, usize)> {
    (n >= FIRST_LOOK).then(|| {
        let k = (n / FIRST_LOOK).ilog2();
        (k, FIRST_LOOK << k)
    })
}

/// A headline at the last look: how many replications it rests on, the baseline's value, and the
/// difference with the interval that verdicts are given on. `what_ifs`: how many are judged together; all
/// looks, what-ifs and headlines share one error of 5%.
#[must_use]
pub fn at_last_look(
    metric: Metric,
    baseline: &[Replication],
    what_if: &[Replication],
    what_ifs: usize,
) -> Option<(usize, f64, Estimate)> {
    let (k, look) = last_look(baseline.len().min(what_if.len()))?;
    let (a, b) = influences(metric, &baseline[..look], &what_if[..look])?;
    let k = f64::from(k);
    let alpha = ALPHA / ((k + 1.0) * (k + 2.0)) / HEADLINES / what_ifs.max(1) as f64;
    Some((look, a.value, b.minus(&a).estimate(1.0 - alpha)))
}

/// The verdict on a headline at the last look. `what_ifs`: how many are judged together;
/// `smallest`: the smallest difference worth having, as a share of the baseline's value.
#[must_use]
pub fn verdict(
    metric: Metric,
    baseline: &[Replication],
    what_if: &[Replication],
    what_ifs: usize,
    smallest: f64,
) -> Option<Verdict> {
    let (look, value, d) = at_last_look(metric, baseline, what_if, what_ifs)?;
    let (baseline, what_if) = (&baseline[..look], &what_if[..look]);
    let years = years(metric, baseline, what_if)?;
    let of_50 = 50.0 * years.same_luck;
    let sure = d.is_not_zero();
    let better = sure.then_some((d.value < 0.0) != metric.more_is_better());
    // Below the smallest difference, however sure: the whole interval must lie inside it.
    let worth = smallest * value.abs();
    if d.low.abs().max(d.high.abs()) < worth || (d.low == 0.0 && d.high == 0.0) {
        return Some(Verdict {
            word: Word::TooSmall,
            better: None,
            years_of_50: of_50,
            look,
        });
    }
    let toward = match better {
        Some(true) => of_50,
        Some(false) => 50.0 - of_50,
        None => 25.0,
    };
    let word = match libm::round(toward) as u32 {
        48.. => Word::AlmostAlways,
        40..=47 => Word::Usually,
        30..=39 => Word::MoreOftenThanNot,
        _ => Word::CannotTell,
    };
    let better = if word == Word::CannotTell {
        None
    } else {
        better
    };
    Some(Verdict {
        word,
        better,
        years_of_50: of_50,
        look,
    })
}

/// Compare a what-if with the baseline.
#[must_use]
pub fn compare(
    id: &str,
    baseline: &[Replication],
    what_if: &[Replication],
    what_ifs: usize,
    smallest: f64,
) -> Comparison {
    let d = |m| difference(m, baseline, what_if);
    let times = |of: fn(Statistic) -> Metric| TimeDifferences {
        mean: d(of(Statistic::Mean)),
        p50: d(of(Statistic::Percentile(0.5))),
        p85: d(of(Statistic::Percentile(0.85))),
        p95: d(of(Statistic::Percentile(0.95))),
    };
    let headline = |m| verdict(m, baseline, what_if, what_ifs, smallest);
    Comparison {
        what_if: id.to_owned(),
        replications: baseline.len().min(what_if.len()),
        differences: Differences {
            lead_time_hours: times(Metric::LeadTime),
            change_lead_time_hours: times(Metric::ChangeLeadTime),
            recovery_hours: times(Metric::Recovery),
            throughput_per_week: d(Metric::Throughput),
            wip: d(Metric::Wip),
            flow_efficiency: d(Metric::FlowEfficiency),
            deployments_per_week: d(Metric::Deployments),
            change_failure_rate: d(Metric::ChangeFailureRate),
            deployment_rework_rate: d(Metric::DeploymentReworkRate),
            incidents_per_month: d(Metric::Incidents),
            self_stopped_per_month: d(Metric::SelfStopped),
            impact_hours_per_month: d(Metric::ImpactHours),
            refused_per_week: d(Metric::Refused),
            abandoned_per_week: d(Metric::Abandoned),
            due_met: d(Metric::DueMet),
            cost_of_delay_per_week: d(Metric::CostOfDelay),
        },
        lead_time: headline(Metric::LeadTime(Statistic::Percentile(0.85))),
        incidents: headline(Metric::Incidents),
    }
}
