//! What a difference between several organisations is, figure by figure, under common random numbers.

use super::super::metric::{Metric, Statistic, drawn};
use crate::engine::Replication;
use crate::stats::{Estimate, Influence};
use serde::Serialize;

/// Figures of an organisation, or differences of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Effects {
    /// Mean hours from request to production.
    pub lead_time_mean_hours: Option<Estimate>,
    /// Their 85th percentile.
    pub lead_time_p85_hours: Option<Estimate>,
    /// Customer incidents a month.
    pub incidents_per_month: Option<Estimate>,
    /// Customer-impact hours a month.
    pub impact_hours_per_month: Option<Estimate>,
    /// Items delivered a week.
    pub throughput_per_week: Option<Estimate>,
}

/// Shares of years, 0 to 1, in which what is told of them is below 0; a 0 counts half.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct YearsBelow {
    /// By mean lead time.
    pub lead_time: Option<f64>,
    /// By incidents.
    pub incidents: Option<f64>,
    /// By impact hours.
    pub impact: Option<f64>,
}

impl YearsBelow {
    /// The share by a figure.
    #[must_use]
    pub fn of(&self, figure: Figure) -> Option<f64> {
        match figure {
            Figure::LeadTime => self.lead_time,
            Figure::Incidents => self.incidents,
            Figure::Impact => self.impact,
        }
    }

    /// Of a sum of organisations, each with its sign.
    pub(super) fn sum(terms: &[Term<'_>]) -> Self {
        let [lead_time, incidents, impact] = Figure::ALL.map(|f| below(f.metric(), terms));
        Self {
            lead_time,
            incidents,
            impact,
        }
    }
}

/// Years in which a sum over organisations is below 0, of those in which all have a value.
fn below(metric: Metric, terms: &[Term<'_>]) -> Option<f64> {
    let all: Vec<(f64, Vec<Option<f64>>)> = (terms.iter())
        .map(|(sign, runs)| (*sign, metric.years(runs)))
        .collect();
    let n = all.iter().map(|t| t.1.len()).min()?;
    let year = |y: usize| {
        let of = |(sign, years): &(f64, Vec<Option<f64>>)| years[y].map(|x| sign * x);
        all.iter().map(of).sum::<Option<f64>>()
    };
    let years: Vec<f64> = (0..n).filter_map(year).collect();
    let wins = |x: &f64| {
        if *x < 0.0 {
            1.0
        } else {
            f64::from(u8::from(*x == 0.0)) / 2.0
        }
    };
    let won: f64 = years.iter().map(wins).sum();
    (!years.is_empty()).then(|| won / years.len() as f64)
}

/// What suspects are ranked by. Less is better in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Mean lead time, hours.
    LeadTime,
    /// Customer incidents a month.
    Incidents,
    /// Customer-impact hours a month.
    Impact,
}

impl Figure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LeadTime, Self::Incidents, Self::Impact];

    pub(super) fn metric(self) -> Metric {
        match self {
            Self::LeadTime => Metric::LeadTime(Statistic::Mean),
            Self::Incidents => Metric::Incidents,
            Self::Impact => Metric::ImpactHours,
        }
    }
}

impl Effects {
    /// The estimate of a figure.
    #[must_use]
    pub fn of(&self, figure: Figure) -> Option<Estimate> {
        match figure {
            Figure::LeadTime => self.lead_time_mean_hours,
            Figure::Incidents => self.incidents_per_month,
            Figure::Impact => self.impact_hours_per_month,
        }
    }

    /// Every figure of a sum of organisations, each with its sign.
    pub(super) fn sum(terms: &[Term<'_>], confidence: f64) -> Self {
        let e = |m| sum(m, terms).map(|i| i.estimate(confidence));
        Self {
            lead_time_mean_hours: e(Metric::LeadTime(Statistic::Mean)),
            lead_time_p85_hours: e(Metric::LeadTime(Statistic::Percentile(0.85))),
            incidents_per_month: e(Metric::Incidents),
            impact_hours_per_month: e(Metric::ImpactHours),
            throughput_per_week: e(Metric::Throughput),
        }
    }
}

/// A sign and the replications of an organisation.
pub(super) type Term<'r> = (f64, &'r [Replication]);

/// A figure's sum over organisations, over the replications that all of them have. `None` with fewer than
/// two, and where one has nothing to measure.
pub(super) fn sum(metric: Metric, terms: &[Term<'_>]) -> Option<Influence> {
    let n = terms.iter().map(|t| t.1.len()).min().filter(|n| *n >= 2)?;
    let pairs = terms.iter().any(|t| drawn(t.1));
    let mut out: Option<Influence> = None;
    for (sign, runs) in terms {
        let one = metric.influence_of(&runs[..n], pairs)?;
        out = Some(match out {
            None => Influence {
                value: sign * one.value,
                psi: one.psi.iter().map(|x| sign * x).collect(),
            },
            Some(so_far) => Influence {
                value: so_far.value + sign * one.value,
                psi: so_far
                    .psi
                    .iter()
                    .zip(&one.psi)
                    .map(|(a, b)| a + sign * b)
                    .collect(),
            },
        });
    }
    out
}
