//! Every figure by name: what it is, which way is better, and its influence values.

use crate::engine::{Part, Replication, Times};
use crate::stats::histogram::Pooled;
use crate::stats::{Estimate, Influence, none_seen};
use crate::time::{HOURS_PER_WEEK, WEEKS_PER_MONTH};

/// A statistic of a distribution of times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// A percentile of the pooled distribution, as a share.
    Percentile(f64),
}

/// A figure of a variant.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the field's terms; units in `unit`")]
pub enum Metric {
    LeadTime(Statistic),
    ChangeLeadTime(Statistic),
    Recovery(Statistic),
    Throughput,
    Wip,
    FlowEfficiency,
    Deployments,
    ChangeFailureRate,
    DeploymentReworkRate,
    Incidents,
    IncidentsPer100Changes,
    SelfStopped,
    ImpactHours,
    Refused,
    Abandoned,
    DueMet,
    CostOfDelay,
    Objective(usize),
}

impl Metric {
    /// More of it is better.
    #[must_use]
    pub fn more_is_better(self) -> bool {
        matches!(
            self,
            Self::Throughput
                | Self::FlowEfficiency
                | Self::Deployments
                | Self::DueMet
                | Self::Objective(_)
        )
    }

    /// Its estimate and influence values, one for each independent part of the runs; `None` where there
    /// is nothing to measure.
    #[must_use]
    pub fn influence(self, runs: &[Replication]) -> Option<Influence> {
        self.influence_of(runs, drawn(runs))
    }

    /// The same with replications in pairs or singly, as the other side of a comparison has them.
    pub(super) fn influence_of(self, runs: &[Replication], pairs: bool) -> Option<Influence> {
        let each = self.each(runs)?;
        Some(if pairs { each.in_pairs() } else { each })
    }

    fn each(self, runs: &[Replication]) -> Option<Influence> {
        match self {
            Self::LeadTime(s) => times(runs, |r| &r.lead_time, s),
            Self::ChangeLeadTime(s) => times(runs, |r| &r.change_lead_time, s),
            Self::Recovery(s) => times(runs, |r| &r.recovery, s),
            _ => Influence::ratio(runs.iter().map(|r| self.parts(r))),
        }
    }

    /// Numerator and denominator of a ratio of sums.
    fn parts(self, r: &Replication) -> (f64, f64) {
        let weeks = r.window_hours / HOURS_PER_WEEK;
        let months = weeks / WEEKS_PER_MONTH;
        match self {
            Self::Throughput => (r.delivered, weeks),
            Self::Wip => (r.wip_hours, r.window_hours),
            Self::FlowEfficiency => (r.parts[Part::Touch as usize], r.parts.iter().sum()),
            Self::Deployments => (r.deployments, weeks),
            Self::ChangeFailureRate => (r.failed_deployments, r.deployments),
            Self::DeploymentReworkRate => (r.rework_deployments, r.deployments),
            Self::Incidents => (r.incidents(), months),
            Self::IncidentsPer100Changes => (100.0 * r.incidents(), r.delivered),
            Self::SelfStopped => (r.self_stopped, months),
            Self::ImpactHours => (r.impact_hours, months),
            Self::Refused => (r.refused, weeks),
            Self::Abandoned => (r.abandoned, weeks),
            Self::DueMet => (r.due[1], r.due[0]),
            Self::CostOfDelay => (r.cost_of_delay, weeks),
            Self::Objective(i) => (
                f64::from(u8::from(r.objectives.get(i).copied().unwrap_or(false))),
                1.0,
            ),
            Self::LeadTime(_) | Self::ChangeLeadTime(_) | Self::Recovery(_) => (0.0, 0.0),
        }
    }

    /// The estimate with its interval; for rates of which nothing was seen, the upper limit.
    #[must_use]
    pub fn estimate(self, runs: &[Replication], confidence: f64) -> Option<Estimate> {
        let counted = matches!(
            self,
            Self::ChangeFailureRate
                | Self::DeploymentReworkRate
                | Self::Incidents
                | Self::SelfStopped
                | Self::ImpactHours
                | Self::Refused
                | Self::Abandoned
                | Self::Deployments
                | Self::Throughput
        );
        if counted {
            return rate(runs, |r| self.parts(r), confidence);
        }
        Some(self.influence(runs)?.estimate(confidence))
    }

    /// The value of each year by itself, turned so that lower is better; `None` where a year has none.
    #[must_use]
    pub fn years(self, runs: &[Replication]) -> Vec<Option<f64>> {
        let sign = if self.more_is_better() { -1.0 } else { 1.0 };
        runs.iter()
            .map(|r| {
                let value = match self {
                    Self::LeadTime(s) => year(&r.lead_time, s),
                    Self::ChangeLeadTime(s) => year(&r.change_lead_time, s),
                    Self::Recovery(s) => year(&r.recovery, s),
                    _ => {
                        let (n, d) = self.parts(r);
                        (d > 0.0).then(|| n / d)
                    }
                };
                value.map(|v| sign * v)
            })
            .collect()
    }
}

/// Whether replications share draws of assumptions, by pairs.
#[must_use]
pub fn drawn(runs: &[Replication]) -> bool {
    runs.iter().any(|r| r.draw.is_some())
}

/// How many independent parts there are: replications, or pairs of them.
#[must_use]
pub fn independent(runs: &[Replication]) -> f64 {
    (if drawn(runs) {
        runs.len().div_ceil(2)
    } else {
        runs.len()
    }) as f64
}

/// A ratio of sums over replications.
pub(super) fn ratio(
    runs: &[Replication],
    of: impl Fn(&Replication) -> (f64, f64) + Clone,
) -> Option<Influence> {
    let each = Influence::ratio(runs.iter().map(of))?;
    Some(if drawn(runs) { each.in_pairs() } else { each })
}

/// A rate of something counted; where nothing was seen, the upper limit (RULES 36).
pub(super) fn rate(
    runs: &[Replication],
    of: impl Fn(&Replication) -> (f64, f64) + Clone,
    confidence: f64,
) -> Option<Estimate> {
    let influence = ratio(runs, of.clone())?;
    if influence.value == 0.0 {
        let exposure: f64 = runs.iter().map(|r| of(r).1).sum();
        // Two years under one draw say less than two of their own: at worst no more than one.
        return Some(none_seen(exposure * independent(runs) / runs.len() as f64));
    }
    Some(influence.estimate(confidence))
}

/// Percentiles of the pooled distribution, each with its influence values.
pub(super) fn percentiles<const N: usize>(
    runs: &[Replication],
    of: impl Fn(&Replication) -> &Times + Copy,
    ps: [f64; N],
) -> Option<[Influence; N]> {
    let each = Influence::quantiles(runs.iter().map(|r| &of(r).counts), ps)?;
    Some(each.map(|i| if drawn(runs) { i.in_pairs() } else { i }))
}

fn times(
    runs: &[Replication],
    of: impl Fn(&Replication) -> &Times + Copy,
    s: Statistic,
) -> Option<Influence> {
    match s {
        Statistic::Mean => Influence::ratio(runs.iter().map(|r| (of(r).sum, of(r).n))),
        Statistic::Percentile(p) => Influence::quantile(runs.iter().map(|r| &of(r).counts), p),
    }
}

fn year(times: &Times, s: Statistic) -> Option<f64> {
    if times.n == 0.0 {
        return None;
    }
    match s {
        Statistic::Mean => Some(times.sum / times.n),
        Statistic::Percentile(p) => {
            // One year's own percentile: the bin in which the share is reached.
            let want = p * times.n;
            let mut below = 0.0;
            for (b, n) in times.counts.counts() {
                below += f64::from(n);
                if below >= want {
                    return Some(crate::stats::histogram::edge(b));
                }
            }
            None
        }
    }
}

/// Fifty quantiles, at (i + ½)/50, of the pooled lead times: a quantile dot plot.
#[must_use]
pub fn fifty(runs: &[Replication], of: impl Fn(&Replication) -> &Times) -> Vec<f64> {
    let mut pooled = Pooled::default();
    runs.iter().for_each(|r| pooled.merge(&of(r).counts));
    (0..50)
        .filter_map(|i| pooled.quantile((f64::from(i) + 0.5) / 50.0))
        .collect()
}

/// Fifty quantiles of yearly values, lowest first.
#[must_use]
pub fn fifty_years(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len();
    if n == 0 {
        return Vec::new();
    }
    (0..50)
        .map(|i| values[(((f64::from(i) + 0.5) / 50.0 * n as f64) as usize).min(n - 1)])
        .collect()
}
